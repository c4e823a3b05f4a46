"""A document whose leader and clerk sign with devices of their own, over RPC alone."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from contracts.dispatch import OutgoingState
from contracts.errors import NotFound
from contracts.signing import SessionState, SigningSession
from contracts.values import FileRef, Recipient, Role, SignerRole
from infra.local import pki
from services.cli.cast import ANSWERER, SENDER
from services.cli.letter_texts import request_for_report
from services.cli.story import Story
from services.signing.adapters.keys.holders import load_key
from services.signing.adapters.keys.key import SigningKey
from tests.signing.index import hold

HOLDERS = {
    SignerRole.LEADER: f"person:{ANSWERER.leader}",
    SignerRole.AGENCY: f"agency:{ANSWERER.code}",
}
MAY_SIGN = {SignerRole.LEADER: Role.LEADER, SignerRole.AGENCY: Role.CLERK}


@dataclass(frozen=True)
class ByDevice:
    """The document, sealed, and the two sessions as they ended."""

    document_id: UUID
    sessions: dict[SignerRole, SigningSession]
    file: FileRef


def sealed_by_device(story: Story, folder: Path) -> ByDevice:
    """From the draft to the seal; `folder` is the machine's own authority's."""
    id, sessions = uuid4(), {}
    with devices(folder) as keys:
        letter = request_for_report(story.reply_due_on, story.today.year)
        to = [Recipient(agency=SENDER.code, name=SENDER.name)]
        story._draft(ANSWERER, id, letter, to, None, [])
        story._check(ANSWERER, id)
        story.holder(ANSWERER, Role.LEADER).dispatch.sign_document(document_id=id)
        sessions[SignerRole.LEADER] = signed(story, id, SignerRole.LEADER, keys)
        story._in_state(ANSWERER, id, OutgoingState.SIGNED)
        clerk = story.holder(ANSWERER, Role.CLERK).dispatch
        clerk.assign_number(document_id=id)
        clerk.register_document(document_id=id)
        clerk.seal_document(document_id=id)
        sessions[SignerRole.AGENCY] = signed(story, id, SignerRole.AGENCY, keys)
        sealed = story._in_state(ANSWERER, id, OutgoingState.SEALED)
    return ByDevice(id, sessions, sealed.file)


@contextmanager
def devices(folder: Path) -> Iterator[dict[SignerRole, SigningKey]]:
    """Both keys of the answerer, taken out of the platform's hands for a while."""
    before = {role: pki.read_index(folder)["holders"][who]["held"] for role, who in HOLDERS.items()}
    keys = {role: load_key(folder, who) for role, who in HOLDERS.items()}
    for who in HOLDERS.values():
        hold(folder, who, kind="token")
    try:
        yield keys
    finally:
        for role, who in HOLDERS.items():
            hold(folder, who, **before[role])


def signed(
    story: Story, document_id: UUID, role: SignerRole, keys: dict[SignerRole, SigningKey]
) -> SigningSession:
    """What the signer's own program does: open a session, wait, sign, wait."""
    who, session_id = story.holder(ANSWERER, MAY_SIGN[role]), uuid4()
    clerk = story.holder(ANSWERER, Role.CLERK)
    sha256 = clerk.dispatch.get_document(document_id=document_id).file.sha256

    def begun() -> bool:
        try:
            who.signing.begin_signature(
                session_id=session_id, document_id=document_id, role=role, sha256=sha256
            )
        except NotFound:  # signing has not heard of it yet
            return False
        return True

    story.until("signing has heard of the request", begun)
    seen = waited(story, who.signing.get_signing_session, session_id, SessionState.OPEN)
    value = keys[role].sign(base64.b64decode(seen.to_sign))
    who.signing.complete_signature(session_id=session_id, value=base64.b64encode(value).decode())
    return waited(story, who.signing.get_signing_session, session_id, SessionState.DONE)


def waited(story: Story, ask: object, session_id: UUID, state: SessionState) -> SigningSession:
    """The session in a state, asked for with patience of its own."""

    def there() -> SigningSession | None:
        seen = ask(session_id=session_id, wait_seconds=20)  # type: ignore[operator]
        assert seen.state is not SessionState.FAILED, seen
        return seen if seen.state is state else None

    return story.until(f"the session is {state}", there)
