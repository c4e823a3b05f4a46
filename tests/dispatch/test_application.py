"""What dispatch does when asked: drafts taken in, signatures asked for, documents issued."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from contracts.dispatch import (
    DocumentAlreadyDrafted,
    DocumentIssued,
    FormatNotSignable,
    RecipientUnknown,
    ReplyDueTooEarly,
    SecretContent,
    SignatureRequested,
)
from contracts.dispatch import OutgoingAct as Act
from contracts.dispatch import OutgoingState as State
from contracts.errors import CommandIdReused, FileDamaged, FileMissing, Refused
from contracts.values import (
    DocumentLink,
    FileRef,
    Recipient,
    ReplyRequest,
    Route,
    Secrecy,
    SignerRole,
    Urgency,
    delivery_id,
)
from contracts.working_time import VIETNAM
from services.kernel.context import acting
from tests.dispatch.office import (
    ALSO_THEIRS,
    AN,
    DUE,
    EM,
    MONDAY,
    OURS,
    PDF,
    THEIRS,
    Office,
)


def drafting_refused(office: Office, refusal: type[Refused], letter: dict[str, Any]) -> Refused:
    """The refusal of a draft, which leaves no event."""
    with acting(AN), office.unchanged(), pytest.raises(refusal) as refused:
        office.app.create_draft(**letter)
    assert type(refused.value) is refusal
    return refused.value


def test_a_draft_is_kept_as_it_was_written(office: Office) -> None:
    incoming = DocumentLink(document_id=uuid4(), notation="12/SYT-KH")
    letter = office.letter(urgency=Urgency.URGENT, answers=[incoming])
    with acting(AN):
        office.app.create_draft(**letter)
        view = office.app.get_document(document_id=letter["document_id"])
    assert (view.agency, view.state, view.number) == (OURS, State.DRAFT, None)
    for told in ("document_id", "kind", "subject", "urgency", "signer", "recipients", "file"):
        assert getattr(view, told) == letter[told]
    assert (view.reply, view.answers) == (DUE, [incoming])
    assert office.shelf.kept[view.file.sha256] == PDF


@pytest.mark.parametrize("secrecy", [mark for mark in Secrecy if mark is not Secrecy.NONE])
def test_nothing_of_a_draft_with_a_secrecy_mark_is_kept(office: Office, secrecy: Secrecy) -> None:
    letter = office.letter(secrecy=secrecy)
    drafting_refused(office, SecretContent, letter)
    assert not office.shelf.kept


def test_only_a_pdf_is_drafted_whatever_it_is_called(office: Office) -> None:
    docx = msgspec.structs.replace(office.file(), media_type="application/msword")
    drafting_refused(office, FormatNotSignable, office.letter(file=docx))
    drafting_refused(office, FormatNotSignable, office.letter(file=office.file(b"PK\x03\x04 docx")))
    office.draft(file=office.file(PDF))


def test_the_file_must_be_there_and_whole(office: Office) -> None:
    missing = FileRef(name="a.pdf", sha256="0" * 64, size=1)
    drafting_refused(office, FileMissing, office.letter(file=missing))
    cut = msgspec.structs.replace(office.file(), size=5)
    drafting_refused(office, FileDamaged, office.letter(file=cut))


def test_a_draft_to_strangers_or_answered_before_it_is_written_is_refused(office: Office) -> None:
    to_nobody = [Recipient(agency="H99", name="Không có")]
    drafting_refused(office, RecipientUnknown, office.letter(recipients=to_nobody))
    yesterday = ReplyRequest(content="Báo cáo", due_on=date(2026, 3, 1))
    refused = drafting_refused(office, ReplyDueTooEarly, office.letter(reply=yesterday))
    assert refused.data == {"due_on": "2026-03-01", "today": "2026-03-02"}


def test_today_is_the_day_in_vietnam(office: Office) -> None:
    due_today = ReplyRequest(content="Báo cáo", due_on=date(2026, 3, 3))
    office.now = datetime.fromisoformat("2026-03-02T17:00:00+00:00")
    office.draft(reply=due_today)
    due_yesterday = ReplyRequest(content="Báo cáo", due_on=date(2026, 3, 2))
    drafting_refused(office, ReplyDueTooEarly, office.letter(reply=due_yesterday))


def test_a_repeated_command_is_done_once_and_another_question_is_refused(office: Office) -> None:
    letter, command_id = office.letter(), uuid4()
    again = msgspec.structs.replace(AN, command_id=command_id)
    with acting(again):
        office.app.create_draft(**letter)
        with office.unchanged():
            office.app.create_draft(**letter)
            with pytest.raises(CommandIdReused):
                office.app.create_draft(**letter | {"subject": "Khác"})
    drafting_refused(office, DocumentAlreadyDrafted, letter)


def test_a_revision_is_checked_like_a_draft(office: Office) -> None:
    document_id = office.document(State.TO_SIGN)
    wrong: list[tuple[type[Refused], dict[str, Any]]] = [
        (RecipientUnknown, {"recipients": [Recipient(agency="H99", name="Không có")]}),
        (ReplyDueTooEarly, {"reply": ReplyRequest(content="B", due_on=date(2026, 3, 1))}),
        (FormatNotSignable, {"file": office.file(b"PK docx")}),
        (FileMissing, {"file": FileRef(name="a.pdf", sha256="0" * 64, size=1)}),
    ]
    for refusal, changes in wrong:
        revision = office.revision(document_id, **changes)
        with acting(AN), office.unchanged(), pytest.raises(refusal):
            office.app.revise_draft(**revision)
    assert office.state(document_id) is State.TO_SIGN


def test_the_leader_consents_to_the_very_file_as_it_was_last_revised(office: Office) -> None:
    document_id = office.document(State.FORM_CHECK)
    revision = office.revision(document_id)
    with acting(AN):
        office.app.revise_draft(**revision)
    for act in (Act.SUBMIT, Act.APPROVE_CONTENT, Act.APPROVE_FORM, Act.SIGN):
        office.act(act, document_id)
    assert office.told() == [
        SignatureRequested(
            document_id=document_id,
            agency=OURS,
            role=SignerRole.LEADER,
            holder="person:dung",
            file=revision["file"],
            placements=revision["placements"],
        )
    ]


def test_the_seal_goes_on_the_revision_that_the_leader_signed(office: Office) -> None:
    document_id = office.document(State.SIGNING)
    signed = office.signed(document_id, SignerRole.LEADER)
    number = office.act(Act.NUMBER, document_id)
    office.act(Act.REGISTER, document_id)
    office.act(Act.SEAL, document_id)
    assert office.told()[-1] == SignatureRequested(
        document_id=document_id,
        agency=OURS,
        role=SignerRole.AGENCY,
        holder="agency:H47.05",
        file=signed,
        number=number,
    )


def issued(office: Office, **changes: Any) -> DocumentIssued:
    """What is told of a letter that was issued just now."""
    office.document(State.ISSUED, **changes)
    told = office.told()[-1]
    assert isinstance(told, DocumentIssued)
    return told


def test_a_document_is_issued_sealed_to_all_its_recipients(office: Office) -> None:
    answered = DocumentLink(document_id=uuid4(), notation="12/SYT-KH")
    told = issued(office, answers=[answered])
    with acting(EM):
        view = office.app.get_document(document_id=told.document_id)
    assert (view.issued_at, view.number) == (MONDAY, told.number)
    assert told.files == [view.file]
    assert office.shelf.kept[view.file.sha256] == PDF + b" agency"
    assert (told.agency, told.agency_name, told.issued_at) == (OURS, "Sở Nội vụ", MONDAY)
    assert told.answers == [answered]
    assert [(to.agency, to.route, to.delivery_id) for to in told.addressees] == [
        (THEIRS, Route.PLATFORM, delivery_id(told.document_id, THEIRS)),
        (ALSO_THEIRS, Route.AXIS, delivery_id(told.document_id, ALSO_THEIRS)),
    ]


@pytest.mark.rule("R9.2d")
def test_the_day_a_reply_is_due_reaches_what_is_told_of_the_issue(office: Office) -> None:
    assert issued(office).reply == DUE
    assert issued(office, reply=None).reply is None


@pytest.mark.rule("R9.2d")
def test_a_document_is_not_issued_after_the_day_its_reply_is_due(office: Office) -> None:
    document_id = office.document(State.SEALED)
    office.now = MONDAY.replace(day=DUE.due_on.day, hour=23) + timedelta(hours=1)
    with office.unchanged(), pytest.raises(ReplyDueTooEarly):
        office.act(Act.ISSUE, document_id)
    office.now -= timedelta(seconds=1)
    office.act(Act.ISSUE, document_id)
    assert office.state(document_id) is State.ISSUED


@pytest.mark.rule("N30-18.1")
@pytest.mark.parametrize(
    ("urgency", "due_at"),
    [(Urgency.ORDINARY, "2026-03-07T00:00"), (Urgency.URGENT, "2026-03-05T17:30")],
)
def test_issuing_is_due_by_the_working_day_after_the_leader_signed(
    office: Office, urgency: Urgency, due_at: str
) -> None:
    office.now = datetime(2026, 3, 5, 16, 30, tzinfo=VIETNAM)
    document_id = office.document(State.SEALED, urgency=urgency)
    office.now = datetime(2026, 3, 9, 8, tzinfo=VIETNAM)
    office.act(Act.ISSUE, document_id)
    (told,) = (event for event in office.told() if isinstance(event, DocumentIssued))
    assert told.issue_due_at == datetime.fromisoformat(due_at).replace(tzinfo=VIETNAM)


@pytest.mark.rule("Q28-6.2a")
@pytest.mark.parametrize(
    ("issued_at", "urgency", "send_due_at"),
    [
        ("2024-04-26T16:50", Urgency.ORDINARY, "2024-05-02T11:30"),
        ("2024-03-14T09:00", Urgency.ORDINARY, "2024-03-15T11:30"),
        ("2024-03-14T09:00", Urgency.URGENT, "2024-03-14T10:00"),
        ("2024-03-15T23:00", Urgency.EXPRESS, "2024-03-15T23:15"),
    ],
)
def test_sending_is_due_as_the_calendar_says(
    office: Office, issued_at: str, urgency: Urgency, send_due_at: str
) -> None:
    office.now = datetime.fromisoformat(issued_at).replace(tzinfo=VIETNAM)
    told = issued(office, urgency=urgency)
    assert told.send_due_at == datetime.fromisoformat(send_due_at).replace(tzinfo=VIETNAM)
    assert told.calendar == office.app.calendar.version


def test_an_upload_is_offered_for_what_was_named(office: Office) -> None:
    with acting(AN):
        offer = office.app.offer_upload(sha256="0" * 64, size=100)
    assert "0" * 64 in offer.url
