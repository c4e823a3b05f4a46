"""A copy is approved by whom the head named, numbered once, and sealed once."""

from typing import Any
from uuid import uuid4

import pytest

from contracts.errors import Refused
from contracts.signing import (
    AgencyNotKnown,
    CopyActOutOfOrder,
    CopyKind,
    CopySignerNotNamed,
    CopySource,
    CopyState,
    PagesNotChosen,
    SecondCopyOfPaper,
    SecretNotCopied,
    WorkAlreadyConcluded,
)
from contracts.values import Secrecy
from services.signing.domain import Agency, Copy, agency_id, check_not_secret, copy_series
from tests.signing.bureau import OURS, THEIRS, Bureau

FILE = Bureau().file()
TRUE_COPY, SECOND_COPY, EXTRACT = CopyKind
ELECTRONIC, PAPER = CopySource


def agency(name: str = "Sở Nội vụ") -> Agency:
    """The agency whose head named one person."""
    known = Agency.begin(Agency.Begun, agency_id(OURS), agency=OURS)
    if name:
        known.learn(name, "SNV")
    known.name_signers(["an"])
    return known


def copy(kind: CopyKind = TRUE_COPY, **other: Any) -> Copy:
    """A copy that was asked for."""
    asked: dict[str, Any] = {
        "agency": OURS,
        "kind": kind,
        "source": ELECTRONIC,
        "source_file": FILE,
        "pages": [],
        "paper_mm": (210.0, 297.0),
        "document_id": None,
    }
    return Copy.begin(Copy.Requested, uuid4(), **asked | other)


def sealing(number: int = 5) -> Copy:
    """A copy that a worker is to make."""
    it, ours = copy(), agency()
    it.approve("an", ours)
    it.seal(number, 2026, ours)
    return it


@pytest.mark.rule("N30-25..27")
def test_only_whom_the_head_named_approves_a_copy() -> None:
    it, ours = copy(), agency()
    with pytest.raises(CopySignerNotNamed):
        it.approve("binh", ours)
    ours.name_signers(["binh"])
    with pytest.raises(CopySignerNotNamed):
        it.approve("an", ours)
    it.approve("binh", ours)
    assert (it.state, it.approver) == (CopyState.APPROVED, "binh")


@pytest.mark.rule("N30-25..27")
@pytest.mark.parametrize(
    ("kind", "notation"),
    [(TRUE_COPY, "05/SY-SNV"), (SECOND_COPY, "05/SL-SNV"), (EXTRACT, "05/TrS-SNV")],
)
def test_the_notation_has_number_sign_and_agency(kind: CopyKind, notation: str) -> None:
    it, ours = copy(kind), agency()
    it.approve("an", ours)
    assert it.seal(5, 2026, ours).notation == notation


@pytest.mark.rule("N30-25..27")
def test_all_forms_of_a_year_share_one_series_and_agencies_and_years_none() -> None:
    assert copy_series(OURS, 2026) == copy_series(OURS, 2026)
    others = {copy_series(OURS, 2026), copy_series(OURS, 2027), copy_series(THEIRS, 2026)}
    assert len(others) == 3


def test_what_was_not_approved_is_not_sealed_and_nothing_is_sealed_twice() -> None:
    with pytest.raises(CopyActOutOfOrder):
        copy().check_seal(agency())
    it = sealing()
    with pytest.raises(CopyActOutOfOrder):
        it.check_seal(agency())
    it.made(FILE)
    for act in (lambda: it.check_seal(agency()), lambda: it.approve("an", agency())):
        with pytest.raises(CopyActOutOfOrder):
            act()


def test_a_copy_that_failed_is_sealed_again_under_its_number() -> None:
    it = sealing(5)
    it.failed("TSA_UNAVAILABLE", "không trả lời")
    assert it.view().failure == "TSA_UNAVAILABLE: không trả lời"
    it.check_seal(agency())
    assert it.seal(6, 2027, agency()).notation == "05/SY-SNV"
    assert it.view().failure == ""
    it.made(FILE)
    assert it.view().state is CopyState.MADE
    for again in (lambda: it.made(FILE), lambda: it.failed("X", "late")):
        with pytest.raises(WorkAlreadyConcluded):
            again()


def test_an_agency_is_known_before_it_seals() -> None:
    it, unknown = copy(), agency(name="")
    it.approve("an", unknown)
    with pytest.raises(AgencyNotKnown):
        it.check_seal(unknown)


@pytest.mark.rule("N30-25..27")
@pytest.mark.parametrize(
    ("kind", "source", "pages", "refused"),
    [
        (EXTRACT, ELECTRONIC, [], PagesNotChosen),
        (EXTRACT, ELECTRONIC, [1, 1], PagesNotChosen),
        (TRUE_COPY, ELECTRONIC, [1], PagesNotChosen),
        (SECOND_COPY, PAPER, [], SecondCopyOfPaper),
    ],
)
def test_an_extract_names_pages_and_a_second_copy_is_of_a_true_one(
    kind: CopyKind, source: CopySource, pages: list[int], refused: type[Refused]
) -> None:
    with pytest.raises(refused):
        Copy.check_request(kind, source, pages)


def test_every_other_form_may_be_made_of_either_source() -> None:
    for source in CopySource:
        Copy.check_request(TRUE_COPY, source, [])
        Copy.check_request(EXTRACT, source, [3, 1])
    Copy.check_request(SECOND_COPY, ELECTRONIC, [])


@pytest.mark.rule("N30-25..27")
@pytest.mark.parametrize("secrecy", [mark for mark in Secrecy if mark is not Secrecy.NONE])
def test_state_secrets_are_not_copied(secrecy: Secrecy) -> None:
    check_not_secret(Secrecy.NONE)
    with pytest.raises(SecretNotCopied):
        check_not_secret(secrecy)


def test_told_the_same_name_again_nothing_is_learnt() -> None:
    ours = agency()
    before = ours.version
    ours.learn("Sở Nội vụ", "SNV")
    assert ours.version == before
    ours.learn("Sở Nội vụ mới", "SNV")
    assert (ours.name, ours.version) == ("Sở Nội vụ mới", before + 1)
