"""Messages as examples: one of each kind, between invented agencies (ví dụ)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from msgspec.structs import replace

from contracts.edxml import (
    Business,
    BusinessAction,
    Changes,
    Code,
    Document,
    DocumentType,
    Hop,
    Message,
    OtherInfo,
    Party,
    Promulgation,
    ReceiverAct,
    ReceiverChange,
    Replaced,
    ResponseFor,
    Signatory,
    Staff,
    Status,
    attached,
    document_id,
)
from contracts.values import StatusCode
from contracts.working_time import VIETNAM


class Kind(StrEnum):
    """Which message."""

    NEW = "new"
    RECALL = "recall"
    UPDATE = "update"
    REPLACE = "replace"
    STATUS = "status"


ISSUED_ON = date(2024, 4, 26)
SENDER = Party(code="H47.05", superior="UBND tỉnh", name="Sở Ví dụ", email="vanthu@svd.example.vn")
RECEIVER = Party(code="H47.31", name="UBND huyện Minh họa", address="Số 1, đường Mẫu")
CODE = Code(number="15", notation="SVD-VP")
WIRE_ID = document_id(SENDER.code, ISSUED_ON, CODE)
STAFF = Staff(department="Văn phòng", name="Nguyễn Thị Ví Dụ", email="ntvidu@svd.example.vn")

NEW = Document(
    sender=SENDER,
    recipients=[RECEIVER],
    document_id=WIRE_ID,
    code=CODE,
    promulgation=Promulgation(place="Quảng Nam", promulgated_on=ISSUED_ON),
    type=DocumentType(group=2, detail=18, name="Công văn"),
    subject="V/v đề nghị góp ý dự thảo quy chế",
    content="Đề nghị góp ý trước ngày 10/5/2024",
    signatory=Signatory(capacity="KT. GIÁM ĐỐC", post="Phó Giám đốc", name="Trần Văn Mẫu"),
    due_on=date(2024, 5, 10),
    other=OtherInfo(copies=1, pages=2, appendices=["Dự thảo quy chế"]),
    places=["Như trên", "Lưu: VT"],
    business=Business(reason="Văn bản điện tử mới", staff=[STAFF]),
    trace=[Hop(agency=SENDER.code, at=datetime(2024, 4, 26, 9, 30, tzinfo=VIETNAM))],
    attachments=[
        attached("cong-van-15.pdf", b"%PDF-1.7\n% an example, not a page\n%%EOF\n"),
        attached("du-thao.txt", "Dự thảo quy chế\n".encode()),
    ],
)

EXAMPLES: dict[Kind, Message] = {
    Kind.NEW: NEW,
    Kind.RECALL: replace(
        NEW,
        business=Business(action=BusinessAction.RECALL, reason="Thu hồi do ban hành nhầm"),
        attachments=[],
    ),
    Kind.UPDATE: replace(
        NEW,
        document_id=f"{WIRE_ID}-01",
        business=Business(
            action=BusinessAction.UPDATE,
            document_id=WIRE_ID,
            reason="Cập nhật nơi nhận",
            changes=[
                Changes(
                    receivers=True,
                    receiver_list=[ReceiverChange(agency=RECEIVER.code, act=ReceiverAct.ADDED)],
                )
            ],
        ),
    ),
    Kind.REPLACE: replace(
        NEW,
        document_id=f"{WIRE_ID}-02",
        business=Business(
            action=BusinessAction.REPLACE,
            reason="Thay thế văn bản đã gửi",
            replaced=[Replaced(document_id=WIRE_ID, agencies=[RECEIVER.code])],
        ),
    ),
    Kind.STATUS: Status(
        sender=RECEIVER,
        about=ResponseFor(
            agency=SENDER.code,
            code=CODE.written(),
            document_id=WIRE_ID,
            promulgated_on=ISSUED_ON,
        ),
        staff=Staff(department="Văn phòng", name="Lê Thị Minh Họa"),
        code=StatusCode.ACCEPTED,
        description="Văn thư đã tiếp nhận",
        at=datetime(2024, 4, 26, 10, 5, tzinfo=VIETNAM),
    ),
}
