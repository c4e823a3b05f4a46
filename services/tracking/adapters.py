"""The agencies' boxes at the axis, and receipts, signed and proved there (biên nhận)."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import jwt
import msgspec

from contracts import edxml
from contracts.tracking import ReceiptVerdict
from services.kernel.axis import ONCE, Axis

LONGEST = 1000
ALGORITHMS = ["EdDSA", "ES256", "RS256"]
_RECEIPT = re.compile(r"\[biên nhận ([\w-]+\.[\w-]+\.[\w-]+)\]", re.ASCII)
_MARKED = " [biên nhận {}]"


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """What an agency needs at the axis: its secret, and the private key of its receipts in PEM."""

    secret: str
    receipt_key: str = ""
    algorithm: str = "EdDSA"


class Boxes:
    """The boxes in a JSON file, agency code to `Box`; the file is read again when it changes."""

    def __init__(self, url: str, file: Path | None) -> None:
        self._url, self._file, self._read_at = url, file, -1
        self._boxes: dict[str, Box] = {}
        self._held: dict[str, Axis] = {}

    def codes(self) -> list[str]:
        """Whose boxes are ours now."""
        if self._file and self._url and self._file.exists():
            changed_at = self._file.stat().st_mtime_ns
            if changed_at != self._read_at:
                boxes = msgspec.json.decode(self._file.read_bytes(), type=dict[str, Box])
                self._boxes, self._held, self._read_at = boxes, {}, changed_at
        return list(self._boxes)

    def axis(self, code: str) -> Axis | None:
        """The axis asked in an agency's name; nothing where the box is not ours."""
        box = self._boxes.get(code)
        if box is None:
            return None
        if code not in self._held:
            self._held[code] = Axis(self._url, system_id=code, secret=box.secret, retries=ONCE)
        return self._held[code]

    def receipt(self, status: edxml.Status, fingerprint: str) -> str:
        """The signed receipt of an accepted document; nothing where the agency has no key."""
        box = self._boxes.get(status.sender.code)
        return receipt_of(status, fingerprint, box) if box and box.receipt_key else ""


def receipt_of(status: edxml.Status, fingerprint: str, box: Box) -> str:
    """The receipt that goes with a status: the same words give the same bytes, but for P-256."""
    claims = {
        "iss": status.sender.code,
        "aud": status.about.agency,
        "doc": status.about.document_id,
        "code": status.about.code,
        "fp": fingerprint,
        "at": status.at.isoformat() if status.at else "",
    }
    return jwt.encode(claims, _key(box.receipt_key, box.algorithm), algorithm=box.algorithm)


@lru_cache(maxsize=256)
def _key(pem: str, algorithm: str) -> Any:
    """The private key, read and checked once: for RSA that costs more than twenty receipts."""
    return jwt.get_algorithm_by_name(algorithm).prepare_key(pem)


def with_receipt(status: edxml.Status, receipt: str) -> edxml.Status:
    """The status with the receipt in its description, where the axis leaves it alone."""
    mark = _MARKED.format(receipt)
    words = status.description[: LONGEST - len(mark)]
    return msgspec.structs.replace(status, description=words + mark)


def receipt_in(status: edxml.Status) -> str:
    """The receipt that a status carries; empty for none."""
    found = _RECEIPT.search(status.description)
    return found[1] if found else ""


def judged(receipt: str, key: str, fingerprint: str) -> ReceiptVerdict | None:
    """What a receipt is worth: `key` proves the recipient's, `fingerprint` is our document's."""
    if not receipt:
        return None
    if not key:
        return ReceiptVerdict.KEY_UNKNOWN
    try:
        claims = jwt.decode(
            receipt, key, algorithms=ALGORITHMS, options={"verify_aud": False, "require": ["fp"]}
        )
    except (jwt.PyJWTError, ValueError, TypeError):
        return ReceiptVerdict.FORGED
    same = bool(fingerprint) and claims["fp"] == fingerprint
    return ReceiptVerdict.PROVED if same else ReceiptVerdict.OTHER_DOCUMENT
