"""The life of an incoming document: legal times, the register line, and the order of acts."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from eventsourcing.persistence import StoredEvent

from contracts.errors import Denied, Invalid
from contracts.intake import (
    ActOutOfOrder,
    CompletionResult,
    IntegrityFailed,
    ReplyMissing,
    ReplyOwed,
    SignaturesNotVerified,
)
from contracts.intake import IncomingAct as Act
from contracts.intake import IncomingState as State
from contracts.values import Assignment, LegalValue, Secrecy, Urgency, Verdict
from contracts.working_time import Calendar
from services.intake.domain import IncomingDocument, series_id
from services.intake.domain.order import CLOSE, NOT_INTACT, TURN
from services.kernel.aggregate import MAPPER, Aggregate
from tests.conftest import holds
from tests.contracts.test_working_time import RECEIPTS, at
from tests.intake.office import DUE, FILE, MONDAY, OURS, REPORT, TO_UNIT
from tests.intake.recorded import ORIGIN, RECORDED, SAMPLES

MORE_RECEIPTS = """
W25 A 2024-03-12T17:10     2024-03-13T07:00    2024-03-13T09:00
W25 B 2024-03-12T17:10     2024-03-12T17:10    2024-03-13T09:10
W31 A 2024-03-12T15:10     2024-03-12T15:10    2024-03-13T07:10
"""
WORKED = [line.split() for line in (RECEIPTS + MORE_RECEIPTS).splitlines() if line]
"""The worked examples of two working hours: id, profile, raw entry, effective receipt, due."""


def arrived(
    entered_at: datetime = MONDAY,
    profile: str = "A",
    urgency: Urgency = Urgency.ORDINARY,
    reply: object = None,
) -> IncomingDocument:
    """A document that has just entered."""
    return IncomingDocument.arrive(
        UUID(int=1),
        Calendar.of(profile),
        entered_at,
        agency=OURS,
        origin=ORIGIN,
        kind="CV",
        subject="Về việc báo cáo",
        urgency=urgency,
        files=[FILE],
        reply=reply,
    )


def registered(
    document: IncomingDocument,
    legal_value: LegalValue = LegalValue.ORIGINAL,
    verdict: Verdict = Verdict.TRUSTED,
) -> IncomingDocument:
    """The same, verified and entered in the register."""
    document.admit(document.files, REPORT)
    document.record_checks(verdict, legal_value, [], [FILE])
    document.register(1, Calendar.of("A"), MONDAY)
    return document


def transferred(document: IncomingDocument, at: datetime) -> bool:
    """Have a registered document transferred; whether that was on time."""
    document.present("lan")
    document.direct(TO_UNIT, "lan")
    document.transfer(at)
    event = document.pending_events[-1]
    assert isinstance(event, IncomingDocument.Transferred)
    assert event.transferred_at == document.view().transferred_at == at
    return event.on_time


@pytest.mark.rule("R5.2b-2")
@pytest.mark.rule("R10.2-2")
@pytest.mark.parametrize(("case", "profile", "raw", "effective", "due"), WORKED)
def test_a_paperless_arrival_is_due_two_working_hours_after_its_effective_receipt(
    case: str, profile: str, raw: str, effective: str, due: str
) -> None:
    calendar = Calendar.of(profile)
    for late in (timedelta(0), timedelta(seconds=1)):
        document = arrived(at(raw), profile)
        assert document.view().effective_at == at(effective)
        assert document.view().calendar == calendar.version
        document.admit([FILE], REPORT)
        document.record_checks(Verdict.TRUSTED, LegalValue.ORIGINAL, [], [FILE])
        document.register(1, calendar, document.entered_at)
        assert document.view().transfer_due_at == at(due)
        assert document.line is not None
        assert (document.line.rule, document.line.calendar) == ("R5.2b-2", calendar.version)
        assert transferred(document, at(due) + late) is not bool(late)


def test_the_legal_value_and_the_urgency_say_how_soon_a_document_is_transferred() -> None:
    thursday = at("2024-03-14T16:30")
    ordinary = registered(arrived(thursday), LegalValue.SEALED)
    assert ordinary.line is not None and not ordinary.line.paperless
    assert ordinary.transfer_due_at == at("2024-03-16T00:00")  # W38: the end of Friday
    assert ordinary.line.rule == "N30-23"
    saturday = at("2024-03-16T02:00")
    urgent = registered(arrived(saturday, urgency=Urgency.EXPRESS))
    assert urgent.transfer_due_at == at("2024-03-16T02:15")  # W32: at once, at night too
    assert urgent.effective_at == at("2024-03-18T07:00")


def test_an_answer_is_due_by_the_end_of_the_day_of_effective_receipt() -> None:
    event = arrived(at("2024-04-26T17:20")).pending_events[0]  # W37
    assert isinstance(event, IncomingDocument.Arrived)
    assert event.answer_due_at == at("2024-05-03T00:00")


@pytest.mark.rule("R10.2-1")
def test_the_raw_instant_of_entry_is_the_time_of_the_arrival_and_is_never_edited() -> None:
    entered_at = at("2024-03-16T09:00:00.123456")
    document = arrived(entered_at)
    assert document.pending_events[0].timestamp == entered_at
    transferred(registered(document), MONDAY)
    assert document.view().entered_at == entered_at == document.created_on


def test_the_year_of_the_series_is_that_of_the_effective_receipt() -> None:
    document = registered(arrived(at("2024-12-31T17:20")))  # W24
    assert document.series() == series_id(OURS, 2025)
    assert document.line is not None and document.line.arrived_on.isoformat() == "2025-01-02"
    assert document.number is not None and document.number.year == 2025


def test_instants_are_remembered_in_vietnamese_time() -> None:
    document = arrived(at("2024-03-12T01:10:00Z"))
    assert document.view().entered_at.isoformat() == "2024-03-12T08:10:00+07:00"


def test_a_document_without_a_file_does_not_arrive() -> None:
    facts = {"agency": OURS, "origin": ORIGIN, "kind": "CV", "subject": "?", "urgency": "0"}
    with pytest.raises(Invalid):
        IncomingDocument.arrive(UUID(int=1), Calendar.of(), MONDAY, files=[], reply=None, **facts)


@pytest.mark.parametrize("verdict", [*Verdict, None])
def test_only_what_is_verified_and_intact_is_registered(verdict: Verdict | None) -> None:
    document = arrived()
    document.admit([FILE], REPORT)
    if verdict is not None:
        document.record_checks(verdict, LegalValue.INFORMATION_ONLY, [], [FILE])
    before = len(document.pending_events)
    if verdict is None or verdict in NOT_INTACT:
        refusal = IntegrityFailed if verdict else SignaturesNotVerified
        with pytest.raises(refusal) as refused:
            document.register(1, Calendar.of(), MONDAY, overrule="Đã xác minh")
        assert "?" not in refused.value.message("vi") + refused.value.message("en")
        assert len(document.pending_events) == before
    else:
        assert document.register(1, Calendar.of(), MONDAY, overrule="Đã xác minh").number == 1


def test_a_verdict_counts_if_it_is_on_all_files_of_an_arrival() -> None:
    document = arrived()
    other = msgspec.structs.replace(FILE, sha256="1" * 64)
    document.record_checks(Verdict.TRUSTED, LegalValue.ORIGINAL, [], [other])
    assert document.view().verdict is None
    for verdict in (Verdict.INDETERMINATE, Verdict.TRUSTED, Verdict.TRUSTED):
        document.record_checks(verdict, LegalValue.ORIGINAL, [], [other, FILE])
    assert document.view().verdict is Verdict.TRUSTED
    assert len(document.pending_events) == 3
    document.admit([FILE], REPORT)
    document.register(1, Calendar.of(), MONDAY)
    document.record_checks(Verdict.FORGED, LegalValue.ORIGINAL, [], [FILE])
    assert document.view().verdict is Verdict.TRUSTED


def test_the_leader_presented_directs_to_one_lead_and_each_unit_once() -> None:
    document = registered(arrived())
    document.present("lan")
    with pytest.raises(Denied):
        document.direct(TO_UNIT, "minh")
    for coordinators in (["Phòng A"], ["Phòng B", "Phòng B"]):
        with pytest.raises(Invalid):
            document.direct(Assignment(lead="Phòng A", coordinators=coordinators), "lan")
    document.direct(TO_UNIT, "lan")
    assert document.assignment == TO_UNIT


@pytest.mark.rule("R8.2c")
def test_a_document_that_asks_for_a_reply_is_closed_with_a_reply_or_a_cause() -> None:
    def handled(reply: object = DUE) -> IncomingDocument:
        document = registered(arrived(reply=reply))
        transferred(document, MONDAY)
        document.start_handling()
        return document

    document = handled()
    for note in ("", " \t\n"):
        with pytest.raises(ReplyOwed):
            document.complete(CompletionResult.NO_REPLY_NEEDED, note, MONDAY)
    with pytest.raises(ReplyMissing):
        document.complete(CompletionResult.REPLIED, "đã gửi", MONDAY)
    assert document.view().state is State.IN_PROGRESS
    document.answer(UUID(int=2), "02/SYT-VP", MONDAY.date())
    document.complete(CompletionResult.REPLIED, "", MONDAY)
    assert document.view().state is State.COMPLETED

    with_cause = handled()
    with_cause.complete(CompletionResult.NO_REPLY_NEEDED, "Không thuộc thẩm quyền", MONDAY)
    assert with_cause.state is State.COMPLETED
    unasked = handled(reply=None)
    unasked.complete(CompletionResult.NO_REPLY_NEEDED, "", MONDAY)
    assert unasked.state is State.COMPLETED


def test_a_reply_closes_only_what_is_worked_on() -> None:
    document = registered(arrived(reply=DUE))
    transferred(document, MONDAY)
    document.answer(UUID(int=2), "02/SYT-VP", MONDAY.date())
    with pytest.raises(ActOutOfOrder):
        document.complete(CompletionResult.REPLIED, "", MONDAY)


def test_a_reply_is_noted_once_and_never_at_what_was_not_taken_in() -> None:
    document = arrived()
    for reply in (2, 3, 2):
        document.answer(UUID(int=reply), "02/SYT-VP", MONDAY.date())
    assert document.replies == [UUID(int=2), UUID(int=3)]
    quarantined = IncomingDocument.quarantine(
        UUID(int=4),
        Calendar.of(),
        MONDAY,
        agency=OURS,
        origin=ORIGIN,
        kind="CV",
        secrecy=Secrecy.TOP_SECRET,
    )
    quarantined.answer(UUID(int=2), "02/SYT-VP", MONDAY.date())
    assert quarantined.view().replies == []
    assert quarantined.view().state is State.QUARANTINED


def test_every_act_has_its_turn_in_some_state_and_none_after_the_end() -> None:
    assert {*TURN, Act.COMPLETE, Act.FILE} == set(Act) and set(CLOSE) == set(CompletionResult)
    final = {State.REFUSED, State.CANCELLED}
    assert not any(states & final for states in (*TURN.values(), *CLOSE.values()))


# -- recorded events are for ever -----------------------------------------------------------------


def test_every_recorded_event_has_a_stored_sample() -> None:
    acts = vars(IncomingDocument).values()
    events = [act for act in acts if isinstance(act, type) and issubclass(act, Aggregate.Event)]
    topics = {vars(event)["TOPIC"] for event in events} - {
        "intake.IncomingDocument.Created",
        "intake.IncomingDocument.Event",
    }
    assert {sample.stem for sample in SAMPLES.glob("*.json")} == topics == set(RECORDED)


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_stored_bytes_are_read_as_the_event_they_were(sample: Path) -> None:
    event = RECORDED[sample.stem]
    stored = StoredEvent(
        event.originator_id, event.originator_version, sample.stem, sample.read_bytes()
    )
    assert MAPPER.to_domain_event(stored) == event
    written = MAPPER.to_stored_event(event)
    assert written.topic == sample.stem
    assert holds(json.loads(written.state), json.loads(sample.read_bytes()))
