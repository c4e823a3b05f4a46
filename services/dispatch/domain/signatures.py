"""Signatures asked for, made, or failed: the leader's, then the agency's seal (R9.2b)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from contracts.dispatch import OutgoingAct, OutgoingState, SignerNotCompetent
from contracts.values import FileRef, OutgoingNumber, Placements, SignerRole
from contracts.working_time import in_vietnam
from services.dispatch.domain.capacity import Held, authority_to_sign
from services.dispatch.domain.order import ASKED, AWAITED, check_turn
from services.kernel.aggregate import Aggregate

if TYPE_CHECKING:
    from services.dispatch.domain.document import OutgoingDocument


class SignatureRequested(Aggregate.Event):
    """The signer consented to sign this very file, or the clerk asked for the agency's seal.

    `delegation_id` is that by which he signs in another's name (N30-13).
    """

    agency: str
    role: SignerRole
    holder: str
    file: FileRef
    placements: Placements | None = None
    number: OutgoingNumber | None = None
    delegation_id: UUID | None = None

    def apply(self, document: Any) -> None:
        document.state, document.signing_failure = AWAITED[self.role], ""
        if self.role is SignerRole.LEADER:
            document.delegation_id = self.delegation_id


class Signed(Aggregate.Event):
    """The leader's signature is made; `file` is the new revision.

    From `signed_at` on the document is to be issued (N30-18.1).
    """

    file: FileRef
    signed_at: datetime | None = None

    def apply(self, document: Any) -> None:
        document.state, document.signed_file = OutgoingState.SIGNED, self.file
        document.signed_at = self.signed_at


class SigningFailed(Aggregate.Event):
    """The awaited signature could not be made."""

    role: SignerRole
    code: str
    reason: str

    def apply(self, document: Any) -> None:
        document.state = ASKED[self.role]
        document.signing_failure = f"{self.code}: {self.reason}"


class Sealed(Aggregate.Event):
    """The agency's seal is put on; `file` is the new revision."""

    file: FileRef

    def apply(self, document: Any) -> None:
        document.state, document.signed_file = OutgoingState.SEALED, self.file


def sign(document: OutgoingDocument, person: str, held: Held, day: date) -> None:
    """The named signer consents to have this very file signed with his key (R9.2b-1).

    Refusals: `CapacityNotHeld`, where he may not sign in this capacity (N30-13).
    """
    only_signer(document, person)
    check_turn(document.state, OutgoingAct.SIGN)
    _request(
        document,
        SignerRole.LEADER,
        f"person:{person}",
        placements=document.draft.placements,
        delegation_id=authority_to_sign(document.draft, document.agency, held, day),
    )


def seal(document: OutgoingDocument) -> None:
    """Have the agency's seal put on the registered document (R9.2b-2)."""
    check_turn(document.state, OutgoingAct.SEAL)
    _request(document, SignerRole.AGENCY, f"agency:{document.agency}", number=document.number)


def take_signature(
    document: OutgoingDocument, role: SignerRole, file: FileRef, at: datetime
) -> None:
    """The awaited signature was made; `file` is the new revision. Told again, it is nothing."""
    if document.state is not AWAITED[role]:
        return
    if role is SignerRole.LEADER:
        document.trigger_event(document.Signed, file=file, signed_at=in_vietnam(at))
    else:
        document.trigger_event(document.Sealed, file=file)


def take_failure(document: OutgoingDocument, role: SignerRole, code: str, reason: str) -> None:
    """The awaited signature could not be made: it may be asked for again."""
    if document.state is AWAITED[role]:
        document.trigger_event(document.SigningFailed, role=role, code=code, reason=reason)


def only_signer(document: OutgoingDocument, person: str) -> None:
    """Refuse whoever is not the signer named in the draft."""
    if person != document.draft.signer.person:
        raise SignerNotCompetent(person=document.draft.signer.person)


def _request(document: OutgoingDocument, role: SignerRole, holder: str, **shown: Any) -> None:
    document.trigger_event(
        document.SignatureRequested,
        agency=document.agency,
        role=role,
        holder=holder,
        file=document.current_file,
        **shown,
    )
