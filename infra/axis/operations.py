"""The thirteen operations: what the axis does when asked."""

import base64
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from contracts.axis import (
    SERVICE_TYPE,
    AxisCode,
    Checked,
    MessageType,
    Operation,
    PackageState,
    file_hash,
    without_line_end,
)
from contracts.edxml import Document, EdxmlRefused, Family, Message, read
from contracts.edxml.days import instant_written
from infra.axis.answers import Refusal, Told, success
from infra.axis.directory import CENTER, Directory, agency_of
from infra.axis.forwarding import Habits, forwarded
from infra.axis.store import Fault, FaultKind, Store


class Operations:
    """Does what is asked of a store; `now` is the axis' clock."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now
        self._directory = Directory(store, self._stamp)
        self._acts: Mapping[Operation, Callable[[Checked, bytes, Fault | None], Told]] = {
            Operation.LIST_AGENCIES: self._directory.list_agencies,
            Operation.LIST_AGENCIES_QD20: self._directory.list_agencies,
            Operation.SYNCHRONIZE_UNITS: self._directory.synchronize,
            Operation.REGISTER_AGENCY: self._directory.register,
            Operation.DELETE_AGENCY: self._directory.delete,
            Operation.SEND: self._send,
            Operation.LIST_RECEIVED: self._list_received,
            Operation.LIST_SENT: self._list_sent,
            Operation.FETCH: self._fetch,
            Operation.DOWNLOAD: self._fetch,
            Operation.SET_STATUS: self._set_status,
            Operation.COUNT_DOCUMENTS: self._count,
            Operation.COUNT_STATUSES: self._count,
        }

    def done(
        self, operation: Operation, asked: Checked, body: bytes, fault: Fault | None = None
    ) -> Told:
        """The answer to a question that proved itself. Refusals: `Refusal`."""
        arguments = asked.arguments | {"operation": operation.value}
        return self._acts[operation](Checked(asked.system_id, arguments), body, fault)

    def _stamp(self) -> str:
        return instant_written(self._now())

    def _send(self, asked: Checked, body: bytes, fault: Fault | None) -> Told:
        data = without_line_end(body)
        told = asked.arguments.get("hash-file", "")
        if told not in (file_hash(data), file_hash(data, padded=True)):
            raise Refusal(AxisCode.FILE_INVALID, "hash-file khong khop")
        message = self._understood(data, asked)
        addressed = self._addressed(message, asked)
        at, doc_id = self._stamp(), str(uuid4())
        content = forwarded(data, self._habits(), at)
        copies = 2 if fault and fault.kind is FaultKind.DUPLICATE else 1
        package = {
            "sender_doc_id": doc_id,
            "sender": asked.system_id,
            "message_type": asked.arguments["messagetype"],
            "created": at,
            "hidden": int(self._is_hidden(message, fault)),
            "content": content,
        }
        self._store.accept(
            {"doc_id": doc_id, "sender": asked.system_id, "at": at, **_title(message)}
            | {"message_type": asked.arguments["messagetype"]},
            [
                package | {"doc_id": str(uuid4()), "receiver": receiver, "addressed": code}
                for code, receiver in addressed.items()
                for _ in range(copies)
            ],
        )
        return success(DocId=doc_id)

    def _understood(self, data: bytes, asked: Checked) -> Message:
        """The message, if it is one of the 2016 family and of the kind that is said."""
        try:
            told = read(data)
        except EdxmlRefused as no:
            raise Refusal(AxisCode.NOT_CONFORMANT, no.message("vi")) from None
        kind = MessageType.DOCUMENT if isinstance(told.message, Document) else MessageType.STATUS
        if told.family is not Family.F2016 or asked.arguments.get("messagetype") != kind:
            raise Refusal(AxisCode.NOT_CONFORMANT)
        if asked.arguments.get("servicetype") != SERVICE_TYPE:
            raise Refusal(AxisCode.FILE_INVALID, "servicetype")
        if {told.message.sender.code, asked.arguments.get("from")} != {asked.system_id}:
            words = "Đơn vị gửi khác với mã hệ thống đã đăng ký"
            raise Refusal(AxisCode.SENDER_UNKNOWN, words)
        return told.message

    def _addressed(self, message: Message, asked: Checked) -> dict[str, str]:
        """Codes as the sender wrote them, and the agencies they mean."""
        codes = _codes(message, asked.arguments.get("to", ""))
        found = {code: agency_of(self._store, code) for code in codes}
        for agency in found.values():
            if agency["locked"]:
                raise Refusal(AxisCode.RECEIVER_LOCKED)
        return {code: agency["code"] for code, agency in found.items()}

    def _habits(self) -> Habits:
        station = self._store.habit("station", CENTER)
        named = None if station == "none" else station
        return Habits(zips=self._store.habit("zips") == "yes", station=named)

    def _is_hidden(self, message: Message, fault: Fault | None) -> bool:
        """Whether a package is taken and never listed, as happens to incomplete messages."""
        if fault and fault.kind is FaultKind.HIDE:
            return True
        if self._store.habit("strict") != "yes" or not isinstance(message, Document):
            return False
        return not any(hop.agency for hop in message.trace)

    def _list_received(self, asked: Checked, body: bytes, fault: Fault | None) -> Told:
        rows = [row for row in self._waiting(asked) if _between(row["created"], asked.arguments)]
        listed = [
            {
                "docId": row["doc_id"],
                "serviceType": SERVICE_TYPE,
                "messageType": row["message_type"],
                "created_time": row["created"],
                "updated_time": row["updated"],
                "from": row["sender"],
                "to": row["addressed"],
                "status": row["state"],
                "status_desc": row["told"],
            }
            for row in rows
        ]
        if fault and fault.kind is FaultKind.REORDER:
            listed.reverse()
        if fault and fault.kind is FaultKind.DUPLICATE:
            listed = [one for one in listed for _ in range(2)]
        return success(data=listed)

    def _waiting(self, asked: Checked) -> list[Any]:
        kind = asked.arguments.get("messagetype", "")
        if kind not in set(MessageType):
            raise Refusal(AxisCode.FILE_INVALID, "messagetype")
        return self._store.waiting(asked.system_id, kind)

    def _list_sent(self, asked: Checked, body: bytes, fault: Fault | None) -> Told:
        kind, doc_id = asked.arguments.get("messagetype", ""), asked.arguments.get("docid", "")
        rows = [
            row
            for row in self._store.outgoing(asked.system_id, kind)
            if doc_id in ("", row["sender_doc_id"]) and _between(row["at"], asked.arguments)
        ]
        return success(
            data=[
                {
                    "serviceType": SERVICE_TYPE,
                    "senderDocId": row["sender_doc_id"],
                    "receiverDocId": row["doc_id"],
                    "fromCode": asked.system_id,
                    "toCode": row["addressed"],
                    "title": row["title"],
                    "notation": row["notation"],
                    "messageType": kind,
                    "sentTime": row["at"],
                    "receivedTime": row["updated"],
                    "sendStatus": PackageState.DONE,
                    "sendStatusDesc": "",
                    "receiveStatus": row["state"],
                    "receiveStatusDesc": row["told"],
                }
                for row in rows
            ]
        )

    def _fetch(self, asked: Checked, body: bytes, fault: Fault | None) -> Told:
        package = self._store.package(asked.system_id, asked.arguments.get("docid", ""))
        if package is None:
            raise Refusal(AxisCode.FILE_INVALID, "Không tìm thấy gói tin")
        content = spoiled(package["content"], fault)
        return success(data=base64.b64encode(content).decode())

    def _set_status(self, asked: Checked, body: bytes, fault: Fault | None) -> Told:
        state, told = asked.arguments.get("status", ""), asked.arguments.get("description", "")
        if state not in set(PackageState) - {PackageState.INITIAL}:
            raise Refusal(AxisCode.FILE_INVALID, "status")
        doc_id = asked.arguments.get("docid", "")
        if not self._store.set_state(asked.system_id, doc_id, state, told, self._stamp()):
            raise Refusal(AxisCode.FILE_INVALID, "Không tìm thấy gói tin")
        return success()

    def _count(self, asked: Checked, body: bytes, fault: Fault | None) -> Told:
        is_status = asked.arguments["operation"] == Operation.COUNT_STATUSES
        kind = MessageType.STATUS if is_status else MessageType.DOCUMENT
        rows = self._store.waiting(asked.system_id, kind)
        return success(count=sum(_between(row["created"], asked.arguments) for row in rows))


def spoiled(content: bytes, fault: Fault | None) -> bytes:
    """The message as a bad day hands it out: files taken for text, a code without its zero."""
    if fault and fault.kind is FaultKind.BARE_STATUS:
        return content.replace(b"StatusCode>0", b"StatusCode>")
    if fault is None or fault.kind is not FaultKind.CORRUPT:
        return content
    head, mark, rest = content.partition(b"ContentTransferEncoded")
    start, _, rest = rest.partition(b">")
    data, end, tail = rest.partition(b"<")
    as_text = base64.b64decode(data).decode("utf-8", "replace").encode()
    return b"".join([head, mark, start, b">", base64.b64encode(as_text), end, tail])


def _codes(message: Message, subset: str) -> list[str]:
    """Whom a message is for: the subset that is asked for, all in the file, or the other party."""
    if not isinstance(message, Document):
        return [message.about.agency]
    known = list(dict.fromkeys(party.code for party in message.recipients))
    if not subset:
        return known
    try:
        asked = json.loads(subset)
    except ValueError:
        asked = None
    if not isinstance(asked, list) or not all(isinstance(code, str) for code in asked):
        raise Refusal(AxisCode.FILE_INVALID, "to")
    return list(dict.fromkeys(asked))


def _title(message: Message) -> Told:
    if isinstance(message, Document):
        return {"title": message.subject, "notation": message.code.written()}
    return {"title": message.description, "notation": message.about.code}


def _between(at: str, arguments: Mapping[str, str]) -> bool:
    """Whether an instant lies within the days asked for, both included."""
    day = at[:10]
    first, last = arguments.get("fromdate", ""), arguments.get("todate", "")
    return (not first or first <= day) and (not last or day <= last)
