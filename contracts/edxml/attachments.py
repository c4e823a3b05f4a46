"""The manifest and the files it lists: matched by id, then by name, then by place."""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element

from contracts.edxml.cautions import CautionCode, Notes
from contracts.edxml.limits import Limits
from contracts.edxml.payloads import Parcel, Unpacking, base64_told
from contracts.edxml.reading import words
from contracts.edxml.refusals import EdxmlRefused, LimitPassed
from contracts.edxml.trees import attribute, child, children, local, text_of, tree_of, utf8
from contracts.edxml.words import Attachment

_DATA = ("ContentTransferEncoded", "value", "Value")
_NAME = ("AttachmentName", "name", "Name")
_TYPE = ("ContentType", "MimeType")


class Files(NamedTuple):
    """The files that came, in their order, and the names of those that are missing."""

    attachments: list[Attachment]
    missing: list[str]


def listed(manifest: Element | None) -> list[Parcel]:
    """The entries of a manifest, as parcels without payload."""
    if manifest is None:
        return []
    return [
        Parcel(
            content_id=_told(entry, "ContentId") or attribute(entry, "href"),
            name=_told(entry, *_NAME),
            description=_told(entry, "Description"),
            declared_type=_told(entry, *_TYPE),
            payload=None,
        )
        for entry in children(manifest, "Reference")
    ]


def encoded(holder: Element | None) -> list[Parcel]:
    """The attachments that stand in the message itself, base64 inside."""
    if holder is None:
        return []
    return [_parcel(e) for e in holder.iter() if e is not holder and _holds_file(e)]


def in_part(part: Parcel, limits: Limits) -> list[Parcel]:
    """The files of a MIME part: itself, or those in the small document that wraps them."""
    payload = part.payload or b""
    if b"<" not in payload[:100] or b"Attach" not in payload[:2000]:
        return [part]
    try:
        root, _ = tree_of(utf8(payload.lstrip(), Notes()), limits, Notes())
    except EdxmlRefused:
        return [part]
    if local(root) not in ("Document", "Attach", "Attachment"):
        return [part]
    wrapped = [root] if _holds_file(root) else [e for e in root.iter() if _holds_file(e)]
    told = [_parcel(e)._replace(content_id=part.content_id) for e in wrapped]
    return [p._replace(name=p.name or part.name) for p in told] or [part]


def files(entries: list[Parcel], parcels: list[Parcel], limits: Limits, notes: Notes) -> Files:
    """Every file that came, whole or damaged, and the names of those that did not come.

    Refusals: `LimitPassed`, `AttachmentOverinflated`.
    """
    if len(parcels) > limits.attachments:
        raise LimitPassed(what_vi="số tệp", what_en="files", limit=limits.attachments)
    unpacking, attachments, came = Unpacking(limits, notes), [], set()
    for number, (entry, parcel) in enumerate(_matched(entries, parcels, notes), 1):
        came.add(id(entry))
        whole = _completed(entry, parcel, number, notes)
        attachments.append(unpacking.unpacked(whole, f"Attachment[{number}]"))
    missing = [e.name or _bare(e.content_id) for e in entries if id(e) not in came]
    for name in missing:
        notes.caution(CautionCode.FILE_MISSING, "Manifest", name)
    return Files(attachments, missing)


def _holds_file(element: Element) -> bool:
    return local(element) in ("Attachment", "Attach", "Attachments") and any(
        child(element, *names) is not None for names in (_DATA, _NAME)
    )


def _parcel(element: Element) -> Parcel:
    data = child(element, *_DATA)
    return Parcel(
        content_id=_told(element, "ContentId") or attribute(element, "href"),
        name=_told(element, *_NAME),
        description=_told(element, "Description"),
        declared_type=_told(element, *_TYPE) or attribute(element, "Content-Type"),
        payload=b"" if data is None else base64_told(text_of(data)),
    )


def _told(element: Element, *names: str) -> str:
    return next((t for t in (words(text_of(c)) for c in children(element, *names)) if t), "")


def _bare(content_id: str) -> str:
    """An id without what writers put around it: `cid:` and angle brackets."""
    told = content_id.strip().strip("<>").strip()
    return told[4:].strip() if told[:4].lower() == "cid:" else told


def _same_id(entry: Parcel, parcel: Parcel) -> bool:
    return bool(_bare(entry.content_id)) and _bare(entry.content_id) == _bare(parcel.content_id)


def _same_name(entry: Parcel, parcel: Parcel) -> bool:
    return bool(entry.name) and entry.name == parcel.name


def _may_be(entry: Parcel, parcel: Parcel) -> bool:
    """Whether nothing speaks against the two being one: a name is missing on a side."""
    return not entry.name or not parcel.name


def _matched(
    entries: list[Parcel], parcels: list[Parcel], notes: Notes
) -> list[tuple[Parcel | None, Parcel]]:
    """Each parcel with its entry, or with none."""
    found: dict[int, Parcel] = {}
    for same in (_same_id, _same_name, _may_be):
        for place, parcel in enumerate(parcels):
            taken = {id(entry) for entry in found.values()}
            fits = (e for e in entries if id(e) not in taken and same(e, parcel))
            if place in found or (entry := next(fits, None)) is None:
                continue
            found[place] = entry
            if same is not _same_id:
                name = parcel.name or entry.name
                notes.caution(CautionCode.FILE_MATCHED_OTHERWISE, "Manifest", name)
    return [(found.get(place), parcel) for place, parcel in enumerate(parcels)]


def _completed(entry: Parcel | None, parcel: Parcel, number: int, notes: Notes) -> Parcel:
    """The parcel with whatever only the manifest tells, and with a name."""
    if entry is None:
        notes.caution(CautionCode.FILE_UNLISTED, "Manifest", parcel.name)
    listed = entry or parcel
    name = parcel.name or listed.name
    if not name:
        name = f"{number}.bin"
        notes.caution(CautionCode.FILE_NAMELESS, f"Attachment[{number}]", name)
    return Parcel(
        content_id=_bare(parcel.content_id) or _bare(listed.content_id),
        name=name,
        description=parcel.description or listed.description,
        declared_type=parcel.declared_type or listed.declared_type,
        payload=parcel.payload,
    )
