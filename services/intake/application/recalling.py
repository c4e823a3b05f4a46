"""When the sender wants a document back, corrects or replaces it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from contracts.dispatch import RecallOrdered
from contracts.intake import ActOutOfOrder, Origin, RecallFacts, SenderOnly, UpdateFacts
from contracts.tracking import UpdateTaken
from contracts.values import FileRef, ReplyRequest, Role, Route, Urgency, delivery_id
from contracts.working_time import URGENT_WITHIN, cancel_due, in_vietnam
from services.intake.application.desk import Desk
from services.intake.application.receiving import origin_of
from services.intake.domain import IncomingDocument, UpdateNoted
from services.kernel.commit import command
from services.kernel.context import current, require


class Recalling(Desk):
    """Recall, update, replacement."""

    @command()
    def receive_recall(
        self, *, agency: str, origin: Origin, order_id: UUID, reason: str, basis: str = ""
    ) -> None:
        require(Role.AXIS)
        self.take_recall(agency, origin, order_id, reason, basis)

    def take_recall(
        self, agency: str, origin: Origin, order_id: UUID, reason: str, basis: str
    ) -> None:
        """The order finds its document, or waits for it (3.5)."""
        id, at = delivery_id(origin.document_id, agency), self.now()
        document = self.find(IncomingDocument, id)
        urgency = document.urgency if document else Urgency.ORDINARY
        due = cancel_due(self.calendar, at, URGENT_WITHIN.get(urgency))
        order = RecallFacts(
            order_id=order_id,
            reason=reason,
            basis=basis,
            received_at=in_vietnam(at),
            due_at=due.due_at,
        )
        if document is None:
            document = IncomingDocument.recall_ahead(
                id, self.calendar, at, agency=agency, origin=origin, order=order
            )
        else:
            check_sender(document, origin)
            document.take_recall(order)
        self.save(document)

    def take_order(self, event: RecallOrdered) -> None:
        """An agency of this platform wants its document back; what was refused is not here."""
        for addressee in event.addressees:
            if addressee.route is Route.PLATFORM:
                told = (event.order_id, event.reason, event.basis)
                with suppress(ActOutOfOrder):
                    self.take_recall(addressee.agency, origin_of(event), *told)

    @command()
    def cancel_document(self, *, document_id: UUID) -> None:
        self.act(document_id, Role.CLERK, lambda document: document.cancel())

    @command()
    def decline_recall(self, *, document_id: UUID, reason: str) -> None:
        document = self.mine(document_id, Role.LEADER)
        document.decline_recall(reason, self.rules_of(document.agency), self.now())
        self.save(document)

    @command()
    def record_destruction(self, *, document_id: UUID) -> None:
        """The worker destroyed the key and the sealed bytes."""
        at = self.now()
        self.act(document_id, Role.SERVICE, lambda document: document.destroyed(at))

    def _update_uploaded(self, *, update_id: UUID, files: list[FileRef], **_: object) -> None:
        require(Role.AXIS)
        for file in [] if self.noted_update(update_id) else files:
            self.files.require_upload(file.sha256, file.size)

    @command(first=_update_uploaded)
    def receive_update(
        self,
        *,
        agency: str,
        origin: Origin,
        update_id: UUID,
        subject: str,
        files: list[FileRef],
        reason: str,
        reply: ReplyRequest | None = None,
    ) -> None:
        document = self.here(delivery_id(origin.document_id, agency))
        check_sender(document, origin)
        said = {"subject": subject, "files": files, "reply": reply, "reason": reason}
        self._enter_update(document, update_id, said)

    def take_update(self, event: UpdateTaken) -> None:
        """A correction came over the axis; to what is not open any more it means nothing (3.6)."""
        document, letter = self.here(event.delivery_id), event.letter
        said = {"subject": letter.subject, "files": letter.files, "reply": letter.reply}
        with suppress(ActOutOfOrder):
            self._enter_update(document, event.update_id, said | {"reason": event.reason})

    def _enter_update(
        self, document: IncomingDocument, update_id: UUID, said: dict[str, Any]
    ) -> None:
        at = in_vietnam(self.now())
        document.take_update(UpdateFacts(update_id=update_id, received_at=at, **said))
        self.save(document)
        if not self.last_version(update_id):
            self.save(_noted(update_id, document.id))

    @command()
    def admit_update(
        self, *, document_id: UUID, update_id: UUID, files: list[FileRef], report: FileRef
    ) -> None:
        """The update's files passed the gate."""
        document = self.mine(document_id, Role.SERVICE)
        document.admit_update(update_id, files, report)
        self.save(document)

    @command()
    def reject_update(
        self, *, document_id: UUID, update_id: UUID, gate: str, report: FileRef
    ) -> None:
        """A file of the update did not pass the gate."""
        document = self.mine(document_id, Role.SERVICE)
        document.reject_update(update_id, gate, report)
        self.save(document)

    def noted_update(self, id: UUID) -> UUID | None:
        """The document to which an update of this id belongs, if it is one."""
        notes = self.events.get(id, limit=1)
        return next((note.document_id for note in notes if isinstance(note, UpdateNoted)), None)

    @command()
    def apply_update(self, *, document_id: UUID, update_id: UUID) -> None:
        document = self.mine(document_id, Role.CLERK, Role.LEADER)
        document.apply_update(update_id, leader=Role.LEADER in current().roles)
        self.save(document)

    @command()
    def decline_update(self, *, document_id: UUID, update_id: UUID, reason: str) -> None:
        self.act(
            document_id, Role.CLERK, lambda document: document.decline_update(update_id, reason)
        )

    @command()
    def take_over_assignment(self, *, document_id: UUID, from_document_id: UUID) -> None:
        document = self.mine(document_id, Role.LEADER)
        document.take_over(self.mine(from_document_id, Role.LEADER), self.now())
        self.save(document)


def check_sender(document: IncomingDocument, origin: Origin) -> None:
    """Only the agency that issued the document speaks of it (3.5)."""
    if origin.agency != document.origin.agency:
        raise SenderOnly(sender=document.origin.agency)


def _noted(update_id: UUID, document_id: UUID) -> UpdateNoted:
    return UpdateNoted(
        originator_id=update_id,
        originator_version=1,
        timestamp=UpdateNoted.create_timestamp(),
        document_id=document_id,
    )
