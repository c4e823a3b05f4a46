"""`vanban verify-pdf` as a person types it: verdicts, answers, trust in files, exit codes."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from infra.local import pki
from services.cli import sign_pdf, verify_pdf
from services.cli.letter import write
from services.cli.letter_texts import request_for_report
from tests.signing.index import PASSWORD, packed, secret

LEADER = "person:nguyen-van-an"
GOOD, NOT_ALL_GOOD, USAGE = 0, 1, 2
QUESTIONS = {"integrity", "coverage", "changes", "trust", "time", "policy"}


def run(*words: object) -> Result:
    """The command line, in this process."""
    app = typer.Typer()
    app.callback()(lambda: None)
    sign_pdf.register(app)
    verify_pdf.register(app)
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A machine's own authority, an unsigned letter and the same signed by the leader."""
    folder = tmp_path_factory.mktemp("judged")
    pki.make(folder)
    secret(folder, "an.p12", packed(folder, LEADER))
    secret(folder, "an.pin", PASSWORD)
    pdf, _ = write(request_for_report(date(2026, 12, 15), 2026))
    (folder / "thư.pdf").write_bytes(pdf)
    key = ("--p12", folder / "an.p12", "--pin-file", folder / "an.pin")
    made = run("sign-pdf", folder / "thư.pdf", "--out", folder / "ký.pdf", *key)
    assert made.exit_code == GOOD, made.output
    return folder


def trusting(folder: Path, *lists: str) -> list[object]:
    """Name whom to trust, and what was revoked."""
    named: list[object] = ["--trust", folder / "anchors/signers.pem"]
    named += ["--intermediate", folder / "intermediates.pem"]
    for name in lists or ("root", "issuing"):
        named += ["--crl", folder / f"crl/{name}.crl"]
    return named


def judged(*words: object) -> tuple[int, list[dict[str, Any]]]:
    """Exit code and JSON."""
    result = run("verify-pdf", *words, "--json")
    return result.exit_code, json.loads(result.stdout)


def test_a_good_signature_is_trusted_with_six_answers(folder: Path) -> None:
    code, (told,) = judged(folder / "ký.pdf", *trusting(folder))
    (signature,) = told["signatures"]
    assert (code, told["verdict"], signature["verdict"]) == (GOOD, "TRUSTED", "TRUSTED")
    assert told["file"] == str(folder / "ký.pdf")
    assert told["indication"] == "PASSED"
    assert {question: signature[question] for question in QUESTIONS} == {
        "integrity": "INTACT",
        "coverage": "WHOLE_FILE",
        "changes": "NONE",
        "trust": "TRUSTED",
        "time": "CLAIMED",
        "policy": "OK",
    }


def test_each_file_has_its_own_verdict_and_one_that_is_not_trusted_tells(folder: Path) -> None:
    signed = (folder / "ký.pdf").read_bytes()
    place = len(signed) // 3
    (folder / "sửa.pdf").write_bytes(
        signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]
    )
    (folder / "rác.pdf").write_bytes(b"not a pdf")
    (folder / "rỗng.pdf").write_bytes(b"")
    names = ("ký.pdf", "thư.pdf", "sửa.pdf", "rác.pdf", "rỗng.pdf")
    code, told = judged(*(folder / name for name in names), *trusting(folder))
    assert code == NOT_ALL_GOOD
    assert [one["verdict"] for one in told] == [
        "TRUSTED",
        "UNSIGNED",
        "BROKEN",
        "REJECTED",
        "REJECTED",
    ]
    assert all(one["reasons"] for one in told[3:])
    assert all(one["vi"] and one["en"] for one in told[3]["reasons"])


def test_a_file_that_cannot_be_read_takes_no_other_verdict_with_it(folder: Path) -> None:
    os.mkfifo(folder / "ống.pdf")
    with (folder / "lớn.pdf").open("wb") as large:
        large.truncate(8 << 30)
    names = ("không có.pdf", "anchors", "ống.pdf", "lớn.pdf", "ký.pdf")
    code, told = judged("/proc/self/mem", *(folder / name for name in names), *trusting(folder))
    assert code == NOT_ALL_GOOD
    assert [one["verdict"] for one in told] == ["REJECTED"] * 5 + ["TRUSTED"]
    assert [one["reasons"][0]["code"] for one in told[:5]] == [
        "FILE_NOT_READ",
        "FILE_NOT_FOUND",
        "FILE_NOT_FOUND",
        "FILE_NOT_FOUND",
        "TOO_LARGE",
    ]


def test_trust_is_what_the_files_say(folder: Path) -> None:
    other = folder / "other"
    other.mkdir()
    pki.make(other)
    file = folder / "ký.pdf"
    assert judged(file, *trusting(other))[1][0]["verdict"] == "UNTRUSTED"
    unheard = ["--trust", folder / "anchors/signers.pem"]
    unheard += ["--intermediate", folder / "intermediates.pem"]
    assert judged(file, *unheard)[1][0]["verdict"] == "INDETERMINATE"
    before = judged(file, *trusting(folder), "--at", "2000-01-01T00:00:00+07:00")
    assert before[1][0]["verdict"] == "NOT_YET_VALID"


def test_lists_and_certificates_may_be_pem_or_der(folder: Path) -> None:
    from asn1crypto import pem

    named: list[object] = []
    for name in ("root", "issuing"):
        der = (folder / f"crl/{name}.crl").read_bytes()
        (folder / f"{name}.pem").write_bytes(pem.armor("X509 CRL", der))
        named += ["--crl", folder / f"{name}.pem"]
    certificates = (folder / "anchors/signers.pem").read_bytes()
    _, _, der = next(pem.unarmor(certificates, multiple=True))
    (folder / "root.der").write_bytes(der)
    named += ["--trust", folder / "root.der", "--intermediate", folder / "intermediates.pem"]
    assert judged(folder / "ký.pdf", *named)[1][0]["verdict"] == "TRUSTED"


@pytest.mark.parametrize(
    "words",
    [
        ["--trust", "thư.pdf"],
        ["--trust", "anchors/signers.pem", "--crl", "anchors/signers.pem"],
        ["--trust", "missing.pem"],
        ["--trust", "anchors/signers.pem", "--at", "yesterday"],
        [],
    ],
)
def test_a_miswritten_command_says_what_is_wrong(folder: Path, words: list[str]) -> None:
    placed = [word if word.startswith("--") else folder / word for word in words]
    result = run("verify-pdf", folder / "ký.pdf", *placed)
    assert result.exit_code == USAGE
    assert result.output.strip()
    assert "Traceback" not in result.output


def test_people_read_the_verdict_in_both_languages(folder: Path) -> None:
    result = run("verify-pdf", folder / "thư.pdf", folder / "ký.pdf", *trusting(folder))
    assert result.exit_code == NOT_ALL_GOOD
    assert "TRUSTED" in result.stdout and "UNSIGNED" in result.stdout
