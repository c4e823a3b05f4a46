"""The process that writes: eventlet-patched as a door is, told by lines who writes how long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from contracts.envelope import Actor
from services.kernel.application import in_postgres
from services.kernel.context import Circumstances, acting
from services.kernel.prompts import Prompts
from services.kernel.settings import Settings, settings_or_exit
from tests.bench.measure import Act, crowd
from tests.bench.notes import BareNotes, Notes, bare_postgres
from tests.bench.rig import answer

CHANGES = 9
"""Changes in the life of a note; then its writer takes a new one, so that histories stay short."""
TEXT = "Chuyển đơn vị chủ trì, tham mưu trả lời đúng hạn."


@contextmanager
def writer(application: Any, number: int) -> Iterator[Act]:
    """Who writes one note after another, each with its life of changes."""
    id, left = uuid4(), 0

    def act() -> None:
        nonlocal id, left
        if left == 0:
            id, left = uuid4(), CHANGES
            application.write(id=id, text=TEXT)
        else:
            left -= 1
            application.change(id=id, text=TEXT)

    who = Actor(person=f"writer.{number}", name="Phạm Minh Châu", post="Chuyên viên", agency="H47")
    with acting(Circumstances(actor=who)):
        yield act


def writing(application: Any) -> Callable[[int, float], list[Any]]:
    """Have so many write for so many seconds: seconds it took, and the time of each command."""

    def write(writers: int, seconds: float) -> list[Any]:
        sample = crowd(writers, lambda number: writer(application, number), seconds)
        return [sample.seconds, sample.times]

    return write


def main() -> None:
    """Write when told to."""
    settings = settings_or_exit(Settings)
    url = settings.database_url
    notes = Notes(in_postgres(url), written=Prompts(settings.broker_url, "intake").ring)
    answer({"ours": writing(notes), "bare": writing(BareNotes(bare_postgres(url)))})
