"""Ends of proofs in memory: what was written before the question is seen, in pages of the log."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from services.signing.domain import proof_id
from services.signing.views import ProofEnds
from tests.signing.bureau import MONDAY, OURS, THEIRS, Bureau
from tests.signing.test_application_proofs import concluded

FOREVER = MONDAY + timedelta(days=99_999)


def test_every_agency_has_its_own_list() -> None:
    bureau = Bureau()
    concluded(bureau, uuid4(), 10)
    ends = ProofEnds(bureau.signing)
    assert len(ends.page(OURS, FOREVER, None, 10)) == 1
    assert ends.page(THEIRS, FOREVER, None, 10) == []


def test_more_than_a_page_of_the_log_is_taken_in() -> None:
    bureau = Bureau()
    ids = [UUID(int=number) for number in range(1, 12)]
    for days, id in enumerate(ids):
        concluded(bureau, id, days)
    ends = ProofEnds(bureau.signing, page=4)
    assert ends.page(OURS, FOREVER, None, 99) == [proof_id(id) for id in ids]
    concluded(bureau, uuid4(), 500)
    assert len(ends.page(OURS, FOREVER, None, 99)) == 12


def test_an_unknown_place_is_told() -> None:
    with pytest.raises(LookupError):
        ProofEnds(Bureau().signing).page(OURS, FOREVER, uuid4(), 10)
