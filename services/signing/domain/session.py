"""A session of two phases: bytes to sign are prepared, a device gives the value, it is put in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from contracts.signing import (
    SessionConflict,
    SessionExpired,
    SessionNotOpen,
    SessionState,
    SignatureAlgorithm,
    SigningSession,
    WorkAlreadyConcluded,
)
from contracts.values import FileRef, SignerRole
from services.kernel.aggregate import Aggregate


class Unsigned(msgspec.Struct, frozen=True, kw_only=True):
    """A signature that lacks its value, kept between the phases in plain bytes.

    `file` is the new revision with an empty container in `region`; `digest` that of the rest (hex),
    `to_sign` the signed attributes and `certificate` the signer's (DER in base64); `hashed` the
    digest of `to_sign` (hex).
    """

    file: FileRef
    region: tuple[int, int]
    digest: str
    to_sign: str
    hashed: str
    certificate: str
    algorithm: SignatureAlgorithm


class Session(Aggregate, service="signing"):
    """One signature in two phases (phiên ký): any worker can do either."""

    signature: UUID
    document_id: UUID
    agency: str
    role: SignerRole
    file: FileRef
    expires_at: datetime
    state: SessionState = SessionState.PREPARING
    unsigned: Unsigned | None = None
    value: str = ""
    signed: FileRef | None = None
    code: str = ""
    reason: str = ""

    class Opened(Aggregate.Created):
        signature: UUID
        document_id: UUID
        agency: str
        role: SignerRole
        file: FileRef
        expires_at: datetime

    class Prepared(Aggregate.Event):
        unsigned: Unsigned

        def apply(self, session: Session) -> None:
            session.state, session.unsigned = SessionState.OPEN, self.unsigned

    class ValueGiven(Aggregate.Event):
        value: str

        def apply(self, session: Session) -> None:
            session.state, session.value = SessionState.CHECKING, self.value
            session.code = session.reason = ""

    class ValueRefused(Aggregate.Event):
        """It is no signature of the signer's key: the device may try again."""

        code: str
        reason: str

        def apply(self, session: Session) -> None:
            session.state, session.value = SessionState.OPEN, ""
            session.code, session.reason = self.code, self.reason

    class Completed(Aggregate.Event):
        """`file` is the new revision."""

        file: FileRef

        def apply(self, session: Session) -> None:
            session.state, session.signed = SessionState.DONE, self.file

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

    def give(self, value: str, now: datetime) -> None:
        """The device gave the value. The same again is nothing new."""
        if self.value == value:
            return
        state = self.state_at(now)
        if state is SessionState.EXPIRED:
            raise SessionExpired(expires_at=self.expires_at.isoformat())
        if state is not SessionState.OPEN:
            raise SessionNotOpen(state_vi=state.vi, state_en=state.en)
        self.trigger_event(self.ValueGiven, value=value)

    def prepared(self, unsigned: Unsigned) -> None:
        """A worker prepared it."""
        self._still(SessionState.PREPARING)
        self.trigger_event(self.Prepared, unsigned=unsigned)

    def value_refused(self, code: str, reason: str) -> None:
        """A worker found that the value is not the signer's."""
        self._still(SessionState.CHECKING)
        self.trigger_event(self.ValueRefused, code=code, reason=reason)

    def completed(self, file: FileRef) -> None:
        """A worker put the value in."""
        self._still(SessionState.CHECKING)
        self.trigger_event(self.Completed, file=file)

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
            file=self.signed,
            code=self.code,
            reason=self.reason,
        )
