"""Every reason code that verification gives has its sentence in both languages, with its data."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from contracts.signing import answers, report
from contracts.signing.reasons import REASONS, STAMPED, sentence, words_of
from contracts.values import LegalValue, Verdict
from tests.architecture.house import ROOT, dotted, none_of, plant, python_files, walked

ENGINE = tuple(f"services/signing/adapters/{part}" for part in ("verification", "trust", "pdf"))
REFUSED = "services/signing/adapters/refusals"
A_CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+")
OF_A_KEY = ("WEAK_ALGORITHM", "SHORT_KEY", "KEY_PURPOSE")
"""What follows `CERTIFICATE_`: answers about a certificate's key."""

LISTS = [*vars(answers).values(), *vars(report).values(), Verdict, LegalValue]
ANSWERS = {
    str(member)
    for found in LISTS
    if isinstance(found, type) and issubclass(found, StrEnum)
    for member in found
}


def codes_of(root: Path) -> Iterator[tuple[str, str]]:
    """Place and code of every reason that the engine's sources name."""
    refusals = refusals_of(root)
    for file in python_files(root, *ENGINE):
        inside = {id(part) for node in walked(file) for part in _parts(node)}
        for node in walked(file):
            place = f"{file.relative_to(root)}:{getattr(node, 'lineno', 1)}"
            match node:
                case ast.Constant(value=str(code)) if A_CODE.fullmatch(code):
                    yield place, code
                case ast.keyword(arg="code", value=ast.Constant(value=str(code))):
                    yield place, code
                case ast.Constant(value="CERTIFICATE_") if id(node) in inside:
                    yield from ((place, f"CERTIFICATE_{answer}") for answer in OF_A_KEY)
                case ast.Attribute() if (name := dotted(node)).startswith("refusals."):
                    yield place, refusals.get(name.removeprefix("refusals."), "")


def _parts(node: ast.AST) -> list[ast.expr]:
    return node.values if isinstance(node, ast.JoinedStr) else []


def refusals_of(root: Path) -> dict[str, str]:
    """Class and code of every refusal of a file."""
    return {
        node.name: str(line.value.value)
        for file in python_files(root, REFUSED)
        for node in walked(file)
        if isinstance(node, ast.ClassDef)
        for line in node.body
        if isinstance(line, ast.Assign)
        and dotted(line.targets[0]) == "code"
        and isinstance(line.value, ast.Constant)
    }


def wordless(root: Path) -> list[str]:
    """Codes that are neither an answer nor have a sentence."""
    return sorted(
        {
            f"{place}: {code} has no sentence in contracts/signing/reasons"
            for place, code in codes_of(root)
            if code and code not in ANSWERS and words_of(code) is None
        }
    )


def test_every_reason_has_its_sentence() -> None:
    assert {"DIGEST_DIFFERS", "NOT_A_PDF", "UNCOVERED_TAIL"} <= {c for _, c in codes_of(ROOT)}
    none_of(wordless(ROOT))


def test_a_reason_without_a_sentence_is_told(tmp_path: Path) -> None:
    source = (
        "refusals.Odd(a=1)\nReason(code='ODD')\nx = 'ODD_THING'\ny = 'WHOLE_FILE'\n"
        "f'CERTIFICATE_{y}'\nReason(code='DIGEST_DIFFERS')\n"
    )
    plant(tmp_path, {f"{ENGINE[0]}/judging.py": source})
    plant(tmp_path, {f"{REFUSED}/files.py": "class Odd(R):\n    code = 'ODD_FILE'\n"})
    assert [line.partition(" has")[0].rpartition(":")[2] for line in wordless(tmp_path)] == [
        " ODD_FILE",
        " ODD",
        " ODD_THING",
    ]


def test_both_sentences_are_whole_and_tell_the_same_data() -> None:
    for code, words in REASONS.items():
        assert unicodedata.is_normalized("NFC", words.vi)
        assert words.vi.endswith(".") and words.en.endswith("."), code
        named = [set(re.findall(r"\{(\w+)\}", told)) for told in words]
        assert named[0] == named[1], code


def test_a_sentence_tells_every_datum_and_instants_in_vietnamese_time() -> None:
    told = sentence("CERTIFICATE_REVOKED", {"revoked_at": "2026-03-02T01:00:00+00:00", "by": 3})
    assert told == "Chứng thư đã bị thu hồi từ 2026-03-02T08:00:00+07:00. [by = 3]"
    assert sentence("UNCOVERED_TAIL", {}, "en").startswith("After the signed part (from byte ?)")


def test_what_is_wrong_with_a_stamp_is_told_of_the_stamp() -> None:
    told = sentence(f"{STAMPED}NO_PATH_TO_ANCHOR", {}, "en")
    assert told == "Time stamp: The certificate leads to no trusted root authority."
    assert sentence(f"{STAMPED}BROKEN", {}) == REASONS["TIMESTAMP_BROKEN"].vi


def test_a_code_nobody_knows_is_told_as_it_is() -> None:
    assert sentence("WRITTEN_LATER", {"n": 1}) == "Lý do có mã WRITTEN_LATER. [n = 1]"
