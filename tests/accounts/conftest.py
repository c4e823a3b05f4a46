"""Accounts in memory, with a key pair of their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contracts.accounts import Session
from contracts.values import Role
from services.accounts.application import Accounts
from services.kernel.application import IN_MEMORY
from services.kernel.context import acting
from services.kernel.tokens import Verifier

SECRET = "operator's secret"
PASSWORD = "mật khẩu dài"


@dataclass
class Desk:
    """The application, its clock, and who verifies its tokens."""

    accounts: Accounts
    verifier: Verifier
    instant: datetime

    def written(self) -> int:
        """How many events are recorded."""
        return self.accounts.recorder.max_notification_id() or 0

    def sign_in(self, user_name: str, password: str = PASSWORD) -> Session:
        """A session of this user."""
        return self.accounts.open_session(user_name=user_name, password=password)

    def found(self, agency: str = "H47.05") -> None:
        """Register an agency."""
        self.accounts.register_agency(agency=agency, name="Sở Nội vụ", notation="SNV")

    def hire(self, person: str = "hoa", agency: str = "H47.05", user_name: str = "") -> None:
        """Register a person; the user name is the person's id if none is given."""
        self.accounts.register_person(
            person=person,
            name="Lê Hoa",
            post="Văn thư",
            agency=agency,
            roles=[Role.CLERK],
            user_name=user_name or person,
            password=PASSWORD,
        )


def key_files(folder: Path) -> tuple[Path, Path]:
    """A private and a public key file (PEM, Ed25519)."""
    key = Ed25519PrivateKey.generate()
    private, public = folder / "private.pem", folder / "public.pem"
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    public.write_bytes(
        key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    return private, public


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Accounts where nothing happened yet; every act in the test is the operator's."""
    private, public = key_files(tmp_path)
    desk = Desk.__new__(Desk)
    desk.instant = datetime.now(UTC)
    desk.verifier = Verifier(public)
    desk.accounts = Accounts(
        IN_MEMORY, now=lambda: desk.instant, signing_key=private, operator_secret=SECRET
    )
    with acting(desk.verifier(desk.sign_in("operator", SECRET).token)):
        yield desk


LONG_AGO = timedelta(hours=9)
