"""Questions to the axis are signed as published clients do it, and answers are understood."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.axis import (
    AxisRefused,
    MessageType,
    Operation,
    Question,
    checked,
    file_hash,
    questions,
    signed,
    stamp,
    understood,
    without_line_end,
)
from contracts.errors import Denied, Invalid, Unavailable

AT = datetime(2024, 4, 26, 2, 30, 5, 70_000, tzinfo=UTC)
SECRETS = {"H47.05": "bí mật"}
ASKED = questions.send(b"<edXML/>", MessageType.DOCUMENT, "H47.05", ["H47.31"])


def made(asked: Any = ASKED, secret: str = "bí mật") -> Question:
    """A question as it goes over the wire."""
    return signed(asked, system_id="H47.05", secret=secret, at=AT)


def test_a_question_bears_the_headers_of_the_published_client() -> None:
    question = made()
    assert (question.method, question.path) == ("POST", "/XrdAdapter/adapter/sendEdoc")
    assert question.headers["Content-Type"] == "application/octet-stream"
    assert question.headers["XroadVnpt-Content-Type"] == "application/octet-stream"
    assert question.headers["XroadVnpt-timestamp"] == "26042024T093005+0070"
    assert question.headers["XroadVnpt-version"] == "3.0.201608"
    assert question.headers["User-Agent"] == "JAVASDKAgent/1.0.0 XRoad/VPCP"
    assert question.headers["XroadVnpt-to"] == '["H47.31"]'
    assert question.body == b"<edXML/>\r\n"
    names = question.headers["XroadVnpt-sign-header-key"].split(";")
    assert names[:3] == ["Content-Type", "timestamp", "systemid"] and "hash-file" in names


def test_what_is_signed_is_the_text_of_all_headers() -> None:
    question = made()
    text = question.headers["XroadVnpt-sign-header"]
    assert json.loads(text)["XroadVnpt-from"] == "H47.05" and ": " not in text
    proof = hmac.new("bí mật".encode(), text.encode("latin-1"), hashlib.sha256).hexdigest()
    assert question.headers["XroadVnpt-hash-header"] == proof


def test_the_young_operations_are_read_and_the_others_posted() -> None:
    young = {"downloadEdoc", "countReceiveEdoc", "countReceiveStatus"}
    assert {operation.value for operation in Operation if operation.method == "GET"} == young


def test_a_question_proves_who_asks() -> None:
    proved = checked(made().headers.items(), SECRETS)
    assert proved.system_id == "H47.05"
    assert proved.arguments["messagetype"] == "edoc"
    assert proved.arguments["hash-file"] == file_hash(b"<edXML/>")


SPOILED = {
    "another secret": lambda h: made(secret="x").headers,
    "another system": lambda h: {k: v.replace("H47.05", "H1") for k, v in h.items()},
    "another argument": lambda h: h | {"XroadVnpt-from": "H47.99"},
    "a header taken away": lambda h: {k: v for k, v in h.items() if k != "XroadVnpt-from"},
    "no signature": lambda h: {k: v for k, v in h.items() if "hash-header" not in k},
    "no signed text": lambda h: {k: v for k, v in h.items() if k != "XroadVnpt-sign-header"},
    "no object": lambda h: h | {"XroadVnpt-sign-header": "[1]"},
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_spoiled_question_proves_nothing(case: str) -> None:
    with pytest.raises(Denied):
        checked(SPOILED[case](made().headers).items(), SECRETS)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_arguments_travel_in_any_letters(told: str) -> None:
    asked = questions.set_state("1", questions.PackageState.FAIL, told)
    arguments = checked(made(asked).headers.items(), SECRETS).arguments
    assert arguments.get("description", "") == told


def test_an_argument_has_one_line() -> None:
    with pytest.raises(Invalid):
        made(questions.fetch("1\r\nXroadVnpt-from: H1"))


def test_the_hash_of_a_file_leaves_out_zeros_or_not() -> None:
    digest = hashlib.sha256(b"<edXML/>").digest()
    assert file_hash(b"<edXML/>", padded=True) == digest.hex()
    assert file_hash(b"<edXML/>") == "".join(format(byte, "x") for byte in digest)
    assert any(len(file_hash(bytes([byte]))) < 64 for byte in range(9))
    assert without_line_end(b"x\r\n\r\n") == b"x\r\n" and without_line_end(b"x") == b"x"


def test_an_instant_has_four_digits_behind_its_seconds() -> None:
    assert stamp(AT) == "26042024T093005+0070"


def answer(**told: Any) -> bytes:
    """An answer of the axis."""
    return json.dumps(
        {"status": "OK", "ErrorCode": "0", "ErrorDesc": "Thanh cong", **told}
    ).encode()


def test_an_answer_is_understood_with_what_is_new_in_it() -> None:
    asked = questions.received(MessageType.DOCUMENT)
    told = understood(asked, 200, answer(data=[{"docId": "1", "from": "H1", "new": 7}], more=1))
    assert (told.data[0].doc_id, told.data[0].sender) == ("1", "H1")
    assert understood(asked, 200, answer(ErrorCode=0)).data == []
    count = questions.count(MessageType.STATUS)
    assert understood(count, 200, answer(count=3)).count == 3


@pytest.mark.parametrize("told", [{"status": "FAIL"}, {"ErrorCode": "18"}, {"ErrorCode": 18}])
def test_a_failure_is_a_refusal_with_the_words_of_the_axis(told: dict[str, Any]) -> None:
    with pytest.raises(AxisRefused) as no:
        understood(ASKED, 200, answer(**{"ErrorDesc": "Khong co noi nhan", **told}))
    assert no.value.data["operation"] == "sendEdoc"
    assert "Khong co noi nhan" in no.value.message("vi")


@pytest.mark.parametrize(
    ("status", "data"),
    [(200, b"<html/>"), (200, b"{}"), (200, b'{"status": "OK"}'), (503, b""), (404, answer())],
)
def test_what_no_axis_says_is_unavailable(status: int, data: bytes) -> None:
    with pytest.raises(Unavailable):
        understood(ASKED, status, data)


def test_a_file_is_an_answer_of_its_own() -> None:
    asked = questions.download("1")
    assert understood(asked, 200, b"<edXML/>").content() == b"<edXML/>"
    with pytest.raises(AxisRefused):
        understood(asked, 404, b"")
    with pytest.raises(Unavailable):
        understood(asked, 500, b"")
