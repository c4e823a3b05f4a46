"""A refusal travels as code and data and comes out as the same class, readable in two languages."""

from __future__ import annotations

import inspect
import pickle

import msgspec
import pytest

from contracts import errors
from contracts.errors import Denied, Invalid, NotFound, Refused, Unanswered, refusal, refusals
from contracts.intake import ActOutOfOrder as IntakeActOutOfOrder
from contracts.intake import ReplyOwed
from contracts.schemas.describe import template_fields

PUBLISHED = [r for r in refusals().values() if r.__module__.startswith("contracts.")]


class Stranger(Refused):
    """A refusal of no contract, for these tests."""

    vi = "Lạ: {why}"
    en = "Strange: {why}"


def test_a_code_is_the_service_and_the_name_in_small_letters() -> None:
    assert ReplyOwed.code == "intake.reply_owed"
    assert IntakeActOutOfOrder.code == "intake.act_out_of_order"
    assert Invalid.code == "vanban.invalid"
    assert NotFound.code == "vanban.not_found"


def test_the_ancestor_lists_every_refusal_of_its_module() -> None:
    module = [
        name
        for name, word in vars(errors).items()
        if inspect.isclass(word) and issubclass(word, Refused) and word is not Refused
    ]
    listed = (errors.__doc__ or "").split("Refused\n", 1)[1]
    assert [name for name in module if f"── {name} " not in listed] == []


@pytest.mark.parametrize("refused", PUBLISHED, ids=lambda refused: refused.code)
def test_a_refusal_comes_out_as_it_went_in(refused: type[Refused]) -> None:
    sent = refused(**dict.fromkeys(template_fields(refused.vi) | template_fields(refused.en), "7"))
    body = msgspec.json.encode({"code": sent.code, "data": sent.data})
    received = refusal(**msgspec.json.decode(body))
    assert type(received) is refused
    assert received.data == sent.data
    for language in ("vi", "en"):
        told = received.message(language)
        assert told == sent.message(language)
        assert told and "{" not in told and "?" not in told


def facts(refused: type[Refused], language: str) -> set[str]:
    """What a message tells; a fact that is itself a word has a field of its own per language."""
    fields = template_fields(getattr(refused, language))
    return {name.removesuffix(f"_{language}") for name in fields}


@pytest.mark.parametrize("refused", PUBLISHED, ids=lambda refused: refused.code)
def test_both_languages_tell_the_same_facts(refused: type[Refused]) -> None:
    assert refused.vi != refused.en
    assert facts(refused, "vi") == facts(refused, "en")


def test_an_unknown_code_is_a_plain_refusal_that_keeps_its_code_and_data() -> None:
    received = refusal("archive.box_full", {"box": 7})
    assert type(received) is Refused
    assert (received.code, received.data) == ("archive.box_full", {"box": 7})
    assert Refused.code == "vanban.refused"


def test_missing_data_shows_as_a_question_mark() -> None:
    assert Unanswered(method="intake.get_document").message("en") == (
        "No answer of intake.get_document within ? seconds. Repeat with the same command id."
    )


def test_vietnamese_is_told_unless_english_is_asked_for() -> None:
    refused = Denied(why="hết phiên")
    assert refused.message() == refused.message("vi")
    assert refused.message().startswith("Không được phép: hết phiên.")
    assert str(refused) == refused.message("en")


def test_data_that_looks_like_a_template_is_only_data() -> None:
    assert "{why}{0.__class__}" in Denied(why="{why}{0.__class__}").message("en")


def test_a_refusal_survives_pickling() -> None:
    received = pickle.loads(pickle.dumps(NotFound(what="document", id="7")))
    assert type(received) is NotFound
    assert received.data == {"what": "document", "id": "7"}


def test_a_refusal_outside_the_contracts_bears_the_name_of_its_package() -> None:
    assert Stranger.code == "tests.stranger"
    assert refusals()["tests.stranger"] is Stranger
    del errors._BY_CODE["tests.stranger"]
