"""What may be: a line per recipient that only moves forward, and keeps every status as it came."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from contracts.tracking import (
    Alarm,
    AlarmKind,
    DeliveryState,
    DeliveryView,
    NoPaperAwaited,
    NothingToResend,
    StatusLine,
)
from contracts.values import Route, StatusCode, Urgency
from contracts.working_time import Calendar, Deadline, midnight, sent_at, silence_alarms
from services.kernel.aggregate import Aggregate
from services.tracking.domain import alarming, sending
from services.tracking.domain.states import START, Turn, after_status, after_turn


class Delivery(Aggregate, service="tracking"):
    """One document at one recipient (một dòng nơi nhận; R9.3a).

    The line begins with whichever event of it comes first. It is open, and seen, once the sender's
    issue is read: a status that came before is kept until then. `reply_due_on` is the last day of
    a reply that was asked for (R9.2d). `clerk` issued it, `drafter` is its lead drafter.
    """

    document_id: UUID
    sender: str
    recipient: str
    reply_due_on: date | None
    state: DeliveryState = DeliveryState.SENT
    route: Route = Route.PLATFORM
    urgency: Urgency = Urgency.ORDINARY
    clerk: str = ""
    drafter: str = ""
    recipient_name: str = ""
    issued_at: datetime | None = None
    issue_due_at: datetime | None = None
    send_due_at: datetime | None = None
    left_at: datetime | None = None
    axis_due_at: datetime | None = None
    arrival_due_at: datetime | None = None
    answer_due_at: datetime | None = None
    axis_accepted_at: datetime | None = None
    failed_at: datetime | None = None
    acknowledged_at: datetime | None = None
    answered_on: date | None = None
    paper_confirmed_on: date | None = None
    failures: list[str] = field(default_factory=list)
    history: list[StatusLine] = field(default_factory=list)
    replies: list[UUID] = field(default_factory=list)
    alarms: dict[AlarmKind, Alarm] = field(default_factory=dict)

    AxisTook = sending.AxisTook
    AxisRefused = sending.AxisRefused
    SentAgain = sending.SentAgain
    PaperConfirmed = sending.PaperConfirmed
    AlarmRaised = alarming.AlarmRaised
    AlarmAcknowledged = alarming.AlarmAcknowledged
    AlarmClosed = alarming.AlarmClosed
    raise_alarms = alarming.raise_alarms
    acknowledge_alarm = alarming.acknowledge_alarm
    close_alarm = alarming.close_alarm

    class Begun(Aggregate.Created):
        """The first of the line was heard, from the sender or from the recipient."""

        document_id: UUID
        sender: str
        recipient: str
        reply_due_on: date | None

    class Opened(Aggregate.Event):
        """The sender issued the document to this recipient; where it starts if nothing was heard.

        Words of `axis_due_at` and `arrival_due_at` are due by calendar version `calendar`.
        """

        document_id: UUID
        sender: str
        recipient: str
        recipient_name: str
        issued_at: datetime
        reply_due_on: date | None
        route: Route = Route.PLATFORM
        urgency: Urgency = Urgency.ORDINARY
        clerk: str = ""
        drafter: str = ""
        state: DeliveryState = DeliveryState.SENT
        axis_due_at: datetime | None = None
        arrival_due_at: datetime | None = None
        calendar: str = ""
        notation: str = ""
        subject: str = ""
        issue_due_at: datetime | None = None
        send_due_at: datetime | None = None

        def apply(self, delivery: Delivery) -> None:
            for name in TOLD_AT_ISSUE:
                setattr(delivery, name, getattr(self, name))
            if not delivery.history:
                delivery.state = self.state

    class StatusRecorded(Aggregate.Event):
        """The recipient told a status; `state` is that of the line with it.

        His next word is due at `answer_due_at` by calendar version `calendar`, where one is owed.
        """

        document_id: UUID
        sender: str
        recipient: str
        code: StatusCode
        at: datetime
        reason: str
        state: DeliveryState
        answer_due_at: datetime | None = None
        calendar: str = ""

        def apply(self, delivery: Delivery) -> None:
            delivery.state = self.state
            delivery.answer_due_at = self.answer_due_at or delivery.answer_due_at
            delivery.history.append(StatusLine(code=self.code, at=self.at, reason=self.reason))
            if self.code is StatusCode.ARRIVED and delivery.acknowledged_at is None:
                delivery.acknowledged_at = self.at
                delivery.left_at = delivery.left_at or self.at

    class Answered(Aggregate.Event):
        """The recipient issued a reply (R9.2đ); the first one counts for the due day."""

        document_id: UUID
        sender: str
        recipient: str
        reply_document_id: UUID
        answered_on: date
        on_time: bool

        def apply(self, delivery: Delivery) -> None:
            delivery.answered_on = delivery.answered_on or self.answered_on
            delivery.replies.append(self.reply_document_id)

    @property
    def reply_due_at(self) -> datetime | None:
        """24:00 of the last day of a reply that is still owed."""
        if self.reply_due_on is None or self.answered_on is not None:
            return None
        return midnight(self.reply_due_on + timedelta(days=1))

    @property
    def is_open(self) -> bool:
        """Whether the sender's issue was read."""
        return self.issued_at is not None

    def open(
        self,
        recipient_name: str,
        issued_at: datetime,
        reply_due_on: date | None,
        calendar: Calendar,
        route: Route = Route.PLATFORM,
        urgency: Urgency = Urgency.ORDINARY,
        **told: Any,
    ) -> None:
        """The document went out to this recipient. `told` is what else the issue says."""
        if self.is_open:
            return
        axis_due_at, arrival_due_at = alarming.silence(route, issued_at, urgency, calendar)
        self.trigger_event(
            self.Opened,
            **self.named(),
            recipient_name=recipient_name,
            issued_at=issued_at,
            reply_due_on=reply_due_on,
            route=route,
            urgency=urgency,
            state=self.state if self.history else START[route],
            axis_due_at=axis_due_at,
            arrival_due_at=arrival_due_at,
            calendar=calendar.version,
            **told,
        )

    def record_status(
        self, code: StatusCode, at: datetime, reason: str = "", next_due: Deadline | None = None
    ) -> None:
        """Keep one status as it came; an exact repeat is ignored (3.1).

        The recipient's next word is due at `next_due`, where he owes one.
        """
        if StatusLine(code=code, at=at, reason=reason) in self.history:
            return
        told: dict[str, Any] = {"code": code, "at": at, "reason": reason}
        told["state"] = after_status(self.state, code)
        if next_due is not None and told["state"] is not self.state:
            told |= {"answer_due_at": next_due.due_at, "calendar": next_due.calendar}
        self.trigger_event(self.StatusRecorded, **self.named(), **told)
        self._cure(at)

    def record_reply(self, reply_document_id: UUID, answered_on: date, at: datetime) -> None:
        """Keep one reply; it is on time until 24:00 of the due day, or where none was set."""
        if reply_document_id not in self.replies:
            on_time = self.reply_due_on is None or answered_on <= self.reply_due_on
            reply = {"reply_document_id": reply_document_id, "answered_on": answered_on}
            self.trigger_event(self.Answered, **self.named(), **reply, on_time=on_time)
            self._cure(at)

    # -- the sender's own end ------------------------------------------------------------------

    def take_axis_answer(self, at: datetime) -> None:
        """The axis took the document."""
        self._turn(self.AxisTook, Turn.TAKEN, at)

    def fail(self, told: str, at: datetime, agency: str) -> None:
        """The axis refused a message of `agency`, for good: an alarm at once."""
        if agency == self.sender:
            self._turn(self.AxisRefused, Turn.REJECTED, at, told=told)
            self.raise_alarms(at)
        else:
            self.alarm(self.AlarmRaised, alarming.of_failure(agency, told, at))

    def resend(self, at: datetime) -> bool:
        """Send the same bytes again; whether they do not wait already (3.4)."""
        waits = self.state in (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.QUEUED)
        if self.route is not Route.AXIS or not waits:
            raise NothingToResend(state_vi=self.state.vi, state_en=self.state.en)
        if self.state is DeliveryState.QUEUED:
            return False
        urgent = self.urgency is not Urgency.ORDINARY
        axis_due_at, arrival_due_at = silence_alarms(at, urgent=urgent)
        dues = {"axis_due_at": axis_due_at, "arrival_due_at": arrival_due_at}
        self._turn(self.SentAgain, Turn.RESENT, at, **dues)
        return True

    def confirm_paper(self, confirmed_on: date, note: str, at: datetime) -> None:
        """The recipient has the paper; of one that is wanted back, gave it back (R5.1b-2)."""
        state = self.state
        awaited = state in (DeliveryState.PAPER, DeliveryState.RECALLING)
        if self.route is not Route.PAPER or not awaited:
            raise NoPaperAwaited(state_vi=state.vi, state_en=state.en)
        if state is DeliveryState.RECALLING:
            self.record_status(StatusCode.AGREED, at, note)
        else:
            self._turn(
                self.PaperConfirmed, Turn.CONFIRMED, at, confirmed_on=confirmed_on, note=note
            )

    def _turn(self, kind: type[Any], turn: Turn, at: datetime, **told: object) -> None:
        state = after_turn(self.state, turn)
        self.trigger_event(kind, **self.named(), state=state, at=at, **told)
        self._cure(at)

    def _cure(self, at: datetime) -> None:
        for alarm in alarming.cured(self):
            self.alarm(self.AlarmClosed, alarming.closed(alarm, "", "", at))

    def alarm(self, kind: type[Any], alarm: Alarm) -> None:
        """Record what became of an alarm."""
        self.trigger_event(kind, **self.named(), alarm=alarm)

    def named(self) -> dict[str, Any]:
        """Whose line it is, as every event of it says."""
        return {name: getattr(self, name) for name in ("document_id", "sender", "recipient")}

    def view(self) -> DeliveryView:
        """The open line as its sender and recipient see it."""
        made = {"delivery_id", "sent_at", "alarms", "issued_on_time", "sent_on_time"}
        names = set(DeliveryView.__struct_fields__) - made
        facts: dict[str, Any] = {name: getattr(self, name) for name in names}
        assert self.issued_at is not None
        sent = sent_at(self.issued_at, self.acknowledged_at)
        facts |= {"delivery_id": self.id, "sent_at": sent, "alarms": list(self.alarms.values())}
        facts["issued_on_time"] = _by(self.issue_due_at, self.issued_at)
        facts["sent_on_time"] = _by(self.send_due_at, self.left_at)
        return DeliveryView(**facts)


def _by(due_at: datetime | None, at: datetime | None) -> bool | None:
    """Whether something was done by its due instant; nothing where either is not known."""
    return None if due_at is None or at is None else at <= due_at


TOLD_AT_ISSUE = (
    *("recipient_name", "issued_at", "reply_due_on", "route", "urgency"),
    *("clerk", "drafter", "axis_due_at", "arrival_due_at", "issue_due_at", "send_due_at"),
)
