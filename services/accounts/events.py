"""What accounts tells aloud."""

from __future__ import annotations

from functools import singledispatch

from contracts.accounts import (
    AgencyCodeAdded,
    AgencyRegistered,
    DelegationRegistered,
    DelegationRevoked,
    PersonRegistered,
    ReceiptKeySet,
)
from contracts.envelope import PublicEvent
from services.accounts.domain import Agency, Person, SigningAuthority


@singledispatch
def publish(recorded: object) -> PublicEvent | None:
    """The public event of a recorded one, if it is told aloud."""
    return None


@publish.register
def _(recorded: Agency.Registered) -> PublicEvent:
    return AgencyRegistered(
        agency=recorded.agency,
        name=recorded.name,
        notation=recorded.notation,
        route=recorded.route,
        mandatory=recorded.mandatory,
    )


@publish.register
def _(recorded: Agency.CodeAdded) -> PublicEvent:
    return AgencyCodeAdded(agency=recorded.agency, code=recorded.code)


@publish.register
def _(recorded: Agency.ReceiptKeySet) -> PublicEvent:
    return ReceiptKeySet(agency=recorded.agency, key=recorded.key)


@publish.register
def _(recorded: Person.Registered) -> PublicEvent:
    return PersonRegistered(
        person=recorded.person,
        name=recorded.name,
        post=recorded.post,
        agency=recorded.agency,
        roles=recorded.roles,
    )


@publish.register
def _(recorded: SigningAuthority.Registered) -> PublicEvent:
    return DelegationRegistered(delegation=recorded.delegation)


@publish.register
def _(recorded: SigningAuthority.Revoked) -> PublicEvent:
    return DelegationRevoked(
        delegation_id=recorded.originator_id,
        agency=recorded.agency,
        to_person=recorded.to_person,
        why=recorded.why,
    )
