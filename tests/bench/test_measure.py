"""The measuring is right: quantiles, turns, crowds, ratios and targets."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.bench.measure import Act, Result, Sample, alternate, crowd, quantile


def result(**fields: object) -> Result:
    told = {"name": "n", "unit": "ms", "against": "x", "ours": [2.0], "baseline": [1.0]} | fields
    return Result(**told)  # type: ignore[arg-type]


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.99, 99), (1.0, 100), (0.001, 1)])
def test_a_quantile_is_the_smallest_value_that_covers_its_share(share: float, value: int) -> None:
    assert quantile(list(range(100, 0, -1)), share) == value


def test_the_subjects_take_turns() -> None:
    count = itertools.count()
    found = alternate(3, lambda: next(count), lambda: next(count))
    assert found == [[0, 2, 4], [1, 3, 5]]


def test_a_crowd_acts_at_once_and_counts_every_act() -> None:
    together, acts = threading.Barrier(4), itertools.count()

    @contextmanager
    def member(number: int) -> Iterator[Act]:
        first = iter([lambda: together.wait(15)])
        yield lambda: (next(first, threading.Event)(), next(acts))

    sample = crowd(4, member, 0.01)
    assert len(sample.times) == next(acts) >= 4
    assert sample.rate == len(sample.times) / sample.seconds


def test_the_error_of_one_caller_ends_the_crowd() -> None:
    @contextmanager
    def member(number: int) -> Iterator[Act]:
        if number == 1:
            raise LookupError("no door")
        yield lambda: None

    with pytest.raises(LookupError, match="no door"):
        crowd(3, member, 0.01)


def test_a_ratio_above_one_means_ours_is_better() -> None:
    assert result(ours=[2.0, 9.0, 4.0], baseline=[1.0, 1.0, 4.0]).ratio == 2.0
    assert result(ours=[2.0], baseline=[8.0], more_is_better=False).ratio == 4.0


def test_a_target_is_met_or_not_or_there_is_none() -> None:
    assert result(least=2.0).met is True
    assert result(least=2.5).met is False
    assert result(most=2.5).met is True
    assert result(most=2.0).met is False
    assert result().met is None
    assert (result(least=2.5).target, result(most=2).target) == ("≥ 2.5 ×", "< 2 ms")


def test_a_sample_tells_rate_and_times() -> None:
    sample = Sample(2.0, [0.001, 0.002, 0.003, 0.004])
    assert sample.rate == 2.0
    assert sample.milliseconds(0.5) == 2.0
