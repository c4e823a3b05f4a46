"""Signatures with a visible picture per core, against pyHanko as its manual has it used.

Both sign the same letter with the same RSA-2048 key in its PEM file, without a time stamp, in this
process alone. Ours keeps the parsed key and the packed picture, and reserves the space at once. The
second line adds what only we do: the self-check by our own policy before the file is let out.
"""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import msgspec
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.stamp import StaticStampStyle

from contracts.values import Placements
from infra.local import pki
from services.cli.letter import write
from services.cli.letter_texts import request_for_report
from services.signing.adapters.keys.holders import load_key, load_picture
from services.signing.adapters.making.acts import sign_leader
from services.signing.adapters.making.form import prepare, show
from services.signing.adapters.making.phases import sign_field
from services.signing.adapters.pdf.fields import LEADER, fields_of
from tests.bench.measure import Result, alternate
from tests.bench.rig import Rig
from tests.trust import trust_of

WHO = "person:nguyen-van-an"
TARGET = 4.0


def run(rig: Rig) -> Iterator[Result]:
    """Two lines: the signature alone, and checked."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        sides: list[Callable[[], bytes]] = [desk.signed, desk.checked, desk.plain]
        for side in sides:
            side()
        rig.tell(f"signing: a letter of {len(desk.prepared):,} bytes")
        turns = [partial(per_core_second, side, rig.seconds) for side in sides]
        signed, checked, plain = alternate(rig.rounds, *turns)
    yield line("signed, with picture", signed, plain, TARGET)
    yield line("signed and verified by us", checked, plain, None)


def line(name: str, ours: list[float], baseline: list[float], least: float | None) -> Result:
    """A line of the table."""
    return Result(
        name=name,
        unit="/s of a core",
        against="pyHanko's plain usage",
        ours=ours,
        baseline=baseline,
        least=least,
    )


def per_core_second(act: Callable[[], bytes], seconds: float) -> float:
    """How many of an act one second of processor time does."""
    began, done = time.process_time(), 0
    while (took := time.process_time() - began) < seconds:
        act()
        done += 1
    return done / took


class Desk:
    """The prepared letter, a key and a picture, and three ways to sign."""

    def __init__(self, folder: Path) -> None:
        pki.make(folder)
        letter, places = write(request_for_report(date.today(), date.today().year))
        self._folder, self._at = folder, datetime.now(UTC)
        self._trusted = trust_of(folder)
        self._picture = load_picture(folder, WHO)
        seal = load_picture(folder, "agency:H47.05")
        self.prepared = prepare(
            letter, msgspec.convert(places, Placements), self._picture, seal
        ).pdf
        stem = folder / "holders" / WHO.replace(":", "-")
        self._key, self._certificate = f"{stem}.key.pem", f"{stem}.pem"
        self._png = f"{stem}.png"

    def signed(self) -> bytes:
        """Ours, without the self-check."""
        writer = IncrementalPdfFileWriter(io.BytesIO(self.prepared))
        show(writer, fields_of(writer)[LEADER], load_picture(self._folder, WHO))
        return sign_field(writer, LEADER, load_key(self._folder, WHO), self._at, None)

    def checked(self) -> bytes:
        """Ours, as the worker does it."""
        key = load_key(self._folder, WHO)
        return sign_leader(self.prepared, key, self._picture, self._at, None, self._trusted)

    def plain(self) -> bytes:
        """As the manual has it: load the key, name field and style, sign."""
        signer = signers.SimpleSigner.load(self._key, self._certificate)
        background = PdfImage(self._png)
        style = StaticStampStyle(background=background, background_opacity=1.0, border_width=0)
        meta = signers.PdfSignatureMetadata(field_name=LEADER, subfilter=SigSeedSubFilter.PADES)
        out = signers.PdfSigner(meta, signer=signer, stamp_style=style).sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(self.prepared))
        )
        return bytes(out.getbuffer())
