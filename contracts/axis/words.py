"""What the axis and those who ask it tell each other: operations, codes, the shapes of answers."""

from __future__ import annotations

from base64 import b64decode
from typing import Annotated, Generic, NamedTuple, TypeVar

from msgspec import Meta, Struct, field

from contracts.errors import Refused
from contracts.values import Coded

BASE = "/XrdAdapter/adapter"
SERVICE_TYPE = "eDoc"
OK, FAIL = "OK", "FAIL"
DONE_CODE, DONE_TEXT = "0", "Thanh cong"


class Operation(Coded):
    """What may be asked of the axis; the code is the last step of its path."""

    LIST_AGENCIES = "getAgenciesList", "Danh sách cơ quan", "List agencies"
    LIST_AGENCIES_QD20 = "getAgenciesListQD20", "Danh sách mã QĐ 20", "List agencies, new codes"
    SYNCHRONIZE_UNITS = "getSynchronizeUnit", "Đồng bộ đơn vị", "Synchronise units"
    REGISTER_AGENCY = "registerAgency", "Đăng ký cơ quan", "Register an agency"
    DELETE_AGENCY = "deleteAgency", "Xóa cơ quan", "Delete an agency"
    SEND = "sendEdoc", "Gửi thông điệp", "Send"
    LIST_RECEIVED = "getReceivedEdocList", "Danh sách nhận", "List what was received"
    LIST_SENT = "getSentEdocList", "Danh sách gửi", "List what was sent"
    FETCH = "getEdoc", "Lấy thông điệp", "Fetch"
    DOWNLOAD = "downloadEdoc", "Tải tệp", "Download the file"
    SET_STATUS = "updateStatus", "Đổi trạng thái gói", "Change a package's state"
    COUNT_DOCUMENTS = "countReceiveEdoc", "Đếm văn bản nhận", "Count documents"
    COUNT_STATUSES = "countReceiveStatus", "Đếm trạng thái nhận", "Count statuses"

    @property
    def method(self) -> str:
        """GET for the few that are younger, POST for the rest."""
        young = (Operation.DOWNLOAD, Operation.COUNT_DOCUMENTS, Operation.COUNT_STATUSES)
        return "GET" if self in young else "POST"


class MessageType(Coded):
    """What kind of message a package holds (messagetype)."""

    DOCUMENT = "edoc", "Văn bản", "Document"
    STATUS = "status", "Trạng thái", "Status"


class PackageState(Coded):
    """Where a package is, which says nothing of the document (trạng thái gói tin)."""

    INITIAL = "initial", "Chờ nhận", "Waiting"
    PROCESSING = "processing", "Đang nhận", "Being taken in"
    DONE = "done", "Đã nhận", "Taken in"
    FAIL = "fail", "Không nhận được", "Could not be taken in"


class AxisCode(Coded):
    """Why the axis says no, as a provincial front of it numbers the reasons (ErrorCode)."""

    FILE_INVALID = "10", "Tệp không hợp lệ", "The file is invalid"
    CALLER_UNKNOWN = "15", "Sai mã hệ thống hoặc mã bí mật", "Wrong system id or secret"
    RECEIVER_UNKNOWN = "18", "Không có nơi nhận", "The receiver is unknown"
    SENDER_UNKNOWN = "19", "Nơi gửi chưa đăng ký", "The sender is not registered"
    SYSTEM_ERROR = "20", "Lỗi hệ thống", "An error of the system"
    PROCESSING_ERROR = "21", "Lỗi xử lý tệp", "The file could not be processed"
    NOT_CONFORMANT = "22", "Sai quy chuẩn edXML", "The edXML is not conformant"
    RECEIVER_LOCKED = "23", "Nơi nhận bị khóa", "The receiver is locked"


class AxisRefused(Refused):
    """The axis answered FAIL: repeating the same question will not help (`code`, its own words)."""

    vi = "Trục liên thông từ chối {operation}: mã {code}, {told}. Hãy sửa rồi gửi lại."
    en = "The axis refuses {operation}: code {code}, {told}. Correct it and send again."


class Answer(Struct, frozen=True, kw_only=True):
    """What every answer begins with."""

    status: str
    code: str | int = field(name="ErrorCode", default="")
    told: str = field(name="ErrorDesc", default="")


class Sent(Answer, frozen=True, kw_only=True):
    """The axis took a message under this id of its own."""

    doc_id: str = field(name="DocId")


class Fetched(Answer, frozen=True, kw_only=True):
    """A message, base64."""

    data: str

    def content(self) -> bytes:
        """The bytes of the message."""
        return b64decode(self.data)


class Package(Struct, frozen=True, kw_only=True):
    """A package in the list of what was received; times are the axis' own text."""

    doc_id: str = field(name="docId")
    message_type: str = field(name="messageType", default="")
    service_type: str = field(name="serviceType", default="")
    created: str = field(name="created_time", default="")
    updated: str = field(name="updated_time", default="")
    sender: str = field(name="from", default="")
    receiver: str = field(name="to", default="")
    state: str = field(name="status", default="")
    told: str = field(name="status_desc", default="")


class Packages(Answer, frozen=True, kw_only=True):
    """The list of what was received."""

    data: list[Package] = []


class Delivery(Struct, frozen=True, kw_only=True):
    """A line in the list of what was sent: one for each receiver."""

    sender_doc_id: str = field(name="senderDocId")
    receiver_doc_id: str = field(name="receiverDocId", default="")
    sender: str = field(name="fromCode", default="")
    receiver: str = field(name="toCode", default="")
    title: str = ""
    notation: str = ""
    message_type: str = field(name="messageType", default="")
    service_type: str = field(name="serviceType", default="")
    sent: str = field(name="sentTime", default="")
    received: str = field(name="receivedTime", default="")
    send_state: str = field(name="sendStatus", default="")
    send_told: str = field(name="sendStatusDesc", default="")
    receive_state: str = field(name="receiveStatus", default="")
    receive_told: str = field(name="receiveStatusDesc", default="")


class Deliveries(Answer, frozen=True, kw_only=True):
    """The list of what was sent."""

    data: list[Delivery] = []


class Unit(Struct, frozen=True, kw_only=True):
    """An agency in the directory of the axis; `parent` is the id of the one above it.

    `old_code` or `code_102` is the code of the older form, while both are alive.
    """

    id: str
    code: str
    name: str = ""
    mail: str = ""
    parent: str = field(name="pid", default="")
    old_code: str = field(name="oldCode", default="")
    code_102: str = field(name="code102", default="")
    version: int = 0
    center: str = field(name="centerCode", default="")
    deleted: bool = False
    modified: str = field(name="modifyDate", default="")
    is_agency: bool = field(name="isAgency", default=True)


class Units(Answer, frozen=True, kw_only=True):
    """A directory."""

    data: list[Unit] = []


class Registration(Struct, frozen=True, kw_only=True):
    """An agency to be registered; `parent` is the code of the one above it."""

    id: str
    code: Annotated[str, Meta(pattern=r"\S")]
    name: Annotated[str, Meta(pattern=r"\S")]
    mail: Annotated[str, Meta(pattern=r"^[^@\s]+@[^@\s]+$")]
    parent: str = field(name="pcode", default="")
    mobile: str = ""
    fax: str = ""


class Counted(Answer, frozen=True, kw_only=True):
    """How many there are."""

    count: int


A = TypeVar("A", bound=Answer)


class Ask(NamedTuple, Generic[A]):
    """One question: the operation, its arguments, its body, and what its answer looks like."""

    operation: Operation
    arguments: dict[str, str]
    kind: type[A]
    body: bytes = b""
