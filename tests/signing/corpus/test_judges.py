"""Independent judges agree: poppler's pdfsig and OpenSSL, on the good and on the damaged files.

Each judges what it can read: pdfsig neither time stamps nor Ed25519, OpenSSL the containers alone
and, before 3.2, no Ed25519 in them.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from infra.local.machines import require_poppler
from services.signing.adapters.verification.report import TAMPERED, SignatureReport
from tests.signing.corpus.catalogue import Case
from tests.signing.corpus.judging import Corpus
from tests.signing.corpus.people import AT, People

GOOD, DAMAGED = ("valid", "government"), ("damaged",)
SPAN = re.compile(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]")
NAMED = re.compile(r"Signature Field Name: (.*)")
VALIDATED = re.compile(r"Signature Validation: (.*)")
FINE = "Signature is Valid."
UNREAD_BY_OPENSSL = {"valid.ed25519"}
JUDGED = {FINE, "Digest Mismatch.", "Signature is Invalid."}


def pdfsig(file: Path) -> dict[str, tuple[bool, bool]]:
    """What pdfsig says of each field it can judge: good or not, over the whole file or not."""
    command = [str(require_poppler().with_name("pdfsig")), "-nocert", str(file)]
    told = subprocess.run(command, capture_output=True, text=True, errors="replace").stdout
    found = {}
    for part in told.split("Signature #")[1:]:
        name, verdict = NAMED.search(part), VALIDATED.search(part)
        if name and verdict and verdict.group(1) in JUDGED:
            whole = "- Total document signed" in part
            found[name.group(1)] = verdict.group(1) == FINE, whole
    return found


@pytest.fixture(scope="module")
def anchors(people: People, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Whom OpenSSL trusts, in one file."""
    file = tmp_path_factory.mktemp("anchors") / "anchors.pem"
    trusted = [people.root, people.issuing, people.time_root]
    file.write_bytes(b"".join(one.certificate.public_bytes(Encoding.PEM) for one in trusted))
    return file


def openssl(pdf: bytes, anchors: Path, folder: Path) -> list[bool]:
    """What OpenSSL says of each container over its bytes, in the order they end."""
    content, container, found = folder / "content", folder / "container", []
    ranges = {tuple(map(int, span.groups())) for span in SPAN.finditer(pdf)}
    for start, end, length in sorted(ranges, key=lambda span: span[1] + span[2]):
        content.write_bytes(pdf[:start] + pdf[end : end + length])
        container.write_bytes(bytes.fromhex(pdf[start + 1 : end - 1].decode("ascii")))
        words = ["cms", "-verify", "-binary", "-inform", "DER", "-purpose", "any"]
        words += ["-in", str(container), "-content", str(content), "-out", "/dev/null"]
        if b"/ETSI.RFC3161" in pdf[start - 200 : start]:
            words = ["ts", "-verify", "-token_in", "-in", str(container), "-data", str(content)]
        command = ["openssl", *words, "-CAfile", str(anchors)]
        command += ["-attime", str(int(AT.timestamp()))]
        found.append(subprocess.run(command, capture_output=True).returncode == 0)
    return found


def of(corpus: Corpus, cases: list[Case], groups: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    """Names and files of some classes."""
    return ((case.name, corpus.file(case)) for case in cases if case.group in groups)


def intact(reports: list[SignatureReport]) -> list[bool]:
    """Whether each signature, in the order of its revision, holds."""
    return [one.integrity == "INTACT" for one in reports]


def test_pdfsig_finds_the_same_good_signatures(corpus: Corpus, cases: list[Case]) -> None:
    agreed = 0
    for name, file in of(corpus, cases, GOOD):
        theirs = pdfsig(file)
        for ours in corpus.outcomes[name].report.signatures:
            if ours.field in theirs and ours.integrity != "UNREADABLE":
                said = ours.integrity == "INTACT", theirs[ours.field][1]
                assert said == theirs[ours.field], (name, ours)
                agreed += 1
    assert agreed >= 45


def test_openssl_finds_the_same_good_signatures(
    corpus: Corpus, cases: list[Case], anchors: Path, tmp_path: Path
) -> None:
    for name, file in of(corpus, cases, GOOD):
        report = corpus.outcomes[name].report
        if report.verdict in ("TRUSTED", "WARN") and name not in UNREAD_BY_OPENSSL:
            theirs = openssl(file.read_bytes(), anchors, tmp_path)
            assert theirs == intact(report.signatures), name
            assert all(theirs), name


def test_pdfsig_calls_no_damaged_file_good_that_we_do_not(
    corpus: Corpus, cases: list[Case]
) -> None:
    broken = 0
    for name, file in of(corpus, cases, DAMAGED):
        report, theirs = corpus.outcomes[name].report, pdfsig(file)
        for ours in report.signatures:
            if ours.field in theirs and ours.integrity != "UNREADABLE":
                assert (ours.integrity == "INTACT") == theirs[ours.field][0], (name, ours)
        if not all(fine for fine, _ in theirs.values()):
            assert report.verdict in TAMPERED, name
            broken += 1
    assert broken >= 20


def test_openssl_calls_every_byte_turned_in_what_is_signed_broken(
    corpus: Corpus, cases: list[Case], anchors: Path, tmp_path: Path
) -> None:
    turned = [pair for pair in of(corpus, cases, DAMAGED) if ".byte_in_" in pair[0]]
    judged = 0
    for name, file in turned:
        report = corpus.outcomes[name].report
        readable = [one for one in report.signatures if one.integrity != "UNREADABLE"]
        theirs = openssl(file.read_bytes(), anchors, tmp_path)
        if len(readable) == len(theirs):
            assert intact(report.signatures) == theirs, name
            judged += 1
    assert judged >= 20
