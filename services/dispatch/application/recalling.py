"""When an issued document is wanted back (thu hồi, table 3.5)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from contracts.dispatch import RecallOutcome
from contracts.tracking import DeliveryState, StatusSent
from contracts.values import Role, StatusCode
from services.dispatch.application.desk import Desk
from services.dispatch.domain.document import OutgoingDocument
from services.kernel.commit import command
from services.kernel.context import current

ANSWERS = {
    (StatusCode.AGREED, DeliveryState.RECALLED): RecallOutcome.RECALLED,
    (StatusCode.DECLINED, DeliveryState.RECALL_REFUSED): RecallOutcome.DECLINED,
    (StatusCode.REFUSED, DeliveryState.REFUSED): RecallOutcome.REFUSED,
}
"""What a status means to a recall. 15 and 16 answer updates too; then the line moves nowhere."""


class Recalling(Desk):
    """Orders to give a document back, and what recipients answered."""

    @command()
    def recall_document(
        self,
        *,
        document_id: UUID,
        order_id: UUID,
        reason: str,
        basis: str = "",
        recipients: list[str] = [],  # noqa: B006
    ) -> None:
        document = self.of_mine(document_id, Role.CLERK)
        said = {"reason": reason, "basis": basis, "person": current().actor.person}
        document.order_back(order_id, recipients, self.now(), **said)
        self.save(document)

    def hear(self, told: StatusSent) -> None:
        """A recipient answered a recall, or refused the document."""
        outcome = ANSWERS.get((told.code, told.state))
        document: Any = outcome and self.find(OutgoingDocument, told.document_id)
        if outcome and document:
            document.take_answer(told.recipient, outcome, told.at, told.reason)
            self.save(document)
