"""A status message out of its wrapper (hồi báo trạng thái), variants A, B and C alike."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from contracts.edxml.agencies import is_usable, is_usual
from contracts.edxml.cautions import CautionCode, Notes, shown
from contracts.edxml.reading import Reader
from contracts.edxml.refusals import FieldsMissing, FieldUnreadable
from contracts.edxml.trees import local
from contracts.edxml.words import ResponseFor, Status
from contracts.values import StatusCode

REASONED = {StatusCode.REFUSED, StatusCode.TAKE_BACK, StatusCode.DECLINED}
"""Statuses that say nothing without a reason (R5.1d-3)."""

_AGREED_TOO = "14"


def status_told(wrapper: Element, notes: Notes) -> Status:
    """The words of a status. Refusals: `FieldsMissing`, `FieldUnreadable`."""
    path = local(wrapper)
    status = Reader(notes).group(wrapper, Status, path)
    status = replace(status, about=_about(status.about, path, notes))
    missing = notes.missing + _missing(status.about, path)
    if missing:
        raise FieldsMissing(fields=", ".join(missing))
    status = replace(status, code=_code(status.code, path, notes))
    _tell_oddities(status, path, notes)
    return status


def _about(about: ResponseFor, path: str, notes: Notes) -> ResponseFor:
    """The document that is meant; one writer puts agency and notation in each other's place."""
    swapped = "/" in about.agency and "/" not in about.code and is_usable(about.code)
    if not swapped:
        return about
    notes.caution(CautionCode.CODE_AND_AGENCY_SWAPPED, f"{path}/ResponseFor")
    return replace(about, agency=about.code, code=about.agency)


def _missing(about: ResponseFor, path: str) -> list[str]:
    found = [] if about.agency else [f"{path}/ResponseFor/OrganId"]
    if not about.code and not about.document_id:
        found += [f"{path}/ResponseFor/Code", f"{path}/ResponseFor/DocumentId"]
    return found


def _code(text: str, path: str, notes: Notes) -> str:
    where = f"{path}/StatusCode"
    if not re.fullmatch(r"\d{1,3}", text, re.ASCII):
        known = ", ".join(StatusCode)
        raise FieldUnreadable(
            where=where, value=shown(text), why_vi=f"cần {known}", why_en=f"expected {known}"
        )
    code = f"{int(text):02d}"
    if code == _AGREED_TOO:
        notes.caution(CautionCode.VALUE_UNUSUAL, where, f"{text} → {StatusCode.AGREED}")
        return str(StatusCode.AGREED.value)
    if code not in set(StatusCode):
        notes.caution(CautionCode.STATUS_UNKNOWN, where, code)
    return code


def _tell_oddities(status: Status, path: str, notes: Notes) -> None:
    absent = {
        "ResponseFor/Code": not status.about.code,
        "ResponseFor/DocumentId": not status.about.document_id,
        "ResponseFor/PromulgationDate": status.about.promulgated_on is None,
        "Timestamp": status.at is None,
        "Description": status.known() in REASONED and not status.description,
    }
    for place in (name for name, is_absent in absent.items() if is_absent):
        notes.caution(CautionCode.FIELD_ABSENT, f"{path}/{place}")
    for place, code in (("From", status.sender.code), ("ResponseFor", status.about.agency)):
        if not is_usual(code):
            notes.caution(CautionCode.AGENCY_CODE_UNUSUAL, f"{path}/{place}", code)
