"""Work on a stranger's file in a process of its own with hard limits, because it may kill it.

It may still open files: a letter's encoding is loaded when it is met, and an answer must not depend
on what was met before.
"""

from collections.abc import Callable
from typing import BinaryIO

from services.kernel.child import ChildLimits, Ended, in_child
from services.signing.adapters.pdf.opening import Limits


def confined(work: Callable[[], bytes], limits: Limits) -> bytes | Ended:
    """What ``work`` gives back; of a child that gave no answer, the account of it."""
    costs = ChildLimits(
        cpu_seconds=limits.cpu_seconds,
        wall_seconds=limits.wall_seconds,
        address_space=limits.address_space,
    )

    def answering(pipe: BinaryIO) -> None:
        pipe.write(work())

    ended = in_child(answering, costs)
    return ended.answer if ended.status == 0 and ended.answer and not ended.late else ended
