"""The same answer from the kept evidence, and nothing altered goes unseen."""

import hashlib
import shutil
from collections.abc import Callable

import msgspec
import pytest

from contracts.errors import FileDamaged, FileMissing
from contracts.signing.report import Report
from contracts.values import Verdict
from services.signing.adapters.evidence.replaying import replay
from tests.signing.adapters.evidence.conftest import Archive, archived
from tests.signing.conftest import Desk


def test_years_later_the_answer_is_the_same_to_the_last_byte(archive: Archive) -> None:
    replayed = replay(archive.examined.encoded, archive.shelf.read)
    assert replayed.identical and replayed.engine == ""
    assert replayed.now == replayed.then == archive.report
    assert replayed.now.verdict is Verdict.TRUSTED


def test_the_folder_of_todays_trust_is_not_asked(
    own_desk: Callable[[], Desk], sealed: bytes
) -> None:
    desk = own_desk()
    kept = archived(sealed, desk)
    shutil.rmtree(desk.folder)
    assert replay(kept.examined.encoded, kept.shelf.read).identical


def test_what_was_bad_is_bad_again_for_the_same_reasons(desk: Desk, sealed: bytes) -> None:
    at = sealed.index(b"stream") + 40
    damaged = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
    for content in (damaged, sealed[:-20], b"no PDF"):
        kept = archived(content, desk)
        replayed = replay(kept.examined.encoded, kept.shelf.read)
        assert replayed.identical
        assert replayed.now.verdict not in (Verdict.TRUSTED, Verdict.WARN)


def flipped(content: bytes, at: int) -> bytes:
    """The content with one bit of one byte changed."""
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


@pytest.mark.rule("Q28-6.1")
def test_a_changed_byte_of_any_kept_piece_is_noticed(archive: Archive) -> None:
    kept = archive.shelf.kept
    for sha256, content in kept.items():
        for at in (0, len(content) // 2, len(content) - 1):
            shelf = {**kept, sha256: flipped(content, at)}
            with pytest.raises(FileDamaged):
                replay(archive.examined.encoded, shelf.__getitem__)


def test_a_piece_that_is_gone_is_missing(archive: Archive) -> None:
    def without(lost: str) -> Callable[[str], bytes]:
        def read(sha256: str) -> bytes:
            return archive.shelf.read("0" * 64 if sha256 == lost else sha256)

        return read

    for piece in archive.report.materials:
        with pytest.raises(FileMissing):
            replay(archive.examined.encoded, without(piece.sha256))


def altered(report: Report) -> list[Report]:
    """The report with one fact of each kind changed by somebody."""
    replace = msgspec.structs.replace
    first, *others = report.signatures
    piece, *pieces = report.materials
    return [
        replace(report, verdict=Verdict.WARN),
        replace(report, pages=4),
        replace(report, signatures=[replace(first, signer="Người khác"), *others]),
        replace(report, signatures=others),
        replace(report, holders=report.holders[:1]),
        replace(report, materials=[replace(piece, title="Gốc khác"), *pieces]),
        replace(report, materials=pieces),
    ]


def test_a_report_that_was_altered_is_not_what_its_evidence_gives(archive: Archive) -> None:
    for report in altered(archive.report):
        replayed = replay(msgspec.json.encode(report), archive.shelf.read)
        assert not replayed.identical


def test_an_older_report_that_told_less_is_still_the_same(archive: Archive) -> None:
    told = msgspec.json.decode(archive.examined.encoded)
    del told["pages"], told["signatures"][0]["path"]
    told["engine"] = "vanban 0.0.1"
    replayed = replay(msgspec.json.encode(told), archive.shelf.read)
    assert replayed.identical and replayed.engine.startswith("vanban ")


def test_the_digest_of_a_report_does_not_depend_on_the_run(old_desk: Desk, old: bytes) -> None:
    digests = {
        hashlib.sha256(archived(old, old_desk).examined.encoded).hexdigest() for _ in range(2)
    }
    assert len(digests) == 1
