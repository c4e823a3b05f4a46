"""What may be: lines of recipients, messages that cross the exchange axis, and dossiers."""

from services.tracking.domain.arrival import Arrival, arrival_id
from services.tracking.domain.delivery import Delivery
from services.tracking.domain.dossier import Dossier
from services.tracking.domain.held import HeldStatus, held_id
from services.tracking.domain.lists import (
    AnnouncementSet,
    DossierListed,
    LineListed,
    ReminderSet,
    TaskListed,
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
from services.tracking.domain.record import Record
from services.tracking.domain.states import ENDED, FINAL, FORWARD, STATE_OF, after_status
from services.tracking.domain.task import Task

__all__ = [
    "ENDED",
    "FINAL",
    "FORWARD",
    "STATE_OF",
    "AcceptanceOwed",
    "AnnouncementSet",
    "Arrival",
    "Delivery",
    "Dossier",
    "DossierListed",
    "HeldStatus",
    "LineListed",
    "Package",
    "Peer",
    "PeerNamed",
    "Record",
    "ReminderSet",
    "StatusTaken",
    "Task",
    "TaskListed",
    "WireNamed",
    "after_status",
    "arrival_id",
    "held_id",
    "lines_id",
    "package_id",
    "peer_id",
]
