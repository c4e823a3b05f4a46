# mypy: allow-untyped-calls
"""What a copy is made of: checked, and turned into the file that the agency then signs.

A true copy and a second copy are the source itself, so all its signatures stay and prove it; an
extract is a new file of some pages. From paper there is the scan alone (N30-25..27).
"""

from datetime import datetime
from typing import Final

from contracts.signing.copying import CopyKind, CopySource
from services.signing.adapters import refusals
from services.signing.adapters.making.extracts import extract
from services.signing.adapters.making.scans import check_scan
from services.signing.adapters.pdf.fields import BLOCKS
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.verification.process import verify
from services.signing.adapters.verification.report import GOOD

DIGITISED: Final = "digitised"
ATTACHMENT: Final = "attachment"


def copy_mark(kind: CopyKind) -> str:
    """What the name of a copy's signature field says of it."""
    return f"copy_{kind.value}"


def copied(
    pdf: bytes,
    kind: CopyKind,
    source: CopySource,
    pages: list[int],
    paper_mm: tuple[float, float],
    trusted: TrustSet,
    at: datetime,
) -> bytes:
    """The file to be signed as a copy.

    Refuses a scan that lacks a property, an electronic document without both good signatures, and,
    for a second copy, one that is no true copy.
    """
    if source is CopySource.PAPER:
        check_scan(pdf, *paper_mm)
    elif kind is CopyKind.SECOND_COPY:
        _check_true_copy(pdf, trusted, at)
    else:
        _check_original(pdf, trusted, at)
    return extract(pdf, pages) if kind is CopyKind.EXTRACT else pdf


def _check_original(pdf: bytes, trusted: TrustSet, at: datetime) -> None:
    report = verify(pdf, trusted, at)
    if report.verdict not in GOOD or report.legal_value != "ORIGINAL":
        found = {"verdict": report.verdict, "legal_value": report.legal_value}
        raise refusals.SourceNotOriginal(**found)


def _check_true_copy(pdf: bytes, trusted: TrustSet, at: datetime) -> None:
    report = verify(pdf, trusted, at)
    begins = f"{BLOCKS}{copy_mark(CopyKind.TRUE_COPY)}_"
    true = (
        one.role == "agency" and one.verdict in GOOD and one.field.startswith(begins)
        for one in report.signatures
    )
    if report.verdict not in GOOD or not any(true):
        raise refusals.SourceNotTrueCopy(verdict=report.verdict)
