"""A document out of its header and its files, with everything a careful reader notices."""

from __future__ import annotations

import re
from datetime import date
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from contracts.edxml import secrecy
from contracts.edxml.agencies import tell_codes
from contracts.edxml.attachments import Files
from contracts.edxml.cautions import CautionCode, Notes
from contracts.edxml.reading import Reader, letters_put_right, words
from contracts.edxml.refusals import FieldsMissing
from contracts.edxml.trees import child, children, local, text_of
from contracts.edxml.words import Business, BusinessAction, Document, Hop, Party
from contracts.values import Secrecy

WITH_FILES = {BusinessAction.NEW, BusinessAction.REPLACE}
"""Actions that make no sense without the document itself."""

_HEADER = "MessageHeader"
_REASONS = {
    BusinessAction.RECALL: re.compile(r"^\s*(thu hồi|lấy lại)", re.IGNORECASE),
    BusinessAction.UPDATE: re.compile(r"^\s*cập nhật", re.IGNORECASE),
    BusinessAction.REPLACE: re.compile(r"^\s*thay thế", re.IGNORECASE),
    BusinessAction.NEW: re.compile(r"văn bản( điện tử)? mới", re.IGNORECASE),
}


def document_told(
    header: Element, wrapper: Element, notes: Notes, forgiven: set[str], today: date | None
) -> Document:
    """The words of a document. `forgiven` are needed words that may be missing here.

    Refusals: `FieldsMissing`, `FieldUnreadable`.
    """
    reader, way = Reader(notes), child(header, "TraceHeaderList")
    document = replace(
        reader.group(wrapper, Document, _HEADER),
        business=_business(way, reader),
        trace=_trace(way, reader, notes),
        secrecy=_declared_secrecy(wrapper),
    )
    document = replace(document, recipients=_recipients(document.recipients, notes))
    _refuse_incomplete(document, notes, forgiven)
    _tell_oddities(document, notes, today)
    for error in (e for e in header.iter() if local(e) == "Error"):
        notes.caution(CautionCode.SENDER_ERROR, "ErrorList", words(" ".join(error.itertext())))
    return document


def completed(document: Document, came: Files, signature: str, notes: Notes) -> Document:
    """The document with its files, the marks of secrecy found anywhere, and its signature."""
    whole = replace(
        document, attachments=came.attachments, missing=came.missing, signature=signature
    )
    level = secrecy.highest(document.secrecy, marked(whole))
    if level is not Secrecy.NONE:
        notes.caution(CautionCode.SECRECY_MARKED, _HEADER, level.vi, level.en)
    if not came.attachments and document.business.action in WITH_FILES:
        notes.caution(CautionCode.FILES_ABSENT, "Manifest")
    if signature:
        notes.caution(CautionCode.SIGNATURE_UNVERIFIED, "Signature")
    return replace(whole, secrecy=level)


def marked(document: Document) -> Secrecy:
    """The highest mark of secrecy in any words of a document (R1.2)."""
    short = [document.other.scope, document.type.name]
    free = [document.subject, document.content, *document.other.appendices]
    free += [text for file in document.attachments for text in (file.name, file.description)]
    found = [secrecy.in_short(text) for text in short] + [secrecy.in_free(text) for text in free]
    return secrecy.highest(*found)


def _declared_secrecy(wrapper: Element) -> Secrecy:
    fields = (e for e in wrapper.iter() if local(e) == "Secret")
    return secrecy.highest(*(secrecy.declared(words(text_of(e))) for e in fields))


def _business(way: Element | None, reader: Reader) -> Business:
    told = child(way, "Bussiness", "Business")
    business = Business() if told is None else reader.group(told, Business, "Bussiness")
    legacy = child(way, "Paper")
    if legacy is not None and (told is None or child(told, "Paper") is None):
        return replace(business, paper=words(text_of(legacy)) == "1")
    return business


def _trace(way: Element | None, reader: Reader, notes: Notes) -> list[Hop]:
    hops = [] if way is None else list(children(way, "TraceHeader"))
    told = [reader.group(e, Hop, f"TraceHeader[{n}]") for n, e in enumerate(hops, 1)]
    for number, hop in enumerate(told, 1):
        if hop.agency in ("", "null"):
            notes.caution(CautionCode.FIELD_ABSENT, f"TraceHeader[{number}]/OrganId")
    if not told:
        notes.caution(CautionCode.FIELD_ABSENT, "TraceHeaderList/TraceHeader")
    return [replace(hop, agency="") if hop.agency == "null" else hop for hop in told]


def _recipients(told: list[Party], notes: Notes) -> list[Party]:
    """Those that can be reached; if none has a code, that is missing."""
    reached = [party for party in told if party.code]
    where = re.compile(rf"{_HEADER}/To\[\d+\]/OrganId")
    if not reached:
        notes.missing.append(f"{_HEADER}/To/OrganId")
    for place in [m for m in notes.missing if where.fullmatch(m)]:
        notes.missing.remove(place)
        notes.caution(CautionCode.FIELD_ABSENT, place)
    return reached


def _refuse_incomplete(document: Document, notes: Notes, forgiven: set[str]) -> None:
    business, missing = document.business, []
    matters = {
        BusinessAction.UPDATE: "Bussiness/BussinessDocumentInfo",
        BusinessAction.REPLACE: "Bussiness/ReplacementInfoList",
    }.get(business.action, _HEADER)
    for place in notes.missing:
        if place in forgiven or not place.startswith((_HEADER, matters)):
            notes.caution(CautionCode.FIELD_ABSENT, place)
        else:
            missing.append(place)
    if business.action is BusinessAction.UPDATE and not business.document_id:
        missing.append("Bussiness/DocumentId")
    if business.action is BusinessAction.REPLACE and not business.replaced:
        missing.append("Bussiness/ReplacementInfoList/ReplacementInfo/DocumentId")
    if missing:
        raise FieldsMissing(fields=", ".join(missing))


def _tell_oddities(document: Document, notes: Notes, today: date | None) -> None:
    tell_codes([document.sender, *document.recipients], notes)
    if today and document.promulgation.promulgated_on > today:
        day = document.promulgation.promulgated_on.isoformat()
        notes.caution(CautionCode.DAY_IN_FUTURE, f"{_HEADER}/PromulgationInfo", day)
    if document.type.group not in (1, 2):
        group = document.type.group
        notes.caution(CautionCode.VALUE_UNUSUAL, f"{_HEADER}/DocumentType/Type", group)
    meant = letters_put_right(document.code.written())
    if meant != document.code.written():
        notes.caution(CautionCode.LETTER_LOOK_ALIKE, f"{_HEADER}/Code", meant)
    for number, response in enumerate(document.responses, 1):
        if not (response.agency and response.code and response.document_id):
            notes.caution(CautionCode.FIELD_ABSENT, f"{_HEADER}/ResponseFor[{number}]")
    _tell_doubtful_action(document.business, notes)


def _tell_doubtful_action(business: Business, notes: Notes) -> None:
    where = "Bussiness/BussinessDocReason"
    if business.action is BusinessAction.RECALL and not business.reason:
        notes.caution(CautionCode.FIELD_ABSENT, where)
    for action, reason in _REASONS.items():
        if action is not business.action and reason.search(business.reason):
            notes.caution(CautionCode.ACTION_CONTRADICTED, where, business.reason)
