"""The stage of the story: signing people in, uploading, waiting for what others do."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

import urllib3

from contracts.accounts import AgencyAlreadyRegistered, PersonAlreadyRegistered
from contracts.dispatch import Dispatch, OutgoingDocumentView, OutgoingState
from contracts.errors import NotFound
from contracts.intake import IncomingDocumentView, IncomingState, Intake
from contracts.signing import RevocationState, Signing
from contracts.values import FileRef, Role
from infra.local.world import World
from services.cli.cast import (
    AGENCIES,
    PASSWORD,
    POSTS,
    SECOND_OPERATOR,
    SENDER,
    Agency,
    Told,
)
from services.cli.entrusting import entrust
from services.kernel.client import Client

T = TypeVar("T")
PATIENT = urllib3.Retry(
    60, backoff_factor=0.1, backoff_max=1, status_forcelist=(500, 502, 503, 504)
)
"""A file server that is away for a while, or half awake, is asked again for up to a minute."""


class Stage:
    """`world` is where it plays, `tell` hears each line, `patience` seconds bound every wait."""

    def __init__(
        self,
        client: Client,
        world: World,
        tell: Callable[[Told], None],
        patience: float = 30,
    ) -> None:
        self._client = client
        self._world = world
        self._tell = tell
        self._patience = patience
        self._holders: dict[tuple[str, Role], Client] = {}
        self._web = urllib3.PoolManager(retries=PATIENT)

    def operator(self) -> Client:
        """The platform's operator."""
        secret = self._world.operator_secret
        session = self._client.accounts.open_session(user_name="operator", password=secret)
        return self._client.as_holder(session.token)

    def second_operator(self) -> Client:
        """Whoever agrees with the operator, or not."""
        return self._signed_in(SECOND_OPERATOR)

    def _signed_in(self, user_name: str) -> Client:
        session = self._client.accounts.open_session(user_name=user_name, password=PASSWORD)
        return self._client.as_holder(session.token)

    def holder(self, agency: Agency, role: Role) -> Client:
        """Whoever has a role in an agency, signed in."""
        if (agency.code, role) not in self._holders:
            self._holders[agency.code, role] = self._signed_in(agency.person(role))
        return self._holders[agency.code, role]

    def prepare(self) -> None:
        """Enter agencies and people in the directory; done before is fine."""
        operator = self.operator()
        for agency in AGENCIES:
            unless(
                AgencyAlreadyRegistered,
                lambda of=agency: operator.accounts.register_agency(  # type: ignore[misc]
                    agency=of.code, name=of.name, notation=of.notation, route=of.route
                ),
            )
            for role in agency.people:
                self._register(operator, agency, role, agency.person(role))
        self._register(operator, SENDER, Role.OPERATOR, SECOND_OPERATOR)
        self._say(SENDER, "Danh bạ: ba cơ quan, mười ba người", "Directory: 3 agencies, 13 people")
        self._entrust(operator.signing, self.second_operator().signing)
        self._say(
            SENDER,
            "Tin cậy: hai quản trị viên duyệt ba chứng thư, sáu người ký",
            "Trust: two operators agree on 3 certificates, 6 holders",
        )

    def _entrust(self, first: Signing, second: Signing) -> None:
        """Until all is trusted and the first revocation lists are there."""
        world = self._world
        entrust(first, second, world.pki_folder, world.authority_url, self.upload)

        def heard() -> bool:
            known = first.list_revocation_sources()
            return all(source.state is RevocationState.FRESH for source in known)

        self.until("the revocation lists are there", heard)

    def _register(self, operator: Client, of: Agency, role: Role, person: str) -> None:
        name, post = POSTS.get(role, (of.leader_name, of.leader_post))
        unless(
            PersonAlreadyRegistered,
            lambda: operator.accounts.register_person(
                person=person,
                name=name,
                post=post,
                agency=of.code,
                roles=[role],
                user_name=person,
                password=PASSWORD,
            ),
        )

    def _in_state(self, of: Agency, id: UUID, state: OutgoingState) -> OutgoingDocumentView:
        clerk = self.holder(of, Role.CLERK)

        def there() -> OutgoingDocumentView | None:
            document = clerk.dispatch.get_document(document_id=id)
            if document.signing_failure:
                raise RuntimeError(f"signing failed: {document.signing_failure}")
            return document if document.state is state else None

        return self.until(f"the document is {state.en.lower()}", there)

    def arrived(self, of: Agency, id: UUID) -> IncomingDocumentView:
        clerk = self.holder(of, Role.CLERK)

        def there() -> IncomingDocumentView | None:
            try:
                document = clerk.intake.get_document(document_id=id)
            except NotFound:
                return None
            verified = document.verdict is not None or document.state is not IncomingState.ARRIVED
            return document if verified else None

        return self.until(f"the document is verified at {of.name}", there)

    def upload(self, to: Dispatch | Intake | Signing, content: bytes, name: str) -> FileRef:
        """Put the bytes where the service says; the reference to name in commands."""
        sha256 = hashlib.sha256(content).hexdigest()
        offer = to.offer_upload(sha256=sha256, size=len(content))
        answer = self._web.request("PUT", offer.url, body=content)
        if answer.status != 200:
            raise RuntimeError(f"the upload was answered {answer.status}")
        return FileRef(name=name, sha256=sha256, size=len(content))

    def until(self, what: str, there: Callable[[], T | None]) -> T:
        """What `there` gives once it gives something; `TimeoutError` when patience ends."""
        end = time.monotonic() + self._patience
        while not (found := there()):
            if time.monotonic() > end:
                raise TimeoutError(f"waited {self._patience} s until {what}")
            time.sleep(0.03)
        return found

    def _say(self, who: Agency, vi: str, en: str) -> None:
        self._tell(Told(at=datetime.now(UTC), who=who.name, vi=vi, en=en))


def unless(known: type[Exception], act: Callable[[], None]) -> None:
    """Do it; where it is done already, that is fine."""
    try:
        act()
    except known:
        return
