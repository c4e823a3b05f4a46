"""Accounts (tài khoản): the agencies of the province, their people, and who is asking."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Protocol

from msgspec import Meta, Struct

from contracts.envelope import PublicEvent, Told
from contracts.errors import Refused
from contracts.values import AgencyCode, Limit, Name, PersonId, Role, Route

UserName = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{2,63}$")]
"""User name (tên đăng nhập), unique in the province whatever its letter case (R3.3)."""

Password = Annotated[str, Meta(min_length=8, max_length=128)]
"""Password (mật khẩu): at least 8 characters. Never stored, told or logged as it is."""


class AgencyRegistered(PublicEvent, frozen=True, kw_only=True):
    """An agency joined the directory (danh bạ cơ quan)."""

    agency: AgencyCode
    name: Name
    notation: str
    route: Route
    mandatory: bool


class PersonRegistered(PublicEvent, frozen=True, kw_only=True):
    """A person got a post and an account in an agency (R2.2)."""

    person: PersonId
    name: Name
    post: Name
    agency: AgencyCode
    roles: list[Role]


class AgencyView(Struct, frozen=True, kw_only=True):
    """An agency of the directory."""

    agency: AgencyCode
    name: str
    notation: str
    route: Route
    mandatory: bool


class PersonView(Struct, frozen=True, kw_only=True):
    """A person in a post of an agency."""

    person: PersonId
    name: str
    post: str
    agency: AgencyCode
    roles: list[Role]


class Session(Struct, frozen=True, kw_only=True):
    """A session (phiên làm việc): the token to ask with, until `expires_at`."""

    token: str
    expires_at: datetime


class AgencyAlreadyRegistered(Refused):
    """The code belongs to an agency of the directory already."""

    vi = "Mã {agency} đã có trong danh bạ. Hãy dùng mã khác."
    en = "Agency code {agency} is in the directory already. Use another code."


class PersonAlreadyRegistered(Refused):
    """The person id is taken."""

    vi = "Mã cán bộ {person} đã có. Hãy dùng mã khác."
    en = "Person id {person} is taken. Use another id."


class UserNameTaken(Refused):
    """The user name was given before, in this or another agency, in this or another case (R3.3)."""

    vi = "Tên đăng nhập {user_name} đã được cấp. Hãy chọn tên khác."
    en = "User name {user_name} was given before. Choose another."


class CredentialsWrong(Refused):
    """User name or password is wrong; which of them is not told."""

    vi = "Tên đăng nhập hoặc mật khẩu không đúng. Hãy thử lại."
    en = "User name or password is wrong. Try again."


class Accounts(Told, Protocol):
    """What may be asked of accounts."""

    def register_agency(
        self,
        *,
        agency: AgencyCode,
        name: Name,
        notation: Annotated[str, Meta(pattern=r"^\w{1,20}$")],
        route: Route = Route.PLATFORM,
        mandatory: bool = True,
    ) -> None:
        """Add an agency; `notation` is its abbreviation in document numbers (e.g. `SNV`).

        For operators. Refusals: `AgencyAlreadyRegistered`, `Denied`, `Invalid`. Rules: R1.1, R7.2a.
        """

    def register_person(
        self,
        *,
        person: PersonId,
        name: Name,
        post: Name,
        agency: AgencyCode,
        roles: Annotated[list[Role], Meta(min_length=1)],
        user_name: UserName,
        password: Password,
    ) -> None:
        """Give a person a post, roles and an account in an agency.

        For operators. Refusals: `NotFound` (agency), `PersonAlreadyRegistered`, `UserNameTaken`,
        `Denied`, `Invalid`. Rules: R2.2, R3.3.
        """

    def open_session(self, *, user_name: UserName, password: Password) -> Session:
        """Sign in. May be asked without a token. Refusals: `CredentialsWrong`, `Invalid`."""

    def get_agency(self, *, agency: AgencyCode) -> AgencyView:
        """One agency. Refusals: `NotFound`, `Denied`."""

    def list_agencies(self, *, after: str = "", limit: Limit = 100) -> list[AgencyView]:
        """Agencies by code, after a code. Refusals: `Denied`, `Invalid`."""

    def get_person(self, *, person: PersonId) -> PersonView:
        """One person of the caller's agency, or any for operators and auditors.

        Refusals: `NotFound`, `Denied`.
        """
