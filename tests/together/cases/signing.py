"""Verifications with their reports, and whom to trust."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

from contracts.errors import Denied, FileMissing, Invalid, NotFound
from contracts.signing import AnchorNotTrusted, AnchorUse, HolderKind, VerificationAlreadyRequested
from contracts.values import Role
from services.cli.cast import ANSWERER, SENDER
from tests.together.cases.case import NO_FILE, OPERATOR, OUTSIDER, Case, No, Person, Words, offer
from tests.together.outcome import Outcome

VERIFICATION = uuid4()
"""A verification that was asked for before these questions."""

CLERK: Person = (SENDER, Role.CLERK)
NOT_OPERATORS: tuple[tuple[Person, No], ...] = ((CLERK, Denied), ((SENDER, Role.LEADER), Denied))
PAGES: tuple[tuple[Words, No], ...] = (({"limit": 0}, Invalid), ({"after": -1}, Invalid))


def cases(end: Outcome) -> dict[str, Case]:
    """By method."""
    return _verifying(end) | _trusting() | _certifying(end)


def _verifying(end: Outcome) -> dict[str, Case]:
    """Verifications and their reports."""
    clerk: Person = (ANSWERER, Role.CLERK)
    known = {"verification_id": VERIFICATION}
    fresh = {"verification_id": uuid4()}
    return {
        "verify_files": Case(
            clerk,
            known | {"files": end.arrived.files},
            VerificationAlreadyRequested,
            (((ANSWERER, Role.LEADER), Denied),),
            ((fresh | {"files": [NO_FILE]}, FileMissing),),
        ),
        "get_verification": Case(clerk, known, None, (OUTSIDER,), ((fresh, NotFound),)),
    }


def _trusting() -> dict[str, Case]:
    """Nobody proposed anything that waits; nothing is trusted under a digest of zeros."""
    anchor = {"use": AnchorUse.SIGNERS, "fingerprint": NO_FILE.sha256, "source": "ca.gov.vn"}
    proposal = {"proposal_id": uuid4()}
    nameless: tuple[tuple[Words, No], ...] = (
        ({"source": " "}, Invalid),
        ({"fingerprint": "0"}, Invalid),
        ({"use": "seals"}, Invalid),
    )
    return {
        "offer_upload": offer(OPERATOR, CLERK),
        "propose_anchor": Case(
            OPERATOR,
            proposal | anchor | {"file": NO_FILE},
            FileMissing,
            NOT_OPERATORS,
            nameless,
        ),
        "propose_anchor_removal": Case(
            OPERATOR, proposal | anchor, AnchorNotTrusted, NOT_OPERATORS, nameless
        ),
        "approve_anchor": Case(OPERATOR, proposal, NotFound, NOT_OPERATORS),
        "reject_anchor": Case(
            OPERATOR, proposal | {"why": "sai"}, NotFound, NOT_OPERATORS, (({"why": ""}, Invalid),)
        ),
        "list_anchor_proposals": Case(OPERATOR, {}, None, NOT_OPERATORS, PAGES),
        "list_trust_changes": Case(OPERATOR, {}, None, NOT_OPERATORS, PAGES),
        "list_trust_anchors": Case(CLERK, {}, None, (), (*PAGES, ({"as_of": 0}, Invalid))),
    }


def _certifying(end: Outcome) -> dict[str, Case]:
    """A certificate of the sender's leader is in use; nobody knows the one that is named."""
    record = {"certificate_id": uuid4()}
    known = {"certificate_id": first_certificate(end)}
    ours = {"agency": SENDER.code}
    asked = {
        "holder_kind": HolderKind.PERSON,
        "holder": SENDER.leader,
        "agency": SENDER.code,
        "request": "12/SNV-VP",
        "renews_id": uuid4(),
    }
    strange: tuple[tuple[Words, No], ...] = (
        ({"request": ""}, Invalid),
        ({"holder": " "}, Invalid),
        ({"holder_kind": "robot"}, Invalid),
        ({"agency": "h47"}, Invalid),
    )
    others = (((ANSWERER, Role.CLERK), Denied), ((SENDER, Role.OFFICER), Denied))
    theirs = ({"agency": ANSWERER.code}, Denied)
    why = {"why": "mất thiết bị"}
    nothing: tuple[tuple[Words, No], ...] = (({"why": " "}, Invalid),)
    revoked = {"revoked_at": datetime(2026, 3, 2, tzinfo=UTC)}
    return {
        "request_certificate": Case(CLERK, record | asked, NotFound, others, strange),
        "grant_certificate": Case(OPERATOR, record | {"file": NO_FILE}, FileMissing, NOT_OPERATORS),
        "activate_certificate": Case(OPERATOR, record, NotFound, NOT_OPERATORS),
        "suspend_certificate": Case(OPERATOR, record | why, NotFound, NOT_OPERATORS, nothing),
        "revoke_certificate": Case(
            OPERATOR, record | why | revoked, NotFound, NOT_OPERATORS, nothing
        ),
        "get_certificate": Case(CLERK, known, None, (OUTSIDER,), ((record, NotFound),)),
        "list_certificates": Case(CLERK, ours, None, (OUTSIDER,), (*PAGES, theirs)),
        "list_expiring_certificates": Case(
            CLERK, ours, None, (OUTSIDER,), (*PAGES, theirs, ({"within_days": -1}, Invalid))
        ),
    }


def first_certificate(end: Outcome) -> UUID:
    """The record of the sender's leader's certificate."""
    topic = "signing.Certificate.Requested"
    return next(event.aggregate_id for event in end.events if event.topic == topic)
