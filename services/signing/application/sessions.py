"""Sessions: a signer with a device of his own signs in two phases; workers do the heavy parts."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from uuid import UUID

from contracts.errors import Denied
from contracts.signing import SessionState, SigningSession
from contracts.values import FileRef, Role, SignerRole
from services.kernel.commit import command
from services.kernel.context import current, require
from services.signing.application.proofs import Proofs
from services.signing.domain import Progress, Proven, Session, Signature, Unsigned, signature_id

SESSION_LASTS = timedelta(minutes=15)
IN_HAND = (SessionState.PREPARING, SessionState.CHECKING)
"""States in which a worker has the session."""
MOST_WAITING = 32
"""So many callers of a door may wait at once; whoever comes more is answered as things stand."""
FIRST_LOOK, LONGEST_LOOK = 0.05, 0.5
IN_TIME = 0.2
"""Seconds before a caller's deadline at which he is answered."""
MAY_SIGN = {SignerRole.LEADER: Role.LEADER, SignerRole.AGENCY: Role.CLERK}


class Sessions(Proofs):
    """Signing sessions, and what became of them."""

    waiting = threading.BoundedSemaphore(MOST_WAITING)

    @command()
    def begin_signature(
        self, *, session_id: UUID, document_id: UUID, role: SignerRole, sha256: str
    ) -> None:
        signature = self._own(document_id, role)
        if signature.session is not None:
            before = self.load(Session, signature.session)
            if before.id == session_id:
                return
            before.make_way(self.now())
        signature.open_session(session_id, sha256)
        session = Session.begin(
            Session.Opened,
            session_id,
            signature=signature.id,
            document_id=document_id,
            agency=signature.agency,
            role=role,
            file=signature.file,
            expires_at=self.now() + SESSION_LASTS,
            attachments=signature.attachments,
        )
        self.save(signature, session)

    @command()
    def complete_signature(
        self,
        *,
        session_id: UUID,
        value: str,
        beside: list[str] = [],  # noqa: B006
    ) -> None:
        session = self.load(Session, session_id)
        self._own(session.document_id, session.role)
        session.give(value, beside, self.now())
        self.save(session)

    @command()
    def decline_signature(self, *, document_id: UUID, role: SignerRole, why: str) -> None:
        signature = self._own(document_id, role)
        signature.check_awaited()
        session = signature.session and self.find(Session, signature.session)
        if session and session.state is SessionState.CHECKING:
            session.make_way(self.now())
        if session and session.state in (SessionState.PREPARING, SessionState.OPEN):
            session.failed("DECLINED", why)
            self.save(session)
        signature.failed("DECLINED", why)
        self.save(signature)

    def get_signing_session(self, *, session_id: UUID, wait_seconds: float = 0) -> SigningSession:
        """Each look borrows a connection for an instant; between looks nothing is held."""
        session = self.load(Session, session_id)
        self._own(session.document_id, session.role)
        until = min(time.time() + wait_seconds, current().deadline - IN_TIME)
        if session.state in IN_HAND and self.waiting.acquire(blocking=False):
            try:
                session = self._out_of_hand(session, until)
            finally:
                self.waiting.release()
        return session.view(self.now())

    def _out_of_hand(self, session: Session, until: float) -> Session:
        pause = FIRST_LOOK
        while session.state in IN_HAND and (left := until - time.time()) > 0:
            time.sleep(min(pause, left))
            pause = min(pause * 1.5, LONGEST_LOOK)
            session = self.load(Session, session.id)
        return session

    def _own(self, document_id: UUID, role: SignerRole) -> Signature:
        """The signature, for who may make it: nobody signs for another (R9.2b-1).

        A seal is its keeper's (N30-32/33).
        """
        signature = self.load(Signature, signature_id(document_id, role))
        actor = require(MAY_SIGN[role], agency=signature.agency)
        if role is SignerRole.LEADER and signature.holder != f"person:{actor.person}":
            raise Denied(why=f"only {signature.holder} signs here")
        if role is SignerRole.AGENCY:
            self._check_keeper(signature.agency)
        return signature

    @command()
    def record_device(self, *, id: UUID) -> None:
        """A worker found that the key is in the signer's own hands."""
        require(Role.SERVICE)
        signature = self.load(Signature, id)
        signature.await_device()
        self.save(signature)

    @command()
    def record_prepared(
        self,
        *,
        id: UUID,
        unsigned: Unsigned,
        beside: list[Unsigned] = [],  # noqa: B006
    ) -> None:
        """A worker prepared what the device is to sign."""
        require(Role.SERVICE)
        session = self.load(Session, id)
        session.prepared(unsigned, beside)
        self.save(session)

    @command()
    def record_wrong_value(self, *, id: UUID, code: str, reason: str) -> None:
        """A worker found that a value of the device's is not the signer's."""
        require(Role.SERVICE)
        session = self.load(Session, id)
        session.value_refused(code, reason)
        self.save(session)

    @command()
    def record_completed(
        self,
        *,
        id: UUID,
        file: FileRef,
        attachments: list[FileRef] = [],  # noqa: B006
        proven: Proven | None = None,
    ) -> None:
        """A worker put the values in: the signature is made, unless another was asked meanwhile."""
        require(Role.SERVICE)
        session = self.load(Session, id)
        signature = self.load(Signature, session.signature)
        meant = (signature.session, signature.file, signature.attachments)
        if meant == (id, session.file, session.attachments):
            session.completed(file, attachments)
            signature.made(file, attachments)
            self._establish(signature.document_id, signature.agency, proven)
        else:
            session.failed("BASE_CHANGED", "Tệp cần ký đã đổi. Hãy xem lại văn bản rồi ký.")
        self.save(session, signature)

    @command()
    def record_session_failure(self, *, id: UUID, code: str, reason: str) -> None:
        """A worker could not do its part; the signature failed too, if it waits for the device."""
        require(Role.SERVICE)
        session = self.load(Session, id)
        session.failed(code, reason)
        signature = self.load(Signature, session.signature)
        if signature.session == id and signature.progress is Progress.AWAITED:
            signature.failed(code, reason)
        self.save(session, signature)
