"""What may be: agencies with their codes, people in one post, user names given once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from contracts.accounts import (
    AgencyView,
    Delegation,
    DelegationAlreadyRevoked,
    DelegationDatesWrong,
    DelegationIncomplete,
    DelegationView,
    HeadNeedsNoDelegation,
    PersonView,
    SubDelegationForbidden,
)
from contracts.values import Capacity, Role, Route, named_id
from services.kernel.aggregate import Aggregate, BareEvent, under_topic


def agency_id(agency: str) -> UUID:
    """Identity of an agency in the store."""
    return named_id("agency", agency)


def person_id(person: str) -> UUID:
    """Identity of a person in the store."""
    return named_id("person", person)


def user_name_id(user_name: str) -> UUID:
    """Identity of a user name, whatever its letter case (R3.3)."""
    return named_id("user name", user_name.casefold())


class Agency(Aggregate, service="accounts"):
    """An agency of the province's directory (cơ quan, đơn vị; R1.1)."""

    agency: str
    name: str
    notation: str
    route: Route
    mandatory: bool
    codes: list[str] = field(default_factory=list)
    receipt_key: str = ""

    class Registered(Aggregate.Created):
        agency: str
        name: str
        notation: str
        route: Route
        mandatory: bool

    class CodeAdded(Aggregate.Event):
        """It is known by one more code; the first stays its own (R7.2a)."""

        agency: str
        code: str

        def apply(self, known: Agency) -> None:
            known.codes.append(self.code)

    class ReceiptKeySet(Aggregate.Event):
        """This key proves its receipts from now on."""

        agency: str
        key: str

        def apply(self, known: Agency) -> None:
            known.receipt_key = self.key

    def add_code(self, code: str) -> None:
        """Be known by one more code."""
        self.trigger_event(self.CodeAdded, agency=self.agency, code=code)

    def set_receipt_key(self, key: str) -> None:
        """Prove receipts by this key; the same again is nothing new."""
        if key != self.receipt_key:
            self.trigger_event(self.ReceiptKeySet, agency=self.agency, key=key)

    def view(self) -> AgencyView:
        return AgencyView(
            agency=self.agency,
            name=self.name,
            notation=self.notation,
            route=self.route,
            mandatory=self.mandatory,
            codes=self.codes,
        )


class Person(Aggregate, service="accounts"):
    """A person in a post of an agency (cán bộ; R2.2). The password is kept as argon2id only."""

    person: str
    name: str
    post: str
    agency: str
    roles: list[Role]
    user_name: str
    password_hash: str

    class Registered(Aggregate.Created):
        person: str
        name: str
        post: str
        agency: str
        roles: list[Role]
        user_name: str
        password_hash: str

    class SessionOpened(Aggregate.Event):
        """The person signed in."""

    def view(self) -> PersonView:
        return PersonView(
            person=self.person,
            name=self.name,
            post=self.post,
            agency=self.agency,
            roles=self.roles,
        )


NEEDS = {
    Capacity.DEPUTY: ("from_person",),
    Capacity.BY_ORDER: ("from_person",),
    Capacity.DELEGATED: ("from_person", "content", "until_on"),
}
"""What a delegation must name in each capacity, beside its instrument (N30-13)."""

MISSING = {
    "from_person": ("người ủy quyền", "who gives it"),
    "content": ("nội dung ủy quyền", "what it is for"),
    "until_on": ("thời hạn ủy quyền", "until when it holds"),
}


def check_delegation(delegation: Delegation) -> None:
    """Refuse what is incomplete or impossible whoever gives it to whom (N30-13)."""
    capacity = delegation.capacity
    if capacity is Capacity.HEAD:
        raise HeadNeedsNoDelegation()
    for name in NEEDS.get(capacity, ()):
        if not getattr(delegation, name):
            vi, en = MISSING[name]
            raise DelegationIncomplete(capacity=capacity.value, missing_vi=vi, missing_en=en)
    if delegation.until_on and delegation.until_on < delegation.from_on:
        raise _wrong_dates(delegation)


def passed_on(
    delegation: Delegation, held: list[Delegation], given: list[Delegation]
) -> Delegation:
    """The delegation, naming the one it passes on, if it does (N30-13).

    `held` are those its giver signs by, `given` those its taker does. What was delegated in writing
    is never passed on; what is done by order, to the giver's own deputy only, and no longer.
    """
    day, capacity = delegation.from_on, delegation.capacity
    by_order = next((one for one in held if one.covers(Capacity.BY_ORDER, day)), None)
    in_writing = any(one.covers(Capacity.DELEGATED, day) for one in held)
    if capacity not in (Capacity.BY_ORDER, Capacity.DELEGATED) or not (by_order or in_writing):
        return delegation
    giver = delegation.from_person
    deputy = any(one.covers(Capacity.DEPUTY, day) and one.from_person == giver for one in given)
    if capacity is Capacity.DELEGATED or by_order is None or not deputy:
        raise SubDelegationForbidden(from_person=giver, to_person=delegation.to_person)
    if by_order.until_on and not (delegation.until_on and delegation.until_on <= by_order.until_on):
        raise _wrong_dates(delegation)
    return replace(delegation, passed_from_id=by_order.delegation_id)


def _wrong_dates(delegation: Delegation) -> DelegationDatesWrong:
    until = str(delegation.until_on or "…")
    return DelegationDatesWrong(from_on=str(delegation.from_on), until_on=until)


def delegations_of(person: str) -> UUID:
    """The stream that lists a person's delegations."""
    return named_id("delegations", person)


class SigningAuthority(Aggregate, service="accounts"):
    """That a person may sign in a capacity, from its registration to its end (ủy quyền; N30-13)."""

    delegation: Delegation
    revoked_at: datetime | None = None
    why: str = ""

    class Registered(Aggregate.Created):
        delegation: Delegation

    class Revoked(Aggregate.Event):
        agency: str
        to_person: str
        why: str
        revoked_at: datetime

        def apply(self, authority: SigningAuthority) -> None:
            authority.revoked_at, authority.why = self.revoked_at, self.why

    @property
    def agency(self) -> str:
        """The agency it holds in."""
        return self.delegation.agency

    def revoke(self, why: str, at: datetime) -> None:
        """It holds no more."""
        if self.revoked_at is not None:
            raise DelegationAlreadyRevoked(delegation_id=str(self.id))
        of = {"agency": self.agency, "to_person": self.delegation.to_person}
        self.trigger_event(self.Revoked, **of, why=why, revoked_at=at)

    def view(self) -> DelegationView:
        return DelegationView(delegation=self.delegation, revoked_at=self.revoked_at, why=self.why)


@dataclass(frozen=True)
class DelegationListed(BareEvent):
    """A delegation was given to a person: the version is its place among his."""

    delegation_id: UUID


@dataclass(frozen=True)
class UserNameGiven(BareEvent):
    """A user name went to a person: version 1 of a stream of its own, so never to a second one."""

    person: UUID


@dataclass(frozen=True)
class AgencyListed(BareEvent):
    """An agency took its place in the directory: the version is the place."""

    agency: str


@dataclass(frozen=True)
class AgencyCodeGiven(BareEvent):
    """A further code went to an agency: version 1 of that code's stream, so to no second one."""

    agency: str


under_topic(AgencyCodeGiven, "accounts.AgencyCodeGiven")
under_topic(DelegationListed, "accounts.DelegationListed")
under_topic(UserNameGiven, "accounts.UserNameGiven")
under_topic(AgencyListed, "accounts.AgencyListed")
DIRECTORY = named_id("directory")
