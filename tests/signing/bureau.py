"""Signing in memory: an application, its shelf, and the people and events around it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from contracts.dispatch import SignatureRequested
from contracts.envelope import Actor, Envelope, PublicEvent
from contracts.intake import FilesAdmitted, Issuer, Origin
from contracts.values import (
    FileRef,
    OutgoingNumber,
    Placement,
    Placements,
    Role,
    SignerRole,
)
from services.kernel.application import IN_MEMORY
from services.kernel.context import Circumstances, acting, the_service
from services.signing.application import Signing
from services.signing.domain import signature_id
from tests.shelf import Shelf

OURS, THEIRS = "H47.05", "H47.30"
MONDAY = datetime(2026, 3, 2, 2, tzinfo=UTC)
DOCUMENT = UUID("7d3c1f20-0000-4000-8000-000000000001")
CLERK = Circumstances(actor=Actor(person="hoa", agency=OURS), roles=frozenset({Role.CLERK}))
STRANGER = Circumstances(actor=Actor(person="lan", agency=THEIRS), roles=frozenset({Role.CLERK}))
LEADER = Circumstances(
    actor=Actor(person="nguyen-van-an", agency=OURS), roles=frozenset({Role.LEADER})
)
OPERATOR = Circumstances(actor=Actor(person="operator.mot"), roles=frozenset({Role.OPERATOR}))
PERMISSION, RECORD = "Văn bản 07/SNV-VP", "Biên bản bàn giao 02/BB-SNV"
BOX = Placement(page=0, box=(10.0, 10.0, 60.0, 60.0))
PLACES = Placements(leader=BOX, agency=BOX, number=BOX, date=BOX)
NUMBER = OutgoingNumber(
    number=1,
    notation="01/SNV-VTLT",
    issued_on=date(2026, 3, 2),
    document_code="H47.05.2026.000001",
)


class Bureau:
    """The application and what it holds in its hands."""

    def __init__(self) -> None:
        self.shelf = Shelf()
        self.instant = MONDAY
        self.signing = Signing(IN_MEMORY, now=lambda: self.instant, files=self.shelf)

    def hand_over(
        self, person: str = "hoa", who: Circumstances = OPERATOR, agency: str = OURS
    ) -> None:
        """Somebody gives the agency's key to a person, at first the clerk."""
        with acting(who):
            self.signing.hand_over_key(
                agency=agency, to_person=person, permission=PERMISSION, record=RECORD
            )

    def file(self, content: bytes = b"%PDF-1.7 letter") -> FileRef:
        """A kept file."""
        kept = self.shelf.keep(content)
        return FileRef(name="cv.pdf", sha256=kept.sha256, size=kept.size)

    def told(self, event: PublicEvent, at: datetime = MONDAY) -> None:
        """The follower reads what the clerk caused in another service."""
        envelope = Envelope(
            source=event.TYPE.partition(".")[0],
            position=1,
            type=event.TYPE,
            aggregate_id=DOCUMENT,
            version=1,
            at=at,
            actor=Actor(person="hoa"),
        )
        with acting(the_service("signing")):
            self.signing.policy(event, envelope)

    def leader_signed(self, content: bytes, **other: Any) -> FileRef:
        """What the leader signed, as a worker had it recorded, and dispatch heard of it."""
        signed = self.file(content)
        self.told(requested(self.file(), **other))
        with acting(the_service("signing")):
            self.signing.record_signature(id=signature_id(DOCUMENT, SignerRole.LEADER), file=signed)
        return signed

    def happened(self) -> int:
        """How many events are recorded, receipts of commands left out."""
        log = self.signing.recorder.select_notifications(1, 1000)
        return sum(stored.topic != "kernel.CommandAnswered" for stored in log)

    def written(self) -> int:
        """How many events are recorded."""
        return self.signing.recorder.max_notification_id() or 0


def requested(file: FileRef, role: SignerRole = SignerRole.LEADER, **other: Any) -> PublicEvent:
    """Dispatch asks for a signature."""
    holder = "person:nguyen-van-an" if role is SignerRole.LEADER else f"agency:{OURS}"
    asked: dict[str, Any] = {"holder": holder, "placements": PLACES, "number": None} | other
    return SignatureRequested(document_id=DOCUMENT, agency=OURS, role=role, file=file, **asked)


def arrived(
    files: list[FileRef],
    id: UUID = DOCUMENT,
    sender: str = OURS,
    issuer: Issuer | None = None,
) -> PublicEvent:
    """The files of an arrival passed intake's gate; the tests' keys are the usual sender's."""
    origin = Origin(
        agency=sender,
        agency_name="Sở Nội vụ" if sender == OURS else "UBND huyện Thăng Bình",
        document_id=UUID(int=3),
        document_code="H47.30.2026.000001",
        notation="01/UBND-VP",
        issued_on=date(2026, 3, 2),
    )
    return FilesAdmitted(document_id=id, agency=OURS, origin=origin, files=files, issuer=issuer)
