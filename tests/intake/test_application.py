"""What intake does when asked and when told: the order of acts, who may, and what stays out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from contracts.envelope import PublicEvent
from contracts.errors import Denied, FileDamaged, FileMissing, Invalid, NotFound, Refused
from contracts.intake import (
    ActOutOfOrder,
    CompletionResult,
    DocumentAlreadyArrived,
    IntegrityFailed,
    SignaturesNotVerified,
)
from contracts.intake import IncomingAct as Act
from contracts.intake import IncomingState as State
from contracts.values import (
    FileRef,
    LegalValue,
    RefusalCode,
    Role,
    Secrecy,
    Urgency,
    Verdict,
    delivery_id,
)
from contracts.working_time import Calendar
from services.kernel.aggregate import MAPPER
from services.kernel.context import acting
from tests.intake.office import (
    AUDITOR,
    DOER,
    DUE,
    FILE,
    GATEWAY,
    HOA,
    LAN,
    MINH,
    ON_AXIS,
    OURS,
    REPORT,
    SENDER,
    STRANGER,
    THEIRS,
    WAY,
    Office,
    issued,
    person,
    verified,
)

REPLIED, UNREPLIED = (
    {"result": result} for result in (CompletionResult.REPLIED, CompletionResult.NO_REPLY_NEEDED)
)
MAY = {
    Act.EXTEND: {Role.LEADER, Role.CLERK},
    Act.NAME_FOLLOWER: {Role.LEADER, Role.CLERK},
    Act.RECEIVE_PAPER: {Role.CLERK, Role.OFFICER},
}
"""Acts that more than one role may do."""

AT_WORK = {State.REGISTERED, State.PRESENTED, State.DIRECTED, State.ASSIGNED}
OPEN = {State.ARRIVED, State.IN_PROGRESS} | AT_WORK
TABLE: list[tuple[Act, dict[str, Any], set[State]]] = [
    (Act.REFUSE, {}, {State.ARRIVED}),
    (Act.REGISTER, {}, {State.ARRIVED}),
    (Act.PRESENT, {}, {State.REGISTERED}),
    (Act.DIRECT, {}, {State.PRESENTED}),
    (Act.TRANSFER, {}, {State.DIRECTED}),
    (Act.START, {}, {State.ASSIGNED}),
    (Act.COMPLETE, UNREPLIED, {State.ASSIGNED, State.IN_PROGRESS}),
    (Act.COMPLETE, REPLIED, {State.IN_PROGRESS}),
    (Act.RETURN, {}, AT_WORK),
    (Act.DECIDE_DUPLICATE, {}, {State.ARRIVED}),
    (Act.TRANSFER_DIRECTLY, {}, {State.REGISTERED}),
    (Act.SEND_BACK, {}, {State.ASSIGNED}),
    (Act.EXTEND, {}, {State.IN_PROGRESS}),
    (Act.REASSIGN, {}, {State.IN_PROGRESS}),
    (Act.FILE, {}, {State.REGISTERED}),
    (Act.REOPEN, {}, {State.COMPLETED}),
    (Act.NAME_FOLLOWER, {}, OPEN),
    (Act.EXPECT_PAPER, {}, OPEN),
    (Act.CANCEL, {}, {State.RECALL_PENDING}),
    (Act.DECLINE_RECALL, {}, {State.RECALL_PENDING}),
]
"""Table 3.2: each act, what is said with it, and the states in which it has its turn."""

IN_TURN = [
    (state, act)
    for act, said, states in TABLE
    if said is not REPLIED and act is not Act.DECLINE_RECALL
    for state in sorted(states)
]
OUT_OF_TURN = [
    (state, act, said) for act, said, states in TABLE for state in State if state not in states
]


@pytest.mark.rule("R5.2b-1")
@pytest.mark.rule("Q28-6.2b")
def test_a_paperless_document_goes_all_the_way_without_any_paper(office: Office) -> None:
    document_id = office.document(State.IN_PROGRESS, reply=DUE)
    view = office.view(document_id)
    assert view.legal_value is LegalValue.ORIGINAL and view.transferred_at == office.now
    office.tell("dispatch", issued(sender=OURS, to=(SENDER,), answers=(document_id,)))
    office.now += timedelta(days=1)
    office.act(Act.COMPLETE, document_id, result=CompletionResult.REPLIED, note="")
    assert office.view(document_id).state is State.COMPLETED


@pytest.mark.parametrize(("state", "act", "said"), OUT_OF_TURN)
def test_an_act_out_of_turn_is_refused_and_leaves_no_trace(
    office: Office, state: State, act: Act, said: dict[str, Any]
) -> None:
    document_id = office.document(state)
    with office.unchanged(), pytest.raises(ActOutOfOrder) as refused:
        office.act(act, document_id, **said)
    assert (refused.value.data["act"], refused.value.data["state"]) == (act.value, state.value)
    assert act.vi in refused.value.message("vi") and state.en in refused.value.message("en")


@pytest.mark.rule("N30-22")
@pytest.mark.parametrize("act", [Act.PRESENT, Act.DIRECT, Act.TRANSFER, Act.START, Act.COMPLETE])
def test_an_unregistered_document_goes_to_nobody(office: Office, act: Act) -> None:
    document_id = office.document(State.ARRIVED)
    with office.unchanged(), pytest.raises(ActOutOfOrder):
        office.act(act, document_id)


@pytest.mark.parametrize(("state", "act"), IN_TURN)
def test_every_act_needs_its_role_in_the_agency_of_the_document(
    office: Office, state: State, act: Act
) -> None:
    document_id = office.document(state)
    if act is Act.TRANSFER_DIRECTLY:
        office.allow_direct_transfer()
    if act is Act.RECEIVE_PAPER:
        office.act(Act.EXPECT_PAPER, document_id)
    wrong_roles = person("hoa", *set(Role) - MAY.get(act, DOER[act].roles) - {Role.SERVICE})
    nobody = msgspec.structs.replace(DOER[act], roles=frozenset())
    for who in (STRANGER, wrong_roles, nobody, AUDITOR):
        with office.unchanged(), pytest.raises(Denied):
            office.act(act, document_id, who)
    office.act(act, document_id)


@pytest.mark.parametrize("act", sorted({act for act, _, _ in TABLE}))
def test_an_unknown_document_is_not_found(office: Office, act: Act) -> None:
    office.document(State.ARRIVED)
    with office.unchanged(), pytest.raises(NotFound):
        office.act(act, uuid4())


def test_only_the_leader_before_whom_it_is_directs(office: Office) -> None:
    document_id = office.document(State.PRESENTED)
    with office.unchanged(), pytest.raises(Denied):
        office.act(Act.DIRECT, document_id, person("tam", Role.LEADER))
    office.act(Act.DIRECT, document_id, LAN)


@pytest.mark.rule("R8.2d")
def test_the_whole_history_is_replayed_to_the_same_states(office: Office) -> None:
    document_id = office.arrival(reply=DUE)
    seen = [office.view(document_id)]
    office.tell("signing", verified(document_id))
    seen.append(office.view(document_id))
    for _, act in WAY:
        if act is Act.COMPLETE:
            office.tell("dispatch", issued(sender=OURS, to=(SENDER,), answers=(document_id,)))
            seen.append(office.view(document_id))
        office.act(act, document_id)
        seen.append(office.view(document_id))
    first, *rest = office.app.recorder.select_events(document_id)
    replayed = MAPPER.to_domain_event(first).mutate(None)
    for stored, view in zip(rest, seen, strict=True):
        replayed = MAPPER.to_domain_event(stored).mutate(replayed)
        assert replayed.view() == view
    with acting(MINH):
        history = office.app.list_history(aggregate_id=document_id)
    assert [entry.version for entry in history] == [1, *(view.version for view in seen)]
    for entry, before in zip(history[1:], history, strict=False):
        assert entry.after == before.digest


# -- refusing and registering ---------------------------------------------------------------------

EVIDENCE = FileRef(name="r.json", sha256="e" * 64, size=9, media_type="application/json")
"""Signing's kept report on the signatures."""


@pytest.mark.rule("R5.1d-2")
def test_a_refusal_keeps_who_refused_why_and_the_checks_he_had_seen(office: Office) -> None:
    document_id = office.arrival()
    told = verified(document_id, Verdict.BROKEN, LegalValue.INFORMATION_ONLY)
    office.tell("signing", msgspec.structs.replace(told, reports=[EVIDENCE]))
    with office.unchanged(), pytest.raises(IntegrityFailed):
        office.act(Act.REGISTER, document_id)
    reason = "Tệp bị hỏng khi truyền"
    office.act(Act.REFUSE, document_id, code=RefusalCode.INTEGRITY_FAILED, reason=reason)
    with acting(AUDITOR):
        last = office.app.list_history(aggregate_id=document_id)[-1]
    assert last.actor == HOA.actor
    assert last.body["verdict"] == "BROKEN" and last.body["reason"] == reason
    gate, signatures = last.body["evidence"]
    assert gate["sha256"] == REPORT.sha256 and signatures["sha256"] == EVIDENCE.sha256


def test_registration_waits_for_the_verdict(office: Office) -> None:
    document_id = office.arrival()
    with office.unchanged(), pytest.raises(SignaturesNotVerified):
        office.act(Act.REGISTER, document_id)
    office.tell("signing", verified(document_id))
    assert office.act(Act.REGISTER, document_id).number == 1


def test_two_hundred_registered_at_once_get_the_numbers_1_to_200(office: Office) -> None:
    arrivals = [issued() for _ in range(200)]
    office.tell("dispatch", *arrivals)
    ids = [delivery_id(arrival.document_id, OURS) for arrival in arrivals]
    for document_id in ids:
        office.admit(document_id)
    office.tell("signing", *(verified(id) for id in ids))
    with ThreadPoolExecutor(32) as clerks:
        given = list(clerks.map(partial(office.act, Act.REGISTER), ids))
    assert sorted(number.number for number in given) == list(range(1, 201))
    assert {(number.agency, number.book, number.year) for number in given} == {
        (OURS, "incoming", 2026)
    }
    assert [office.view(id).number for id in ids] == given


def test_each_agency_and_each_year_has_its_own_numbers(office: Office) -> None:
    def number(agency: str, at: str) -> tuple[int, int]:
        office.now = office.now.fromisoformat(at + "+07:00")
        letter = issued(to=(agency,))
        office.tell("dispatch", letter)
        document_id = delivery_id(letter.document_id, agency)
        office.admit(document_id)
        office.tell("signing", verified(document_id))
        given = office.act(Act.REGISTER, document_id, person("x", Role.CLERK, agency=agency))
        return given.year, given.number

    assert number(OURS, "2024-12-31T16:00") == (2024, 1)
    assert number(THEIRS, "2024-12-31T16:00") == (2024, 1)
    assert number(OURS, "2024-12-31T17:20") == (2025, 1)
    assert number(OURS, "2025-01-02T07:00") == (2025, 2)
    assert number(THEIRS, "2024-12-31T16:30") == (2024, 2)


def test_a_refused_registration_takes_no_number(office: Office) -> None:
    unverified, sound = office.arrival(), office.document(State.ARRIVED)
    with pytest.raises(SignaturesNotVerified):
        office.act(Act.REGISTER, unverified)
    assert office.act(Act.REGISTER, sound).number == 1


def test_the_same_command_is_done_once_and_answered_twice_the_same(office: Office) -> None:
    document_id = office.document(State.ARRIVED)
    again = msgspec.structs.replace(HOA, command_id=uuid4())
    first = office.act(Act.REGISTER, document_id, again)
    with office.unchanged():
        assert office.act(Act.REGISTER, document_id, again) == first


# -- what dispatch and signing tell ---------------------------------------------------------------


def test_an_issued_document_arrives_at_each_agency_of_the_platform(office: Office) -> None:
    letter = issued(to=(OURS, THEIRS, ON_AXIS), reply=DUE, urgency=Urgency.URGENT)
    office.tell("dispatch", letter)
    view = office.view(delivery_id(letter.document_id, OURS))
    assert (view.state, view.reply, view.files) == (State.ARRIVED, DUE, [FILE])
    assert (view.urgency, view.subject, view.kind) == (Urgency.URGENT, letter.subject, letter.kind)
    assert view.origin.document_id == letter.document_id
    assert view.origin.notation == letter.number.notation
    with acting(AUDITOR):
        theirs = office.app.get_document(document_id=delivery_id(letter.document_id, THEIRS))
        assert theirs.agency == THEIRS
        with pytest.raises(NotFound):
            office.app.get_document(document_id=delivery_id(letter.document_id, ON_AXIS))


def test_what_is_told_twice_happens_once(office: Office) -> None:
    letter = issued(reply=DUE)
    document_id = delivery_id(letter.document_id, OURS)
    reply = issued(sender=OURS, to=(SENDER,), answers=(document_id,))
    story: list[tuple[str, PublicEvent]] = [
        ("dispatch", letter),
        ("signing", verified(document_id)),
        ("dispatch", reply),
    ]
    for source, event in story:
        office.tell(source, event)
    before, documents = office.view(document_id), len(office.told())
    for source, event in [*story, *reversed(story)]:
        office.tell(source, event)
    assert office.view(document_id) == before and len(office.told()) == documents
    office.tell("dispatch", letter, letter, reply, reply)
    assert office.view(document_id) == before and len(office.told()) == documents


def test_what_is_told_in_another_order_does_no_harm(office: Office) -> None:
    letter = issued()
    document_id = delivery_id(letter.document_id, OURS)
    reply = issued(sender=OURS, to=(SENDER,), answers=(document_id,))
    office.tell("signing", verified(document_id))
    office.tell("dispatch", reply, letter)
    assert office.view(document_id).verdict is None
    office.tell("signing", verified(document_id))
    office.tell("dispatch", reply)
    view = office.view(document_id)
    assert (view.verdict, view.replies) == (Verdict.TRUSTED, [reply.document_id])


def test_a_reply_is_linked_by_the_agency_that_holds_the_document_only(office: Office) -> None:
    document_id = office.document(State.IN_PROGRESS, reply=DUE)
    before = office.view(document_id)
    office.tell("dispatch", issued(sender=THEIRS, to=(SENDER,), answers=(document_id, uuid4())))
    assert office.view(document_id) == before
    reply = issued(sender=OURS, to=(SENDER,), answers=(uuid4(), document_id))
    office.tell("dispatch", reply)
    assert office.view(document_id).replies == [reply.document_id]


@pytest.mark.rule("R10.2-1")
def test_the_raw_instant_is_that_of_the_arrival_event_also_after_everything(
    office: Office,
) -> None:
    entered_at = office.now
    document_id = office.arrival()
    office.tell("signing", verified(document_id))
    office.now += timedelta(minutes=90)
    for _, act in WAY:
        office.act(act, document_id)
    told = office.envelopes()[0]
    assert told.body["entered_at"] == told.at.astimezone(entered_at.tzinfo).isoformat()
    assert told.at == office.view(document_id).entered_at == entered_at


def test_the_calendar_is_that_of_the_profile(office: Office) -> None:
    other = Office("B", office.now.replace(hour=17, minute=10))
    view = other.view(other.arrival())
    assert view.effective_at == view.entered_at == other.now
    assert view.calendar == Calendar.of("B").version


# -- what the gateway hands in --------------------------------------------------------------------


def test_a_received_document_keeps_its_files_and_answers_its_id_here(office: Office) -> None:
    envelope = office.envelope(reply=DUE)
    with acting(GATEWAY):
        document_id = office.app.receive_document(**envelope)
    assert document_id == delivery_id(envelope["origin"].document_id, OURS)
    file = envelope["files"][0]
    assert set(office.shelf.uploads) == {file.sha256} and file.sha256 not in office.shelf.kept
    view = office.view(document_id)
    assert (view.origin, view.files, view.reply) == (envelope["origin"], [file], DUE)
    with acting(GATEWAY), pytest.raises(DocumentAlreadyArrived), office.unchanged():
        office.app.receive_document(**envelope)


def test_a_damaged_or_missing_file_stays_out(office: Office) -> None:
    missing = office.envelope(files=[FileRef(name="x.pdf", sha256="a" * 64, size=1)])
    none = office.envelope(files=[])
    damaged = office.envelope()
    [upload] = office.shelf.uploads
    office.shelf.uploads[upload] = b"%PDF-1.7 khac"
    cases: list[tuple[dict[str, Any], type[Refused]]] = [
        (damaged, FileDamaged),
        (missing, FileMissing),
        (none, Invalid),
    ]
    for envelope, refusal in cases:
        with acting(GATEWAY), office.unchanged(), pytest.raises(refusal):
            office.app.receive_document(**envelope)
    assert set(office.shelf.kept) == {FILE.sha256}


def test_only_the_gateway_hands_in_documents(office: Office) -> None:
    envelope = office.envelope()
    everything_else = person("hoa", *set(Role) - {Role.AXIS})
    for who in (HOA, everything_else):
        with acting(who), office.unchanged(), pytest.raises(Denied):
            office.app.receive_document(**envelope)
    assert set(office.shelf.kept) == {FILE.sha256}


@pytest.mark.parametrize("secrecy", sorted(set(Secrecy) - {Secrecy.NONE}))
def test_of_an_item_with_a_secrecy_mark_only_the_envelope_is_kept(
    office: Office, secrecy: Secrecy
) -> None:
    file = FileRef(name="ke-hoach-tac-chien.pdf", sha256="c" * 64, size=77)
    subject = "Về việc phương án tác chiến"
    document_id = office.receive(files=[file], subject=subject, secrecy=secrecy)
    view = office.view(document_id)
    assert view.state is State.QUARANTINED
    assert (view.files, view.subject, view.origin.agency) == ([], "", "G11")
    assert set(office.shelf.kept) == {FILE.sha256}
    everything = b"".join(
        stored.state for stored in office.app.recorder.select_notifications(0, 1000)
    )
    assert b"intake.IncomingDocument" in everything and secrecy.value.encode() in everything
    for word in (file.name, file.sha256, subject):
        assert word.encode() not in everything
    assert [event.TYPE for event in office.told()] == ["intake.DocumentQuarantined"]
