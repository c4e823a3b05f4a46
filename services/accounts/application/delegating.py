"""Who may sign in whose name: delegations, registered and revoked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from contracts.accounts import (
    DelegateNotEligible,
    Delegation,
    DelegationAlreadyRegistered,
    DelegationView,
    PersonView,
)
from contracts.errors import Denied
from contracts.values import Capacity, DocumentKind, Role
from services.accounts.domain import (
    DelegationListed,
    Person,
    SigningAuthority,
    check_delegation,
    delegations_of,
    passed_on,
    person_id,
)
from services.kernel.commit import command
from services.kernel.context import current, require
from services.kernel.events import Telling


class Delegating(Telling):
    """Delegations of people, and the people themselves as their agency sees them."""

    def get_person(self, *, person: str) -> PersonView:
        view = self.load(Person, person_id(person)).view()
        sees_all = current().roles & {Role.OPERATOR, Role.AUDITOR}
        if not sees_all and current().actor.agency != view.agency:
            raise Denied(why="the person belongs to another agency")
        return view

    @command()
    def register_delegation(
        self,
        *,
        delegation_id: UUID,
        capacity: Capacity,
        to_person: str,
        instrument: str,
        from_on: date,
        until_on: date | None = None,
        from_person: str | None = None,
        content: str = "",
        kinds: list[DocumentKind] = [],  # noqa: B006
    ) -> None:
        asker = require(Role.OPERATOR, Role.LEADER)
        if asker.person != from_person:
            require(Role.OPERATOR)
        if self.last_version(delegation_id):
            raise DelegationAlreadyRegistered(delegation_id=str(delegation_id))
        taker = self.load(Person, person_id(to_person))
        delegation = Delegation(
            delegation_id=delegation_id,
            agency=taker.agency,
            capacity=capacity,
            to_person=to_person,
            from_person=from_person,
            instrument=instrument,
            from_on=from_on,
            until_on=until_on,
            content=content,
            kinds=kinds,
        )
        check_delegation(delegation)
        if from_person:
            delegation = self._given(delegation, taker, from_person)
        self.save(
            SigningAuthority.begin(
                SigningAuthority.Registered, delegation_id, delegation=delegation
            ),
            self._listed(to_person, delegation_id),
        )

    def _given(self, delegation: Delegation, taker: Person, from_person: str) -> Delegation:
        giver = self.load(Person, person_id(from_person))
        if giver.id == taker.id or giver.agency != taker.agency:
            raise DelegateNotEligible(from_person=from_person, to_person=taker.person)
        return passed_on(
            delegation, self._delegations(giver.person), self._delegations(taker.person)
        )

    def _listed(self, person: str, delegation_id: UUID) -> DelegationListed:
        stream = delegations_of(person)
        return DelegationListed(
            originator_id=stream,
            originator_version=self.last_version(stream) + 1,
            timestamp=DelegationListed.create_timestamp(),
            delegation_id=delegation_id,
        )

    def _authorities(self, person: str, **part: Any) -> Iterator[SigningAuthority]:
        events: Any = self.events.get(delegations_of(person), **part)
        return (self.load(SigningAuthority, listed.delegation_id) for listed in events)

    def _delegations(self, person: str) -> list[Delegation]:
        """Those that were not revoked."""
        return [one.delegation for one in self._authorities(person) if one.revoked_at is None]

    @command()
    def revoke_delegation(self, *, delegation_id: UUID, why: str) -> None:
        asker = require(Role.OPERATOR, Role.LEADER)
        authority = self.load(SigningAuthority, delegation_id)
        if asker.person != authority.delegation.from_person:
            require(Role.OPERATOR)
        authority.revoke(why, self.now())
        self.save(authority)

    def list_delegations(
        self, *, person: str, after: int = 0, limit: int = 100
    ) -> list[DelegationView]:
        known = self.get_person(person=person).person
        return [one.view() for one in self._authorities(known, gt=after, limit=limit)]
