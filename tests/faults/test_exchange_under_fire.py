"""Exchange under fire: repeated, reordered, unanswered, both ends killed; each letter counts once.

Three messages a letter: the document, its 01, its 03 with the receipt. `LETTERS` is what fits into
CI; 3,334 are 10,000 messages.
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from contracts import edxml
from contracts.tracking import DeliveryState, ReceiptVerdict
from contracts.values import delivery_id
from infra.axis.store import Fault, FaultKind
from infra.local.axis import boxes_file
from infra.local.ground import Ground
from infra.local.house import ROOT
from infra.local.world import World
from services.tracking.adapters import receipt_in
from services.tracking.domain import Arrival, Delivery, Package, arrival_id, package_id
from tests.conftest import until
from tests.faults.exchange_end import Words, letter_id, tracking_of

LETTERS = 150
URGENT = 5
OURS, THEIRS = "H47.91", "G12.91"
SECONDS_A_LETTER, PATIENCE = 0.6, 60
KILL_EVERY = 2.0


class End:
    """A killable process, and its store to look into."""

    def __init__(self, words: Words) -> None:
        self.words, self.kills = words, 0
        self.tracking = tracking_of(words)
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        told = msgspec.json.encode(self.words).decode()
        command = [sys.executable, "-m", "tests.faults.exchange_end", told]
        self._running = subprocess.Popen(command, cwd=ROOT)

    def kill(self) -> None:
        assert self._running is not None
        self._running.kill()
        self._running.wait()

    def kill_and_start(self) -> None:
        self.kill()
        self.kills += 1
        self.start()


@contextmanager
def two_ends(
    ground: Ground, urgent: int = 0, before: Callable[[], None] = lambda: None
) -> Iterator[tuple[End, End]]:
    """Two platforms with a world each, running, until the block ends; `before` they start."""
    worlds = [ground.new_world(f"fire-{uuid4().hex[:8]}") for _ in range(2)]
    keys = [world.open_box(code, code) for world, code in zip(worlds, (OURS, THEIRS), strict=True)]
    ends = (
        End(words(ground, worlds[0], OURS, THEIRS, keys[1], letters=LETTERS, urgent=urgent)),
        End(words(ground, worlds[1], THEIRS, OURS, keys[0])),
    )
    before()
    for end in ends:
        end.start()
    try:
        yield ends
    finally:
        for end in ends:
            end.kill()
            end.tracking.close()


def words(ground: Ground, world: World, code: str, peer: str, peer_key: str, **more: int) -> Words:
    return Words(
        code=code,
        peer=peer,
        peer_key=peer_key,
        database_url=world.database_url("tracking"),
        s3_url=world.s3_url,
        axis_url=world.axis_url,
        boxes=str(boxes_file(ground.folder, world.name)),
        **more,
    )


def count(end: End, topic: str) -> int:
    """How many events of a topic the store of an end holds."""
    recorder: Any = end.tracking.recorder
    table = f'"{recorder.datastore.schema}"."{recorder.events_table_name}"'
    with recorder.datastore.get_connection() as connection:
        line = f"SELECT count(*) AS n FROM {table} WHERE topic = %s"
        return int(connection.execute(line, (topic,)).fetchone()["n"])


def messages(ground: Ground) -> list[tuple[str, str, bytes]]:
    """Every package on the axis between the two: type, receiver, content, in order."""
    with sqlite3.connect(f"file:{ground.folder / 'axis' / 'axis.sqlite'}?mode=ro", uri=True) as db:
        line = "SELECT message_type, receiver, content FROM packages WHERE receiver IN (?, ?)"
        return list(db.execute(f"{line} ORDER BY number", (OURS, THEIRS)))


def disturb(ground: Ground, world_control: Any, sends: int) -> None:
    """Three of ten messages are doubled, unanswered or late in the list."""
    for _ in range(sends // 10):
        for kind, operation in (
            (FaultKind.DUPLICATE, "sendEdoc"),
            (FaultKind.LOSE, "sendEdoc"),
            (FaultKind.REORDER, "getReceivedEdocList"),
        ):
            world_control.misbehave(Fault(kind, operation))


def test_each_letter_and_status_counts_once_and_receipts_repeat_byte_by_byte(
    ground: Ground,
) -> None:
    dice, began = random.Random(47), time.monotonic()
    ground.axis.control().behave()
    with two_ends(ground) as (ours, theirs):
        disturb(ground, ground.axis.control(), 3 * LETTERS)
        last = time.monotonic()

        def all_accepted() -> bool:
            nonlocal last
            if time.monotonic() - last > KILL_EVERY:
                dice.choice((ours, theirs)).kill_and_start()
                last = time.monotonic()
            return count(ours, "tracking.Package.ReceiptTaken") == LETTERS

        until(all_accepted, PATIENCE + SECONDS_A_LETTER * LETTERS)
        ground.axis.control().behave()
        until(lambda: both_ended(ours, theirs), PATIENCE)
        ledgers = ledger_of_sender(ours), ledger_of_recipient(theirs)
        tell(ours, theirs, ground, time.monotonic() - began)
        assert count(theirs, "tracking.Arrival.DocumentTaken") == LETTERS
        assert count(theirs, "tracking.Arrival.Begun") == LETTERS
        assert count(ours, "tracking.Delivery.StatusRecorded") == 2 * LETTERS
    assert len(ledgers[0]) == LETTERS and digest(ledgers[0]) == digest(ledgers[1])
    assert all(len(found) == 1 for found in receipts(ground).values())
    assert ours.kills + theirs.kills > 0


def both_ended(*ends: End) -> bool:
    """Nothing is open at either end."""
    opened = ("tracking.Package.Owed", "tracking.Package.AskedAgain")
    return all(
        sum(count(end, topic) for topic in opened) == count(end, "tracking.Package.Sent")
        for end in ends
    )


def ledger_of_sender(end: End) -> dict[str, str]:
    """Each letter by its name on the wire, with the receipt that its sender keeps."""
    found = {}
    for number in range(1, LETTERS + 1):
        id = delivery_id(letter_id(OURS, number), THEIRS)
        package, line = end.tracking.load(Package, package_id(id)), end.tracking.load(Delivery, id)
        assert package.verdict is ReceiptVerdict.PROVED
        assert sorted(status.code for status in line.history) == ["01", "03"]
        assert line.state is DeliveryState.ACCEPTED
        assert isinstance(package.message, edxml.Document)
        found[package.message.document_id] = f"{package.fingerprint} {package.receipt}"
    return found


def ledger_of_recipient(end: End) -> dict[str, str]:
    """The same, as the recipient keeps it."""
    found = {}
    for notification in end.tracking.recorder.select_notifications(
        0, 10 * LETTERS, topics=["tracking.Arrival.DocumentTaken"]
    ):
        event: Any = end.tracking.mapper.to_domain_event(notification)
        arrival = end.tracking.load(Arrival, arrival_id(event.delivery_id))
        accepting = end.tracking.accepting(event.delivery_id)
        assert accepting is not None
        found[arrival.about.document_id] = f"{event.fingerprint} {accepting.receipt}"
    return found


def digest(ledger: dict[str, str]) -> str:
    return hashlib.sha256(msgspec.json.encode(sorted(ledger.items()))).hexdigest()


def receipts(ground: Ground) -> dict[str, set[str]]:
    """The receipts of each letter in all statuses that ever went over the axis."""
    found: dict[str, set[str]] = {}
    for kind, receiver, content in messages(ground):
        message = edxml.read(content).message if kind == "status" and receiver == OURS else None
        if isinstance(message, edxml.Status) and message.code == "03":
            found.setdefault(message.about.document_id, set()).add(receipt_in(message))
    return found


def tell(ours: End, theirs: End, ground: Ground, seconds: float) -> None:
    sent = Counter((kind, receiver) for kind, receiver, _ in messages(ground))
    kills = f"{ours.kills} + {theirs.kills} kills"
    print(f"{LETTERS} letters, {3 * LETTERS} messages, {sum(sent.values())} packages, {kills}")
    print(f"{seconds:.1f} s, {3 * LETTERS / seconds:.0f} messages/s")


@pytest.mark.rule("Q28-6.2c")
def test_an_outage_of_the_axis_loses_nothing_and_urgent_letters_go_first(ground: Ground) -> None:
    """What piles up in an outage is handed over afterwards; 6,000 stand for 5 minutes at 20/s."""
    ground.axis.control().behave()
    before = len(messages(ground))
    try:
        with two_ends(ground, URGENT, lambda: ground.kill("axis")) as (ours, theirs):
            until(
                lambda: count(ours, "tracking.Package.Owed") == LETTERS,
                PATIENCE + SECONDS_A_LETTER * LETTERS,
            )
            ground.restart("axis")
            began = time.monotonic()
            until(lambda: count(ours, "tracking.Package.Sent") == LETTERS, 120)
            handed = time.monotonic() - began
            taken = "tracking.Arrival.DocumentTaken"
            until(lambda: count(theirs, taken) == LETTERS, 120)
    finally:
        if not ground.is_running("axis"):
            ground.restart("axis")
    print(f"{LETTERS} letters handed over {handed:.1f} s after the axis came back")
    told = [
        edxml.read(content).message for _, to, content in messages(ground)[before:] if to == THEIRS
    ]
    letters = [message for message in told if isinstance(message, edxml.Document)]
    assert len(letters) == len({m.document_id for m in letters}) == LETTERS
    first = letters[: URGENT + 8]
    assert sum(m.other.urgency == "3" for m in first) == URGENT
