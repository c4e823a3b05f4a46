"""Files that other tools make: pyHanko over ReportLab's pages, containers by OpenSSL and others."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from asn1crypto import tsp
from asn1crypto.keys import PrivateKeyInfo
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs7
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter, copy_into_new_writer
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper, SimpleSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.pdfgen.canvas import Canvas

from services.signing.adapters.pdf.objects import stream
from tests.signing.corpus.catalogue import Workshop, case
from tests.signing.corpus.container import Stamp
from tests.signing.corpus.people import AT, Hand

DETACHED = b"/adbe.pkcs7.detached"
PADES = SigSeedSubFilter.PADES


def page(compressed: bool = True) -> bytes:
    """A page by ReportLab."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True, pageCompression=int(compressed))
    canvas.drawString(72, 720, "So: 12/SNV-VTLT")
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


class Authority(TimeStamper):
    """The corpus' time stamping authority as pyHanko asks it."""

    def __init__(self, by: Hand) -> None:
        super().__init__()
        self._by = by

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """A token over the digest that was sent."""

        def fill(told: tsp.TSTInfo) -> None:
            told["message_imprint"] = req["message_imprint"]
            told["nonce"] = req["nonce"]

        token = Stamp(self._by, edit=fill).token(b"")
        return tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})


class Clocked(PdfSigner):
    """pyHanko's signer at the corpus' instant."""

    def init_signing_session(self, *given: Any, **named: Any) -> Any:
        """A session that claims that instant."""
        session = super().init_signing_session(*given, **named)
        session.system_time = AT
        return session


def signer(hand: Hand) -> SimpleSigner:
    """The hand as pyHanko's signer."""
    der = hand.key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return SimpleSigner(hand.asn1, PrivateKeyInfo.load(der), SimpleCertificateStore())


def by_pyhanko(
    shop: Workshop, pdf: Any, hand: Hand | None = None, title: str = "Signature1", **meta: Any
) -> bytes:
    """Signed by pyHanko's own signer."""
    writer = pdf if isinstance(pdf, PdfFileWriter) else IncrementalPdfFileWriter(io.BytesIO(pdf))
    style, box = meta.pop("style", None), meta.pop("box", None)
    stamps = Authority(shop.people.time) if meta.pop("stamped", True) else None
    said = PdfSignatureMetadata(field_name=title, **({"subfilter": PADES} | meta))
    spec = SigFieldSpec(title, 0, box=box) if box else None
    made = Clocked(
        said,
        signer(hand or shop.people.leader),
        timestamper=stamps,
        stamp_style=style,
        new_field_spec=spec,
    )
    return made.sign_pdf(writer, bytes_reserved=16384).getvalue()


@case("TRUSTED")
def pyhanko_invisible(shop: Workshop) -> bytes:
    """ReportLab's page, pyHanko's signature."""
    return by_pyhanko(shop, page())


@case("TRUSTED")
def pyhanko_older_encoding(shop: Workshop) -> bytes:
    """The older encoding."""
    return by_pyhanko(shop, page(), subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED)


@case("TRUSTED")
def pyhanko_visible(shop: Workshop) -> bytes:
    """With a text stamp."""
    style = TextStampStyle(stamp_text="Signed by %(signer)s\n%(ts)s")
    return by_pyhanko(shop, page(), style=style, box=(320, 120, 450, 170))


@case("TRUSTED", roles=True)
def pyhanko_leader_and_agency(shop: Workshop) -> bytes:
    """Two signatures, each with a stamp on free paper."""
    style = TextStampStyle(stamp_text="%(signer)s")
    once = by_pyhanko(shop, page(), style=style, box=(320, 120, 450, 170))
    agency = shop.people.agency
    return by_pyhanko(shop, once, agency, "agency", style=style, box=(80, 120, 200, 170))


@case("TRUSTED WARN")
def pyhanko_certified(shop: Workshop) -> bytes:
    """Certified: nothing may change."""
    return by_pyhanko(shop, page(), certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)


@case("TRUSTED")
def pyhanko_document_stamp(shop: Workshop) -> bytes:
    """A document time stamp over a signature."""
    signed = by_pyhanko(shop, page(), stamped=False)
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    stamper = PdfTimeStamper(Authority(shop.people.time))
    return stamper.timestamp_pdf(writer, "sha256", bytes_reserved=16384).getvalue()


@case("WARN", "ENCRYPTED_WITH_EMPTY_PASSWORD")
def pyhanko_encrypted(shop: Workshop) -> bytes:
    """AES-256 under the empty password."""
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(page())))
    writer.encrypt(owner_pass="owner", user_pass="")
    return by_pyhanko(shop, writer)


@case("REJECTED", "ENCRYPTED")
def pyhanko_encrypted_by_a_word(shop: Workshop) -> bytes:
    """AES-256 under a password nobody here knows."""
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(page())))
    writer.encrypt(owner_pass="owner", user_pass="secret")
    return by_pyhanko(shop, writer)


@case("MODIFIED", "CHANGE_NOT_PERMITTED")
def pyhanko_changed(shop: Workshop) -> bytes:
    """pyHanko's writer changes the page after the signature."""
    writer = IncrementalPdfFileWriter(io.BytesIO(by_pyhanko(shop, page())))
    writer.add_stream_to_page(0, writer.add_object(stream(b"0 0 600 800 re f")))
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@case("BROKEN", "DIGEST_DIFFERS")
def pyhanko_damaged(shop: Workshop) -> bytes:
    """A digit of the page's size turned."""
    content = by_pyhanko(shop, page())
    place = content.index(b"/MediaBox") + len(b"/MediaBox [ 0 0 5")
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


@case("TRUSTED WARN")
def container_by_cryptography(shop: Workshop) -> bytes:
    """The container by Python's cryptography, as small tools make it; it claims the true time."""
    leader = shop.people.leader

    def made(covered: bytes) -> bytes:
        builder = pkcs7.PKCS7SignatureBuilder().set_data(covered)
        builder = builder.add_signer(leader.certificate, leader.key, hashes.SHA256())
        kinds = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
        return builder.sign(serialization.Encoding.DER, kinds)

    return shop.letter.sign(made, SubFilter=DETACHED, M=b"").content


def by_openssl(hand: Hand, *words: str) -> Any:
    """A container by OpenSSL's command line."""

    def made(covered: bytes) -> bytes:
        with TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "content").write_bytes(covered)
            (folder / "cert").write_bytes(hand.certificate.public_bytes(serialization.Encoding.PEM))
            (folder / "key").write_bytes(
                hand.key.private_bytes(
                    serialization.Encoding.PEM,
                    serialization.PrivateFormat.PKCS8,
                    serialization.NoEncryption(),
                )
            )
            command = ["openssl", "cms", "-sign", "-binary", "-in", "content", "-signer", "cert"]
            command += ["-inkey", "key", "-md", "sha256", "-outform", "DER", *words]
            return subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout

    return made


@case("TRUSTED WARN", roles=True)
def container_by_openssl(shop: Workshop) -> bytes:
    """The container by OpenSSL in the older encoding; it claims the true time."""
    made = by_openssl(shop.people.leader)
    return shop.letter.sign(made, SubFilter=DETACHED, M=b"").content


@case("TRUSTED WARN")
def container_by_openssl_in_pades(shop: Workshop) -> bytes:
    """The container by OpenSSL with the certificate bound (CAdES)."""
    return shop.letter.sign(by_openssl(shop.people.leader, "-cades"), M=b"").content


@case("TRUSTED WARN")
def container_by_openssl_with_pss(shop: Workshop) -> bytes:
    """The container by OpenSSL with PSS."""
    made = by_openssl(shop.people.leader, "-cades", "-keyopt", "rsa_padding_mode:pss")
    return shop.letter.sign(made, M=b"").content


@case("TRUSTED WARN")
def container_by_openssl_named_by_key(shop: Workshop) -> bytes:
    """The container by OpenSSL, its signer named by key."""
    return shop.letter.sign(by_openssl(shop.people.leader, "-cades", "-keyid"), M=b"").content


@case("WARN FORGED REJECTED BROKEN", "CONTENT_INSIDE_CONTAINER", "SIGNATURE_UNREADABLE")
def container_by_openssl_with_the_file_inside(shop: Workshop) -> bytes:
    """The container by OpenSSL encloses the whole file once more."""
    made = by_openssl(shop.people.leader, "-cades", "-nodetach")
    return shop.letter.sign(made, M=b"").content
