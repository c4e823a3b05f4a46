"""Incoming documents: the request is completed where it arrived, and refused elsewhere."""

from __future__ import annotations

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
    return _arrivals(end) | _acts(end)


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

    def act(role: Role, *wrong: tuple[Words, No], **words: Any) -> Case:
        strangers = (((SENDER, role), Denied), ((ANSWERER, Role.AXIS), Denied))
        asked = named(end.story.arrival_id) | words
        return Case((ANSWERER, role), asked, intake.ActOutOfOrder, strangers, (unknown(), *wrong))

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
