"""An agency at work in memory: its people, a clock, and a dispatch that accounts and signing tell.

Sở Nội vụ (`H47.05`, notation SNV) writes to `H47.09` and `H47.15`. An drafts, Bình checks content,
Chi checks form, Dũng signs, Em is the clerk.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from contracts.accounts import AgencyRegistered
from contracts.dispatch import OutgoingAct as Act
from contracts.dispatch import OutgoingState as State
from contracts.dispatch import PaperGround
from contracts.envelope import Actor, Envelope, Page, PublicEvent
from contracts.signing import DocumentSigned, SigningFailed
from contracts.tracking import DeliveryState, StatusSent
from contracts.values import (
    DocumentKind,
    FileRef,
    Placement,
    Placements,
    Recipient,
    ReplyRequest,
    Role,
    Route,
    Signer,
    SignerRole,
    StatusCode,
    delivery_id,
)
from contracts.working_time import VIETNAM, Calendar
from services.dispatch.application import Dispatch
from services.kernel.application import IN_MEMORY
from services.kernel.context import Circumstances, acting, the_service
from services.kernel.eventlog import EventLog
from tests.shelf import Shelf

OURS, THEIRS, ALSO_THEIRS = "H47.05", "H47.09", "H47.15"
AGENCIES = {
    OURS: ("Sở Nội vụ", "SNV", Route.PLATFORM),
    THEIRS: ("Sở Y tế", "SYT", Route.PLATFORM),
    ALSO_THEIRS: ("Sở Tài chính", "STC", Route.AXIS),
}
PDF = b"%PDF-1.7\n% mot van ban"
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=VIETNAM)
WRONG = "Gửi nhầm số liệu"
DUE = ReplyRequest(content="Báo cáo số lượng biên chế", due_on=date(2026, 3, 20))


def person(name: str, *roles: Role, agency: str = OURS) -> Circumstances:
    """Somebody in a post."""
    actor = Actor(person=name, name=name.title(), post=roles[0].vi, agency=agency)
    return Circumstances(actor=actor, roles=frozenset(roles))


AN = person("an", Role.OFFICER)
BINH = person("binh", Role.UNIT_HEAD)
CHI = person("chi", Role.FORM_CHECKER)
DUNG = person("dung", Role.LEADER)
EM = person("em", Role.CLERK)
TRADES = (Role.CLERK, Role.LEADER, Role.OFFICER, Role.UNIT_HEAD, Role.FORM_CHECKER)
STRANGER = person("giang", *TRADES, agency=THEIRS)
"""Somebody of another agency, with every role an agency gives."""
DOER = {
    Act.SUBMIT: AN,
    Act.REVISE: AN,
    Act.APPROVE_CONTENT: BINH,
    Act.APPROVE_FORM: CHI,
    Act.RETURN: BINH,
    Act.SIGN: DUNG,
    Act.NUMBER: EM,
    Act.REGISTER: EM,
    Act.SEAL: EM,
    Act.ISSUE: EM,
    Act.RECALL: EM,
    Act.OWE_PAPER: EM,
    Act.PRINT: EM,
}
"""Who does each act where everything goes well."""

WAY: list[tuple[State, Act | SignerRole]] = [
    (State.CONTENT_CHECK, Act.SUBMIT),
    (State.FORM_CHECK, Act.APPROVE_CONTENT),
    (State.TO_SIGN, Act.APPROVE_FORM),
    (State.SIGNING, Act.SIGN),
    (State.SIGNED, SignerRole.LEADER),
    (State.NUMBERED, Act.NUMBER),
    (State.REGISTERED, Act.REGISTER),
    (State.SEALING, Act.SEAL),
    (State.SEALED, SignerRole.AGENCY),
    (State.ISSUED, Act.ISSUE),
    (State.FROZEN, Act.RECALL),
]
"""From the draft to the issue: each state, and the act or the signature that leads to it."""

STATES = [State.DRAFT, *(state for state, _ in WAY)]


def a_box(page: int) -> Placement:
    """A place on a page."""
    return Placement(page=page, box=(72.0, 72.0, 172.0, 122.0))


class Office:
    """Dispatch with three agencies in its directory and a clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now, self.shelf = MONDAY, Shelf()
        self.app = Dispatch(
            IN_MEMORY, now=lambda: self.now, files=self.shelf, calendar=Calendar.of("A")
        )
        self.log = EventLog(self.app, self._read)
        for code, (name, notation, route) in AGENCIES.items():
            self.tell("accounts", agency_registered(code, name, notation, route))

    def _read(self, envelope: Envelope) -> None:
        self.app.policy(envelope.event(), envelope)

    def tell(self, source: str, event: PublicEvent) -> None:
        """Have the follower read one more event of a source."""
        place = self.log.place(source)
        envelope = Envelope(
            source=source,
            position=place + 1,
            type=event.TYPE,
            aggregate_id=uuid4(),
            version=1,
            at=self.now,
            actor=Actor(person=f"service:{source}", name=source),
            body=msgspec.to_builtins(event),
        )
        self.log.take(source, place, Page(events=[envelope], upto=place + 1))
        assert not self.log.parked(source)

    def file(self, content: bytes = PDF, name: str = "cong-van.pdf") -> FileRef:
        """A file somebody has just uploaded."""
        kept = self.shelf.upload(content)
        return FileRef(name=name, sha256=kept.sha256, size=kept.size)

    def letter(self, **changes: Any) -> dict[str, Any]:
        """The arguments of `create_draft` for an official letter that asks for a reply."""
        whole: dict[str, Any] = {
            "document_id": uuid4(),
            "kind": DocumentKind.LETTER,
            "subject": "Về việc báo cáo biên chế năm 2026",
            "file": self.file(),
            "placements": Placements(
                leader=a_box(1), agency=a_box(1), number=a_box(0), date=a_box(0)
            ),
            "signer": Signer(person="dung", post="Giám đốc", name="Trần Dũng"),
            "recipients": [
                Recipient(agency=THEIRS, name="Sở Y tế"),
                Recipient(agency=ALSO_THEIRS, name="Sở Tài chính"),
            ],
            "drafting_unit": "Văn phòng",
            "unit_notation": "VP",
            "reply": DUE,
        }
        return whole | changes

    def revision(self, document_id: UUID, **changes: Any) -> dict[str, Any]:
        """The arguments of `revise_draft`: another file."""
        kept = ("subject", "placements", "signer", "recipients", "reply")
        whole = {name: value for name, value in self.letter().items() if name in kept}
        file = self.file(PDF + b" da sua", "cong-van-sua.pdf")
        return whole | {"document_id": document_id, "file": file} | changes

    def draft(self, **changes: Any) -> UUID:
        """A letter drafted by An."""
        letter = self.letter(**changes)
        with acting(AN):
            self.app.create_draft(**letter)
        return letter["document_id"]  # type: ignore[no-any-return]

    def act(self, act: Act, document_id: UUID, who: Circumstances | None = None) -> Any:
        """One act, by its usual doer or by somebody else."""
        asked: dict[str, Any] = {"document_id": document_id}
        if act is Act.REVISE:
            asked = self.revision(document_id)
        if act is Act.RECALL:
            asked |= {"order_id": uuid4(), "reason": WRONG}
        if act is Act.OWE_PAPER:
            asked |= {"recipient": THEIRS, "ground": PaperGround.SUBMISSION, "citation": ""}
        if act is Act.PRINT:
            asked |= {"copies": 2, "purpose": "Lưu hồ sơ giấy"}
        if act is Act.RETURN:
            asked["opinion"] = "Thiếu căn cứ"
        with acting(who or DOER[act]):
            return getattr(self.app, act.value)(**asked)

    def signed(self, document_id: UUID, role: SignerRole) -> FileRef:
        """Signing tells that a signature was made; the new revision."""
        content = PDF + b" " + role.value.encode()
        kept = self.shelf.upload(content)
        file = FileRef(name="cong-van.pdf", sha256=kept.sha256, size=kept.size)
        self.shelf.accept(file.sha256, file.size)
        told = DocumentSigned(document_id=document_id, agency=OURS, role=role, file=file)
        self.tell("signing", told)
        return file

    def failed(self, document_id: UUID, role: SignerRole) -> None:
        """Signing tells that a signature could not be made."""
        self.tell(
            "signing",
            SigningFailed(
                document_id=document_id,
                agency=OURS,
                role=role,
                code="signing.certificate_expired",
                reason="Chứng thư hết hạn",
            ),
        )

    def answered(
        self, document_id: UUID, recipient: str, code: StatusCode, state: DeliveryState
    ) -> None:
        """Tracking tells what a recipient answered."""
        told = StatusSent(
            delivery_id=delivery_id(document_id, recipient),
            document_id=document_id,
            sender=OURS,
            recipient=recipient,
            code=code,
            at=self.now,
            state=state,
            reason=WRONG if code is StatusCode.DECLINED else "",
        )
        self.tell("tracking", told)

    def document(self, state: State, **changes: Any) -> UUID:
        """A letter that came as far as this state."""
        document_id = self.draft(**changes)
        for reached, step in WAY[: STATES.index(state)]:
            if isinstance(step, Act):
                self.act(step, document_id)
            else:
                self.signed(document_id, step)
            assert self.state(document_id) is reached
        return document_id

    def state(self, document_id: UUID) -> State:
        """The state of a document as its agency sees it."""
        with acting(AN):
            return self.app.get_document(document_id=document_id).state

    def recorded(self) -> int:
        """How many events are in the store, of whatever kind."""
        return self.app.recorder.max_notification_id() or 0

    def told(self) -> list[PublicEvent]:
        """Everything told aloud so far."""
        with acting(the_service("tracking")):
            page = self.app.read_events(after=0, limit=1000)
        return [event for envelope in page.events if (event := envelope.event())]

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """What happens within leaves no event, of any kind."""
        before = self.recorded()
        yield
        assert self.recorded() == before


def agency_registered(code: str, name: str, notation: str, route: Route) -> AgencyRegistered:
    """What accounts tells of a new agency."""
    return AgencyRegistered(agency=code, name=name, notation=notation, route=route, mandatory=True)
