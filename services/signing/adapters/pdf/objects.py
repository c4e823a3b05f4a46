# mypy: allow-untyped-calls
"""PDF's own words, built from plain values: the one place that calls pyHanko's untyped classes."""

from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string

Dictionary = generic.DictionaryObject
Array = generic.ArrayObject
Name = generic.NameObject
Stream = generic.StreamObject
Reference = generic.IndirectObject


def dictionary(**entries: Any) -> Dictionary:
    """A dictionary of the given keys; values as ``value`` makes them."""
    made = Dictionary()
    for key, entry in entries.items():
        made[pdf_name("/" + key)] = value(entry)
    return made


def value(plain: Any) -> generic.PdfObject:
    """A PDF object of a plain value: a text is a name, bytes are a string's text in UTF-8."""
    if isinstance(plain, bool):
        return generic.BooleanObject(plain)
    if isinstance(plain, int):
        return generic.NumberObject(plain)
    if isinstance(plain, float):
        return generic.FloatObject(f"{plain:.3f}")
    if isinstance(plain, str):
        return pdf_name("/" + plain)
    if isinstance(plain, bytes):
        return pdf_string(plain.decode())
    if isinstance(plain, list | tuple):
        return Array(value(part) for part in plain)
    if isinstance(plain, generic.PdfObject):
        return plain
    raise TypeError(f"no PDF object for {type(plain).__name__}")


def stream(content: bytes, *, packed: bool = True, **entries: Any) -> Stream:
    """A stream with the given dictionary entries, compressed unless told otherwise."""
    made = Stream(dict(dictionary(**entries).items()), stream_data=content)
    if packed:
        made.compress()
    return made


def form(
    content: bytes, width: float, height: float, upright: Any, resources: Dictionary
) -> Stream:
    """A drawing (form XObject) of these points; ``upright`` is its matrix, if it is turned."""
    turned = {"Matrix": upright} if upright else {}
    return stream(
        content,
        packed=False,
        Type="XObject",
        Subtype="Form",
        BBox=[0, 0, width, height],
        Resources=resources,
        **turned,
    )


def packed_stream(packed: bytes, **entries: Any) -> Stream:
    """A stream whose content is compressed already (zlib)."""
    entries["Filter"] = "FlateDecode"
    return Stream(dict(dictionary(**entries).items()), encoded_data=packed)


def entry(holder: Any, key: str, default: Any = None) -> Any:
    """What a dictionary's key leads to, references followed (``dict.get`` follows none)."""
    if key not in holder:
        return default
    return holder[key]
