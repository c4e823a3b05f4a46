"""What every recorded act on an incoming document has in common."""

from __future__ import annotations

from typing import Any, ClassVar

from contracts.intake import (
    IncomingState,
    Origin,
)
from services.kernel.aggregate import Aggregate


class Act(Aggregate.Event):
    """What happens after the arrival. Its fields fill the document's of the same names.

    `leads_to` is the state after it.
    """

    leads_to: ClassVar[IncomingState | None] = None
    agency: str
    origin: Origin

    def apply(self, document: Any) -> None:
        for name in vars(self).keys() & vars(document).keys():
            setattr(document, name, getattr(self, name))
        document.state = self.leads_to or document.state
