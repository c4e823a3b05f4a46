"""Who keeps the agency's key, who hands it over, and that nobody else uses it (N30-32/33)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from contracts.envelope import Actor
from contracts.errors import Denied
from contracts.signing import (
    KeyAlreadyHeld,
    KeyEntrusted,
    KeyHandover,
    KeyNotHeld,
    SigningFailed,
)
from contracts.values import Role, SignerRole
from contracts.working_time import in_vietnam
from services.kernel.context import Circumstances, acting, the_service
from services.signing.domain import Progress, Signature, signature_id
from services.signing.events import publish
from tests.signing.bureau import (
    CLERK,
    DOCUMENT,
    LEADER,
    MONDAY,
    NUMBER,
    OPERATOR,
    OURS,
    PERMISSION,
    RECORD,
    STRANGER,
    THEIRS,
    Bureau,
    requested,
)
from tests.signing.test_application_copies import asked, registered, uploaded

SEAL = signature_id(DOCUMENT, SignerRole.AGENCY)
OTHER = Circumstances(actor=Actor(person="thu", agency=OURS), roles=frozenset({Role.CLERK}))
"""Another clerk of the agency."""


@pytest.fixture
def bureau() -> Bureau:
    """A bureau of two clerks, the first of whom keeps the agency's key."""
    bureau = Bureau()
    bureau.told(registered())
    with acting(LEADER):
        bureau.signing.name_copy_signers(persons=["hoa"])
    bureau.hand_over()
    return bureau


def handovers(bureau: Bureau, who: Circumstances = LEADER, **page: int) -> list[KeyHandover]:
    """What the agency's people see."""
    with acting(who):
        return bureau.signing.list_key_handovers(agency=OURS, **page)


@pytest.mark.rule("N30-32/33")
def test_the_key_is_used_by_its_keeper_alone(bureau: Bureau) -> None:
    copy = asked(bureau)
    with acting(CLERK):
        bureau.signing.approve_copy(copy_id=copy)
    with acting(OTHER):
        with pytest.raises(KeyNotHeld) as refused:
            bureau.signing.seal_copy(copy_id=copy)
        with pytest.raises(KeyNotHeld):
            bureau.signing.digitise_paper(paper_id=uuid4(), file=uploaded(bureau))
    assert refused.value.data["keeper_vi"] == "hoa" and refused.value.data["person"] == "thu"
    bureau.hand_over("thu", CLERK)
    with acting(CLERK), pytest.raises(KeyNotHeld):
        bureau.signing.seal_copy(copy_id=copy)
    with acting(OTHER):
        assert bureau.signing.seal_copy(copy_id=copy).number == 1
        bureau.signing.digitise_paper(paper_id=uuid4(), file=uploaded(bureau))


@pytest.mark.rule("N30-32/33")
def test_a_device_with_the_agency_s_key_is_its_keepers_too(bureau: Bureau) -> None:
    bureau.told(requested(bureau.file(), SignerRole.AGENCY, number=NUMBER))
    asks = {"document_id": DOCUMENT, "role": SignerRole.AGENCY}
    session = {"session_id": uuid4(), "sha256": bureau.file().sha256}
    with acting(OTHER), pytest.raises(KeyNotHeld):
        bureau.signing.begin_signature(**asks, **session)
    with acting(CLERK):
        bureau.signing.begin_signature(**asks, **session)
    with acting(OTHER):
        with pytest.raises(KeyNotHeld):
            bureau.signing.complete_signature(session_id=session["session_id"], value="A" * 344)
        with pytest.raises(KeyNotHeld):
            bureau.signing.decline_signature(**asks, why="không ký")


@pytest.mark.rule("N30-32/33")
def test_a_seal_asked_for_by_another_fails_and_may_be_asked_for_again(bureau: Bureau) -> None:
    bureau.hand_over("thu", CLERK)
    bureau.instant += timedelta(minutes=1)
    bureau.told(requested(bureau.file(), SignerRole.AGENCY, number=NUMBER), at=bureau.instant)
    failed = publish(list(bureau.signing.events.get(SEAL))[-1])
    assert isinstance(failed, SigningFailed)
    assert (failed.code, failed.role) == ("signing.key_not_held", SignerRole.AGENCY)
    assert "thu" in failed.reason
    assert [entry.job for entry in bureau.signing.jobs.read(0)[0]][-1] is None
    bureau.hand_over("hoa", OTHER)
    bureau.told(requested(bureau.file(), SignerRole.AGENCY, number=NUMBER))
    assert bureau.signing.load(Signature, SEAL).progress is Progress.REQUESTED


@pytest.mark.rule("N30-32/33")
def test_who_kept_the_key_when_he_asked_has_asked_rightly(bureau: Bureau) -> None:
    asked_at = bureau.instant + timedelta(minutes=1)
    bureau.instant += timedelta(minutes=2)
    bureau.hand_over("thu", CLERK)
    bureau.told(requested(bureau.file(), SignerRole.AGENCY, number=NUMBER), at=asked_at)
    assert bureau.signing.load(Signature, SEAL).progress is Progress.REQUESTED


@pytest.mark.rule("N30-32/33")
def test_only_its_keeper_and_operators_hand_it_over(bureau: Bureau) -> None:
    for who, refusal in ((OTHER, KeyNotHeld), (LEADER, Denied), (STRANGER, Denied)):
        with pytest.raises(refusal):
            bureau.hand_over("thu", who)
    with pytest.raises(KeyAlreadyHeld):
        bureau.hand_over("hoa", CLERK)
    assert len(handovers(bureau)) == 1
    bureau.hand_over("thu", OPERATOR)
    with pytest.raises(KeyNotHeld):
        bureau.hand_over("hoa", CLERK)


def test_before_the_first_handover_nobody_uses_the_key(bureau: Bureau) -> None:
    with acting(STRANGER), pytest.raises(KeyNotHeld) as refused:
        bureau.signing.digitise_paper(paper_id=uuid4(), file=uploaded(bureau))
    assert refused.value.data["agency"] == THEIRS
    assert "chưa ai" in refused.value.message("vi") and "nobody" in refused.value.message("en")


@pytest.mark.rule("N30-32/33")
def test_every_handover_is_listed_with_its_permission_and_its_record(bureau: Bureau) -> None:
    bureau.hand_over("thu", CLERK)
    bureau.instant += timedelta(days=1)
    bureau.hand_over("hoa", OTHER)
    listed = handovers(bureau)
    assert [(one.from_person, one.to_person) for one in listed] == [
        ("", "hoa"),
        ("hoa", "thu"),
        ("thu", "hoa"),
    ]
    assert {(one.permission, one.record) for one in listed} == {(PERMISSION, RECORD)}
    assert listed[-1].handed_over_at == in_vietnam(MONDAY + timedelta(days=1))
    assert handovers(bureau, after=1, limit=1) == listed[1:2]
    assert handovers(bureau, OPERATOR) == listed
    with pytest.raises(Denied):
        handovers(bureau, STRANGER)
    with acting(the_service("reporting")):
        told = [one.event() for one in bureau.signing.read_events(after=0).events]
    assert told == [KeyEntrusted(agency=OURS, handover=one) for one in listed]
