"""The answering door: every promise has its line, and what is malformed does not come in."""

import inspect
from typing import Any
from uuid import UUID

import msgspec
import pytest

from contracts.dispatch import Dispatch as Promise
from contracts.dispatch import OutgoingAct as Act
from services.dispatch.service import DispatchService
from services.kernel.call import precomposed, shape_of
from tests.dispatch.office import DUE, Office


def understood(method: str, asked: dict[str, Any]) -> Any:
    """The arguments as the door takes them from a message."""
    plain = precomposed(msgspec.to_builtins(asked))
    return msgspec.convert(plain, shape_of(getattr(DispatchService, method)))


def refused_at_the_door(method: str, asked: dict[str, Any], where: str) -> None:
    """The door refuses the message, naming the field."""
    with pytest.raises(msgspec.ValidationError, match=where):
        understood(method, asked)


def test_every_promise_has_one_line_with_the_same_signature() -> None:
    promised = dict(inspect.getmembers(Promise, inspect.isfunction))
    for name in [name for name in promised if name.startswith("_")]:
        del promised[name]
    lines = dict(inspect.getmembers(DispatchService, inspect.isfunction))
    assert set(lines) == set(promised)
    for name, line in lines.items():
        assert inspect.signature(line) == inspect.signature(promised[name])


def test_a_whole_letter_comes_in_as_it_was_written(office: Office) -> None:
    letter = office.letter()
    came = understood("create_draft", letter)
    assert {name: getattr(came, name) for name in letter} == letter


def test_text_comes_in_precomposed(office: Office) -> None:
    decomposed = "Ha\u0323n tra\u0309 lo\u031b\u0300i"
    came = understood("create_draft", office.letter(subject=decomposed))
    assert came.subject == "Hạn trả lời" and came.subject != decomposed


@pytest.mark.rule("R9.2d")
def test_a_reply_is_not_asked_for_without_its_content_and_its_day(office: Office) -> None:
    whole = msgspec.to_builtins(DUE)
    for method, asked in (
        ("create_draft", office.letter()),
        ("revise_draft", office.revision(UUID(int=1))),
    ):
        understood(method, asked | {"reply": whole})
        for missing in whole:
            reply = {name: value for name, value in whole.items() if name != missing}
            refused_at_the_door(method, asked | {"reply": reply}, missing)
        refused_at_the_door(method, asked | {"reply": whole | {"content": " "}}, "reply.content")
        refused_at_the_door(method, asked | {"reply": whole | {"due_on": None}}, "reply.due_on")


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"recipients": []}, "recipients"),
        ({"recipients": [{"agency": "h47", "name": "x"}]}, "recipients"),
        ({"subject": ""}, "subject"),
        ({"subject": "x" * 501}, "subject"),
        ({"kind": "XX"}, "kind"),
        ({"urgency": "9"}, "urgency"),
        ({"unit_notation": "A/B"}, "unit_notation"),
        ({"document_id": "1"}, "document_id"),
        ({"file": {"name": "a.pdf", "sha256": "zz", "size": 1}}, "file.sha256"),
        ({"file": None}, "file"),
        ({"state": "ISSUED"}, "state"),
        ({"agency": "H47.09"}, "agency"),
    ],
)
def test_a_malformed_letter_does_not_come_in(
    office: Office, changes: dict[str, Any], where: str
) -> None:
    refused_at_the_door("create_draft", office.letter() | changes, where)


@pytest.mark.parametrize("method", [act.value for act in Act])
def test_an_act_names_its_document_and_nothing_beside(method: str) -> None:
    refused_at_the_door(method, {}, "missing required field")
    refused_at_the_door(method, {"document_id": "7"}, "document_id")
    refused_at_the_door(method, {"state": "ISSUED", "document_id": UUID(int=1)}, "state")


@pytest.mark.parametrize("opinion", ["", "   ", "x" * 1001])
def test_a_draft_is_not_returned_without_a_reason(opinion: str) -> None:
    refused_at_the_door("return_draft", {"document_id": UUID(int=1), "opinion": opinion}, "opinion")
