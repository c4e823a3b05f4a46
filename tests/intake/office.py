"""A receiving agency at work in memory: its people, a clock, and what dispatch and signing tell.

Sở Y tế (`H47.09`) receives from Sở Nội vụ (`H47.05`). Hoa is the clerk, Lan leads, Minh handles;
the gateway of the axis hands in what comes from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from contracts.dispatch import Addressee, DocumentIssued
from contracts.envelope import Actor, Envelope, Page, PublicEvent
from contracts.intake import CompletionResult, IncomingDocumentView, Origin
from contracts.intake import IncomingAct as Act
from contracts.intake import IncomingState as State
from contracts.signing import SignaturesVerified
from contracts.values import (
    Assignment,
    DocumentKind,
    DocumentLink,
    FileRef,
    LegalValue,
    OutgoingNumber,
    RefusalCode,
    ReplyRequest,
    Role,
    Route,
    Secrecy,
    Signer,
    Urgency,
    Verdict,
    delivery_id,
)
from contracts.working_time import VIETNAM, Calendar
from services.intake.application import Intake
from services.kernel.application import IN_MEMORY
from services.kernel.context import Circumstances, acting, the_service
from services.kernel.eventlog import EventLog
from tests.shelf import Shelf

SENDER, OURS, THEIRS, ON_AXIS = "H47.05", "H47.09", "H47.15", "H01.02"
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=VIETNAM)
FILE = FileRef(name="cong-van.pdf", sha256="0" * 64, size=1000)
DUE = ReplyRequest(content="Báo cáo số giường bệnh", due_on=date(2026, 3, 20))
SIGNER = Signer(person="dung", post="Giám đốc", name="Trần Dũng")
TO_UNIT = Assignment(
    lead="Phòng Nghiệp vụ", coordinators=["Văn phòng", "Thanh tra"], due_on=date(2026, 3, 18)
)


def person(name: str, *roles: Role, agency: str = OURS) -> Circumstances:
    """Somebody in a post."""
    actor = Actor(person=name, name=name.title(), post=roles[0].vi, agency=agency)
    return Circumstances(actor=actor, roles=frozenset(roles))


HOA = person("hoa", Role.CLERK)
LAN = person("lan", Role.LEADER)
MINH = person("minh", Role.OFFICER)
GATEWAY = person("gateway", Role.AXIS, agency="H47")
AUDITOR = person("kiem", Role.AUDITOR, agency="")
STRANGER = person("giang", *set(Role) - {Role.OPERATOR, Role.AUDITOR, Role.SERVICE}, agency=THEIRS)
DOER = {
    Act.REFUSE: HOA,
    Act.REGISTER: HOA,
    Act.PRESENT: HOA,
    Act.DIRECT: LAN,
    Act.TRANSFER: HOA,
    Act.START: MINH,
    Act.COMPLETE: MINH,
}
"""Who does each act where everything goes well."""

ASKED: dict[Act, dict[str, Any]] = {
    Act.REFUSE: {"code": RefusalCode.WRONG_ADDRESSEE, "reason": "Gửi nhầm cơ quan"},
    Act.PRESENT: {"leader": "lan"},
    Act.DIRECT: {"assignment": TO_UNIT},
    Act.COMPLETE: {"result": CompletionResult.NO_REPLY_NEEDED, "note": "Để biết"},
}
"""What is said with an act, beside the document's id."""

WAY = [
    (State.REGISTERED, Act.REGISTER),
    (State.PRESENTED, Act.PRESENT),
    (State.DIRECTED, Act.DIRECT),
    (State.ASSIGNED, Act.TRANSFER),
    (State.IN_PROGRESS, Act.START),
    (State.COMPLETED, Act.COMPLETE),
]
"""From the arrival to the close: each state, and the act that leads to it."""


def issued(
    document_id: UUID | None = None,
    to: tuple[str, ...] = (OURS,),
    *,
    sender: str = SENDER,
    urgency: Urgency = Urgency.ORDINARY,
    reply: ReplyRequest | None = None,
    answers: tuple[UUID, ...] = (),
    at: datetime = MONDAY,
) -> DocumentIssued:
    """What dispatch tells of a letter that goes to some agencies."""
    document_id = document_id or uuid4()
    return DocumentIssued(
        document_id=document_id,
        agency=sender,
        agency_name="Sở Nội vụ",
        number=OutgoingNumber(
            number=7,
            notation="07/SNV-VP",
            issued_on=at.date(),
            document_code=f"{sender}.{at.year}.000007",
        ),
        kind=DocumentKind.LETTER,
        subject="Về việc báo cáo số giường bệnh",
        urgency=urgency,
        signer=SIGNER,
        files=[FILE],
        addressees=[
            Addressee(
                agency=agency,
                name=agency,
                route=Route.AXIS if agency == ON_AXIS else Route.PLATFORM,
                delivery_id=delivery_id(document_id, agency),
            )
            for agency in to
        ],
        issued_at=at,
        send_due_at=at,
        reply=reply,
        answers=[DocumentLink(document_id=answered) for answered in answers],
    )


def verified(
    document_id: UUID,
    verdict: Verdict = Verdict.TRUSTED,
    legal_value: LegalValue = LegalValue.ORIGINAL,
    files: tuple[FileRef, ...] = (FILE,),
) -> SignaturesVerified:
    """What signing tells of an arrived document."""
    return SignaturesVerified(
        document_id=document_id,
        verdict=verdict,
        legal_value=legal_value,
        signatures=[],
        files=list(files),
    )


class Office:
    """Intake with a clock that stands until it is moved."""

    def __init__(self, profile: str = "A", now: datetime = MONDAY) -> None:
        self.now, self.shelf = now, Shelf()
        self.app = Intake(
            IN_MEMORY, now=lambda: self.now, files=self.shelf, calendar=Calendar.of(profile)
        )
        self.log = EventLog(self.app, self._read)

    def _read(self, envelope: Envelope) -> None:
        self.app.policy(envelope.event(), envelope)

    def tell(self, source: str, *events: PublicEvent) -> None:
        """Have the follower read some more events of a source, in one page."""
        place = self.log.place(source)
        envelopes = [
            Envelope(
                source=source,
                position=position,
                type=event.TYPE,
                aggregate_id=uuid4(),
                version=1,
                at=self.now,
                actor=Actor(person=f"service:{source}", name=source),
                body=msgspec.to_builtins(event),
            )
            for position, event in enumerate(events, place + 1)
        ]
        self.log.take(source, place, Page(events=envelopes, upto=place + len(events)))
        assert not self.log.parked(source)

    def arrival(self, **changes: Any) -> UUID:
        """A letter that dispatch told of; the id it has here."""
        letter = issued(**changes)
        self.tell("dispatch", letter)
        return delivery_id(letter.document_id, OURS)

    def envelope(self, content: bytes = b"%PDF-1.7 mot van ban", **changes: Any) -> dict[str, Any]:
        """The arguments of `receive_document` for a letter just uploaded by the gateway."""
        kept = self.shelf.upload(content)
        whole: dict[str, Any] = {
            "agency": OURS,
            "origin": Origin(
                agency="G11",
                agency_name="Bộ Y tế",
                document_id=uuid4(),
                document_code="G11.2026.000123",
                notation="123/BYT-VP",
                issued_on=date(2026, 2, 27),
            ),
            "kind": DocumentKind.LETTER,
            "subject": "Về việc phòng, chống dịch",
            "files": [FileRef(name="dich.pdf", sha256=kept.sha256, size=kept.size)],
            "urgency": Urgency.ORDINARY,
            "secrecy": Secrecy.NONE,
            "reply": None,
        }
        return whole | changes

    def receive(self, **changes: Any) -> UUID:
        """Something that the gateway hands in."""
        envelope = self.envelope(**changes)
        with acting(GATEWAY):
            return self.app.receive_document(**envelope)

    def act(
        self, act: Act, document_id: UUID, who: Circumstances | None = None, **said: Any
    ) -> Any:
        """One act, by its usual doer or by somebody else, with the usual words or others."""
        with acting(who or DOER[act]):
            method = getattr(self.app, act.value)
            return method(document_id=document_id, **ASKED.get(act, {}) | said)

    def document(self, state: State, **changes: Any) -> UUID:
        """A document that came as far as this state, or ended there."""
        if state is State.QUARANTINED:
            return self.receive(secrecy=Secrecy.SECRET)
        document_id = self.arrival(**changes)
        self.tell("signing", verified(document_id))
        if state is State.REFUSED:
            self.act(Act.REFUSE, document_id)
        states = [State.ARRIVED, *(reached for reached, _ in WAY)]
        for reached, act in WAY[: states.index(state)] if state in states else []:
            self.act(act, document_id)
            assert self.view(document_id).state is reached
        return document_id

    def view(self, document_id: UUID) -> IncomingDocumentView:
        """The document as its agency sees it."""
        with acting(MINH):
            return self.app.get_document(document_id=document_id)

    def recorded(self) -> int:
        """How many events are in the store, of whatever kind."""
        return self.app.recorder.max_notification_id() or 0

    def envelopes(self) -> list[Envelope]:
        """Everything told aloud so far, with its circumstances."""
        with acting(the_service("tracking")):
            return self.app.read_events(after=0, limit=1000).events

    def told(self) -> list[PublicEvent]:
        """Everything told aloud so far."""
        return [event for envelope in self.envelopes() if (event := envelope.event())]

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """What happens within leaves no event, of any kind."""
        before = self.recorded()
        yield
        assert self.recorded() == before
