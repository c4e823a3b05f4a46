# mypy: allow-untyped-calls
"""Signing: the leader first, then the agency's seal with number and day, each one update.

Who may sign what is checked before, the result by our own verification after; nothing that would
not verify leaves this module (regulation 4.1, 4.2, 4.5; rules R4.4b, R9.2b-2).
"""

import asyncio
import io
from datetime import date, datetime
from typing import Any, Final

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.timestamps import TimeStamper

from services.signing.adapters import refusals
from services.signing.adapters.appearance.picture import Picture, check_colour
from services.signing.adapters.keys.key import SigningKey
from services.signing.adapters.making.form import show, write_number
from services.signing.adapters.making.phases import sign_field
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
    authority: TimeStamper,
    trusted: TrustSet,
) -> bytes:
    """The competent person (người có thẩm quyền) signs a prepared file at ``at``.

    Returns the file with one more revision. Refuses a file that is no prepared PDF, a signature
    that is there already, and a certificate that is not a person's or not good at ``at``.
    """
    writer = _writer(pdf)
    field = _empty_field(writer, LEADER)
    _check_signer(key, "person", trusted, at)
    check_colour(image, "blue")
    show(writer, field, image)
    signed = sign_field(writer, LEADER, key, at, authority)
    _check_result(judge(signed, trusted, at), LEADER)
    return signed


def seal(
    pdf: bytes,
    key: SigningKey,
    image: Picture,
    number: str,
    day: date,
    at: datetime,
    authority: TimeStamper,
    trusted: TrustSet,
) -> bytes:
    """The agency seals (đóng dấu, ký số của cơ quan) what a leader signed; one update.

    Number and notation (``12/SNV-VP``) and the day go to their fields in the same revision, unless
    they were reserved and the leader signed them too. Refuses a file without a leader's good
    signature (R9.2b-2, N30-32/33), and what ``sign_leader`` refuses.
    """
    writer = _writer(pdf)
    field = _empty_field(writer, AGENCY)
    _check_signer(key, "agency", trusted, at)
    check_colour(image, "red")
    _check_leader(judge(pdf, trusted, at))
    write_number(writer, number, day)
    show(writer, field, image)
    signed = sign_field(writer, AGENCY, key, at, authority)
    _check_result(judge(signed, trusted, at), LEADER, AGENCY)
    return signed


def _writer(pdf: bytes) -> IncrementalPdfFileWriter:
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


def _check_signer(key: SigningKey, role: str, trusted: TrustSet, at: datetime) -> None:
    """The certificate must be the role's by our directory, and good for signing at ``at``."""
    found: Finding = asyncio.run(trust.check_signer(key.certificate, trusted, at))
    if found.trust != "TRUSTED":
        raise _REFUSED_TRUST[found.trust](holder=key.holder)
    if found.policy != "OK":
        raise refusals.SignerCertPurpose(holder=key.holder, policy=found.policy)
    holder = trust.holder_of(key.certificate, trusted)
    if holder is None or holder.role != role:
        raise refusals.SignerRoleWrong(holder=key.holder, wanted=role)


def _check_leader(report: VerificationReport) -> None:
    good = (one for one in report.signatures if one.verdict in GOOD)
    if report.verdict not in GOOD or not any(one.role == "person" for one in good):
        raise refusals.LeaderSignatureMissing(verdict=report.verdict)


def _check_result(report: VerificationReport, *names: str) -> None:
    signed = {one.field for one in report.signatures if one.verdict in GOOD}
    if report.verdict not in GOOD or not signed.issuperset(names):
        codes = {reason.code for one in report.signatures for reason in one.reasons}
        codes |= {reason.code for reason in report.reasons}
        raise refusals.SelfCheckFailed(verdict=report.verdict, reasons=" ".join(sorted(codes)))
