"""Boxes at the axis, and what a receipt is worth."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import jwt
import msgspec
import pytest

from contracts import edxml
from contracts.tracking import ReceiptVerdict
from contracts.working_time import VIETNAM
from infra.local import keys
from services.tracking.adapters import Box, Boxes, judged, receipt_in, with_receipt

AT = datetime(2026, 3, 2, 10, tzinfo=VIETNAM)
STATUS = edxml.Status(
    sender=edxml.Party(code="G12.04", name="Bộ Ví dụ"),
    about=edxml.ResponseFor(
        agency="H47.05", code="01/SNV-VP", document_id="1", promulgated_on=AT.date()
    ),
    code="03",
    description="Đã tiếp nhận",
    at=AT,
)
PRIVATE, PUBLIC = (key.decode() for key in keys.pair())
DIGEST = "ab" * 32


@pytest.fixture
def boxes(tmp_path: Path) -> Boxes:
    file = tmp_path / "boxes.json"
    file.write_bytes(msgspec.json.encode({"G12.04": Box(secret="s", receipt_key=PRIVATE)}))
    held = Boxes("http://127.0.0.1:1", file)
    assert held.codes() == ["G12.04"]
    return held


def test_a_receipt_is_the_same_bytes_however_often_it_is_signed(boxes: Boxes) -> None:
    receipt = boxes.receipt(STATUS, DIGEST)
    assert receipt == boxes.receipt(STATUS, DIGEST)
    assert judged(receipt, PUBLIC, DIGEST) is ReceiptVerdict.PROVED


def test_a_receipt_survives_being_written_and_read(boxes: Boxes) -> None:
    receipt = boxes.receipt(STATUS, DIGEST)
    came = edxml.read(edxml.write(with_receipt(STATUS, receipt))).message
    assert isinstance(came, edxml.Status)
    assert receipt_in(came) == receipt and came.description.startswith("Đã tiếp nhận [biên nhận ")


def test_only_its_signer_s_key_and_its_own_document_prove_a_receipt(boxes: Boxes) -> None:
    receipt = boxes.receipt(STATUS, DIGEST)
    head, claims, proof = receipt.split(".")
    other = keys.pair()[1].decode()
    assert judged(receipt, "", DIGEST) is ReceiptVerdict.KEY_UNKNOWN
    assert judged(receipt, other, DIGEST) is ReceiptVerdict.FORGED
    assert judged(f"{head}.{claims}x.{proof}", PUBLIC, DIGEST) is ReceiptVerdict.FORGED
    assert judged(receipt, PUBLIC, "cd" * 32) is ReceiptVerdict.OTHER_DOCUMENT
    assert judged(receipt, PUBLIC, "") is ReceiptVerdict.OTHER_DOCUMENT
    assert judged("", PUBLIC, DIGEST) is None


def test_a_receipt_without_a_signature_or_with_a_shared_secret_proves_nothing() -> None:
    claims = {"fp": DIGEST, "iss": "G12.04"}
    assert judged(jwt.encode(claims, "", algorithm="none"), PUBLIC, DIGEST) is ReceiptVerdict.FORGED
    shared = jwt.encode(claims, "x" * 64, algorithm="HS256")
    assert judged(shared, PUBLIC, DIGEST) is ReceiptVerdict.FORGED


def test_a_box_that_is_opened_later_is_seen(boxes: Boxes, tmp_path: Path) -> None:
    assert boxes.axis("H47.05") is None
    both = {code: Box(secret="s") for code in ("G12.04", "H47.05")}
    (tmp_path / "boxes.json").write_bytes(msgspec.json.encode(both))
    assert boxes.codes() == ["G12.04", "H47.05"]
    assert boxes.axis("H47.05") is not None
    status = msgspec.structs.replace(STATUS, sender=edxml.Party(code="H47.05"))
    assert boxes.receipt(status, DIGEST) == ""
