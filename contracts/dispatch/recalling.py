"""The promise of dispatch when an issued document is wanted back."""

from __future__ import annotations

from typing import Annotated, Protocol
from uuid import UUID

from msgspec import Meta

from contracts.values import AgencyCode, Opinion, Reason


class Recalling(Protocol):
    """Recall at the sender (table 3.5)."""

    def recall_document(
        self,
        *,
        document_id: UUID,
        order_id: UUID,
        reason: Reason,
        basis: Opinion = "",
        recipients: Annotated[list[AgencyCode], Meta(max_length=500)] = [],
    ) -> None:
        """Order an issued document back (thu hồi) from these recipients; from all if none is named.

        For clerks. `basis` is the document that announces it, if there is one. The same order again
        is nothing new. A recall from all freezes the document. Refusals: `NotARecipient`,
        `NothingToRecall`, `ActOutOfOrder`, `NotFound`, `Denied`, `Invalid`.
        Rules: R9.2c, Q28-8.2b, N30-VI.8.
        """
