"""From words to bytes (lập thông điệp), always the 2016 family in the order of the axis' own SDK.

The same words give the same bytes on any machine and in any year, so that a repetition is one.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring
from zipfile import ZipFile, ZipInfo

import msgspec

from contracts.edxml import sniffing
from contracts.edxml.checking import refuse_unfit
from contracts.edxml.days import day_written, instant_written
from contracts.edxml.limits import LIMITS, Limits
from contracts.edxml.lookalikes import NAMESPACE
from contracts.edxml.payloads import only_entry
from contracts.edxml.reading import words
from contracts.edxml.refusals import MessageTooLarge
from contracts.edxml.wire import Slot, slots
from contracts.edxml.words import Attachment, Code, Document, Message

_PREFIX = "edXML:"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_RAW_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/doc",
    "docx": "application/docx",
    "zip": "application/zip",
}
"""Sent as they are, under the axis' own names; everything else goes in a zip of one entry."""


def write(message: Message, limits: Limits = LIMITS, today: date | None = None) -> bytes:
    """The message in UTF-8. Given `today`, a day of issue in the future is refused.

    Refusals: `MessageUnfit`, `MessageTooLarge`.
    """
    refuse_unfit(message, today)
    root = Element("edXML", {"xmlns": NAMESPACE})
    envelope = SubElement(root, f"{_PREFIX}edXMLEnvelope", {"xmlns:edXML": NAMESPACE})
    header = SubElement(envelope, f"{_PREFIX}edXMLHeader")
    _fill(SubElement(header, f"{_PREFIX}MessageHeader"), message)
    if isinstance(message, Document):
        _add_trace(header, message)
        _add_files(root, envelope, message)
    indent(root)
    text = tostring(root, encoding="unicode").replace("\r", "&#13;")
    data = f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
    if len(data) > limits.size:
        raise MessageTooLarge(size=len(data), limit=limits.size)
    return data


def document_id(agency: str, promulgated_on: date, code: Code) -> str:
    """The identifier the platform gives its documents on the wire (mã định danh văn bản, R7.2b)."""
    return f"{agency},{day_written(promulgated_on)},{code.written()}"


def _fill(parent: Element, group: msgspec.Struct) -> None:
    """Every word of a group that says something, in order."""
    for slot in slots(type(group)):
        value = getattr(group, slot.name)
        holder = parent
        if slot.on.item and value:
            holder = SubElement(parent, _PREFIX + slot.on.element)
        name = _PREFIX + (slot.on.item or slot.on.element)
        for item in value if slot.many else [value]:
            _add(holder, name, item, slot)


def _add(parent: Element, name: str, value: Any, slot: Slot) -> None:
    if isinstance(value, msgspec.Struct):
        child = Element(name)
        _fill(child, value)
        if len(child):
            parent.append(child)
    elif (text := _text(value, slot)) is not None:
        SubElement(parent, name).text = text


def _text(value: Any, slot: Slot) -> str | None:
    """A word as it is written; nothing for what is not told."""
    if isinstance(value, bool):
        return slot.on.flags[value]
    if isinstance(value, datetime):
        return instant_written(value)
    if isinstance(value, date):
        return day_written(value)
    if value is None or value == "":
        return None
    return words(str(value))


def _add_trace(header: Element, document: Document) -> None:
    way = SubElement(header, f"{_PREFIX}TraceHeaderList")
    _fill(SubElement(way, f"{_PREFIX}Bussiness"), document.business)
    for hop in document.trace:
        _fill(SubElement(way, f"{_PREFIX}TraceHeader"), hop)


def _add_files(root: Element, envelope: Element, document: Document) -> None:
    body = SubElement(envelope, f"{_PREFIX}edXMLBody")
    manifest = SubElement(body, f"{_PREFIX}edXMLManifest", {"version": "1.0"})
    holder = SubElement(root, "AttachmentEncoded")
    for number, file in enumerate(document.attachments):
        told = dict(_told(file, document.document_id, number))
        reference = SubElement(manifest, f"{_PREFIX}Reference")
        for name in ("ContentId", "ContentType", "Description", "AttachmentName"):
            _say(reference, _PREFIX + name, told[name])
        attachment = SubElement(holder, "Attachment")
        for name in ("ContentId", "AttachmentName", "Description", "ContentType"):
            _say(attachment, name, told[name])
        declared = {"xmlns:edXML": NAMESPACE}
        data = SubElement(attachment, f"{_PREFIX}ContentTransferEncoded", declared)
        data.text = base64.b64encode(_payload(file, told["ContentId"])).decode()


def _say(parent: Element, name: str, text: str) -> None:
    if text:
        SubElement(parent, name).text = text


def _told(file: Attachment, document_id: str, number: int) -> Iterator[tuple[str, str]]:
    """What manifest and attachment say alike of a file; a missing id follows from its place."""
    own = str(uuid5(NAMESPACE_URL, f"vanban:edxml/{document_id}/{number}/{file.name}"))
    bare = re.sub(r"^cid:", "", file.content_id.strip().strip("<>"), flags=re.IGNORECASE)
    yield "ContentId", f"cid:{bare or own}"
    yield "ContentType", _RAW_TYPES[_kind(file)] if _goes_raw(file) else sniffing.ZIP
    yield "Description", words(file.description)
    yield "AttachmentName", words(file.name)


def _kind(file: Attachment) -> str:
    return sniffing.extension(words(file.name))


def _goes_raw(file: Attachment) -> bool:
    """Whether a reader will take the bytes for what they are, and not unpack them."""
    kind = _kind(file)
    if kind not in _RAW_TYPES or kind == "zip":
        return kind == "zip"
    if not sniffing.is_zip(file.content) or sniffing.media_type(file.content) != sniffing.ZIP:
        return True
    archive = sniffing.opened_zip(file.content)
    return archive is None or only_entry(archive) is None


def _payload(file: Attachment, content_id: str) -> bytes:
    """The bytes to encode; an entry is stored, not packed: packers differ, stored bytes do not."""
    if _goes_raw(file):
        return file.content
    name = str(uuid5(NAMESPACE_URL, content_id))
    kind = re.sub(r"[^a-z0-9]", "", _kind(file))
    wrapped = BytesIO()
    with ZipFile(wrapped, "w") as archive:
        entry = ZipInfo(f"{name}.{kind}" if kind else name, _EPOCH)
        entry.create_system = 3
        archive.writestr(entry, file.content)
    return wrapped.getvalue()
