"""PDF files signed with a key made on the spot."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigFieldSpec


@cache
def _signer() -> SimpleSigner:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Van thu")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=9))
        .sign(key, hashes.SHA256())
    )
    packed = pkcs12.serialize_key_and_certificates(b"a", key, certificate, None, NoEncryption())
    assert certificate.public_bytes(Encoding.DER)
    signer = SimpleSigner.load_pkcs12_data(packed, other_certs=[])
    assert signer is not None
    return signer


def signed(content: bytes, field: str = "Chu_ky") -> bytes:
    """The file with one more signature, in a field of its own."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    signer = PdfSigner(
        PdfSignatureMetadata(field_name=field),
        _signer(),
        new_field_spec=SigFieldSpec(field, on_page=0, box=(50, 50, 200, 90)),
    )
    told = signer.sign_pdf(writer)
    return bytes(told.getvalue())
