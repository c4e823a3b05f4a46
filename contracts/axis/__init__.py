"""The exchange axis (trục liên thông) spoken to over HTTP: words alone, no network.

    asked = questions.send(data, MessageType.DOCUMENT, sender="H47.05")
    question = signed(asked, system_id="H47.05", secret=secret, at=now)   # headers and bytes
    answer = understood(asked, status, body)                             # a struct, or a refusal

The other side checks what was signed with `checked`.
"""

from . import questions
from .questions import understood
from .signing import Checked, Question, checked, file_hash, signed, stamp, without_line_end
from .words import (
    BASE,
    DONE_CODE,
    DONE_TEXT,
    FAIL,
    OK,
    SERVICE_TYPE,
    Answer,
    Ask,
    AxisCode,
    AxisRefused,
    Counted,
    Deliveries,
    Delivery,
    Fetched,
    MessageType,
    Operation,
    Package,
    Packages,
    PackageState,
    Registration,
    Sent,
    Unit,
    Units,
)

__all__ = [
    "BASE",
    "DONE_CODE",
    "DONE_TEXT",
    "FAIL",
    "OK",
    "SERVICE_TYPE",
    "Answer",
    "Ask",
    "AxisCode",
    "AxisRefused",
    "Checked",
    "Counted",
    "Deliveries",
    "Delivery",
    "Fetched",
    "MessageType",
    "Operation",
    "Package",
    "PackageState",
    "Packages",
    "Question",
    "Registration",
    "Sent",
    "Unit",
    "Units",
    "checked",
    "file_hash",
    "questions",
    "signed",
    "stamp",
    "understood",
    "without_line_end",
]
