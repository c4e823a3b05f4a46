"""What a stream of a PDF may become: filters, pictures measured before they are unpacked."""

from __future__ import annotations

import zlib
from typing import Any, Final

from pikepdf import Array, Name

from contracts.gate import GateCode
from services.intake.adapters.findings import Unfit
from services.intake.adapters.images import jpeg_size
from services.intake.adapters.policy import MIB, PdfLimits

_FLATE: Final = ("/FlateDecode", "/Fl")
_JPEG: Final = ("/DCTDecode", "/DCT")
PACKERS: Final = (*_FLATE, "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL", "/BrotliDecode")


def filters_of(stream: Any) -> list[str]:
    """Names of the filters of a stream, the outermost first."""
    told = stream.get("/Filter")
    names = list(told) if isinstance(told, Array) else [told]
    return [str(name) for name in names if isinstance(name, Name)]


def picture_bytes(stream: Any, filters: list[str], limits: PdfLimits) -> int:
    """How many bytes a picture may become by its size; refuses one of too many pixels."""
    bits = _number(stream, "/BitsPerComponent", 1)
    sizes = [(_number(stream, "/Width", 0), _number(stream, "/Height", 0))]
    if filters and filters[-1] in _JPEG and len(filters) == 1:
        sizes.append(jpeg_size(stream.read_raw_bytes()))
    elif filters and filters[-1] == "/JPXDecode":
        sizes.append(_jpx_size(stream.read_raw_bytes()))
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    if width * height > limits.pixels * (4 if bits == 1 else 1):
        raise Unfit(GateCode.IMAGE_BOMB, width=width, height=height, frames=1)
    return height * (width * bits * 4 // 8 + 8) + MIB


def _number(stream: Any, key: str, otherwise: int) -> int:
    value = stream.get(key, otherwise)
    return int(value) if isinstance(value, int) and value >= 0 else otherwise


def _jpx_size(raw: bytes) -> tuple[int, int]:
    """Width and height that a JPEG 2000 stream says of itself."""
    at = raw.find(b"\xff\x4f\xff\x51", 0, 1 << 16)
    if at < 0:
        return 0, 0
    return int.from_bytes(raw[at + 8 : at + 12]), int.from_bytes(raw[at + 12 : at + 16])


def unpacked_bytes(stream: Any, raw: bytes, filters: list[str], most: int) -> int:
    """How many bytes a stream becomes, counted up to one more than `most`.

    Deflate is counted piece by piece; what only qpdf can unpack is left to the limits of the child.
    """
    packed = filters
    while packed and packed[0] in _FLATE:
        last = not any(name in PACKERS for name in packed[1:])
        size, data = _inflated(raw, most, keep=not last)
        if last or size > most:
            return size
        raw, packed = data, packed[1:]
    if any(name in _JPEG or name not in _KNOWN for name in packed):
        return len(raw)
    return len(stream.read_bytes())


_KNOWN: Final = (*PACKERS, "/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx")


def _inflated(raw: bytes, most: int, *, keep: bool) -> tuple[int, bytes]:
    """The size of what deflate holds, and its bytes when they are wanted; damage ends the count."""
    inflater, size, kept = zlib.decompressobj(), 0, []
    try:
        while raw and not inflater.eof and size <= most:
            piece = inflater.decompress(raw, MIB)
            raw, size = inflater.unconsumed_tail, size + len(piece)
            kept += [piece] if keep else []
    except zlib.error:
        pass
    return size, b"".join(kept)
