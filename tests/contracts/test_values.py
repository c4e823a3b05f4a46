"""The words of the regulation: codes with two labels, lengths, identities, written numbers."""

from __future__ import annotations

import unicodedata
from typing import Any
from uuid import UUID

import msgspec
import pytest

from contracts.values import (
    AgencyCode,
    Coded,
    Digest,
    DocumentKind,
    FileRef,
    Limit,
    Name,
    PersonId,
    Position,
    Reason,
    Signer,
    StatusCode,
    Subject,
    Urgency,
    delivery_id,
    named_id,
    written_number,
)

CODES = [member for cls in Coded.__subclasses__() for member in cls]


@pytest.mark.parametrize("code", CODES, ids=repr)
def test_every_code_has_a_vietnamese_and_an_english_label(code: Any) -> None:
    assert code.vi.strip() and code.en.strip()
    assert code.vi != code.en
    assert unicodedata.is_normalized("NFC", code.vi)


def test_labels_of_one_list_differ() -> None:
    for cls in Coded.__subclasses__():
        for labels in ([m.vi for m in cls], [m.en for m in cls]):
            assert len(set(labels)) == len(labels), cls.__name__


def test_a_code_travels_as_its_letters() -> None:
    assert msgspec.json.encode(Urgency.EXPRESS) == b'"3"'
    assert msgspec.json.decode(b'"3"', type=Urgency) is Urgency.EXPRESS
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'"9"', type=Urgency)


def test_the_kinds_of_administrative_document_are_the_29_of_the_decree() -> None:
    assert len(DocumentKind) == 29
    assert DocumentKind("QyĐ") is DocumentKind.RULE and DocumentKind("QĐ") is DocumentKind.DECISION


def test_the_statuses_between_systems_are_those_of_the_standard() -> None:
    assert " ".join(StatusCode) == "01 02 03 04 05 06 13 15 16"


TAKEN: list[tuple[Any, Any]] = [
    (AgencyCode, "H47.05"),
    (AgencyCode, "000.00.05.H47"),
    (AgencyCode, "A" * 35),
    (Digest, "0" * 64),
    (Subject, "Về việc nghỉ Tết"),
    (Subject, "V" * 500),
    (Reason, "x"),
    (Name, "N" * 200),
    (PersonId, "lan.nt"),
    (Limit, 1),
    (Limit, 1000),
    (Position, 0),
]

REFUSED: list[tuple[Any, Any]] = [
    (AgencyCode, ""),
    (AgencyCode, "h47"),
    (AgencyCode, ".H47"),
    (AgencyCode, "H47/05"),
    (AgencyCode, "A" * 36),
    (Digest, "0" * 63),
    (Digest, "A" * 64),
    (Subject, ""),
    (Subject, " \t\n"),
    (Subject, "V" * 501),
    (Reason, "   "),
    (Reason, "x" * 1001),
    (Name, ""),
    (PersonId, "Lan"),
    (PersonId, "lan nt"),
    (Limit, 0),
    (Limit, 1001),
    (Position, -1),
]


@pytest.mark.parametrize(("kind", "value"), TAKEN)
def test_a_value_within_its_limits_is_taken(kind: Any, value: Any) -> None:
    assert msgspec.convert(value, kind) == value


@pytest.mark.parametrize(("kind", "value"), REFUSED)
def test_a_value_outside_its_limits_is_refused(kind: Any, value: Any) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(value, kind)


def test_an_empty_file_has_no_reference() -> None:
    kept = {"name": "a.pdf", "sha256": "0" * 64, "size": 0}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(kept, FileRef)
    assert msgspec.convert(kept | {"size": 1}, FileRef).media_type == "application/pdf"


def test_a_signer_has_a_post_of_100_and_a_name_of_50_letters() -> None:
    signer = {"person": "minh.tv", "post": "P" * 100, "name": "N" * 50}
    assert msgspec.convert(signer, Signer).capacity == ""
    for longer in ({"post": "P" * 101}, {"name": "N" * 51}):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(signer | longer, Signer)


def test_a_delivery_has_the_same_identity_at_both_ends() -> None:
    document = UUID(int=7)
    assert delivery_id(document, "H47.05") == UUID("af78c534-ed24-50e1-bed5-e84787b74fa5")
    assert delivery_id(document, "H47.05") != delivery_id(document, "H47.06")
    assert delivery_id(document, "H47.05") != delivery_id(UUID(int=8), "H47.05")


def test_an_identity_by_name_never_changes() -> None:
    assert named_id("agency", "H47.05") == UUID("826dcd3c-1602-5edd-8413-91a9998cb3c9")
    assert named_id("agency", "H47.05") != named_id("person", "H47.05")


@pytest.mark.parametrize(("number", "written"), [(1, "01"), (9, "09"), (10, "10"), (1234, "1234")])
def test_a_number_below_ten_is_written_with_a_leading_zero(number: int, written: str) -> None:
    assert written_number(number) == written
