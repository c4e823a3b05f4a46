"""Verifications: begun by an arrival or asked for by a clerk, done by workers."""

from __future__ import annotations

from uuid import UUID

import msgspec

from contracts.errors import Denied
from contracts.intake import FilesAdmitted, Issuer
from contracts.signing import SignatureSummary, VerificationAlreadyRequested, VerificationView
from contracts.signing.report import Expected
from contracts.values import FileRef, LegalValue, Role, Verdict
from services.kernel.commit import command
from services.kernel.context import current, require
from services.kernel.vault import Vault
from services.signing.application.proofs import Proofs
from services.signing.domain import Proven, Verification, asked_id

PDF = "application/pdf"


class Verifications(Proofs):
    """Signatures to verify, and the evidence of what was found."""

    files: Vault

    def _examine(self, event: FilesAdmitted) -> None:
        """The files of an arrival, or of an update, passed the gate: they are verified once.

        Nothing but a PDF bears signatures (R4.4b).
        """
        if self.find(Verification, event.document_id) is None:
            pdfs = [file for file in event.files if file.media_type == PDF]
            self._request(event.document_id, event.agency, pdfs, _expected(event))

    def _request(
        self, id: UUID, agency: str, files: list[FileRef], expected: Expected | None = None
    ) -> None:
        asked = {"agency": agency, "files": files, "requested_at": self.now()}
        asked |= {"expected": expected}
        self.save(Verification.begin(Verification.Requested, id, **asked))

    def _kept(self, *, verification_id: UUID, files: list[FileRef]) -> None:
        require(Role.CLERK)
        self.files.require([file.sha256 for file in files])

    @command(first=_kept)
    def verify_files(self, *, verification_id: UUID, files: list[FileRef]) -> None:
        id = asked_id(verification_id)
        if self.find(Verification, id):
            raise VerificationAlreadyRequested(document_id=str(verification_id))
        self._request(id, current().actor.agency, files)

    def _readable(self, verification_id: UUID) -> Verification:
        """A verification, for its agency; auditors and operators see all."""
        asked = self.find(Verification, asked_id(verification_id))
        verification = asked or self.load(Verification, verification_id)
        sees_all = current().roles & {Role.AUDITOR, Role.OPERATOR}
        if not sees_all and current().actor.agency != verification.agency:
            raise Denied(why="the verification belongs to another agency")
        return verification

    def get_verification(self, *, verification_id: UUID) -> VerificationView:
        verification = self._readable(verification_id)
        reports = [self.files.read(report.sha256) for report in verification.reports]
        return VerificationView(
            document_id=verification_id,
            requested_at=verification.requested_at,
            verdict=verification.verdict,
            legal_value=verification.legal_value,
            signatures=verification.signatures,
            reports=[msgspec.json.decode(report) for report in reports],
        )

    @command()
    def record_verification(
        self,
        *,
        id: UUID,
        verdict: Verdict,
        legal_value: LegalValue,
        signatures: list[SignatureSummary],
        reports: list[FileRef],
        proven: Proven | None = None,
    ) -> None:
        """A worker verified the files."""
        require(Role.SERVICE)
        verification = self.load(Verification, id)
        verification.conclude(verdict, legal_value, signatures, reports)
        self.save(verification)
        if verification.expected is not None:
            self._establish(id, verification.agency, proven)


def _expected(event: FilesAdmitted) -> Expected:
    """Whose signatures the arrived document says it bears (regulation 4.4 item 7)."""
    issuer = event.issuer or Issuer()
    return Expected(
        agency=event.origin.agency,
        agency_name=event.origin.agency_name,
        signer=issuer.name,
        post=issuer.post,
    )
