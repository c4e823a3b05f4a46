"""Every code of the gate has its two sentences, and a refusal names the reason for the sender."""

from __future__ import annotations

import pytest

from contracts.gate import GateCode, GateFinding


@pytest.mark.parametrize("code", list(GateCode))
def test_every_code_speaks_two_languages(code: GateCode) -> None:
    assert code.vi and code.en and code.vi != code.en
    finding = GateFinding(code)
    assert finding.message("vi") and finding.message("en") != finding.message("vi")


def test_missing_facts_show_as_a_question_mark() -> None:
    assert "?" in GateFinding(GateCode.FILE_TOO_LARGE).message("en")
