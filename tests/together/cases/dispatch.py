"""Outgoing documents: the request of the story is issued, so every act on it comes too late."""

from __future__ import annotations

from uuid import uuid4

from contracts import dispatch
from contracts.errors import Denied, FileMissing, Invalid
from contracts.values import Placement, Placements, Recipient, Role
from services.cli.cast import ANSWERER, REFUSER, SENDER
from tests.together.cases.case import (
    NO_FILE,
    NOWHERE,
    OUTSIDER,
    Case,
    No,
    Person,
    Words,
    named,
    offer,
    unknown,
)
from tests.together.outcome import Outcome

BOX = Placement(page=0, box=(50, 50, 150, 100))


def cases(end: Outcome) -> dict[str, Case]:
    """By method."""
    return _drafts(end) | _acts(end)


def _drafts(end: Outcome) -> dict[str, Case]:
    """Drafting anew, and what stands beside the acts."""
    officer: Person = (SENDER, Role.OFFICER)
    sent = end.request
    draft: Words = {
        "subject": sent.subject,
        "file": sent.file,
        "placements": Placements(leader=BOX, agency=BOX, number=BOX, date=BOX),
        "signer": sent.signer,
        "recipients": sent.recipients,
    }
    new = {
        "document_id": sent.document_id,
        "kind": sent.kind,
        "drafting_unit": "Phòng Văn thư",
        "unit_notation": "VTLT",
        **draft,
    }
    nowhere = {"recipients": [Recipient(agency=NOWHERE, name="Không có")]}
    twice = {"recipients": [sent.recipients[0], sent.recipients[0]]}
    fresh = {"document_id": uuid4()}
    empty: tuple[tuple[Words, No], ...] = (
        ({"subject": "  "}, Invalid),
        ({"recipients": []}, Invalid),
    )
    reply = {"document_id": end.story.reply_id}
    return {
        "create_draft": Case(
            officer,
            new,
            dispatch.DocumentAlreadyDrafted,
            (
                ((SENDER, Role.LEADER), Denied),
                ((REFUSER, Role.OFFICER), dispatch.DocumentAlreadyDrafted),
            ),
            (
                (fresh | nowhere, dispatch.RecipientUnknown),
                (fresh | twice, dispatch.RecipientRepeated),
                (fresh | {"file": NO_FILE}, FileMissing),
                (fresh | {"secrecy": "secret"}, dispatch.SecretContent),
                *empty,
            ),
        ),
        "revise_draft": Case(
            officer,
            named(sent.document_id) | draft,
            dispatch.ActOutOfOrder,
            (((REFUSER, Role.OFFICER), Denied), ((SENDER, Role.CLERK), Denied)),
            (unknown(), ({"file": NO_FILE}, FileMissing), *empty),
        ),
        "get_document": Case((ANSWERER, Role.CLERK), reply, None, (OUTSIDER,), (unknown(),)),
        "get_file_link": Case((ANSWERER, Role.CLERK), reply, None, (OUTSIDER,), (unknown(),)),
        "offer_upload": offer(officer, (SENDER, Role.LEADER)),
    }


def _acts(end: Outcome) -> dict[str, Case]:
    """The acts on the request, which is issued already."""
    document = named(end.story.document_id)

    def act(role: Role, *wrong: tuple[Words, No], **words: str) -> Case:
        strangers = (((REFUSER, role), Denied), ((SENDER, Role.AXIS), Denied))
        return Case(
            (SENDER, role), document | words, dispatch.ActOutOfOrder, strangers, (unknown(), *wrong)
        )

    empty = (({"opinion": ""}, Invalid), ({"opinion": "  "}, Invalid))
    return {
        "submit_draft": act(Role.OFFICER),
        "approve_content": act(Role.UNIT_HEAD),
        "approve_form": act(Role.FORM_CHECKER),
        "return_draft": act(Role.LEADER, *empty, opinion="Sửa lại căn cứ."),
        "sign_document": act(Role.LEADER),
        "assign_number": act(Role.CLERK),
        "register_document": act(Role.CLERK),
        "seal_document": act(Role.CLERK),
        "issue_document": act(Role.CLERK),
    }
