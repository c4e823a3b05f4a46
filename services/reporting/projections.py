"""How events become rows, one class per view."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from contracts.dispatch import DocumentIssued, OutgoingRegistered
from contracts.envelope import Envelope
from contracts.intake import (
    DocumentAnswered,
    DocumentArrived,
    DocumentCompleted,
    DocumentDirected,
    DocumentQuarantined,
    DocumentRefused,
    DocumentRegistered,
    DocumentTransferred,
    HandlingStarted,
    Origin,
)
from contracts.reporting import MatterEscalated
from contracts.tracking import DeliveryOpened, ReplyReceived, StatusSent
from contracts.values import Signer, StatusCode
from contracts.working_time import day_of, midnight
from services.kernel.view import Rows
from services.reporting import views

STATUS_COLUMNS = {
    StatusCode.ARRIVED: "acknowledged_at",
    StatusCode.REFUSED: "refused_at",
    StatusCode.ACCEPTED: "accepted_at",
    StatusCode.ASSIGNED: "assigned_at",
    StatusCode.IN_PROGRESS: "started_at",
    StatusCode.COMPLETED: "completed_at",
}


def end_of(day: date | None) -> datetime | None:
    """24:00 of a day, +07:00."""
    return None if day is None else midnight(day + timedelta(days=1))


class IncomingRegister:
    """The incoming register: a line is there once it has a number."""

    table = "incoming_register"
    ddl = views.INCOMING_REGISTER

    def project(self, envelope: Envelope, rows: Rows) -> None:
        known: dict[str, Any] = {}
        match it := envelope.event():
            case DocumentArrived():
                known = _origin(it.origin) | {"kind": it.kind.vi, "subject": it.subject}
            case DocumentRegistered():
                number = {"number": it.number.number, "year": it.number.year}
                known = _origin(it.origin) | number | {"arrived_on": it.arrived_on}
            case DocumentTransferred():
                day = day_of(it.transferred_at)
                known = {"received_by_unit": it.assignment.lead, "transferred_on": day}
            case HandlingStarted():
                known = {"acknowledged": envelope.actor.name or envelope.actor.person}
            case DocumentAnswered():
                known = {"reply_notation": it.reply_notation}
            case DocumentCompleted():
                known = {"note": it.note}
            case _:
                return
        key = {"document_id": it.document_id}
        rows.put(self.table, key, first={"agency": it.agency, **known})


def _origin(origin: Origin) -> dict[str, Any]:
    return {
        "author": origin.agency_name,
        "notation": origin.notation,
        "issued_on": origin.issued_on,
    }


class OutgoingRegister:
    """The outgoing register: a line is there once the document is registered, or issued."""

    table = "outgoing_register"
    ddl = views.OUTGOING_REGISTER

    def project(self, envelope: Envelope, rows: Rows) -> None:
        match it := envelope.event():
            case OutgoingRegistered():
                known = _line(it, (to.name for to in it.recipients)) | {"kept_by": it.drafting_unit}
            case DocumentIssued():
                passed_on = {"passed_on": day_of(it.issued_at)}
                known = _line(it, (to.name for to in it.addressees)) | passed_on
            case _:
                return
        rows.put(self.table, {"document_id": it.document_id}, first=known)


def _line(it: OutgoingRegistered | DocumentIssued, names: Iterable[str]) -> dict[str, Any]:
    recipients = list(names)
    return {
        "agency": it.agency,
        "year": it.number.issued_on.year,
        "number": it.number.number,
        "notation": it.number.notation,
        "issued_on": it.number.issued_on,
        "kind": it.kind.vi,
        "subject": it.subject,
        "signer": _signer(it.signer),
        "recipients": "; ".join(recipients),
        "copies": len(recipients),
    }


def _signer(signer: Signer) -> str:
    """`Nguyễn Văn An, KT. Giám đốc`."""
    return f"{signer.name}, {f'{signer.capacity.value} {signer.post}'.strip()}"


class Deliveries:
    """The lines of all recipients, for the sender's figures."""

    table = "deliveries"
    ddl = views.DELIVERIES

    def project(self, envelope: Envelope, rows: Rows) -> None:
        known: dict[str, Any] = {}
        match it := envelope.event():
            case DeliveryOpened():
                known = {
                    "recipient_name": it.recipient_name,
                    "issued_at": it.issued_at,
                    "reply_due_at": end_of(it.reply_due_on),
                }
            case StatusSent() if it.code in STATUS_COLUMNS:
                known = {STATUS_COLUMNS[it.code]: it.at}
                if it.code is StatusCode.REFUSED:
                    known["refusal"] = it.reason
            case ReplyReceived():
                known = {"answered_on": it.answered_on}
            case _:
                return
        of_it = {"document_id": it.document_id, "sender": it.sender, "recipient": it.recipient}
        rows.put(self.table, {"delivery_id": it.delivery_id}, first=of_it | known)


class Arrivals:
    """The acts on each arrival with their due instants, for late matters and I16."""

    table = "arrivals"
    ddl = views.ARRIVALS

    def project(self, envelope: Envelope, rows: Rows) -> None:
        known: dict[str, Any] = {}
        latest: dict[str, Any] = {}
        match it := envelope.event():
            case DocumentArrived():
                known = _arrived(it)
            case DocumentRefused():
                known = {"refused_at": envelope.at, "closed_at": envelope.at}
            case DocumentQuarantined():
                known = dict.fromkeys(("entered_at", "refused_at", "closed_at"), it.entered_at)
            case DocumentRegistered():
                known = _registered(it, envelope.at)
            case DocumentDirected():
                known = {"directed_at": envelope.at}
                latest = {"handling_due_at": end_of(it.assignment.due_on)}
            case DocumentTransferred():
                known = {"directed_at": envelope.at, "transferred_at": it.transferred_at}
                latest = {"handling_due_at": end_of(it.assignment.due_on)}
            case DocumentCompleted():
                known = {"closed_at": it.completed_at}
            case _:
                return
        key = {"document_id": it.document_id}
        rows.put(self.table, key, first={"agency": it.agency, **known}, **latest)


def _arrived(it: DocumentArrived) -> dict[str, Any]:
    return {
        "subject": it.subject,
        "entered_at": it.entered_at,
        "effective_at": it.effective_at,
        "answer_due_at": it.answer_due_at,
    }


def _registered(it: DocumentRegistered, at: datetime) -> dict[str, Any]:
    return {
        "registered_at": at,
        "paperless": it.paperless,
        "transfer_due_at": it.transfer_due_at,
        "counted_at": max(it.transfer_due_at, at),
    }


class Escalations:
    """Late matters that were escalated, as this very service told."""

    table = "escalations"
    ddl = views.ESCALATIONS

    def project(self, envelope: Envelope, rows: Rows) -> None:
        match it := envelope.event():
            case MatterEscalated():
                key = {"kind": it.kind.value, "document_id": it.document_id, "due_at": it.due_at}
                told = {"agency": it.agency, "escalated_at": it.escalated_at}
                rows.put(self.table, key, first=told)


PROJECTIONS = (IncomingRegister(), OutgoingRegister(), Deliveries(), Arrivals(), Escalations())
