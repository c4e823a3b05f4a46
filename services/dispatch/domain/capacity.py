"""In whose name a person may sign, as learnt from accounts (quyền hạn ký; N30-13)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import date
from uuid import UUID

from contracts.accounts import Delegation
from contracts.dispatch import CapacityNotHeld
from contracts.values import Capacity, named_id
from services.dispatch.domain.draft import Draft
from services.kernel.aggregate import Aggregate

Held = Callable[[str], list[Delegation]]
"""The delegations of a person that were not revoked."""


def signatory_id(person: str) -> UUID:
    """Identity of a signatory in the store."""
    return named_id("signatory", person)


class Signatory(Aggregate, service="dispatch"):
    """A person to whom others gave to sign in their name (người được giao ký)."""

    person: str
    delegations: list[Delegation] = field(default_factory=list)

    class Learnt(Aggregate.Created):
        person: str

    class Delegated(Aggregate.Event):
        delegation: Delegation

        def apply(self, signatory: Signatory) -> None:
            signatory.delegations = [*signatory.delegations, self.delegation]

    class DelegationEnded(Aggregate.Event):
        """It was revoked, whatever day it names."""

        delegation_id: UUID

        def apply(self, signatory: Signatory) -> None:
            kept = [one for one in signatory.delegations if one.delegation_id != self.delegation_id]
            signatory.delegations = kept

    def take(self, delegation: Delegation) -> None:
        """He may sign by this one too."""
        self.trigger_event(self.Delegated, delegation=delegation)

    def end(self, delegation_id: UUID) -> None:
        """He may sign by this one no more."""
        self.trigger_event(self.DelegationEnded, delegation_id=delegation_id)


GIVEN_ONCE = (Capacity.BY_ORDER, Capacity.DELEGATED)
"""Who signs so may not let others sign so, but for an order that is passed on as such."""


def authority_to_sign(draft: Draft, agency: str, held: Held, day: date) -> UUID | None:
    """The delegation by which the draft's signer may sign it on a day; the head needs none.

    It is of his capacity, his agency and this kind of document, given by whoever could give it.
    Refusals: `CapacityNotHeld`.
    """
    signer = draft.signer
    if signer.capacity is Capacity.HEAD:
        return None

    def holds(one: Delegation, capacity: Capacity) -> bool:
        return one.agency == agency and one.covers(capacity, day, draft.kind) and rightful(one)

    def rightful(one: Delegation) -> bool:
        """An order is passed on while it holds itself; nothing else is passed on (N30-13)."""
        given = held(one.from_person or "")
        if one.passed_from_id:
            first = [it for it in given if it.delegation_id == one.passed_from_id]
            return any(holds(it, it.capacity) for it in first)
        passed_on = any(it.covers(so, day) for it in given for so in GIVEN_ONCE)
        return one.capacity not in GIVEN_ONCE or not passed_on

    for one in held(signer.person):
        if holds(one, signer.capacity):
            return one.delegation_id
    raise CapacityNotHeld(
        person=signer.person, capacity=signer.capacity.value, kind=draft.kind.value, day=str(day)
    )
