"""Every event that intake records, as its stored sample under `stored_events/` has it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from contracts.envelope import Actor
from contracts.intake import Channel, CompletionResult, Origin, RecallFacts, UpdateFacts
from contracts.signing import SignatureSummary
from contracts.values import (
    DocumentKind,
    FileRef,
    LegalValue,
    Number,
    RefusalCode,
    Secrecy,
    SignerRole,
    Urgency,
    Verdict,
)
from contracts.working_time import VIETNAM
from services.intake.domain import IncomingDocument, RegisterLine
from services.kernel.aggregate import Aggregate
from services.kernel.context import Circumstances, acting
from tests.intake.office import DUE, MONDAY, OURS, REPORT, TO_OTHERS, TO_UNIT

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
FILE = FileRef(name="cong-van.pdf", sha256="0" * 64, size=1000)
SEALED = replace(FILE, sealed_for_id=UUID(int=1))
ORDER = RecallFacts(
    order_id=UUID(int=6),
    reason="Ban hành nhầm",
    basis="Thông báo 12/TB-SNV",
    received_at=MONDAY,
    due_at=MONDAY.replace(hour=17),
)
UPDATE = UpdateFacts(
    update_id=UUID(int=11),
    subject="Về việc báo cáo số giường bệnh (sửa)",
    files=[FILE],
    reply=None,
    reason="Sai biểu mẫu",
    received_at=MONDAY,
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
    (IncomingDocument.FilesAdmitted, {"files": [SEALED], "report": REPORT}),
    (
        IncomingDocument.FilesRejected,
        {
            "gate": "DAMAGED",
            "code": RefusalCode.UNREADABLE,
            "reason": "Tệp hỏng",
            "report": REPORT,
        },
    ),
    (
        IncomingDocument.SetApart,
        {
            "code": RefusalCode.MALWARE,
            "entered_at": MONDAY,
            "gate": "EXECUTABLE",
            "report": REPORT,
        },
    ),
    (
        IncomingDocument.Returned,
        {"code": RefusalCode.NOT_COMPETENT, "reason": "Không thuộc chức năng của Sở"},
    ),
    (IncomingDocument.DuplicateAccepted, {"note": "Bản bổ sung"}),
    (IncomingDocument.PaperExpected, {}),
    (IncomingDocument.PaperReceived, {"received_at": MONDAY, "addressee": "Phòng Nghiệp vụ"}),
    (IncomingDocument.AssignmentSentBack, {"reason": "Không thuộc nhiệm vụ của phòng"}),
    (
        IncomingDocument.DeadlineExtended,
        {"due_on": date(2026, 3, 25), "reason": "Chờ số liệu của huyện"},
    ),
    (
        IncomingDocument.Reassigned,
        {"assignment": TO_OTHERS, "directed_by": "lan", "reassigned_at": MONDAY},
    ),
    (IncomingDocument.Reopened, {"reason": "Bổ sung số liệu"}),
    (IncomingDocument.FollowerNamed, {"follower": "tam"}),
    (
        IncomingDocument.RecalledAhead,
        {
            "order": ORDER,
            "entered_at": MONDAY,
            "effective_at": MONDAY,
            "calendar": CALENDAR,
        },
    ),
    (IncomingDocument.RecallReceived, {"order": ORDER}),
    (IncomingDocument.CancellationOrdered, {}),
    (IncomingDocument.Cancelled, {"cancelled_at": MONDAY, "orders": [ORDER.order_id]}),
    (
        IncomingDocument.ArrivedRecalled,
        _RECEIPT
        | {
            "urgency": Urgency.ORDINARY,
            "channel": Channel.AXIS,
            "orders": [ORDER.order_id],
        },
    ),
    (IncomingDocument.RecallRepeated, {"order": ORDER}),
    (
        IncomingDocument.RecallDeclined,
        {
            "reason": "Đã phát hành văn bản trả lời",
            "declined_at": MONDAY,
            "orders": [ORDER.order_id],
        },
    ),
    (IncomingDocument.UpdateReceived, {"update": UPDATE}),
    (
        IncomingDocument.UpdateAdmitted,
        {"update_id": UPDATE.update_id, "files": [SEALED], "report": REPORT},
    ),
    (
        IncomingDocument.UpdateRejected,
        {"update_id": UPDATE.update_id, "gate": "DAMAGED", "report": REPORT},
    ),
    (
        IncomingDocument.UpdateVerified,
        {"update_id": UPDATE.update_id, "verdict": Verdict.TRUSTED},
    ),
    (
        IncomingDocument.UpdateApplied,
        {
            "update_id": UPDATE.update_id,
            "edition": 2,
            "subject": UPDATE.subject,
            "files": [SEALED],
            "reply": None,
        },
    ),
    (
        IncomingDocument.UpdateDeclined,
        {"update_id": UPDATE.update_id, "reason": "Đã xử lý xong"},
    ),
    (IncomingDocument.Superseded, {"superseded_by_id": UUID(int=8)}),
    (
        IncomingDocument.AssignmentInherited,
        {
            "from_document_id": UUID(int=7),
            "assignment": TO_UNIT,
            "transferred_at": MONDAY,
            "on_time": True,
        },
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
