# mypy: allow-untyped-calls
"""What a file's signatures hold and rely on, read where a stranger's file may be read.

Beside the verdict of each signature: the bytes it covers, the certificates and stamps inside it,
and the way from its certificate to a trusted root with the revocation lists along that way.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from asn1crypto import cms, crl, x509
from msgspec import Struct, field
from pyhanko.sign.general import find_cms_attribute_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from contracts.signing.report import Material, MaterialKind
from services.signing.adapters.evidence.materials import material
from services.signing.adapters.pdf.opening import LIBRARY_FAILURES, Limits, OpenedPdf
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.verification.coverage import signature_fields
from services.signing.adapters.verification.judging import judged
from services.signing.adapters.verification.report import VerificationReport

LONGEST_PATH = 10


class Piece(Struct, frozen=True):
    """Evidence found inside a signature."""

    material: Material
    content: bytes


class Part(Struct, kw_only=True):
    """What one signature holds and relies on; `path` and `relied` are digests."""

    byte_range: tuple[int, int, int, int] | None = None
    path: list[str] = field(default_factory=list)
    relied: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


class Looked(Struct, kw_only=True):
    """The answer about a file, and what its signatures hold by the names of their fields."""

    report: VerificationReport
    pages: int = 0
    parts: dict[str, Part] = field(default_factory=dict)


def look(pdf: bytes, trusted: TrustSet, at: datetime, limits: Limits) -> Looked:
    """Verify in this process, and read what the signatures hold."""
    report, opened = judged(pdf, trusted, at, limits)
    looked = Looked(report=report)
    if opened is None:
        return looked
    looked.pages = _pages(opened)
    fields = signature_fields(opened.reader) if report.signatures else {}
    for one in report.signatures:
        part = looked.parts[one.field] = Part()
        if one.coverage not in ("FORGED", "UNKNOWN"):
            span = [int(edge) for edge in fields[one.field]["/V"]["/ByteRange"]]
            part.byte_range = (span[0], span[1], span[2], span[3])
        try:
            _hold(part, opened, one.field, fields[one.field], trusted)
        except LIBRARY_FAILURES:
            continue
    return looked


def _pages(opened: OpenedPdf) -> int:
    try:
        return max(0, int(opened.reader.root["/Pages"]["/Count"]))
    except LIBRARY_FAILURES:
        return 0


def _hold(part: Part, opened: OpenedPdf, name: str, field: Any, trusted: TrustSet) -> None:
    signature = EmbeddedPdfSignature(opened.reader, field, name)
    certificates, stamps = _certificates(signature.signed_data), _stamps(signature)
    part.pieces += [_piece(MaterialKind.CERTIFICATE, one) for one in certificates]
    part.pieces += [_piece(MaterialKind.TIMESTAMP, one) for one in stamps]
    path = _path(signature.signer_cert, certificates, trusted)
    part.path = [one.sha256.hex() for one in path]
    for stamp in stamps:
        inside = _certificates(stamp["content"])
        part.pieces += [_piece(MaterialKind.CERTIFICATE, one) for one in inside]
        path += [way for one in inside[:1] for way in _path(one, inside, trusted)]
    part.relied = sorted({one.sha256.hex() for one in path} | _lists(path, trusted))


def _certificates(signed: cms.SignedData) -> list[x509.Certificate]:
    inside = signed["certificates"] or ()
    return [one.chosen for one in inside if isinstance(one.chosen, x509.Certificate)]


def _stamps(signature: EmbeddedPdfSignature) -> list[cms.ContentInfo]:
    if signature.sig_object_type == "/DocTimeStamp":
        signed = {"content_type": "signed_data", "content": signature.signed_data}
        return [cms.ContentInfo(signed)]
    attributes = signature.signer_info["unsigned_attrs"]
    return list(find_cms_attribute_iter(attributes, "signature_time_stamp_token"))


def _piece(kind: MaterialKind, found: x509.Certificate | cms.ContentInfo) -> Piece:
    content = bytes(found.dump())
    return Piece(material(kind, content), content)


def _path(
    certificate: x509.Certificate, inside: list[x509.Certificate], trusted: TrustSet
) -> list[x509.Certificate]:
    """From the certificate upwards by names and key identifiers, as far as issuers are at hand."""
    ours = (trusted.signer_anchors, trusted.timestamp_anchors, trusted.intermediates)
    pool = [x509.Certificate.load(der) for part in ours for der in part] + inside
    path = [certificate]
    while not path[-1].self_issued and len(path) < LONGEST_PATH:
        issuers = [one for one in pool if _issued(path[-1], one)]
        if not issuers:
            break
        path.append(issuers[0])
    return path


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    named = issuer.subject == certificate.issuer
    key = certificate.authority_key_identifier
    return named and (key is None or issuer.key_identifier in (None, key))


def _lists(path: Iterable[x509.Certificate], trusted: TrustSet) -> set[str]:
    """Digests of the revocation lists that the issuers along the way gave out."""
    issuers = [one.issuer for one in path]
    return {
        material(MaterialKind.REVOCATION_LIST, der).sha256
        for der in trusted.revocation_lists
        if crl.CertificateList.load(der).issuer in issuers
    }
