"""Every event that intake records, as its stored sample under `stored_events/` has it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from contracts.envelope import Actor
from contracts.intake import CompletionResult, Origin
from contracts.values import (
    DocumentKind,
    LegalValue,
    Number,
    RefusalCode,
    Secrecy,
    SignatureSummary,
    SignerRole,
    Urgency,
    Verdict,
)
from contracts.working_time import VIETNAM
from services.intake.domain import IncomingDocument, RegisterLine
from services.kernel.aggregate import Aggregate
from services.kernel.context import Circumstances, acting
from tests.intake.office import DUE, FILE, MONDAY, OURS, TO_UNIT

SAMPLES = Path(__file__).parent / "stored_events"
CALENDAR = "A/0123456789ab"
ORIGIN = Origin(
    agency="H47.05",
    agency_name="Sở Nội vụ",
    document_id=UUID(int=9),
    document_code="H47.05.2026.000007",
    notation="07/SNV-VP",
    issued_on=date(2026, 2, 27),
)
CLERK = Circumstances(
    actor=Actor(person="hoa", name="Lê Hoa", post="Văn thư", agency=OURS),
    trace="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    command_id=UUID(int=5),
)
_RECEIPT: dict[str, Any] = {
    "kind": DocumentKind.LETTER,
    "entered_at": MONDAY,
    "effective_at": MONDAY,
    "calendar": CALENDAR,
}
_FACTS: list[tuple[Any, dict[str, Any]]] = [
    (
        IncomingDocument.Arrived,
        _RECEIPT
        | {
            "subject": "Về việc báo cáo số giường bệnh",
            "urgency": Urgency.URGENT,
            "files": [FILE],
            "reply": DUE,
            "answer_due_at": datetime(2026, 3, 3, tzinfo=VIETNAM),
        },
    ),
    (IncomingDocument.Quarantined, _RECEIPT | {"secrecy": Secrecy.SECRET}),
    (
        IncomingDocument.ChecksRecorded,
        {
            "verdict": Verdict.TRUSTED,
            "legal_value": LegalValue.ORIGINAL,
            "signatures": [
                SignatureSummary(
                    signer="Trần Dũng",
                    role=SignerRole.LEADER,
                    serial="0a1b",
                    signed_at=MONDAY,
                    verdict=Verdict.TRUSTED,
                )
            ],
        },
    ),
    (
        IncomingDocument.Refused,
        {
            "code": RefusalCode.INTEGRITY_FAILED,
            "reason": "Tệp bị hỏng",
            "verdict": Verdict.BROKEN,
        },
    ),
    (
        IncomingDocument.Registered,
        {
            "line": RegisterLine(
                number=Number(number=1, agency=OURS, book="incoming", year=2026),
                arrived_on=MONDAY.date(),
                legal_value=LegalValue.ORIGINAL,
                paperless=True,
                transfer_due_at=MONDAY.replace(hour=11),
                rule="R5.2b-2",
                calendar=CALENDAR,
            )
        },
    ),
    (IncomingDocument.Presented, {"leader": "lan"}),
    (IncomingDocument.Directed, {"assignment": TO_UNIT}),
    (
        IncomingDocument.Transferred,
        {"assignment": TO_UNIT, "transferred_at": MONDAY, "on_time": True},
    ),
    (IncomingDocument.HandlingStarted, {}),
    (
        IncomingDocument.Answered,
        {
            "reply_document_id": UUID(int=2),
            "reply_notation": "02/SYT-VP",
            "answered_on": date(2026, 3, 9),
        },
    ),
    (
        IncomingDocument.Completed,
        {"result": CompletionResult.REPLIED, "note": "Đã trả lời", "completed_at": MONDAY},
    ),
]


def _recorded(event: Any, facts: dict[str, Any]) -> Any:
    first = issubclass(event, Aggregate.Created)
    place: dict[str, Any] = {"originator_topic": "intake.IncomingDocument"} if first else {}
    with acting(CLERK):
        return event(
            originator_id=UUID(int=1),
            originator_version=1 if first else 2,
            timestamp=MONDAY,
            agency=OURS,
            origin=ORIGIN,
            after="" if first else "f" * 64,
            **place,
            **facts,
        )


RECORDED: dict[str, Any] = {event.TOPIC: _recorded(event, facts) for event, facts in _FACTS}
"""By topic."""
