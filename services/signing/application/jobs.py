"""Jobs for the workers, read from signing's own log: losing the queue loses nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from services.kernel.joblog import Work, topics_of
from services.signing.domain import Copy, Paper, Proof, Session, Signature, Verification

QUEUE = "jobs-signing"
OPENING = (
    Signature.Requested,
    Signature.RequestedAgain,
    Session.Opened,
    Session.ValueGiven,
    Verification.Requested,
    Verification.ReportRequested,
    Copy.SealRequested,
    Paper.Scanned,
    Paper.ScannedAgain,
    Proof.ExtensionRequested,
)
CLOSING = (
    Signature.Made,
    Signature.DeviceAwaited,
    Signature.Failed,
    Session.Prepared,
    Session.ValueRefused,
    Session.Completed,
    Session.Failed,
    Verification.Concluded,
    Verification.Reported,
    Copy.Made,
    Copy.Failed,
    Paper.Digitised,
    Paper.Failed,
    Proof.Extended,
    Proof.ExtensionFailed,
)
TOPICS = topics_of(*OPENING, *CLOSING)


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Work for a worker: what kind of thing, and which."""

    kind: str
    id: UUID


def means(event: Any) -> Work:
    """What a recorded event means for the workers."""
    kind = vars(type(event))["TOPIC"].split(".")[1].lower()
    job = Job(kind=kind, id=event.originator_id) if isinstance(event, OPENING) else None
    return Work(f"{kind}/{event.originator_id}", job)
