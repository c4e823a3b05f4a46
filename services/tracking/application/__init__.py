"""What tracking does when asked and when told."""

from __future__ import annotations

from datetime import date, datetime
from functools import singledispatchmethod
from typing import Any, ClassVar
from uuid import UUID

from contracts.accounts import AgencyCodeAdded, AgencyRegistered, ReceiptKeySet
from contracts.dispatch import Addressee, DocumentIssued, RecallOrdered
from contracts.envelope import Envelope
from contracts.errors import Denied, NotFound
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
from contracts.tracking import DeliveryView
from contracts.values import Role, Route, StatusCode
from contracts.working_time import Calendar
from services.kernel.application import in_postgres
from services.kernel.context import current
from services.kernel.events import Publish
from services.kernel.joblog import JobLog
from services.kernel.prompts import Prompts
from services.kernel.settings import Settings
from services.kernel.vault import Vault
from services.tracking.application.archiving import Archiving
from services.tracking.application.jobs import TOPICS, means
from services.tracking.application.receiving import Receiving
from services.tracking.application.tasking import Tasking
from services.tracking.domain import Arrival, Delivery, LineListed, Package, Peer, lines_id
from services.tracking.domain.dossier import Dossier
from services.tracking.domain.record import Record
from services.tracking.domain.task import Task
from services.tracking.events import publish

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


class Tracking(Receiving, Tasking, Archiving):
    """A line for each recipient of each document, what crosses the axis, dossiers and tasks."""

    name = "tracking"
    tells: ClassVar[Publish] = publish
    sources = ("accounts", "dispatch", "intake")

    def __init__(self, *args: Any, calendar: Calendar = PROVINCE, **kwargs: Any) -> None:
        super().__init__(*args, calendar=calendar, **kwargs)
        self.packages = JobLog(self, TOPICS, means, self.name)

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
            self._open(event, addressee)

    def _open(self, event: DocumentIssued, to: Addressee) -> None:
        due_on = event.reply.due_on if event.reply else None
        known = self.find(Delivery, to.delivery_id)
        if known is not None and known.is_open:
            return
        delivery = known or Delivery.begin(
            Delivery.Begun,
            to.delivery_id,
            document_id=event.document_id,
            sender=event.agency,
            recipient=to.agency,
            reply_due_on=due_on,
        )
        delivery.open(to.name, event.issued_at, due_on)
        self.save(delivery, self._listed(event.document_id, to))
        if to.route is Route.AXIS:
            self.owe_document(event, to)

    def _listed(self, document_id: UUID, to: Addressee) -> LineListed:
        lines = lines_id(document_id)
        return LineListed(
            originator_id=lines,
            originator_version=self.last_version(lines) + 1,
            timestamp=LineListed.create_timestamp(),
            recipient=to.agency,
            delivery_id=to.delivery_id,
        )

    @policy.register
    def _(self, event: RecallOrdered, envelope: Envelope) -> None:
        """Over the axis the order itself is the 13; on the platform its recipient tells of it."""
        for to in event.addressees:
            if to.route is Route.AXIS:
                line = self.load(Delivery, to.delivery_id)
                line.record_status(StatusCode.TAKE_BACK, event.ordered_at, event.reason)
                self.save(line)
                self.owe_recall(event, to)

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
        delivery.record_reply(event.reply_document_id, event.answered_on)
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
        delivery.record_status(code, at, reason)
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

    def get_delivery(self, *, delivery_id: UUID) -> DeliveryView:
        delivery = self.load(Delivery, delivery_id)
        if not delivery.is_open:
            raise NotFound(what="Delivery", id=str(delivery_id))
        _may_see(self.concerned(delivery))
        return delivery.view()

    def list_deliveries(
        self, *, document_id: UUID, after: str = "", limit: int = 100
    ) -> list[DeliveryView]:
        listed: list[Any] = list(self.events.get(lines_id(document_id)))
        if not listed:
            raise NotFound(what="document", id=str(document_id))
        _may_see({self.load(Delivery, listed[0].delivery_id).sender})
        ids = {line.recipient: line.delivery_id for line in listed if line.recipient > after}
        return [self.load(Delivery, ids[code]).view() for code in sorted(ids)[:limit]]

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


def _may_see(agencies: set[str]) -> None:
    """Let the agencies concerned, auditors and services pass; refuse others (`Denied`)."""
    now = current()
    if not now.roles & {Role.AUDITOR, Role.SERVICE} and now.actor.agency not in agencies:
        raise Denied(why="the line belongs to another agency")


def build(settings: Settings) -> Tracking:
    """The application of this process."""
    return Tracking(
        in_postgres(settings.database_url),
        written=Prompts(settings.broker_url, Tracking.name).ring,
        files=Vault(settings.s3_url),
        calendar=Calendar.of(settings.calendar_profile),
    )
