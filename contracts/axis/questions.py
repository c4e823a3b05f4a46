"""What may be asked of the axis, each question with its arguments and the shape of its answer."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable
from typing import TypeVar

from msgspec import DecodeError
from msgspec import json as packed

from contracts.axis.signing import LINE_END, file_hash
from contracts.axis.words import (
    DONE_CODE,
    FAIL,
    OK,
    SERVICE_TYPE,
    Answer,
    Ask,
    AxisRefused,
    Counted,
    Deliveries,
    Fetched,
    MessageType,
    Operation,
    Packages,
    PackageState,
    Registration,
    Sent,
    Units,
)
from contracts.errors import Unavailable

A = TypeVar("A", bound=Answer)
NOT_FOUND = 404
DOWNLOAD_FAILED = "100"


def send(data: bytes, kind: MessageType, sender: str, to: Iterable[str] = ()) -> Ask[Sent]:
    """Hand over a message for all it names, or for those of `to` only."""
    told = _listing(kind) | {"from": sender}
    if receivers := list(to):
        told["to"] = json.dumps(receivers)
    return Ask(Operation.SEND, told | {"hash-file": file_hash(data)}, Sent, data + LINE_END)


def received(kind: MessageType, since: str = "", until: str = "") -> Ask[Packages]:
    """What waits for this agency, of these days (yyyy/MM/dd); done packages are gone."""
    return Ask(Operation.LIST_RECEIVED, _listing(kind, fromDate=since, toDate=until), Packages)


def sent(kind: MessageType, doc_id: str = "") -> Ask[Deliveries]:
    """What became of what was sent, a line for each receiver."""
    return Ask(Operation.LIST_SENT, _listing(kind, docId=doc_id), Deliveries)


def fetch(doc_id: str) -> Ask[Fetched]:
    """A message that was received; it may be asked for again and again."""
    return Ask(Operation.FETCH, {"docId": doc_id}, Fetched)


def download(doc_id: str) -> Ask[Fetched]:
    """The same, the younger way."""
    return Ask(Operation.DOWNLOAD, {"docId": doc_id}, Fetched)


def set_state(doc_id: str, state: PackageState, told: str = "") -> Ask[Answer]:
    """Say where a received package is; `done` takes it off the list."""
    arguments = {"docId": doc_id, "status": state.value}
    return Ask(Operation.SET_STATUS, arguments | ({"description": told} if told else {}), Answer)


def count(kind: MessageType) -> Ask[Counted]:
    """How many packages wait."""
    of_statuses = kind is MessageType.STATUS
    operation = Operation.COUNT_STATUSES if of_statuses else Operation.COUNT_DOCUMENTS
    return Ask(operation, _listing(kind), Counted)


def agencies() -> Ask[Units]:
    """The directory, with old codes where there are any."""
    return Ask(Operation.LIST_AGENCIES, {}, Units)


def agencies_by_new_code(level: int = 1) -> Ask[Units]:
    """The directory in the coding of QĐ 20/2020."""
    return Ask(Operation.LIST_AGENCIES_QD20, {"level": str(level)}, Units)


def units() -> Ask[Units]:
    """The directory with what changed and what was closed."""
    return Ask(Operation.SYNCHRONIZE_UNITS, {}, Units)


def register(agency: Registration) -> Ask[Answer]:
    """Put an agency into the directory."""
    return Ask(Operation.REGISTER_AGENCY, {}, Answer, packed.encode(agency))


def delete(code: str) -> Ask[Answer]:
    """Take an agency out of the directory."""
    return Ask(Operation.DELETE_AGENCY, {"AgencyCode": code}, Answer)


def understood(asked: Ask[A], status: int, data: bytes) -> A:
    """The answer to a question: its HTTP status and body as a struct.

    Refusals: `AxisRefused` (FAIL), `Unavailable` (nothing an axis says: ask the same later).
    """
    if asked.operation is Operation.DOWNLOAD and status in (200, NOT_FOUND):
        data = packed.encode(_as_told(status, data))
    elif status != 200:
        raise Unavailable(why=f"the axis answered {status}")
    try:
        answer = packed.decode(data, type=Answer)
        if answer.status.upper() == FAIL or str(answer.code) not in (DONE_CODE, ""):
            code = str(answer.code)
            raise AxisRefused(operation=asked.operation.value, code=code, told=answer.told)
        return packed.decode(data, type=asked.kind)
    except DecodeError as error:
        raise Unavailable(why=f"the axis answered something else: {error}") from None


def _as_told(status: int, data: bytes) -> dict[str, str]:
    """What the axis' own client makes of a file, or of none."""
    if status == NOT_FOUND:
        return {"status": FAIL, "ErrorCode": DOWNLOAD_FAILED, "ErrorDesc": "not found"}
    return {"status": OK, "ErrorCode": DONE_CODE, "data": b64encode(data).decode()}


def _listing(kind: MessageType, **told: str) -> dict[str, str]:
    given = {name: value for name, value in told.items() if value}
    return {"servicetype": SERVICE_TYPE, "messagetype": kind.value, **given}
