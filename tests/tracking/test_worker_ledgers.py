"""Two agencies and the axis, whatever they do and whatever the axis does: both ledgers agree."""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import ExitStack
from datetime import datetime, timedelta
from functools import reduce
from pathlib import Path
from random import Random
from uuid import UUID

import msgspec
import pytest

from contracts import edxml
from contracts.axis import MessageType, questions
from contracts.envelope import PublicEvent
from contracts.intake import DocumentCancelled, RecallDeclined
from contracts.tracking import DeliveryState
from contracts.values import StatusCode, delivery_id
from infra.axis.control import Control
from infra.axis.store import Fault, FaultKind
from services.tracking.domain import Delivery, after_status
from tests.tracking.ends import OURS, OURS_NAME, THEIRS, THEIRS_NAME, TOKEN, End, axis_at, run
from tests.tracking.told import MONDAY, Copy, Letter

STEPS = 60
FAULTS = [
    *((kind, "sendEdoc") for kind in (FaultKind.DUPLICATE, FaultKind.LOSE, FaultKind.ERROR)),
    (FaultKind.DUPLICATE, "getReceivedEdocList"),
    (FaultKind.REORDER, "getReceivedEdocList"),
    (FaultKind.BARE_STATUS, "getEdoc"),
    (FaultKind.LOSE, "updateStatus"),
]
ACTS = [
    "arrived",
    "refused",
    "registered",
    "transferred",
    "started",
    "completed",
    "cancelled",
    "declined",
]
SENT_BACK = {code for code in StatusCode if code is not StatusCode.TAKE_BACK}


class Ledgers:
    """Letters go out, their recipient acts, both ends exchange, the axis has bad days."""

    def __init__(self, seed: int) -> None:
        self.held, self.dice = ExitStack(), Random(seed)
        folder = Path(self.held.enter_context(tempfile.TemporaryDirectory()))
        server = self.held.enter_context(axis_at(folder / "axis"))
        self.control = Control(server.url, TOKEN)
        self.ours = End(server.url, folder, OURS, OURS_NAME)
        self.theirs = End(server.url, folder, THEIRS, THEIRS_NAME)
        for end, other in ((self.ours, self.theirs), (self.theirs, self.ours)):
            self.control.enrol(end.code, end.secret, name=end.name)
            end.meet(other)
            self.held.callback(end.pool.shutdown)
        self.letters: list[Letter] = []
        self.copies: dict[str, Copy] = {}
        self.clock = MONDAY

    def step(self) -> None:
        """One of all that may happen."""
        steps = [self.issue, self.have_a_bad_day, self.exchange, self.take_back]
        acts = [self.act] if self.copies else []
        self.dice.choices(steps + acts, [2, 2, 3, 1, 8][: 4 + len(acts)])[0]()

    def end(self) -> None:
        """What was on its way arrives, and both sides know the same."""
        self.control.behave()
        run(self.ours, self.theirs, until_true=self.all_told)
        ours, theirs = self.ledger_of_sender(), self.ledger_of_recipient()
        assert digest(ours) == digest(theirs), (ours, theirs)
        assert sorted(self.copies) == sorted(letter.subject for letter in self.letters)
        self.every_line_is_where_its_history_leads()

    def issue(self) -> None:
        number = len(self.letters) + 1
        letter = Letter(recipients=(THEIRS,), running=number, subject=f"Việc {number}")
        self.letters.append(letter)
        self.ours.issue(letter)

    def have_a_bad_day(self) -> None:
        kind, operation = self.dice.choice(FAULTS)
        self.control.misbehave(Fault(kind, operation))

    def exchange(self) -> None:
        self.ours.exchange()
        self.theirs.exchange()
        self.note_arrivals()

    def act(self) -> None:
        """Intake over there tells whatever it likes, in any order."""
        copy, act = self.copies[self.dice.choice(sorted(self.copies))], self.dice.choice(ACTS)
        self.theirs.intake.tell(copy.id, self.event_of(copy, act), self.tick())
        self.theirs.read_all()

    def take_back(self) -> None:
        """13, as a sender says it by a status."""
        if not self.copies:
            return
        letter = self.dice.choice(self.letters)
        number = letter.number()
        code = edxml.Code(number=number.notation[:2], notation=number.notation[3:])
        about = edxml.ResponseFor(
            agency=THEIRS,
            code=number.notation,
            document_id=edxml.document_id(OURS, number.issued_on, code),
            promulgated_on=number.issued_on,
        )
        sender = edxml.Party(code=OURS)
        told = edxml.Status(
            sender=sender, about=about, code="13", description="Gửi nhầm", at=self.tick()
        )
        axis = self.ours.boxes.axis(OURS)
        if axis is not None and letter.subject in self.copies:
            self.control.behave()
            axis.ask(questions.send(edxml.write(told), MessageType.STATUS, OURS))

    def tick(self) -> datetime:
        self.clock += timedelta(minutes=1)
        return self.clock

    def event_of(self, copy: Copy, act: str) -> PublicEvent:
        at = self.tick()
        match act:
            case "registered":
                return copy.registered(at)
            case "arrived" | "transferred" | "completed":
                told: PublicEvent = getattr(copy, act)(at)
                return told
            case "cancelled":
                return DocumentCancelled(**copy._of(), orders=[], cancelled_at=at)
            case "declined":
                return RecallDeclined(**copy._of(), orders=[], reason="Đã trả lời")
        other: PublicEvent = getattr(copy, act)()
        return other

    def note_arrivals(self) -> None:
        for event in self.theirs.taken():
            origin = event.origin
            assert event.letter.subject not in self.copies, "taken in twice"
            known = Letter(recipients=(THEIRS,), id=origin.document_id, sender=OURS)
            self.copies[event.letter.subject] = Copy(letter=known, recipient=THEIRS)

    def all_told(self) -> bool:
        self.note_arrivals()
        told = digest(self.ledger_of_sender()) == digest(self.ledger_of_recipient())
        return told and len(self.copies) == len(self.letters)

    def ledger_of_sender(self) -> dict[str, list[str]]:
        ids = {letter.subject: delivery_id(letter.id, THEIRS) for letter in self.letters}
        return {subject: history_of(self.ours, id) for subject, id in ids.items()}

    def ledger_of_recipient(self) -> dict[str, list[str]]:
        return {subject: history_of(self.theirs, copy.id) for subject, copy in self.copies.items()}

    def every_line_is_where_its_history_leads(self) -> None:
        for letter in self.letters:
            line = self.ours.tracking.load(Delivery, delivery_id(letter.id, THEIRS))
            codes = [status.code for status in line.history]
            assert line.state is reduce(after_status, codes, DeliveryState.SENT)


def history_of(end: End, id: UUID) -> list[str]:
    """What an end knows of a delivery, but for the sender's own words: code and instant, sorted."""
    line = end.tracking.find(Delivery, id)
    known = line.history if line else []
    return sorted(f"{s.code} {s.at.isoformat()}" for s in known if s.code in SENT_BACK)


def digest(ledger: dict[str, list[str]]) -> str:
    return hashlib.sha256(msgspec.json.encode(sorted(ledger.items()))).hexdigest()


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_happens_both_ledgers_agree(seed: int) -> None:
    ledgers = Ledgers(seed)
    with ledgers.held:
        for _ in range(STEPS):
            ledgers.step()
        ledgers.end()
        codes = {
            status.split()[0] for line in ledgers.ledger_of_sender().values() for status in line
        }
    assert len(codes) >= 6, codes
