"""Whom we exchange with, under which codes, and what was said of which document on the wire."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from contracts.values import named_id
from services.kernel.aggregate import Aggregate, BareEvent, under_topic


def peer_id(code: str) -> UUID:
    """Identity of an agency in the store."""
    return named_id("peer", code)


class Peer(Aggregate, service="tracking"):
    """An agency as accounts tells of it (đầu mối liên thông; R7.2a)."""

    agency: str
    name: str
    receipt_key: str = ""

    class Learnt(Aggregate.Created):
        agency: str
        name: str

    class KeyLearnt(Aggregate.Event):
        """This key proves its receipts from now on."""

        key: str

        def apply(self, peer: Peer) -> None:
            peer.receipt_key = self.key


@dataclass(frozen=True)
class PeerNamed(BareEvent):
    """By this code, which names the stream, that agency is meant."""

    agency: str


@dataclass(frozen=True)
class WireNamed(BareEvent):
    """By these words, which name the stream, a document of ours is meant on the wire."""

    document_id: UUID


@dataclass(frozen=True)
class StatusTaken(BareEvent):
    """A status came over the axis; its fingerprint names the stream, so it counts once."""

    delivery_id: UUID


@dataclass(frozen=True)
class AcceptanceOwed(BareEvent):
    """By this package the sender outside hears that his document was accepted."""

    package_id: UUID


for _event in (PeerNamed, WireNamed, StatusTaken, AcceptanceOwed):
    under_topic(_event, f"tracking.{_event.__name__}")
