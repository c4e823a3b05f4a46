"""The gate's worker: lets in and seals, keeps out with the evidence, destroys what is recalled."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
import pytest

from contracts.gate import GateAnswer, GateCode
from contracts.intake import IncomingAct as Act
from contracts.intake import IncomingState as State
from contracts.values import FileRef, RefusalCode, Urgency
from services.intake.adapters.policy import GatePolicy
from services.intake.application.jobs import means
from services.intake.worker import IntakeWorker, ScannerAway
from services.kernel.context import acting
from tests.intake.clamd import EICAR, clamd
from tests.intake.office import GATEWAY, Office, issued, letter_of

PROGRAM = b"MZ\x90\x00" + b"\x00" * 60 + b"This program cannot be run in DOS mode"


def work(office: Office, policy: GatePolicy | None = None) -> list[str]:
    """Have every open job done; the kinds of the jobs."""
    worker = IntakeWorker(office.app, office.shelf, policy or GatePolicy())
    entries, _ = office.app.jobs.read(0)
    open_jobs: dict[str, Any] = {}
    for entry in entries:
        open_jobs.pop(entry.key, None)
        if entry.job is not None:
            open_jobs[entry.key] = entry.job
    for job in open_jobs.values():
        worker.work(msgspec.json.encode(job), entries[0].trace)
    return [job.kind for job in open_jobs.values()]


def evidence(office: Office, document_id: UUID) -> list[GateAnswer]:
    """The gate's report on a document, as it is kept."""
    stored = office.app.recorder.select_events(document_id)
    reports = [getattr(office.app.mapper.to_domain_event(one), "report", None) for one in stored]
    [report] = [report for report in reports if report]
    return msgspec.json.decode(office.shelf.read(report.sha256), type=list[GateAnswer])


def note(office: Office, content: bytes) -> UUID:
    """A text arrives."""
    kept = office.shelf.upload(content)
    file = FileRef(name="ghi-chu.txt", sha256=kept.sha256, size=kept.size)
    return office.receive(content, files=[file])


@pytest.mark.rule("R4.4a")
def test_what_passes_is_sealed_under_its_document_s_key_and_the_upload_goes(
    office: Office,
) -> None:
    content = letter_of("Về việc phòng, chống dịch")
    document_id = office.receive(content=content)
    assert work(office) == ["check"] and work(office) == []
    view = office.view(document_id)
    [file] = view.files
    assert (view.gate, file.sealed_for_id, file.media_type) == (
        "ADMITTED",
        document_id,
        "application/pdf",
    )
    assert office.shelf.read_ref(file) == content and not office.shelf.uploads
    assert [answer.admitted for answer in evidence(office, document_id)] == [True]


def test_a_document_of_this_platform_is_sealed_for_its_recipient_alone(office: Office) -> None:
    letter = office.issue_letter()
    work(office)
    [file] = office.app.here(letter.addressees[0].delivery_id).files
    assert office.shelf.read_ref(file) == office.shelf.read(letter.files[0].sha256)


def test_malware_is_set_apart_and_nothing_of_it_is_kept(office: Office) -> None:
    document_id = office.receive(content=PROGRAM)
    work(office)
    view = office.view(document_id)
    assert (view.state, view.files) == (State.QUARANTINED, [])
    assert not office.shelf.uploads and document_id not in office.shelf.sealed
    [answer] = evidence(office, document_id)
    assert RefusalCode.MALWARE in {reason.code.refused_as for reason in answer.reasons}


def test_a_bad_file_is_kept_out_with_a_proposal_and_its_evidence(office: Office) -> None:
    document_id = office.receive(content=b"%PDF-1.7\nkhong phai tep that")
    work(office)
    view = office.view(document_id)
    assert view.state is State.ARRIVED and view.proposal is not None
    assert view.gate == evidence(office, document_id)[0].code
    assert document_id not in office.shelf.sealed


@pytest.mark.rule("R7.1")
def test_a_missing_file_makes_the_unit_incomplete(office: Office) -> None:
    document_id = office.receive(content=letter_of("Thiếu tệp"))
    office.shelf.uploads.clear()
    work(office)
    proposal = office.view(document_id).proposal
    assert proposal is not None and proposal.code is RefusalCode.INCOMPLETE


def test_while_the_scanner_is_away_nothing_passes(office: Office) -> None:
    document_id = office.receive(content=letter_of("Chờ quét"))
    with pytest.raises(ScannerAway):
        work(office, GatePolicy(scanner="tcp://127.0.0.1:1", scanner_seconds=0.5))
    assert office.view(document_id).gate == "" and office.shelf.uploads
    assert work(office) == ["check"]


def test_what_the_scanner_finds_is_set_apart_and_what_it_was_away_for_waits_until_it_is_back(
    office: Office,
) -> None:
    infected, clean = note(office, EICAR), note(office, "Sạch".encode())
    with clamd() as scanner:
        there = GatePolicy(scanner=scanner.address)
    with pytest.raises(ScannerAway):
        work(office, there)
    assert (office.view(infected).gate, office.view(clean).gate) == ("", "")
    with clamd() as scanner:
        assert len(work(office, GatePolicy(scanner=scanner.address))) == 2
        assert len(scanner.seen) == 2
    assert office.view(infected).state is State.QUARANTINED and not office.shelf.uploads
    assert (infected in office.shelf.sealed, clean in office.shelf.sealed) == (False, True)
    [answer] = evidence(office, infected)
    assert [reason.code for reason in answer.reasons] == [GateCode.MALWARE]


@pytest.mark.rule("N30-VI.8")
def test_a_recalled_document_is_destroyed_before_its_sender_is_told(office: Office) -> None:
    document_id = office.receive(content=letter_of("Thu hồi"))
    work(office)
    office.recall(document_id)
    office.act(Act.CANCEL, document_id)
    assert work(office) == ["destroy"] and work(office) == []
    assert document_id not in office.shelf.sealed
    assert office.view(document_id).state is State.CANCELLED


def test_a_recall_before_the_check_leaves_nothing_behind(office: Office) -> None:
    document_id = office.receive(content=letter_of("Thu hồi sớm"))
    check = office.app.jobs.read(0)[0][0].job
    office.recall(document_id)
    office.act(Act.CANCEL, document_id)
    worker = IntakeWorker(office.app, office.shelf, GatePolicy())
    worker.work(msgspec.json.encode(check), "")
    assert work(office) == ["destroy"]
    assert not office.shelf.uploads and document_id not in office.shelf.sealed


def test_an_update_goes_through_the_same_gate(office: Office) -> None:
    document_id = office.receive(content=letter_of("Bản đầu"))
    work(office)
    kept = office.shelf.upload(letter_of("Bản sửa"))
    file = FileRef(name="sua.pdf", sha256=kept.sha256, size=kept.size)
    origin = office.view(document_id).origin
    with acting(GATEWAY):
        office.app.receive_update(
            agency=office.view(document_id).agency,
            origin=origin,
            update_id=UUID(int=3),
            subject="Bản sửa",
            files=[file],
            reason="Sai số liệu",
        )
    assert work(office) == ["check"] and work(office) == []
    [update] = office.view(document_id).updates
    assert update.outcome == "admitted" and update.files[0].sealed_for_id == document_id


@pytest.mark.rule("Q28-6.2c")
def test_an_urgent_arrival_is_an_urgent_job(office: Office) -> None:
    office.tell("dispatch", issued(urgency=Urgency.URGENT), issued())
    entries, _ = office.app.jobs.read(0)
    assert [entry.urgent for entry in entries] == [True, False]
    assert means(office.app.mapper.to_domain_event(_first(office))).urgent


def _first(office: Office) -> Any:
    return office.app.recorder.select_notifications(0, 10)[0]
