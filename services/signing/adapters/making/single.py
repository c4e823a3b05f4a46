# mypy: allow-untyped-calls
"""One signature in a field of its own, by anybody, without the platform.

What is trusted is what the caller names. Where he names nothing, the self-check leaves trust out
and still judges everything else by our own policy.
"""

from datetime import datetime
from itertools import count
from typing import Final

import msgspec
from asn1crypto import x509 as asn1
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.timestamps import TimeStamper

from contracts.values import Placement
from services.signing.adapters import refusals
from services.signing.adapters.appearance.picture import Picture
from services.signing.adapters.keys.key import SigningKey
from services.signing.adapters.making.acts import check_result, open_to_sign
from services.signing.adapters.making.form import add_field, open_form, show
from services.signing.adapters.making.normal import normalised
from services.signing.adapters.making.phases import sign_field
from services.signing.adapters.pdf.fields import fields_of
from services.signing.adapters.pdf.opening import (
    LIBRARY_FAILURES,
    Limits,
    byte_ranges,
    open_pdf,
    unreadable,
)
from services.signing.adapters.pdf.pages import POINTS_PER_MM, Box, page_nodes, page_of
from services.signing.adapters.trust.paths import key_policy, purpose_policy
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.verification.judging import judge
from services.signing.adapters.verification.report import (
    VerificationReport,
    verdict_of,
    verdict_of_document,
)

FIELD: Final = "vanban_signature_"
EDGE: Final = 20 * POINTS_PER_MM
"""What is left free at the edges of a page."""
INVISIBLE: Final[Box] = (0.0, 0.0, 0.0, 0.0)


def sign_alone(
    pdf: bytes,
    key: SigningKey,
    at: datetime,
    authority: TimeStamper | None,
    trusted: TrustSet,
    place: Placement | None = None,
    image: Picture | None = None,
) -> tuple[bytes, VerificationReport]:
    """Sign a PDF at ``at``, in ``place`` with a picture where both are given, else unseen.

    Returns the file with one more revision and what our own verification says of it. Refuses what
    cannot be read or would not verify, a certificate out of date or of another purpose, and a
    place outside its page.
    """
    check_certificate(key.holder, key.certificate, at)
    first = not byte_ranges(pdf)
    writer = open_to_sign(normalised(pdf, Limits()).pdf if first else pdf)
    try:
        name = _add_place(writer, place, image, first)
    except LIBRARY_FAILURES as failure:
        raise unreadable(failure) from failure
    signed = sign_field(writer, name, key, at, authority)
    report = judge(signed, trusted, at)
    check_result(report if trusted.signer_anchors else _as_if_trusted(report), name)
    return signed, report


def in_corner(pdf: bytes, page: int, corner: str, image: Picture) -> Placement:
    """The place of a picture in a corner (``top-left`` …) of a page that counts from 0."""
    try:
        seen = page_of(list(page_nodes(open_pdf(pdf, Limits()).reader))[page])
    except IndexError:
        raise refusals.PlacementOffPage(page=page) from None
    except LIBRARY_FAILURES as failure:
        raise unreadable(failure) from failure
    wide, high = image.width_mm * POINTS_PER_MM, image.height_mm * POINTS_PER_MM
    x0 = EDGE if corner.endswith("left") else seen.width - EDGE - wide
    y0 = EDGE if corner.startswith("bottom") else seen.height - EDGE - high
    return Placement(page=page, box=(x0, y0, x0 + wide, y0 + high))


def check_certificate(holder: str, certificate: asn1.Certificate, at: datetime) -> None:
    """Refuses a certificate that could not sign at ``at`` whoever issued it."""
    if at < certificate.not_valid_before:
        raise refusals.SignerCertNotYetValid(holder=holder)
    if at > certificate.not_valid_after:
        raise refusals.SignerCertExpired(holder=holder)
    weak = key_policy(certificate) or purpose_policy(certificate)
    if weak:
        raise refusals.SignerCertPurpose(holder=holder, policy=weak)


def _add_place(
    writer: IncrementalPdfFileWriter, place: Placement | None, image: Picture | None, first: bool
) -> str:
    if first:
        open_form(writer)
    name = next(name for name in (f"{FIELD}{n}" for n in count(1)) if name not in fields_of(writer))
    if place is None or image is None:
        add_field(writer, name, 0, INVISIBLE, FT="Sig")
        return name
    add_field(writer, name, place.page, _rectangle(writer, place), FT="Sig")
    show(writer, fields_of(writer)[name], image)
    return name


def _rectangle(writer: IncrementalPdfFileWriter, place: Placement) -> Box:
    pages = list(page_nodes(writer))
    if place.page >= len(pages):
        raise refusals.PlacementOffPage(page=place.page)
    page = page_of(pages[place.page])
    if not page.holds(place.box):
        raise refusals.PlacementOffPage(page=place.page)
    return page.rectangle(place.box)


def _as_if_trusted(report: VerificationReport) -> VerificationReport:
    """The same findings, had every path led to an anchor."""
    found = [msgspec.structs.replace(one, trust="TRUSTED") for one in report.signatures]
    for one in found:
        one.verdict = verdict_of(one)
    verdict = verdict_of_document(found, report.reasons)
    return msgspec.structs.replace(report, signatures=found, verdict=verdict)
