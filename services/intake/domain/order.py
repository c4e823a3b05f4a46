"""The order of acts upon an incoming document (table 3.2), and what stops one."""

from __future__ import annotations

from collections.abc import Mapping

from contracts.intake import (
    ActOutOfOrder,
    CompletionResult,
    IncomingAct,
    IncomingState,
    IntegrityFailed,
    ReplyMissing,
    ReplyOwed,
    SignaturesNotVerified,
)
from contracts.values import LegalValue, Verdict

_State, _Act = IncomingState, IncomingAct
TURN: Mapping[IncomingAct, set[IncomingState]] = {
    _Act.REFUSE: {_State.ARRIVED},
    _Act.REGISTER: {_State.ARRIVED},
    _Act.PRESENT: {_State.REGISTERED},
    _Act.DIRECT: {_State.PRESENTED},
    _Act.TRANSFER: {_State.DIRECTED},
    _Act.START: {_State.ASSIGNED},
}
"""The states in which each act has its turn; the closing act is in `CLOSE`."""

CLOSE: Mapping[CompletionResult, set[IncomingState]] = {
    CompletionResult.REPLIED: {_State.IN_PROGRESS},
    CompletionResult.NO_REPLY_NEEDED: {_State.ASSIGNED, _State.IN_PROGRESS},
}
"""The states in which a document may be closed, by its result."""

NOT_INTACT = {Verdict.REJECTED, Verdict.FORGED, Verdict.BROKEN, Verdict.MODIFIED}
"""Verdicts of a document that is never registered (R8.1a)."""


def check_turn(act: IncomingAct, state: IncomingState) -> None:
    """Refuse an act that is not in turn."""
    if state not in TURN[act]:
        raise _out_of_order(act, state)


def check_intact(verdict: Verdict | None, legal_value: LegalValue | None) -> LegalValue:
    """The legal value of what is verified and intact; nothing else is registered (R8.1a)."""
    if verdict is None or legal_value is None:
        raise SignaturesNotVerified()
    if verdict in NOT_INTACT:
        raise IntegrityFailed(**_labelled("verdict", verdict))
    return legal_value


def check_close(
    result: CompletionResult, state: IncomingState, replied: bool, asked_for: bool, note: str
) -> None:
    """Refuse a close out of turn, as replied without a reply, or in silence where a reply is
    asked for (R8.2c)."""
    if state not in CLOSE[result]:
        raise _out_of_order(_Act.COMPLETE, state)
    if result is CompletionResult.REPLIED and not replied:
        raise ReplyMissing()
    if result is CompletionResult.NO_REPLY_NEEDED and asked_for and not note.strip():
        raise ReplyOwed()


def _out_of_order(act: IncomingAct, state: IncomingState) -> ActOutOfOrder:
    return ActOutOfOrder(**_labelled("act", act), **_labelled("state", state))


def _labelled(name: str, code: IncomingAct | IncomingState | Verdict) -> dict[str, str]:
    """A code and its labels, for the two sentences of a refusal."""
    return {name: code.value, f"{name}_vi": code.vi, f"{name}_en": code.en}
