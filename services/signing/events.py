"""What signing tells aloud."""

from __future__ import annotations

from functools import singledispatch

from contracts.envelope import PublicEvent
from contracts.signing import (
    AnchorRemoved,
    AnchorTrusted,
    CertificateActivated,
    CertificateGranted,
    CertificateRequested,
    CertificateRevoked,
    CertificateSuspended,
    CopyFailed,
    CopyMade,
    DigitisingFailed,
    DocumentSigned,
    KeyEntrusted,
    PaperDigitised,
    ProofExtended,
    ProofExtensionFailed,
    SignaturesVerified,
    SigningFailed,
)
from services.signing.domain import (
    AnchorSet,
    Certificate,
    Copy,
    Custody,
    Paper,
    Proof,
    Signature,
    Verification,
)


@singledispatch
def publish(recorded: object) -> PublicEvent | None:
    """The public event of a recorded one, if it is told aloud."""
    return None


@publish.register
def _(recorded: Signature.Made) -> PublicEvent:
    return DocumentSigned(
        document_id=recorded.document_id,
        agency=recorded.agency,
        role=recorded.role,
        file=recorded.file,
        attachments=recorded.attachments,
    )


@publish.register
def _(recorded: Signature.Failed) -> PublicEvent:
    return SigningFailed(
        document_id=recorded.document_id,
        agency=recorded.agency,
        role=recorded.role,
        code=recorded.code,
        reason=recorded.reason,
    )


@publish.register
def _(recorded: Verification.Concluded) -> PublicEvent:
    return SignaturesVerified(
        document_id=recorded.originator_id,
        verdict=recorded.verdict,
        legal_value=recorded.legal_value,
        signatures=recorded.signatures,
        files=recorded.files,
        reports=recorded.reports,
    )


@publish.register
def _(recorded: AnchorSet.Added) -> PublicEvent:
    return AnchorTrusted(anchor=recorded.anchor)


@publish.register
def _(recorded: AnchorSet.Removed) -> PublicEvent:
    return AnchorRemoved(anchor=recorded.anchor)


@publish.register
def _(recorded: Certificate.Requested) -> PublicEvent:
    return CertificateRequested(
        certificate_id=recorded.originator_id,
        holder_kind=recorded.holder_kind,
        holder=recorded.holder,
        agency=recorded.agency,
        request=recorded.request,
        renews_id=recorded.renews,
    )


@publish.register
def _(recorded: Certificate.Granted) -> PublicEvent:
    return CertificateGranted(
        certificate_id=recorded.originator_id,
        holder_kind=recorded.holder_kind,
        holder=recorded.holder,
        agency=recorded.agency,
        fingerprint=recorded.facts.fingerprint,
        serial=recorded.facts.serial,
        valid_from_at=recorded.facts.valid_from,
        valid_until_at=recorded.facts.valid_until,
    )


@publish.register
def _(recorded: Certificate.Activated) -> PublicEvent:
    return CertificateActivated(
        certificate_id=recorded.originator_id,
        holder_kind=recorded.holder_kind,
        holder=recorded.holder,
        agency=recorded.agency,
    )


@publish.register
def _(recorded: Certificate.Suspended) -> PublicEvent:
    return CertificateSuspended(
        certificate_id=recorded.originator_id,
        holder_kind=recorded.holder_kind,
        holder=recorded.holder,
        agency=recorded.agency,
        why=recorded.why,
    )


@publish.register
def _(recorded: Certificate.Revoked) -> PublicEvent:
    return CertificateRevoked(
        certificate_id=recorded.originator_id,
        holder_kind=recorded.holder_kind,
        holder=recorded.holder,
        agency=recorded.agency,
        why=recorded.why,
        revoked_at=recorded.revoked_at,
    )


@publish.register
def _(recorded: Custody.Entrusted) -> PublicEvent:
    return KeyEntrusted(agency=recorded.agency, handover=recorded.handover)


@publish.register
def _(recorded: Copy.Made) -> PublicEvent:
    return CopyMade(
        copy_id=recorded.originator_id,
        agency=recorded.agency,
        kind=recorded.kind,
        number=recorded.number,
        file=recorded.file,
        document_id=recorded.document_id,
    )


@publish.register
def _(recorded: Copy.Failed) -> PublicEvent:
    return CopyFailed(
        copy_id=recorded.originator_id,
        agency=recorded.agency,
        code=recorded.code,
        reason=recorded.reason,
        document_id=recorded.document_id,
    )


@publish.register
def _(recorded: Paper.Digitised) -> PublicEvent:
    return PaperDigitised(
        paper_id=recorded.originator_id,
        agency=recorded.agency,
        file=recorded.file,
        document_id=recorded.document_id,
    )


@publish.register
def _(recorded: Paper.Failed) -> PublicEvent:
    return DigitisingFailed(
        paper_id=recorded.originator_id,
        agency=recorded.agency,
        code=recorded.code,
        reason=recorded.reason,
        document_id=recorded.document_id,
    )


@publish.register
def _(recorded: Proof.Extended) -> PublicEvent:
    return ProofExtended(
        document_id=recorded.document_id,
        agency=recorded.agency,
        files=recorded.proven.files,
        level=recorded.proven.level,
        holds_until_at=recorded.proven.holds_until,
    )


@publish.register
def _(recorded: Proof.ExtensionFailed) -> PublicEvent:
    return ProofExtensionFailed(
        document_id=recorded.document_id,
        agency=recorded.agency,
        code=recorded.code,
        reason=recorded.reason,
    )
