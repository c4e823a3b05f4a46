"""How long documents prove themselves, asked and recorded, without a worker."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from contracts.errors import Denied, NotFound
from contracts.signing import ProofExtended, ProofExtensionFailed
from contracts.values import LegalValue, SignatureLevel, SignerRole, Verdict
from services.kernel.context import acting, the_service
from services.signing.application import Job
from services.signing.domain import Proven, proof_id, signature_id
from tests.signing.bureau import (
    CLERK,
    DOCUMENT,
    MONDAY,
    NUMBER,
    OURS,
    STRANGER,
    Bureau,
    arrived,
    requested,
)
from tests.signing.test_application_copies import OFFICER

B_B, B_T, B_LT, B_LTA = SignatureLevel


@pytest.fixture
def bureau() -> Bureau:
    """A bureau where nothing happened yet."""
    return Bureau()


def proven(bureau: Bureau, days: int = 100, level: SignatureLevel = B_T) -> Proven:
    """A file that lasts so many days more."""
    return Proven([bureau.file()], level, MONDAY + timedelta(days=days))


def concluded(bureau: Bureau, id: UUID, days: int | None) -> None:
    """A document arrived, and its signatures, if any, last so many days."""
    bureau.told(arrived([bureau.file()], id))
    with acting(the_service("signing")):
        bureau.signing.record_verification(
            id=id,
            verdict=Verdict.TRUSTED,
            legal_value=LegalValue.ORIGINAL,
            signatures=[],
            reports=[],
            proven=None if days is None else proven(bureau, days),
        )


def test_a_sealed_document_and_an_arrival_have_a_proof_and_a_bare_verification_none(
    bureau: Bureau,
) -> None:
    bureau.hand_over()
    bureau.told(requested(bureau.file(), SignerRole.AGENCY, number=NUMBER))
    with acting(the_service("signing")):
        signature = signature_id(DOCUMENT, SignerRole.AGENCY)
        bureau.signing.record_signature(id=signature, file=bureau.file(), proven=proven(bureau))
    arrival, unsigned, asked = uuid4(), uuid4(), uuid4()
    concluded(bureau, arrival, 50)
    concluded(bureau, unsigned, None)
    with acting(CLERK):
        bureau.signing.verify_files(verification_id=asked, files=[bureau.file()])
        for id in (DOCUMENT, arrival):
            assert bureau.signing.get_proof(document_id=id).level is B_T
        for id in (unsigned, asked):
            with pytest.raises(NotFound):
                bureau.signing.get_proof(document_id=id)


def test_a_clerk_has_a_proof_extended_and_the_result_is_told(bureau: Bureau) -> None:
    concluded(bureau, DOCUMENT, 100)
    with acting(CLERK):
        bureau.signing.extend_signature(document_id=DOCUMENT, level=B_LT)
    job = bureau.signing.jobs.read(0)[0][-1].job
    assert job == Job(kind="proof", id=proof_id(DOCUMENT))
    longer = proven(bureau, 900, B_LT)
    with acting(the_service("signing")):
        bureau.signing.record_extension_failure(id=job.id, code="X", reason="why")
        with acting(CLERK):
            bureau.signing.extend_signature(document_id=DOCUMENT, level=B_LT)
        bureau.signing.record_extension(id=job.id, proven=longer)
        told = [one.event() for one in bureau.signing.read_events(after=0).events][-2:]
    assert told == [
        ProofExtensionFailed(document_id=DOCUMENT, agency=OURS, code="X", reason="why"),
        ProofExtended(
            document_id=DOCUMENT,
            agency=OURS,
            files=longer.files,
            level=B_LT,
            holds_until_at=longer.holds_until,
        ),
    ]


def test_proofs_that_end_soon_are_listed_soonest_first_in_pages(bureau: Bureau) -> None:
    ends = {uuid4(): days for days in (366, 30, 367, 365, -5)}
    for id, days in ends.items():
        concluded(bureau, id, days)
    soon = sorted((id for id in ends if ends[id] <= 366), key=lambda id: ends[id])
    with acting(CLERK):
        listed = bureau.signing.list_expiring_proofs(agency=OURS)
        assert [one.document_id for one in listed] == soon
        rest = bureau.signing.list_expiring_proofs(agency=OURS, after_id=soon[0], limit=2)
        assert [one.document_id for one in rest] == soon[1:3]
        month = bureau.signing.list_expiring_proofs(agency=OURS, within_days=30)
        assert [one.document_id for one in month] == soon[:2]
        with pytest.raises(NotFound):
            bureau.signing.list_expiring_proofs(agency=OURS, after_id=uuid4())


def test_an_extended_proof_moves_down_the_list(bureau: Bureau) -> None:
    first, second = uuid4(), uuid4()
    for id, days in ((first, 10), (second, 20)):
        concluded(bureau, id, days)
    with acting(CLERK):
        assert len(bureau.signing.list_expiring_proofs(agency=OURS)) == 2
        bureau.signing.extend_signature(document_id=first, level=B_LTA)
    with acting(the_service("signing")):
        longer = proven(bureau, 30, B_LTA)
        bureau.signing.record_extension(id=proof_id(first), proven=longer)
    with acting(CLERK):
        listed = bureau.signing.list_expiring_proofs(agency=OURS)
    assert [one.document_id for one in listed] == [second, first]


def test_only_the_clerk_of_its_agency_extends_and_only_its_people_see(bureau: Bureau) -> None:
    concluded(bureau, DOCUMENT, 100)
    for who in (OFFICER, STRANGER):
        with acting(who), pytest.raises(Denied):
            bureau.signing.extend_signature(document_id=DOCUMENT, level=B_LTA)
    with acting(STRANGER):
        with pytest.raises(Denied):
            bureau.signing.get_proof(document_id=DOCUMENT)
        with pytest.raises(Denied):
            bureau.signing.list_expiring_proofs(agency=OURS)
    with acting(CLERK), pytest.raises(Denied):
        bureau.signing.record_extension(id=proof_id(DOCUMENT), proven=proven(bureau))
