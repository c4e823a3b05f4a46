# mypy: allow-untyped-calls
"""Verification of a signed PDF: six answers a signature, one verdict, never an exception.

A document that is merely bad is a verdict. Every failure of the library is caught at the signature
it belongs to, so that one bad signature hides no other (regulation 4.4; R8.2a-2 uses the answer).
"""

import logging
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from services.signing.adapters import refusals
from services.signing.adapters.pdf.containers import take_in
from services.signing.adapters.pdf.fields import BLOCKS
from services.signing.adapters.pdf.objects import Reference
from services.signing.adapters.pdf.opening import (
    LIBRARY_FAILURES,
    Limits,
    OpenedPdf,
    byte_ranges,
    open_pdf,
    unreadable,
)
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.verification import stamps
from services.signing.adapters.verification.active import active_content
from services.signing.adapters.verification.coverage import signature_fields
from services.signing.adapters.verification.digests import Digests
from services.signing.adapters.verification.examining import Examination
from services.signing.adapters.verification.indication import indication_of
from services.signing.adapters.verification.profile import COURT, Profile
from services.signing.adapters.verification.report import (
    Reason,
    SignatureReport,
    VerificationReport,
    legal_value_of,
    verdict_of_document,
    worst,
)
from services.signing.adapters.verification.revisions import between_revisions, disagreeing_lists

# What the library would log about a bad document stands in the report.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


MOST_TOLD: Final = 16
"""How many of one kind are told of."""


def judge(
    pdf: bytes,
    trusted: TrustSet,
    at: datetime,
    limits: Limits | None = None,
    profile: Profile = COURT,
) -> VerificationReport:
    """Verify in this process. For files of unknown origin use ``verify``, which may be killed."""
    return judged(pdf, trusted, at, limits or Limits(), profile)[0]


def judged(
    pdf: bytes, trusted: TrustSet, at: datetime, limits: Limits, profile: Profile = COURT
) -> tuple[VerificationReport, OpenedPdf | None]:
    """The same, with the file as it was read, for whoever reads on; none where it could not be."""
    digests = Digests(pdf)
    report = VerificationReport(
        verdict="REJECTED",
        policy=profile.id,
        verified_at=stamps.instant(at),
        trust_version=trusted.version,
    )
    opened: OpenedPdf | None = None
    try:
        opened = open_pdf(pdf, limits)
        fields = _filled(opened, limits)
        report.reasons += _about_file(opened, fields)
        once = _once(fields)
        examination = Examination(opened, once, digests, trusted, at, profile)
        report.signatures = examination.reports()
        report.reasons += examination.remarks()
    except refusals.SigningRefused as refusal:
        report.reasons.append(Reason(code=refusal.code, data=refusal.data))
    except LIBRARY_FAILURES as failure:
        data: dict[str, str | int | float] = {"error": type(failure).__name__}
        report.reasons.append(Reason(code=unreadable(failure).code, data=data))
    else:
        _conclude(report, bool(fields))
    report.sha256 = digests.of_file("sha256").hex()
    report.indication, report.subindication = _indication(report)
    return report, opened


def _conclude(report: VerificationReport, filled: bool) -> None:
    report.reasons += _about_order(report.signatures)
    report.verdict = verdict_of_document(report.signatures, report.reasons)
    if any(reason.code == "SIGNATURE_NOT_REACHABLE" for reason in report.reasons):
        report.verdict = worst([report.verdict, "WARN" if filled else "MODIFIED"])
    report.legal_value = legal_value_of(report.signatures)


def _filled(opened: OpenedPdf, limits: Limits) -> dict[str, Any]:
    revisions = int(opened.reader.xrefs.total_revisions)
    if revisions > limits.max_revisions:
        raise refusals.TooManyRevisions(revisions=revisions, limit=limits.max_revisions)
    fields = {
        name: field for name, field in signature_fields(opened.reader).items() if "/V" in field
    }
    if len(fields) > limits.max_signatures:
        raise refusals.TooManySignatures(signatures=len(fields), limit=limits.max_signatures)
    for field in fields.values():
        reference = field.raw_get("/V")
        if isinstance(reference, Reference):
            with suppress(*LIBRARY_FAILURES):
                take_in(opened.reader, opened.content, reference)
    return fields


def _about_file(opened: OpenedPdf, fields: dict[str, Any]) -> list[Reason]:
    found = _about_words(opened, {_span(field) for field in fields.values()})
    if len(_once(fields)) < len(fields):
        found.append(Reason(code="SIGNATURE_USED_TWICE", weight="WARNING"))
    if opened.leniently:
        found.append(Reason(code="PARSED_LENIENTLY", weight="WARNING"))
    if opened.encrypted:
        found.append(Reason(code="ENCRYPTED_WITH_EMPTY_PASSWORD", weight="WARNING"))
    return found


def _about_words(opened: OpenedPdf, reachable: set[tuple[int, ...]]) -> list[Reason]:
    """What is written in the file: active content, signatures nobody refers to, strange bytes."""
    try:
        found = [*active_content(opened.layout), *between_revisions(opened)]
        found += disagreeing_lists(opened)
        written = byte_ranges(opened.content) | byte_ranges(opened.layout.words)
    except LIBRARY_FAILURES as failure:
        data: dict[str, str | int | float] = {"error": type(failure).__name__}
        return [Reason(code="CONTENT_UNREADABLE", weight="WARNING", data=data)]
    for span in sorted(written - reachable)[:MOST_TOLD]:
        data = {"offset": span[1]}
        found.append(Reason(code="SIGNATURE_NOT_REACHABLE", weight="WARNING", data=data))
    return found


def _once(fields: dict[str, Any]) -> dict[str, Any]:
    """Each signature with the first field that holds it."""
    held: dict[Any, str] = {}
    for name, field in fields.items():
        reference = field.raw_get("/V")
        held.setdefault(reference if isinstance(reference, Reference) else name, name)
    return {name: fields[name] for name in held.values()}


def _span(field: Any) -> tuple[int, ...]:
    try:
        return tuple(int(edge) for edge in field["/V"]["/ByteRange"])
    except LIBRARY_FAILURES:
        return ()


def _about_order(signatures: list[SignatureReport]) -> list[Reason]:
    """An agency seals what a leader has signed before (R9.2b-2); another order is told.

    An attachment, a copy and a digitised paper carry the agency's signature alone, with its block.
    """
    found = []
    leaders = [one.revision for one in signatures if one.role == "person"]
    alone = (one for one in signatures if one.role == "agency" and not one.field.startswith(BLOCKS))
    for seal in alone:
        if not leaders:
            found.append(("SEAL_WITHOUT_LEADER", seal.field))
        elif min(leaders) >= seal.revision:
            found.append(("SEAL_BEFORE_LEADER", seal.field))
    return [Reason(code=code, weight="WARNING", data={"field": name}) for code, name in found]


def _indication(report: VerificationReport) -> tuple[str, str]:
    """The words of ETSI for the worst signature; of a file nobody could read, of the file."""
    ours = [one for one in report.signatures if one.verdict == report.verdict]
    if ours:
        return ours[0].indication, ours[0].subindication
    told = indication_of(SignatureReport(field="", verdict=report.verdict, reasons=report.reasons))
    return told.status.name, told.standard_name
