"""Alarms of a line: by which rule one is due, whose it is, and what cures it (cảnh báo)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from msgspec.structs import replace

from contracts.envelope import Actor
from contracts.errors import Denied
from contracts.tracking import Alarm, AlarmKind, NoOpenAlarm
from contracts.tracking import DeliveryState as State
from contracts.values import Route, Urgency
from contracts.working_time import Calendar, in_vietnam, silence_alarms
from services.kernel.aggregate import Aggregate

if TYPE_CHECKING:
    from services.tracking.domain.delivery import Delivery

PAPER_DAYS = 5
"""Working days in which a recipient without software should have the paper."""
URGENT_ANSWER = timedelta(minutes=15)
"""How soon an urgent document is to be accepted or refused once it arrived (table 3.4)."""


class Rule(NamedTuple):
    """An alarm of this kind is due to a line in these states when the instant `due` passes."""

    kind: AlarmKind
    states: set[State]
    due: str


_REPLY = {*State} - {State.REFUSED, State.RECALLED}
RULES = (
    Rule(AlarmKind.NO_AXIS_ANSWER, {State.QUEUED}, "axis_due_at"),
    Rule(AlarmKind.NOT_RECEIVED, {State.QUEUED, State.SENT}, "arrival_due_at"),
    Rule(AlarmKind.PAPER_UNCONFIRMED, {State.PAPER}, "arrival_due_at"),
    Rule(AlarmKind.NOT_ANSWERED, {State.ARRIVED}, "answer_due_at"),
    Rule(AlarmKind.RECALL_UNANSWERED, {State.RECALLING}, "answer_due_at"),
    Rule(AlarmKind.SENDING_FAILED, {State.FAILED, State.RECALLING}, "failed_at"),
    Rule(AlarmKind.REPLY_LATE, _REPLY, "reply_due_at"),
)
"""All alarms (table 3.4). Those of sending are the clerk's, that of the reply is the drafter's."""


class AlarmRaised(Aggregate.Event):
    """Nobody may forget this line (nêu cảnh báo)."""

    document_id: UUID
    sender: str
    recipient: str
    alarm: Alarm

    def apply(self, line: Any) -> None:
        line.alarms = line.alarms | {self.alarm.kind: self.alarm}


class AlarmAcknowledged(AlarmRaised):
    """Somebody takes it on."""


class AlarmClosed(AlarmRaised):
    """It is over: cured by what came, or closed by hand."""


def silence(
    route: Route, at: datetime, urgency: Urgency, calendar: Calendar
) -> tuple[datetime | None, datetime]:
    """By when the axis, and by when the recipient, should be heard of a line sent at an instant."""
    if route is Route.PAPER:
        return None, calendar.add_working_days(at, PAPER_DAYS, rule="OURS").due_at
    axis, arrival = silence_alarms(at, urgent=urgency is not Urgency.ORDINARY)
    return (axis if route is Route.AXIS else None), arrival


def coming(line: Delivery) -> list[tuple[AlarmKind, datetime]]:
    """Alarms that waiting leads to, as things stand, each with its instant; none that was raised.

    One that is open is not raised again; one that was closed is, for another instant.
    """
    waits = ((rule.kind, getattr(line, rule.due)) for rule in RULES if line.state in rule.states)
    return [(kind, due_at) for kind, due_at in waits if due_at and _is_new(line, kind, due_at)]


def _is_new(line: Delivery, kind: AlarmKind, due_at: datetime) -> bool:
    known = line.alarms.get(kind)
    return known is None or (known.closed_at is not None and known.due_at != due_at)


def raised(line: Delivery, kind: AlarmKind, due_at: datetime, now: datetime) -> Alarm:
    """The alarm that is due: the drafter's when the reply is late, else the clerk's."""
    late = kind is AlarmKind.REPLY_LATE and line.drafter
    return Alarm(
        kind=kind,
        agency=line.sender,
        owner=line.drafter if late else line.clerk,
        due_at=in_vietnam(due_at),
        raised_at=in_vietnam(now),
        told=line.failures[-1] if kind is AlarmKind.SENDING_FAILED else "",
    )


def cured(line: Delivery) -> list[Alarm]:
    """Open alarms of the sender whose rule does not hold any more."""
    holds = {rule.kind for rule in RULES if line.state in rule.states and getattr(line, rule.due)}
    mine = (alarm for alarm in open_alarms(line) if alarm.agency == line.sender)
    return [alarm for alarm in mine if alarm.kind not in holds]


def open_alarms(line: Delivery) -> list[Alarm]:
    """Alarms that are not over."""
    return [alarm for alarm in line.alarms.values() if alarm.closed_at is None]


def of_failure(agency: str, told: str, at: datetime) -> Alarm:
    """The axis refused a status that an agency here owes: any of its clerks is to act."""
    of: dict[str, Any] = {"kind": AlarmKind.SENDING_FAILED, "agency": agency, "owner": ""}
    return Alarm(**of, told=told, due_at=in_vietnam(at), raised_at=in_vietnam(at))


def closed(alarm: Alarm, person: str, note: str, at: datetime) -> Alarm:
    """The alarm when it is over; nobody closes what was cured."""
    note = note or alarm.note
    return replace(alarm, closed_by=person, closed_at=in_vietnam(at), note=note)


def raise_alarms(line: Delivery, now: datetime) -> None:
    """Raise the alarms that are due and were not raised (table 3.4)."""
    for kind, due_at in coming(line) if line.is_open else ():
        if due_at <= now:
            line.alarm(line.AlarmRaised, raised(line, kind, due_at, now))


def acknowledge_alarm(line: Delivery, kind: AlarmKind, by: Actor, note: str, at: datetime) -> None:
    """Somebody of the agency that is to act takes it on. Refusals: `NoOpenAlarm`, `Denied`."""
    alarm = _to_act(line, kind, by)
    person, at = by.person, in_vietnam(at)
    taken = replace(alarm, owner=person, acknowledged_by=person, acknowledged_at=at, note=note)
    line.alarm(line.AlarmAcknowledged, taken)


def close_alarm(line: Delivery, kind: AlarmKind, by: Actor, note: str, at: datetime) -> None:
    """Somebody of that agency closes it, and says why. Refusals: `NoOpenAlarm`, `Denied`."""
    line.alarm(line.AlarmClosed, closed(_to_act(line, kind, by), by.person, note, at))


def _to_act(line: Delivery, kind: AlarmKind, by: Actor) -> Alarm:
    for alarm in open_alarms(line):
        if alarm.kind is kind:
            if alarm.agency != by.agency:
                raise Denied(why="the alarm is another agency's")
            return alarm
    raise NoOpenAlarm(kind_vi=kind.vi, kind_en=kind.en)
