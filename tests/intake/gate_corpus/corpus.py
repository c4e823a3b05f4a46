"""The corpus of the gate: hostile files of every class, and good ones of every allowed kind.

All of it is made here, byte by byte or by the libraries that offices use; nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.intake.gate_corpus import (
    bad_archives,
    bad_docx,
    bad_older,
    bad_pdf,
    bad_pictures,
    bad_sheets,
    bad_texts,
    bad_xml,
    good_office,
    good_plain,
)
from tests.intake.gate_corpus.case import Case
from tests.intake.gate_corpus.payloads import HOST


def good() -> Iterator[Case]:
    """Files of ordinary days."""
    yield from good_office.cases()
    yield from good_plain.cases()


def hostile(host: str = HOST) -> Iterator[Case]:
    """Files that must stay outside; `host` is whom their remote parts would be asked for."""
    yield from bad_archives.cases()
    for module in (bad_docx, bad_xml, bad_sheets, bad_older, bad_pdf, bad_pictures, bad_texts):
        yield from module.cases(host)
