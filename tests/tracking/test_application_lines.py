"""Every line ends: in a receipt, in a refusal, or in an alarm that somebody owns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from contracts import edxml
from contracts.dispatch import RecallOrdered
from contracts.errors import Denied, Refused
from contracts.tracking import Alarm, AlarmKind, DeliveryState, NoPaperAwaited, NothingToResend
from contracts.values import ReplyRequest, Role, Route, StatusCode, delivery_id
from contracts.working_time import VIETNAM, issue_due
from services.kernel.context import acting, the_service
from services.tracking.domain import ENDED, FORWARD, Delivery, package_id
from services.tracking.domain.alarming import RULES
from tests.tracking.desk import Desk, clerk
from tests.tracking.told import CALENDAR, MONDAY, SENDER, Letter

THEIRS = "H47.09"
REPLY = ReplyRequest(content="Số liệu", due_on=date(2026, 3, 6))


class Line:
    """One line on a route, with a clock that moves on with every act."""

    def __init__(self, route: Route, letter: Letter | None = None) -> None:
        self.at = MONDAY
        self.desk = Desk(now=lambda: self.at)
        self.letter = letter or Letter(recipients=(THEIRS,))
        self.id = delivery_id(self.letter.id, THEIRS)
        issued = self.letter.issued()
        (to,) = issued.addressees
        self.to = replace(to, route=route)
        self.issued = replace(issued, addressees=[self.to])
        self.desk.dispatch.tell(self.letter.id, self.issued, MONDAY)
        self.desk.read_all()
        self._fingerprints = count()

    def pass_time(self, **span: float) -> None:
        self.at += timedelta(**span)
        with acting(the_service("tracking")), self.desk.tracking.group.page() as work:
            work.run(lambda: self.desk.tracking.raise_alarms_of(delivery_id=self.id))

    def tell(self, code: StatusCode) -> None:
        """The recipient tells a status over the axis."""
        status = edxml.Status(
            sender=edxml.Party(code=THEIRS),
            about=edxml.ResponseFor(
                agency=SENDER, code="01/SNV-VP", promulgated_on=self.letter.number().issued_on
            ),
            code=code.value,
            description="Lý do",
            at=self.at,
        )
        said = {"fingerprint": f"{next(self._fingerprints):064x}", "receipt": "", "verdict": None}
        with acting(the_service("tracking")), self.desk.tracking.group.page() as work:
            work.run(
                lambda: self.desk.tracking.take_status(box=SENDER, message=status, **said)  # type: ignore
            )

    def axis(self, taken: bool) -> None:
        tracking, id = self.desk.tracking, package_id(self.id)
        with acting(the_service("tracking")):
            if taken:
                tracking.record_sent(package_id=id, doc_id="1")
            else:
                tracking.record_rejected(package_id=id, code="18", told="không có nơi nhận")

    def resend(self) -> None:
        with acting(clerk(SENDER)):
            self.desk.tracking.resend_document(delivery_id=self.id)

    def recall(self) -> None:
        same = ("document_id", "agency", "agency_name", "number", "kind", "subject", "urgency")
        facts = {name: getattr(self.issued, name) for name in (*same, "signer", "addressees")}
        order = {"order_id": UUID(int=1), "reason": "Gửi nhầm", "ordered_at": self.at}
        self.desk.dispatch.tell(self.letter.id, RecallOrdered(**facts, **order), self.at)
        self.desk.read_all()

    def confirm(self) -> None:
        with acting(clerk(SENDER)):
            self.desk.tracking.confirm_paper(
                delivery_id=self.id, confirmed_on=self.at.date(), note="Phiếu gửi 12"
            )

    def close(self, kind: AlarmKind) -> None:
        with acting(clerk(SENDER)):
            self.desk.tracking.close_alarm(delivery_id=self.id, kind=kind, note="Đã gọi điện")

    @property
    def now(self) -> Delivery:
        return self.desk.tracking.load(Delivery, self.id)


def act(line: Line, step: object) -> None:
    """One step; what is out of order is refused and changes nothing."""
    version = line.now.version
    line.at += timedelta(minutes=7)
    acts: dict[object, Callable[[], None]] = {
        "taken": lambda: line.axis(True),
        "rejected": lambda: line.axis(False),
        "resend": line.resend,
        "recall": line.recall,
        "confirm": line.confirm,
        "wait": lambda: line.pass_time(days=1),
    }
    try:
        if isinstance(step, StatusCode):
            line.tell(step)
        elif isinstance(step, AlarmKind):
            line.close(step)
        else:
            acts[step]()
    except Refused:
        assert line.now.version == version


def is_minded(alarm: Alarm, state: DeliveryState) -> bool:
    """Whether it is of waiting in this state, and somebody has it, or said why it is over."""
    of_state = any(rule.kind is alarm.kind and state in rule.states for rule in RULES)
    if alarm.kind is AlarmKind.REPLY_LATE or not of_state:
        return False
    return bool(alarm.owner) if alarm.closed_at is None else bool(alarm.closed_by and alarm.note)


CODES = [code for code in StatusCode if code is not StatusCode.TAKE_BACK]
STEPS = st.sampled_from(
    [*CODES, *AlarmKind, "taken", "rejected", "resend", "recall", "confirm", "wait"]
)


@example(route=Route.AXIS, steps=["rejected", "taken"])
@settings(max_examples=250, deadline=None)
@given(route=st.sampled_from([Route.AXIS, Route.PAPER]), steps=st.lists(STEPS, max_size=8))
def test_every_line_ends(route: Route, steps: list[object]) -> None:
    """Whatever is told in whatever order: never backwards, nothing lost, nobody waits for ever."""
    line = Line(route, Letter(recipients=(THEIRS,), reply=REPLY))
    told = 0
    for step in steps:
        before = line.now
        act(line, step)
        after = line.now
        told += len(after.history) - len(before.history)
        if isinstance(step, StatusCode) and before.state in FORWARD and after.state in FORWARD:
            assert FORWARD.index(after.state) >= FORWARD.index(before.state)
        assert after.history[: len(before.history)] == before.history
    line.pass_time(days=30)
    end = line.now
    kept = [is_minded(alarm, end.state) for alarm in end.alarms.values()]
    assert end.state in ENDED or any(kept), (end.state, end.alarms)
    assert len(end.history) == told
    assert (end.view().sent_at is None) == (end.acknowledged_at is None)
    line.desk.tracking.close()


def test_over_the_axis_a_line_is_queued_then_sent_then_arrived() -> None:
    line = Line(Route.AXIS)
    seen = [line.now.state]
    line.axis(taken=True)
    seen.append(line.now.state)
    assert line.now.view().axis_accepted_at == MONDAY and line.now.view().sent_at is None
    line.tell(StatusCode.ARRIVED)
    seen.append(line.now.state)
    assert seen == [DeliveryState.QUEUED, DeliveryState.SENT, DeliveryState.ARRIVED]
    assert line.now.view().sent_at == MONDAY


@pytest.mark.rule("R9.3a")
def test_only_a_clerk_of_the_sender_sends_again_and_only_until_the_recipient_answers() -> None:
    line = Line(Route.AXIS)
    line.axis(taken=False)
    assert (line.now.state, line.now.failures) == (DeliveryState.FAILED, ["18: không có nơi nhận"])
    officer = replace(clerk(SENDER), roles=frozenset({Role.OFFICER}))
    for stranger in (officer, clerk(THEIRS)):
        with acting(stranger), pytest.raises(Denied):
            line.desk.tracking.resend_document(delivery_id=line.id)
    line.resend()
    assert line.now.state is DeliveryState.QUEUED
    line.axis(taken=True)
    line.tell(StatusCode.ARRIVED)
    with pytest.raises(NothingToResend):
        line.resend()


def test_a_recipient_without_software_has_a_paper_line_until_it_is_confirmed() -> None:
    line = Line(Route.PAPER)
    assert line.now.state is DeliveryState.PAPER
    with pytest.raises(NothingToResend):
        line.resend()
    assert line.desk.tracking.find(Delivery, package_id(line.id)) is None
    line.pass_time(days=10)
    assert [alarm.kind for alarm in line.now.view().alarms] == [AlarmKind.PAPER_UNCONFIRMED]
    line.confirm()
    view = line.now.view()
    assert (view.state, view.paper_confirmed_on) == (
        DeliveryState.PAPER_CONFIRMED,
        line.at.date(),
    )
    assert view.alarms[0].closed_at == line.at
    with pytest.raises(NoPaperAwaited):
        line.confirm()


def test_paper_is_confirmed_of_paper_lines_alone() -> None:
    line = Line(Route.AXIS)
    line.recall()
    with pytest.raises(NoPaperAwaited):
        line.confirm()


def test_paper_that_is_wanted_back_is_recalled_when_it_was_given_back() -> None:
    line = Line(Route.PAPER)
    line.recall()
    assert line.now.state is DeliveryState.RECALLING
    line.confirm()
    assert line.now.state is DeliveryState.RECALLED


@pytest.mark.rule("R10.1")
def test_without_an_answer_until_two_there_are_alarms_at_five_past_and_half_past() -> None:
    """W36: issued at 10:00, the 01 at 14:00."""
    line = Line(Route.AXIS)
    raised: list[datetime] = []
    for minute in range(0, 240, 5):
        line.at = MONDAY + timedelta(minutes=minute)
        line.pass_time(minutes=0)
        raised += [a.raised_at for a in line.now.view().alarms if a.raised_at == line.at]
        assert line.now.view().sent_at is None
    assert raised == [MONDAY + timedelta(minutes=5), MONDAY + timedelta(minutes=30)]
    line.at = MONDAY + timedelta(hours=4)
    line.tell(StatusCode.ARRIVED)
    assert line.now.view().sent_at == MONDAY


@pytest.mark.rule("Q28-6.2a")
@pytest.mark.parametrize(("second", "on_time"), [(0, True), (1, False)])
def test_sent_after_the_end_of_the_next_morning_is_late(second: int, on_time: bool) -> None:
    """W34: issued on Thursday at 9:00, to be sent by Friday, 11:30:00."""
    thursday = datetime(2024, 3, 14, 9, tzinfo=VIETNAM)
    line = Line(Route.AXIS, Letter(recipients=(THEIRS,), issued_at=thursday))
    assert line.now.view().sent_on_time is None
    line.at = datetime(2024, 3, 15, 11, 30, second, tzinfo=VIETNAM)
    line.axis(taken=True)
    assert line.now.view().sent_on_time is on_time
    line.at += timedelta(days=1)
    line.tell(StatusCode.ARRIVED)
    assert line.now.view().sent_on_time is on_time


@pytest.mark.rule("N30-18.1")
@pytest.mark.parametrize(("day", "on_time"), [(6, True), (9, False)])
def test_signed_on_thursday_is_issued_on_friday_in_time_on_monday_late(
    day: int, on_time: bool
) -> None:
    signed_at = datetime(2026, 3, 5, 16, 30, tzinfo=VIETNAM)
    issued_at = datetime(2026, 3, day, 16, tzinfo=VIETNAM)
    due_at = issue_due(CALENDAR, signed_at).due_at
    letter = Letter(recipients=(THEIRS,), issued_at=issued_at, issue_due_at=due_at)
    assert Line(Route.PLATFORM, letter).now.view().issued_on_time is on_time
