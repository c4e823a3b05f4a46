"""Sessions, verifications with their reports, and whom to trust."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

from contracts.errors import Denied, FileMissing, Invalid, NotFound
from contracts.signing import (
    AnchorNotTrusted,
    AnchorUse,
    HolderKind,
    IssuerNotTrusted,
    KeyAlreadyHeld,
    ReportAlreadyRequested,
    ReportFormat,
    RevocationKind,
    RevocationSourceUnknown,
    SessionNotOpen,
    SignatureNotAwaited,
    VerificationAlreadyRequested,
)
from contracts.values import Role, SignerRole
from services.cli.cast import ANSWERER, REFUSER, SENDER
from tests.together.cases.case import NO_FILE, OPERATOR, OUTSIDER, Case, No, Person, Words, offer
from tests.together.devices import ByDevice
from tests.together.outcome import Outcome

VERIFICATION = uuid4()
"""A verification that was asked for before these questions, and its report."""

CLERK: Person = (SENDER, Role.CLERK)
NOT_OPERATORS: tuple[tuple[Person, No], ...] = ((CLERK, Denied), ((SENDER, Role.LEADER), Denied))
PAGES: tuple[tuple[Words, No], ...] = (({"limit": 0}, Invalid), ({"after": -1}, Invalid))


def cases(end: Outcome, by_device: ByDevice) -> dict[str, Case]:
    """By method."""
    return (
        _sessions(by_device)
        | _verifying(end)
        | _evidence()
        | _trusting()
        | _certifying(end)
        | _revoking()
        | _keeping()
    )


def _keeping() -> dict[str, Case]:
    """The clerk keeps the sender's key since before the story."""
    ours = {"agency": SENDER.code}
    said = {"to_person": SENDER.person(Role.CLERK), "permission": "7/SNV", "record": "2/BB-SNV"}
    others = (OUTSIDER, ((SENDER, Role.LEADER), Denied), ((SENDER, Role.OFFICER), Denied))
    wrong: tuple[tuple[Words, No], ...] = (
        ({"permission": " "}, Invalid),
        ({"record": ""}, Invalid),
        ({"to_person": "An Nguyễn"}, Invalid),
        ({"agency": ANSWERER.code}, Denied),
    )
    return {
        "hand_over_key": Case(CLERK, ours | said, KeyAlreadyHeld, others, wrong),
        "list_key_handovers": Case(
            CLERK, ours, None, (OUTSIDER,), (*PAGES, ({"agency": ANSWERER.code}, Denied))
        ),
    }


def _sessions(by_device: ByDevice) -> dict[str, Case]:
    """The leader's signature is made, his session over."""
    leader: Person = (ANSWERER, Role.LEADER)
    others: tuple[tuple[Person, No], ...] = (
        ((ANSWERER, Role.CLERK), Denied),
        ((REFUSER, Role.LEADER), Denied),
    )
    signature = {"document_id": by_device.document_id, "role": SignerRole.LEADER}
    session = {"session_id": by_device.sessions[SignerRole.LEADER].session_id}
    nothing: tuple[tuple[Words, No], ...] = (({"document_id": uuid4()}, NotFound),)
    nowhere: tuple[tuple[Words, No], ...] = (({"session_id": uuid4()}, NotFound),)
    fresh = {"session_id": uuid4(), "sha256": NO_FILE.sha256}
    return {
        "begin_signature": Case(
            leader,
            signature | fresh,
            SignatureNotAwaited,
            others,
            (*nothing, ({"sha256": "0"}, Invalid), ({"role": "robot"}, Invalid)),
        ),
        "complete_signature": Case(
            leader,
            session | {"value": "A" * 344},
            SessionNotOpen,
            others,
            (*nowhere, ({"value": "?" * 344}, Invalid), ({"value": ""}, Invalid)),
        ),
        "decline_signature": Case(
            leader,
            signature | {"why": "thiết bị hỏng"},
            SignatureNotAwaited,
            others,
            (*nothing, ({"why": " "}, Invalid)),
        ),
        "get_signing_session": Case(
            leader,
            session,
            None,
            others,
            (*nowhere, ({"wait_seconds": -1}, Invalid), ({"wait_seconds": 26}, Invalid)),
        ),
    }


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


def _evidence() -> dict[str, Case]:
    """The report of the verification that was asked for before, and asked for too."""
    clerk: Person = (ANSWERER, Role.CLERK)
    known = {"verification_id": VERIFICATION}
    fresh: tuple[Words, No] = ({"verification_id": uuid4()}, NotFound)
    other: tuple[Words, No] = ({"sha256": NO_FILE.sha256}, NotFound)
    strange: tuple[Words, No] = ({"sha256": "0"}, Invalid)
    signature = known | {"field": "vanban_leader"}
    wrong = (fresh, other, strange)
    return {
        "request_report": Case(clerk, known, ReportAlreadyRequested, (OUTSIDER,), (fresh,)),
        "get_report": Case(
            clerk,
            known | {"format": ReportFormat.JSON},
            None,
            (OUTSIDER,),
            (*wrong, ({"format": "docx"}, Invalid)),
        ),
        "get_signed_revision": Case(
            clerk, signature, None, (OUTSIDER,), (*wrong, ({"field": ""}, Invalid))
        ),
        "list_evidence": Case(clerk, known, None, (OUTSIDER,), (*wrong, *PAGES)),
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
        "offer_upload": offer(OPERATOR, (SENDER, Role.LEADER)),
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


def _revoking() -> dict[str, Case]:
    """Nobody is trusted under a digest of zeros, so nobody tells of revocation under it."""
    asked = {"issuer": NO_FILE.sha256, "kind": RevocationKind.LIST}
    url = {"url": "http://127.0.0.1:1/a.crl"}
    strange: tuple[tuple[Words, No], ...] = (
        ({"url": "file:///etc/passwd"}, Invalid),
        ({"url": "http://a b"}, Invalid),
        ({"issuer": "0"}, Invalid),
        ({"kind": "letter"}, Invalid),
    )
    return {
        "set_revocation_source": Case(
            OPERATOR, asked | url, IssuerNotTrusted, NOT_OPERATORS, strange
        ),
        "drop_revocation_source": Case(
            OPERATOR, asked, RevocationSourceUnknown, NOT_OPERATORS, strange[2:]
        ),
        "list_revocation_sources": Case(OPERATOR, {}, None, NOT_OPERATORS, PAGES),
    }
