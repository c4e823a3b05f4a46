"""`vanban sign-pdf` as a person types it: keys, places, levels, refusals, exit codes."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pkcs11
import pytest
import typer
from pyhanko.pdf_utils.reader import PdfFileReader
from typer.testing import CliRunner, Result

from infra.local import pki
from infra.local.responder import Responder
from infra.local.softhsm import SoftHSM
from services.cli import sign_pdf
from services.cli.letter import write
from services.cli.letter_texts import request_for_report
from services.signing.adapters.pdf.fields import fields_of
from services.signing.adapters.verification.judging import judge
from tests.signing.index import PASSWORD, PIN, move_to_token, packed, secret
from tests.trust import trust_of

LEADER = "person:nguyen-van-an"
GOOD, REFUSED, USAGE = 0, 1, 2
MM = 72 / 25.4


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A machine's own authority, and the leader's key as a file under a password."""
    folder = tmp_path_factory.mktemp("own-keys")
    pki.make(folder)
    secret(folder, "an.p12", packed(folder, LEADER))
    secret(folder, "an.pin", PASSWORD)
    return folder


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A letter of two pages to sign."""
    pdf, _ = write(request_for_report(date(2026, 12, 15), 2026))
    (tmp_path / "thư.pdf").write_bytes(pdf)
    return tmp_path / "thư.pdf"


def run(*words: object, typed: str | None = None) -> Result:
    """The command line, in this process."""
    app = typer.Typer()
    app.callback()(lambda: None)
    sign_pdf.register(app)
    return CliRunner().invoke(app, ["sign-pdf", *map(str, words)], input=typed)


def words(folder: Path, paper: Path, *more: object) -> list[object]:
    """Sign with the key file."""
    out = paper.with_name("ký.pdf")
    key = ["--p12", folder / "an.p12", "--pin-file", folder / "an.pin"]
    return [paper, "--out", out, *key, "--json", *more]


def trusting(folder: Path) -> list[object]:
    """Name whom to trust."""
    named: list[object] = ["--trust", folder / "anchors/signers.pem"]
    named += ["--issuer", folder / "intermediates.pem"]
    for name in ("root", "issuing"):
        named += ["--crl", folder / f"crl/{name}.crl"]
    return named


def answer(*asked: object) -> dict[str, Any]:
    """The JSON of a command that must succeed."""
    result = run(*asked)
    assert result.exit_code == GOOD, result.output
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def refusal(*asked: object) -> str:
    """The code with which a command is refused; nothing was written."""
    result = run(*asked)
    assert result.exit_code == REFUSED, result.output
    told: dict[str, str] = json.loads(result.stdout)["refused"]
    assert told["vi"] and told["en"]
    return told["code"]


def test_a_file_is_signed_with_a_key_file_and_checked(folder: Path, paper: Path) -> None:
    told = answer(*words(folder, paper))
    assert told["verdict"] == "TRUST_NOT_CHECKED"
    assert told["answers"]["integrity"] == "INTACT"
    assert told["answers"]["coverage"] == "WHOLE_FILE"
    signed = paper.with_name("ký.pdf").read_bytes()
    assert signed.startswith(paper.read_bytes())
    report = judge(signed, trust_of(folder), datetime.now(UTC))
    assert (report.sha256, report.verdict) == (told["sha256"], "TRUSTED")
    assert report.signatures[0].holder == LEADER


def test_with_roots_named_trust_is_checked_too(folder: Path, paper: Path, tmp_path: Path) -> None:
    told = answer(*words(folder, paper, *trusting(folder)))
    assert (told["verdict"], told["answers"]["trust"]) == ("TRUSTED", "TRUSTED")
    another = tmp_path / "another"
    pki.make(another, ())
    paper.with_name("ký.pdf").unlink()
    assert refusal(*words(folder, paper, *trusting(another))) == "SELF_CHECK_FAILED"
    assert not paper.with_name("ký.pdf").exists()


def test_a_second_signature_leaves_the_first_good(folder: Path, paper: Path) -> None:
    answer(*words(folder, paper))
    paper.with_name("ký.pdf").replace(paper)
    told = answer(*words(folder, paper, *trusting(folder)))
    assert (told["signatures"], told["verdict"]) == (2, "TRUSTED")
    assert told["field"] == "vanban_signature_2"


@pytest.mark.parametrize(
    ("placed", "left", "below"),
    [
        (["--placement", "top-left"], 20, 297 - 20 - 18),
        (["--placement", "bottom-right", "--page", "2"], 210 - 20 - 45, 20),
        (["--box", "100,200,227.56,251.02"], 100 / MM, 200 / MM),
    ],
)
def test_a_picture_is_shown_where_it_is_asked_for(
    placed: list[str], left: float, below: float, folder: Path, paper: Path
) -> None:
    picture = folder / "holders/person-nguyen-van-an.png"
    told = answer(*words(folder, paper, "--picture", picture, *placed))
    reader = PdfFileReader(io.BytesIO(paper.with_name("ký.pdf").read_bytes()))
    field = fields_of(reader)[told["field"]]
    box = [float(edge) / MM for edge in field["/Rect"]]
    assert (box[0], box[1]) == pytest.approx((left, below), abs=0.5)
    assert (box[2] - box[0], box[3] - box[1]) == pytest.approx((45, 18), abs=0.5)
    assert "/Im" in field["/AP"]["/N"]["/Resources"]["/XObject"]


def test_the_key_may_lie_in_a_token(softhsm: SoftHSM, paper: Path, tmp_path: Path) -> None:
    folder, label = tmp_path / "keys", f"token {uuid4().hex[:8]}"
    pki.make(folder)
    softhsm.make_token(label, PIN)
    pkcs11.lib(str(softhsm.module)).reinitialize()
    move_to_token(softhsm, folder, LEADER, label)
    out = paper.with_name("ký.pdf")
    uri = f"pkcs11:token={quote(label)};object={quote(LEADER)}?module-path={softhsm.module}"
    certificate = folder / "holders/person-nguyen-van-an.pem"
    asked = [paper, "--out", out, "--pkcs11", uri, "--certificate", certificate, "--json"]
    told = answer(*asked, "--pin-file", folder / "token.pin", "--pss")
    assert told["algorithm"] == "rsa_pss_sha256"
    assert judge(out.read_bytes(), trust_of(folder), datetime.now(UTC)).verdict == "TRUSTED"
    wrong = secret(folder, "wrong.pin", "0815")
    pkcs11.lib(str(softhsm.module)).reinitialize()
    assert refusal(*asked, "--force", "--pin-file", folder / wrong) == "TOKEN_PIN"


@pytest.fixture
def authority(folder: Path) -> Iterator[str]:
    """The machine's own time stamping authority, over loopback HTTP."""
    with Responder(folder, 0) as server:
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        yield f"{server.url}/tsa"
        server.shutdown()


def test_the_time_is_proven_by_an_authority(folder: Path, paper: Path, authority: str) -> None:
    asked = words(folder, paper, "--level", "B-T", "--tsa", authority, *trusting(folder))
    told = answer(*asked)
    assert (told["verdict"], told["answers"]["time"]) == ("TRUSTED", "PROVEN")
    assert told["proven_by"].startswith("Máy chủ cấp dấu thời gian")


def test_a_wrong_password_and_an_open_secret_are_refused(folder: Path, paper: Path) -> None:
    wrong = folder / secret(folder, "wrong.pin", "sai")
    out = paper.with_name("ký.pdf")
    asked = [paper, "--out", out, "--p12", folder / "an.p12", "--json"]
    assert refusal(*asked, "--pin-file", wrong) == "TOKEN_PIN"
    wrong.chmod(0o644)
    assert refusal(*asked, "--pin-file", wrong) == "SECRET_EXPOSED"
    assert not out.exists()


@pytest.mark.parametrize(
    ("validity", "signs", "code"),
    [
        ((2021, 2023), True, "SIGNER_CERT_EXPIRED"),
        ((2031, 2035), True, "SIGNER_CERT_NOT_YET_VALID"),
        ((2021, 2035), False, "SIGNER_CERT_PURPOSE"),
    ],
)
def test_a_certificate_that_may_not_sign_is_refused(
    validity: tuple[int, int], signs: bool, code: str, tmp_path: Path, paper: Path
) -> None:
    pki.make(tmp_path, ())
    first, last = (datetime(year, 1, 1, tzinfo=UTC) for year in validity)
    pki.issue(tmp_path, "person", "x", "Lý X", validity=(first, last), signs_documents=signs)
    secret(tmp_path, "x.p12", packed(tmp_path, "person:x"))
    pin = tmp_path / secret(tmp_path, "x.pin", PASSWORD)
    out = paper.with_name("ký.pdf")
    asked = [paper, "--out", out, "--p12", tmp_path / "x.p12", "--pin-file", pin, "--json"]
    assert refusal(*asked) == code


def test_what_is_no_pdf_and_a_place_off_the_page_are_refused(folder: Path, paper: Path) -> None:
    picture = folder / "holders/person-nguyen-van-an.png"
    for more in (["--page", "9"], ["--box", "500,10,700,60"]):
        code = refusal(*words(folder, paper, "--picture", picture, *more))
        assert code == "PLACEMENT_OFF_PAGE"
    paper.write_bytes(b"PK\x03\x04 a docx")
    assert refusal(*words(folder, paper)) == "NOT_A_PDF"


@pytest.mark.parametrize(
    "more",
    [
        ["--level", "B-T"],
        ["--tsa", "http://127.0.0.1:1"],
        ["--pkcs11", "pkcs11:token=a;object=b?module-path=/c"],
        ["--box", "1,2,3"],
        ["--page", "0"],
        ["--level", "B-LT"],
    ],
)
def test_a_miswritten_command_is_told(more: list[str], folder: Path, paper: Path) -> None:
    assert run(*words(folder, paper, *more)).exit_code == USAGE
    assert not paper.with_name("ký.pdf").exists()


def test_a_result_is_not_written_over_unasked(folder: Path, paper: Path) -> None:
    out = paper.with_name("ký.pdf")
    out.write_bytes(b"precious")
    assert run(*words(folder, paper)).exit_code == USAGE
    assert out.read_bytes() == b"precious"
    answer(*words(folder, paper, "--force"))
    assert out.read_bytes().startswith(b"%PDF")
    assert [path.name for path in out.parent.iterdir() if path.name.startswith(".")] == []


def test_without_a_terminal_no_password_is_asked(folder: Path, paper: Path) -> None:
    out = paper.with_name("ký.pdf")
    asked = [paper, "--out", out, "--p12", folder / "an.p12"]
    assert run(*asked, typed=f"{PASSWORD}\n").exit_code == USAGE


def test_people_read_a_table_and_a_refusal_in_two_languages(folder: Path, paper: Path) -> None:
    asked = [word for word in words(folder, paper) if word != "--json"]
    result = run(*asked)
    assert result.exit_code == GOOD
    assert "Nguyễn Văn An" in result.stdout
    paper.write_bytes(b"")
    refused = run(*asked, "--force")
    assert refused.exit_code == REFUSED
    assert "EMPTY_FILE: Tệp rỗng" in refused.stderr
    assert "The file is empty" in refused.stderr
