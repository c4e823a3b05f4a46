"""The words the axis answers with: one shape for what was done, one for what was not."""

import unicodedata
from typing import Any

from contracts.axis import DONE_CODE, DONE_TEXT, FAIL, OK, AxisCode

Told = dict[str, Any]


class Refusal(Exception):
    """The axis answers FAIL with this code, and words without accents."""

    def __init__(self, code: AxisCode, told: str = "") -> None:
        super().__init__(code, told)
        self.code, self.told = code, without_accents(told or code.vi)


def success(**payload: Any) -> Told:
    """The answer of an operation that was done."""
    return {"status": OK, "ErrorCode": DONE_CODE, "ErrorDesc": DONE_TEXT, **payload}


def failure(refusal: Refusal) -> Told:
    """The answer of an operation that was not done."""
    return {"status": FAIL, "ErrorCode": refusal.code.value, "ErrorDesc": refusal.told}


def without_accents(text: str) -> str:
    """Vietnamese as the axis writes it: letters without their marks."""
    plain = text.replace("đ", "d").replace("Đ", "D")
    parts = unicodedata.normalize("NFD", plain)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
