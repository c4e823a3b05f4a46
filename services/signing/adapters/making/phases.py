# mypy: allow-untyped-calls
"""The two phases of a signature: all of it but the value, then the value; PAdES B-B or B-T.

Between the two stands a ``Pending`` of plain bytes, so that another process, on another day and
machine, can finish what this one began; whoever holds the key at hand does both at once.
"""

import asyncio
import io
from datetime import UTC, datetime
from typing import Final

from asn1crypto import cms
from asn1crypto import x509 as asn1
from msgspec import Struct
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import ExternalSigner
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest, SignatureObject
from pyhanko.sign.timestamps import TimeStamper

from contracts.signing.sessions import SignatureAlgorithm
from services.signing.adapters import refusals
from services.signing.adapters.keys.algorithms import check_value, digest_name, in_cms
from services.signing.adapters.keys.key import Signer, SigningKey

RESERVED: Final = 32 * 1024
"""Hexadecimal digits kept for a signature; one with a time stamp takes about a third of them."""


class Pending(Struct, frozen=True, kw_only=True):
    """A signature that lacks its value.

    ``pdf`` is the new revision with an empty container in ``region`` (first byte, byte after the
    last) of ``field``, ``digest`` that of the rest, ``attributes`` what the key signs and
    ``certificate`` the signer's (both DER).
    """

    pdf: bytes
    field: str
    region: tuple[int, int]
    digest: bytes
    attributes: bytes
    certificate: bytes
    algorithm: SignatureAlgorithm


def sign_field(
    writer: IncrementalPdfFileWriter,
    field: str,
    key: SigningKey,
    at: datetime,
    authority: TimeStamper | None,
) -> bytes:
    """Both phases at once, with a key at hand; the whole file."""
    pending = leave_open(writer, field, key, at)
    return close(pending, key.sign(pending.attributes), authority)


def leave_open(
    writer: IncrementalPdfFileWriter, field: str, signer: Signer, at: datetime
) -> Pending:
    """The first phase: reserve the space in a prepared ``field``, digest the rest."""
    certificate, algorithm = signer.certificate, signer.algorithm
    steps = PdfCMSEmbedder().write_cms(field, writer, existing_fields_only=True)
    next(steps)
    placeholder = SignatureObject(
        timestamp=at.astimezone(UTC),
        subfilter=SigSeedSubFilter.PADES,
        name=certificate.subject.native.get("common_name"),
        bytes_reserved=RESERVED,
    )
    steps.send(SigObjSetup(placeholder))
    digest, out = steps.send(SigIOSetup(digest_name(algorithm)))
    external = ExternalSigner(certificate, None, signature_mechanism=in_cms(algorithm))
    attributes = asyncio.run(
        external.signed_attrs(digest.document_digest, digest_name(algorithm), use_pades=True)
    )
    return Pending(
        pdf=out.getvalue(),
        field=field,
        region=(digest.reserved_region_start, digest.reserved_region_end),
        digest=digest.document_digest,
        attributes=attributes.dump(),
        certificate=certificate.dump(),
        algorithm=algorithm,
    )


def close(pending: Pending, value: bytes, authority: TimeStamper | None) -> bytes:
    """The second phase: check the value, stamp it, put it in; the whole file.

    Without an ``authority`` nothing proves the time (B-B).
    """
    certificate = asn1.Certificate.load(pending.certificate)
    check_value(certificate, pending.algorithm, value, pending.attributes)
    container = asyncio.run(_container(pending, certificate, value, authority))
    out = io.BytesIO(pending.pdf)
    space = PreparedByteRangeDigest(pending.digest, *pending.region)
    try:
        space.fill_with_cms(out, container)
    except SigningError as failure:
        raise refusals.ContainerTooSmall(bytes=len(container), reserved=RESERVED // 2) from failure
    return out.getvalue()


async def _container(
    pending: Pending, certificate: asn1.Certificate, value: bytes, authority: TimeStamper | None
) -> bytes:
    mechanism = in_cms(pending.algorithm)
    signer = ExternalSigner(certificate, None, value, signature_mechanism=mechanism)
    try:
        made = await signer.async_sign_prescribed_attributes(
            digest_name(pending.algorithm),
            cms.CMSAttributes.load(pending.attributes),
            timestamper=authority,
        )
    except OSError as failure:
        raise refusals.TsaUnavailable(error=type(failure).__name__) from failure
    container: bytes = made.dump()
    return container
