"""What an agency outside sent over the axis to one here: each document, recall, update once."""

from __future__ import annotations

from dataclasses import field
from typing import Any
from uuid import UUID

from contracts.edxml import ResponseFor
from contracts.tracking import Letter
from contracts.values import Origin, named_id
from services.kernel.aggregate import Aggregate


def arrival_id(delivery_id: UUID) -> UUID:
    """Identity of what came of one document to one agency."""
    return named_id("arrival", delivery_id)


class Arrival(Aggregate, service="tracking"):
    """One document of a peer at one agency here (văn bản đến qua trục).

    `about` is how the peer names it on the wire, with the code it wrote from: every status says it
    back. `fingerprint` is that of the document that counts; messages like it have no effect.
    """

    delivery_id: UUID
    agency: str
    origin: Origin
    about: ResponseFor
    fingerprint: str = ""
    orders: list[str] = field(default_factory=list)

    class Begun(Aggregate.Created):
        """The first of it was heard: the document itself, or its recall."""

        delivery_id: UUID
        agency: str
        origin: Origin
        about: ResponseFor

    class DocumentTaken(Aggregate.Event):
        """The document came."""

        delivery_id: UUID
        agency: str
        origin: Origin
        letter: Letter
        fingerprint: str

        def apply(self, arrival: Arrival) -> None:
            arrival.fingerprint = self.fingerprint

    class RecallTaken(Aggregate.Event):
        """Its sender wants it back (thu hồi)."""

        delivery_id: UUID
        agency: str
        origin: Origin
        order_id: UUID
        reason: str
        fingerprint: str

        def apply(self, arrival: Arrival) -> None:
            arrival.orders.append(self.fingerprint)

    class UpdateTaken(Aggregate.Event):
        """Its sender corrects it (cập nhật)."""

        delivery_id: UUID
        agency: str
        origin: Origin
        update_id: UUID
        letter: Letter
        reason: str
        fingerprint: str

        def apply(self, arrival: Arrival) -> None:
            arrival.orders.append(self.fingerprint)

    @property
    def came(self) -> bool:
        """Whether the document itself came, not only its recall."""
        return bool(self.fingerprint)

    def take(self, letter: Letter, fingerprint: str) -> bool:
        """The document; whether it is the first. Of two the first counts."""
        if self.came:
            return False
        told = {"letter": letter, "fingerprint": fingerprint}
        self.trigger_event(self.DocumentTaken, **self._of(), **told)
        return True

    def recall(self, reason: str, fingerprint: str) -> None:
        """An order to give it back; the same again is nothing new."""
        self._order(self.RecallTaken, fingerprint, order_id=self._named(fingerprint), reason=reason)

    def update(self, letter: Letter, reason: str, fingerprint: str) -> None:
        """A correction; the same again is nothing new."""
        told = {"letter": letter, "reason": reason, "update_id": self._named(fingerprint)}
        self._order(self.UpdateTaken, fingerprint, **told)

    def _order(self, kind: type[Any], fingerprint: str, **told: object) -> None:
        if fingerprint not in self.orders:
            self.trigger_event(kind, **self._of(), **told, fingerprint=fingerprint)

    def _named(self, fingerprint: str) -> UUID:
        return named_id("order", self.delivery_id, fingerprint)

    def _of(self) -> dict[str, object]:
        return {"delivery_id": self.delivery_id, "agency": self.agency, "origin": self.origin}
