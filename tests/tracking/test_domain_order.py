"""Whatever statuses come, in whatever order, however often: a line never goes backwards."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from contracts.tracking import DeliveryState as State
from contracts.tracking import StatusLine
from contracts.values import StatusCode
from services.tracking.domain import FORWARD
from tests.tracking.test_domain import line
from tests.tracking.told import MONDAY

STATUSES = st.lists(
    st.tuples(st.sampled_from(list(StatusCode)), st.integers(0, 5), st.sampled_from(["", "Sai"])),
    max_size=25,
)
AFTER = {
    State.COMPLETED: {State.COMPLETED, State.RECALLING},
    State.REFUSED: {State.REFUSED},
    State.RECALLING: {State.RECALLING, State.RECALLED, State.RECALL_REFUSED},
    State.RECALLED: {State.RECALLED},
    State.RECALL_REFUSED: {State.RECALL_REFUSED, State.RECALLING},
}
"""What may follow the states that table 3.4 binds; the others go forward, or are recalled."""


def allowed(state: State) -> set[State]:
    """The states that may stand after this one."""
    ahead = FORWARD[FORWARD.index(state) :] if state in FORWARD else ()
    return AFTER.get(state, {*ahead, State.RECALLING})


@given(STATUSES)
def test_a_line_never_goes_backwards_and_keeps_every_status_once(
    statuses: list[tuple[StatusCode, int, str]],
) -> None:
    delivery, told = line(), []
    for code, minute, reason in statuses:
        before, at = delivery.state, MONDAY + timedelta(minutes=minute)
        delivery.record_status(code, at, reason)
        assert delivery.state in allowed(before), (before, code, delivery.state)
        told.append(StatusLine(code=code, at=at, reason=reason))
    assert delivery.history == list(dict.fromkeys(told))
    arrived = [status.at for status in delivery.history if status.code is StatusCode.ARRIVED]
    assert delivery.view().sent_at == (MONDAY if arrived else None)


@given(STATUSES, st.randoms(use_true_random=False))
def test_repeats_have_no_effect(statuses: list[tuple[StatusCode, int, str]], dice: object) -> None:
    once, often = line(), line()
    heard: list[tuple[StatusCode, int, str]] = []
    for code, minute, reason in statuses:
        at = MONDAY + timedelta(minutes=minute)
        once.record_status(code, at, reason)
        often.record_status(code, at, reason)
        heard.append((code, minute, reason))
        again = dice.choice(heard)  # type: ignore[attr-defined]
        often.record_status(again[0], MONDAY + timedelta(minutes=again[1]), again[2])
    assert often.view() == once.view()
    assert len(often.collect_events()) == len(once.collect_events())
