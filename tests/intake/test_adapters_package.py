"""The gate judges a package: each file by its name and its content, all by their number."""

from __future__ import annotations

import pytest

from contracts.gate import GateVerdict
from contracts.values import Secrecy
from services.intake.adapters.gate import Arriving, check_package
from services.intake.adapters.policy import GatePolicy
from tests.intake.office import letter_of

PDF = Arriving("cong-van.pdf", letter_of("Công văn"))


def test_a_good_file_is_admitted_beside_a_bad_one() -> None:
    program = Arriving("ke-hoach.pdf", b"MZ" + bytes(100))
    good, bad = check_package([PDF, program], GatePolicy())
    assert (good.verdict, bad.verdict) == (GateVerdict.ADMITTED, GateVerdict.REFUSED)
    assert bad.reasons and all(reason.message("vi") for reason in bad.reasons)


def test_too_many_files_are_refused_together() -> None:
    answers = check_package([PDF, PDF], GatePolicy(package_files=1))
    assert {answer.verdict for answer in answers} == {GateVerdict.REFUSED}


@pytest.mark.parametrize("secrecy", sorted(set(Secrecy) - {Secrecy.NONE}))
def test_of_a_marked_item_not_even_a_digest_is_told(secrecy: Secrecy) -> None:
    (answer,) = check_package([PDF], GatePolicy(), secrecy)
    assert (answer.verdict, answer.sha256, answer.size) == (GateVerdict.REFUSED, "", 0)
