"""What tracking does when asked and when told."""

from __future__ import annotations

from datetime import date, datetime
from functools import singledispatchmethod
from typing import Any, ClassVar

from contracts.accounts import AgencyCodeAdded, AgencyRegistered, ReceiptKeySet
from contracts.dispatch import DocumentIssued, RecallOrdered
from contracts.envelope import Envelope
from contracts.intake import (
    DocumentAnswered,
    DocumentArrived,
    DocumentCancelled,
    DocumentCompleted,
    DocumentQuarantined,
    DocumentReassigned,
    DocumentRefused,
    DocumentRegistered,
    DocumentReopened,
    DocumentTransferred,
    FilesAdmitted,
    HandlingStarted,
    Origin,
    RecallDeclined,
    RecallReceived,
    UpdateApplied,
    UpdateDeclined,
)
from contracts.values import StatusCode
from contracts.working_time import Calendar
from services.kernel.application import in_postgres
from services.kernel.events import Publish
from services.kernel.joblog import JobLog
from services.kernel.prompts import Prompts
from services.kernel.settings import Settings
from services.kernel.vault import Vault
from services.kernel.view import Tables
from services.tracking.application.archiving import Archiving
from services.tracking.application.jobs import HELD_TOPICS, TOPICS, held_means, means
from services.tracking.application.listing import Listing
from services.tracking.application.tasking import Tasking
from services.tracking.domain import Arrival, Delivery, Package, Peer
from services.tracking.domain.dossier import Dossier
from services.tracking.domain.record import Record
from services.tracking.domain.task import Task
from services.tracking.events import publish
from services.tracking.projections import projections

Heard = (
    DocumentArrived
    | DocumentRefused
    | DocumentQuarantined
    | DocumentRegistered
    | DocumentTransferred
    | HandlingStarted
    | DocumentCompleted
    | DocumentAnswered
    | DocumentReassigned
    | DocumentReopened
    | RecallReceived
    | DocumentCancelled
    | RecallDeclined
    | UpdateApplied
    | UpdateDeclined
)
"""What a recipient tells; its `document_id` is the delivery's."""
PROVINCE = Calendar.of()


class Tracking(Listing, Tasking, Archiving):
    """A line for each recipient of each document, what crosses the axis, dossiers and tasks."""

    name = "tracking"
    tells: ClassVar[Publish] = publish
    sources = ("accounts", "dispatch", "intake")

    def __init__(self, *args: Any, calendar: Calendar = PROVINCE, **kwargs: Any) -> None:
        super().__init__(*args, calendar=calendar, **kwargs)
        self.packages = JobLog(self, TOPICS, means, self.name)
        self.held_statuses = JobLog(self, HELD_TOPICS, held_means, "held")

    @singledispatchmethod
    def policy(self, event: Any, envelope: Envelope) -> None:
        """Events of no concern are passed over."""

    @policy.register
    def _(self, event: AgencyRegistered, envelope: Envelope) -> None:
        self.learn_peer(event.agency, event.name)

    @policy.register
    def _(self, event: AgencyCodeAdded, envelope: Envelope) -> None:
        self.learn_code(event.agency, event.code)

    @policy.register
    def _(self, event: ReceiptKeySet, envelope: Envelope) -> None:
        self.learn_key(event.agency, event.key)

    @policy.register
    def _(self, event: DocumentIssued, envelope: Envelope) -> None:
        self.learn_issued(event)
        for addressee in event.addressees:
            self.open_line(event, addressee, envelope.actor.person)
        self.take_tasks(event, self.canonical)

    @policy.register
    def _(self, event: RecallOrdered, envelope: Envelope) -> None:
        for to in event.addressees:
            self.take_back(event, to)

    @policy.register
    def _(self, event: DocumentArrived, envelope: Envelope) -> None:
        self.learn_arrived(event)
        due_on = event.reply.due_on if event.reply else None
        self._note(event, StatusCode.ARRIVED, event.entered_at, reply_due_on=due_on)

    @policy.register
    def _(self, event: FilesAdmitted, envelope: Envelope) -> None:
        self.learn_files(event.document_id, event.files)

    @policy.register
    def _(self, event: DocumentRefused, envelope: Envelope) -> None:
        self._note(event, StatusCode.REFUSED, envelope.at, event.reason)

    @policy.register
    def _(self, event: DocumentQuarantined, envelope: Envelope) -> None:
        self._note(event, StatusCode.REFUSED, envelope.at, event.code.vi)

    @policy.register
    def _(self, event: DocumentRegistered, envelope: Envelope) -> None:
        self._note(event, StatusCode.ACCEPTED, envelope.at)

    @policy.register
    def _(self, event: DocumentTransferred, envelope: Envelope) -> None:
        self._note(event, StatusCode.ASSIGNED, event.transferred_at)

    @policy.register
    def _(self, event: HandlingStarted, envelope: Envelope) -> None:
        self._note(event, StatusCode.IN_PROGRESS, envelope.at)

    @policy.register
    def _(self, event: DocumentCompleted, envelope: Envelope) -> None:
        self._note(event, StatusCode.COMPLETED, event.completed_at)

    @policy.register
    def _(self, event: DocumentReassigned, envelope: Envelope) -> None:
        self._note(event, StatusCode.ASSIGNED, event.reassigned_at)

    @policy.register
    def _(self, event: DocumentReopened, envelope: Envelope) -> None:
        self._note(event, StatusCode.IN_PROGRESS, envelope.at, event.reason)

    @policy.register
    def _(self, event: RecallReceived, envelope: Envelope) -> None:
        self._note(event, StatusCode.TAKE_BACK, event.received_at, event.reason)

    @policy.register
    def _(self, event: DocumentCancelled, envelope: Envelope) -> None:
        self.lose_document(event)
        self._note(event, StatusCode.AGREED, event.cancelled_at)

    @policy.register
    def _(self, event: RecallDeclined, envelope: Envelope) -> None:
        self._note(event, StatusCode.DECLINED, envelope.at, event.reason)

    @policy.register
    def _(self, event: UpdateApplied, envelope: Envelope) -> None:
        self.learn_files(event.document_id, event.files)
        self._note(event, StatusCode.AGREED, envelope.at)

    @policy.register
    def _(self, event: UpdateDeclined, envelope: Envelope) -> None:
        self._note(event, StatusCode.DECLINED, envelope.at, event.reason)

    @policy.register
    def _(self, event: DocumentAnswered, envelope: Envelope) -> None:
        delivery = self._line(event)
        delivery.record_reply(event.reply_document_id, event.answered_on, envelope.at)
        self.save(delivery)

    def _note(
        self,
        event: Heard,
        code: StatusCode,
        at: datetime,
        reason: str = "",
        reply_due_on: date | None = None,
    ) -> None:
        delivery = self._line(event, reply_due_on)
        delivery.record_status(code, at, reason, self.answer_due(delivery, code, at))
        self.save(delivery)
        self.owe_status(delivery.id, code, at, reason)

    def _line(self, event: Heard, reply_due_on: date | None = None) -> Delivery:
        """The line a recipient speaks of; begun here when nothing of it was heard before."""
        origin: Origin = event.origin
        return self.find(Delivery, event.document_id) or Delivery.begin(
            Delivery.Begun,
            event.document_id,
            document_id=origin.document_id,
            sender=origin.agency,
            recipient=event.agency,
            reply_due_on=reply_due_on,
        )

    def concerned(self, aggregate: Any) -> set[str]:
        match aggregate:
            case Package():
                return {aggregate.agency, aggregate.to}
            case Arrival():
                return {aggregate.agency, aggregate.origin.agency}
            case Task():
                return {aggregate.agency, aggregate.recipient}
            case Peer() | Dossier() | Record():
                return {aggregate.agency}
        return {aggregate.sender, aggregate.recipient}


def build(settings: Settings) -> Tracking:
    """The application of this process."""
    calendar = Calendar.of(settings.calendar_profile)
    tables = Tables(settings.database_url, projections(calendar))
    tables.create()
    return Tracking(
        in_postgres(settings.database_url),
        written=Prompts(settings.broker_url, Tracking.name).ring,
        files=Vault(settings.s3_url),
        calendar=calendar,
        tables=tables,
    )
