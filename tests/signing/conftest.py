"""A certification authority, a letter and its signed revisions, made once for all of signing."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from contracts.values import Placements
from infra.local import pki
from infra.local.stamps import time_authority
from services.cli.letter import write
from services.cli.letter_texts import request_for_report
from services.signing.adapters.appearance.picture import Picture
from services.signing.adapters.keys.holders import load_key, load_picture
from services.signing.adapters.keys.key import SigningKey
from services.signing.adapters.making.acts import seal, sign_leader
from services.signing.adapters.making.form import Prepared, prepare
from services.signing.adapters.timestamps.remote import Authority
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.verification.report import SignatureReport, VerificationReport
from tests.signing.stamping import InProcess
from tests.trust import trust_of

LEADER = "person:nguyen-van-an"
AGENCY = "agency:H47.05"
NUMBER, DAY = "12/SNV-VTLT", date(2026, 3, 5)


@dataclass(frozen=True)
class Desk:
    """What signing needs at hand: keys, pictures, the time authority, and whom to trust."""

    folder: Path
    at: datetime

    def key(self, holder: str) -> SigningKey:
        return load_key(self.folder, holder)

    def picture(self, holder: str) -> Picture:
        return load_picture(self.folder, holder)

    def trust(self) -> TrustSet:
        return trust_of(self.folder)

    def authority(self, at: datetime | None = None, wrong: str = "") -> InProcess:
        return InProcess(time_authority(self.folder, lambda: at or self.at), wrong)

    def prepare(self, pdf: bytes, places: Placements, **other: Any) -> Prepared:
        """The story's leader and agency are to sign."""
        return prepare(pdf, places, self.picture(LEADER), self.picture(AGENCY), **other)

    def sign(
        self,
        pdf: bytes,
        holder: str = LEADER,
        at: datetime | None = None,
        image: Picture | None = None,
        authority: Authority | None = None,
    ) -> bytes:
        """The leader signs, at another instant, with another picture or stamp where given."""
        at = at or self.at
        image, authority = image or self.picture(holder), authority or self.authority(at)
        return sign_leader(pdf, self.key(holder), image, at, authority, self.trust())

    def seal(
        self,
        pdf: bytes,
        holder: str = AGENCY,
        number: str = NUMBER,
        image: Picture | None = None,
    ) -> bytes:
        """The agency seals."""
        key, image, authority = self.key(holder), image or self.picture(holder), self.authority()
        return seal(pdf, key, image, number, DAY, self.at, authority, self.trust())


def answers(report: SignatureReport) -> tuple[str, ...]:
    """The six answers of a signature."""
    return (
        report.integrity,
        report.coverage,
        report.changes,
        report.trust,
        report.time,
        report.policy,
    )


def codes(report: VerificationReport) -> set[str]:
    """Every reason of the file and of its signatures."""
    found = {reason.code for reason in report.reasons}
    return found | {reason.code for one in report.signatures for reason in one.reasons}


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The story's holders; the instant is now, so that the revocation lists hold."""
    folder = tmp_path_factory.mktemp("pki")
    pki.make(folder)
    return Desk(folder, datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=5))


@pytest.fixture(scope="session")
def own_desk(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Desk]:
    """A maker of desks whose authority a test may change: a copy of the session's each time."""

    def copy() -> Desk:
        folder = tmp_path_factory.mktemp("own-pki")
        shutil.copytree(desk.folder, folder, dirs_exist_ok=True)
        return Desk(folder, desk.at)

    return copy


@pytest.fixture(scope="session")
def letter() -> tuple[bytes, Placements]:
    """The story's letter and where its fields go."""
    pdf, placements = write(request_for_report(date(2026, 12, 15), 2026))
    return pdf, msgspec.convert(placements, Placements)


@pytest.fixture(scope="session")
def prepared(desk: Desk, letter: tuple[bytes, Placements]) -> bytes:
    """The letter with its four empty fields."""
    return desk.prepare(*letter).pdf


@pytest.fixture(scope="session")
def signed(desk: Desk, prepared: bytes) -> bytes:
    """The letter signed by the leader."""
    return desk.sign(prepared)


@pytest.fixture(scope="session")
def sealed(desk: Desk, signed: bytes) -> bytes:
    """The letter signed, numbered, dated and sealed: as it is issued."""
    return desk.seal(signed)
