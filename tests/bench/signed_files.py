"""The files that verification is measured on: of four sizes, each with one signature and with two.

Pages of text, and pictures of noise that nothing can press together; signed by our own signer with
a time stamp each, as an office does it.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from contracts.values import Placement, Placements
from infra.local import pki
from infra.local.stamps import time_authority
from services.signing.adapters.keys.holders import load_key, load_picture
from services.signing.adapters.making.acts import seal, sign_leader
from services.signing.adapters.making.form import prepare
from services.signing.adapters.trust.trusted import TrustSet
from tests.signing.stamping import InProcess
from tests.trust import trust_of

LEADER, AGENCY = "person:nguyen-van-an", "agency:H47.05"
LINES = 40
SENTENCE = "Ve viec bao cao tinh hinh gui, nhan van ban dien tu nam {} cua don vi so {}."


@dataclass(frozen=True)
class Paper:
    """How large a file is: its pages, and the bytes of pictures on them."""

    name: str
    pages: int
    pictures: int


PAPERS = (
    Paper("100 KB", 2, 15_000),
    Paper("1 MB", 10, 750_000),
    Paper("20 MB", 10, 16_000_000),
    Paper("600 pages", 600, 0),
)


@dataclass(frozen=True)
class SignedFile:
    """A file with so many signatures."""

    name: str
    pdf: bytes
    signatures: int


def signed_files(folder: Path) -> tuple[list[SignedFile], TrustSet]:
    """All of them, and whom to trust; the authority's folder is made there."""
    pki.make(folder)
    trust = trust_of(folder)
    return [one for paper in PAPERS for one in _signed(paper, folder, trust)], trust


def _signed(paper: Paper, folder: Path, trust: TrustSet) -> Iterator[SignedFile]:
    at, authority, today = datetime.now(UTC), InProcess(time_authority(folder)), date.today()
    hand, stamp = load_picture(folder, LEADER), load_picture(folder, AGENCY)
    prepared = prepare(written(paper), _places(paper.pages - 1), hand, stamp).pdf
    signed = sign_leader(prepared, load_key(folder, LEADER), hand, at, authority, trust)
    yield SignedFile(paper.name, signed, 1)
    key = load_key(folder, AGENCY)
    yield SignedFile(paper.name, seal(signed, key, stamp, "1/SNV", today, at, authority, trust), 2)


def _places(last: int) -> Placements:
    return Placements(
        leader=Placement(page=last, box=(320.0, 60.0, 450.0, 112.0)),
        agency=Placement(page=last, box=(261.0, 35.0, 364.0, 138.0)),
        number=Placement(page=0, box=(80.0, 800.0, 180.0, 815.0)),
        date=Placement(page=0, box=(320.0, 800.0, 520.0, 815.0)),
    )


def written(paper: Paper) -> bytes:
    """The file before it is signed; the same noise every time."""
    out, noise = io.BytesIO(), random.Random(paper.name)
    canvas = Canvas(out, pagesize=A4, pageCompression=1, invariant=1)
    for page in range(paper.pages):
        canvas.setFont("Helvetica", 10)
        for line in range(LINES):
            canvas.drawString(72, 790 - 13 * line, SENTENCE.format(page, line))
        if paper.pictures:
            picture = _noise(noise, paper.pictures // paper.pages)
            canvas.drawImage(picture, 72, 160, width=200, height=100)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _noise(noise: random.Random, size: int) -> ImageReader:
    side = int((size / 3) ** 0.5)
    return ImageReader(Image.frombytes("RGB", (side, side), noise.randbytes(side * side * 3)))
