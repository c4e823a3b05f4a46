"""Words of whom we trust: sets of anchors as data, with versions, changed by two persons."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Protocol
from uuid import UUID

from msgspec import Meta, Struct

from contracts.envelope import PublicEvent
from contracts.errors import Refused
from contracts.values import (
    Coded,
    Digest,
    FileRef,
    Limit,
    PersonId,
    Position,
    Reason,
    UploadOffer,
)

TrustVersion = Annotated[int, Meta(ge=1)]
"""Version of the trusted certificates: 1, 2, 3 … one for each approved change."""


class AnchorUse(Coded):
    """What a trusted certificate is trusted for: three sets kept apart (mục đích tin cậy)."""

    SIGNERS = "signers", "chứng thư của người ký", "certificates of signers"
    TIMESTAMPS = "timestamps", "dấu thời gian", "time stamps"
    INTERMEDIATES = "intermediates", "tổ chức cấp trung gian", "issuing authorities"


class AnchorProposal(Struct, frozen=True, kw_only=True):
    """A change of the trusted certificates that waits for a second person (đề nghị)."""

    proposal_id: UUID
    use: AnchorUse
    fingerprint: Digest
    subject: str
    source: str
    proposed_by: PersonId
    proposed_at: datetime
    removes: bool = False


class AnchorView(Struct, frozen=True, kw_only=True):
    """A certificate as it was trusted, or ceased to be, with `version` (neo tin cậy).

    `fingerprint` is the SHA-256 of the certificate in DER, and so the name of its kept file;
    `source` says where the certificate came from, or why it was removed.
    """

    version: TrustVersion
    use: AnchorUse
    fingerprint: Digest
    subject: str
    source: str
    proposed_by: PersonId
    approved_by: PersonId
    approved_at: datetime
    removed: bool = False


class AnchorTrusted(PublicEvent, frozen=True, kw_only=True):
    """Two persons agreed to trust a certificate: a new version of the trusted ones."""

    anchor: AnchorView


class AnchorRemoved(PublicEvent, frozen=True, kw_only=True):
    """Two persons agreed to trust a certificate no longer: a new version of the trusted ones."""

    anchor: AnchorView


class FingerprintDiffers(Refused):
    """The certificate is not the one whose fingerprint the proposer states."""

    vi = "Chứng thư có dấu vân tay {found}, không phải {expected}. Hãy lấy lại từ nguồn chính thức."
    en = (
        "The certificate's fingerprint is {found}, not {expected}. Get it from its official source."
    )


class CertificateUnreadable(Refused):
    """The file is no X.509 certificate in DER."""

    vi = "Tệp {sha256} không phải chứng thư X.509 dạng DER. Hãy chuyển sang DER."
    en = "File {sha256} is no X.509 certificate in DER. Convert it to DER."


class CertificateNotAuthority(Refused):
    """Only a certification authority's certificate may be trusted as an anchor."""

    vi = "“{subject}” không phải chứng thư của tổ chức cấp chứng thư. Hãy chọn chứng thư gốc."
    en = "“{subject}” is no certification authority's certificate. Choose the authority's."


class AnchorAlreadyTrusted(Refused):
    """The certificate is trusted for this use already."""

    vi = "Chứng thư {fingerprint} đã được tin cậy cho {use_vi}. Không cần đề nghị lại."
    en = "Certificate {fingerprint} is trusted for {use_en} already. There is nothing to do."


class AnchorNotTrusted(Refused):
    """The certificate is not trusted for this use, so it cannot be removed."""

    vi = "Chứng thư {fingerprint} không có trong danh sách tin cậy cho {use_vi}. Hãy xem lại."
    en = "Certificate {fingerprint} is not trusted for {use_en}. Look at the list."


class ProposalAlreadyMade(Refused):
    """A proposal of this id was made before."""

    vi = "Đề nghị {proposal_id} đã có. Hãy dùng mã khác."
    en = "Proposal {proposal_id} is there already. Use another id."


class ProposalAlreadyDecided(Refused):
    """The proposal was approved or rejected before."""

    vi = "Đề nghị {proposal_id} đã được quyết định. Hãy lập đề nghị mới."
    en = "Proposal {proposal_id} was decided before. Make a new one."


class SecondPersonRequired(Refused):
    """Whoever proposes a change of trust does not approve it."""

    vi = "{person} đã đề nghị nên không được tự duyệt. Hãy chuyển người khác."
    en = "{person} proposed it and may not approve it. Pass it to another person."


class Trusting(Protocol):
    """What may be asked about whom we trust; one operator proposes a change, another approves."""

    def offer_upload(self, *, sha256: Digest, size: Annotated[int, Meta(ge=1)]) -> UploadOffer:
        """Where to put the bytes of a certificate (DER) or a scan before naming it in a command.

        For operators; for scans officers and clerks. Refusals: `FileTooLarge`, `Denied`, `Invalid`.
        """

    def propose_anchor(
        self,
        *,
        proposal_id: UUID,
        use: AnchorUse,
        fingerprint: Digest,
        file: FileRef,
        source: Reason,
    ) -> None:
        """Propose to trust an uploaded certificate whose fingerprint was learnt from `source`.

        For operators. Refusals: `FingerprintDiffers`, `CertificateUnreadable`,
        `CertificateNotAuthority`, `AnchorAlreadyTrusted`, `ProposalAlreadyMade`, `FileMissing`,
        `FileDamaged`, `Denied`, `Invalid`.
        """

    def propose_anchor_removal(
        self, *, proposal_id: UUID, use: AnchorUse, fingerprint: Digest, source: Reason
    ) -> None:
        """Propose to trust a certificate no longer; `source` says why.

        For operators. Refusals: `AnchorNotTrusted`, `ProposalAlreadyMade`, `Denied`, `Invalid`.
        """

    def approve_anchor(self, *, proposal_id: UUID) -> None:
        """Approve what another operator proposed: a new version of the trusted certificates.

        Refusals: `SecondPersonRequired`, `ProposalAlreadyDecided`, `AnchorAlreadyTrusted`,
        `AnchorNotTrusted`, `NotFound`, `Denied`.
        """

    def reject_anchor(self, *, proposal_id: UUID, why: Reason) -> None:
        """Reject a proposal, one's own too. For operators.

        Refusals: `ProposalAlreadyDecided`, `NotFound`, `Denied`, `Invalid`.
        """

    def list_anchor_proposals(
        self, *, after: Position = 0, limit: Limit = 100
    ) -> list[AnchorProposal]:
        """Proposals that wait for a second person, oldest first. For operators and auditors.

        Refusals: `Denied`.
        """

    def list_trust_anchors(
        self,
        *,
        use: AnchorUse | None = None,
        as_of: TrustVersion | None = None,
        after: Position = 0,
        limit: Limit = 100,
    ) -> list[AnchorView]:
        """The certificates trusted now, or as of a version; `after` counts those passed over.

        For everybody with an account. Refusals: `Denied`.
        """

    def list_trust_changes(self, *, after: Position = 0, limit: Limit = 100) -> list[AnchorView]:
        """Every change after a version, oldest first: who proposed, who approved, when, why.

        For operators and auditors. Refusals: `Denied`.
        """
