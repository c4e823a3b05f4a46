"""From bytes to words (đọc thông điệp): both families, their dialects and carriers.

    told = read(data)
    told.message        # a Document or a Status
    told.cautions       # what was put up with

Be tolerant in what is read: names without prefix, any order, old spellings. What misses an outer
layer or a needed word is refused, for nothing is guessed.
"""

from __future__ import annotations

import hashlib
from datetime import date
from xml.etree.ElementTree import Element

from msgspec import Struct

from contracts.edxml import lookalikes
from contracts.edxml.attachments import Files, encoded, files, in_part, listed
from contracts.edxml.carriers import Carried, opened
from contracts.edxml.cautions import Caution, CautionCode, Notes
from contracts.edxml.documents import completed, document_told
from contracts.edxml.limits import LIMITS, Limits
from contracts.edxml.payloads import base64_told
from contracts.edxml.refusals import LayerMissing, MessageEmpty, MessageTooLarge
from contracts.edxml.statuses import status_told
from contracts.edxml.trees import child, local, namespace, text_of, tree_of, utf8
from contracts.edxml.words import Dialect, Family, Message

_DIALECTS = {
    lookalikes.NAMESPACE: Dialect.QCVN_102,
    "http://www.e-doc.vn/Schema/": Dialect.E_DOC,
    "http://www.inetcloud.vn/ns/edxml": Dialect.INETCLOUD,
    lookalikes.SOAP: Dialect.GATEWAY,
}


_ONCE = {
    *("edXMLEnvelope", "edXMLHeader", "edXMLBody", "edXMLManifest", "AttachmentEncoded"),
    *("Header", "Body", "MessageHeader", "TraceHeaderList", "Bussiness", "Manifest"),
}
"""Layers that stand once; of two the first is read."""


class Reading(Struct, frozen=True, kw_only=True):
    """A message that was understood: its words, how it came, what was noticed.

    `sha256` is the digest of the bytes as they came; `fingerprint` tells a repetition.
    """

    message: Message
    family: Family
    dialect: Dialect
    sha256: str
    cautions: list[Caution]


class _Layers(Struct, frozen=True):
    """The layers of a message that hold words: the header, its wrapper, the body."""

    family: Family
    header: Element
    wrapper: Element
    body: Element | None


def read(data: bytes, limits: Limits = LIMITS, today: date | None = None) -> Reading:
    """The words of a message; given `today`, a day in the future is noticed.

    Refusals: every `EdxmlRefused` but `MessageUnfit`.
    """
    if not data.strip():
        raise MessageEmpty()
    if len(data) > limits.size:
        raise MessageTooLarge(size=len(data), limit=limits.size)
    notes = Notes()
    root, signature, carried = _root(data, limits, notes)
    layers = _layers(root)
    _tell_repeated(root, notes)
    message: Message
    if _is_status(layers.wrapper):
        message = status_told(layers.wrapper, notes)
        _tell_unexpected(root, layers, notes)
    else:
        came = _files(root, layers, carried, limits, notes)
        message = document_told(layers.header, layers.wrapper, notes, _forgiven(layers), today)
        message = completed(message, came, signature, notes)
    return Reading(
        message=message,
        family=layers.family,
        dialect=_dialect(layers.wrapper),
        sha256=hashlib.sha256(data).hexdigest(),
        cautions=notes.told(),
    )


def _root(data: bytes, limits: Limits, notes: Notes) -> tuple[Element, str, Carried]:
    """The root of the message itself, out of all that carries it."""
    carried = opened(data, limits, notes)
    root, signature = tree_of(utf8(carried.xml, notes), limits, notes)
    if local(root) == "message" and (held := child(root, "content")) is not None:
        inner = base64_told(text_of(held)) or b""
        carried = opened(inner, limits, notes)
        root, signature = tree_of(utf8(carried.xml, notes), limits, notes)
    lookalikes.refuse_strangers(root)
    lookalikes.refuse_look_alikes(root)
    return root, signature, carried


def _layers(root: Element) -> _Layers:
    body: Element | None
    if local(root) == "edXML":
        envelope = _layer(root, "edXMLEnvelope")
        header = _layer(envelope, "edXMLHeader")
        return _Layers(Family.F2016, header, _wrapper(header), child(envelope, "edXMLBody"))
    body = child(root, "Body")
    if body is not None and child(body, "Status") is not None:
        return _Layers(Family.F2803, body, _wrapper(body), body)
    header = _layer(root, "Header")
    return _Layers(Family.F2803, header, _wrapper(header), body)


def _layer(outer: Element, name: str) -> Element:
    if (found := child(outer, name)) is None:
        raise LayerMissing(expected=name, inside=local(outer))
    return found


def _wrapper(header: Element) -> Element:
    """The element that holds the words: the one with a status code, whatever it is called."""
    found = [e for e in header if local(e) in ("MessageHeader", "Status")]
    if not found:
        raise LayerMissing(expected="MessageHeader", inside=local(header))
    return next((e for e in found if child(e, "StatusCode") is not None), found[0])


def _is_status(wrapper: Element) -> bool:
    return local(wrapper) == "Status" or child(wrapper, "StatusCode") is not None


def _forgiven(layers: _Layers) -> set[str]:
    """Needed words that the older family does not always have."""
    return {"MessageHeader/DocumentId"} if layers.family is Family.F2803 else set()


def _files(root: Element, layers: _Layers, carried: Carried, limits: Limits, notes: Notes) -> Files:
    if layers.body is None:
        new = layers.family is Family.F2016
        body, inside = ("edXMLBody", "edXMLEnvelope") if new else ("Body", "Envelope")
        raise LayerMissing(expected=body, inside=inside)
    entries = listed(child(layers.body, "edXMLManifest", "Manifest"))
    if layers.family is Family.F2016:
        return files(entries, encoded(_holder(root)), limits, notes)
    parts = [file for part in carried.parts for file in in_part(part, limits)]
    return files(entries, parts + encoded(root), limits, notes)


def _tell_repeated(root: Element, notes: Notes) -> None:
    """A second layer of a kind is not read, and may hold what somebody meant to be read."""
    for parent in root.iter():
        met: set[str] = set()
        for name in (name for e in parent if (name := local(e)) in _ONCE):
            if name in met:
                notes.caution(CautionCode.ELEMENT_REPEATED, f"{local(parent)}/{name}")
            met.add(name)


def _holder(root: Element) -> Element | None:
    """Where the files stand: beside the envelope, or wherever a writer put them."""
    return next((e for e in root.iter() if local(e) == "AttachmentEncoded"), None)


def _tell_unexpected(root: Element, layers: _Layers, notes: Notes) -> None:
    beside = [child(layers.header, "TraceHeaderList"), _holder(root)]
    beside += [layers.body] if layers.family is Family.F2016 else []
    for found in beside:
        if found is not None:
            notes.caution(CautionCode.BODY_UNEXPECTED, "", local(found))


def _dialect(wrapper: Element) -> Dialect:
    return _DIALECTS.get(namespace(wrapper), Dialect.BARE)
