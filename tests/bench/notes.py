"""Notes: the smallest thing with a life, as vanban keeps it and as bare `eventsourcing` does.

Each has one birth and many changes; a change loads the note, changes it and saves it.
"""

from __future__ import annotations

from typing import cast
from uuid import UUID, uuid5

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate as BareAggregate
from eventsourcing.domain import event

from services.kernel.aggregate import Aggregate
from services.kernel.application import EventSourced, in_postgres
from services.kernel.commit import command

OURS = UUID("7b5f0a52-4b57-4d57-9c55-3a1c3b2a6f10")
CONNECTION = ("MODULE", "DBNAME", "HOST", "PORT", "USER", "PASSWORD", "SCHEMA")


def bare_postgres(url: str) -> dict[str, str]:
    """The same database, everything else as the library has it by default."""
    told = in_postgres(url)
    return {name: value for name, value in told.items() if name.rpartition("_")[2] in CONNECTION}


class Note(Aggregate, service="bench"):
    """A note as vanban keeps it: actor, trace, command id and predecessor's digest in each event"""

    text: str

    class Written(Aggregate.Created):
        text: str

    class Changed(Aggregate.Event):
        text: str

        def apply(self, note: Note) -> None:
            note.text = self.text


class Notes(EventSourced):
    """Commands as every service has them: once per command id, in the group commit."""

    name = "notes"

    @command()
    def write(self, *, id: UUID, text: str) -> None:
        """A new note."""
        self.save(Note.begin(Note.Written, id, text=text))

    @command()
    def change(self, *, id: UUID, text: str) -> None:
        """Load, change, save."""
        note = self.load(Note, id)
        note.trigger_event(Note.Changed, text=text)
        self.save(note)


class BareNote(BareAggregate):
    """A note as the library's manual writes it."""

    @event("Written")
    def __init__(self, name: str, text: str) -> None:
        self.text = text

    @event("Changed")
    def change(self, text: str) -> None:
        """Another text."""
        self.text = text

    @staticmethod
    def create_id(name: str) -> UUID:
        """The id its writer gave it."""
        return uuid5(OURS, name)


class BareNotes(Application[UUID]):
    """The library alone."""

    name = "bare_notes"

    def write(self, *, id: UUID, text: str) -> None:
        """A new note."""
        self.save(BareNote(name=str(id), text=text))

    def change(self, *, id: UUID, text: str) -> None:
        """Load, change, save."""
        note = cast(BareNote, self.repository.get(BareNote.create_id(str(id))))
        note.change(text)
        self.save(note)
