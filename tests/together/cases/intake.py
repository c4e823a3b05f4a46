"""Incoming documents: the request is completed where it arrived, and refused elsewhere."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import uuid4

from contracts import intake
from contracts.errors import Denied, FileMissing, Invalid, NotFound
from contracts.intake import CompletionResult, IncomingState
from contracts.values import RefusalCode, Role
from services.cli.cast import ANSWERER, REFUSER, SENDER
from tests.together.cases.case import NO_FILE, OUTSIDER, Case, No, Words, named, offer, unknown
from tests.together.outcome import Outcome


def cases(end: Outcome) -> dict[str, Case]:
    """By method."""
    return _arrivals(end) | _acts(end) | _further_acts(end) | _of_the_sender(end) | _office(end)


def _arrivals(end: Outcome) -> dict[str, Case]:
    """Taking in, and the questions about what came in."""
    came, clerk = end.arrived, (ANSWERER, Role.CLERK)
    document = named(came.document_id)
    listed = {"agency": ANSWERER.code, "state": IncomingState.COMPLETED}
    strange: list[Words] = [{"after": str(uuid4())}, {"after": "-"}, {"limit": 0}]
    return {
        "receive_document": _receive(end),
        "get_document": Case(clerk, document, None, (OUTSIDER,), (unknown(),)),
        "list_documents": Case(
            clerk, listed, None, (OUTSIDER,), tuple((word, Invalid) for word in strange)
        ),
        "offer_upload": offer((REFUSER, Role.AXIS), (REFUSER, Role.LEADER)),
        "get_file_link": Case(
            clerk,
            document | {"sha256": came.files[0].sha256},
            None,
            (OUTSIDER,),
            (unknown(), ({"sha256": "0" * 64}, NotFound)),
        ),
    }


def _receive(end: Outcome) -> Case:
    """The damaged copy comes again."""
    refused = end.refused
    other = {"origin": {**_plain(refused.origin), "document_id": uuid4()}}
    asked = {name: getattr(refused, name) for name in ("origin", "kind", "subject", "files")}
    return Case(
        (REFUSER, Role.AXIS),
        asked | {"agency": REFUSER.code},
        intake.DocumentAlreadyArrived,
        (((REFUSER, Role.CLERK), Denied), ((SENDER, Role.OFFICER), Denied)),
        (
            (other | {"files": []}, Invalid),
            (other | {"files": [NO_FILE]}, FileMissing),
            ({"subject": ""}, Invalid),
        ),
    )


def _plain(origin: intake.Origin) -> Words:
    return {name: getattr(origin, name) for name in origin.__struct_fields__}


def _acts(end: Outcome) -> dict[str, Case]:
    """The acts on the request where it arrived; it is completed there, and refused elsewhere."""

    act = partial(_act, end)
    lead = {"lead": "Phòng Nội vụ"}
    no_lead = ({"assignment": {"lead": ""}}, Invalid)
    reason = {"reason": "Gửi nhầm nơi nhận.", "code": RefusalCode.WRONG_ADDRESSEE}
    empty = (({"reason": ""}, Invalid), ({"reason": " \n"}, Invalid), ({"code": "?"}, Invalid))
    return {
        "refuse_document": act(Role.CLERK, *empty, **reason),
        "register_document": act(Role.CLERK),
        "present_document": act(Role.CLERK, ({"leader": ""}, Invalid), leader=ANSWERER.leader),
        "direct_document": act(Role.LEADER, no_lead, assignment=lead),
        "transfer_document": act(Role.CLERK),
        "start_handling": act(Role.OFFICER),
        "complete_document": act(Role.OFFICER, result=CompletionResult.REPLIED),
    }


def _act(end: Outcome, role: Role, *wrong: tuple[Words, No], **words: Any) -> Case:
    """An act on the completed request: it comes too late."""
    strangers = (((SENDER, role), Denied), ((ANSWERER, Role.AXIS), Denied))
    asked = named(end.story.arrival_id) | words
    return Case((ANSWERER, role), asked, intake.ActOutOfOrder, strangers, (unknown(), *wrong))


def _further_acts(end: Outcome) -> dict[str, Case]:
    """The acts beside the straight way."""
    act = partial(_act, end)
    lead, reason = {"lead": "Phòng Nội vụ"}, {"reason": "Không thuộc nhiệm vụ."}
    empty, no_lead = ({"reason": ""}, Invalid), ({"assignment": {"lead": ""}}, Invalid)
    later = {"due_on": "2099-01-05"}
    refused = {"document_id": end.refused.document_id}
    return {
        "return_document": act(Role.LEADER, empty, code=RefusalCode.NOT_COMPETENT, **reason),
        "decide_duplicate": act(Role.CLERK, ({"note": "x" * 2001}, Invalid)),
        "transfer_directly": act(Role.CLERK, no_lead, assignment=lead),
        "send_back_assignment": act(Role.OFFICER, empty, **reason),
        "extend_deadline": act(Role.LEADER, empty, ({"due_on": "?"}, Invalid), **later, **reason),
        "reassign_document": act(Role.LEADER, no_lead, assignment=lead),
        "file_document": act(Role.CLERK),
        "reopen_document": Case(
            (REFUSER, Role.LEADER),
            refused | reason,
            intake.ActOutOfOrder,
            (((SENDER, Role.LEADER), Denied), ((REFUSER, Role.CLERK), Denied)),
            (unknown(), empty),
        ),
        "name_follower": act(Role.LEADER, ({"person": ""}, Invalid), person=ANSWERER.leader),
        "expect_paper": act(Role.CLERK),
        "receive_paper": act(Role.CLERK),
        "cancel_document": act(Role.CLERK),
        "decline_recall": act(Role.LEADER, empty, **reason),
        "take_over_assignment": act(Role.LEADER, from_document_id=end.story.arrival_id),
    }


def _of_the_sender(end: Outcome) -> dict[str, Case]:
    """What the gateway brings from a sender, about what was refused."""
    refused, strangers = end.refused, (((REFUSER, Role.CLERK), Denied),)
    asked = {"agency": REFUSER.code, "origin": refused.origin, "reason": "Ban hành nhầm."}
    empty = ({"reason": ""}, Invalid)
    again = {"update_id": uuid4(), "subject": "Sửa", "files": end.arrived.files}
    decided = named(end.story.arrival_id) | {"update_id": uuid4()}
    others = (((SENDER, Role.CLERK), Denied),)
    return {
        "receive_recall": Case(
            (REFUSER, Role.AXIS),
            asked | {"order_id": uuid4()},
            intake.ActOutOfOrder,
            strangers,
            (empty,),
        ),
        "receive_update": Case(
            (REFUSER, Role.AXIS),
            asked | again,
            intake.ActOutOfOrder,
            strangers,
            (empty,),
        ),
        "apply_update": Case(
            (ANSWERER, Role.CLERK), decided, intake.UpdateUnknown, others, (unknown(),)
        ),
        "decline_update": Case(
            (ANSWERER, Role.CLERK),
            decided | {"reason": "Đã xử lý xong."},
            intake.UpdateUnknown,
            others,
            (unknown(), empty),
        ),
    }


def _office(end: Outcome) -> dict[str, Case]:
    """The clerical office: its rules, its paper, and who looked at what."""
    leader, document = (ANSWERER, Role.LEADER), named(end.arrived.document_id)
    agency = {"agency": ANSWERER.code}
    paper = {
        "document_id": uuid4(),
        "origin": end.arrived.origin,
        "kind": end.arrived.kind,
        "subject": "Về việc phòng, chống bão",
        "scan": end.arrived.files[0],
    }
    return {
        "register_paper": Case(
            (ANSWERER, Role.CLERK),
            paper,
            intake.ScanNotDigitised,
            (((ANSWERER, Role.OFFICER), Denied),),
            (({"subject": ""}, Invalid), ({"scan": NO_FILE}, FileMissing)),
        ),
        "set_office_rules": Case(
            leader,
            agency | {"rules": {}},
            intake.RulesUnchanged,
            (((SENDER, Role.LEADER), Denied), ((ANSWERER, Role.CLERK), Denied)),
            (({"rules": {"follower": ""}}, Invalid),),
        ),
        "get_office_rules": Case(leader, agency, None, (OUTSIDER,)),
        "list_accesses": Case(leader, document, None, (OUTSIDER,), (unknown(),)),
        "list_trail": Case(leader, document, None, (OUTSIDER,), (unknown(),)),
    }
