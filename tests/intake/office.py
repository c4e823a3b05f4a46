"""A receiving agency at work in memory: its people, a clock, and what dispatch and signing tell.

Sở Y tế (`H47.09`) receives from Sở Nội vụ (`H47.05`). Hoa is the clerk, Lan leads, Minh handles;
the gateway of the axis hands in what comes from elsewhere.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec
from reportlab.pdfgen.canvas import Canvas

from contracts.dispatch import Addressee, DocumentIssued
from contracts.envelope import Actor, Envelope, Page, PublicEvent
from contracts.intake import CompletionResult, IncomingDocumentView, OfficeRules, Origin
from contracts.intake import IncomingAct as Act
from contracts.intake import IncomingState as State
from contracts.signing import PaperDigitised, SignaturesVerified
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
LETTER = b"%PDF-1.7 mot cong van"
FILE = FileRef(name="cong-van.pdf", sha256=hashlib.sha256(LETTER).hexdigest(), size=len(LETTER))
DUE = ReplyRequest(content="Báo cáo số giường bệnh", due_on=date(2026, 3, 20))
SIGNER = Signer(person="dung", post="Giám đốc", name="Trần Dũng")
TO_UNIT = Assignment(
    lead="Phòng Nghiệp vụ", coordinators=["Văn phòng", "Thanh tra"], due_on=date(2026, 3, 18)
)
REPORT = FileRef(name="gate.json", sha256="1" * 64, size=10, media_type="application/json")
TO_OTHERS = Assignment(lead="Thanh tra", due_on=date(2026, 3, 24))


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
    Act.RETURN: LAN,
    Act.DECIDE_DUPLICATE: HOA,
    Act.TRANSFER_DIRECTLY: HOA,
    Act.SEND_BACK: MINH,
    Act.EXTEND: LAN,
    Act.REASSIGN: LAN,
    Act.FILE: HOA,
    Act.REOPEN: LAN,
    Act.CANCEL: HOA,
    Act.DECLINE_RECALL: LAN,
    Act.APPLY_UPDATE: HOA,
    Act.DECLINE_UPDATE: HOA,
    Act.TAKE_OVER: LAN,
    Act.NAME_FOLLOWER: LAN,
    Act.EXPECT_PAPER: HOA,
    Act.RECEIVE_PAPER: HOA,
}
"""Who does each act where everything goes well."""

ASKED: dict[Act, dict[str, Any]] = {
    Act.REFUSE: {"code": RefusalCode.WRONG_ADDRESSEE, "reason": "Gửi nhầm cơ quan"},
    Act.PRESENT: {"leader": "lan"},
    Act.DIRECT: {"assignment": TO_UNIT},
    Act.COMPLETE: {"result": CompletionResult.NO_REPLY_NEEDED, "note": "Để biết"},
    Act.RETURN: {"code": RefusalCode.NOT_COMPETENT, "reason": "Không thuộc chức năng của Sở"},
    Act.TRANSFER_DIRECTLY: {"assignment": TO_UNIT},
    Act.SEND_BACK: {"reason": "Không thuộc nhiệm vụ của phòng"},
    Act.EXTEND: {"due_on": date(2026, 3, 25), "reason": "Chờ số liệu của huyện"},
    Act.REASSIGN: {"assignment": TO_OTHERS},
    Act.REOPEN: {"reason": "Bổ sung số liệu"},
    Act.DECLINE_RECALL: {"reason": "Đã phát hành văn bản trả lời"},
    Act.DECLINE_UPDATE: {"reason": "Đã xử lý xong"},
    Act.NAME_FOLLOWER: {"person": "tam"},
}
"""What is said with an act, beside the document's id."""

RECALLED = {State.RECALL_PENDING, State.CANCELLED}
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
    number = int(document_id) % 9_000_000
    return DocumentIssued(
        document_id=document_id,
        agency=sender,
        agency_name="Sở Nội vụ",
        number=OutgoingNumber(
            number=number,
            notation=f"{number}/SNV-VP",
            issued_on=at.date(),
            document_code=f"{sender}.{at.year}.{number:07d}",
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


def letter_of(text: str) -> bytes:
    """A small real PDF of one page."""
    page = io.BytesIO()
    canvas = Canvas(page, pagesize=(595, 842), invariant=True)
    canvas.setTitle(text)
    canvas.drawString(72, 770, "Cong van")
    canvas.save()
    return page.getvalue()


class Office:
    """Intake with a clock that stands until it is moved."""

    def __init__(
        self, profile: str = "A", now: datetime = MONDAY, env: dict[str, str] = IN_MEMORY
    ) -> None:
        self.now, self.shelf = now, Shelf()
        self.shelf.kept[FILE.sha256] = LETTER
        self.app = Intake(
            env, now=lambda: self.now, files=self.shelf, calendar=Calendar.of(profile)
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
        document_id = delivery_id(letter.document_id, OURS)
        self.admit(document_id)
        return document_id

    def issue_letter(self) -> DocumentIssued:
        """A real letter issued on this platform."""
        kept = self.shelf.keep(letter_of("Công văn"))
        file = FileRef(name="cv.pdf", sha256=kept.sha256, size=kept.size)
        letter = msgspec.structs.replace(issued(), files=[file])
        self.tell("dispatch", letter)
        return letter

    def envelope(self, content: bytes = b"%PDF-1.7 mot van ban", **changes: Any) -> dict[str, Any]:
        """The arguments of `receive_document` for a letter just uploaded by the gateway."""
        kept = self.shelf.upload(content)
        whole: dict[str, Any] = {
            "agency": OURS,
            "origin": Origin(
                agency="G11",
                agency_name="Bộ Y tế",
                document_id=uuid4(),
                document_code=f"G11.2026.{uuid4().int % 9_000_000:07d}",
                notation=f"{uuid4().int % 9_000_000}/BYT-VP",
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

    def receive(self, content: bytes = b"%PDF-1.7 mot van ban", **changes: Any) -> UUID:
        """Something that the gateway hands in."""
        envelope = self.envelope(content, **changes)
        with acting(GATEWAY):
            return self.app.receive_document(**envelope)

    def admit(self, document_id: UUID) -> None:
        """The gate lets the files in, and they are sealed."""
        with acting(the_service("intake")):
            files = self.app.here(document_id).files
            sealed = [msgspec.structs.replace(file, sealed_for_id=document_id) for file in files]
            for file in files:
                self.shelf.seal(document_id, file, self.shelf.arrived(file))
            self.app.admit_files(document_id=document_id, files=sealed, report=REPORT)

    def digitise(self, scan: FileRef, agency: str = OURS) -> None:
        """Signing digitised a scan and sealed it for an agency."""
        self.tell("signing", PaperDigitised(paper_id=uuid4(), agency=agency, file=scan))

    def last_written(self) -> datetime:
        """When the latest event was recorded."""
        stored = self.app.recorder.select_notifications(self.recorded(), 1)[-1]
        at: datetime = self.app.mapper.to_domain_event(stored).timestamp
        return at

    def allow_direct_transfer(self) -> None:
        """The leader lays down that clerks may transfer directly."""
        with acting(LAN):
            self.app.set_office_rules(agency=OURS, rules=OfficeRules(transfers_directly=True))

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
        if state in RECALLED:
            return self.recalled(state)
        if state is State.SUPERSEDED:
            return self.superseded()
        document_id = self.arrival(**changes)
        self.tell("signing", verified(document_id))
        if state is State.REFUSED:
            self.act(Act.REFUSE, document_id)
        states = [State.ARRIVED, *(reached for reached, _ in WAY)]
        for reached, act in WAY[: states.index(state)] if state in states else []:
            self.act(act, document_id)
            assert self.view(document_id).state is reached
        return document_id

    def recalled(self, state: State, was: State = State.IN_PROGRESS) -> UUID:
        """A document that its sender wants back, or that is cancelled at his wish."""
        document_id = self.document(was)
        self.recall(document_id)
        if state is State.CANCELLED:
            self.act(Act.CANCEL, document_id)
            self.destroy(document_id)
        return document_id

    def recall(self, document_id: UUID, order_id: UUID | None = None, **said: Any) -> None:
        """The sender's order comes over the axis."""
        document = self.app.here(document_id)
        with acting(GATEWAY):
            self.app.receive_recall(
                agency=document.agency,
                origin=said.get("origin", document.origin),
                order_id=order_id or uuid4(),
                reason="Ban hành nhầm",
            )

    def destroy(self, document_id: UUID) -> None:
        """The worker destroys what is kept of a document being cancelled."""
        with acting(the_service("intake")):
            self.shelf.destroy(document_id)
            self.app.record_destruction(document_id=document_id)

    def superseded(self) -> UUID:
        """A document whose replacement is registered."""
        old = self.document(State.IN_PROGRESS)
        self.replacement(old)
        return old

    def replacement(
        self,
        old: UUID,
        verdict: Verdict = Verdict.TRUSTED,
        legal_value: LegalValue = LegalValue.ORIGINAL,
    ) -> UUID:
        """A registered document of the same sender that replaces this one."""
        origin = self.app.here(old).origin
        other = msgspec.structs.replace(origin, document_id=uuid4(), notation="08/SNV-VP")
        other = msgspec.structs.replace(other, document_code="H47.05.2026.000008")
        new = self.receive(origin=other, replaces=[origin.document_id])
        self.admit(new)
        files = tuple(self.app.here(new).files)
        self.tell("signing", verified(new, verdict, legal_value, files))
        self.act(Act.REGISTER, new)
        return new

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
