"""Accounts (tài khoản): the agencies of the province, their people, and who is asking."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Protocol
from uuid import UUID

from msgspec import Meta, Struct

from contracts.envelope import PublicEvent, Told
from contracts.errors import Refused
from contracts.values import (
    AgencyCode,
    Capacity,
    DocumentKind,
    Limit,
    Name,
    Opinion,
    PersonId,
    Position,
    Reason,
    Role,
    Route,
)

UserName = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{2,63}$")]
"""User name (tên đăng nhập), unique in the province whatever its letter case (R3.3)."""

ReceiptKey = Annotated[str, Meta(pattern=r"^-----BEGIN PUBLIC KEY-----", max_length=2000)]
"""Public key (khóa công khai) of an agency's receipts, in PEM: Ed25519, P-256 or RSA."""

Password = Annotated[str, Meta(min_length=8, max_length=128)]
"""Password (mật khẩu): at least 8 characters. Never stored, told or logged as it is."""


class AgencyRegistered(PublicEvent, frozen=True, kw_only=True):
    """An agency joined the directory (danh bạ cơ quan)."""

    agency: AgencyCode
    name: Name
    notation: str
    route: Route
    mandatory: bool


class AgencyCodeAdded(PublicEvent, frozen=True, kw_only=True):
    """An agency is known by one more code: the old and the new live together (R7.2a)."""

    agency: AgencyCode
    code: AgencyCode


class ReceiptKeySet(PublicEvent, frozen=True, kw_only=True):
    """Receipts of an agency are proved by this key from now on (biên nhận)."""

    agency: AgencyCode
    key: ReceiptKey


class PersonRegistered(PublicEvent, frozen=True, kw_only=True):
    """A person got a post and an account in an agency (R2.2)."""

    person: PersonId
    name: Name
    post: Name
    agency: AgencyCode
    roles: list[Role]


class Delegation(Struct, frozen=True, kw_only=True):
    """That a person may sign in a capacity other than the head's own (ủy quyền, giao ký; N30-13).

    `from_person` gives it, but for acting heads and collectives; `instrument` is the paper that
    says so. It holds from `from_on` to `until_on`, both included, or without an end.
    `content` says for what; `kinds` are the kinds of documents, all where empty. `passed_from_id`
    is the delegation that is passed on.
    """

    delegation_id: UUID
    agency: AgencyCode
    capacity: Capacity
    to_person: PersonId
    from_person: PersonId | None
    instrument: Name
    from_on: date
    until_on: date | None = None
    content: Opinion = ""
    kinds: list[DocumentKind] = []
    passed_from_id: UUID | None = None

    def covers(self, capacity: Capacity, day: date, kind: DocumentKind | None = None) -> bool:
        """Whether one may sign so on a day, and a document of this kind where one is named."""
        in_time = self.from_on <= day <= (self.until_on or day)
        of_kind = kind is None or not self.kinds or kind in self.kinds
        return self.capacity is capacity and in_time and of_kind


class DelegationRegistered(PublicEvent, frozen=True, kw_only=True):
    """A person may sign in a capacity from a day on."""

    delegation: Delegation


class DelegationRevoked(PublicEvent, frozen=True, kw_only=True):
    """He may no more, from now on, whatever day was named."""

    delegation_id: UUID
    agency: AgencyCode
    to_person: PersonId
    why: str


class DelegationView(Struct, frozen=True, kw_only=True):
    """A delegation, and why it was revoked, if it was."""

    delegation: Delegation
    revoked_at: datetime | None = None
    why: str = ""


class AgencyView(Struct, frozen=True, kw_only=True):
    """An agency of the directory; `codes` are the others it is known by."""

    agency: AgencyCode
    name: str
    notation: str
    route: Route
    mandatory: bool
    codes: list[AgencyCode] = []


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


class DelegationAlreadyRegistered(Refused):
    """A delegation of this id was registered before."""

    vi = "Ủy quyền {delegation_id} đã được đăng ký. Hãy dùng mã khác."
    en = "Delegation {delegation_id} was registered before. Use another id."


class DelegationAlreadyRevoked(Refused):
    """The delegation was revoked before."""

    vi = "Ủy quyền {delegation_id} đã chấm dứt trước đó. Không cần làm lại."
    en = "Delegation {delegation_id} was revoked before. There is nothing to do."


class DelegationIncomplete(Refused):
    """What the capacity needs is missing: who gives it, for what, until when (N30-13)."""

    vi = "Ký {capacity} cần {missing_vi}. Hãy bổ sung theo văn bản ủy quyền."
    en = "Signing {capacity} needs {missing_en}. Add it as the written delegation says."


class DelegationDatesWrong(Refused):
    """It would end before it begins, or last longer than what is passed on."""

    vi = "Thời hạn {from_on} đến {until_on} không hợp lệ. Hãy sửa theo văn bản ủy quyền."
    en = "The time from {from_on} to {until_on} is impossible. Correct it as the paper says."


class HeadNeedsNoDelegation(Refused):
    """The head signs in his own right; nobody gives him that."""

    vi = "Người đứng đầu ký theo thẩm quyền của mình. Hãy chọn quyền hạn ký khác."
    en = "The head signs in his own right. Choose another capacity."


class DelegateNotEligible(Refused):
    """One delegates to another person of the same agency, not to oneself."""

    vi = "{to_person} không thể nhận ủy quyền của {from_person}. Hãy chọn người khác cùng cơ quan."
    en = "{to_person} cannot be delegated by {from_person}. Choose another of the same agency."


class SubDelegationForbidden(Refused):
    """What was delegated in writing (TUQ.) is not passed on; by order (TL.) to a deputy only."""

    vi = "{from_person} không được ủy quyền lại cho {to_person}. Hãy trình người đứng đầu."
    en = "{from_person} may not pass this on to {to_person}. Ask the head."


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

    def add_agency_code(self, *, agency: AgencyCode, code: AgencyCode) -> None:
        """Let an agency be known by one more code (mã cũ, mã mới), its old or its new one.

        For operators. Refusals: `NotFound`, `AgencyAlreadyRegistered`, `Denied`, `Invalid`.
        Rules: R7.2a.
        """

    def set_receipt_key(self, *, agency: AgencyCode, key: ReceiptKey) -> None:
        """Say which key proves an agency's receipts; earlier receipts stay as they were judged.

        For operators. Refusals: `NotFound`, `Denied`, `Invalid`.
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
        """One agency, by any of its codes. Refusals: `NotFound`, `Denied`."""

    def list_agencies(self, *, after: str = "", limit: Limit = 100) -> list[AgencyView]:
        """Agencies by code, after a code. Refusals: `Denied`, `Invalid`."""

    def get_person(self, *, person: PersonId) -> PersonView:
        """One person of the caller's agency, or any for operators and auditors.

        Refusals: `NotFound`, `Denied`.
        """

    def register_delegation(
        self,
        *,
        delegation_id: UUID,
        capacity: Capacity,
        to_person: PersonId,
        instrument: Name,
        from_on: date,
        until_on: date | None = None,
        from_person: PersonId | None = None,
        content: Opinion = "",
        kinds: list[DocumentKind] = [],
    ) -> None:
        """Register that a person may sign in a capacity, as a written instrument says (N30-13).

        For operators; a leader for himself as the giver. A written delegation (TUQ.) names its
        content and its end. Whoever signs by order (TL.) passes it on to his own deputy (KT.) only.
        Refusals: `DelegationAlreadyRegistered`, `DelegationIncomplete`, `DelegationDatesWrong`,
        `HeadNeedsNoDelegation`, `DelegateNotEligible`, `SubDelegationForbidden`, `NotFound`,
        `Denied`, `Invalid`. Rules: N30-13.
        """

    def revoke_delegation(self, *, delegation_id: UUID, why: Reason) -> None:
        """He may sign so no more. For operators, and the leader who gave it.

        Refusals: `DelegationAlreadyRevoked`, `NotFound`, `Denied`, `Invalid`.
        """

    def list_delegations(
        self, *, person: PersonId, after: Position = 0, limit: Limit = 100
    ) -> list[DelegationView]:
        """In which capacities a person may sign or might, oldest first. For his agency.

        Refusals: `NotFound`, `Denied`.
        """
