"""A letter that was signed and examined years ago, and what was kept of it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from contracts.signing.report import Report
from contracts.values import FileRef
from infra.local import pki
from services.signing.adapters.evidence.examining import Examined, examine
from tests.shelf import Shelf
from tests.signing.conftest import Desk

THEN = datetime(2019, 6, 3, 3, tzinfo=UTC)
VALID = (THEN - timedelta(days=100), THEN + timedelta(days=100))
OLD_LEADER, OLD_AGENCY = "person:cu", "agency:H47.01"


@dataclass(frozen=True)
class Archive:
    """What was kept: the report as bytes, and a shelf with the file and every piece."""

    examined: Examined
    shelf: Shelf

    @property
    def report(self) -> Report:
        return self.examined.report


def named(pdf: bytes, name: str = "công văn.pdf") -> FileRef:
    """A file as documents refer to it."""
    return FileRef(name=name, sha256=hashlib.sha256(pdf).hexdigest(), size=len(pdf))


def archived(pdf: bytes, desk: Desk) -> Archive:
    """Examine a file at the desk's instant and keep everything."""
    shelf = Shelf()
    examined = examine(pdf, named(pdf), desk.trust(), desk.at)
    for content in (pdf, *examined.pieces.values()):
        shelf.keep(content)
    return Archive(examined, shelf)


@pytest.fixture(scope="session")
def old_desk(own_desk: Callable[[], Desk]) -> Desk:
    """A desk of 2019: certificates and lists that have long run out."""
    folder = own_desk().folder
    for holder, name in ((OLD_LEADER, "Hồ Văn Cũ"), (OLD_AGENCY, "Văn phòng UBND tỉnh")):
        kind, _, id = holder.partition(":")
        pki.issue(folder, kind, id, name, validity=VALID)
    (folder / "crl/issuing.crl").unlink()
    pki.renew_lists(folder, THEN)
    return Desk(folder, THEN)


@pytest.fixture(scope="session")
def old(old_desk: Desk, prepared: bytes) -> bytes:
    """The letter, signed and sealed in 2019."""
    return old_desk.seal(old_desk.sign(prepared, OLD_LEADER), OLD_AGENCY)


@pytest.fixture(scope="session")
def archive(old_desk: Desk, old: bytes) -> Archive:
    """The letter of 2019 with what was kept of its verification."""
    return archived(old, old_desk)
