"""A signature is made once, or fails with a reason."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from uuid import UUID

from contracts.signing import RevisionChanged, SignatureNotAwaited, WorkAlreadyConcluded
from contracts.values import (
    FileRef,
    OutgoingNumber,
    Placements,
    SignatureLevel,
    SignerRole,
    named_id,
)
from services.kernel.aggregate import Aggregate


class Progress(StrEnum):
    """How far a piece of heavy work is; AWAITED: the signer's own device must do a part."""

    REQUESTED = "REQUESTED"
    AWAITED = "AWAITED"
    DONE = "DONE"
    FAILED = "FAILED"


OPEN = (Progress.REQUESTED, Progress.AWAITED)


def signature_id(document_id: UUID, role: SignerRole) -> UUID:
    """Identity of the signature of one role on one document."""
    return named_id("signature", document_id, role)


class Signature(Aggregate, service="signing"):
    """One signature to be made on a document (chữ ký số, R9.2b)."""

    document_id: UUID
    agency: str
    role: SignerRole
    holder: str
    file: FileRef
    placements: Placements | None
    number: OutgoingNumber | None
    level: SignatureLevel = SignatureLevel.B_T
    attachments: list[FileRef] = field(default_factory=list)
    progress: Progress = Progress.REQUESTED
    session: UUID | None = None

    class Requested(Aggregate.Created):
        document_id: UUID
        agency: str
        role: SignerRole
        holder: str
        file: FileRef
        placements: Placements | None
        number: OutgoingNumber | None
        level: SignatureLevel = SignatureLevel.B_T
        attachments: list[FileRef] = field(default_factory=list)

    class RequestedAgain(Aggregate.Event):
        """After a failure: the same role, perhaps another file or holder."""

        holder: str
        file: FileRef
        placements: Placements | None
        number: OutgoingNumber | None
        level: SignatureLevel = SignatureLevel.B_T
        attachments: list[FileRef] = field(default_factory=list)

        def apply(self, signature: Signature) -> None:
            signature.holder, signature.file = self.holder, self.file
            signature.placements, signature.number = self.placements, self.number
            signature.level, signature.attachments = self.level, self.attachments
            signature.progress = Progress.REQUESTED

    class DeviceAwaited(Aggregate.Event):
        """The key is in the signer's own hands: he opens a session when he is ready."""

        def apply(self, signature: Signature) -> None:
            signature.progress = Progress.AWAITED

    class SessionOpened(Aggregate.Event):
        session: UUID

        def apply(self, signature: Signature) -> None:
            signature.session = self.session

    class Made(Aggregate.Event):
        """`file` is the new revision, `attachments` those of the files beside it, in order."""

        document_id: UUID
        agency: str
        role: SignerRole
        file: FileRef
        attachments: list[FileRef] = field(default_factory=list)

        def apply(self, signature: Signature) -> None:
            signature.progress = Progress.DONE

    class Failed(Aggregate.Event):
        document_id: UUID
        agency: str
        role: SignerRole
        code: str
        reason: str

        def apply(self, signature: Signature) -> None:
            signature.progress = Progress.FAILED

    def await_device(self) -> None:
        """A worker found that the key is in the signer's own hands."""
        if self.progress is not Progress.REQUESTED:
            raise WorkAlreadyConcluded(id=str(self.id))
        self.trigger_event(self.DeviceAwaited)

    def open_session(self, session: UUID, sha256: str) -> None:
        """The signer begins, on the very file he saw."""
        self.check_awaited()
        if self.file.sha256 != sha256:
            raise RevisionChanged(sha256=self.file.sha256)
        self.trigger_event(self.SessionOpened, session=session)

    def check_awaited(self) -> None:
        """Refuse where no signature is waited for."""
        if self.progress not in OPEN:
            raise SignatureNotAwaited(document_id=str(self.document_id))

    def made(self, file: FileRef, attachments: list[FileRef] | None = None) -> None:
        """A worker made it."""
        self._still_open()
        made = attachments or []
        self.trigger_event(self.Made, **self._of(), file=file, attachments=made)

    def failed(self, code: str, reason: str) -> None:
        """A worker could not make it."""
        self._still_open()
        self.trigger_event(self.Failed, **self._of(), code=code, reason=reason)

    def _of(self) -> dict[str, object]:
        return {"document_id": self.document_id, "agency": self.agency, "role": self.role}

    def _still_open(self) -> None:
        if self.progress not in OPEN:
            raise WorkAlreadyConcluded(id=str(self.id))
