"""Lines of recipients: opened, moved by what recipients and the axis tell, minded by owners."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from contracts.dispatch import Addressee, DocumentIssued, RecallOrdered
from contracts.errors import Denied, NotFound
from contracts.tracking import AlarmKind, DeliveryView
from contracts.values import Role, Route, StatusCode
from services.kernel.commit import command
from services.kernel.context import current, require
from services.tracking.application.receiving import Receiving
from services.tracking.domain import Delivery, LineListed, Package, lines_id, package_id

STAFF = (Role.CLERK, Role.LEADER, Role.OFFICER, Role.UNIT_HEAD, Role.FORM_CHECKER)
ANSWERING = {*STAFF} - {Role.OFFICER}
"""Who follows every line of the agency; an officer follows those of his own documents."""


class Lines(Receiving):
    """One line for each recipient of each document (R9.3a)."""

    def open_line(self, event: DocumentIssued, to: Addressee, clerk: str) -> None:
        """A document was issued to a recipient; told again, it is nothing."""
        due_on = event.reply.due_on if event.reply else None
        known = self.find(Delivery, to.delivery_id)
        if known is not None and known.is_open:
            return
        line = known or Delivery.begin(
            Delivery.Begun,
            to.delivery_id,
            document_id=event.document_id,
            sender=event.agency,
            recipient=to.agency,
            reply_due_on=due_on,
        )
        told: dict[str, Any] = {"route": to.route, "urgency": event.urgency}
        told |= {"notation": event.number.notation, "subject": event.subject}
        told |= {"issue_due_at": event.issue_due_at, "send_due_at": event.send_due_at}
        told |= {"clerk": clerk, "drafter": event.drafter}
        line.open(to.name, event.issued_at, due_on, self.calendar, **told)
        self.save(line, self._listed(event.document_id, to))
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

    def take_back(self, event: RecallOrdered, to: Addressee) -> None:
        """Over the axis and on paper the order itself is the 13; else its recipient tells of it."""
        if to.route is Route.PLATFORM:
            return
        line = self.load(Delivery, to.delivery_id)
        at, code = event.ordered_at, StatusCode.TAKE_BACK
        line.record_status(code, at, event.reason, self.answer_due(line, code, at))
        self.save(line)
        if to.route is Route.AXIS:
            self.owe_recall(event, to)

    # -- asked of them -------------------------------------------------------------------------

    @command()
    def resend_document(self, *, delivery_id: UUID) -> None:
        line = self._of_sender(delivery_id, Role.CLERK)
        if line.resend(self.now()):
            package = self.load(Package, package_id(delivery_id))
            package.ask_again()
            self.save(line, package)

    @command()
    def confirm_paper(self, *, delivery_id: UUID, confirmed_on: date, note: str) -> None:
        line = self._of_sender(delivery_id, Role.CLERK)
        line.confirm_paper(confirmed_on, note, self.now())
        self.save(line)

    @command()
    def acknowledge_alarm(self, *, delivery_id: UUID, kind: AlarmKind, note: str = "") -> None:
        by, line = require(*STAFF), self._concerning(delivery_id)
        line.acknowledge_alarm(kind, by, note, self.now())
        self.save(line)

    @command()
    def close_alarm(self, *, delivery_id: UUID, kind: AlarmKind, note: str) -> None:
        by, line = require(Role.CLERK, Role.LEADER), self._concerning(delivery_id)
        line.close_alarm(kind, by, note, self.now())
        self.save(line)

    def _of_sender(self, id: UUID, *roles: Role) -> Delivery:
        """An open line of the caller's agency."""
        require(*roles)
        line = self._open(id)
        require(*roles, agency=line.sender)
        return line

    def _concerning(self, id: UUID) -> Delivery:
        """A line of the caller's agency, at either end."""
        line = self.load(Delivery, id)
        if current().actor.agency not in (line.sender, line.recipient):
            raise Denied(why="the line belongs to another agency")
        return line

    def _open(self, id: UUID) -> Delivery:
        line = self.load(Delivery, id)
        if not line.is_open:
            raise NotFound(what="Delivery", id=str(id))
        return line

    def get_delivery(self, *, delivery_id: UUID) -> DeliveryView:
        line = self._open(delivery_id)
        if current().actor.agency != line.recipient:
            may_follow(line)
        return line.view()

    def list_deliveries(
        self, *, document_id: UUID, after: str = "", limit: int = 100
    ) -> list[DeliveryView]:
        listed: list[Any] = list(self.events.get(lines_id(document_id)))
        if not listed:
            raise NotFound(what="document", id=str(document_id))
        may_follow(self.load(Delivery, listed[0].delivery_id))
        ids = {line.recipient: line.delivery_id for line in listed if line.recipient > after}
        return [self.load(Delivery, ids[code]).view() for code in sorted(ids)[:limit]]

    # -- by itself -----------------------------------------------------------------------------

    def raise_alarms_of(self, *, delivery_id: UUID) -> None:
        """Raise the alarms of a line that are due now."""
        self.on_line(delivery_id, lambda line: line.raise_alarms(self.now()))

    def on_line(self, id: UUID, act: Callable[[Delivery], object]) -> None:
        """Do something with a line, if there is one, and keep what came of it."""
        if line := self.find(Delivery, id):
            act(line)
            self.save(line)


def may_follow(line: Delivery) -> None:
    """Let its clerk and its lead drafter follow a document, and whoever answers for either.

    An officer of the sender who did not draft it is refused (`Denied`; R9.3b-1).
    """
    now = current()
    if now.roles & {Role.AUDITOR, Role.SERVICE}:
        return
    mine = now.actor.person in (line.clerk, line.drafter)
    if now.actor.agency != line.sender or not (mine or now.roles & ANSWERING):
        raise Denied(why="the line is for its clerks and its lead drafter")
