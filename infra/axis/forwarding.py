"""How the axis rewrites what it forwards: nothing of a message's bytes survives, its words do.

Header words stand in the axis' order, comments, unknown words and attributes are gone, `Direction`
is told, blank replies are collapsed, the signature has changed its namespace, a station is added.
"""

import base64
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import uuid4
from xml.etree.ElementTree import Element, SubElement, indent, tostring
from zipfile import ZIP_DEFLATED, ZipFile

from msgspec import Struct

from contracts.edxml import LIMITS, Document, Status
from contracts.edxml.cautions import Notes
from contracts.edxml.lookalikes import NAMESPACE
from contracts.edxml.payloads import base64_told
from contracts.edxml.sniffing import extension
from contracts.edxml.trees import child, children, local, text_of, tree_of, utf8
from contracts.edxml.wire import slots
from contracts.edxml.words import Business, Hop

PREFIX = "edXML:"
REFERENCE = ("ContentId", "ContentType", "Description", "AttachmentName")
ATTACHMENT = ("ContentId", "AttachmentName", "Description", "ContentType")
DATA = "ContentTransferEncoded"


@dataclass(frozen=True)
class Habits:
    """What differs from release to release: whether files are zipped, how the station is named."""

    zips: bool = False
    station: str | None = "00.53.W00"


def forwarded(data: bytes, habits: Habits, at: str) -> bytes:
    """The message as the receiver gets it; `at` is the time of this station."""
    root, _ = tree_of(utf8(data, Notes()), LIMITS, Notes())
    header = child(child(root, "edXMLEnvelope"), "edXMLHeader")
    assert header is not None
    fresh = Element("edXML", {"xmlns": NAMESPACE})
    envelope = SubElement(fresh, f"{PREFIX}edXMLEnvelope", {"xmlns:edXML": NAMESPACE})
    told = SubElement(envelope, f"{PREFIX}edXMLHeader")
    wrapper = next(e for e in header if local(e) in ("MessageHeader", "Status"))
    is_status = child(wrapper, "StatusCode") is not None
    words = SubElement(told, f"{PREFIX}MessageHeader")
    _copy(wrapper, words, Status if is_status else Document)
    if not is_status:
        _tell_direction(words)
        _copy_way(child(header, "TraceHeaderList"), told, habits, at)
        _copy_signature(child(header, "Signature"), told)
        _copy_files(root, fresh, envelope, habits)
    indent(fresh)
    text = tostring(fresh, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _copy(old: Element, new: Element, struct: type[Struct]) -> None:
    """The known words of a group, in order; a blank reply stays as an empty element."""
    for slot in slots(struct):
        for found in children(old, *slot.on.names()):
            said = text_of(found).strip()
            if slot.is_group() and not slot.on.item:
                _copy(found, part := Element(PREFIX + slot.on.element), slot.kind)
                if said or slot.on.element == "ResponseFor":
                    new.append(part if said else Element(part.tag))
            elif slot.on.item:
                _copy_list(found, SubElement(new, PREFIX + slot.on.element), slot)
            elif said:
                SubElement(new, PREFIX + slot.on.element).text = said


def _copy_list(old: Element, new: Element, slot: Any) -> None:
    for item in children(old, slot.on.item):
        part = SubElement(new, PREFIX + slot.on.item)
        if slot.is_group():
            _copy(item, part, slot.kind)
        else:
            part.text = text_of(item).strip()


def _tell_direction(words: Element) -> None:
    other = words.find(f"{PREFIX}OtherInfo")
    if other is not None and other.find(f"{PREFIX}Direction") is None:
        place = sum(part.tag.endswith(NAMES_BEFORE_DIRECTION) for part in other)
        other.insert(place, direction := Element(f"{PREFIX}Direction"))
        direction.text = "false"


NAMES_BEFORE_DIRECTION = (
    *("Priority", "SphereOfPromulgation", "TyperNotation", "PromulgationAmount", "PageAmount"),
    "ReplyFors",
)


def _copy_way(old: Element | None, header: Element, habits: Habits, at: str) -> None:
    new = SubElement(header, f"{PREFIX}TraceHeaderList")
    for found in children(old, "Bussiness", "Business") if old is not None else ():
        _copy(found, SubElement(new, f"{PREFIX}Bussiness"), Business)
    for found in children(old, "TraceHeader") if old is not None else ():
        _copy(found, SubElement(new, f"{PREFIX}TraceHeader"), Hop)
    station = SubElement(new, f"{PREFIX}TraceHeader")
    if habits.station is not None:
        SubElement(station, f"{PREFIX}OrganId").text = habits.station
    SubElement(station, f"{PREFIX}Timestamp").text = at


def _copy_signature(old: Element | None, new: Element) -> None:
    """The signature in the message's own namespace, where no verifier finds it."""
    if old is None:
        return
    part = SubElement(new, local(old), dict(old.attrib))
    part.text = (old.text or "").strip() or None
    for found in old:
        _copy_signature(found, part)


def _copy_files(root: Element, fresh: Element, envelope: Element, habits: Habits) -> None:
    body = SubElement(envelope, f"{PREFIX}edXMLBody")
    manifest = SubElement(body, f"{PREFIX}edXMLManifest", {"version": "1.0"})
    holder = SubElement(fresh, "AttachmentEncoded")
    for old in _inside(root, "edXMLManifest"):
        _copy_named(old, SubElement(manifest, f"{PREFIX}Reference"), REFERENCE, PREFIX)
    for old in _inside(root, "AttachmentEncoded"):
        new = SubElement(holder, "Attachment")
        _copy_named(old, new, ATTACHMENT, "")
        data = SubElement(new, PREFIX + DATA, {"xmlns:edXML": NAMESPACE})
        found = child(old, DATA)
        data.text = "" if found is None else text_of(found).strip()
        if habits.zips and extension(new.findtext("AttachmentName", "")) != "zip":
            _zip(new, data)


def _inside(root: Element, name: str) -> list[Element]:
    """The children of the first element of this name, wherever it stands."""
    return list(next((e for e in root.iter() if local(e) == name), ()))


def _copy_named(old: Element, new: Element, names: tuple[str, ...], prefix: str) -> None:
    for name in names:
        found = child(old, name)
        if found is not None and (said := text_of(found).strip()):
            SubElement(new, prefix + name).text = said


def _zip(attachment: Element, data: Element) -> None:
    """As older releases do: one entry under a name of its own; the manifest keeps the old type."""
    name = attachment.findtext("AttachmentName", "")
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr(f"{uuid4()}.{extension(name)}", base64_told(data.text or "") or b"")
    data.text = base64.b64encode(packed.getvalue()).decode()
    kind = attachment.find("ContentType")
    if kind is None:
        kind = Element("ContentType")
        attachment.insert(list(attachment).index(data), kind)
    kind.text = "application/zip"
