# mypy: allow-untyped-calls
"""Making a file prove itself for longer: PAdES B-T, B-LT and B-LTA, also long after it was signed.

Each signature gets its own certificates and revocation, the first leader's as well as the last
seal's; what is added while signing covers the newest alone. A time stamp over the file then seals
all of it, and is renewed the same way before its authority's certificates end.
"""

import asyncio
import io
from datetime import datetime
from typing import Final

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore

from contracts.values import SignatureLevel
from services.signing.adapters import refusals
from services.signing.adapters.making.acts import check_result, open_to_sign
from services.signing.adapters.making.form import written
from services.signing.adapters.making.phases import RESERVED
from services.signing.adapters.trust.standing import Standing, standing
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.verification.coverage import signature_fields
from services.signing.adapters.verification.judging import judge
from services.signing.adapters.verification.lasting import contents_of, has_proof
from services.signing.adapters.verification.proofs import token_of
from services.signing.adapters.verification.report import (
    GOOD,
    SignatureReport,
    VerificationReport,
)
from services.signing.adapters.verification.signed import SignedObject, read_signed

LASTING: Final = frozenset({SignatureLevel.B_LT, SignatureLevel.B_LTA})


def extend(
    pdf: bytes,
    level: SignatureLevel,
    at: datetime,
    authority: TimeStamper,
    trusted: TrustSet,
) -> bytes:
    """Bring a good signed file to a level, or renew its proof there; one or two revisions more.

    Refuses a file whose signatures are not good now, a level it has reached already where renewing
    adds nothing, and B-LT and above while nothing at hand tells of revocation.
    """
    report = judge(pdf, trusted, at)
    if report.verdict not in GOOD or not report.signatures:
        raise refusals.ProofNotExtendable(verdict=report.verdict)
    proven = all(one.time == "PROVEN" for one in report.signatures)
    if level not in LASTING and (proven or level is SignatureLevel.B_B):
        raise refusals.LevelReached(level=level.value)
    if not proven and level is not SignatureLevel.B_LTA:
        pdf = _stamped(pdf, authority)
        report = judge(pdf, trusted, at)
    if level in LASTING:
        longer = _proven(pdf, report, trusted, at)
        if longer == pdf and level is SignatureLevel.B_LT:
            raise refusals.LevelReached(level=level.value)
        pdf = longer
    if level is SignatureLevel.B_LTA:
        pdf = _stamped(pdf, authority)
    check_result(judge(pdf, trusted, at), *(one.field for one in report.signatures))
    return pdf


def _stamped(pdf: bytes, authority: TimeStamper) -> bytes:
    """A time stamp over the whole file as it is."""
    writer = open_to_sign(pdf)
    try:
        out = asyncio.run(
            PdfTimeStamper(authority).async_timestamp_pdf(writer, "sha256", bytes_reserved=RESERVED)
        )
    except OSError as failure:
        raise refusals.TsaUnavailable(error=type(failure).__name__) from failure
    stamped: bytes = out.getvalue()
    return stamped


def _proven(pdf: bytes, report: VerificationReport, trusted: TrustSet, at: datetime) -> bytes:
    """The file with the proof of those of its signatures and stamps that have none yet."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    fields = signature_fields(writer.prev)
    read = [(one, read_signed(fields[one.field])) for one in report.signatures]
    lacking = [(one, signature) for one, signature in read if not has_proof(writer.prev, signature)]
    for one, signature in lacking:
        ways = _standings(one, signature, trusted, at)
        DocumentSecurityStore.supply_dss_in_writer(
            writer,
            contents_of(signature),
            certs=[certificate for way in ways for certificate in way.certificates],
            crls=[found for way in ways for found in way.lists],
            ocsps=[found for way in ways for found in way.answers],
        )
    return written(writer) if lacking else pdf


def _standings(
    report: SignatureReport, signature: SignedObject, trusted: TrustSet, at: datetime
) -> list[Standing]:
    """What proves the signer's certificate and that of the authority that stamped his signature."""
    wanted = []
    if report.kind == "SIGNATURE":
        others = list(signature.others)
        wanted.append((signature.certificate, trusted.signer_anchors, others))
    token = token_of(signature)
    if token is not None:
        inside = extract_certificate_info(token)
        stamps = trusted.timestamp_anchors
        wanted.append((inside.signer_cert, stamps, list(inside.other_certs)))
    found = [standing(*one, trusted, at) for one in wanted]
    ways = [way for way in found if way is not None and way.complete]
    if len(ways) < len(wanted):
        raise refusals.RevocationUnavailable(holder=report.holder or report.signer)
    return ways
