"""A proof is extended one at a time, upwards, and told with its new end."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from contracts.signing import ProofBeingExtended, ProofLevelTooLow, WorkAlreadyConcluded
from contracts.values import SignatureLevel
from services.signing.domain import Proof, Proven, proof_id
from tests.signing.bureau import OURS, Bureau

FILE = Bureau().file()
B_B, B_T, B_LT, B_LTA = SignatureLevel


def proven(level: SignatureLevel = B_T, year: int = 2035) -> Proven:
    """A file that lasts until a year begins."""
    return Proven(files=[FILE], level=level, holds_until=datetime(year, 1, 1, tzinfo=UTC))


def proof(level: SignatureLevel = B_T) -> Proof:
    """The proof of a document."""
    id = uuid4()
    about = {"document_id": id, "agency": OURS, "proven": proven(level)}
    return Proof.begin(Proof.Established, proof_id(id), **about)


def test_a_proof_is_extended_to_more_or_renewed_and_never_to_less() -> None:
    for has, wanted in ((B_T, B_LT), (B_T, B_LTA), (B_LTA, B_LTA), (B_B, B_T)):
        proof(has).request(wanted)
    for has, wanted in ((B_LTA, B_LT), (B_LT, B_T), (B_B, B_B)):
        with pytest.raises(ProofLevelTooLow):
            proof(has).request(wanted)


def test_one_extension_at_a_time_and_each_concludes_once() -> None:
    it = proof()
    it.request(B_LTA)
    with pytest.raises(ProofBeingExtended):
        it.request(B_LTA)
    it.extended(proven(B_LTA, 2048))
    assert (it.view().level, it.view().holds_until_at.year) == (B_LTA, 2048)
    for again in (lambda: it.extended(proven()), lambda: it.failed("X", "late")):
        with pytest.raises(WorkAlreadyConcluded):
            again()


def test_after_a_failure_it_may_be_asked_for_again() -> None:
    it = proof()
    it.request(B_LT)
    it.failed("REVOCATION_UNAVAILABLE", "chưa có danh sách")
    assert it.view().failure == "REVOCATION_UNAVAILABLE: chưa có danh sách"
    assert not it.view().extending
    it.request(B_LT)
    assert (it.view().failure, it.view().extending) == ("", True)
