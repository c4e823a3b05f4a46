# mypy: allow-untyped-calls
"""Pages taken out of a document for an extract (trích sao).

What stood on them as fields, number, day, signature and seal, becomes part of the page, as on a
photocopy; the signatures themselves stay with the original.
"""

import io
from typing import Any, Final

import pypdfium2

from services.signing.adapters import refusals
from services.signing.adapters.making.scans import apart
from services.signing.adapters.pdf.opening import Limits

_VERSION: Final = 17
_MISSING: Final = b"missing "


def extract(pdf: bytes, pages: list[int]) -> bytes:
    """A new file of these pages in their order; the first is 1.

    Refuses pages that are not there, and a file that cannot be read or takes too much.
    """
    answer = apart(pdf, lambda document: _taken(document, pages), Limits())
    if answer.startswith(_MISSING):
        count = int(answer.removeprefix(_MISSING))
        missing = ", ".join(str(page) for page in pages if page > count)
        raise refusals.PagesMissing(count=count, pages=missing)
    return answer


def _taken(document: Any, pages: list[int]) -> bytes:
    if max(pages) > len(document):
        return _MISSING + str(len(document)).encode()
    document.init_forms()
    for page in pages:
        document[page - 1].flatten()
    taken = pypdfium2.PdfDocument.new()
    taken.import_pages(document, [page - 1 for page in pages])
    out = io.BytesIO()
    taken.save(out, version=_VERSION)
    return out.getvalue()
