"""A session of two phases: bytes to sign are prepared, a device gives the value, it is put in."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from uuid import UUID

import msgspec

from contracts.signing import (
    SessionConflict,
    SessionExpired,
    SessionNotOpen,
    SessionState,
    SignatureAlgorithm,
    SignatureValuesUnequal,
    SigningSession,
    ToSignBeside,
    WorkAlreadyConcluded,
)
from contracts.values import FileRef, SignerRole
from services.kernel.aggregate import Aggregate


class Unsigned(msgspec.Struct, frozen=True, kw_only=True):
    """A signature that lacks its value, kept between the phases in plain bytes.

    `file` is the new revision with an empty container in `region` of `field`; `digest` that of the
    rest (hex), `to_sign` the signed attributes and `certificate` the signer's (DER in base64);
    `hashed` the digest of `to_sign` (hex).
    """

    file: FileRef
    region: tuple[int, int]
    digest: str
    to_sign: str
    hashed: str
    certificate: str
    algorithm: SignatureAlgorithm
    field: str = ""


class Session(Aggregate, service="signing"):
    """A signature and those of the attachments in two phases (phiên ký): any worker does either.

    What is `beside` stands in the order of the attachments.
    """

    signature: UUID
    document_id: UUID
    agency: str
    role: SignerRole
    file: FileRef
    expires_at: datetime
    attachments: list[FileRef] = field(default_factory=list)
    state: SessionState = SessionState.PREPARING
    unsigned: Unsigned | None = None
    beside: list[Unsigned] = field(default_factory=list)
    value: str = ""
    values_beside: list[str] = field(default_factory=list)
    signed: FileRef | None = None
    signed_beside: list[FileRef] = field(default_factory=list)
    code: str = ""
    reason: str = ""

    class Opened(Aggregate.Created):
        signature: UUID
        document_id: UUID
        agency: str
        role: SignerRole
        file: FileRef
        expires_at: datetime
        attachments: list[FileRef] = field(default_factory=list)

    class Prepared(Aggregate.Event):
        unsigned: Unsigned
        beside: list[Unsigned] = field(default_factory=list)

        def apply(self, session: Session) -> None:
            session.state, session.unsigned = SessionState.OPEN, self.unsigned
            session.beside = self.beside

    class ValueGiven(Aggregate.Event):
        value: str
        beside: list[str] = field(default_factory=list)

        def apply(self, session: Session) -> None:
            session.state, session.value = SessionState.CHECKING, self.value
            session.values_beside = self.beside
            session.code = session.reason = ""

    class ValueRefused(Aggregate.Event):
        """One is no signature of the signer's key: the device may try again."""

        code: str
        reason: str

        def apply(self, session: Session) -> None:
            session.state, session.value, session.values_beside = SessionState.OPEN, "", []
            session.code, session.reason = self.code, self.reason

    class Completed(Aggregate.Event):
        """`file` is the new revision, `attachments` those of the files beside it."""

        file: FileRef
        attachments: list[FileRef] = field(default_factory=list)

        def apply(self, session: Session) -> None:
            session.state, session.signed = SessionState.DONE, self.file
            session.signed_beside = self.attachments

    class Failed(Aggregate.Event):
        code: str
        reason: str

        def apply(self, session: Session) -> None:
            session.state = SessionState.FAILED
            session.code, session.reason = self.code, self.reason

    def state_at(self, now: datetime) -> SessionState:
        """The state at an instant: a session that waits too long is over."""
        waits = self.state in (SessionState.PREPARING, SessionState.OPEN)
        return SessionState.EXPIRED if waits and now >= self.expires_at else self.state

    def make_way(self, now: datetime) -> None:
        """Refuse another session while this one is open."""
        if self.state_at(now) in (
            SessionState.PREPARING,
            SessionState.OPEN,
            SessionState.CHECKING,
        ):
            raise SessionConflict(session_id=str(self.id), expires_at=self.expires_at.isoformat())

    def give(self, value: str, beside: list[str], now: datetime) -> None:
        """The device gave the values. The same again is nothing new."""
        if (self.value, self.values_beside) == (value, beside):
            return
        state = self.state_at(now)
        if state is SessionState.EXPIRED:
            raise SessionExpired(expires_at=self.expires_at.isoformat())
        if state is not SessionState.OPEN:
            raise SessionNotOpen(state_vi=state.vi, state_en=state.en)
        if len(beside) != len(self.beside):
            raise SignatureValuesUnequal(expected=len(self.beside), given=len(beside))
        self.trigger_event(self.ValueGiven, value=value, beside=beside)

    def prepared(self, unsigned: Unsigned, beside: list[Unsigned]) -> None:
        """A worker prepared it."""
        self._still(SessionState.PREPARING)
        self.trigger_event(self.Prepared, unsigned=unsigned, beside=beside)

    def value_refused(self, code: str, reason: str) -> None:
        """A worker found that the value is not the signer's."""
        self._still(SessionState.CHECKING)
        self.trigger_event(self.ValueRefused, code=code, reason=reason)

    def completed(self, file: FileRef, attachments: list[FileRef]) -> None:
        """A worker put the values in."""
        self._still(SessionState.CHECKING)
        self.trigger_event(self.Completed, file=file, attachments=attachments)

    def failed(self, code: str, reason: str) -> None:
        """A worker could not do its part, or the signer gave up."""
        self._still(SessionState.PREPARING, SessionState.OPEN, SessionState.CHECKING)
        self.trigger_event(self.Failed, code=code, reason=reason)

    def _still(self, *states: SessionState) -> None:
        if self.state not in states:
            raise WorkAlreadyConcluded(id=str(self.id))

    def view(self, now: datetime) -> SigningSession:
        """The session as it is at an instant."""
        unsigned = self.unsigned
        return SigningSession(
            session_id=self.id,
            document_id=self.document_id,
            role=self.role,
            state=self.state_at(now),
            expires_at=self.expires_at,
            to_sign=unsigned.to_sign if unsigned else "",
            digest=unsigned.hashed if unsigned else "",
            algorithm=unsigned.algorithm if unsigned else None,
            beside=[
                ToSignBeside(file=file, to_sign=one.to_sign, digest=one.hashed)
                for file, one in zip(self.attachments, self.beside, strict=False)
            ],
            file=self.signed,
            attachments=self.signed_beside,
            code=self.code,
            reason=self.reason,
        )
