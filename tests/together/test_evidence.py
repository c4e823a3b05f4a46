"""Evidence of the story's verifications in the real store: fetched, checked again, and guarded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest
from minio import Minio
from typer.testing import CliRunner, Result

from contracts.errors import FileDamaged
from contracts.signing import ReportFormat, ReportNotReady, Signing
from contracts.signing.report import MaterialKind, Report
from contracts.values import Role, Verdict
from infra.local.world import World
from services.cli.cast import ANSWERER, REFUSER
from services.cli.evidence import fetch
from services.cli.main import application
from services.cli.story import Story
from services.kernel.vault import opened
from tests.conftest import until
from tests.together.outcome import Outcome

REVALIDATE = application("revalidate")


@pytest.fixture(scope="module")
def signing(story: Story) -> Signing:
    """Signing, as the clerk asks it to whom the request came."""
    return story.holder(ANSWERER, Role.CLERK).signing


@pytest.fixture(scope="module")
def report(signing: Signing, outcome: Outcome) -> Report:
    """The kept report on the request."""
    (told,) = signing.get_verification(verification_id=outcome.arrived.document_id).reports
    return msgspec.convert(told, Report)


@contextmanager
def flipped(world: World, sha256: str) -> Iterator[None]:
    """One byte of a kept file is another for a while, behind everybody's back."""
    at = urlsplit(world.s3_url)
    host = at.netloc.rpartition("@")[2]
    store = Minio(host, at.username, at.password, secure=False, region="us-east-1")
    bucket, key = at.path.strip("/"), f"files/{sha256}"
    kept = store.get_object(bucket, key).data
    spoilt = bytes([kept[0] ^ 1]) + kept[1:]
    try:
        store.put_object(bucket, key, io.BytesIO(spoilt), len(spoilt))
        yield
    finally:
        store.put_object(bucket, key, io.BytesIO(kept), len(kept))


def revalidated(*paths: Path) -> Result:
    """What the command says of reports in a folder."""
    return CliRunner().invoke(REVALIDATE, ["revalidate", *map(str, paths)])


@pytest.mark.rule("R8.1b-1")
def test_what_was_kept_at_arrival_gives_the_same_answer_again(
    signing: Signing, outcome: Outcome, tmp_path: Path
) -> None:
    paths = fetch(signing, outcome.arrived.document_id, tmp_path)
    told = revalidated(*paths)
    assert told.exit_code == 0, told.output
    assert "giống hệt / identical" in told.output and Verdict.TRUSTED.vi in told.output


def test_the_damaged_copy_is_damaged_again(story: Story, outcome: Outcome, tmp_path: Path) -> None:
    signing = story.holder(REFUSER, Role.CLERK).signing
    told = revalidated(*fetch(signing, outcome.refused.document_id, tmp_path))
    assert told.exit_code == 0, told.output
    assert Verdict.BROKEN.vi in told.output


@pytest.mark.rule("Q28-6.1")
def test_a_changed_byte_of_a_kept_report_is_found_at_the_next_read(
    signing: Signing, outcome: Outcome, world: World
) -> None:
    id = outcome.arrived.document_id
    link = signing.get_report(verification_id=id, format=ReportFormat.JSON)
    with flipped(world, link.file.sha256):
        for ask in (signing.get_verification, signing.list_evidence):
            with pytest.raises(FileDamaged):
                ask(verification_id=id)
    assert signing.list_evidence(verification_id=id)


@pytest.mark.rule("Q28-6.1")
@pytest.mark.parametrize("kind", [MaterialKind.REVOCATION_LIST, MaterialKind.SIGNER_ANCHOR])
def test_a_changed_byte_of_what_it_relies_on_is_found_when_it_is_checked_again(
    kind: MaterialKind,
    signing: Signing,
    report: Report,
    outcome: Outcome,
    world: World,
    tmp_path: Path,
) -> None:
    sha256 = next(one.sha256 for one in report.materials if one.kind is kind)
    with flipped(world, sha256):
        told = revalidated(*fetch(signing, outcome.arrived.document_id, tmp_path))
    assert told.exit_code == 1
    assert f"{sha256} bị hỏng" in told.output


def test_two_arrivals_of_the_story_share_the_lists_they_relied_on(
    signing: Signing, story: Story, report: Report, outcome: Outcome
) -> None:
    other = story.holder(REFUSER, Role.CLERK).signing
    (told,) = other.get_verification(verification_id=outcome.refused.document_id).reports

    def lists(of: Report) -> set[str]:
        return {one.sha256 for one in of.materials if one.kind is MaterialKind.REVOCATION_LIST}

    assert lists(report) == lists(msgspec.convert(told, Report)) != set()


def test_a_worker_writes_the_report_that_a_clerk_asks_for(
    signing: Signing, report: Report, outcome: Outcome, story: Story
) -> None:
    id = outcome.arrived.document_id
    signing.request_report(verification_id=id)

    def told(format: ReportFormat) -> bytes:
        link = signing.get_report(verification_id=id, format=format)
        assert link.sealed is (format is not ReportFormat.JSON)
        return bytes(story._web.request("GET", link.url).data)

    def ready() -> bool:
        try:
            return bool(told(ReportFormat.PDF))
        except ReportNotReady:
            return False

    until(ready, 60)
    assert told(ReportFormat.PDF).startswith(b"%PDF-")
    assert b"total-passed" in told(ReportFormat.ETSI)
    for one in report.signatures:
        link = signing.get_signed_revision(verification_id=id, field=one.field)
        covered = opened(story._web.request("GET", link.url).data, link.key, link.iv)
        assert outcome.pdf.startswith(covered)
