"""An incoming document: what is known of it. Its events and acts stand beside.

`arrival` and `checks` have those at the door, `handling` those inside the agency, `paper_copy`
those of its paper, `recall` and `renewal` those of its sender's recall, update or replacement.
"""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from contracts.intake import (
    Channel,
    Checks,
    CompletionResult,
    IncomingDocumentView,
    IncomingState,
    Issuer,
    Origin,
    Paper,
    RecallFacts,
    RefusalProposal,
    UpdateFacts,
)
from contracts.signing import SignatureSummary
from contracts.values import (
    Assignment,
    DocumentKind,
    FileRef,
    LegalValue,
    Number,
    ReplyRequest,
    Urgency,
    Verdict,
)
from contracts.working_time import day_of
from services.intake.domain import arrival, checks, handling, paper_copy, recall, renewal
from services.intake.domain.act import Act
from services.intake.domain.order import checks_of, proposal_of
from services.intake.domain.register import BOOK, RegisterLine, series_id
from services.kernel.aggregate import Aggregate


class IncomingDocument(Aggregate, service="intake"):
    """An incoming document (văn bản đến): table 3.2, from arrival to the closing act.

    Born by `Arrived`; by `Quarantined` when it bears a secrecy mark, then only the envelope's facts
    are here (R1.2); by `RecalledAhead` when its recall overtook it, then it is not `here` yet.
    `earlier` are documents it seems to repeat. `before_recall` is the state a recall interrupted.
    """

    agency: str
    origin: Origin
    entered_at: datetime
    effective_at: datetime
    calendar: str
    kind: DocumentKind = DocumentKind.LETTER
    subject: str = ""
    urgency: Urgency = Urgency.ORDINARY
    files: list[FileRef] = field(default_factory=list)
    reply: ReplyRequest | None = None
    channel: Channel = Channel.PLATFORM
    issuer: Issuer | None = None
    sent_at: datetime | None = None
    answer_due_at: datetime | None = None
    replaces: list[UUID] = field(default_factory=list)
    earlier: list[UUID] = field(default_factory=list)
    here: bool = True
    state: IncomingState = IncomingState.ARRIVED
    gate: str = ""
    rejection: RefusalProposal | None = None
    verdict: Verdict | None = None
    legal_value: LegalValue | None = None
    signatures: list[SignatureSummary] = field(default_factory=list)
    gate_report: FileRef | None = None
    reports: list[FileRef] = field(default_factory=list)
    duplicate_decided: bool = False
    line: RegisterLine | None = None
    registered_at: datetime | None = None
    leader: str = ""
    assignment: Assignment | None = None
    directed_by: str = ""
    transferred_at: datetime | None = None
    transferred_on_time: bool | None = None
    handler: str = ""
    follower: str = ""
    replies: list[UUID] = field(default_factory=list)
    result: CompletionResult | None = None
    completed_at: datetime | None = None
    paper: Paper = Paper.NONE
    before_recall: IncomingState | None = None
    cancelling: bool = False
    recalls: list[RecallFacts] = field(default_factory=list)
    updates: list[UpdateFacts] = field(default_factory=list)
    edition: int = 1
    superseded_by_id: UUID | None = None

    Arrived = arrival.Arrived
    Quarantined = arrival.Quarantined
    FilesAdmitted = checks.FilesAdmitted
    FilesRejected = checks.FilesRejected
    SetApart = checks.SetApart
    ChecksRecorded = checks.ChecksRecorded
    Refused = arrival.Refused
    Returned = arrival.Returned
    DuplicateAccepted = arrival.DuplicateAccepted
    Registered = arrival.Registered
    PaperExpected = paper_copy.PaperExpected
    PaperReceived = paper_copy.PaperReceived

    Presented = handling.Presented
    Directed = handling.Directed
    Transferred = handling.Transferred
    AssignmentSentBack = handling.AssignmentSentBack
    HandlingStarted = handling.HandlingStarted
    DeadlineExtended = handling.DeadlineExtended
    Reassigned = handling.Reassigned
    Answered = handling.Answered
    Completed = handling.Completed
    Reopened = handling.Reopened
    FollowerNamed = handling.FollowerNamed

    RecalledAhead = recall.RecalledAhead
    RecallReceived = recall.RecallReceived
    CancellationOrdered = recall.CancellationOrdered
    Cancelled = recall.Cancelled
    ArrivedRecalled = recall.ArrivedRecalled
    RecallRepeated = recall.RecallRepeated
    RecallDeclined = recall.RecallDeclined
    UpdateReceived = renewal.UpdateReceived
    UpdateAdmitted = renewal.UpdateAdmitted
    UpdateRejected = renewal.UpdateRejected
    UpdateVerified = renewal.UpdateVerified
    UpdateApplied = renewal.UpdateApplied
    UpdateDeclined = renewal.UpdateDeclined
    Superseded = renewal.Superseded
    AssignmentInherited = renewal.AssignmentInherited

    arrive = classmethod(arrival.arrive)
    quarantine = classmethod(arrival.quarantine)
    waits_for_gate = checks.waits_for_gate
    admit = checks.admit
    reject = checks.reject
    set_apart = checks.set_apart
    record_checks = checks.record_checks
    refuse = arrival.refuse
    send_home = arrival.send_home
    accept_duplicate = arrival.accept_duplicate
    register = arrival.register
    enter = arrival.enter
    expect_paper = paper_copy.expect_paper
    receive_paper = paper_copy.receive_paper

    present = handling.present
    direct = handling.direct
    transfer = handling.transfer
    transfer_directly = handling.transfer_directly
    send_back = handling.send_back
    start_handling = handling.start_handling
    extend = handling.extend
    reassign = handling.reassign
    answer = handling.answer
    complete = handling.complete
    reopen = handling.reopen
    name_follower = handling.name_follower

    recall_ahead = classmethod(recall.recall_ahead)
    take_recall = recall.take_recall
    cancel = recall.cancel
    destroyed = recall.destroyed
    come_recalled = recall.come_recalled
    decline_recall = recall.decline_recall
    take_update = renewal.take_update
    admit_update = renewal.admit_update
    reject_update = renewal.reject_update
    verify_update = renewal.verify_update
    apply_update = renewal.apply_update
    decline_update = renewal.decline_update
    supersede = renewal.supersede
    take_over = renewal.take_over

    def happened(self, event: type[Act], **facts: Any) -> None:
        """Record an act with the facts that every act bears."""
        self.trigger_event(event, agency=self.agency, origin=self.origin, **facts)

    def settle(self, outcome: str, at: datetime, reason: str = "") -> None:
        """Every pending recall came to this outcome."""
        answered = {"outcome": outcome, "answered_at": at, "decline_reason": reason}
        self.recalls = [
            replace(order, **answered) if order.outcome == "pending" else order
            for order in self.recalls
        ]

    def change_update(self, update_id: UUID, **changes: Any) -> None:
        """One of the updates is now so."""
        self.updates = [
            replace(update, **changes) if update.update_id == update_id else update
            for update in self.updates
        ]

    def series(self, book: str = BOOK) -> UUID:
        """The series that numbers it in a book: that of the year of its effective receipt."""
        return series_id(self.agency, day_of(self.effective_at).year, book)

    @property
    def number(self) -> Number | None:
        """Its arrival number, once it is registered."""
        return self.line.number if self.line else None

    @property
    def transfer_due_at(self) -> datetime | None:
        """The last instant for its transfer, once it is registered."""
        return self.line.transfer_due_at if self.line else None

    @property
    def paper_addressee(self) -> str:
        """To whom the paper copy goes: the lead unit, once there is one (NB-3)."""
        expected = self.paper is not Paper.NONE
        return self.assignment.lead if expected and self.assignment else ""

    @property
    def checks(self) -> Checks:
        """What was found before accepting it (R8.1a)."""
        return checks_of(self.gate, self.verdict)

    @property
    def proposal(self) -> RefusalProposal | None:
        """What the checks propose while it is not registered yet (NB-4)."""
        if self.state is not IncomingState.ARRIVED:
            return None
        return self.rejection or proposal_of(self.verdict, self.legal_value, self.signatures)

    def view(self) -> IncomingDocumentView:
        """The document as it is now."""
        names = set(IncomingDocumentView.__struct_fields__) - {"document_id"}
        return IncomingDocumentView(
            document_id=self.id, **{name: getattr(self, name) for name in names}
        )
