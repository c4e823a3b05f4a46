"""The clerical rules of an agency (quy chế văn thư), as its leaders lay them down."""

from __future__ import annotations

from uuid import UUID

from contracts.intake import OfficeRules
from contracts.values import named_id
from services.kernel.aggregate import Aggregate


def office_id(agency: str) -> UUID:
    """Identity of an agency's clerical office in the store."""
    return named_id("office", agency)


class Office(Aggregate, service="intake"):
    """An agency's clerical office (văn thư cơ quan) and the rules it works by."""

    agency: str
    rules: OfficeRules

    class RulesLaid(Aggregate.Created):
        agency: str
        rules: OfficeRules

    class RulesRevised(Aggregate.Event):
        agency: str
        rules: OfficeRules

        def apply(self, office: Office) -> None:
            office.rules = self.rules

    def change(self, rules: OfficeRules) -> None:
        """Work by other rules from now on."""
        self.trigger_event(self.RulesRevised, agency=self.agency, rules=rules)
