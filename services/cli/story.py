"""The story of one document between two agencies, told through RPC alone.

Sở Nội vụ asks two agencies for a report. UBND huyện Thăng Bình answers by a linked reply; Sở Tài
chính refuses a copy that was damaged on its way over the axis. Everything a person does here is a
call that any caller may make; the storyteller only waits for what others do.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar
from uuid import UUID, uuid4

import msgspec
import urllib3

from contracts.accounts import AgencyAlreadyRegistered, PersonAlreadyRegistered
from contracts.dispatch import (
    AgencyUnknown,
    Dispatch,
    OutgoingDocumentView,
    OutgoingState,
    RecipientUnknown,
)
from contracts.errors import NotFound
from contracts.intake import (
    CompletionResult,
    IncomingDocumentView,
    IncomingState,
    Intake,
    IntegrityFailed,
    Origin,
)
from contracts.tracking import DeliveryView
from contracts.values import (
    Assignment,
    DocumentKind,
    DocumentLink,
    FileRef,
    Placements,
    Recipient,
    RefusalCode,
    ReplyRequest,
    Role,
    Route,
    Signer,
    delivery_id,
)
from contracts.working_time import VIETNAM
from services.cli.letter import write
from services.cli.letter_texts import reply_to_request, request_for_report
from services.kernel.client import Client

T = TypeVar("T")
PASSWORD = "mật khẩu của câu chuyện"


ISSUERS = (Role.OFFICER, Role.UNIT_HEAD, Role.FORM_CHECKER, Role.LEADER, Role.CLERK)


@dataclass(frozen=True)
class Agency:
    """An agency of the story; its people's ids are `<role>.<notation>`, but for its leader's."""

    code: str
    name: str
    notation: str
    unit: str
    leader: str
    leader_name: str
    leader_post: str
    route: Route = Route.PLATFORM
    people: tuple[Role, ...] = ISSUERS

    def person(self, role: Role) -> str:
        """Id and user name of whoever has this role."""
        words = f"{role}.{self.notation}".lower().replace("_", "-")
        return self.leader if role is Role.LEADER else words


SENDER = Agency("H47.05", "Sở Nội vụ", "SNV", "VTLT", "nguyen-van-an", "Nguyễn Văn An", "Giám đốc")
ANSWERER = Agency(
    "H47.30", "UBND huyện Thăng Bình", "UBND", "VP", "le-quang-huy", "Lê Quang Huy", "Chủ tịch"
)
REFUSER = Agency(
    "H47.10",
    "Sở Tài chính",
    "STC",
    "VP",
    "tran-thi-bich",
    "Trần Thị Bích",
    "Giám đốc",
    Route.AXIS,
    (Role.CLERK, Role.AXIS),
)
AGENCIES = (SENDER, ANSWERER, REFUSER)
POSTS = {
    Role.OFFICER: ("Phạm Minh Châu", "Chuyên viên"),
    Role.UNIT_HEAD: ("Võ Thị Dung", "Trưởng phòng"),
    Role.FORM_CHECKER: ("Huỳnh Văn Em", "Chánh Văn phòng"),
    Role.CLERK: ("Đặng Thị Phượng", "Văn thư"),
    Role.AXIS: ("Trục liên thông tỉnh", "Cổng kết nối"),
}


@dataclass(frozen=True)
class Told:
    """One line of the story as it happens: who, and what in two languages."""

    at: datetime
    who: str
    vi: str
    en: str


class Story:
    """Plays the story. `tell` hears each line; `patience` seconds bound every wait for others."""

    def __init__(
        self, client: Client, secret: str, tell: Callable[[Told], None], patience: float = 30
    ) -> None:
        self._client = client
        self._secret = secret
        self._tell = tell
        self._patience = patience
        self._holders: dict[tuple[str, Role], Client] = {}
        self._web = urllib3.PoolManager(retries=urllib3.Retry(5, backoff_factor=0.2))
        self.document_id = uuid4()
        self.reply_id = uuid4()
        self.today = datetime.now(VIETNAM).date()
        self.reply_due_on = self.today + timedelta(days=10)

    @property
    def arrival_id(self) -> UUID:
        """The request as it arrived at the agency that answers."""
        return delivery_id(self.document_id, ANSWERER.code)

    @property
    def refused_id(self) -> UUID:
        """The damaged copy at the agency that refuses."""
        return delivery_id(self.document_id, REFUSER.code)

    @property
    def reply_arrival_id(self) -> UUID:
        """The reply as it arrived at the sender."""
        return delivery_id(self.reply_id, SENDER.code)

    def operator(self) -> Client:
        """The platform's operator."""
        session = self._client.accounts.open_session(user_name="operator", password=self._secret)
        return self._client.as_holder(session.token)

    def holder(self, agency: Agency, role: Role) -> Client:
        """Whoever has a role in an agency, signed in."""
        if (agency.code, role) not in self._holders:
            session = self._client.accounts.open_session(
                user_name=agency.person(role), password=PASSWORD
            )
            self._holders[agency.code, role] = self._client.as_holder(session.token)
        return self._holders[agency.code, role]

    def play(self) -> None:
        """From the directory to the closing act."""
        self.prepare()
        self.issue_request()
        self.answer_request()
        self.refuse_damaged_copy()
        self.complete_request()

    def prepare(self) -> None:
        """Enter agencies and people in the directory; done before is fine."""
        operator = self.operator()
        for agency in AGENCIES:
            _unless(
                AgencyAlreadyRegistered,
                lambda of=agency: operator.accounts.register_agency(  # type: ignore[misc]
                    agency=of.code, name=of.name, notation=of.notation, route=of.route
                ),
            )
            for role in agency.people:
                self._register(operator, agency, role)
        self._say(SENDER, "Danh bạ: ba cơ quan, mười hai người", "Directory: 3 agencies, 12 people")

    def _register(self, operator: Client, of: Agency, role: Role) -> None:
        name, post = POSTS.get(role, (of.leader_name, of.leader_post))
        _unless(
            PersonAlreadyRegistered,
            lambda: operator.accounts.register_person(
                person=of.person(role),
                name=name,
                post=post,
                agency=of.code,
                roles=[role],
                user_name=of.person(role),
                password=PASSWORD,
            ),
        )

    def issue_request(self) -> None:
        """The request, from its draft to its issue."""
        letter = request_for_report(self.reply_due_on, self.today.year)
        recipients = [Recipient(agency=a.code, name=a.name) for a in (ANSWERER, REFUSER)]
        content = "Báo cáo tình hình gửi, nhận và xử lý văn bản điện tử"
        reply = ReplyRequest(content=content, due_on=self.reply_due_on)
        self._issue(SENDER, self.document_id, write(letter), letter.subject, recipients, reply, [])

    def answer_request(self) -> None:
        """The request at the agency that answers: 01, 03, 04, 05, and the reply."""
        clerk = self.holder(ANSWERER, Role.CLERK)
        arrived = self._arrived(ANSWERER, self.arrival_id)
        self._say(
            ANSWERER,
            f"01 Đã đến; chữ ký số: {_vi(arrived)}",
            f"01 Arrived; signatures: {_en(arrived)}",
        )
        number = clerk.intake.register_document(document_id=self.arrival_id)
        self._say(ANSWERER, f"03 Tiếp nhận, số đến {number.number}", "03 Accepted and registered")
        clerk.intake.present_document(document_id=self.arrival_id, leader=ANSWERER.leader)
        self._say(ANSWERER, "Trình lãnh đạo", "Presented to the leader")
        assignment = Assignment(
            lead="Phòng Nội vụ",
            coordinators=["Văn phòng HĐND và UBND"],
            opinion="Phòng Nội vụ chủ trì, tham mưu trả lời đúng hạn.",
            due_on=self.reply_due_on - timedelta(days=2),
        )
        leader = self.holder(ANSWERER, Role.LEADER)
        leader.intake.direct_document(document_id=self.arrival_id, assignment=assignment)
        self._say(ANSWERER, f"Chỉ đạo: {assignment.lead} chủ trì", "Directed to a lead unit")
        clerk.intake.transfer_document(document_id=self.arrival_id)
        self._say(ANSWERER, "04 Chuyển xử lý trong 02 giờ", "04 Transferred within two hours")
        officer = self.holder(ANSWERER, Role.OFFICER)
        officer.intake.start_handling(document_id=self.arrival_id)
        self._say(ANSWERER, "05 Đang xử lý", "05 In progress")
        self._issue_reply(arrived)

    def _issue_reply(self, arrived: IncomingDocumentView) -> None:
        letter = reply_to_request(self.today.year, arrived.origin.notation)
        link = DocumentLink(document_id=self.arrival_id, notation=arrived.origin.notation)
        recipients = [Recipient(agency=SENDER.code, name=SENDER.name)]
        self._issue(
            ANSWERER, self.reply_id, write(letter), letter.subject, recipients, None, [link]
        )
        reply = self._arrived(SENDER, self.reply_arrival_id)
        self._say(SENDER, f"Văn bản trả lời đã đến: {_vi(reply)}", f"Reply arrived: {_en(reply)}")
        clerk = self.holder(SENDER, Role.CLERK)
        number = clerk.intake.register_document(document_id=self.reply_arrival_id)
        self._say(SENDER, f"Tiếp nhận, số đến {number.number}", "Accepted and registered")

    def refuse_damaged_copy(self) -> None:
        """A copy changed on its way over the axis is never registered; it is refused (02)."""
        issued = self.holder(SENDER, Role.CLERK).dispatch.get_document(document_id=self.document_id)
        axis = self.holder(REFUSER, Role.AXIS)
        clerk = self.holder(REFUSER, Role.CLERK)
        link = clerk.dispatch.get_file_link(document_id=self.document_id)
        damaged = _damaged(self._web.request("GET", link.url).data)
        file = self.upload(axis.intake, damaged, issued.file.name)
        assert issued.number is not None
        axis.intake.receive_document(
            agency=REFUSER.code,
            origin=Origin(
                agency=SENDER.code,
                agency_name=SENDER.name,
                document_id=self.document_id,
                document_code=issued.number.document_code,
                notation=issued.number.notation,
                issued_on=issued.number.issued_on,
            ),
            kind=issued.kind,
            subject=issued.subject,
            files=[file],
            reply=issued.reply,
        )
        arrived = self._arrived(REFUSER, self.refused_id)
        self._say(REFUSER, f"01 Đã đến; bản sao: {_vi(arrived)}", f"01 Arrived: {_en(arrived)}")
        try:
            clerk.intake.register_document(document_id=self.refused_id)
        except IntegrityFailed as refused:
            self._say(REFUSER, refused.message("vi"), refused.message("en"))
        reason = "Tệp văn bản bị thay đổi trên đường truyền, đề nghị gửi lại."
        clerk.intake.refuse_document(
            document_id=self.refused_id, code=RefusalCode.INTEGRITY_FAILED, reason=reason
        )
        self._say(REFUSER, f"02 Từ chối: {reason}", "02 Refused: damaged on its way, send again")

    def complete_request(self) -> None:
        """The closing act, and the sender who sees every line."""
        officer = self.holder(ANSWERER, Role.OFFICER)
        self.until(
            "the reply is linked",
            lambda: (
                self.reply_id in officer.intake.get_document(document_id=self.arrival_id).replies
            ),
        )
        officer.intake.complete_document(
            document_id=self.arrival_id, result=CompletionResult.REPLIED
        )
        self._say(ANSWERER, "06 Hoàn thành", "06 Completed")
        self.until("the sender sees every line", self._sender_sees_all)

    def _sender_sees_all(self) -> bool:
        codes = {d.recipient: [str(s.code) for s in d.history] for d in self.deliveries()}
        return (
            codes.get(ANSWERER.code, [])[-1:] == ["06"]
            and codes.get(REFUSER.code, [])[-1:] == ["02"]
            and all(d.answered_on for d in self.deliveries() if d.recipient == ANSWERER.code)
        )

    def deliveries(self) -> list[DeliveryView]:
        """The sender's lines of the request."""
        try:
            clerk = self.holder(SENDER, Role.CLERK)
            return clerk.tracking.list_deliveries(document_id=self.document_id)
        except NotFound:
            return []

    def _issue(
        self,
        of: Agency,
        id: UUID,
        written: tuple[bytes, dict[str, dict[str, object]]],
        subject: str,
        recipients: list[Recipient],
        reply: ReplyRequest | None,
        answers: list[DocumentLink],
    ) -> None:
        pdf, placed = written
        officer, clerk = self.holder(of, Role.OFFICER), self.holder(of, Role.CLERK)
        file = self.upload(officer.dispatch, pdf, f"{of.notation.lower()}.pdf")
        draft = partial(
            officer.dispatch.create_draft,
            document_id=id,
            kind=DocumentKind.LETTER,
            subject=subject,
            file=file,
            placements=msgspec.convert(placed, Placements),
            signer=Signer(person=of.leader, post=of.leader_post, name=of.leader_name),
            recipients=recipients,
            drafting_unit="Phòng Văn thư - Lưu trữ",
            unit_notation=of.unit,
            reply=reply,
            answers=answers,
        )
        self.until(
            "the directory reaches dispatch",
            lambda: _done((AgencyUnknown, RecipientUnknown), draft),
        )
        self._say(of, f"Soạn thảo: V/v {subject}", f"Drafted; {len(pdf):,} bytes of PDF")
        officer.dispatch.submit_draft(document_id=id)
        self.holder(of, Role.UNIT_HEAD).dispatch.approve_content(document_id=id)
        self._say(of, "Đã kiểm tra nội dung", "Content checked")
        self.holder(of, Role.FORM_CHECKER).dispatch.approve_form(document_id=id)
        self._say(of, "Đã kiểm tra thể thức", "Form checked")
        self.holder(of, Role.LEADER).dispatch.sign_document(document_id=id)
        self._in_state(of, id, OutgoingState.SIGNED)
        self._say(of, f"{of.leader_name} đã ký số", "Signed by the leader")
        number = clerk.dispatch.assign_number(document_id=id)
        clerk.dispatch.register_document(document_id=id)
        self._say(
            of, f"Cấp số {number.notation}, đăng ký", f"Numbered {number.notation}, registered"
        )
        clerk.dispatch.seal_document(document_id=id)
        self._in_state(of, id, OutgoingState.SEALED)
        self._say(of, "Đã ký số cơ quan", "Sealed by the agency")
        clerk.dispatch.issue_document(document_id=id)
        names = ", ".join(recipient.name for recipient in recipients)
        self._say(of, f"Phát hành đến {names}", f"Issued to {len(recipients)} recipients")

    def _in_state(self, of: Agency, id: UUID, state: OutgoingState) -> OutgoingDocumentView:
        clerk = self.holder(of, Role.CLERK)

        def there() -> OutgoingDocumentView | None:
            document = clerk.dispatch.get_document(document_id=id)
            if document.signing_failure:
                raise RuntimeError(f"signing failed: {document.signing_failure}")
            return document if document.state is state else None

        return self.until(f"the document is {state.en.lower()}", there)

    def _arrived(self, of: Agency, id: UUID) -> IncomingDocumentView:
        clerk = self.holder(of, Role.CLERK)

        def there() -> IncomingDocumentView | None:
            try:
                document = clerk.intake.get_document(document_id=id)
            except NotFound:
                return None
            verified = document.verdict is not None or document.state is not IncomingState.ARRIVED
            return document if verified else None

        return self.until(f"the document is verified at {of.name}", there)

    def upload(self, to: Dispatch | Intake, content: bytes, name: str) -> FileRef:
        """Put the bytes where the service says; the reference to name in commands."""
        sha256 = hashlib.sha256(content).hexdigest()
        offer = to.offer_upload(sha256=sha256, size=len(content))
        answer = self._web.request("PUT", offer.url, body=content)
        if answer.status != 200:
            raise RuntimeError(f"the upload was answered {answer.status}")
        return FileRef(name=name, sha256=sha256, size=len(content))

    def until(self, what: str, there: Callable[[], T | None]) -> T:
        """What `there` gives once it gives something; `TimeoutError` when patience ends."""
        end = time.monotonic() + self._patience
        while not (found := there()):
            if time.monotonic() > end:
                raise TimeoutError(f"waited {self._patience} s until {what}")
            time.sleep(0.03)
        return found

    def _say(self, who: Agency, vi: str, en: str) -> None:
        self._tell(Told(at=datetime.now(UTC), who=who.name, vi=vi, en=en))


def _unless(known: type[Exception], act: Callable[[], None]) -> None:
    try:
        act()
    except known:
        return


def _done(not_yet: tuple[type[Exception], ...], act: Callable[[], None]) -> bool:
    try:
        act()
    except not_yet:
        return False
    return True


def _damaged(content: bytes) -> bytes:
    """The bytes with one of them flipped, in the text of the first page."""
    at = content.index(b"stream") + 40
    return content[:at] + bytes([content[at] ^ 0x01]) + content[at + 1 :]


def _vi(document: IncomingDocumentView) -> str:
    return document.verdict.vi if document.verdict else "chưa kiểm tra"


def _en(document: IncomingDocumentView) -> str:
    return document.verdict.en if document.verdict else "not verified"


__all__ = ["AGENCIES", "ANSWERER", "REFUSER", "SENDER", "Story", "Told"]
