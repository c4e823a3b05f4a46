"""Words of where revocation is learnt (thu hồi chứng thư): addresses, and what came from them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Protocol

from msgspec import Meta, Struct

from contracts.errors import Refused
from contracts.values import Coded, Digest, Limit, Position

WebAddress = Annotated[str, Meta(pattern=r"^https?://\S+$", max_length=500)]
"""Where an authority answers over HTTP; only an operator names one, never a file."""


class RevocationKind(Coded):
    """How an authority tells that certificates are revoked (CRL, OCSP)."""

    LIST = "crl", "danh sách thu hồi", "revocation list"
    ANSWER = "ocsp", "trả lời trực tuyến", "answers about single certificates"


class RevocationState(Coded):
    """How fresh what an address gave is (tình trạng nguồn thu hồi)."""

    NEVER = "NEVER", "Chưa lấy", "Never fetched"
    FRESH = "FRESH", "Còn hạn", "Fresh"
    FAILED = "FAILED", "Lần cuối không lấy được", "The last try failed"
    STALE = "STALE", "Hết hạn", "Out of date"


class RevocationSourceView(Struct, frozen=True, kw_only=True):
    """An address and what came of it.

    `issuer` is the fingerprint of the authority's certificate. `issued_at` and `valid_until_at` are
    those of the list at hand; answers are kept with the reports that used them. `failure` is the
    stable code of the last try, empty where it went well.
    """

    issuer: Digest
    subject: str
    kind: RevocationKind
    url: WebAddress
    state: RevocationState
    heard_at: datetime | None = None
    issued_at: datetime | None = None
    valid_until_at: datetime | None = None
    failure: str = ""
    failed_at: datetime | None = None


class IssuerNotTrusted(Refused):
    """Revocation is heard from trusted authorities only, whatever their use."""

    vi = "Chứng thư {fingerprint} không có trong danh sách tin cậy. Hãy đề nghị tin cậy trước."
    en = "Certificate {fingerprint} is not among the trusted ones. Have it trusted first."


class RevocationSourceUnknown(Refused):
    """No address is set for this authority and way."""

    vi = "Chưa đặt nguồn {kind_vi} cho {fingerprint}. Không có gì để bỏ."
    en = "No address for {kind_en} is set for {fingerprint}. There is nothing to drop."


class Revoking(Protocol):
    """What may be asked about where revocation is learnt."""

    def set_revocation_source(
        self, *, issuer: Digest, kind: RevocationKind, url: WebAddress
    ) -> None:
        """Name the address at which a trusted authority tells of revocation. For operators.

        What it gives is believed only under the authority's own signature.
        Refusals: `IssuerNotTrusted`, `Denied`, `Invalid`.
        """

    def drop_revocation_source(self, *, issuer: Digest, kind: RevocationKind) -> None:
        """Ask at that address no more. For operators.

        Refusals: `RevocationSourceUnknown`, `Denied`.
        """

    def list_revocation_sources(
        self, *, after: Position = 0, limit: Limit = 100
    ) -> list[RevocationSourceView]:
        """Every address, and how fresh what it gave is. For operators and auditors.

        Refusals: `Denied`.
        """
