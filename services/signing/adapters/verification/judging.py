# mypy: allow-untyped-calls
"""Verification of a signed PDF: six answers a signature, one verdict, never an exception.

A document that is merely bad is a verdict. Every failure of the library is caught at the signature
it belongs to, so that one bad signature hides no other (regulation 4.4; R8.2a-2 uses the answer).
"""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from services.signing.adapters import refusals
from services.signing.adapters.pdf.fields import AGENCY, BLOCKS
from services.signing.adapters.pdf.objects import entry
from services.signing.adapters.pdf.opening import (
    LIBRARY_FAILURES,
    Limits,
    OpenedPdf,
    byte_ranges,
    open_pdf,
    unreadable,
)
from services.signing.adapters.trust import paths as trust
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.verification import stamps
from services.signing.adapters.verification.changes import changes_after
from services.signing.adapters.verification.coverage import extent_of, signature_fields
from services.signing.adapters.verification.report import (
    Reason,
    SignatureReport,
    VerificationReport,
    legal_value_of,
    verdict_of,
    verdict_of_document,
    worst,
)

DIGESTS: Final = frozenset({"sha256", "sha384", "sha512"})
ENCODINGS: Final = frozenset({"/ETSI.CAdES.detached", "/adbe.pkcs7.detached"})

# What the library would log about a bad document stands in the report.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


@dataclass
class _Examined:
    """One signature on its way through the questions."""

    report: SignatureReport
    signature: EmbeddedPdfSignature | None = None


def judge(
    pdf: bytes, trusted: TrustSet, at: datetime, limits: Limits | None = None
) -> VerificationReport:
    """Verify in this process. For files of unknown origin use ``verify``, which may be killed."""
    return judged(pdf, trusted, at, limits or Limits())[0]


def judged(
    pdf: bytes, trusted: TrustSet, at: datetime, limits: Limits
) -> tuple[VerificationReport, OpenedPdf | None]:
    """The same, with the file as it was read, for whoever reads on; none where it could not be."""
    report = VerificationReport(
        verdict="REJECTED",
        sha256=hashlib.sha256(pdf).hexdigest(),
        verified_at=stamps.instant(at),
        trust_version=trusted.version,
    )
    try:
        opened = open_pdf(pdf, limits)
        fields = _filled(opened, limits)
    except refusals.SigningRefused as refusal:
        report.reasons.append(Reason(code=refusal.code, data=refusal.data))
        return report, None
    except LIBRARY_FAILURES as failure:
        report.reasons.append(_failed(unreadable(failure).code, failure))
        return report, None
    report.reasons += _about_file(opened, fields)
    report.signatures = _examine_all(opened, fields, trusted, at)
    report.reasons += _about_order(report.signatures)
    report.verdict = verdict_of_document(report.signatures, report.reasons)
    if any(reason.code == "SIGNATURE_NOT_REACHABLE" for reason in report.reasons):
        report.verdict = worst([report.verdict, "WARN" if fields else "MODIFIED"])
    report.legal_value = legal_value_of(report.signatures)
    return report, opened


def _filled(opened: OpenedPdf, limits: Limits) -> dict[str, Any]:
    revisions = int(opened.reader.xrefs.total_revisions)
    if revisions > limits.max_revisions:
        raise refusals.TooManyRevisions(revisions=revisions, limit=limits.max_revisions)
    fields = {
        name: field for name, field in signature_fields(opened.reader).items() if "/V" in field
    }
    if len(fields) > limits.max_signatures:
        raise refusals.TooManySignatures(signatures=len(fields), limit=limits.max_signatures)
    return fields


def _about_file(opened: OpenedPdf, fields: dict[str, Any]) -> list[Reason]:
    found = []
    if opened.leniently:
        found.append(Reason(code="PARSED_LENIENTLY", weight="WARNING"))
    if opened.encrypted:
        found.append(Reason(code="ENCRYPTED_WITH_EMPTY_PASSWORD", weight="WARNING"))
    reachable = {_span(field) for field in fields.values()}
    for span in sorted(byte_ranges(opened.content) - reachable):
        data = {"offset": span[1]}
        found.append(Reason(code="SIGNATURE_NOT_REACHABLE", weight="WARNING", data=dict(data)))
    if len(reachable) < len(fields):
        found.append(Reason(code="SIGNATURE_USED_TWICE", weight="WARNING"))
    return found


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


def _examine_all(
    opened: OpenedPdf, fields: dict[str, Any], trusted: TrustSet, at: datetime
) -> list[SignatureReport]:
    examined = [_examine(opened, name, field, trusted) for name, field in fields.items()]
    for one in examined:
        if one.signature is not None:
            _ask_trust(one, trusted, at)
    seals = [one.report for one in examined if _is_sound_seal(one.report)]
    sealed = frozenset(seal.revision for seal in seals)
    for one in examined:
        if one.signature is not None and one.report.revision >= 0:
            one.report.changes, reasons = changes_after(
                opened, one.report.revision, sealed, one.signature
            )
            one.report.reasons += reasons
            if one.report.changes == "PERMITTED" and not all(seal.role for seal in seals):
                one.report.reasons.append(Reason(code="FILLED_BY_UNKNOWN", weight="WARNING"))
        one.report.verdict = verdict_of(one.report)
    return sorted((one.report for one in examined), key=lambda report: report.revision)


def _is_sound_seal(report: SignatureReport) -> bool:
    """An agency's own signature over its whole revision, whatever its certificate is worth now.

    A holder our directory does not know counts in the prepared place of the seal, and is told.
    """
    covers = report.coverage in ("WHOLE_FILE", "WHOLE_REVISION")
    seals = report.role == "agency" or (not report.role and report.field == AGENCY)
    return seals and report.integrity == "INTACT" and covers


def _examine(opened: OpenedPdf, name: str, field: Any, trusted: TrustSet) -> _Examined:
    """Coverage, then the signature itself; the structure comes before the encoding is judged."""
    report = SignatureReport(field=name)
    try:
        extent = extent_of(opened, name, field)
        report.coverage, report.revision = extent.coverage, extent.revision
        report.reasons += extent.reasons
        encoding = str(entry(field["/V"], "/SubFilter", ""))
        if encoding == "/ETSI.RFC3161":
            report.kind = "DOCUMENT_TIMESTAMP"
        elif encoding not in ENCODINGS:
            report.policy = "ENCODING"
            report.reasons.append(Reason(code="ENCODING_UNKNOWN", data={"encoding": encoding}))
            return _Examined(report)
        signature = EmbeddedPdfSignature(opened.reader, field, name)
        _check_integrity(report, signature)
        _identify(report, signature, trusted)
        return _Examined(report, signature)
    except LIBRARY_FAILURES as failure:
        report.reasons.append(_failed("SIGNATURE_UNREADABLE", failure))
        return _Examined(report)


def _check_integrity(report: SignatureReport, signature: EmbeddedPdfSignature) -> None:
    """The digest of the covered bytes and the value over it, against the certificate inside."""
    info = signature.signer_info
    if report.kind == "DOCUMENT_TIMESTAMP":
        intact, valid = stamps.token_integrity(signature.signed_data, signature.compute_digest)
    else:
        intact, valid = validate_sig_integrity(
            info, signature.signer_cert, "data", signature.compute_digest()
        )
    report.integrity = "INTACT" if intact and valid else "BROKEN"
    if not intact:
        report.reasons.append(Reason(code="DIGEST_DIFFERS"))
    if not valid:
        report.reasons.append(Reason(code="SIGNATURE_VALUE_WRONG"))
    used = {info["digest_algorithm"]["algorithm"].native, _hash_of(info["signature_algorithm"])}
    if used - DIGESTS - {""}:
        report.policy = "WEAK_ALGORITHM"
        data = {"algorithms": " ".join(sorted(used))}
        report.reasons.append(Reason(code="WEAK_DIGEST", data=dict(data)))
    elif _lacks_certificate_attribute(signature):
        report.policy = "ENCODING"
        report.reasons.append(Reason(code="SIGNING_CERTIFICATE_ATTRIBUTE_MISSING"))


def _lacks_certificate_attribute(signature: EmbeddedPdfSignature) -> bool:
    """PAdES binds the certificate into what is signed; the older encoding of 2024 does not."""
    if str(entry(signature.sig_object, "/SubFilter")) != "/ETSI.CAdES.detached":
        return False
    kinds = {attribute["type"].native for attribute in signature.signer_info["signed_attrs"]}
    return not kinds & {"signing_certificate", "signing_certificate_v2"}


def _hash_of(algorithm: Any) -> str:
    try:
        return str(algorithm.hash_algo)
    except ValueError:
        return ""


def _identify(report: SignatureReport, signature: EmbeddedPdfSignature, trusted: TrustSet) -> None:
    certificate = signature.signer_cert
    name = certificate.subject.native
    report.signer = str(name.get("common_name", ""))
    report.organisation = str(name.get("organization_name", ""))
    report.post = str(name.get("title", ""))
    report.serial = format(certificate.serial_number, "x")
    report.fingerprint = certificate.sha256.hex()
    holder = trust.holder_of(certificate, trusted)
    if holder is not None:
        report.role, report.holder = holder.role, f"{holder.role}:{holder.id}"
        report.agency = holder.agency


def _ask_trust(one: _Examined, trusted: TrustSet, at: datetime) -> None:
    """Time first, because the certificate is judged at the proven time and not at today's."""
    report, signature = one.report, one.signature
    assert signature is not None
    try:
        proven = stamps.ask_time(report, signature, trusted, at)
        ask = trust.check_signer if report.kind == "SIGNATURE" else trust.check_authority
        found = ask(signature.signer_cert, trusted, proven or at)
    except LIBRARY_FAILURES as failure:
        report.reasons.append(_failed("TRUST_UNREADABLE", failure))
        return
    report.trust = found.trust
    report.policy = found.policy if report.policy == "UNKNOWN" else report.policy
    report.reasons += found.reasons


def _failed(code: str, failure: Exception) -> Reason:
    return Reason(code=code, data={"error": type(failure).__name__})
