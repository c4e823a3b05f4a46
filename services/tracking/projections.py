"""How what tracking tells becomes rows of its own lists, one class per list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import msgspec

from contracts.dispatch import DraftReturned
from contracts.envelope import Envelope
from contracts.reporting import PeriodSealed
from contracts.tracking import (
    AlarmAcknowledged,
    AlarmClosed,
    AlarmRaised,
    DelayExplained,
    DeliveryOpened,
    LineMoved,
    NoticeKind,
    ReplyReceived,
    StatusHeld,
    StatusMatched,
    StatusSent,
    TaskAssigned,
    TaskExtended,
    TaskProgressed,
    TaskReminded,
    TaskReturned,
)
from contracts.values import Role, StatusCode
from contracts.working_time import Calendar, midnight
from services.kernel.view import Rows, View
from services.tracking import views

SAID = (
    *("document_id", "sender", "recipient", "recipient_name", "notation", "subject"),
    *("issued_at", "clerk", "drafter", "axis_due_at", "arrival_due_at"),
)
RECEPTION = {StatusCode.ARRIVED, StatusCode.REFUSED, StatusCode.ACCEPTED}
HANDLING = {StatusCode.ASSIGNED, StatusCode.IN_PROGRESS, StatusCode.COMPLETED}
OF_NOTICES = (
    *("agency", "role", "person", "document_id", "delivery_id", "task_id", "subject", "told"),
)
"""All of them in each row: rows of one shape get their places in the order of events."""
OF_TASKS = ("agency", "recipient", "content")


class LineList:
    """The lines: a row is shown once the issue is told, whatever came before."""

    table = "lines"
    ddl = views.LINES

    def project(self, envelope: Envelope, rows: Rows) -> None:
        match it := envelope.event():
            case DeliveryOpened():
                self._open(it, rows)
            case LineMoved():
                self._move(it, rows)
            case StatusSent():
                self._note(it, rows)
            case ReplyReceived():
                first = {"answered_on": it.answered_on}
                rows.put(self.table, {"delivery_id": it.delivery_id}, first=first)

    def _open(self, it: DeliveryOpened, rows: Rows) -> None:
        due_on = it.reply_due_on
        rows.put(
            self.table,
            {"delivery_id": it.delivery_id},
            state=it.state.value,
            route=it.route.value,
            reply_until=midnight(due_on + timedelta(days=1)) if due_on else None,
            **{name: getattr(it, name) for name in SAID},
        )

    def _move(self, it: LineMoved, rows: Rows) -> None:
        again = {"axis_due_at": it.axis_due_at, "arrival_due_at": it.arrival_due_at}
        told: dict[str, Any] = again if it.arrival_due_at else {}
        key = {"delivery_id": it.delivery_id}
        rows.put(self.table, key, state=it.state.value, failed_at=it.failed_at, **told)

    def _note(self, it: StatusSent, rows: Rows) -> None:
        first: dict[str, Any] = {"acknowledged_at": it.at} if it.code is StatusCode.ARRIVED else {}
        told: dict[str, Any] = {"answer_due_at": it.answer_due_at} if it.answer_due_at else {}
        key = {"delivery_id": it.delivery_id}
        rows.put(self.table, key, first=first, state=it.state.value, **told)


class AlarmList:
    """The alarms, each as it was told last."""

    table = "alarms"
    ddl = views.ALARMS

    def project(self, envelope: Envelope, rows: Rows) -> None:
        match it := envelope.event():
            case AlarmRaised() | AlarmAcknowledged() | AlarmClosed():
                alarm = it.alarm
                rows.put(
                    self.table,
                    {"delivery_id": it.delivery_id, "kind": alarm.kind.value},
                    document_id=it.document_id,
                    recipient=it.recipient,
                    agency=alarm.agency,
                    owner=alarm.owner,
                    due_at=alarm.due_at,
                    closed_at=alarm.closed_at,
                    told=msgspec.json.encode(alarm).decode(),
                )


class HeldList:
    """Statuses whose documents are not known."""

    table = "held_statuses"
    ddl = views.HELD

    def project(self, envelope: Envelope, rows: Rows) -> None:
        match it := envelope.event():
            case StatusHeld():
                said = ("agency", "sender", "about", "code", "at", "reason", "held_at")
                facts = {name: getattr(it, name) for name in said}
                rows.put(self.table, {"status_id": it.status_id}, **facts)
            case StatusMatched():
                rows.put(self.table, {"status_id": it.status_id}, matched_at=it.matched_at)


class TaskList:
    """Tasks with their delays. `late_on` is the first day on which one is late (R9.3b-4)."""

    table = "tasks"
    ddl = views.TASKS

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar

    def project(self, envelope: Envelope, rows: Rows) -> None:
        told: dict[str, Any] = {}
        match it := envelope.event():
            case TaskAssigned():
                told = {name: getattr(it, name) for name in OF_TASKS} | self._due(it.due_on)
            case TaskExtended():
                told = self._due(it.due_on)
            case TaskProgressed():
                told = {"reported_on": it.told_on if it.done else None}
            case TaskReturned():
                told = {"reported_on": None}
            case DelayExplained():
                told = {"cause": it.cause, "proposal": it.proposal}
            case _:
                return
        rows.put(self.table, {"task_id": it.task_id}, **told)

    def _due(self, due_on: date) -> dict[str, Any]:
        last = self._calendar.working_day_from(due_on)
        return {"due_on": due_on, "late_on": self._calendar.next_working_day(last)}


class NoticeList:
    """Notices: a row for each role or person that is to know, once for each event."""

    table = "notices"
    ddl = views.NOTICES

    def project(self, envelope: Envelope, rows: Rows) -> None:
        for kind, whom, told in _notices(envelope.event()):
            key = {"source": envelope.source, "position": envelope.position, "kind": kind.value}
            rows.put(self.table, key, at=envelope.at, **dict.fromkeys(OF_NOTICES) | whom | told)


Noticed = Iterator[tuple[NoticeKind, dict[str, Any], dict[str, Any]]]


def _notices(event: object) -> Noticed:
    """What is to be known of an event, by which role or person of which agency."""
    match event:
        case StatusSent():
            yield from _of_status(event)
        case TaskAssigned():
            whom = {"agency": event.recipient, "role": Role.OFFICER.value}
            task = {"task_id": event.task_id}
            yield NoticeKind.TASK, whom, _of_document(event, event.content) | task
        case TaskReminded():
            whom = {"agency": event.recipient, "role": Role.OFFICER.value}
            told = {"task_id": event.task_id, "told": event.note or f"{event.due_on}"}
            yield NoticeKind.URGED, whom, told
        case AlarmRaised(alarm=alarm):
            clerks = {"role": Role.CLERK.value} if not alarm.owner else {"person": alarm.owner}
            told = _of_document(event, alarm.kind.vi) | {"delivery_id": event.delivery_id}
            yield NoticeKind.ALARM, {"agency": alarm.agency} | clerks, told
        case PeriodSealed():
            whom = {"agency": event.agency, "role": Role.LEADER.value}
            yield NoticeKind.FIGURES, whom, {"told": f"{event.quarter}/{event.year}"}
        case DraftReturned():
            whom = {"agency": event.agency, "person": event.drafter}
            told = _of_document(event, event.opinion) | {"subject": event.subject}
            yield NoticeKind.DRAFT_RETURNED, whom, told


def _of_document(event: Any, told: str) -> dict[str, Any]:
    return {"document_id": event.document_id, "told": told}


def _of_status(event: StatusSent) -> Noticed:
    told = _of_document(event, event.reason or event.code.vi) | {"delivery_id": event.delivery_id}
    if event.code is StatusCode.ARRIVED:
        clerks = {"agency": event.recipient, "role": Role.CLERK.value}
        yield NoticeKind.NEW_DOCUMENT, clerks, told
    if event.code in RECEPTION:
        yield NoticeKind.RECEPTION, {"agency": event.sender, "role": Role.CLERK.value}, told
    if event.code is StatusCode.ASSIGNED:
        officers = {"agency": event.recipient, "role": Role.OFFICER.value}
        yield NoticeKind.DISTRIBUTED, officers, told
    if event.code in HANDLING:
        yield NoticeKind.HANDLING, {"agency": event.sender}, told


def projections(calendar: Calendar) -> list[View]:
    """All lists of tracking."""
    return [LineList(), AlarmList(), HeldList(), TaskList(calendar), NoticeList()]
