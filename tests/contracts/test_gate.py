"""The words of the gate: every code speaks two languages and says the same in both."""

from __future__ import annotations

import msgspec
import pytest

from contracts.gate import GateAnswer, GateCode, GateFinding, GateVerdict
from contracts.gate.sentences import SENTENCES
from contracts.schemas.describe import template_fields
from contracts.values import RefusalCode


@pytest.mark.parametrize("code", GateCode)
def test_a_code_is_its_name_and_says_the_same_in_both_languages(code: GateCode) -> None:
    assert code == code.name
    assert template_fields(code.vi) == template_fields(code.en)
    assert code.vi.endswith(".") and code.en.endswith(".") and code.vi != code.en


def test_every_sentence_belongs_to_a_code() -> None:
    assert set(SENTENCES) == set(GateCode)


def test_what_refuses_says_as_what_and_the_rest_warns_or_parks() -> None:
    warnings = {code for code in GateCode if code.refused_as is None}
    assert GateCode.SCANNER_AWAY in warnings and len(warnings) == 12
    assert GateCode.MALWARE.refused_as is RefusalCode.MALWARE
    assert GateCode.SECRET_MARK.refused_as is RefusalCode.SECRET_CONTENT
    assert {code.refused_as for code in set(GateCode) - warnings} <= {
        RefusalCode.BAD_FORMAT,
        RefusalCode.UNREADABLE,
        RefusalCode.MALWARE,
        RefusalCode.SECRET_CONTENT,
    }


def test_a_finding_fills_its_sentence_and_shows_what_is_missing() -> None:
    finding = GateFinding(GateCode.DAMAGED, "word/a.xml", {"content": "XML", "why": "line 3"})
    assert finding.message("vi").startswith("Tệp XML hỏng")
    assert "line 3" in finding.message("en")
    assert "?" in GateFinding(GateCode.DAMAGED).message()
    assert "word/a.xml" in GateFinding(GateCode.MACRO, "word/a.xml").message("en")


def test_an_answer_travels_as_json() -> None:
    finding = GateFinding(GateCode.MACRO, "Macros", {})
    answer = GateAnswer(
        file="a.doc", name="a.doc", verdict=GateVerdict.REFUSED, code="MACRO", reasons=[finding]
    )
    assert msgspec.json.decode(msgspec.json.encode(answer), type=GateAnswer) == answer
    assert answer.refused_as is RefusalCode.BAD_FORMAT and not answer.admitted


def test_missing_facts_show_as_a_question_mark() -> None:
    assert "?" in GateFinding(GateCode.FILE_TOO_LARGE).message("en")
