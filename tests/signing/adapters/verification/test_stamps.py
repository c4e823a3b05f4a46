"""Proof added later, for years to come: it may follow the signatures and changes none of them."""

import asyncio
import io

from asn1crypto import crl, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.validation.dss import async_add_validation_info
from pyhanko_certvalidator import ValidationContext

from services.signing.adapters.making.acts import sign_leader
from services.signing.adapters.verification.judging import judge
from tests.signing.conftest import LEADER, Desk, codes


def context(desk: Desk) -> ValidationContext:
    """The library's own way to say whom to trust."""
    trusted = desk.trust()
    return ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in trusted.signer_anchors],
        other_certs=[x509.Certificate.load(der) for der in trusted.intermediates],
        crls=[crl.CertificateList.load(der) for der in trusted.revocation_lists],
        revocation_mode="require",
        moment=desk.at,
        retroactive_revinfo=True,
    )


async def extended(desk: Desk, pdf: bytes) -> bytes:
    """The file with validation data for its first signature and a document time stamp."""
    first = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0]
    out = await async_add_validation_info(first, context(desk), output=io.BytesIO())
    writer = IncrementalPdfFileWriter(io.BytesIO(out.getvalue()))
    stamper = PdfTimeStamper(desk.authority())
    stamped = await stamper.async_timestamp_pdf(
        writer, "sha256", context(desk), bytes_reserved=16384
    )
    return bytes(stamped.getvalue())


def test_validation_data_and_a_document_stamp_may_follow(desk: Desk, sealed: bytes) -> None:
    report = judge(asyncio.run(extended(desk, sealed)), desk.trust(), desk.at)
    assert (report.verdict, report.legal_value) == ("TRUSTED", "ORIGINAL")
    leader, agency, stamp = report.signatures
    assert (leader.changes, agency.changes) == ("PERMITTED", "VALIDATION_DATA")
    assert (stamp.kind, stamp.time, stamp.role) == ("DOCUMENT_TIMESTAMP", "PROVEN", "")


def test_a_stamp_over_something_else_proves_no_time(desk: Desk, prepared: bytes) -> None:
    authority = desk.authority(wrong="imprint")
    signed = sign_leader(
        prepared, desk.key(LEADER), desk.picture(LEADER), desk.at, authority, desk.trust()
    )
    report = judge(signed, desk.trust(), desk.at)
    assert (report.verdict, report.signatures[0].time) == ("WARN", "CLAIMED")
    assert "TIMESTAMP_BROKEN" in codes(report)
