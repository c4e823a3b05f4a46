"""Makes and verifies signatures: takes jobs from the queue, computes, has the result recorded.

Any number of these processes run, on any machine. A job killed at any instruction is done once by
another: the result is recorded under a command id that follows from the job.
"""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid5

import msgspec

from contracts.envelope import Actor
from contracts.signing import ReportFormat
from contracts.signing.report import SignatureFound
from contracts.values import (
    FileRef,
    LegalValue,
    Role,
    SignatureSummary,
    SignerRole,
    Verdict,
)
from services.kernel import door, telemetry
from services.kernel.context import Circumstances, acting
from services.kernel.files import Files
from services.kernel.jobs import Worker
from services.signing.adapters.evidence.examining import Examined, examine
from services.signing.adapters.evidence.rendering import Rendered, render
from services.signing.adapters.evidence.sealing import seal_report
from services.signing.adapters.keys.holders import load_key, load_picture
from services.signing.adapters.making.acts import seal, sign_leader
from services.signing.adapters.making.form import prepare
from services.signing.adapters.refusals import SigningRefused
from services.signing.adapters.timestamps.local import local_authority
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.verification.process import warm
from services.signing.application import QUEUE, Job, Signing, build
from services.signing.domain import Progress, Rendition, Revision, Signature, Verification
from services.signing.settings import SigningSettings

ROLES = {"person": SignerRole.LEADER, "agency": SignerRole.AGENCY}
WORST_FIRST = list(Verdict)
_LOG = logging.getLogger(__name__)


class SigningWorker:
    """Does one job at a time. A change of keys or trust bites with the next."""

    def __init__(self, signing: Signing, files: Files, pki: Path, report_seal: str = "") -> None:
        self._signing = signing
        self._files = files
        self._pki = pki
        self._report_seal = report_seal
        self._last: frozenset[str] = frozenset()

    def work(self, body: bytes, trace: str) -> None:
        """Do the job that these bytes name, unless another worker did it."""
        job = msgspec.json.decode(body, type=Job)
        thing: Signature | Verification = (
            self._signing.load(Signature, job.id)
            if job.kind == "signature"
            else self._signing.load(Verification, job.id)
        )
        does = self._due(thing)
        if does is None:
            return
        circumstances = Circumstances(
            actor=Actor(person="service:signing", name="signing"),
            roles=frozenset({Role.SERVICE}),
            trace=trace,
            command_id=uuid5(job.id, f"concluded/{thing.version}"),
        )
        with acting(circumstances):
            does()

    def _due(self, thing: Signature | Verification) -> Callable[[], None] | None:
        """What is to be done now; nothing where another worker did it."""
        match thing:
            case Signature(progress=Progress.REQUESTED):
                return lambda: self._sign(thing)
            case Verification(progress=Progress.REQUESTED):
                return lambda: self._verify(thing)
            case Verification(report=Progress.REQUESTED):
                return lambda: self._report(thing)
        return None

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
        found = []
        for file in verification.files:
            content = self._files.read(file.sha256)
            found.append(examine(content, file, trust, datetime.now(UTC)))
        reports = [one.report for one in found]
        self._signing.record_verification(
            id=verification.id,
            verdict=worst([report.verdict for report in reports]),
            legal_value=reports[0].legal_value if reports else LegalValue.INFORMATION_ONLY,
            signatures=[summary(one) for report in reports for one in report.signatures],
            reports=[self._evidence(one) for one in found],
        )

    def _evidence(self, examined: Examined) -> FileRef:
        """Keep every piece, then the report that names them; what the last had is kept already."""
        for sha256 in examined.pieces.keys() - self._last:
            self._files.keep(examined.pieces[sha256])
        self._last = frozenset(examined.pieces)
        return self._kept(examined.encoded, "json")

    def _report(self, verification: Verification) -> None:
        renditions, revisions = [], []
        for kept in verification.reports:
            content = self._files.read(kept.sha256)
            rendered = render(content, kept.sha256, self._files.read)
            renditions += self._renditions(rendered)
            revisions += self._revisions(rendered)
        self._signing.record_report(id=verification.id, renditions=renditions, revisions=revisions)

    def _renditions(self, rendered: Rendered) -> list[Rendition]:
        of, (pdf, sealed) = rendered.report.document.sha256, self._sealed(rendered.pdf)
        file = self._kept(pdf, "pdf")
        told = [Rendition(of=of, format=ReportFormat.PDF, file=file, sealed=sealed)]
        if rendered.etsi is not None:
            file = self._kept(rendered.etsi, "xml")
            told.append(Rendition(of=of, format=ReportFormat.ETSI, file=file, sealed=sealed))
        return told

    def _sealed(self, pdf: bytes) -> tuple[bytes, bool]:
        """The report under the platform's seal; as it is where there is no key, or it refuses."""
        if not self._report_seal:
            return pdf, False
        try:
            key, authority = load_key(self._pki, self._report_seal), local_authority(self._pki)
            return seal_report(pdf, key, datetime.now(UTC), authority), True
        except SigningRefused as refused:
            _LOG.warning("a report stays unsealed: %s", refused)
            return pdf, False

    def _revisions(self, rendered: Rendered) -> list[Revision]:
        document, found = rendered.report.document, []
        for one in rendered.covered:
            kept = self._files.keep(one.content)
            file = msgspec.structs.replace(document, sha256=kept.sha256, size=kept.size)
            found.append(
                Revision(of=document.sha256, field=one.field, file=file, byte_range=one.byte_range)
            )
        return found

    def _kept(self, content: bytes, ending: str) -> FileRef:
        kept = self._files.keep(content)
        return FileRef(
            name=f"bao-cao-kiem-tra.{ending}",
            sha256=kept.sha256,
            size=kept.size,
            media_type=f"application/{ending}",
        )


def worst(verdicts: list[Verdict]) -> Verdict:
    """The verdict of a document is that of its worst file; without a file it is unsigned."""
    return min(verdicts, key=WORST_FIRST.index, default=Verdict.UNSIGNED)


def summary(found: SignatureFound) -> SignatureSummary:
    """One signature in the words of the contract."""
    return SignatureSummary(
        signer=found.signer,
        role=ROLES.get(found.role),
        serial=found.serial,
        signed_at=found.signed_at,
        verdict=found.verdict,
        reasons=[reason.code for reason in found.reasons],
    )


def main() -> None:
    """Work until SIGTERM."""
    settings = door.begin("signing-worker", SigningSettings)
    signing = build(settings)
    does = SigningWorker(signing, Files(settings.s3_url), settings.pki_dir, settings.report_seal)
    worker = Worker(settings.broker_url, QUEUE, does.work)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, worker.stop)
    telemetry.HEALTH.ready_when(consuming=lambda: worker.connected)
    warm()
    worker.run()
    signing.close()


if __name__ == "__main__":
    main()
