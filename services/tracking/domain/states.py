"""The states of a line and what moves it, as data (table 3.4): never backwards."""

from __future__ import annotations

from enum import StrEnum

from contracts.tracking import DeliveryState as State
from contracts.values import Route, StatusCode


class Turn(StrEnum):
    """What moves a line beside the recipient's statuses."""

    TAKEN = "the axis took it"
    REJECTED = "the axis refused it"
    RESENT = "a clerk sends it again"
    CONFIRMED = "the paper is confirmed"


START = {Route.PLATFORM: State.SENT, Route.AXIS: State.QUEUED, Route.PAPER: State.PAPER}
"""Where a line starts; on the platform the issue itself is the sending."""
TURNS = {
    (State.QUEUED, Turn.TAKEN): State.SENT,
    (State.QUEUED, Turn.REJECTED): State.FAILED,
    (State.SENT, Turn.REJECTED): State.FAILED,
    (State.FAILED, Turn.RESENT): State.QUEUED,
    (State.PAPER, Turn.CONFIRMED): State.PAPER_CONFIRMED,
}
"""Where a turn moves a line; in any other state it moves none."""
STATE_OF = {
    StatusCode.ARRIVED: State.ARRIVED,
    StatusCode.REFUSED: State.REFUSED,
    StatusCode.ACCEPTED: State.ACCEPTED,
    StatusCode.ASSIGNED: State.ASSIGNED,
    StatusCode.IN_PROGRESS: State.IN_PROGRESS,
    StatusCode.COMPLETED: State.COMPLETED,
}
"""Where a status moves its line (tables 3.1 and 3.4)."""
FORWARD = (
    State.QUEUED,
    State.FAILED,
    State.SENT,
    State.ARRIVED,
    State.ACCEPTED,
    State.ASSIGNED,
    State.IN_PROGRESS,
    State.COMPLETED,
    State.REFUSED,
)
"""The order of moving: a refusal may come from any state that is not final."""
FINAL = {State.COMPLETED, State.REFUSED}
ANSWERS = {StatusCode.AGREED: State.RECALLED, StatusCode.DECLINED: State.RECALL_REFUSED}
"""Where the answer to a recall moves its line; the same answer to an update moves none (3.6)."""
GONE = {State.REFUSED, State.RECALLED}
"""Where there is nothing to take back."""
ENDED = {*FORWARD[4:], *ANSWERS.values(), State.PAPER_CONFIRMED}
"""A line here has a receipt or a refusal; in any other state an alarm comes of waiting."""


def after_turn(state: State, turn: Turn) -> State:
    """The state after a turn of the sender's own end."""
    return TURNS.get((state, turn), state)


def after_status(state: State, code: StatusCode) -> State:
    """The state after one more status: never backwards, never out of a final state (3.1).

    A recall may follow what is completed; until it is answered the line stays with it (3.5).
    """
    if code is StatusCode.TAKE_BACK:
        return state if state in GONE else State.RECALLING
    if state is State.RECALLING:
        return ANSWERS.get(code, state)
    if code in ANSWERS or state in FINAL or state not in FORWARD:
        return state
    to = STATE_OF[code]
    return to if FORWARD.index(to) > FORWARD.index(state) else state
