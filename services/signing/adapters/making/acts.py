# mypy: allow-untyped-calls
"""Signing: the leader first, then the agency's seal with number and day, each one update.

Who may sign what is checked before, the result by our own verification after; nothing that would
not verify leaves this module (regulation 4.1, 4.2, 4.5; rules R4.4b, R9.2b-2).
"""

import io
from datetime import date, datetime
from typing import Any, Final

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.timestamps import TimeStamper

from services.signing.adapters import refusals
from services.signing.adapters.appearance.picture import Picture, check_colour
from services.signing.adapters.keys.key import Signer, SigningKey
from services.signing.adapters.making.form import show, write_number
from services.signing.adapters.making.phases import Pending, close, leave_open
from services.signing.adapters.pdf.fields import AGENCY, LEADER, fields_of
from services.signing.adapters.pdf.opening import Limits, byte_ranges, open_pdf
from services.signing.adapters.trust import paths as trust
from services.signing.adapters.trust.paths import Finding
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.verification.judging import judge
from services.signing.adapters.verification.report import GOOD, VerificationReport

_REFUSED_TRUST: Final[dict[str, type[refusals.SigningRefused]]] = {
    "EXPIRED": refusals.SignerCertExpired,
    "NOT_YET_VALID": refusals.SignerCertNotYetValid,
    "REVOKED": refusals.SignerCertRevoked,
    "NO_PATH": refusals.SignerCertUntrusted,
    "UNKNOWN": refusals.RevocationUnavailable,
}


def sign_leader(
    pdf: bytes,
    key: SigningKey,
    image: Picture,
    at: datetime,
    authority: TimeStamper | None,
    trusted: TrustSet,
) -> bytes:
    """The competent person (người có thẩm quyền) signs a prepared file at ``at``.

    Returns the file with one more revision. Refuses a file that is no prepared PDF, a signature
    that is there already, and a certificate that is not a person's or not good at ``at``.
    """
    pending = begin_leader(pdf, key, image, at, trusted)
    value = key.sign(pending.attributes)
    return finish(pending, value, at, authority, trusted)


def begin_leader(
    pdf: bytes, signer: Signer, image: Picture, at: datetime, trusted: TrustSet
) -> Pending:
    """All of the leader's signature but the value. Refuses what ``sign_leader`` refuses."""
    writer = open_to_sign(pdf)
    field = _empty_field(writer, LEADER)
    check_signer(signer, "person", trusted, at)
    check_colour(image, "blue")
    show(writer, field, image)
    return leave_open(writer, LEADER, signer, at)


def seal(
    pdf: bytes,
    key: SigningKey,
    image: Picture,
    number: str,
    day: date,
    at: datetime,
    authority: TimeStamper | None,
    trusted: TrustSet,
) -> bytes:
    """The agency seals (đóng dấu, ký số của cơ quan) what a leader signed; one update.

    Number and notation (``12/SNV-VP``) and the day go to their fields in the same revision, unless
    they were reserved and the leader signed them too. Refuses a file without a leader's good
    signature (R9.2b-2, N30-32/33), and what ``sign_leader`` refuses.
    """
    pending = begin_seal(pdf, key, image, number, day, at, trusted)
    value = key.sign(pending.attributes)
    return finish(pending, value, at, authority, trusted)


def begin_seal(
    pdf: bytes,
    signer: Signer,
    image: Picture,
    number: str,
    day: date,
    at: datetime,
    trusted: TrustSet,
    leader: str = "",
) -> Pending:
    """All of the seal but the value. Refuses what ``seal`` refuses.

    ``leader`` is the holder who had to sign; without it any competent person may have.
    """
    writer = open_to_sign(pdf)
    field = _empty_field(writer, AGENCY)
    check_signer(signer, "agency", trusted, at)
    check_colour(image, "red")
    _check_leader(judge(pdf, trusted, at), leader)
    write_number(writer, number, day)
    show(writer, field, image)
    return leave_open(writer, AGENCY, signer, at)


def finish(
    pending: Pending,
    value: bytes,
    at: datetime,
    authority: TimeStamper | None,
    trusted: TrustSet,
) -> bytes:
    """Put the value in and verify the whole by our own policy; the file with one more revision.

    A seal must leave the leader's signature good too. Refuses a value that is not the signer's, and
    a result that would not verify.
    """
    signed = close(pending, value, authority)
    names = {LEADER, AGENCY} if pending.field == AGENCY else {pending.field}
    check_result(judge(signed, trusted, at), *names)
    return signed


def open_to_sign(pdf: bytes) -> IncrementalPdfFileWriter:
    """A writer at the file's end; refuses what preparing would have rewritten."""
    opened = open_pdf(pdf, Limits())
    if opened.encrypted:
        raise refusals.Encrypted()
    if opened.hybrid or opened.leniently:
        signed = byte_ranges(pdf)
        raise refusals.AlreadySigned() if signed else refusals.HybridNeedsNormalising()
    return IncrementalPdfFileWriter(io.BytesIO(pdf))


def _empty_field(writer: IncrementalPdfFileWriter, name: str) -> Any:
    field = fields_of(writer).get(name)
    if field is None:
        raise refusals.FieldMissing(field=name)
    if "/V" in field:
        raise refusals.FieldAlreadySigned(field=name)
    return field


def check_signer(signer: Signer, role: str, trusted: TrustSet, at: datetime) -> None:
    """Refuses a certificate that is not the role's by our directory, or not good at ``at``."""
    found: Finding = trust.check_signer(signer.certificate, trusted, at)
    if found.trust != "TRUSTED":
        raise _REFUSED_TRUST[found.trust](holder=signer.holder)
    if found.policy != "OK":
        raise refusals.SignerCertPurpose(holder=signer.holder, policy=found.policy)
    holder = trust.holder_of(signer.certificate, trusted)
    if holder is None or holder.role != role:
        raise refusals.SignerRoleWrong(holder=signer.holder, wanted=role)


def _check_leader(report: VerificationReport, leader: str) -> None:
    good = [one for one in report.signatures if one.verdict in GOOD and one.role == "person"]
    if report.verdict not in GOOD or not any(leader in ("", one.holder) for one in good):
        raise refusals.LeaderSignatureMissing(verdict=report.verdict)


def check_result(report: VerificationReport, *names: str) -> None:
    """Refuses to let a file out whose new signatures, by field, our own verification calls bad."""
    signed = {one.field for one in report.signatures if one.verdict in GOOD}
    if report.verdict not in GOOD or not signed.issuperset(names):
        codes = {reason.code for one in report.signatures for reason in one.reasons}
        codes |= {reason.code for reason in report.reasons}
        raise refusals.SelfCheckFailed(verdict=report.verdict, reasons=" ".join(sorted(codes)))
