"""Whole documents: received over the axis, verified by real signing workers, registered.

All services of a house run. The signed letter is kept once; each document is a new delivery of it.
Baseline: what no system can do without, one file put into the same S3 and one event appended to the
same PostgreSQL by the library alone, without services, queue, verification, number or register.
"""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import UUID, uuid4

import msgspec
from minio import Minio

from contracts.intake import Intake, Origin
from contracts.values import DocumentKind, FileRef, Placements, Role
from infra.local import keys
from infra.local.house import House
from infra.local.stamps import time_authority
from infra.local.world import World
from services.cli.letter import write
from services.cli.letter_texts import request_for_report
from services.cli.story import REFUSER, SENDER, Story
from services.kernel.client import Client
from services.signing.adapters.keys.holders import load_key, load_picture
from services.signing.adapters.making.acts import seal, sign_leader
from services.signing.adapters.making.form import prepare
from tests.bench.measure import Act, Member, Result, Sample, alternate, crowd, rates, times
from tests.bench.notes import BareNotes, bare_postgres
from tests.bench.rig import Rig
from tests.signing.stamping import InProcess
from tests.trust import trust_of

CLIENTS = 8
FIRST_LOOK, LONGEST_LOOK = 0.1, 0.5
"""Seconds between looks for a verdict; they grow, so that looking is not what is measured."""
PATIENCE = 60.0
SUBJECT = "báo cáo tình hình gửi, nhận văn bản điện tử"


def run(rig: Rig) -> Iterator[Result]:
    """One line: documents per second."""
    letter = signed_letter(keys.pki_folder(rig.ground.folder))
    with (
        rig.world("documents") as world,
        House(rig.ground, world),
        Client(world.broker_url("edge"), timeout=PATIENCE) as client,
        BareNotes(bare_postgres(world.database_url("intake"))) as notes,
    ):
        delivery = Delivery(Story(client, world, lambda told: None), letter)
        crowd(CLIENTS, delivery.client, 0.1)
        delivery.received.clear()
        rig.tell(f"documents: {CLIENTS} clients, a letter of {len(letter):,} bytes")
        members: list[Member] = [delivery.client, keeping(world, notes, letter)]
        turns = [partial(crowd, CLIENTS, member, rig.seconds) for member in members]
        whole, bare = alternate(rig.rounds, *turns)
    yield line(whole, bare, delivery.received)


def line(whole: list[Sample], bare: list[Sample], received: list[float]) -> Result:
    """The line of the table."""
    return Result(
        name=f"whole documents, {CLIENTS} clients",
        unit="/s",
        against="bare S3 put + event append",
        ours=rates(whole),
        baseline=rates(bare),
        note=f"{times(whole)}; receipt alone {times([Sample(1, received)])}",
    )


def signed_letter(pki: Path) -> bytes:
    """The story's letter with its leader's signature and its agency's seal."""
    at, authority = datetime.now(UTC), InProcess(time_authority(pki))
    trust, today = trust_of(pki), date.today()
    leader, agency = f"person:{SENDER.leader}", f"agency:{SENDER.code}"
    hand, stamp = load_picture(pki, leader), load_picture(pki, agency)
    pdf, placed = write(request_for_report(today, today.year))
    prepared = prepare(pdf, msgspec.convert(placed, Placements), hand, stamp)
    signed = sign_leader(prepared.pdf, load_key(pki, leader), hand, at, authority, trust)
    return seal(signed, load_key(pki, agency), stamp, "1/SNV-VTLT", today, at, authority, trust)


class Delivery:
    """Who brings documents over the axis, and the clerk who registers them."""

    def __init__(self, story: Story, letter: bytes) -> None:
        story.prepare()
        self._axis: Intake = story.holder(REFUSER, Role.AXIS).intake
        self._clerk: Intake = story.holder(REFUSER, Role.CLERK).intake
        self._file: FileRef = story.upload(self._axis, letter, "snv.pdf")
        self.received: list[float] = []

    @contextmanager
    def client(self, number: int) -> Iterator[Act]:
        """One after another, each from its receipt to its number."""
        yield self.document

    def document(self) -> None:
        """Receive, wait for the verdict, register."""
        began = time.perf_counter()
        id = self.receive()
        self.received.append(time.perf_counter() - began)
        wait(lambda: self._clerk.get_document(document_id=id).verdict is not None)
        self._clerk.register_document(document_id=id)

    def receive(self) -> UUID:
        """A new document comes."""
        origin = Origin(
            agency=SENDER.code,
            agency_name=SENDER.name,
            document_id=uuid4(),
            document_code=f"1/SNV-VTLT {uuid4()}",
            notation="1/SNV-VTLT",
            issued_on=date.today(),
        )
        return self._axis.receive_document(
            agency=REFUSER.code,
            origin=origin,
            kind=DocumentKind.LETTER,
            subject=SUBJECT,
            files=[self._file],
        )


def wait(there: Callable[[], bool]) -> None:
    """Until it is there."""
    end, pause = time.monotonic() + PATIENCE, FIRST_LOOK
    while not there():
        if time.monotonic() > end:
            raise TimeoutError(f"no verdict after {PATIENCE} s")
        threading.Event().wait(pause)
        pause = min(pause * 1.3, LONGEST_LOOK)


def keeping(world: World, notes: BareNotes, letter: bytes) -> Member:
    """Clients of the baseline: put the file under a new name, append an event."""
    at = urlsplit(world.s3_url)
    user, password = unquote(at.username or ""), unquote(at.password or "")
    s3 = Minio(at.netloc.rpartition("@")[2], user, password, secure=False, region="us-east-1")

    def keep() -> None:
        id = uuid4()
        s3.put_object(world.name, f"files/{id}", io.BytesIO(letter), len(letter))
        notes.write(id=id, text=SUBJECT)

    @contextmanager
    def client(number: int) -> Iterator[Act]:
        yield keep

    return client
