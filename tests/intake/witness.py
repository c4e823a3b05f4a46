"""Watches an office while people act at random, and holds what it does against table 3.2."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest

from contracts.envelope import PublicEvent
from contracts.errors import NotFound, Refused
from contracts.intake import IncomingDocumentView
from contracts.intake import IncomingState as State
from contracts.intake import Intake as Promise
from contracts.values import Role
from contracts.working_time import day_of
from services.intake.domain import IncomingDocument
from services.intake.events import publish
from services.kernel.aggregate import MAPPER
from services.kernel.application import NumberTaken
from services.kernel.call import shape_of, understood
from services.kernel.context import Circumstances, acting
from tests.intake.office import AUDITOR, HOA, LAN, MINH, OURS, THEIRS, Office, person
from tests.intake.table import BEFORE, SAME, TABLE

TAM, AN = person("tam", Role.LEADER), person("an", Role.LEADER, Role.OFFICER, agency=THEIRS)
BINH = person("binh", Role.CLERK, agency=THEIRS)
ROLES = {who.actor.person: who.roles for who in (HOA, LAN, MINH, TAM, AN, BINH)}
DOMAIN = "intake.IncomingDocument."


def digest(view: IncomingDocumentView) -> str:
    """Of a state as it is answered."""
    return hashlib.sha256(msgspec.json.encode(view)).hexdigest()


class Tally:
    """What all runs together saw."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.recorded: Counter[str] = Counter()
        self.taken: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.instants = 0

    @property
    def steps(self) -> int:
        """Commands and tidings that were taken or refused."""
        return self.outcomes.total()

    def __str__(self) -> str:
        said = ", ".join(f"{count} {outcome}" for outcome, count in self.outcomes.items())
        return f"{self.steps} steps: {said}; {self.instants} past instants asked for"


class Witness:
    """One office, the model of its documents, and what was answered of them."""

    def __init__(self, office: Office, tally: Tally) -> None:
        self.office, self.tally = office, tally
        self.states: dict[UUID, str] = {}
        self.agency: dict[UUID, str] = {}
        self.before_recall: dict[UUID, str] = {}
        self.given: defaultdict[tuple[str, str, int], list[UUID]] = defaultdict(list)
        self.answered: list[tuple[UUID, datetime, str]] = []
        self.read = office.recorded()
        self._commands = 0

    def here(self) -> list[UUID]:
        """Documents that have come, in order."""
        return [id for id, state in self.states.items() if state != "AWAITED"]

    # -- asked and told -----------------------------------------------------------------------

    def asks(self, who: Circumstances, name: str, again: bool = False, **said: Any) -> Any:
        """One command as it comes through the door: refused by type, or recorded."""
        self._commands += 1
        command_id = UUID(int=self._commands << 64 | 0x4000 << 48, version=4)
        who = msgspec.structs.replace(who, command_id=command_id)
        shape = shape_of(getattr(Promise, name))
        try:
            with acting(who):
                asked = understood(shape, msgspec.to_builtins(said))
                answer = getattr(self.office.app, name)(**asked)
        except Refused as refused:
            self._refused(name, refused)
            return None
        self.tally.taken[name]["taken"] += 1
        self.look(name)
        if again:
            with acting(who), self.office.unchanged():
                assert getattr(self.office.app, name)(**asked) == answer
        return answer

    def _refused(self, name: str, refused: Refused) -> None:
        """It says why in both languages, and nothing was recorded."""
        assert self.office.recorded() == self.read, (name, refused)
        assert refused.message("vi") and refused.message("en") and refused.code
        self.tally.outcomes["refused"] += 1
        self.tally.taken[name][refused.code] += 1

    def worker(self, who: Circumstances, name: str, **said: Any) -> None:
        """A worker records what it did."""
        with acting(who):
            getattr(self.office.app, name)(**said)
        self.tally.taken[name]["taken"] += 1
        self.look(name)

    def told(self, source: str, *events: PublicEvent) -> None:
        """Something that another service tells."""
        self.office.tell(source, *events)
        self.look(events[0].TYPE)

    # -- held against the table ---------------------------------------------------------------

    def look(self, why: str) -> None:
        """Take in what was recorded since the last look."""
        stored = self.office.app.recorder.select_notifications(
            self.read, 1000, inclusive_of_start=False
        )
        assert stored, f"{why} was neither refused nor recorded"
        touched: dict[UUID, Any] = {}
        for notification in stored:
            if notification.topic.startswith(DOMAIN):
                event = MAPPER.to_domain_event(notification)
                self._happened(event)
                touched[event.originator_id] = event
        self.tally.outcomes["recorded" if touched else "recorded, no document changed"] += 1
        for event in touched.values():
            self._answer(event.originator_id, event)
        self.read = self.office.recorded()

    def _happened(self, event: Any) -> None:
        """One event: its place in the table, its doer, what is told of it."""
        id, name = event.originator_id, type(event).__qualname__.rpartition(".")[2]
        name += f" {event.result.value}" if name == "Completed" else ""
        row, was = TABLE[name], self.states.get(id, "-")
        assert was in row.came_from, f"{name} from {was}"
        self._check_doer(event, row.by)
        assert (type(publish(event)).__name__ if publish(event) else "") == row.told, name
        if row.to == "RECALL_PENDING" and was != "RECALL_PENDING":
            self.before_recall[id] = was
        became = {SAME: was, BEFORE: self.before_recall.get(id, "")}.get(row.to, row.to)
        if name == "RecallReceived" and was == "AWAITED":
            became = was
        self.states[id], self.agency[id] = became, event.agency
        self.tally.recorded[name] += 1
        if name == "Registered":
            self._check_number(event)

    def _check_doer(self, event: Any, by: frozenset[str]) -> None:
        """He holds a role of the row, and belongs to the document's agency."""
        actor = event.actor
        if actor.person.startswith("service:"):
            assert "SERVICE" in by, (event, actor)
        elif actor.person == "gateway":
            assert "AXIS" in by, (event, actor)
        else:
            assert {role.name for role in ROLES[actor.person]} & by, (event, actor)
            assert actor.agency == event.agency, (event, actor)

    def _check_number(self, event: Any) -> None:
        """The next one of its agency, book and year; the year is that of its legal receipt."""
        number = event.line.number
        given = self.given[number.agency, number.book, number.year]
        given.append(event.originator_id)
        assert number.number == len(given), number
        document = self.office.app.load(IncomingDocument, event.originator_id)
        assert number.year == day_of(document.effective_at).year and number.agency == event.agency

    def _answer(self, id: UUID, event: Any) -> None:
        """What is answered now, to be answered again when it is asked for as of now.

        The very instant of the latest event counts too, but for an arrival's: it is told by the
        office's clock, which is not that of the store here.
        """
        if self.states[id] == "AWAITED":
            return
        view = self.view(id)
        assert view.state.value == self.states[id], (view.state, self.states[id])
        if event.originator_version > 1:
            self.answered.append((id, event.timestamp, digest(view)))
        self.answered.append((id, datetime.now(UTC), digest(view)))

    def view(self, id: UUID, as_of: datetime | None = None) -> IncomingDocumentView:
        """The document as an auditor sees it."""
        with acting(AUDITOR):
            return self.office.app.get_document(document_id=id, as_of=as_of)

    # -- at the end ---------------------------------------------------------------------------

    def check_past(self) -> None:
        """Every instant that was answered once is answered alike; replays give the same digest."""
        for id, at, was in self.answered:
            assert digest(self.view(id, at)) == was, (id, at)
        self.tally.instants += len(self.answered)
        for id in self.here():
            document: Any = None
            for stored in self.office.app.recorder.select_events(id):
                document = MAPPER.to_domain_event(stored).mutate(document)
            live = msgspec.structs.replace(self.view(id), follower=document.follower)
            assert digest(document.view()) == digest(live)

    def check_lists(self) -> None:
        """The lists by state hold each document of the model once, and no other."""
        for agency in (OURS, THEIRS):
            for state in State:
                with acting(AUDITOR):
                    found = self.office.app.list_documents(agency=agency, state=state, limit=1000)
                mine = [id for id in self.here() if self.agency[id] == agency]
                expected = {id for id in mine if self.states[id] == state.value}
                assert {line.document_id for line in found} == expected, (agency, state)

    def check_numbers(self) -> None:
        """Every number that was taken stands in the register."""
        stored = self.office.app.recorder.select_notifications(1, 10**6, topics=[NumberTaken.TOPIC])
        taken = [MAPPER.to_domain_event(one).taken_by for one in stored]
        assert sorted(taken) == sorted(id for given in self.given.values() for id in given)

    def check_strangers(self) -> None:
        """A document recalled before it came is not here."""
        for id, state in self.states.items():
            if state == "AWAITED":
                with pytest.raises(NotFound):
                    self.view(id)
