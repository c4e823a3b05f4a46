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
    "Dispatch",
    "DocumentAlreadyDrafted",
    "DocumentIssued",
    "DraftReturned",
    "FormatNotSignable",
    "Issuing",
    "NotARecipient",
    "NothingToRecall",
    "NumberAssigned",
    "OutgoingAct",
    "OutgoingDocumentView",
    "OutgoingRegistered",
    "OutgoingState",
    "PaperReasonMissing",
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


class Dispatch(Issuing, Recalling, Told, Follows, Protocol):
    """What may be asked of dispatch. Acts of one document follow the order of table 3.3."""
