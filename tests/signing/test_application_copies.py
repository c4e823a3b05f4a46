"""Copies and digitised papers, asked for by people, without a worker."""

from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from contracts.accounts import AgencyRegistered
from contracts.errors import Denied, NotFound
from contracts.signing import (
    AgencyNotKnown,
    BlockFormat,
    BlockFormatIncomplete,
    CopyAlreadyRequested,
    CopyFailed,
    CopyKind,
    CopyMade,
    CopySignerNotNamed,
    CopySignersAlreadyNamed,
    CopySource,
    CopyState,
    DigitisingFailed,
    KeyEntrusted,
    KeyNotHeld,
    PaperAlreadyDigitised,
    PaperDigitised,
    SecretNotCopied,
)
from contracts.values import FileRef, Role, Route, Secrecy
from services.kernel.context import acting, the_service
from services.signing.application import Job
from tests.signing.bureau import CLERK, DOCUMENT, MONDAY, OURS, STRANGER, THEIRS, Bureau, arrived

LEADER = msgspec.structs.replace(CLERK, roles=frozenset({Role.LEADER}))
OFFICER = msgspec.structs.replace(CLERK, roles=frozenset({Role.OFFICER}))
ME = CLERK.actor.person


@pytest.fixture
def bureau() -> Bureau:
    """A bureau that knows its agency, whose head lets one person sign copies.

    The clerk keeps its key.
    """
    bureau = Bureau()
    bureau.hand_over()
    bureau.told(registered())
    with acting(LEADER):
        bureau.signing.name_copy_signers(persons=[ME])
    return bureau


def registered() -> AgencyRegistered:
    """Accounts tells of our agency."""
    return AgencyRegistered(
        agency=OURS, name="Sở Nội vụ", notation="SNV", route=Route.PLATFORM, mandatory=True
    )


def asked(bureau: Bureau, **other: Any) -> UUID:
    """An officer asks for a copy."""
    file = other.pop("file", None) or bureau.file()
    document_id = uuid4()
    if other.get("source") is not CopySource.PAPER:
        bureau.told(arrived([file], document_id))
    words: dict[str, Any] = {
        "copy_id": uuid4(),
        "kind": CopyKind.TRUE_COPY,
        "source": CopySource.ELECTRONIC,
        "file": file,
        "document_id": document_id,
    }
    words |= other
    with acting(OFFICER):
        bureau.signing.request_copy(**words)
    return words["copy_id"]


def numbered(bureau: Bureau, **other: Any) -> UUID:
    """A copy that is approved, numbered and to be sealed."""
    id = asked(bureau, **other)
    with acting(CLERK):
        bureau.signing.approve_copy(copy_id=id)
        bureau.signing.seal_copy(copy_id=id)
    return id


def uploaded(bureau: Bureau, content: bytes = b"%PDF-1.7 scan") -> FileRef:
    """A scan that was uploaded and nobody looked at."""
    offered = bureau.shelf.upload(content)
    return FileRef(name="quet.pdf", sha256=offered.sha256, size=offered.size)


@pytest.mark.rule("N30-25..27")
def test_numbers_of_all_forms_run_from_one_in_one_series(bureau: Bureau) -> None:
    numbered(bureau)
    numbered(bureau, kind=CopyKind.EXTRACT, pages=[1])
    numbered(bureau, kind=CopyKind.SECOND_COPY)
    with acting(CLERK):
        listed = bureau.signing.list_copies(agency=OURS, year=2026)
        rest = bureau.signing.list_copies(agency=OURS, year=2026, after=1, limit=1)
        none = bureau.signing.list_copies(agency=OURS, year=2025)
    notations = [copy.number.notation for copy in listed if copy.number]
    assert notations == ["01/SY-SNV", "02/TrS-SNV", "03/SL-SNV"]
    assert (rest, none) == (listed[1:2], [])


@pytest.mark.rule("N30-25..27")
def test_the_head_says_who_signs_copies_and_nobody_else_does(bureau: Bureau) -> None:
    with acting(CLERK), pytest.raises(Denied):
        bureau.signing.name_copy_signers(persons=["lan"])
    with acting(LEADER):
        bureau.signing.name_copy_signers(persons=["lan", "lan"])
        assert bureau.signing.get_copy_rules(agency=OURS).signers == ["lan"]
        with pytest.raises(CopySignersAlreadyNamed):
            bureau.signing.name_copy_signers(persons=["lan"])
    id = asked(bureau)
    with acting(CLERK), pytest.raises(CopySignerNotNamed):
        bureau.signing.approve_copy(copy_id=id)


def test_only_the_clerk_has_a_copy_sealed_and_a_paper_digitised(bureau: Bureau) -> None:
    id = asked(bureau)
    with acting(CLERK):
        bureau.signing.approve_copy(copy_id=id)
    for other in (LEADER, OFFICER):
        with acting(other), pytest.raises(Denied):
            bureau.signing.seal_copy(copy_id=id)
        with acting(other), pytest.raises(Denied):
            bureau.signing.digitise_paper(paper_id=uuid4(), file=uploaded(bureau))


@pytest.mark.rule("N30-25..27")
def test_a_secret_is_neither_copied_nor_digitised_and_leaves_no_trace(bureau: Bureau) -> None:
    scan, before = uploaded(bureau), bureau.happened()
    with pytest.raises(SecretNotCopied):
        asked(bureau, source=CopySource.PAPER, file=scan, secrecy=Secrecy.SECRET)
    with acting(CLERK), pytest.raises(SecretNotCopied):
        bureau.signing.digitise_paper(paper_id=uuid4(), file=scan, secrecy=Secrecy.TOP_SECRET)
    assert bureau.happened() == before
    assert scan.sha256 not in bureau.shelf.kept


def test_a_scan_is_taken_from_the_uploads(bureau: Bureau) -> None:
    scan = uploaded(bureau)
    asked(bureau, source=CopySource.PAPER, file=scan)
    assert scan.sha256 in bureau.shelf.kept


def test_an_agency_copies_only_what_it_has(bureau: Bureau) -> None:
    received, strange = bureau.file(b"%PDF-1.7 ours"), bureau.file(b"%PDF-1.7 strange")
    bureau.told(arrived([received]))
    theirs = uuid4()
    bureau.told(msgspec.structs.replace(arrived([strange], theirs), agency=THEIRS))
    for id in (DOCUMENT, theirs, uuid4(), None):
        with pytest.raises(NotFound):
            asked(bureau, file=strange, document_id=id)
    pretended = msgspec.structs.replace(received, name="khac.pdf", sealed_for_id=uuid4())
    copy = asked(bureau, file=pretended, document_id=DOCUMENT)
    with acting(CLERK):
        assert bureau.signing.get_copy(copy_id=copy).source_file == received


def test_the_id_of_a_copy_is_used_once(bureau: Bureau) -> None:
    id = asked(bureau)
    with pytest.raises(CopyAlreadyRequested):
        asked(bureau, copy_id=id)


def test_an_agency_nobody_told_of_seals_nothing_and_takes_no_number() -> None:
    bureau = Bureau()
    bureau.hand_over()
    with acting(LEADER):
        bureau.signing.name_copy_signers(persons=[ME])
    id = asked(bureau)
    with acting(CLERK):
        bureau.signing.approve_copy(copy_id=id)
        with pytest.raises(AgencyNotKnown):
            bureau.signing.seal_copy(copy_id=id)
        with pytest.raises(AgencyNotKnown):
            bureau.signing.digitise_paper(paper_id=uuid4(), file=uploaded(bureau))
    bureau.told(registered())
    with acting(CLERK):
        assert bureau.signing.seal_copy(copy_id=id).number == 1


def test_told_of_the_agency_twice_nothing_more_is_recorded(bureau: Bureau) -> None:
    before = bureau.happened()
    bureau.told(registered())
    assert bureau.happened() == before


def test_an_agency_words_its_blocks_and_an_incomplete_wording_is_refused(bureau: Bureau) -> None:
    own = BlockFormat(digitised="{agency}, số hóa lúc {time}")
    with acting(CLERK):
        bureau.signing.set_block_format(digitised=own.digitised)
        assert bureau.signing.get_copy_rules(agency=OURS).format == own
        with pytest.raises(BlockFormatIncomplete):
            bureau.signing.set_block_format(digitised="{time}")
    with acting(OFFICER), pytest.raises(Denied):
        bureau.signing.set_block_format(digitised=own.digitised)


def test_another_agency_sees_no_copy_no_paper_and_no_rules(bureau: Bureau) -> None:
    id, paper = asked(bureau), uuid4()
    with acting(CLERK):
        bureau.signing.digitise_paper(paper_id=paper, file=uploaded(bureau))
    asks = (
        lambda: bureau.signing.get_copy(copy_id=id),
        lambda: bureau.signing.get_paper(paper_id=paper),
        lambda: bureau.signing.approve_copy(copy_id=id),
        lambda: bureau.signing.seal_copy(copy_id=id),
        lambda: bureau.signing.list_copies(agency=OURS, year=2026),
        lambda: bureau.signing.get_copy_rules(agency=OURS),
        lambda: bureau.signing.digitise_paper(paper_id=paper, file=uploaded(bureau)),
    )
    for ask in asks:
        with acting(STRANGER), pytest.raises((Denied, KeyNotHeld)):
            ask()
    with acting(CLERK), pytest.raises(NotFound):
        bureau.signing.get_copy(copy_id=uuid4())


@pytest.mark.rule("R8.2a-2")
def test_a_paper_is_digitised_once_and_after_a_bad_scan_scanned_again(bureau: Bureau) -> None:
    id, first, second = uuid4(), uploaded(bureau), uploaded(bureau, b"%PDF-1.7 better")
    with acting(CLERK):
        bureau.signing.digitise_paper(paper_id=id, file=first, document_id=DOCUMENT)
        with pytest.raises(PaperAlreadyDigitised):
            bureau.signing.digitise_paper(paper_id=id, file=second)
    with acting(the_service("signing")):
        bureau.signing.record_scan_failure(id=id, code="SCAN_TOO_COARSE", reason="150 dpi")
    with acting(CLERK):
        assert bureau.signing.get_paper(paper_id=id).failure == "SCAN_TOO_COARSE: 150 dpi"
        bureau.signing.digitise_paper(paper_id=id, file=second)
    signed = bureau.file(b"%PDF-1.7 signed")
    with acting(the_service("signing")):
        bureau.signing.record_digitised(id=id, file=signed)
    with acting(CLERK):
        view = bureau.signing.get_paper(paper_id=id)
        assert (view.state, view.scan, view.file) == (CopyState.MADE, second, signed)
        assert (view.document_id, view.digitised_at) == (DOCUMENT, MONDAY)
        with pytest.raises(PaperAlreadyDigitised):
            bureau.signing.digitise_paper(paper_id=id, file=second)


def test_results_are_told_with_the_document_they_belong_to(bureau: Bureau) -> None:
    source, file = bureau.file(), bureau.file(b"%PDF-1.7 signed")
    bureau.told(arrived([source]))
    made, lost = (numbered(bureau, file=source, document_id=DOCUMENT) for _ in "12")
    paper, bad = uuid4(), uuid4()
    with acting(CLERK):
        for id in (paper, bad):
            scan = uploaded(bureau, str(id).encode())
            bureau.signing.digitise_paper(paper_id=id, file=scan, document_id=DOCUMENT)
    with acting(the_service("signing")):
        bureau.signing.record_copy(id=made, file=file)
        bureau.signing.record_copy_failure(id=lost, code="X", reason="why")
        bureau.signing.record_digitised(id=paper, file=file)
        bureau.signing.record_scan_failure(id=bad, code="Y", reason="why")
        told = [one.event() for one in bureau.signing.read_events(after=0).events]
    about = {"agency": OURS, "document_id": DOCUMENT}
    with acting(CLERK):
        number = bureau.signing.get_copy(copy_id=made).number
    assert number is not None
    assert type(told[0]) is KeyEntrusted
    assert told[1:] == [
        CopyMade(copy_id=made, kind=CopyKind.TRUE_COPY, number=number, file=file, **about),
        CopyFailed(copy_id=lost, code="X", reason="why", **about),
        PaperDigitised(paper_id=paper, file=file, **about),
        DigitisingFailed(paper_id=bad, code="Y", reason="why", **about),
    ]


def test_only_a_worker_records_results(bureau: Bureau) -> None:
    id, file = numbered(bureau), bureau.file()
    with acting(CLERK), pytest.raises(Denied):
        bureau.signing.record_copy(id=id, file=file)
    with acting(CLERK), pytest.raises(Denied):
        bureau.signing.record_copy_failure(id=id, code="X", reason="no right")


def test_each_seal_and_each_scan_opens_a_job_and_its_result_closes_it(bureau: Bureau) -> None:
    copy, paper = numbered(bureau), uuid4()
    with acting(CLERK):
        bureau.signing.digitise_paper(paper_id=paper, file=uploaded(bureau))
    read, scanned = bureau.signing.jobs.read(0)
    opened = [entry for entry in read if entry.job.kind != "verification"]
    assert [entry.job for entry in opened] == [
        Job(kind="copy", id=copy),
        Job(kind="paper", id=paper),
    ]
    with acting(the_service("signing")):
        bureau.signing.record_copy_failure(id=copy, code="X", reason="why")
        bureau.signing.record_digitised(id=paper, file=bureau.file())
    closed, _ = bureau.signing.jobs.read(scanned)
    assert [(entry.key, entry.job) for entry in closed] == [(one.key, None) for one in opened]
