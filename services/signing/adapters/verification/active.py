# mypy: allow-untyped-calls
"""Content that acts, hides or reaches elsewhere: it is told, and never breaks a signature.

Names are looked for in the words of the whole file, which is quick; only objects whose words hold
one are read, to tell an action from a text that speaks of it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from services.signing.adapters.pdf.layout import Layout, Place, Text
from services.signing.adapters.pdf.objects import Array, Dictionary, Name, Stream
from services.signing.adapters.pdf.opening import LIBRARY_FAILURES
from services.signing.adapters.verification.report import Reason

_ACTIONS: Final = {
    "/JavaScript": "JAVASCRIPT",
    "/Launch": "LAUNCH",
    "/SubmitForm": "SUBMIT_FORM",
    "/ImportData": "IMPORT_DATA",
    "/GoToR": "GO_TO_REMOTE",
    "/GoToE": "GO_TO_EMBEDDED",
    "/Hide": "HIDE_ACTION",
    "/SetOCGState": "OPTIONAL_CONTENT",
    "/Rendition": "RICH_MEDIA",
    "/Movie": "RICH_MEDIA",
    "/Sound": "RICH_MEDIA",
    "/RichMediaExecute": "RICH_MEDIA",
}
"""By the kind of an action (``/S``)."""

_KEYS: Final = {
    "/JS": "JAVASCRIPT",
    "/JavaScript": "JAVASCRIPT",
    "/XFA": "XFA",
    "/OCProperties": "OPTIONAL_CONTENT",
    "/EmbeddedFiles": "EMBEDDED_FILE",
    "/EF": "EMBEDDED_FILE",
    "/RichMediaContent": "RICH_MEDIA",
}
"""By a key that is there."""

_KINDS: Final = {
    "/EmbeddedFile": "EMBEDDED_FILE",
    "/FileAttachment": "EMBEDDED_FILE",
    "/RichMedia": "RICH_MEDIA",
    "/Movie": "RICH_MEDIA",
    "/Sound": "RICH_MEDIA",
    "/3D": "RICH_MEDIA",
}
"""By what an object says it is (``/Type``, ``/Subtype``)."""

_ELSEWHERE: Final = ("/F", "/Ref", "/OPI")
_REACHES: Final = re.compile(rb"/(?:F|Ref|OPI)[\s(<\[/%]")
_WORDS: Final = sorted({word.encode() for word in (*_ACTIONS, *_KEYS, *_KINDS)})


def active_content(layout: Layout) -> list[Reason]:
    """What the file holds of it: each kind once, with how often and in which object first."""
    found: list[tuple[str, int]] = []
    whole = layout.words
    words = [word for word in _WORDS if word in whole]
    reaches = _REACHES.search(whole) is not None
    for text in layout.texts if words or reaches else ():
        if any(word in text.words for word in words) or (reaches and _reaches_out(text)):
            for place in text.places:
                found += [(code, place.number) for code in _of_object(layout, place)]
    counted = Counter(code for code, _ in found)
    first = dict(reversed(found))
    return [
        Reason(code=code, weight="WARNING", data={"object": number, "count": counted[code]})
        for code, number in sorted(first.items())
    ]


def _reaches_out(text: Text) -> bool:
    """Whether it may be a stream whose data stand elsewhere."""
    return b"endstream" in text.words and _REACHES.search(text.words) is not None


def _of_object(layout: Layout, place: Place) -> Iterator[str]:
    if place.number == 0:
        return
    try:
        waiting = [layout.object_at(place)]
        while waiting:
            part = waiting.pop()
            if isinstance(part, Dictionary):
                yield from _of_dictionary(part)
                waiting += [part.raw_get(key) for key in part]
            elif isinstance(part, Array):
                waiting += [part.raw_get(place) for place in range(len(part))]
            elif isinstance(part, Name) and part in _ACTIONS:  # an action may refer to its kind
                yield _ACTIONS[part]
    except LIBRARY_FAILURES:
        return


def _of_dictionary(part: Any) -> Iterator[str]:
    kinds = {str(part.raw_get(key)) for key in ("/Type", "/Subtype") if key in part}
    yield from {_KINDS[kind] for kind in kinds & _KINDS.keys()}
    yield from {_KEYS[key] for key in _KEYS.keys() & set(part)}
    action = str(part.raw_get("/S")) if "/S" in part else ""
    if action in _ACTIONS and not {"/JS", "/JavaScript"} & set(part):
        yield _ACTIONS[action]
    if isinstance(part, Stream) and any(key in part for key in _ELSEWHERE):
        yield "EXTERNAL_STREAM"
