"""What may be: lines of recipients, and the messages that cross the exchange axis."""

from services.tracking.domain.arrival import Arrival, arrival_id
from services.tracking.domain.delivery import (
    FINAL,
    FORWARD,
    STATE_OF,
    Delivery,
    LineListed,
    after_status,
    lines_id,
)
from services.tracking.domain.package import Package, package_id
from services.tracking.domain.peer import (
    AcceptanceOwed,
    Peer,
    PeerNamed,
    StatusTaken,
    WireNamed,
    peer_id,
)

__all__ = [
    "FINAL",
    "FORWARD",
    "STATE_OF",
    "AcceptanceOwed",
    "Arrival",
    "Delivery",
    "LineListed",
    "Package",
    "Peer",
    "PeerNamed",
    "StatusTaken",
    "WireNamed",
    "after_status",
    "arrival_id",
    "lines_id",
    "package_id",
    "peer_id",
]
