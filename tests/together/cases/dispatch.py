"""Outgoing documents: the request of the story is issued, so every act on it comes too late."""

from __future__ import annotations

from uuid import uuid4

from contracts import dispatch
from contracts.errors import Denied, FileMissing, Invalid, NotFound, Refused
from contracts.values import Placement, Placements, Recipient, Role
from services.cli.cast import ANSWERER, REFUSER, SENDER
from tests.together.cases.case import (
    NO_FILE,
    NOWHERE,
    OPERATOR,
    OUTSIDER,
    Case,
    No,
    Words,
    named,
    offer,
    unknown,
)
from tests.together.outcome import Outcome

BOX = Placement(page=0, box=(50, 50, 150, 100))
RECALL = {"order_id": uuid4(), "reason": "Gửi nhầm.", "recipients": [REFUSER.code]}
"""Whoever refused the request has nothing to give back."""
NO_RECIPIENT: tuple[Words, No] = ({"agencies": []}, Invalid)
EMPTY: tuple[tuple[Words, No], ...] = (({"subject": "  "}, Invalid), ({"recipients": []}, Invalid))


def cases(end: Outcome) -> dict[str, Case]:
    """By method."""
    return _drafts(end) | _acts(end) | _papers(end)


def _drafts(end: Outcome) -> dict[str, Case]:
    """Drafting anew or again, and what stands beside the acts."""
    who, reply = (ANSWERER, Role.CLERK), named(end.story.reply_id)
    return {
        "create_draft": _create(end, _content(end)),
        "revise_draft": Case(
            (SENDER, Role.OFFICER),
            named(end.request.document_id) | _content(end),
            dispatch.ActOutOfOrder,
            (((REFUSER, Role.OFFICER), Denied), ((SENDER, Role.CLERK), Denied)),
            (unknown(), ({"file": NO_FILE}, FileMissing), *EMPTY),
        ),
        "get_document": Case(who, reply, None, (OUTSIDER,), (unknown(),)),
        "get_file_link": Case(who, reply, None, (OUTSIDER,), (unknown(),)),
        "offer_upload": offer((SENDER, Role.OFFICER), (SENDER, Role.LEADER)),
    }


def _content(end: Outcome) -> Words:
    """What a draft says, as the request said it."""
    sent = end.request
    return {
        "subject": sent.subject,
        "file": sent.file,
        "placements": Placements(leader=BOX, agency=BOX, number=BOX, date=BOX),
        "signer": sent.signer,
        "recipients": sent.recipients,
    }


def _create(end: Outcome, content: Words) -> Case:
    sent, fresh = end.request, named(uuid4())
    new = {"kind": sent.kind, "drafting_unit": "Phòng Văn thư", "unit_notation": "VTLT"}
    nowhere = {"recipients": [Recipient(agency=NOWHERE, name="Không có")]}
    taken = dispatch.DocumentAlreadyDrafted
    return Case(
        (SENDER, Role.OFFICER),
        named(sent.document_id) | new | content,
        taken,
        (((SENDER, Role.LEADER), Denied), ((REFUSER, Role.OFFICER), taken)),
        (
            (fresh | nowhere, dispatch.RecipientUnknown),
            (fresh | {"recipients": sent.recipients[:1] * 2}, dispatch.RecipientRepeated),
            (fresh | {"file": NO_FILE}, FileMissing),
            (fresh | {"secrecy": "secret"}, dispatch.SecretContent),
            *EMPTY,
        ),
    )


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
        "recall_document": Case(
            (SENDER, Role.CLERK),
            document | RECALL,
            dispatch.NothingToRecall,
            (((SENDER, Role.LEADER), Denied), ((REFUSER, Role.CLERK), Denied)),
            (
                unknown(),
                ({"reason": " "}, Invalid),
                ({"recipients": [NOWHERE]}, dispatch.NotARecipient),
            ),
        ),
    }


def _papers(end: Outcome) -> dict[str, Case]:
    """Paper of the request, which goes to nobody; and of rules that nobody made."""
    clerk = (SENDER, Role.CLERK)
    document, to = named(end.story.document_id), {"recipient": ANSWERER.code}
    others = (((SENDER, Role.LEADER), Denied), ((REFUSER, Role.CLERK), Denied))
    rule = {"rule_id": uuid4(), "ground": "6.2a", "agencies": [NOWHERE]}
    past, day = {"from_on": "2020-01-01"}, {"received_on": str(end.story.today)}

    def paper(then: type[Refused], words: Words, *wrong: tuple[Words, No]) -> Case:
        return Case(clerk, document | to | words, then, others, (unknown(), *wrong))

    return {
        "set_paper_rule": Case(
            OPERATOR, rule | past, dispatch.PaperRuleFixed, ((clerk, Denied),), (NO_RECIPIENT,)
        ),
        "end_paper_rule": Case(
            OPERATOR, {"rule_id": uuid4(), "until_on": "2099-01-01"}, NotFound, ((clerk, Denied),)
        ),
        "list_paper_rules": Case((REFUSER, Role.OFFICER), {}, None, (), (({"limit": 0}, Invalid),)),
        "owe_paper": paper(
            dispatch.CitationRequired,
            {"ground": "6.2c", "citation": ""},
            ({"ground": "6.2b", "recipient": NOWHERE}, dispatch.NotARecipient),
        ),
        "print_copies": Case(
            clerk,
            named(uuid4()) | {"copies": 1, "purpose": "Lưu"},
            NotFound,
            (((REFUSER, Role.CLERK), NotFound),),
            (({"copies": 0}, Invalid), ({"purpose": " "}, Invalid)),
        ),
        "send_paper": paper(
            dispatch.NoPaperOwed,
            {"copies": 1, "carrier": "Bưu điện"},
            ({"carrier": " "}, Invalid),
        ),
        "confirm_paper": paper(dispatch.NoPaperOwed, day),
        "list_prints": Case(clerk, document, None, (OUTSIDER,), (unknown(),)),
        "list_papers": Case(clerk, {"agency": SENDER.code}, None, (OUTSIDER,)),
    }
