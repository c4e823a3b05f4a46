"""What comes over the broker: opened, understood, or refused by name; never a defect."""

from __future__ import annotations

import json
import time
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.accounts import Accounts, CredentialsWrong
from contracts.dispatch import Dispatch
from contracts.errors import Invalid, Refused, refusal
from contracts.intake import Intake
from services.kernel.call import Call, NoCall, opened, precomposed, reply, shape_of, understood
from services.kernel.context import NOBODY

PROPERTIES = {"reply_to": "reply-edge-1", "content_type": "application/json"}
BODY: dict[str, Any] = {"args": [], "kwargs": {"after": 0}}
METHODS = [
    Accounts.open_session,
    Accounts.register_person,
    Accounts.read_events,
    Dispatch.create_draft,
    Intake.receive_document,
]
WORDS = st.text(st.characters(), max_size=5)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


def test_a_call_is_opened() -> None:
    deadline = int((time.time() + 5) * 1000)
    assert opened(BODY, PROPERTIES, {"deadline": deadline}) == ({"after": 0}, deadline / 1000)


def test_without_a_deadline_a_call_is_of_use_for_half_a_minute() -> None:
    _, until = opened(BODY, PROPERTIES, {})
    assert 29 < until - time.time() <= 30


NO_CALLS: dict[str, tuple[Any, dict[str, Any], dict[str, Any]]] = {
    "nobody to answer": (BODY, {"content_type": "application/json"}, {}),
    "not a reply queue": (BODY, PROPERTIES | {"reply_to": "accounts.read_events"}, {}),
    "a reply queue of nobody": (BODY, PROPERTIES | {"reply_to": "reply-"}, {}),
    "no content type": (BODY, {"reply_to": "reply-edge-1"}, {}),
    "another content type": (BODY, PROPERTIES | {"content_type": "text/plain"}, {}),
    "null": (None, PROPERTIES, {}),
    "a list": ([], PROPERTIES, {}),
    "text": ("kwargs", PROPERTIES, {}),
    "no kwargs": ({"args": []}, PROPERTIES, {}),
    "a list of kwargs": ({"kwargs": []}, PROPERTIES, {}),
    "positional arguments": (BODY | {"args": [0]}, PROPERTIES, {}),
    "a deadline in words": (BODY, PROPERTIES, {"deadline": "soon"}),
    "a deadline that is true": (BODY, PROPERTIES, {"deadline": True}),
    "a broken deadline": (BODY, PROPERTIES, {"deadline": 1.5}),
}


@pytest.mark.parametrize("why", NO_CALLS)
def test_what_is_no_call_is_told(why: str) -> None:
    with pytest.raises(NoCall):
        opened(*NO_CALLS[why])


def test_late_is_after_the_deadline() -> None:
    assert Call("a", "b", NOBODY, "", time.time() - 0.001).late()
    assert not Call("a", "b", NOBODY, "", time.time() + 10).late()


SHAPE = shape_of(Accounts.register_person)
PERSON = {
    "person": "an",
    "name": "Trần Thị Ân",
    "post": "Văn thư",
    "agency": "H47.05",
    "roles": ["clerk"],
    "user_name": "an.tran",
    "password": "12345678",
}


def test_arguments_come_out_as_the_types_of_the_promise() -> None:
    asked = understood(SHAPE, PERSON)
    assert asked == PERSON
    assert type(asked["roles"][0]).__name__ == "Role"
    assert understood(shape_of(Accounts.read_events), {"after": 3}) == {"after": 3, "limit": 100}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"password": 12345678}, "password"),
        ({"password": "short"}, "password"),
        ({"roles": []}, "roles"),
        ({"roles": ["emperor"]}, "roles[0]"),
        ({"name": None}, "name"),
        ({"agency": "?"}, "agency"),
    ],
)
def test_a_wrong_field_is_named(change: dict[str, Any], where: str) -> None:
    with pytest.raises(Invalid) as told:
        understood(SHAPE, PERSON | change)
    assert told.value.data["where"] == where


def test_missing_and_unknown_fields_are_named() -> None:
    with pytest.raises(Invalid, match="missing required field `password`"):
        understood(SHAPE, {name: value for name, value in PERSON.items() if name != "password"})
    with pytest.raises(Invalid, match="unknown field `age`"):
        understood(SHAPE, PERSON | {"age": 40})


def test_text_is_kept_in_precomposed_form_whatever_the_keyboard() -> None:
    decomposed = "Tra\u0302\u0300n Thi\u0323 A\u0302n"
    assert understood(SHAPE, PERSON | {"name": decomposed})["name"] == PERSON["name"]
    assert precomposed({decomposed: [decomposed, {"a": decomposed}, 1, None]}) == {
        PERSON["name"]: [PERSON["name"], {"a": PERSON["name"]}, 1, None]
    }


@pytest.mark.parametrize("text", ["a\ud800", "\udfff", "a\0b"])
def test_what_is_no_text_is_refused_wherever_it_stands(text: str) -> None:
    for kwargs in (PERSON | {"name": text}, PERSON | {text: 1}, PERSON | {"roles": [[text]]}):
        with pytest.raises(Invalid):
            understood(SHAPE, kwargs)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=40)
@given(data=st.data())
def test_whatever_is_asked_is_understood_or_refused(method: Any, data: st.DataObject) -> None:
    """And the refusal can be sent, for a message that cannot be answered would come back."""
    shape = shape_of(method)
    names = st.sampled_from(shape.__struct_fields__) | WORDS
    kwargs = data.draw(st.dictionaries(names, JSON, max_size=8))
    try:
        understood(shape, kwargs)
    except Refused as refused:
        json.loads(reply(error=refused))


def test_an_answer_is_the_result_or_the_refusal_in_the_same_shape() -> None:
    assert json.loads(reply({"id": uuid4().hex, "at": None}))["error"] is None
    error = json.loads(reply(error=CredentialsWrong()))["error"]
    assert isinstance(refusal(error["exc_path"], error["data"]), CredentialsWrong)
    assert {"exc_type", "exc_path", "exc_args", "value"} <= set(error), "as nameko clients read it"
    with pytest.raises(TypeError):
        reply(object())


def test_a_shape_is_the_signature_of_the_promise() -> None:
    assert shape_of(Accounts.read_events).__struct_fields__ == ("after", "limit")
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"after": "0"}, shape_of(Accounts.read_events))
