"""What accounts does when asked."""

from __future__ import annotations

import hmac
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

from contracts.accounts import (
    AgencyAlreadyRegistered,
    AgencyView,
    CredentialsWrong,
    PersonAlreadyRegistered,
    Session,
    UserNameTaken,
)
from contracts.envelope import Actor
from contracts.values import Role, Route
from services.accounts.adapters import hash_password, password_fits
from services.accounts.application.delegating import Delegating
from services.accounts.application.reaching import Reaching
from services.accounts.domain import (
    DIRECTORY,
    Agency,
    AgencyListed,
    Person,
    UserNameGiven,
    agency_id,
    person_id,
    user_name_id,
)
from services.accounts.events import publish
from services.accounts.settings import AccountsSettings
from services.kernel import tokens
from services.kernel.application import in_postgres
from services.kernel.commit import command
from services.kernel.context import require
from services.kernel.events import Publish
from services.kernel.prompts import Prompts

SESSION = timedelta(hours=8)
OPERATOR = Actor(person="operator", name="Quản trị hệ thống", post="Quản trị hệ thống")


class Accounts(Delegating, Reaching):
    """The directory of agencies and people, and the tokens they ask with."""

    name = "accounts"
    tells: ClassVar[Publish] = publish

    def __init__(self, *args: Any, signing_key: Path, operator_secret: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._signing_key = signing_key
        self._operator_secret = operator_secret

    @command()
    def register_agency(
        self,
        *,
        agency: str,
        name: str,
        notation: str,
        route: Route = Route.PLATFORM,
        mandatory: bool = True,
    ) -> None:
        require(Role.OPERATOR)
        if self.last_version(agency_id(agency)):
            raise AgencyAlreadyRegistered(agency=agency)
        registered = Agency.begin(
            Agency.Registered,
            agency_id(agency),
            agency=agency,
            name=name,
            notation=notation,
            route=route,
            mandatory=mandatory,
        )
        listed = AgencyListed(
            originator_id=DIRECTORY,
            originator_version=self.last_version(DIRECTORY) + 1,
            timestamp=AgencyListed.create_timestamp(),
            agency=agency,
        )
        self.save(registered, listed)

    def register_person(
        self,
        *,
        person: str,
        name: str,
        post: str,
        agency: str,
        roles: list[Role],
        user_name: str,
        password: str,
    ) -> None:
        """Give a person a post and an account; the password is hashed before the command."""
        require(Role.OPERATOR)
        self._register_person(
            person=person,
            name=name,
            post=post,
            agency=agency,
            roles=roles,
            user_name=user_name,
            password_hash=hash_password(password),
        )

    @command(secret={"password_hash"})
    def _register_person(
        self,
        *,
        person: str,
        name: str,
        post: str,
        agency: str,
        roles: list[Role],
        user_name: str,
        password_hash: str,
    ) -> None:
        self.load(Agency, agency_id(agency))
        if self.find(Person, person_id(person)):
            raise PersonAlreadyRegistered(person=person)
        if self.last_version(user_name_id(user_name)):
            raise UserNameTaken(user_name=user_name)
        registered = Person.begin(
            Person.Registered,
            person_id(person),
            person=person,
            name=name,
            post=post,
            agency=agency,
            roles=roles,
            user_name=user_name,
            password_hash=password_hash,
        )
        given = UserNameGiven(
            originator_id=user_name_id(user_name),
            originator_version=1,
            timestamp=UserNameGiven.create_timestamp(),
            person=registered.id,
        )
        self.save(registered, given)

    def open_session(self, *, user_name: str, password: str) -> Session:
        """Sign in: the token says who asks, until it expires."""
        if user_name == OPERATOR.person:
            return self._operator_session(password)
        person = self._person_named(user_name)
        if not password_fits(password, person.password_hash if person else None) or not person:
            raise CredentialsWrong()
        self._note_session(id=person.id)
        actor = Actor(
            person=person.person, name=person.name, post=person.post, agency=person.agency
        )
        return self._session(actor, person.roles)

    def _operator_session(self, password: str) -> Session:
        if not hmac.compare_digest(password.encode(), self._operator_secret.encode()):
            raise CredentialsWrong()
        return self._session(OPERATOR, [Role.OPERATOR, Role.AUDITOR])

    def _session(self, actor: Actor, roles: list[Role]) -> Session:
        expires_at = self.now() + SESSION
        token = tokens.issue(self._signing_key, actor, roles, expires_at)
        return Session(token=token, expires_at=expires_at)

    def _person_named(self, user_name: str) -> Person | None:
        for given in self.events.get(user_name_id(user_name), limit=1):
            return self.find(Person, given.person)  # type: ignore[attr-defined]
        return None

    @command()
    def _note_session(self, *, id: UUID) -> None:
        person = self.load(Person, id)
        person.trigger_event(Person.SessionOpened)
        self.save(person)

    def get_agency(self, *, agency: str) -> AgencyView:
        return self.agency_of(agency).view()

    def list_agencies(self, *, after: str = "", limit: int = 100) -> list[AgencyView]:
        codes = sorted(listed.agency for listed in self.events.get(DIRECTORY))  # type: ignore[attr-defined]
        return [self.get_agency(agency=code) for code in codes if code > after][:limit]


def build(settings: AccountsSettings) -> Accounts:
    """The application of this process."""
    return Accounts(
        in_postgres(settings.database_url),
        written=Prompts(settings.broker_url, Accounts.name).ring,
        signing_key=settings.token_private_key_file,
        operator_secret=settings.operator_secret,
    )
