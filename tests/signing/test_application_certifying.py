"""Certificates from the request to their end: who may sign with which, and which run out."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from contracts.errors import Denied, NotFound, Refused
from contracts.signing import (
    CertificateActivated,
    CertificateActOutOfOrder,
    CertificateAlreadyGranted,
    CertificateAlreadyRenewed,
    CertificateAlreadyRequested,
    CertificateGranted,
    CertificateOutOfDate,
    CertificateRequested,
    CertificateRevoked,
    CertificateState,
    CertificateSuspended,
    CertificateUnreadable,
    CertificateView,
    HolderKind,
)
from infra.local import certificates
from services.kernel.context import acting, the_service
from services.signing.adapters import refusals
from tests.signing.bureau import CLERK, MONDAY, OURS, STRANGER, THEIRS
from tests.signing.council import FIRST, Council

KEY = certificates.new_key()
AUTHORITY = certificates.subject("CA thử nghiệm", "Ban Ví dụ", "Hà Nội")
BEGIN = datetime(2020, 1, 1, tzinfo=UTC)


def certificate(name: str = "An", until: datetime = datetime(2030, 1, 1, tzinfo=UTC)) -> bytes:
    """A signer's certificate in DER that runs out at an instant."""
    subject = certificates.subject(name, "Sở Nội vụ", "Quảng Nam")
    powers = certificates.for_signing()
    made = certificates.certify(subject, KEY, AUTHORITY, KEY, powers, (BEGIN, until))
    return made.public_bytes(Encoding.DER)


class Records(Council):
    """The records of certificates, kept by an operator."""

    def ask(self, holder: str = "an", renews: UUID | None = None, agency: str = OURS) -> UUID:
        """Somebody's certificate is asked for."""
        id = uuid4()
        with acting(FIRST):
            self.signing.request_certificate(
                certificate_id=id,
                holder_kind=HolderKind.PERSON,
                holder=holder,
                agency=agency,
                request="Công văn 12/SNV-VP",
                renews_id=renews,
            )
        return id

    def grant(self, id: UUID, der: bytes | None = None) -> None:
        """The competent body granted it."""
        with acting(FIRST):
            self.signing.grant_certificate(
                certificate_id=id, file=self.upload(certificate() if der is None else der)
            )

    def act(self, name: str, id: UUID, **words: object) -> None:
        """The operator does one of the acts."""
        with acting(FIRST):
            getattr(self.signing, f"{name}_certificate")(certificate_id=id, **words)

    def used(self, holder: str, der: bytes) -> UUID:
        """A certificate in use."""
        return self.enter(der, HolderKind.PERSON, holder)

    def view(self, id: UUID) -> CertificateView:
        """What the agency's clerk sees."""
        with acting(CLERK):
            return self.signing.get_certificate(certificate_id=id)

    def expiring(self, **words: object) -> list[UUID]:
        """What runs out soon, as the agency's clerk sees it."""
        with acting(CLERK):
            found = self.signing.list_expiring_certificates(**words)  # type: ignore[arg-type]
        return [view.certificate_id for view in found]


@pytest.fixture
def records() -> Records:
    """Nobody asked for anything yet."""
    return Records()


@pytest.mark.rule("R12.4-2")
def test_a_certificate_has_its_life_on_record(records: Records) -> None:
    id = records.ask()
    assert records.view(id).state is CertificateState.REQUESTED
    records.grant(id)
    granted = records.view(id)
    assert granted.state is CertificateState.GRANTED
    assert (granted.holder, granted.request, granted.requested_at) == (
        "an",
        "Công văn 12/SNV-VP",
        MONDAY,
    )
    assert "CN=An" in granted.subject and "CN=CA thử nghiệm" in granted.issuer
    assert granted.serial and len(granted.fingerprint) == 64
    assert (granted.valid_from_at, granted.valid_until_at) == (
        BEGIN,
        datetime(2030, 1, 1, tzinfo=UTC),
    )
    records.act("activate", id)
    assert records.view(id).state is CertificateState.ACTIVE
    records.act("suspend", id, why="mất thiết bị")
    assert (records.view(id).state, records.view(id).why) == (
        CertificateState.SUSPENDED,
        "mất thiết bị",
    )
    records.act("activate", id)
    records.act("revoke", id, why="nghỉ hưu", revoked_at=MONDAY)
    ended = records.view(id)
    assert (ended.state, ended.why, ended.revoked_at) == (
        CertificateState.REVOKED,
        "nghỉ hưu",
        MONDAY,
    )


@pytest.mark.rule("R12.4-2")
def test_what_runs_out_within_sixty_days_is_listed_soonest_first(records: Records) -> None:
    later, sooner, long, gone = (
        records.used(f"p{days}", certificate(f"P{days}", MONDAY + timedelta(days=days)))
        for days in (60, 3, 61, 1)
    )
    records.act("revoke", gone, why="thôi việc", revoked_at=MONDAY)
    assert records.expiring() == [sooner, later]
    assert records.expiring(within_days=61) == [sooner, later, long]
    assert records.expiring(within_days=2) == []
    assert records.expiring(after=1, limit=1) == [later]


@pytest.mark.rule("R12.4-2")
def test_only_a_certificate_in_use_signs(records: Records) -> None:
    der = certificate(until=MONDAY + timedelta(days=1))
    id = records.ask()

    def check(holder: str = "person:an") -> None:
        records.signing.check_certificate(holder, records.upload(der).sha256)

    with pytest.raises(refusals.SignerCertUnknown):
        check()
    records.grant(id, der)
    with pytest.raises(refusals.SignerCertNotActive):
        check()
    records.act("activate", id)
    check()
    with pytest.raises(refusals.SignerCertUnknown):
        check("person:binh")
    records.act("suspend", id, why="mất thiết bị")
    with pytest.raises(refusals.SignerCertNotActive):
        check()
    records.signing.now = lambda: MONDAY + timedelta(days=2)
    assert records.view(id).state is CertificateState.EXPIRED
    with pytest.raises(refusals.SignerCertExpired):
        check()


def test_a_revoked_certificate_signs_no_more_and_stays_revoked(records: Records) -> None:
    der = certificate(until=MONDAY + timedelta(days=1))
    id = records.used("an", der)
    records.act("revoke", id, why="lộ khóa", revoked_at=MONDAY)
    records.signing.now = lambda: MONDAY + timedelta(days=2)
    assert records.view(id).state is CertificateState.REVOKED
    with pytest.raises(refusals.SignerCertRevoked):
        records.signing.check_certificate("person:an", records.upload(der).sha256)


def test_every_act_has_its_turn(records: Records) -> None:
    id = records.ask()
    out_of_turn: list[Callable[[], None]] = [
        lambda: records.act("activate", id),
        lambda: records.act("suspend", id, why="x"),
        lambda: records.act("revoke", id, why="x", revoked_at=MONDAY),
        lambda: records.ask(renews=id) and None,
    ]
    for act in out_of_turn:
        with pytest.raises(CertificateActOutOfOrder):
            act()
    records.grant(id)
    with pytest.raises(CertificateActOutOfOrder):
        records.grant(id, certificate("Khác"))
    with pytest.raises(NotFound):
        records.act("activate", uuid4())


def test_a_certificate_is_renewed_by_one_other_and_holds_until_its_end(records: Records) -> None:
    old = records.used("an", certificate())
    new = records.ask(renews=old)
    assert (records.view(new).renews_id, records.view(old).renewed_by_id) == (old, new)
    assert records.view(old).state is CertificateState.ACTIVE
    with pytest.raises(CertificateAlreadyRenewed):
        records.ask(renews=old)


def test_what_is_granted_must_be_new_in_time_and_a_certificate(records: Records) -> None:
    der = certificate()
    records.used("an", der)
    wrong: list[tuple[bytes, type[Refused]]] = [
        (der, CertificateAlreadyGranted),
        (certificate(until=MONDAY - timedelta(days=1)), CertificateOutOfDate),
        (b"no certificate", CertificateUnreadable),
    ]
    for content, refusal in wrong:
        with pytest.raises(refusal):
            records.grant(records.ask(), content)


def test_a_certificate_is_asked_for_once_by_operators_or_its_agencys_clerk(
    records: Records,
) -> None:
    asked = {"holder_kind": HolderKind.PERSON, "holder": "an", "request": "1/CV"}
    id = uuid4()
    with acting(CLERK):
        records.signing.request_certificate(certificate_id=id, agency=OURS, **asked)  # type: ignore[arg-type]
        with pytest.raises(CertificateAlreadyRequested):
            records.signing.request_certificate(certificate_id=id, agency=OURS, **asked)  # type: ignore[arg-type]
        with pytest.raises(Denied):
            records.signing.request_certificate(certificate_id=uuid4(), agency=THEIRS, **asked)  # type: ignore[arg-type]
        for act in ("activate", "suspend", "revoke"):
            with pytest.raises(Denied):
                words = {"why": "x"} if act != "activate" else {}
                words |= {"revoked_at": MONDAY} if act == "revoke" else {}
                getattr(records.signing, f"{act}_certificate")(certificate_id=id, **words)


def test_an_agency_sees_its_own_certificates_and_operators_all(records: Records) -> None:
    ours, theirs = records.ask(), records.ask("lan", agency=THEIRS)

    def seen(**words: object) -> list[UUID]:
        found = records.signing.list_certificates(**words)  # type: ignore[arg-type]
        return [view.certificate_id for view in found]

    with acting(FIRST):
        assert seen() == [ours, theirs]
        assert seen(agency=THEIRS) == seen(after=1) == [theirs]
    with acting(STRANGER):
        assert seen() == [theirs]
        for refused in (
            lambda: records.signing.get_certificate(certificate_id=ours),
            lambda: records.signing.list_certificates(agency=OURS),
            lambda: records.signing.list_expiring_certificates(agency=OURS),
        ):
            with pytest.raises(Denied):
                refused()


def test_the_directory_grows_with_what_is_granted(records: Records) -> None:
    before = records.signing.trust()
    assert records.signing.trust() is before
    records.used("an", certificate())
    (holder,) = records.signing.trust().holders
    assert (holder.role, holder.id) == ("person", "an")
    records.used("binh", certificate("Bình"))
    assert [one.id for one in records.signing.trust().holders] == ["an", "binh"]


def test_every_step_is_told(records: Records) -> None:
    id = records.used("an", certificate())
    records.act("suspend", id, why="x")
    records.act("revoke", id, why="x", revoked_at=MONDAY)
    with acting(the_service("reporting")):
        told = [envelope.event() for envelope in records.signing.read_events(after=0).events]
    assert [type(event) for event in told] == [
        CertificateRequested,
        CertificateGranted,
        CertificateActivated,
        CertificateSuspended,
        CertificateRevoked,
    ]
