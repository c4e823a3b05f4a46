"""Makes and verifies signatures: takes jobs from the queue, computes, has the result recorded.

Any number of these processes run, on any machine. A job killed at any instruction is done once by
another: the result is recorded under a command id that follows from the job.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid5

import msgspec

from contracts.signing import CopyState, SessionState
from contracts.values import SignatureLevel
from services.kernel.context import acting, the_service
from services.signing.application import REVOCATION, Job
from services.signing.domain import Copy, Paper, Progress, Proof, Session, Signature, Verification
from services.signing.worker.copies import Copies
from services.signing.worker.signatures import Signatures
from services.signing.worker.verifications import Verifications

Thing = Signature | Session | Verification | Copy | Paper | Proof
KINDS: dict[str, type[Thing]] = {
    "signature": Signature,
    "session": Session,
    "verification": Verification,
    "copy": Copy,
    "paper": Paper,
    "proof": Proof,
}


class SigningWorker(Signatures, Verifications, Copies):
    """Does one job at a time. A change of keys or trust bites with the next."""

    def work(self, body: bytes, trace: str) -> None:
        """Do the job that these bytes name, unless another worker did it or is about it."""
        job = msgspec.json.decode(body, type=Job)
        with self._signing.held(f"job/{job.id}") as mine:
            if mine:
                self._do(job, trace)

    def _do(self, job: Job, trace: str) -> None:
        ours = msgspec.structs.replace(the_service("signing"), trace=trace)
        if job.kind == REVOCATION:
            with acting(ours):
                self._refresh(job.id)
            return
        thing = self._signing.load(KINDS[job.kind], job.id)
        does = self._due(thing)
        if does is None:
            return
        id = uuid5(job.id, f"concluded/{thing.version}")
        with acting(msgspec.structs.replace(ours, command_id=id)):
            does()

    def _due(self, thing: Thing) -> Callable[[], None] | None:
        """What is to be done now; nothing where another worker did it."""
        match thing:
            case Signature(progress=Progress.REQUESTED):
                return lambda: self._sign(thing)
            case Session(state=SessionState.PREPARING):
                return lambda: self._prepare(thing)
            case Session(state=SessionState.CHECKING):
                return lambda: self._complete(thing)
            case Verification(progress=Progress.REQUESTED):
                return lambda: self._verify(thing)
            case Verification(report=Progress.REQUESTED):
                return lambda: self._report(thing)
            case Copy(state=CopyState.SEALING):
                return lambda: self._copy(thing)
            case Paper(state=CopyState.SEALING):
                return lambda: self._digitise(thing)
            case Proof(wanted=SignatureLevel()):
                return lambda: self._extend(thing)
        return None
