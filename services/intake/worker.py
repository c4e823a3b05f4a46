"""Checks what arrives at the gate, seals it under its document's key, destroys what is recalled.

Any number of these processes run; urgent documents come first. A job killed at any instruction is
done once by another: the result is recorded under a command id that follows from the job.
"""

from __future__ import annotations

import signal
from typing import NamedTuple
from uuid import uuid5

import msgspec

from contracts.errors import FileDamaged, FileMissing
from contracts.gate import GateAnswer, GateVerdict
from contracts.intake import UpdateFacts
from contracts.values import FileRef, RefusalCode
from services.intake.adapters.gate import Arriving, check_package
from services.intake.adapters.policy import GatePolicy
from services.intake.application import Intake, build
from services.intake.application.jobs import QUEUE, URGENT, Job
from services.intake.application.receiving import SETS_APART
from services.intake.domain import IncomingDocument
from services.intake.settings import IntakeSettings
from services.kernel import door, telemetry
from services.kernel.context import acting, the_service
from services.kernel.jobs import Worker
from services.kernel.vault import Vault

PDF, OCTETS = "application/pdf", "application/octet-stream"


class ScannerAway(Exception):
    """The malware scanner does not answer: the job waits, nothing passes unscanned."""


class Checked(NamedTuple):
    """What the gate said of all files: the sealed ones, or the code that keeps them out."""

    report: FileRef
    files: list[FileRef]
    gate: str = ""
    code: RefusalCode = RefusalCode.OTHER
    reason: str = ""


class IntakeWorker:
    """Does one job at a time."""

    def __init__(self, intake: Intake, vault: Vault, policy: GatePolicy) -> None:
        self._intake = intake
        self._vault = vault
        self._policy = policy

    def work(self, body: bytes, trace: str) -> None:
        """Do the job that these bytes name, unless another worker did it."""
        job = msgspec.json.decode(body, type=Job)
        document = self._intake.load(IncomingDocument, job.document_id)
        concluded = uuid5(job.update_id or document.id, f"{job.kind}/{document.version}")
        service = msgspec.structs.replace(the_service("intake"), trace=trace, command_id=concluded)
        with acting(service):
            if job.kind == "destroy":
                self._destroy(document)
            elif job.update_id:
                self._check_update(document, job)
            elif document.waits_for_gate():
                self._check(document)

    def _check(self, document: IncomingDocument) -> None:
        checked = self._judged(document, document.files)
        id = document.id
        if not checked.gate:
            self._intake.admit_files(document_id=id, files=checked.files, report=checked.report)
        else:
            self._intake.reject_files(
                document_id=id,
                gate=checked.gate,
                code=checked.code,
                reason=checked.reason,
                report=checked.report,
            )
            self._drop(document.files)
        self._forget(document, document.files)

    def _check_update(self, document: IncomingDocument, job: Job) -> None:
        update = _pending(document, job)
        if update is None:
            return
        checked = self._judged(document, update.files)
        ids = {"document_id": document.id, "update_id": update.update_id}
        if not checked.gate:
            self._intake.admit_update(**ids, files=checked.files, report=checked.report)
        else:
            self._intake.reject_update(**ids, gate=checked.gate, report=checked.report)
            kept = {file.sha256 for file in document.files}
            self._drop([file for file in update.files if file.sha256 not in kept])
        self._forget(document, update.files)

    def _judged(self, document: IncomingDocument, files: list[FileRef]) -> Checked:
        """The gate's word on files, which are sealed where it lets them in."""
        try:
            contents = [self._vault.arrived(file) for file in files]
        except (FileMissing, FileDamaged) as gone:
            return Checked(
                report=self._kept([]),
                files=[],
                gate="INCOMPLETE",
                code=RefusalCode.INCOMPLETE,
                reason=gone.message("vi"),
            )
        named = [Arriving(f.name, content) for f, content in zip(files, contents, strict=True)]
        answers = check_package(named, self._policy)
        if any(answer.verdict is GateVerdict.PARKED for answer in answers):
            raise ScannerAway()
        report = self._kept(answers)
        for answer in answers:
            if not answer.admitted:
                return _kept_out(answer, report)
        sealed = []
        for file, content, answer in zip(files, contents, answers, strict=True):
            self._vault.seal(document.id, file, content)
            sealed.append(_sealed(file, document, answer))
        return Checked(report, sealed)

    def _drop(self, files: list[FileRef]) -> None:
        """Nothing stays of what the gate keeps out, not even sealed."""
        for file in files:
            self._vault.forget(file)

    def _forget(self, document: IncomingDocument, files: list[FileRef]) -> None:
        """Uploads are not needed any more; nor is anything of a document recalled meanwhile."""
        for file in files:
            self._vault.forget_upload(file.sha256)
        if self._intake.load(IncomingDocument, document.id).cancelling:
            self._vault.destroy(document.id)

    def _destroy(self, document: IncomingDocument) -> None:
        self._vault.destroy(document.id)
        for file in document.files:
            self._vault.forget_upload(file.sha256)
        self._intake.record_destruction(document_id=document.id)

    def _kept(self, answers: list[GateAnswer]) -> FileRef:
        """The gate's report as evidence (R5.1d-2)."""
        kept = self._vault.keep(msgspec.json.encode(answers))
        name, kind = "gate.json", "application/json"
        return FileRef(name=name, sha256=kept.sha256, size=kept.size, media_type=kind)


def _kept_out(answer: GateAnswer, report: FileRef) -> Checked:
    """What must not even be kept comes before what is merely wrong."""
    reasons = "; ".join(reason.message("vi") for reason in answer.reasons)
    codes = [reason.code.refused_as for reason in answer.reasons if reason.code.refused_as]
    grave = (code for code in codes if code in SETS_APART)
    code = next(grave, codes[0] if codes else RefusalCode.OTHER)
    return Checked(report, [], answer.code, code, f"{answer.file}: {reasons}")


def _sealed(file: FileRef, document: IncomingDocument, answer: GateAnswer) -> FileRef:
    """The file as it is kept: what it is, is told by its content and not by its sender."""
    claims = OCTETS if file.media_type == PDF else file.media_type
    media_type = PDF if answer.kind == "pdf" else claims
    return msgspec.structs.replace(
        file, name=answer.name, media_type=media_type, sealed_for_id=document.id
    )


def _pending(document: IncomingDocument, job: Job) -> UpdateFacts | None:
    """The update whose files are still to be checked."""
    waiting = (update for update in document.updates if update.outcome == "pending")
    return next((update for update in waiting if update.update_id == job.update_id), None)


def main() -> None:
    """Work until SIGTERM."""
    settings = door.begin("intake-worker", IntakeSettings)
    intake = build(settings)
    does = IntakeWorker(intake, Vault(settings.s3_url), GatePolicy(scanner=settings.gate_scanner))
    worker = Worker(settings.broker_url, (URGENT, QUEUE), does.work)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, worker.stop)
    telemetry.HEALTH.ready_when(consuming=lambda: worker.connected)
    worker.run()
    intake.close()


if __name__ == "__main__":
    main()
