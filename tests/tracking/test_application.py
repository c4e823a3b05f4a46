"""Tracking told by dispatch and intake, in memory: who received what, whatever came first."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from itertools import chain
from uuid import UUID, uuid4

import pytest

from contracts.envelope import Actor
from contracts.errors import Denied, NotFound
from contracts.tracking import Archiving, DeliveryState, Dossiers, Tasks
from contracts.tracking import Tracking as Promise
from contracts.values import ReplyRequest, Role, StatusCode, delivery_id
from services.kernel.context import Circumstances, acting
from tests.tracking.desk import AUDITOR, Desk, clerk
from tests.tracking.told import MONDAY, SENDER, Copy, Letter

FIVE = ("H47.09", "H47.11", "H47.12", "H47.13", "H47.14")


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.tracking.close()


def whole_story(desk: Desk, letter: Letter) -> Copy:
    """The letter is issued; the first recipient goes all the way, the second refuses."""
    desk.dispatch.tell(letter.id, letter.registered(), MONDAY)
    desk.dispatch.tell(letter.id, letter.issued(), MONDAY)
    copy, refused = (letter.at(code) for code in letter.recipients[:2])
    reply_on = date(2026, 3, 4)
    for minute, (about, event) in enumerate(
        [
            (copy, copy.arrived(MONDAY + timedelta(seconds=7))),
            (refused, refused.arrived(MONDAY + timedelta(seconds=9))),
            (copy, copy.registered(MONDAY)),
            (refused, refused.refused("Tệp bị hỏng, đề nghị gửi lại")),
            (copy, copy.directed(None)),
            (copy, copy.transferred(MONDAY + timedelta(minutes=90))),
            (copy, copy.started()),
            (copy, copy.answered(reply_on, UUID(int=5))),
            (copy, copy.completed(MONDAY + timedelta(days=2))),
        ]
    ):
        desk.intake.tell(about.id, event, MONDAY + timedelta(minutes=minute))
    return copy


def asking_letter() -> Letter:
    asked = ReplyRequest(content="Số liệu quý I", due_on=date(2026, 3, 6))
    return Letter(recipients=FIVE[:2], reply=asked)


@pytest.mark.rule("R9.3a")
@pytest.mark.rule("Q28-8.2a")
def test_after_three_of_five_answered_01_three_have_received_and_two_are_outstanding(
    desk: Desk,
) -> None:
    letter = Letter(recipients=FIVE)
    desk.dispatch.tell(letter.id, letter.issued(), MONDAY)
    for code in FIVE[1:4]:
        copy = letter.at(code)
        desk.intake.tell(copy.id, copy.arrived(MONDAY + timedelta(seconds=7)), MONDAY)
    desk.read_all()
    lines = desk.lines(letter)
    outstanding = [line.recipient for line in lines if line.acknowledged_at is None]
    received = {line.recipient: line.acknowledged_at for line in lines if line.acknowledged_at}
    assert outstanding == [FIVE[0], FIVE[4]]
    assert received == dict.fromkeys(FIVE[1:4], MONDAY + timedelta(seconds=7))
    assert [line.state for line in lines[:2]] == [DeliveryState.SENT, DeliveryState.ARRIVED]
    assert [line.sent_at for line in lines[:2]] == [None, MONDAY]


def test_the_sender_sees_every_status_with_its_instant_and_the_reply(desk: Desk) -> None:
    letter = asking_letter()
    copy = whole_story(desk, letter)
    desk.read_all()
    line, _ = desk.lines(letter)
    assert [(status.code.value, status.at) for status in line.history] == [
        ("01", MONDAY + timedelta(seconds=7)),
        ("03", MONDAY + timedelta(minutes=2)),
        ("04", MONDAY + timedelta(minutes=90)),
        ("05", MONDAY + timedelta(minutes=6)),
        ("06", MONDAY + timedelta(days=2)),
    ]
    assert (line.delivery_id, line.recipient_name) == (copy.id, "Sở Y tế")
    assert (line.reply_due_on, line.answered_on) == (date(2026, 3, 6), date(2026, 3, 4))
    assert line.state is DeliveryState.COMPLETED


@pytest.mark.rule("R5.1d-3")
def test_a_refusal_turns_the_senders_line_to_refused_with_the_same_reason(desk: Desk) -> None:
    letter = asking_letter()
    whole_story(desk, letter)
    desk.read_all()
    _, line = desk.lines(letter)
    assert line.state is DeliveryState.REFUSED
    assert line.history[-1].code is StatusCode.REFUSED
    assert line.history[-1].reason == "Tệp bị hỏng, đề nghị gửi lại"


def test_a_quarantined_copy_is_refused_without_ever_having_been_sent(desk: Desk) -> None:
    letter = Letter()
    copy = letter.at("H47.09")
    desk.dispatch.tell(letter.id, letter.issued(), MONDAY)
    desk.intake.tell(copy.id, copy.quarantined(MONDAY), MONDAY)
    desk.read_all()
    (line,) = desk.lines(letter)
    assert (line.state, line.sent_at) == (DeliveryState.REFUSED, None)
    assert line.history[0].reason


@pytest.mark.parametrize("seed", range(8))
def test_any_event_may_be_first(seed: int) -> None:
    letter = asking_letter()
    in_order, shuffled = Desk(), Desk()
    for desk in (in_order, shuffled):
        whole_story(desk, letter)
    in_order.read_all()
    dice = random.Random(seed)
    reading = [partial(shuffled.read, source) for source in (shuffled.dispatch, shuffled.intake)]
    for act in dice.choices(reading, k=20):
        act(dice.randint(1, 3))
    shuffled.read_all()
    assert shuffled.lines(letter) == in_order.lines(letter)


def test_a_status_before_the_issue_is_kept_until_the_line_is_open(desk: Desk) -> None:
    letter = Letter()
    copy = letter.at("H47.09")
    desk.intake.tell(copy.id, copy.arrived(MONDAY), MONDAY)
    desk.read_all()
    with acting(clerk(SENDER)), pytest.raises(NotFound):
        desk.tracking.get_delivery(delivery_id=copy.id)
    desk.dispatch.tell(letter.id, letter.issued(), MONDAY)
    desk.read_all()
    assert desk.lines(letter)[0].acknowledged_at == MONDAY


def test_events_told_twice_change_nothing(desk: Desk) -> None:
    letter = asking_letter()
    whole_story(desk, letter)
    desk.read_all()
    before, end = desk.lines(letter), desk.tracking.recorder.max_notification_id()
    for envelope in chain(desk.dispatch.events, desk.intake.events):
        desk.told(envelope)
    assert desk.lines(letter) == before
    assert desk.tracking.recorder.max_notification_id() == end


@pytest.mark.rule("Q28-9.2a")
def test_each_change_at_the_recipient_sends_exactly_one_status(desk: Desk) -> None:
    letter = Letter()
    copy = letter.at("H47.09")
    desk.dispatch.tell(letter.id, letter.issued(), MONDAY)
    desk.read_all()
    at = MONDAY + timedelta(hours=1)
    sent: list[list[str]] = []
    for event in (
        copy.arrived(MONDAY),
        copy.registered(MONDAY),
        copy.transferred(at),
        copy.started(),
        copy.completed(at),
    ):
        sent.append(_sent_after(desk, copy, event))
    assert sent == [["01"], ["03"], ["04"], ["05"], ["06"]]
    other = Letter()
    desk.dispatch.tell(other.id, other.issued(), MONDAY)
    desk.read_all()
    assert _sent_after(desk, other.at("H47.09"), other.at("H47.09").refused()) == ["02"]


def _sent_after(desk: Desk, copy: Copy, event: object) -> list[str]:
    """Codes of the statuses told because of one event."""
    place = desk.tracking.recorder.max_notification_id() or 0
    desk.intake.tell(copy.id, event, MONDAY)  # type: ignore[arg-type]
    desk.read_all()
    with acting(AUDITOR):
        told = desk.tracking.read_events(after=place).events
    return [envelope.body["code"] for envelope in told if envelope.type == "tracking.StatusSent"]


@pytest.mark.rule("Q28-6.3")
@pytest.mark.rule("N30-4.2d")
def test_a_state_changes_by_what_recipients_tell_and_no_method_lets_anyone_type_it(
    desk: Desk,
) -> None:
    letter = Letter()
    copy = letter.at("H47.09")
    for source, about, event in (
        (desk.dispatch, letter.id, letter.issued()),
        (desk.intake, copy.id, copy.arrived(MONDAY)),
    ):
        source.tell(about, event, MONDAY)
    desk.read_all()
    assert desk.lines(letter)[0].state is DeliveryState.ARRIVED
    promised = {name for name in dir(Promise) if not name.startswith("_")}
    acts = {name for name in promised if not name.startswith(("get_", "list_", "read_"))}
    on_dossiers = {name for protocol in (Dossiers, Archiving) for name in vars(protocol)}
    on_tasks = {name for name in vars(Tasks) if not name.startswith(("_", "list_"))}
    on_lines = {"resend_document", "confirm_paper", "acknowledge_alarm", "close_alarm"}
    assert acts - on_dossiers == {"unpark_events"} | on_lines | on_tasks


def test_lines_are_paged_by_the_recipients_code(desk: Desk) -> None:
    letter = Letter(recipients=tuple(reversed(FIVE)))
    desk.dispatch.tell(letter.id, letter.issued(), MONDAY)
    desk.read_all()
    with acting(clerk(SENDER)):
        pages = [
            desk.tracking.list_deliveries(document_id=letter.id, after=after, limit=2)
            for after in ("", FIVE[1], FIVE[3], FIVE[4])
        ]
    seen = [[line.recipient for line in page] for page in pages]
    assert seen == [list(FIVE[:2]), list(FIVE[2:4]), [FIVE[4]], []]


def test_a_line_is_for_its_sender_and_recipient_the_list_for_the_sender(desk: Desk) -> None:
    letter = Letter(recipients=FIVE[:2])
    desk.dispatch.tell(letter.id, letter.issued(), MONDAY)
    desk.read_all()
    line = delivery_id(letter.id, FIVE[0])
    for seeing in (clerk(SENDER), clerk(FIVE[0]), AUDITOR):
        with acting(seeing):
            assert desk.tracking.get_delivery(delivery_id=line).delivery_id == line
            assert len(desk.tracking.list_history(aggregate_id=line)) == 2
    with acting(clerk(FIVE[1])), pytest.raises(Denied):
        desk.tracking.get_delivery(delivery_id=line)
    with acting(clerk(FIVE[1])), pytest.raises(Denied):
        desk.tracking.list_history(aggregate_id=line)
    with acting(clerk(FIVE[0])), pytest.raises(Denied):
        desk.tracking.list_deliveries(document_id=letter.id)
    with acting(AUDITOR):
        assert len(desk.tracking.list_deliveries(document_id=letter.id)) == 2


@pytest.mark.rule("R9.3b-1")
def test_the_lead_drafter_follows_his_document_and_another_officer_does_not(desk: Desk) -> None:
    letter = Letter(recipients=FIVE[:1], drafter="cuong")
    copy = letter.at(FIVE[0])
    desk.dispatch.tell(letter.id, letter.issued(), MONDAY)
    for event in (copy.arrived(MONDAY), copy.registered(MONDAY), copy.started()):
        desk.intake.tell(copy.id, event, MONDAY)
    desk.read_all()
    with acting(officer("cuong")):
        (line,) = desk.tracking.list_deliveries(document_id=letter.id)
        assert desk.tracking.get_delivery(delivery_id=copy.id) == line
    assert [status.code.value for status in line.history] == ["01", "03", "05"]
    assert line.state is DeliveryState.IN_PROGRESS
    with acting(officer("dao")), pytest.raises(Denied):
        desk.tracking.list_deliveries(document_id=letter.id)
    with acting(officer("dao")), pytest.raises(Denied):
        desk.tracking.get_delivery(delivery_id=copy.id)


def officer(person: str) -> Circumstances:
    actor = Actor(person=person, agency=SENDER)
    return Circumstances(actor=actor, roles=frozenset({Role.OFFICER}))


def test_an_unknown_line_or_document_is_not_found(desk: Desk) -> None:
    with acting(AUDITOR):
        with pytest.raises(NotFound):
            desk.tracking.get_delivery(delivery_id=uuid4())
        with pytest.raises(NotFound):
            desk.tracking.list_deliveries(document_id=uuid4())


def test_a_line_keeps_instants_as_they_were_told(desk: Desk) -> None:
    letter = asking_letter()
    whole_story(desk, letter)
    desk.read_all()
    line, _ = desk.lines(letter)
    assert isinstance(line.issued_at, datetime)
    assert line.issued_at.isoformat() == "2026-03-02T10:00:00+07:00"
