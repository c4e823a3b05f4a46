"""The order of acts upon an incoming document (table 3.2), and what stops one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from contracts.errors import Invalid
from contracts.intake import (
    ActOutOfOrder,
    Check,
    Checks,
    CompletionResult,
    DocumentForInformationOnly,
    FilesNotAdmitted,
    FilesNotChecked,
    IncomingAct,
    IncomingState,
    IntegrityFailed,
    OverruleRequired,
    RefusalProposal,
    ReplyMissing,
    ReplyOwed,
    SignaturesNotVerified,
)
from contracts.signing import SignatureSummary
from contracts.values import Assignment, LegalValue, RefusalCode, Verdict

_State, _Act = IncomingState, IncomingAct
ADMITTED = "ADMITTED"
"""The gate's code of files that passed."""

NEVER_TAKEN_IN = {_State.REFUSED, _State.QUARANTINED}
"""States in which the agency has not accepted the document."""

_AT_WORK = {_State.REGISTERED, _State.PRESENTED, _State.DIRECTED, _State.ASSIGNED}
_OPEN = {_State.ARRIVED, _State.IN_PROGRESS} | _AT_WORK
_VALID = {_State.COMPLETED} | _OPEN
TURN: Mapping[IncomingAct, set[IncomingState]] = {
    _Act.REFUSE: {_State.ARRIVED},
    _Act.DECIDE_DUPLICATE: {_State.ARRIVED},
    _Act.REGISTER: {_State.ARRIVED},
    _Act.RETURN: _AT_WORK,
    _Act.PRESENT: {_State.REGISTERED},
    _Act.DIRECT: {_State.PRESENTED},
    _Act.TRANSFER: {_State.DIRECTED},
    _Act.TRANSFER_DIRECTLY: {_State.REGISTERED},
    _Act.SEND_BACK: {_State.ASSIGNED},
    _Act.START: {_State.ASSIGNED},
    _Act.EXTEND: {_State.IN_PROGRESS},
    _Act.REASSIGN: {_State.IN_PROGRESS},
    _Act.REOPEN: {_State.COMPLETED},
    _Act.NAME_FOLLOWER: _OPEN,
    _Act.EXPECT_PAPER: _OPEN,
    _Act.RECEIVE_PAPER: _OPEN,
    _Act.RECALL: set(_State) - {_State.REFUSED, _State.CANCELLED},
    _Act.CANCEL: {_State.RECALL_PENDING},
    _Act.DECLINE_RECALL: {_State.RECALL_PENDING},
    _Act.UPDATE: _VALID,
    _Act.APPLY_UPDATE: _VALID,
    _Act.DECLINE_UPDATE: _VALID,
    _Act.SUPERSEDE: _VALID,
    _Act.TAKE_OVER: _AT_WORK - {_State.ASSIGNED},
}
"""The states in which each act has its turn; the closing acts are in `CLOSE`."""

CLOSE: Mapping[CompletionResult, set[IncomingState]] = {
    CompletionResult.REPLIED: {_State.IN_PROGRESS},
    CompletionResult.NO_REPLY_NEEDED: {_State.ASSIGNED, _State.IN_PROGRESS},
    CompletionResult.FOR_INFORMATION: {_State.REGISTERED},
}
"""The states in which a document may be closed, by its result."""

NOT_INTACT = {Verdict.REJECTED, Verdict.FORGED, Verdict.BROKEN, Verdict.MODIFIED}
"""Verdicts of a document that is never registered (R8.1a)."""

NOT_GOOD = {
    Verdict.REVOKED,
    Verdict.NOT_YET_VALID,
    Verdict.EXPIRED,
    Verdict.POLICY,
    Verdict.UNTRUSTED,
}
"""Verdicts of a document that is registered by a named overrule alone (NB-4)."""


def check_turn(act: IncomingAct, state: IncomingState) -> None:
    """Refuse an act that is not in turn."""
    if state not in TURN[act]:
        raise _out_of_order(act, state)


def check_gate(gate: str) -> None:
    """Refuse to register files that were not checked, or did not pass (R8.1a)."""
    if not gate:
        raise FilesNotChecked()
    if gate != ADMITTED:
        raise FilesNotAdmitted(gate=gate)


def check_intact(verdict: Verdict | None) -> Verdict:
    """The verdict of what is verified and intact; nothing else is registered (R8.1a)."""
    if verdict is None:
        raise SignaturesNotVerified()
    if verdict in NOT_INTACT:
        raise IntegrityFailed(**_labelled("verdict", verdict))
    return verdict


def check_good(verdict: Verdict, legal_value: LegalValue, overrule: str) -> None:
    """Refuse what is not validly signed by both, unless somebody says why (R8.1a, NB-4)."""
    not_good = verdict in NOT_GOOD or legal_value is LegalValue.SIGNED_ONLY
    if not_good and not overrule.strip():
        raise OverruleRequired(**_labelled("verdict", verdict))


def check_units(assignment: Assignment) -> None:
    """Refuse a direction that names a unit twice (R8.2b)."""
    units = [assignment.lead, *assignment.coordinators]
    if len(set(units)) < len(units):
        raise Invalid(where="assignment", why="each unit once")


def check_binding(verdict: Verdict | None, due_on: date | None) -> None:
    """Refuse a deadline by what nobody signed: it is for information only (Q28-4)."""
    if verdict is Verdict.UNSIGNED and due_on is not None:
        raise DocumentForInformationOnly()


def check_close(
    result: CompletionResult, state: IncomingState, replied: bool, asked_for: bool, note: str
) -> None:
    """Refuse a close out of turn, as replied without a reply, or in silence where a reply is
    asked for (R8.2c)."""
    filed = result is CompletionResult.FOR_INFORMATION
    if state not in CLOSE[result]:
        raise _out_of_order(_Act.FILE if filed else _Act.COMPLETE, state)
    if result is CompletionResult.REPLIED and not replied:
        raise ReplyMissing()
    if result is not CompletionResult.REPLIED and asked_for and not note.strip():
        raise ReplyOwed()


def checks_of(gate: str, verdict: Verdict | None) -> Checks:
    """The checks before accepting, each passed, failed, not applicable or still to come (R8.1a)."""
    admitted = _passed(gate == ADMITTED) if gate else Check.PENDING
    if verdict is None:
        return Checks(format=admitted, integrity=Check.PENDING, authenticity=Check.PENDING)
    if verdict is Verdict.UNSIGNED:
        nothing = Check.NOT_APPLICABLE
        return Checks(format=admitted, integrity=nothing, authenticity=nothing)
    return Checks(
        format=admitted,
        integrity=_passed(verdict not in NOT_INTACT),
        authenticity=_passed(verdict in (Verdict.TRUSTED, Verdict.WARN)),
    )


def proposal_of(
    verdict: Verdict | None, legal_value: LegalValue | None, signatures: list[SignatureSummary]
) -> RefusalProposal | None:
    """Refuse what is not intact, not validly signed or lacks a signature: proposed, not done."""
    if verdict in NOT_INTACT:
        return _proposed(RefusalCode.INTEGRITY_FAILED, verdict, signatures)
    if verdict in NOT_GOOD:
        return _proposed(RefusalCode.SIGNATURE_INVALID, verdict, signatures)
    if legal_value is LegalValue.SIGNED_ONLY:
        reason = legal_value.vi
        return RefusalProposal(code=RefusalCode.UNSIGNED_BUT_REQUIRED, reason=reason)
    return None


def _proposed(
    code: RefusalCode, verdict: Verdict | None, signatures: list[SignatureSummary]
) -> RefusalProposal:
    assert verdict is not None
    blamed = [
        f"{one.signer} ({one.serial}): {one.verdict.vi}"
        for one in signatures
        if one.verdict is verdict
    ]
    return RefusalProposal(code=code, reason="; ".join([verdict.vi, *blamed]))


def _passed(good: bool) -> Check:
    return Check.PASSED if good else Check.FAILED


def _out_of_order(act: IncomingAct, state: IncomingState) -> ActOutOfOrder:
    return ActOutOfOrder(**_labelled("act", act), **_labelled("state", state))


def _labelled(name: str, code: IncomingAct | IncomingState | Verdict) -> dict[str, str]:
    """A code and its labels, for the two sentences of a refusal."""
    return {name: code.value, f"{name}_vi": code.vi, f"{name}_en": code.en}
