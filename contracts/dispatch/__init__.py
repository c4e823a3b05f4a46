"""Dispatch (phát hành văn bản đi): from a draft to the issued document, and back."""

from __future__ import annotations

from typing import Protocol

from contracts.dispatch.events import (
    Addressee,
    DocumentIssued,
    DraftReturned,
    NumberAssigned,
    OutgoingRegistered,
    RecallAnswered,
    RecallOrdered,
    SignatureRequested,
)
from contracts.dispatch.issuing import (
    Issuing,
)
from contracts.dispatch.paper import (
    CitationRequired,
    NoPaperOwed,
    PaperAlreadyOwed,
    PaperGround,
    PaperItem,
    PaperOwed,
    PaperRule,
    PaperRuleFixed,
    Papers,
    PaperSent,
    PaperState,
    PrintLine,
)
from contracts.dispatch.recalling import (
    Recalling,
)
from contracts.dispatch.refusals import (
    ActOutOfOrder,
    AgencyUnknown,
    CapacityNotHeld,
    DocumentAlreadyDrafted,
    FormatNotSignable,
    NotARecipient,
    NothingToRecall,
    PaperReasonMissing,
    RecipientHasSoftware,
    RecipientIsSender,
    RecipientRepeated,
    RecipientUnknown,
    ReplacementUnequal,
    ReplyDueTooEarly,
    SecretContent,
    SeparateActsRequired,
    SignerNotCompetent,
    TaskOrderTooEarly,
    TasksMissing,
)
from contracts.dispatch.views import (
    OutgoingDocumentView,
    RecallLine,
    RecallOrder,
)
from contracts.dispatch.words import (
    OutgoingAct,
    OutgoingState,
    RecallOutcome,
)
from contracts.envelope import Follows, Told

__all__ = [
    "ActOutOfOrder",
    "Addressee",
    "AgencyUnknown",
    "CapacityNotHeld",
    "CitationRequired",
    "Dispatch",
    "DocumentAlreadyDrafted",
    "DocumentIssued",
    "DraftReturned",
    "FormatNotSignable",
    "Issuing",
    "NoPaperOwed",
    "NotARecipient",
    "NothingToRecall",
    "NumberAssigned",
    "OutgoingAct",
    "OutgoingDocumentView",
    "OutgoingRegistered",
    "OutgoingState",
    "PaperAlreadyOwed",
    "PaperGround",
    "PaperItem",
    "PaperOwed",
    "PaperReasonMissing",
    "PaperRule",
    "PaperRuleFixed",
    "PaperSent",
    "PaperState",
    "Papers",
    "PrintLine",
    "RecallAnswered",
    "RecallLine",
    "RecallOrder",
    "RecallOrdered",
    "RecallOutcome",
    "Recalling",
    "RecipientHasSoftware",
    "RecipientIsSender",
    "RecipientRepeated",
    "RecipientUnknown",
    "ReplacementUnequal",
    "ReplyDueTooEarly",
    "SecretContent",
    "SeparateActsRequired",
    "SignatureRequested",
    "SignerNotCompetent",
    "TaskOrderTooEarly",
    "TasksMissing",
]


class Dispatch(Issuing, Recalling, Papers, Told, Follows, Protocol):
    """What may be asked of dispatch. Acts of one document follow the order of table 3.3."""
