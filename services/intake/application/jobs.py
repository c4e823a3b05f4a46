"""Jobs for intake's workers, read from its own log: losing the queues loses nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from contracts.values import Urgency
from services.intake.domain import IncomingDocument as Document
from services.kernel.joblog import Work, topics_of

QUEUE, URGENT = "jobs-intake", "jobs-intake-urgent"
CHECKED = (Document.FilesAdmitted, Document.FilesRejected, Document.SetApart, Document.Cancelled)
UPDATE_CHECKED = (Document.UpdateAdmitted, Document.UpdateRejected)
TOPICS = topics_of(
    Document.Arrived,
    Document.CancellationOrdered,
    Document.UpdateReceived,
    *CHECKED,
    *UPDATE_CHECKED,
)


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Work for a worker: `check` the files of a document or an update, or `destroy` them."""

    kind: str
    document_id: UUID
    update_id: UUID | None = None


def means(event: Any) -> Work:
    """What a recorded event means for the workers. Of one document one job is open at a time."""
    id = event.originator_id
    match event:
        case Document.Arrived():
            urgent = event.urgency is not Urgency.ORDINARY
            return Work(f"document/{id}", Job(kind="check", document_id=id), urgent)
        case Document.CancellationOrdered():
            return Work(f"document/{id}", Job(kind="destroy", document_id=id), urgent=True)
        case Document.UpdateReceived():
            update_id = event.update.update_id
            job = Job(kind="check", document_id=id, update_id=update_id)
            return Work(f"update/{update_id}", job)
        case Document.UpdateAdmitted() | Document.UpdateRejected():
            return Work(f"update/{event.update_id}")
    return Work(f"document/{id}")
