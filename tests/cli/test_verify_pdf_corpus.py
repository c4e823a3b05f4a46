"""`vanban verify-pdf` over files of the corpus: a worker's verdicts, trusting named files."""

from __future__ import annotations

import importlib
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from asn1crypto import pem
from typer.testing import CliRunner

from services.cli import verify_pdf
from tests.signing.corpus.catalogue import CASES, Case, Workshop
from tests.signing.corpus.people import AT, REVOKED_AT, People

GOOD, NOT_ALL_GOOD = 0, 1
SAMPLE = [
    "valid.level_lta",
    "valid.rsa_pss",
    "valid.ecdsa_p384",
    "government.without_stamp",
    "described.tool_with_the_proof",
    "certificates.revoked",
    "certificates.expired",
    "certificates.expired_since_but_stamped_in_time",
    "certificates.not_yet_valid",
    "certificates.look_alike_authority",
    "certificates.for_encipherment_only",
    "algorithms.sha1",
    "changed.text_replaced",
    "damaged.byte_in_page_text",
    "damaged.comment_more",
    "ranges.only_the_beginning",
    "forged.reason_spoofed",
    "wrapped.second_range_in_the_gap",
    "covered.over_the_text",
    "active.script_on_opening",
    "locked.unknown_password",
    "disguised.an_archive",
    "disguised.unsigned",
    "certified.level_2_then_field_filled",
    "intruding.text_named_as_parameters",
]
SHAPE = {"file", "verdict", "signatures", "reasons"}
QUESTIONS = {"integrity", "coverage", "changes", "trust", "time", "policy"}


@pytest.fixture(scope="module")
def shop() -> Workshop:
    """Keys and people of the corpus."""
    return Workshop(People())


@pytest.fixture(scope="module")
def cases() -> dict[str, Case]:
    """The sample, by name."""
    for name in SAMPLE:
        importlib.import_module(f"tests.signing.corpus.{name.partition('.')[0]}")
    found = {case.name: case for case in CASES if case.name in SAMPLE}
    assert found.keys() == set(SAMPLE)
    return found


@pytest.fixture(scope="module")
def folder(
    shop: Workshop, cases: dict[str, Case], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The files, whom to trust and what was revoked, as a person has them on a disk."""
    folder, trust = tmp_path_factory.mktemp("sample"), shop.people.trust()
    for name, case in cases.items():
        (folder / f"{name}.pdf").write_bytes(case.make(shop))
    parts = {
        "roots": ("CERTIFICATE", trust.signer_anchors),
        "stamps": ("CERTIFICATE", trust.timestamp_anchors),
        "issuers": ("CERTIFICATE", trust.intermediates),
        "lists": ("X509 CRL", trust.revocation_lists),
    }
    for name, (kind, ders) in parts.items():
        (folder / f"{name}.pem").write_bytes(b"".join(pem.armor(kind, der) for der in ders))
    return folder


def told(
    folder: Path, *names: str, at: str = AT.isoformat(), without: str = ""
) -> tuple[int, list[dict[str, Any]]]:
    """Exit code and JSON for these files; an option may be left out."""
    app = typer.Typer()
    app.callback()(lambda: None)
    verify_pdf.register(app)
    options = {"--trust": "roots", "--tsa-trust": "stamps", "--intermediate": "issuers"}
    options["--crl"] = "lists"
    words = [str(folder / f"{name}.pdf") for name in names] + ["--at", at, "--json"]
    for option, name in options.items():
        words += [] if option == without else [option, str(folder / f"{name}.pem")]
    result = CliRunner().invoke(app, ["verify-pdf", *words])
    return result.exit_code, json.loads(result.stdout)


def verdict(folder: Path, name: str, **other: str) -> str:
    """Of one file."""
    _, (one,) = told(folder, name, **other)
    return str(one["verdict"])


def test_the_command_judges_as_a_worker_does(folder: Path, cases: dict[str, Case]) -> None:
    code, answers = told(folder, *SAMPLE)
    assert code == NOT_ALL_GOOD
    assert [Path(one["file"]).stem for one in answers] == SAMPLE
    wrong = {
        name: one["verdict"]
        for name, one in zip(SAMPLE, answers, strict=True)
        if one["verdict"] not in cases[name].verdicts
    }
    assert wrong == {}


def test_every_answer_has_the_promised_shape(folder: Path) -> None:
    for one in told(folder, *SAMPLE)[1]:
        assert one.keys() >= SHAPE
        assert all(signature.keys() >= QUESTIONS | {"verdict"} for signature in one["signatures"])
        reasons = one["reasons"] + [why for part in one["signatures"] for why in part["reasons"]]
        assert all(why["code"] and why["vi"] and why["en"] for why in reasons)
        assert reasons or one["verdict"] in ("TRUSTED", "UNSIGNED")


def test_only_trusted_files_end_well(folder: Path) -> None:
    assert told(folder, "valid.level_lta", "valid.rsa_pss")[0] == GOOD
    assert told(folder, "valid.level_lta", "disguised.unsigned")[0] == NOT_ALL_GOOD


def test_roots_of_time_stamps_are_named_apart(folder: Path) -> None:
    name = "certificates.expired_since_but_stamped_in_time"
    assert verdict(folder, name) == "TRUSTED"
    assert verdict(folder, name, without="--tsa-trust") == "EXPIRED"


def test_lists_and_issuers_are_what_is_named(folder: Path) -> None:
    assert verdict(folder, "certificates.revoked", without="--crl") == "INDETERMINATE"
    assert verdict(folder, "valid.rsa_pss", without="--intermediate") == "UNTRUSTED"


def test_the_instant_asked_about_counts(folder: Path) -> None:
    before = (REVOKED_AT - timedelta(days=1)).isoformat()
    assert verdict(folder, "certificates.revoked") == "REVOKED"
    assert verdict(folder, "certificates.revoked", at=before) == "WARN"
    assert verdict(folder, "certificates.expired", at="2024-06-01") == "WARN"
    assert verdict(folder, "valid.rsa_pss", at="2036-01-01") == "EXPIRED"
