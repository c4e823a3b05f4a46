"""What is owed to agencies outside: documents to them, statuses of theirs, and who they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.dispatch import Addressee, DocumentIssued, RecallOrdered
from contracts.values import FileRef, Role, StatusCode, Urgency, named_id
from services.kernel.commit import command
from services.kernel.context import require
from services.kernel.following import Following
from services.tracking.application import understanding, wording
from services.tracking.domain import (
    AcceptanceOwed,
    Arrival,
    Delivery,
    Package,
    Peer,
    PeerNamed,
    WireNamed,
    arrival_id,
    package_id,
    peer_id,
)

NOT_OWED = {StatusCode.TAKE_BACK}
"""A recall is the sender's own word: he is not told that it came."""


class Sending(Following):
    """The directory, and packages from the moment they are owed."""

    # -- the directory ------------------------------------------------------------------------

    def learn_peer(self, agency: str, name: str) -> None:
        """An agency joined the directory."""
        if not self.last_version(peer_id(agency)):
            self.save(Peer.begin(Peer.Learnt, peer_id(agency), agency=agency, name=name))

    def learn_code(self, agency: str, code: str) -> None:
        """An agency is known by one more code (R7.2a)."""
        self.name_once(PeerNamed, peer_id(code), agency=agency)

    def learn_key(self, agency: str, key: str) -> None:
        """This key proves an agency's receipts."""
        if peer := self.find(Peer, peer_id(agency)):
            peer.trigger_event(Peer.KeyLearnt, key=key)
            self.save(peer)

    def canonical(self, code: str) -> str:
        """The one code of the agency that is meant by any of its codes; unknown ones are kept."""
        told = understanding.usable_code(code)
        for named in self.events.get(peer_id(told), limit=1) if told else ():
            return named.agency  # type: ignore[attr-defined, no-any-return]
        return told

    def name_once(self, kind: type[Any], stream: UUID, **fields: object) -> None:
        """Say what a stream's name means, unless it was said before."""
        if not self.last_version(stream):
            at = kind.create_timestamp()
            self.save(kind(originator_id=stream, originator_version=1, timestamp=at, **fields))

    # -- owed to agencies outside -------------------------------------------------------------

    def owe_document(self, event: DocumentIssued, to: Addressee) -> None:
        """A document is to reach a recipient over the axis (R3.2-1, R5.1b)."""
        number, wire = event.number, wording.wire_id(event)
        for stream in wire_streams(event.agency, wire, number.notation, number.issued_on):
            self.name_once(WireNamed, stream, document_id=event.document_id)
        answers = {link.document_id: self.arrival(link.document_id) for link in event.answers}
        known = {id: arrival for id, arrival in answers.items() if arrival}
        self._owe(
            package_id(to.delivery_id),
            delivery_id=to.delivery_id,
            document_id=event.document_id,
            agency=event.agency,
            to=to.agency,
            message=wording.document_of(event, known),
            files=event.files,
            urgent=event.urgency is not Urgency.ORDINARY,
        )

    def owe_recall(self, event: RecallOrdered, to: Addressee) -> None:
        """The order to give a document back is to reach a recipient over the axis (3.5)."""
        self._owe(
            package_id(to.delivery_id, "recall", event.order_id),
            delivery_id=to.delivery_id,
            document_id=event.document_id,
            agency=event.agency,
            to=to.agency,
            message=wording.recall_of(event),
            files=[],
            urgent=event.urgency is not Urgency.ORDINARY,
        )

    def owe_status(self, id: UUID, code: StatusCode, at: datetime, reason: str) -> None:
        """A status is owed to whoever sent the document over the axis, if it came so (Q28-6.3)."""
        arrival = self.arrival(id)
        if arrival is None or code in NOT_OWED:
            return
        peer = self.find(Peer, peer_id(arrival.agency))
        name = peer.name if peer else arrival.agency
        self._owe(
            package_id(id, code.value, at.isoformat()),
            delivery_id=id,
            document_id=arrival.origin.document_id,
            agency=arrival.agency,
            to=arrival.about.agency,
            message=wording.status_of(arrival, name, code, at, reason),
            files=[],
            urgent=False,
        )
        if code is StatusCode.ACCEPTED:
            told = package_id(id, code.value, at.isoformat())
            self.name_once(AcceptanceOwed, acceptance_id(id), package_id=told)

    def _owe(self, id: UUID, **facts: Any) -> None:
        if not self.last_version(id):
            self.save(Package.begin(Package.Owed, id, **facts))

    def arrival(self, id: UUID) -> Arrival | None:
        return self.find(Arrival, arrival_id(id))

    # -- what the worker did with them --------------------------------------------------------

    @command()
    def record_written(
        self, *, package_id: UUID, file: FileRef, fingerprint: str, receipt: str
    ) -> None:
        """The package's bytes are kept."""
        self._on(package_id, lambda package: package.write(file, fingerprint, receipt))

    @command()
    def record_sent(self, *, package_id: UUID, doc_id: str) -> None:
        """The axis took it; the document itself moves its line, a status or recall none."""
        at = self.now()
        package = self._on(package_id, lambda package: package.send(doc_id, at))
        line = self.find(Delivery, package.delivery_id) if package else None
        if package and line and package.is_document():
            line.take_axis_answer(at)
            self.save(line)

    @command()
    def record_rejected(self, *, package_id: UUID, code: str, told: str) -> None:
        """The axis refused it, for good: its line knows, and whoever minds it."""
        package = self._on(package_id, lambda package: package.reject(code, told))
        line = self.find(Delivery, package.delivery_id) if package else None
        if package and line:
            line.fail(f"{code}: {told}", self.now(), package.agency)
            self.save(line)

    def _on(self, id: UUID, act: Callable[[Package], None]) -> Package | None:
        """The package, if that was news; its outcome counts once, the first."""
        require(Role.SERVICE)
        package = self.load(Package, id)
        before = package.version
        act(package)
        self.save(package)
        return package if package.version != before else None


def wire_streams(agency: str, wire: str, code: str, day: object) -> list[UUID]:
    """Where it is kept which document of an agency is meant: by its name, by code and day."""
    named = [named_id("wire", agency, wire)] if wire else []
    return [*named, named_id("wire", agency, code, day)] if code and day else named


def acceptance_id(id: UUID) -> UUID:
    """The stream that names the package by which a delivery was accepted."""
    return named_id("acceptance", id)
