"""Copies and digitised papers with real keys and real files: made once, or refused by name."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from contracts.signing import CopyKind, CopySource, CopyState, CopyView
from contracts.values import FileRef
from services.kernel.context import acting
from services.signing.adapters.verification.judging import judge
from services.signing.worker import SigningWorker
from tests.signing.adapters.making.scanned import scan
from tests.signing.adapters.making.test_blocks import words_of
from tests.signing.bureau import CLERK, OURS
from tests.signing.conftest import Desk
from tests.signing.council import Council
from tests.signing.test_application_copies import LEADER, ME, asked, registered, uploaded
from tests.signing.test_worker import TRACE, job

TRUE_COPY, SECOND_COPY, EXTRACT = CopyKind


@pytest.fixture
def bureau(desk: Desk) -> Council:
    """A bureau that trusts the session's authority and whose head lets one person sign copies."""
    council = Council()
    council.entrust(desk.folder)
    council.told(registered())
    with acting(LEADER):
        council.signing.name_copy_signers(persons=[ME])
    return council


@pytest.fixture
def worker(bureau: Council, desk: Desk) -> SigningWorker:
    """A worker of that bureau with the session's keys."""
    return SigningWorker(bureau.signing, bureau.shelf, desk.folder, desk.authority())


def made(bureau: Council, worker: SigningWorker, **other: Any) -> CopyView:
    """A copy, as it is after a worker had it."""
    id = asked(bureau, **other)
    with acting(CLERK):
        bureau.signing.approve_copy(copy_id=id)
        bureau.signing.seal_copy(copy_id=id)
    worker.work(job("copy", id), TRACE)
    with acting(CLERK):
        return bureau.signing.get_copy(copy_id=id)


def content(bureau: Council, file: FileRef | None) -> bytes:
    """The bytes of a result."""
    assert file is not None
    return bureau.shelf.read(file.sha256)


@pytest.mark.rule("N30-25..27")
def test_a_true_copy_carries_the_agencys_signature_with_form_name_and_time(
    bureau: Council, worker: SigningWorker, desk: Desk, sealed: bytes
) -> None:
    copy = made(bureau, worker, file=bureau.file(sealed))
    assert (copy.state, copy.failure) == (CopyState.MADE, "")
    pdf = content(bureau, copy.file)
    report = judge(pdf, desk.trust(), desk.at)
    assert (report.verdict, report.legal_value) == ("TRUSTED", "ORIGINAL")
    assert report.signatures[-1].holder == f"agency:{OURS}"
    assert "SAO Y; Sở Nội vụ;" in words_of(pdf)


@pytest.mark.rule("N30-25..27")
def test_a_second_copy_and_an_extract_say_their_form(
    bureau: Council, worker: SigningWorker, sealed: bytes
) -> None:
    true = made(bureau, worker, file=bureau.file(sealed))
    second = made(bureau, worker, file=true.file, kind=SECOND_COPY)
    assert "SAO LỤC; Sở Nội vụ;" in words_of(content(bureau, second.file))
    extract = made(bureau, worker, file=bureau.file(sealed), kind=EXTRACT, pages=[2])
    assert "TRÍCH SAO; Sở Nội vụ;" in words_of(content(bureau, extract.file))


@pytest.mark.rule("N30-25..27")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"kind": SECOND_COPY}, "SOURCE_NOT_TRUE_COPY"),
        ({"kind": EXTRACT, "pages": [99]}, "PAGES_MISSING"),
        ({"source": CopySource.PAPER}, "SCAN_NOT_PICTURE"),
    ],
)
def test_what_a_copy_may_not_be_made_of_is_told_by_name(
    bureau: Council, worker: SigningWorker, sealed: bytes, words: dict[str, Any], code: str
) -> None:
    file = bureau.file(sealed)
    if words.get("source") is CopySource.PAPER:
        file = uploaded(bureau, sealed)
    copy = made(bureau, worker, file=file, **words)
    assert copy.state is CopyState.FAILED
    assert copy.failure.startswith(f"{code}: ")


def digitised(bureau: Council, worker: SigningWorker, pdf: bytes, **other: Any) -> UUID:
    """A paper, after a worker had its scan."""
    id = uuid4()
    with acting(CLERK):
        bureau.signing.digitise_paper(paper_id=id, file=uploaded(bureau, pdf), **other)
    worker.work(job("paper", id), TRACE)
    return id


@pytest.mark.rule("R8.2a-2")
def test_a_good_scan_is_sealed_by_the_agency_at_the_top_right(
    bureau: Council, worker: SigningWorker, desk: Desk
) -> None:
    with acting(CLERK):
        bureau.signing.set_block_format(digitised="Số hóa: {agency}; {time}")
    id = digitised(bureau, worker, scan())
    with acting(CLERK):
        paper = bureau.signing.get_paper(paper_id=id)
    pdf = content(bureau, paper.file)
    assert judge(pdf, desk.trust(), desk.at).legal_value == "SEALED"
    assert words_of(pdf).startswith("Số hóa: Sở Nội vụ; ")


@pytest.mark.rule("R8.2a-2")
@pytest.mark.parametrize(
    ("lacking", "code"),
    [
        ({"dpi": 150}, "SCAN_TOO_COARSE"),
        ({"mode": "L"}, "SCAN_NOT_COLOUR"),
        ({"size": (420.0, 595.0)}, "SCAN_NOT_FULL_SIZE"),
        ({"version": "1.3"}, "SCAN_VERSION_OLD"),
    ],
)
def test_a_scan_that_lacks_a_property_is_refused_by_it_and_not_signed(
    bureau: Council, worker: SigningWorker, lacking: dict[str, Any], code: str
) -> None:
    id = digitised(bureau, worker, scan(**lacking))
    with acting(CLERK):
        paper = bureau.signing.get_paper(paper_id=id)
    assert (paper.state, paper.file) == (CopyState.FAILED, None)
    assert paper.failure.startswith(f"{code}: ")


def test_a_repeated_job_changes_nothing(bureau: Council, worker: SigningWorker) -> None:
    id = digitised(bureau, worker, scan())
    before = bureau.written()
    worker.work(job("paper", id), TRACE)
    assert bureau.written() == before
