"""Whom we trust is changed by two persons, each change a version that stays readable."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from contracts.errors import Denied, FileMissing, NotFound
from contracts.signing import (
    AnchorAlreadyTrusted,
    AnchorNotTrusted,
    AnchorRemoved,
    AnchorTrusted,
    AnchorUse,
    CertificateNotAuthority,
    CertificateUnreadable,
    FingerprintDiffers,
    ProposalAlreadyDecided,
    ProposalAlreadyMade,
    SecondPersonRequired,
)
from contracts.values import FileRef
from infra.local import certificates
from services.kernel.context import acting, the_service
from services.signing.domain import ANCHORS
from tests.signing.bureau import CLERK, MONDAY
from tests.signing.council import FIRST, SECOND, SOURCE, Council

KEY = certificates.new_key()
VALID = (datetime(2018, 1, 1, tzinfo=UTC), datetime(2048, 1, 1, tzinfo=UTC))


def certificate(name: str, powers: certificates.Extensions | None = None) -> bytes:
    """A certificate in DER; of an authority, unless it has other powers."""
    subject = certificates.subject(name, "Ban Ví dụ", "Hà Nội")
    powers = certificates.for_authority(None) if powers is None else powers
    made = certificates.certify(subject, KEY, subject, KEY, powers, VALID)
    return made.public_bytes(Encoding.DER)


@pytest.fixture
def council() -> Council:
    """Nothing is trusted yet."""
    return Council()


def test_a_certificate_is_trusted_once_a_second_person_agrees(council: Council) -> None:
    der = certificate("RootCA")
    id = council.propose(der)
    assert council.trusted() == []
    with pytest.raises(SecondPersonRequired):
        council.approve(id, FIRST)
    council.approve(id)
    (anchor,) = council.trusted()
    assert (anchor.proposed_by, anchor.approved_by) == ("operator.mot", "operator.hai")
    assert (anchor.version, anchor.source, anchor.approved_at) == (1, SOURCE, MONDAY)
    assert "CN=RootCA" in anchor.subject
    assert council.shelf.read(anchor.fingerprint) == der


def test_the_three_sets_are_kept_apart(council: Council) -> None:
    der = certificate("RootCA")
    for use in (AnchorUse.SIGNERS, AnchorUse.TIMESTAMPS):
        council.approve(council.propose(der, use))
    council.remove(council.trusted(AnchorUse.SIGNERS)[0])
    assert [anchor.use for anchor in council.trusted()] == [AnchorUse.TIMESTAMPS]
    assert council.trusted(AnchorUse.INTERMEDIATES) == []


def test_every_version_stays_readable_with_who_when_and_source(council: Council) -> None:
    for name in ("Một", "Hai"):
        council.approve(council.propose(certificate(name)))
    council.remove(council.trusted()[0])
    names = [
        [
            anchor.subject.partition("CN=")[2].partition(",")[0]
            for anchor in council.trusted(None, n)
        ]
        for n in (1, 2, 3)
    ]
    assert names == [["Một"], ["Một", "Hai"], ["Hai"]]
    with acting(FIRST):
        changes = council.signing.list_trust_changes(after=1)
        page = council.signing.list_trust_changes(limit=1)
    assert [(change.version, change.removed) for change in changes] == [(2, False), (3, True)]
    assert (changes[1].source, changes[1].approved_by) == ("lộ khóa", "operator.hai")
    assert [change.version for change in page] == [1]


def test_another_certificate_than_the_stated_one_is_refused(council: Council) -> None:
    with pytest.raises(FingerprintDiffers):
        council.propose(certificate("RootCA"), fingerprint="0" * 64)
    assert council.written() == 0


def test_only_an_authoritys_certificate_is_proposed(council: Council) -> None:
    with pytest.raises(CertificateNotAuthority):
        council.propose(certificate("Người ký", certificates.for_signing()))
    with pytest.raises(CertificateNotAuthority):
        council.propose(certificate("Không rõ", []))
    with pytest.raises(CertificateUnreadable):
        council.propose(b"-----BEGIN CERTIFICATE-----")
    gone = FileRef(name="a.cer", sha256="1" * 64, size=3)
    with acting(FIRST), pytest.raises(FileMissing):
        council.signing.propose_anchor(
            proposal_id=uuid4(), use=AnchorUse.SIGNERS, fingerprint="1" * 64, file=gone, source="x"
        )
    assert council.written() == 0


def test_a_proposal_is_made_and_decided_once(council: Council) -> None:
    der = certificate("RootCA")
    id = council.propose(der)
    with acting(FIRST):
        (waiting,) = council.signing.list_anchor_proposals()
        council.signing.reject_anchor(proposal_id=id, why="sai nguồn")
        assert council.signing.list_anchor_proposals() == []
    assert waiting.proposal_id == id
    with pytest.raises(ProposalAlreadyDecided):
        council.approve(id)
    with acting(SECOND), pytest.raises(ProposalAlreadyDecided):
        council.signing.reject_anchor(proposal_id=id, why="lại")
    with acting(FIRST), pytest.raises(ProposalAlreadyMade):
        council.signing.propose_anchor(
            proposal_id=id,
            use=AnchorUse.SIGNERS,
            fingerprint=waiting.fingerprint,
            file=council.upload(der),
            source="lại",
        )
    with pytest.raises(NotFound):
        council.approve(uuid4())


def test_a_change_must_make_sense_when_proposed_and_when_approved(council: Council) -> None:
    der = certificate("RootCA")
    twice = [council.propose(der), council.propose(der)]
    council.approve(twice[0])
    with pytest.raises(AnchorAlreadyTrusted):
        council.approve(twice[1])
    with pytest.raises(AnchorAlreadyTrusted):
        council.propose(der)
    anchor = council.trusted()[0]
    council.remove(anchor)
    with pytest.raises(AnchorNotTrusted):
        council.remove(anchor)


def test_only_operators_change_trust(council: Council) -> None:
    id = council.propose(certificate("RootCA"))
    with acting(CLERK):
        for refused in (
            lambda: council.signing.approve_anchor(proposal_id=id),
            lambda: council.signing.reject_anchor(proposal_id=id, why="x"),
            council.signing.list_anchor_proposals,
            council.signing.list_trust_changes,
        ):
            with pytest.raises(Denied):
                refused()
    with acting(FIRST):
        assert council.signing.offer_upload(sha256="1" * 64, size=1).url.endswith("1" * 64)


def test_changes_are_told_without_the_certificates_bytes(council: Council) -> None:
    der = certificate("RootCA")
    council.approve(council.propose(der))
    council.remove(council.trusted()[0])
    with acting(the_service("reporting")):
        told = [envelope.event() for envelope in council.signing.read_events(after=0).events]
    assert [type(event) for event in told] == [AnchorTrusted, AnchorRemoved]
    with acting(FIRST):
        history = council.signing.list_history(aggregate_id=ANCHORS)
    assert len(history) == 5 and max(len(str(entry.body)) for entry in history) < len(der)
