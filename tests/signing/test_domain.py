"""A signature is made once or fails; a verification concludes once."""

from uuid import uuid4

import pytest

from contracts.signing import WorkAlreadyConcluded
from contracts.values import LegalValue, SignerRole, Verdict
from services.signing.domain import Progress, Signature, Verification, signature_id
from tests.signing.bureau import DOCUMENT, MONDAY, OURS, PLACES, Bureau

FILE = Bureau().file()


def signature() -> Signature:
    """A signature that a worker is to make."""
    return Signature.begin(
        Signature.Requested,
        signature_id(DOCUMENT, SignerRole.LEADER),
        document_id=DOCUMENT,
        agency=OURS,
        role=SignerRole.LEADER,
        holder="person:an",
        file=FILE,
        placements=PLACES,
        number=None,
    )


def test_each_role_has_its_own_identity_on_a_document() -> None:
    ids = {signature_id(DOCUMENT, role) for role in SignerRole}
    assert len(ids) == len(SignerRole)
    assert signature_id(DOCUMENT, SignerRole.LEADER) == signature_id(DOCUMENT, SignerRole.LEADER)


def test_a_signature_is_made_once() -> None:
    it = signature()
    it.made(FILE)
    assert it.progress is Progress.DONE
    for again in (lambda: it.made(FILE), lambda: it.failed("X", "late")):
        with pytest.raises(WorkAlreadyConcluded):
            again()


def test_a_failed_signature_waits_for_a_new_request() -> None:
    it = signature()
    it.failed("TSA_UNAVAILABLE", "no time stamp")
    assert it.progress is Progress.FAILED
    with pytest.raises(WorkAlreadyConcluded):
        it.made(FILE)
    it.trigger_event(
        Signature.RequestedAgain, holder="person:an", file=FILE, placements=PLACES, number=None
    )
    it.made(FILE)
    assert it.progress is Progress.DONE


def test_a_verification_concludes_once() -> None:
    it = Verification.begin(
        Verification.Requested, uuid4(), agency=OURS, files=[FILE], requested_at=MONDAY
    )
    it.conclude(Verdict.UNSIGNED, LegalValue.INFORMATION_ONLY, [], [])
    assert (it.progress, it.verdict) == (Progress.DONE, Verdict.UNSIGNED)
    with pytest.raises(WorkAlreadyConcluded):
        it.conclude(Verdict.TRUSTED, LegalValue.ORIGINAL, [], [])
