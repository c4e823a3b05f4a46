"""Makes and verifies signatures: takes jobs from the queue, computes, has the result recorded.

Any number of these processes run, on any machine. A job killed at any instruction is done once by
another: the result is recorded under a command id that follows from the job.
"""

from __future__ import annotations

import signal
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid5

import msgspec

from contracts.envelope import Actor
from contracts.values import (
    FileRef,
    LegalValue,
    Role,
    SignatureSummary,
    SignerRole,
    Verdict,
)
from contracts.working_time import VIETNAM
from services.kernel import door, telemetry
from services.kernel.context import Circumstances, acting
from services.kernel.files import Files
from services.kernel.jobs import Worker
from services.signing.adapters.keys.holders import load_key, load_picture
from services.signing.adapters.making.acts import seal, sign_leader
from services.signing.adapters.making.form import prepare
from services.signing.adapters.refusals import SigningRefused
from services.signing.adapters.timestamps.local import local_authority
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.verification.process import verify, warm
from services.signing.adapters.verification.report import SignatureReport, VerificationReport
from services.signing.application import QUEUE, Job, Signing, build
from services.signing.domain import Progress, Signature, Verification
from services.signing.settings import SigningSettings

ROLES = {"person": SignerRole.LEADER, "agency": SignerRole.AGENCY}
WORST_FIRST = list(Verdict)


class SigningWorker:
    """Does one job at a time. A change of keys or trust bites with the next."""

    def __init__(self, signing: Signing, files: Files, pki: Path) -> None:
        self._signing = signing
        self._files = files
        self._pki = pki

    def work(self, body: bytes, trace: str) -> None:
        """Do the job that these bytes name, unless another worker did it."""
        job = msgspec.json.decode(body, type=Job)
        thing: Signature | Verification = (
            self._signing.load(Signature, job.id)
            if job.kind == "signature"
            else self._signing.load(Verification, job.id)
        )
        if thing.progress is not Progress.REQUESTED:
            return
        circumstances = Circumstances(
            actor=Actor(person="service:signing", name="signing"),
            roles=frozenset({Role.SERVICE}),
            trace=trace,
            command_id=uuid5(job.id, f"concluded/{thing.version}"),
        )
        with acting(circumstances):
            if isinstance(thing, Signature):
                self._sign(thing)
            else:
                self._verify(thing)

    def _sign(self, signature: Signature) -> None:
        pdf = self._files.read(signature.file.sha256)
        try:
            signed = self._signed(signature, pdf)
        except SigningRefused as refused:
            self._signing.record_failure(
                id=signature.id, code=refused.code, reason=refused.message("vi")
            )
            return
        kept = self._files.keep(signed)
        file = msgspec.structs.replace(signature.file, sha256=kept.sha256, size=kept.size)
        self._signing.record_signature(id=signature.id, file=file)

    def _signed(self, signature: Signature, pdf: bytes) -> bytes:
        key = load_key(self._pki, signature.holder)
        picture = load_picture(self._pki, signature.holder)
        self._signing.check_certificate(signature.holder, key.certificate.sha256.hex())
        trust = self._trust()
        at, authority = datetime.now(UTC), local_authority(self._pki)
        if signature.role is SignerRole.LEADER:
            assert signature.placements is not None
            stamp = load_picture(self._pki, f"agency:{signature.agency}")
            prepared = prepare(pdf, signature.placements, picture, stamp, signature.number)
            return sign_leader(prepared.pdf, key, picture, at, authority, trust)
        assert signature.number is not None
        number = signature.number
        return seal(pdf, key, picture, number.notation, number.issued_on, at, authority, trust)

    def _trust(self) -> TrustSet:
        lists = tuple(path.read_bytes() for path in sorted(self._pki.glob("crl/*.crl")))
        return msgspec.structs.replace(self._signing.trust(), revocation_lists=lists)

    def _verify(self, verification: Verification) -> None:
        trust = self._trust()
        reports = []
        for file in verification.files:
            content = self._files.read(file.sha256)
            reports.append(verify(content, trust, datetime.now(UTC)))
        main = reports[0].legal_value if reports else LegalValue.INFORMATION_ONLY
        self._signing.record_verification(
            id=verification.id,
            verdict=worst([Verdict(report.verdict) for report in reports]),
            legal_value=LegalValue(main),
            signatures=[summary(s) for report in reports for s in report.signatures],
            reports=[self._kept(report) for report in reports],
        )

    def _kept(self, report: VerificationReport) -> FileRef:
        kept = self._files.keep(msgspec.json.encode(report))
        return FileRef(
            name="verification.json",
            sha256=kept.sha256,
            size=kept.size,
            media_type="application/json",
        )


def worst(verdicts: list[Verdict]) -> Verdict:
    """The verdict of a document is that of its worst file; without a file it is unsigned."""
    return min(verdicts, key=WORST_FIRST.index, default=Verdict.UNSIGNED)


def summary(signature: SignatureReport) -> SignatureSummary:
    """One signature in the words of the contract."""
    signed_at = signature.signed_at and datetime.fromisoformat(signature.signed_at)
    return SignatureSummary(
        signer=signature.signer,
        role=ROLES.get(signature.role),
        serial=signature.serial,
        signed_at=signed_at.astimezone(VIETNAM) if signed_at else None,
        verdict=Verdict(signature.verdict),
        reasons=[reason.code for reason in signature.reasons],
    )


def main() -> None:
    """Work until SIGTERM."""
    settings = door.begin("signing-worker", SigningSettings)
    signing = build(settings)
    does = SigningWorker(signing, Files(settings.s3_url), settings.pki_dir)
    worker = Worker(settings.broker_url, QUEUE, does.work)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, worker.stop)
    telemetry.HEALTH.ready_when(consuming=lambda: worker.connected)
    warm()
    worker.run()
    signing.close()


if __name__ == "__main__":
    main()
