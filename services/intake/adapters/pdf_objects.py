"""The objects of a PDF through qpdf, each of them: what they do and what they unpack to."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from contracts.gate import GateCode, GateFinding
from services.intake.adapters.findings import Unfit, damaged, found
from services.intake.adapters.letters import is_legacy_font
from services.intake.adapters.links import check_clicked
from services.intake.adapters.pdf_streams import (
    PACKERS,
    filters_of,
    picture_bytes,
    unpacked_bytes,
)
from services.intake.adapters.policy import PdfLimits

FAILURES: Final = (
    pikepdf.PdfError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    OSError,
    RuntimeError,
)
_ACTIONS: Final = {
    "/JavaScript": GateCode.SCRIPT,
    "/Launch": GateCode.LAUNCH,
    "/ImportData": GateCode.REMOTE_CONTENT,
    "/SubmitForm": GateCode.REMOTE_CONTENT,
    "/GoToR": GateCode.REMOTE_CONTENT,
    "/GoToE": GateCode.EMBEDDED_FILE,
    "/Rendition": GateCode.MEDIA,
    "/Movie": GateCode.MEDIA,
    "/Sound": GateCode.MEDIA,
    "/RichMediaExecute": GateCode.MEDIA,
    "/GoTo3DView": GateCode.MEDIA,
}
_SUBTYPES: Final = {
    "/FileAttachment": GateCode.EMBEDDED_FILE,
    "/RichMedia": GateCode.MEDIA,
    "/Movie": GateCode.MEDIA,
    "/Sound": GateCode.MEDIA,
    "/Screen": GateCode.MEDIA,
    "/3D": GateCode.MEDIA,
}
_KEYS: Final = {
    "/JS": GateCode.SCRIPT,
    "/XFA": GateCode.XFA_FORM,
    "/EF": GateCode.EMBEDDED_FILE,
    "/RichMediaContent": GateCode.MEDIA,
    "/Collection": GateCode.EMBEDDED_FILE,
}
_SHAPES: Final = {
    "/JS": (String, Stream),
    "/XFA": (Array, Stream, String),
    "/EF": (Dictionary,),
    "/RichMediaContent": (Dictionary,),
    "/Collection": (Dictionary,),
}


def check_objects(content: bytes, limits: PdfLimits) -> Iterator[GateFinding]:
    """Open strictly, look at every object, count the pages, unpack every stream within bounds."""
    try:
        pdf = pikepdf.open(io.BytesIO(content), attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Unfit(GateCode.ENCRYPTED) from None
    except FAILURES as failure:
        raise damaged("PDF", _told(failure)) from None
    with pdf:
        if pdf.is_encrypted:
            raise Unfit(GateCode.ENCRYPTED)
        walk = _Walk(limits)
        try:
            walk.look(pdf.trailer)
            for thing in pdf.objects:
                walk.look(thing)
            yield from walk.findings.values()
            yield from _check_pages(pdf)
        except FAILURES as failure:
            raise damaged("PDF", _told(failure)) from None


def _told(failure: Exception) -> str:
    """The library's words without the name it gives the file."""
    return str(failure).rpartition(": ")[2][:60] or type(failure).__name__


def _check_pages(pdf: pikepdf.Pdf) -> Iterator[GateFinding]:
    counted, announced = len(pdf.pages), pdf.Root.Pages.get("/Count", -1)
    if not counted:
        raise damaged("PDF", "no page")
    if announced != counted:
        yield found(GateCode.PDF_PAGES, announced=int(announced), counted=counted)


class _Walk:
    """Looks into objects, one finding of each code."""

    def __init__(self, limits: PdfLimits) -> None:
        self.findings: dict[GateCode, GateFinding] = {}
        self._limits = limits
        self._objects = 0
        self._unpacked = 0

    def look(self, thing: Any, depth: int = 0) -> None:
        """An object and what lies straight in it; what it only points to has its own turn."""
        self._objects += 1
        if self._objects > 4 * self._limits.objects or depth > self._limits.depth:
            raise Unfit(GateCode.PDF_BOMB, "objects")
        if isinstance(thing, Stream):
            self._stream(thing)
            thing = thing.stream_dict
        if isinstance(thing, Dictionary):
            self._dictionary(thing)
            for value in dict(thing.items()).values():
                self._direct(value, depth)
        elif isinstance(thing, Array):
            for value in thing:
                self._direct(value, depth)

    def _direct(self, value: Any, depth: int) -> None:
        if isinstance(value, Array | Dictionary | Stream) and not value.is_indirect:
            self.look(value, depth + 1)

    def _found(self, code: GateCode, where: str, **data: str) -> None:
        self.findings.setdefault(code, found(code, where, **data))

    def _dictionary(self, thing: Any) -> None:
        keys = set(thing.keys())
        for key in keys & _KEYS.keys():
            if isinstance(thing[key], _SHAPES[key]) and (key != "/EF" or _names_files(thing[key])):
                self._found(_KEYS[key], key)
        for key, codes in (("/S", _ACTIONS), ("/Subtype", _SUBTYPES)):
            if key in keys and isinstance(value := thing[key], Name) and str(value) in codes:
                self._found(codes[str(value)], str(value), target=_text(thing.get("/F"))[:80])
        for key in keys & {"/OpenAction", "/AA"}:
            if isinstance(thing[key], Dictionary):
                self._by_itself(key, thing[key])
        if "/URI" in keys:
            self._uri(_text(thing["/URI"]))
        if "/FS" in keys and thing["/FS"] == Name.URL:
            self._found(GateCode.REMOTE_CONTENT, "/FS", target=_text(thing.get("/F"))[:80])
        if "/BaseFont" in keys or "/FontName" in keys:
            name = _text(thing.get("/BaseFont", thing.get("/FontName")))
            if is_legacy_font(name.lstrip("/").rpartition("+")[2]):
                self._found(GateCode.LEGACY_FONT, "", font=name.lstrip("/"))

    def _by_itself(self, key: str, actions: Any) -> None:
        """An address that is opened without a click, at the opening or on an event."""
        waiting = [actions] if key == "/OpenAction" else [action for _, action in actions.items()]
        for _ in range(self._limits.depth):
            if not waiting:
                return
            action = waiting.pop()
            if isinstance(action, Dictionary):
                if action.get("/S") == Name.URI:
                    target = _text(action.get("/URI"))[:80]
                    self._found(GateCode.REMOTE_CONTENT, key, target=target)
                waiting += [action["/Next"]] if "/Next" in action else []
            elif isinstance(action, Array):
                waiting += list(action)[: self._limits.depth]

    def _uri(self, target: str) -> None:
        if check_clicked("/URI", target):
            self._found(GateCode.DANGEROUS_LINK, "/URI", target=target[:80])

    def _stream(self, stream: Any) -> None:
        kind = _text(stream.get("/Type"))
        for key in ("/F", "/Ref"):
            if key in stream.stream_dict:
                self._found(GateCode.REMOTE_CONTENT, key, target=_text(stream.get("/F"))[:80])
        if kind == "/EmbeddedFile":
            self._found(GateCode.EMBEDDED_FILE, kind)
        filters = filters_of(stream)
        if len(filters) > self._limits.filters or sum(f in PACKERS for f in filters) > 2:
            raise Unfit(GateCode.PDF_BOMB, " ".join(filters)[:80])
        self._weigh(stream, filters)

    def _weigh(self, stream: Any, filters: list[str]) -> None:
        """Count what a stream becomes; a picture may become what its size says and little more."""
        picture = stream.get("/Subtype") == Name.Image
        may = picture_bytes(stream, filters, self._limits) if picture else 0
        if not any(name in PACKERS for name in filters):
            return
        raw = stream.read_raw_bytes()
        most = max(self._limits.stream_bytes, may)
        size = unpacked_bytes(stream, raw, filters, most)
        if size <= may:
            return
        self._unpacked += size
        swollen = size > self._limits.free_bytes and size > self._limits.ratio * len(raw)
        if size > most or swollen or self._unpacked > self._limits.total_bytes:
            raise Unfit(GateCode.PDF_BOMB, f"{size} byte")


def _names_files(thing: Any) -> bool:
    """Whether a dictionary leads to files, and is no font or picture that is called so."""
    return bool({"/F", "/UF", "/DOS", "/Mac", "/Unix"} & set(thing.keys()))


def _text(value: Any) -> str:
    """A name or a string as text; of anything else nothing."""
    return str(value) if isinstance(value, Name | String) else ""
