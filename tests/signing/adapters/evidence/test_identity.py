"""Whose signatures a document bears, and whose it says it bears."""

from typing import Any

import msgspec
import pytest

from contracts.signing.report import Expected, Report
from contracts.values import LegalValue, Verdict
from services.signing.adapters.evidence.identity import MISMATCH, identified
from services.signing.adapters.evidence.replaying import replay
from tests.signing.adapters.evidence.conftest import Archive, archived
from tests.signing.conftest import Desk

OURS = Expected(agency="H47.05", agency_name="Sở Nội vụ", signer="Nguyễn Văn An", post="Giám đốc")


@pytest.fixture(scope="module")
def report(desk: Desk, sealed: bytes) -> Report:
    """The story's letter: signed by the director, sealed by his agency, both in the directory."""
    found = archived(sealed, desk).report
    leader, agency = found.signatures
    leader = msgspec.structs.replace(leader, agency="H47.05")
    return msgspec.structs.replace(found, signatures=[leader, agency])


def warnings(report: Report, **other: Any) -> dict[str, list[str]]:
    """Of each field the certificate's owner that was not expected."""
    expected = msgspec.structs.replace(OURS, **other)
    return {
        one.field: [str(reason.data["found"]) for reason in one.reasons if reason.code == MISMATCH]
        for one in identified(report, expected).signatures
        if one.reasons
    }


def with_first(report: Report, **facts: Any) -> Report:
    """The report whose leader's certificate says something else."""
    leader, *others = report.signatures
    return msgspec.structs.replace(
        report, signatures=[msgspec.structs.replace(leader, **facts), *others]
    )


def test_whom_the_document_names_is_no_warning(report: Report) -> None:
    told = identified(report, OURS)
    assert warnings(report) == {}
    assert (told.verdict, told.expected) == (Verdict.TRUSTED, OURS)
    assert identified(report, None) == report


def test_the_seal_of_another_agency_is_a_warning_and_no_more(report: Report) -> None:
    expected = msgspec.structs.replace(OURS, agency="H47.30", agency_name="UBND huyện Thăng Bình")
    told = identified(with_first(report, agency=""), expected)
    assert (told.verdict, told.legal_value) == (Verdict.WARN, LegalValue.ORIGINAL)
    assert [one.verdict for one in told.signatures] == [Verdict.TRUSTED, Verdict.WARN]
    (reason,) = told.signatures[1].reasons
    assert reason.data == {"expected": "UBND huyện Thăng Bình", "found": "Sở Nội vụ"}


def test_another_person_another_post_and_another_agency_are_told(report: Report) -> None:
    assert warnings(report, signer="Lê Quang Huy") == {"vanban_leader": ["Nguyễn Văn An"]}
    assert warnings(report, post="Chủ tịch") == {"vanban_leader": ["Giám đốc"]}
    assert warnings(with_first(report, agency="H47.30")) == {
        "vanban_leader": ["Sở Nội vụ (H47.30)"]
    }


def test_what_the_document_does_not_say_is_not_compared(report: Report) -> None:
    assert warnings(report, signer="", post="") == {}
    assert warnings(with_first(report, post="", agency="")) == {}


def test_the_way_a_name_is_written_does_not_matter(report: Report) -> None:
    assert warnings(report, signer="NGUYỄN  VĂN AN", post="KT. Giám đốc") == {}


def test_of_several_leaders_one_must_be_whom_the_document_names(report: Report) -> None:
    leader, agency = report.signatures
    other = msgspec.structs.replace(leader, field="other", signer="Lê Quang Huy", agency="H47.30")
    joint = msgspec.structs.replace(report, signatures=[leader, other, agency])
    assert warnings(joint) == {}


def test_whom_the_directory_does_not_know_is_compared_by_name(report: Report) -> None:
    stranger = with_first(report, role="", holder="", agency="")
    assert warnings(stranger) == {}
    assert warnings(stranger, signer="Lê Quang Huy", agency_name="Sở Tài chính") == {
        "vanban_leader": ["Nguyễn Văn An"]
    }


def test_a_bad_signature_stays_as_bad_as_it_is(report: Report) -> None:
    bad = with_first(report, verdict=Verdict.REVOKED)
    told = identified(
        msgspec.structs.replace(bad, verdict=Verdict.REVOKED),
        msgspec.structs.replace(OURS, signer="Lê Quang Huy"),
    )
    assert (told.verdict, told.signatures[0].verdict) == (Verdict.REVOKED, Verdict.REVOKED)
    assert MISMATCH in {one.code for one in told.signatures[0].reasons}


def test_the_warning_comes_again_from_the_evidence(archive: Archive) -> None:
    told = identified(archive.report, OURS)
    assert told.verdict is Verdict.WARN
    replayed = replay(msgspec.json.encode(told), archive.shelf.read)
    assert replayed.identical and replayed.now.verdict is Verdict.WARN
    forgotten = msgspec.structs.replace(archive.report, expected=OURS)
    assert not replay(msgspec.json.encode(forgotten), archive.shelf.read).identical
