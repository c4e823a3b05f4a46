"""What may be: agencies with one code, people in one post, user names given once."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from contracts.accounts import AgencyView, PersonView
from contracts.values import Role, Route, named_id
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

    class Registered(Aggregate.Created):
        agency: str
        name: str
        notation: str
        route: Route
        mandatory: bool

    def view(self) -> AgencyView:
        return AgencyView(
            agency=self.agency,
            name=self.name,
            notation=self.notation,
            route=self.route,
            mandatory=self.mandatory,
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


@dataclass(frozen=True)
class UserNameGiven(BareEvent):
    """A user name went to a person: version 1 of a stream of its own, so never to a second one."""

    person: UUID


@dataclass(frozen=True)
class AgencyListed(BareEvent):
    """An agency took its place in the directory: the version is the place."""

    agency: str


under_topic(UserNameGiven, "accounts.UserNameGiven")
under_topic(AgencyListed, "accounts.AgencyListed")
DIRECTORY = named_id("directory")
