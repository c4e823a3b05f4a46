"""The S3 server under test, and a place in it for each test."""

import os
from uuid import uuid4

import pytest

from tests.s3.place import Place
from tests.s3.signed import Account


@pytest.fixture(scope="session")
def account() -> Account:
    return Account("127.0.0.1:" + os.environ["P"], "adminkey", "adminsecret123")


@pytest.fixture(scope="session")
def bucket(account: Account) -> str:
    return _made(account, locked=False)


@pytest.fixture(scope="session")
def locked_bucket(account: Account) -> str:
    return _made(account, locked=True)


@pytest.fixture
def place(account: Account, bucket: str) -> Place:
    return Place(account, bucket)


@pytest.fixture
def locked(account: Account, locked_bucket: str) -> Place:
    return Place(account, locked_bucket)


@pytest.fixture
def fresh_locked(account: Account) -> Place:
    """A bucket of one test alone, for rules that hold for a whole bucket."""
    return Place(account, _made(account, locked=True))


def _made(account: Account, locked: bool) -> str:
    name = f"test-{uuid4().hex}"
    account.client().make_bucket(name, object_lock=locked)
    return name
