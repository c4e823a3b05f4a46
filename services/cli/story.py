"""The story of one document between two agencies, told through RPC alone.

Sở Nội vụ asks two agencies for a report. UBND huyện Thăng Bình answers by a linked reply; Sở Tài
chính refuses a copy that was damaged on its way over the axis. Everything a person does here is a
call that any caller may make; the storyteller only waits for what others do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import msgspec

from contracts.dispatch import (
    AgencyUnknown,
    OutgoingDocumentView,
    OutgoingState,
    RecipientUnknown,
)
from contracts.errors import NotFound
from contracts.intake import CompletionResult, IncomingDocumentView, IntegrityFailed, Origin
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
    Signer,
    delivery_id,
)
from contracts.working_time import VIETNAM
from infra.local.world import World
from services.cli.cast import AGENCIES, ANSWERER, REFUSER, SENDER, Agency, Told
from services.cli.letter import Letter, write
from services.cli.letter_texts import reply_to_request, request_for_report
from services.cli.stage import Stage
from services.kernel.client import Client

NOT_KNOWN_YET = (AgencyUnknown, RecipientUnknown)


class Story(Stage):
    """Plays the story: a request, its reply, and a refusal."""

    def __init__(
        self,
        client: Client,
        world: World,
        tell: Callable[[Told], None],
        patience: float = 30,
    ) -> None:
        super().__init__(client, world, tell, patience)
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

    def play(self) -> None:
        """From the directory to the closing act."""
        self.prepare()
        self.issue_request()
        self.answer_request()
        self.refuse_damaged_copy()
        self.complete_request()

    def issue_request(self) -> None:
        """The request, from its draft to its issue."""
        letter = request_for_report(self.reply_due_on, self.today.year)
        recipients = [Recipient(agency=a.code, name=a.name) for a in (ANSWERER, REFUSER)]
        content = "Báo cáo tình hình gửi, nhận và xử lý văn bản điện tử"
        reply = ReplyRequest(content=content, due_on=self.reply_due_on)
        self.issue(SENDER, self.document_id, letter, recipients, reply)

    def answer_request(self) -> None:
        """The request at the agency that answers: 01, 03, 04, 05, and the reply."""
        clerk = self.holder(ANSWERER, Role.CLERK)
        arrived = self.arrived(ANSWERER, self.arrival_id)
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
        self.issue(ANSWERER, self.reply_id, letter, recipients, answers=[link])
        reply = self.arrived(SENDER, self.reply_arrival_id)
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
        self._deliver(axis, issued, self.upload(axis.intake, damaged, issued.file.name))
        arrived = self.arrived(REFUSER, self.refused_id)
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

    def _deliver(self, axis: Client, issued: OutgoingDocumentView, file: FileRef) -> None:
        """What the gateway of the axis asks when a document comes to its agency."""
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

    def issue(
        self,
        of: Agency,
        id: UUID,
        letter: Letter,
        recipients: list[Recipient],
        reply: ReplyRequest | None = None,
        answers: Sequence[DocumentLink] = (),
    ) -> None:
        """A letter of an agency, from its draft to its issue."""
        self._draft(of, id, letter, recipients, reply, list(answers))
        self._check(of, id)
        clerk = self.holder(of, Role.CLERK)
        self.holder(of, Role.LEADER).dispatch.sign_document(document_id=id)
        self._in_state(of, id, OutgoingState.SIGNED)
        self._say(of, f"{of.leader_name} đã ký số", "Signed by the leader")
        number = clerk.dispatch.assign_number(document_id=id)
        clerk.dispatch.register_document(document_id=id)
        self._say(of, f"Cấp số {number.notation}, đăng ký", f"Numbered {number.notation}")
        clerk.dispatch.seal_document(document_id=id)
        self._in_state(of, id, OutgoingState.SEALED)
        self._say(of, "Đã ký số cơ quan", "Sealed by the agency")
        clerk.dispatch.issue_document(document_id=id)
        names = ", ".join(recipient.name for recipient in recipients)
        self._say(of, f"Phát hành đến {names}", f"Issued to {len(recipients)}")

    def _draft(
        self,
        of: Agency,
        id: UUID,
        letter: Letter,
        recipients: list[Recipient],
        reply: ReplyRequest | None,
        answers: list[DocumentLink],
    ) -> None:
        pdf, placed = write(letter)
        officer = self.holder(of, Role.OFFICER)
        draft = partial(
            officer.dispatch.create_draft,
            document_id=id,
            kind=DocumentKind.LETTER,
            subject=letter.subject,
            file=self.upload(officer.dispatch, pdf, f"{of.notation.lower()}.pdf"),
            placements=msgspec.convert(placed, Placements),
            signer=Signer(person=of.leader, post=of.leader_post, name=of.leader_name),
            recipients=recipients,
            drafting_unit="Phòng Văn thư - Lưu trữ",
            unit_notation=of.unit,
            reply=reply,
            answers=answers,
        )
        self.until("the directory reaches dispatch", partial(_done, NOT_KNOWN_YET, draft))
        self._say(of, f"Soạn thảo: V/v {letter.subject}", f"Drafted; {len(pdf):,} bytes of PDF")

    def _check(self, of: Agency, id: UUID) -> None:
        self.holder(of, Role.OFFICER).dispatch.submit_draft(document_id=id)
        self.holder(of, Role.UNIT_HEAD).dispatch.approve_content(document_id=id)
        self._say(of, "Đã kiểm tra nội dung", "Content checked")
        self.holder(of, Role.FORM_CHECKER).dispatch.approve_form(document_id=id)
        self._say(of, "Đã kiểm tra thể thức", "Form checked")


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
