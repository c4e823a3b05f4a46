"""What may be written: strict where reading is tolerant, since peers refuse what is unexpected.

Every fault names its field as the words are nested: `message.code.number`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import msgspec

from contracts.edxml.agencies import is_usable
from contracts.edxml.documents import WITH_FILES, marked
from contracts.edxml.refusals import MessageUnfit
from contracts.edxml.statuses import REASONED
from contracts.edxml.wire import Slot, slots
from contracts.edxml.words import (
    Attachment,
    BusinessAction,
    Document,
    Message,
    ResponseFor,
    Status,
)
from contracts.values import Secrecy, StatusCode

MOST_NAME = 500
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Fault(NamedTuple):
    """What is wrong with one field."""

    where: str
    vi: str
    en: str


def refuse_unfit(message: Message, today: date | None) -> None:
    """Refuse words that may not be written (`MessageUnfit`); `today` bounds the day of issue."""
    faults = list(_of_group(message, "message"))
    if isinstance(message, Document):
        faults += [*_of_document(message, today), *_of_business(message), *_of_files(message)]
    else:
        faults += _of_status(message)
    if faults:
        vi = "; ".join(f"{fault.where}: {fault.vi}" for fault in faults)
        en = "; ".join(f"{fault.where}: {fault.en}" for fault in faults)
        raise MessageUnfit(faults_vi=vi, faults_en=en, fields=[fault.where for fault in faults])


def _of_group(group: msgspec.Struct, path: str) -> Iterator[Fault]:
    """Faults of each word by its mark: empty, too long, not writable."""
    for slot in slots(type(group)):
        value, where = getattr(group, slot.name), f"{path}.{slot.name}"
        if slot.many and slot.required and not value:
            yield Fault(where, "không được trống", "must not be empty")
        for number, item in enumerate(value if slot.many else [value]):
            place = f"{where}[{number}]" if slot.many else where
            if isinstance(item, msgspec.Struct):
                yield from _of_group(item, place)
            else:
                yield from _of_word(item, slot, place)


def _of_word(value: Any, slot: Slot, where: str) -> Iterator[Fault]:
    if isinstance(value, int) and value < 0:
        yield Fault(where, "không được âm", "must not be negative")
    if not isinstance(value, str):
        return
    longest = slot.on.longest or slot.on.nominal
    if not value.strip() and (slot.required or slot.many):
        yield Fault(where, "không được trống", "must not be empty")
    if longest and len(value) > longest:
        yield Fault(where, f"dài quá {longest} ký tự", f"longer than {longest} characters")
    yield from _of_characters(value, where)


def _of_characters(value: str, where: str) -> Iterator[Fault]:
    if found := _FORBIDDEN.search(value):
        letter = f"U+{ord(found[0]):04X}"
        yield Fault(where, f"có ký tự cấm {letter}", f"holds the forbidden character {letter}")


def _of_code(code: str, where: str) -> Iterator[Fault]:
    if code.strip() and not is_usable(code):
        yield Fault(
            where,
            "mã định danh không hợp lệ (không dấu cách, tối đa bốn cấp)",
            "no usable agency code (no blanks, at most four levels)",
        )


def _of_document(document: Document, today: date | None) -> Iterator[Fault]:
    yield from _of_code(document.sender.code, "message.sender.code")
    met: set[str] = set()
    for number, party in enumerate(document.recipients):
        where = f"message.recipients[{number}].code"
        yield from _of_code(party.code, where)
        if party.code in met:
            yield Fault(where, f"{party.code} lặp lại", f"{party.code} is repeated")
        met.add(party.code)
    if today and document.promulgation.promulgated_on > today:
        yield Fault("message.promulgation.promulgated_on", "ở tương lai", "lies in the future")
    if document.type.group not in (1, 2):
        yield Fault("message.type.group", "phải là 1 hoặc 2", "must be 1 or 2")
    for number, response in enumerate(document.responses):
        yield from _of_response(response, f"message.responses[{number}]")
    yield from _of_secrecy(document)
    yield from _of_trace(document)


def _of_secrecy(document: Document) -> Iterator[Fault]:
    level = max(document.secrecy, marked(document), key=list(Secrecy).index)
    if level is not Secrecy.NONE:
        yield Fault(
            "message.secrecy",
            f"văn bản {level.vi} không được gửi qua hệ thống",
            f"a document marked {level.en} may not be sent here",
        )


def _of_trace(document: Document) -> Iterator[Fault]:
    if not document.trace:
        yield Fault("message.trace", "cần ít nhất một chặng", "needs at least one station")
    for number, hop in enumerate(document.trace):
        yield from _of_group(hop, f"message.trace[{number}]")
        if not hop.agency.strip():
            yield Fault(f"message.trace[{number}].agency", "không được trống", "must not be empty")
        if hop.at is None:
            yield Fault(f"message.trace[{number}].at", "không được trống", "must not be empty")


def _of_response(response: ResponseFor, path: str) -> Iterator[Fault]:
    for name in ("agency", "code", "document_id", "promulgated_on"):
        if not getattr(response, name):
            yield Fault(f"{path}.{name}", "không được trống", "must not be empty")
    yield from _of_code(response.agency, f"{path}.agency")


def _of_business(document: Document) -> Iterator[Fault]:
    business, path = document.business, "message.business"
    yield from _of_group(business, path)
    needed: dict[BusinessAction, dict[str, object]] = {
        BusinessAction.NEW: {},
        BusinessAction.RECALL: {"reason": business.reason.strip()},
        BusinessAction.UPDATE: {
            "document_id": business.document_id,
            "changes": any(c.data or c.receivers for c in business.changes),
        },
        BusinessAction.REPLACE: {"replaced": business.replaced},
    }
    for name, value in needed[business.action].items():
        if not value:
            vi, en = business.action.vi.lower(), business.action.en.lower()
            yield Fault(f"{path}.{name}", f"cần khi {vi}", f"is needed to {en}")


def _of_files(document: Document) -> Iterator[Fault]:
    if document.missing:
        names = ", ".join(document.missing)
        yield Fault("message.missing", f"thiếu tệp {names}", f"the files {names} are missing")
    if not document.attachments and document.business.action in WITH_FILES:
        yield Fault("attachments", "cần ít nhất một tệp", "needs at least one file")
    met: set[str] = set()
    for number, file in enumerate(document.attachments):
        yield from _of_file(file, f"attachments[{number}]")
        if file.content_id and file.content_id in met:
            where = f"attachments[{number}].content_id"
            yield Fault(where, f"{file.content_id} lặp lại", f"{file.content_id} is repeated")
        met.add(file.content_id)


def _of_file(file: Attachment, path: str) -> Iterator[Fault]:
    if not file.name.strip():
        yield Fault(f"{path}.name", "không được trống", "must not be empty")
    if len(file.name) > MOST_NAME:
        yield Fault(f"{path}.name", f"dài quá {MOST_NAME} ký tự", f"longer than {MOST_NAME}")
    for name in ("name", "description", "content_id"):
        yield from _of_characters(getattr(file, name), f"{path}.{name}")
    if not file.content:
        yield Fault(f"{path}.content", "không được trống", "must not be empty")
    elif file.sha256 and file.sha256 != hashlib.sha256(file.content).hexdigest():
        yield Fault(f"{path}.sha256", "không khớp nội dung", "is not the digest of the content")


def _of_status(status: Status) -> Iterator[Fault]:
    yield from _of_code(status.sender.code, "message.sender.code")
    yield from _of_response(status.about, "message.about")
    if status.known() is None:
        known = ", ".join(StatusCode)
        yield Fault("message.code", f"phải là một trong {known}", f"must be one of {known}")
    if status.at is None:
        yield Fault("message.at", "không được trống", "must not be empty")
    if status.known() in REASONED and not status.description.strip():
        yield Fault("message.description", "cần nêu lý do", "must give a reason")
