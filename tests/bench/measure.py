"""How is measured: rounds in turn (A/B/A/B), crowds of callers, medians, and ratios with targets.

A benchmark never compares with a figure of another day or machine: ours and the baseline run in
turn within the same minute, and the ratio is the median of the rounds' own ratios. A ratio above 1
always means that vanban is better, whether more is better (a rate) or less (a time).
"""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")
Act = Callable[[], object]
Member = Callable[[int], AbstractContextManager[Act]]
"""What a caller of a crowd does: by its number, a context in which to repeat an act."""


@dataclass(frozen=True)
class Sample:
    """What one round gave: `times` in seconds, one for each thing done, in `seconds` of wall."""

    seconds: float
    times: list[float]

    @property
    def rate(self) -> float:
        """Things done per second."""
        return len(self.times) / self.seconds

    def milliseconds(self, share: float) -> float:
        """The time within which this share of all was done."""
        return quantile(self.times, share) * 1000


class Pace:
    """How many events were processed, and when the first began and the last ended."""

    def __init__(self) -> None:
        self.count, self.began, self.ended = 0, 0.0, 0.0

    def begin(self) -> None:
        """The next event begins."""
        self.began = self.began or time.perf_counter()

    def end(self, count: int = 1) -> None:
        """So many events are committed."""
        self.count += count
        self.ended = time.perf_counter()

    @property
    def rate(self) -> float:
        """Events per second."""
        return self.count / (self.ended - self.began)


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def alternate(rounds: int, *subjects: Callable[[], T]) -> list[list[T]]:
    """Let the subjects take turns for so many rounds; what each gave, round by round."""
    found: list[list[T]] = [[] for _ in subjects]
    for _ in range(rounds):
        for place, subject in enumerate(subjects):
            found[place].append(subject())
    return found


def crowd(size: int, member: Member, seconds: float) -> Sample:
    """So many callers at once repeat their acts until the time is over; the last one is counted."""
    start = threading.Barrier(size + 1)
    callers = [_Caller(member(number), start, seconds) for number in range(size)]
    for caller in callers:
        caller.start()
    with _unless_broken(callers):
        start.wait()
    began = time.perf_counter()
    for caller in callers:
        caller.join()
    ended = time.perf_counter()
    _raise_first(callers)
    return Sample(ended - began, [taken for caller in callers for taken in caller.times])


class _Caller(threading.Thread):
    def __init__(
        self, member: AbstractContextManager[Act], start: threading.Barrier, seconds: float
    ) -> None:
        super().__init__(daemon=True)
        self._member, self._start_together, self._seconds = member, start, seconds
        self.times: list[float] = []
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            with self._member as act:
                self._start_together.wait()
                self._repeat(act)
        except BaseException as error:
            self.error = error
            self._start_together.abort()

    def _repeat(self, act: Act) -> None:
        now = time.perf_counter()
        end = now + self._seconds
        while now < end:
            began = now
            act()
            now = time.perf_counter()
            self.times.append(now - began)


@contextmanager
def _unless_broken(callers: list[_Caller]) -> Iterator[None]:
    try:
        yield
    except threading.BrokenBarrierError:
        for caller in callers:
            caller.join()
        _raise_first(callers)
        raise


def _raise_first(callers: list[_Caller]) -> None:
    errors = [caller.error for caller in callers if caller.error is not None]
    real = [error for error in errors if not isinstance(error, threading.BrokenBarrierError)]
    for error in real or errors:
        raise error


@dataclass(frozen=True, kw_only=True)
class Result:
    """One line of the table. `ours` and `baseline` hold a figure for each round, in `unit`.

    At most one target: `least` is a ratio to reach, `most` a figure of ours not to exceed.
    """

    name: str
    unit: str
    against: str
    ours: list[float]
    baseline: list[float]
    more_is_better: bool = True
    least: float | None = None
    most: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float:
        """The median of the rounds' ratios; above 1 vanban is better."""
        pairs = zip(self.ours, self.baseline, strict=True)
        return statistics.median(
            ours / base if self.more_is_better else base / ours for ours, base in pairs
        )

    @property
    def target(self) -> str:
        """What is aimed at, in words; nothing where there is no aim."""
        if self.least is not None:
            return f"≥ {self.least:g} ×"
        return "" if self.most is None else f"< {self.most:g} {self.unit}"

    @property
    def met(self) -> bool | None:
        """Whether the target was met; `None` where there is none."""
        if self.least is not None:
            return self.ratio >= self.least
        return None if self.most is None else statistics.median(self.ours) < self.most

    def told(self) -> dict[str, Any]:
        """For programs: medians, ratio, target, and the figures of each round."""
        return {
            "name": self.name,
            "unit": self.unit,
            "against": self.against,
            "ours": statistics.median(self.ours),
            "baseline": statistics.median(self.baseline),
            "ratio": self.ratio,
            "target": self.target,
            "met": self.met,
            "note": self.note,
            "rounds": {"ours": self.ours, "baseline": self.baseline},
        }


def rates(samples: list[Sample]) -> list[float]:
    """The rate of each round."""
    return [sample.rate for sample in samples]


def times(samples: list[Sample]) -> str:
    """Medians over the rounds of p50 and p99, in words."""
    median = {
        share: statistics.median(sample.milliseconds(share) for sample in samples)
        for share in (0.5, 0.99)
    }
    return f"p50 {median[0.5]:.1f}, p99 {median[0.99]:.1f} ms"
