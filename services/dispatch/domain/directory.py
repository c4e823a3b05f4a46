"""The agencies a document may go to, as learnt from accounts (danh bạ; R7.2a)."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from contracts.dispatch import Addressee
from contracts.values import Route, delivery_id, named_id
from services.kernel.aggregate import Aggregate


def correspondent_id(agency: str) -> UUID:
    """Identity of a correspondent in the store."""
    return named_id("correspondent", agency)


class Correspondent(Aggregate, service="dispatch"):
    """An agency of the directory, as learnt from accounts (nơi nhận; R7.2a)."""

    agency: str
    name: str
    notation: str
    route: Route

    class Learnt(Aggregate.Created):
        agency: str
        name: str
        notation: str
        route: Route

    def also(self, id: UUID) -> Correspondent:
        """The same agency as it is known by another of its codes."""
        facts = {"agency": self.agency, "name": self.name, "notation": self.notation}
        return Correspondent.begin(Correspondent.Learnt, id, **facts, route=self.route)

    def addressee(self, document_id: UUID) -> Addressee:
        """This agency as a recipient of a document."""
        return Addressee(
            agency=self.agency,
            name=self.name,
            route=self.route,
            delivery_id=delivery_id(document_id, self.agency),
        )


Directory = Mapping[str, Correspondent]
"""Agencies by their code."""
