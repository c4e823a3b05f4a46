"""What agencies outside send over the axis: each document, recall and status has one effect."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contracts import edxml
from contracts.errors import Denied, NotFound
from contracts.tracking import ReceiptVerdict, ReceiptView
from contracts.values import FileRef, Role, Secrecy, StatusCode, Urgency, delivery_id, named_id
from contracts.working_time import Calendar, Deadline, cancel_due, receipt_notice_due, urgent_due
from services.kernel.context import current, require
from services.tracking.application import understanding
from services.tracking.application.sending import Sending, acceptance_id, wire_streams
from services.tracking.domain import (
    Arrival,
    Delivery,
    HeldStatus,
    Package,
    Peer,
    StatusTaken,
    arrival_id,
    held_id,
    package_id,
    peer_id,
)
from services.tracking.domain.alarming import URGENT_ANSWER


class Outcome(StrEnum):
    """What became of a message: `RECALLED` came after its recall, nothing of it is kept."""

    TAKEN = "taken"
    REPEATED = "repeated"
    RECALLED = "recalled"
    STRANGE = "strange"


class Receiving(Sending):
    """Arrivals and statuses, and the receipts that come with them."""

    calendar: Calendar

    def place_of(self, box: str, message: edxml.Document) -> tuple[str, UUID]:
        """Who sent it, and which delivery it is of."""
        sender = self.canonical(message.sender.code)
        return sender, delivery_id(understanding.origin_of(message, sender).document_id, box)

    def wants_files(self, box: str, message: edxml.Document) -> bool:
        """Whether the files of a message are to be kept.

        They are not where it is here already, was recalled before it came, or bears a secrecy mark.
        """
        _, id = self.place_of(box, message)
        action, arrival = message.business.action, self.arrival(id)
        if message.secrecy is not Secrecy.NONE or action is edxml.BusinessAction.RECALL:
            return False
        if action is edxml.BusinessAction.UPDATE:
            return arrival is not None and arrival.came
        return arrival is None or not (arrival.came or arrival.orders)

    def take_document(
        self, *, box: str, message: edxml.Document, fingerprint: str, files: list[FileRef]
    ) -> Outcome:
        """A document, a recall or an update for an agency here, however often it comes.

        Refusals: `NotFound` (the update of what did not come yet).
        """
        require(Role.SERVICE)
        sender, id = self.place_of(box, message)
        if not sender:
            return Outcome.STRANGE
        arrival = self.arrival(id) or self._begun(id, box, sender, message)
        outcome = self._take(arrival, message, sender, fingerprint, files)
        self.save(arrival)
        return outcome

    def _begun(self, id: UUID, box: str, sender: str, message: edxml.Document) -> Arrival:
        return Arrival.begin(
            Arrival.Begun,
            arrival_id(id),
            delivery_id=id,
            agency=box,
            origin=understanding.origin_of(message, sender),
            about=understanding.about_of(message),
        )

    def _take(
        self,
        arrival: Arrival,
        message: edxml.Document,
        sender: str,
        fingerprint: str,
        files: list[FileRef],
    ) -> Outcome:
        letter = understanding.letter_of(message, sender, files)
        reason = message.business.reason or message.business.action.vi
        match message.business.action:
            case edxml.BusinessAction.RECALL:
                arrival.recall(reason[:1000], fingerprint)
            case edxml.BusinessAction.UPDATE:
                if not arrival.came:
                    raise NotFound(what="document", id=understanding.meant(message))
                arrival.update(letter, reason[:1000], fingerprint)
            case _ if not arrival.take(letter, fingerprint):
                self._repeat_receipt(arrival.delivery_id)
                return Outcome.REPEATED
            case _ if arrival.orders:
                return Outcome.RECALLED
        return Outcome.TAKEN

    def _repeat_receipt(self, id: UUID) -> None:
        """Whoever sends a document again wants its receipt again: the very same bytes."""
        for named in self.events.get(acceptance_id(id), limit=1):
            package = self.load(Package, named.package_id)  # type: ignore[attr-defined]
            package.ask_again()
            self.save(package)

    def expected(self, box: str, status: edxml.Status) -> tuple[str, str]:
        """The key that proves this sender's receipts, and the digest one must name; or nothing."""
        sender = self.canonical(status.sender.code)
        peer, id = self.find(Peer, peer_id(sender)), self._line_of(box, sender, status)
        package = self.find(Package, package_id(id)) if id else None
        return (peer.receipt_key if peer else "", package.fingerprint if package else "")

    def take_status(
        self,
        *,
        box: str,
        message: edxml.Status,
        fingerprint: str,
        receipt: str,
        verdict: ReceiptVerdict | None,
    ) -> Outcome:
        """A status for a document of ours, or the recall of one that came; each counts once.

        Refusals: `NotFound` (its document is not known yet).
        """
        require(Role.SERVICE)
        sender, code = self.canonical(message.sender.code), message.known()
        if not sender or code is None:
            return Outcome.STRANGE
        if code is StatusCode.TAKE_BACK:
            return self._take_back(box, sender, message, fingerprint)
        id, taken = self._line_of(box, sender, message), _taken(box, fingerprint)
        if id is None:
            raise NotFound(what="document", id=understanding.meant(message))
        if self.last_version(taken):
            return Outcome.REPEATED
        self.name_once(StatusTaken, taken, delivery_id=id)
        self._note_status(id, code, message)
        self._keep_receipt(id, receipt, verdict)
        return Outcome.TAKEN

    def hold_status(self, *, box: str, message: edxml.Status, fingerprint: str) -> None:
        """Keep a status whose document is not known; the same again is nothing new."""
        id, sender = held_id(box, fingerprint), self.canonical(message.sender.code)
        if not self.last_version(id):
            facts = {"agency": box, "sender": sender, "message": message}
            held = {"fingerprint": fingerprint, "held_at": self.now()}
            self.save(HeldStatus.begin(HeldStatus.Held, id, **facts, **held))

    def match_status(self, *, status_id: UUID) -> None:
        """A kept status had its effect, or proved to have none."""
        held = self.load(HeldStatus, status_id)
        held.match(self.now())
        self.save(held)

    def _note_status(self, id: UUID, code: StatusCode, message: edxml.Status) -> None:
        delivery, at = self.load(Delivery, id), message.at or self.now()
        reason = "" if code is StatusCode.ACCEPTED else message.description
        due = self.answer_due(delivery, code, at)
        delivery.record_status(code, at, reason[:1000], due)
        self.save(delivery)

    def answer_due(self, line: Delivery, code: StatusCode, at: datetime) -> Deadline | None:
        """When the recipient's next word is due after his 01, or after a 13."""
        urgent = line.urgency is not Urgency.ORDINARY
        within = URGENT_ANSWER if urgent else None
        match code:
            case StatusCode.ARRIVED if within:
                return urgent_due(self.calendar, at, within)
            case StatusCode.ARRIVED:
                return receipt_notice_due(self.calendar, at)
            case StatusCode.TAKE_BACK:
                return cancel_due(self.calendar, at, within)
        return None

    def _keep_receipt(self, id: UUID, receipt: str, verdict: ReceiptVerdict | None) -> None:
        package = self.find(Package, package_id(id))
        if package and receipt and verdict:
            package.take_receipt(receipt, verdict)
            self.save(package)

    def _take_back(self, box: str, sender: str, message: edxml.Status, fingerprint: str) -> Outcome:
        """A recall by status (13): only of what is known, since a status says too little else."""
        id = delivery_id(understanding.origin_id(sender, understanding.meant(message)), box)
        arrival = self.arrival(id)
        if arrival is None:
            raise NotFound(what="document", id=understanding.meant(message))
        arrival.recall((message.description or StatusCode.TAKE_BACK.vi)[:1000], fingerprint)
        self.save(arrival)
        return Outcome.TAKEN

    def _line_of(self, box: str, sender: str, status: edxml.Status) -> UUID | None:
        """The line a status is of: by the document's name on the wire, else by code and day."""
        about = status.about
        for stream in wire_streams(box, about.document_id, about.code, about.promulgated_on):
            for named in self.events.get(stream, limit=1):
                id = delivery_id(named.document_id, sender)  # type: ignore[attr-defined]
                if self.find(Delivery, id):
                    return id
        return None

    def get_receipt(self, *, delivery_id: UUID) -> ReceiptView:
        line, now = self.load(Delivery, delivery_id), current()
        seen_by = {line.sender, line.recipient}
        if not now.roles & {Role.AUDITOR, Role.SERVICE} and now.actor.agency not in seen_by:
            raise Denied(why="the receipt belongs to other agencies")
        package = self.find(Package, package_id(delivery_id)) or self.accepting(delivery_id)
        if package is None or not package.receipt:
            raise NotFound(what="receipt", id=str(delivery_id))
        return ReceiptView(
            delivery_id=delivery_id, receipt=package.receipt, verdict=package.verdict
        )

    def accepting(self, id: UUID) -> Package | None:
        """The status that accepted a document, with the receipt that it carries."""
        for named in self.events.get(acceptance_id(id), limit=1):
            return self.find(Package, named.package_id)  # type: ignore[attr-defined]
        return None


def _taken(box: str, fingerprint: str) -> UUID:
    return named_id("status", box, fingerprint)
