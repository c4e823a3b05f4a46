"""The order of acts (trình tự): which act has its turn in which state (R9.2a, N30-14)."""

from __future__ import annotations

from collections.abc import Mapping

from contracts.dispatch import ActOutOfOrder
from contracts.dispatch import OutgoingAct as Act
from contracts.dispatch import OutgoingState as State
from contracts.values import SignerRole

_UNSIGNED = {State.DRAFT, State.CONTENT_CHECK, State.FORM_CHECK, State.TO_SIGN}
TURN: Mapping[Act, set[State]] = {
    Act.SUBMIT: {State.DRAFT},
    Act.REVISE: _UNSIGNED,
    Act.APPROVE_CONTENT: {State.CONTENT_CHECK},
    Act.APPROVE_FORM: {State.FORM_CHECK},
    Act.RETURN: _UNSIGNED - {State.DRAFT},
    Act.SIGN: {State.TO_SIGN},
    Act.NUMBER: {State.SIGNED},
    Act.REGISTER: {State.NUMBERED},
    Act.SEAL: {State.REGISTERED},
    Act.ISSUE: {State.SEALED},
    Act.RECALL: {State.ISSUED, State.FROZEN},
    Act.OWE_PAPER: {State.ISSUED},
    Act.PRINT: {State.SEALED, State.ISSUED},
}
"""The states in which each act has its turn (table 3.3)."""

ASKED = {SignerRole.LEADER: State.TO_SIGN, SignerRole.AGENCY: State.REGISTERED}
"""The state in which each signature is asked for, and which a failure leads back to."""

AWAITED = {SignerRole.LEADER: State.SIGNING, SignerRole.AGENCY: State.SEALING}
"""The state in which each signature is being made."""


def check_turn(state: State, act: Act) -> None:
    """Refuse an act that is out of its turn (`ActOutOfOrder`)."""
    if state not in TURN[act]:
        raise ActOutOfOrder(
            act=act.value,
            state=state.value,
            act_vi=act.vi,
            act_en=act.en,
            state_vi=state.vi,
            state_en=state.en,
        )
