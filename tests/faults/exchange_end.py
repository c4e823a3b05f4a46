"""One end of the exchange as a process: `python -m tests.faults.exchange_end <its words in JSON>`.

Tracking and its exchange are real, on PostgreSQL and S3. What they follow is played from numbers:
letter n is issued under an id that follows from n, and whatever arrives is taken in and registered.
A killed end begins where its store stands.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import msgspec

from contracts.accounts import AgencyRegistered, ReceiptKeySet
from contracts.dispatch import Addressee, DocumentIssued
from contracts.envelope import Actor, Envelope, Page, PublicEvent
from contracts.intake import DocumentArrived, DocumentRegistered
from contracts.tracking import DocumentTaken
from contracts.values import (
    DocumentKind,
    FileRef,
    LegalValue,
    Number,
    OutgoingNumber,
    Route,
    Signer,
    Urgency,
    delivery_id,
    named_id,
)
from services.kernel.application import in_postgres
from services.kernel.context import acting, the_service
from services.kernel.eventlog import EventLog
from services.kernel.vault import Vault
from services.kernel.view import Tables
from services.tracking.adapters import Boxes
from services.tracking.application import Tracking
from services.tracking.projections import projections
from services.tracking.worker import Exchange
from tests.tracking.told import CALENDAR, MONDAY

PAGE = 100
CONTENT = b"%PDF-1.7\n" + b"v" * 2000 + b"\n%%EOF\n"


class Words(msgspec.Struct, frozen=True):
    """What an end is told: who it is, where things are, how many letters it has to send.

    The last `urgent` of them are urgent.
    """

    code: str
    peer: str
    peer_key: str
    database_url: str
    s3_url: str
    axis_url: str
    boxes: str
    letters: int = 0
    urgent: int = 0


def letter_id(sender: str, number: int) -> UUID:
    """Identity of a letter."""
    return named_id("letter", sender, number)


def tracking_of(words: Words) -> Tracking:
    """Tracking on the store of an end; its lists stand beside it, and nobody asks them."""
    url = words.database_url
    tables = Tables(url, projections(CALENDAR))
    return Tracking(in_postgres(url), files=Vault(words.s3_url), tables=tables)


class End:
    """Tracking between the axis and what it follows."""

    def __init__(self, words: Words) -> None:
        self.words, self.vault = words, Vault(words.s3_url)
        self.tracking = tracking_of(words)
        boxes = Boxes(words.axis_url, Path(words.boxes))
        self.exchange = Exchange(self.tracking, self.vault, boxes, poll=0.1)
        self.log = EventLog(self.tracking, self._told)
        self.stopped = threading.Event()

    def _told(self, envelope: Envelope) -> None:
        self.tracking.policy(envelope.event(), envelope)

    def run(self) -> None:
        """Follow what is played and exchange, until killed."""
        following = threading.Thread(target=self._follow, daemon=True)
        following.start()
        self.exchange.run(self.stopped)

    def _follow(self) -> None:
        with ThreadPoolExecutor(1):
            while not self.stopped.is_set():
                if not (self._meet() or self._issue() or self._take_in()):
                    self.stopped.wait(0.1)

    def _page(self, source: str, events: list[tuple[UUID, PublicEvent]], upto: int) -> bool:
        place = self.log.place(source)
        envelopes = [
            _envelope(source, place + number, id, event)
            for number, (id, event) in enumerate(events, 1)
        ]
        if upto > place:
            self.log.take(source, place, Page(events=envelopes, upto=upto))
        return bool(envelopes)

    def _meet(self) -> bool:
        if self.log.place("accounts"):
            return False
        peer, id = self.words.peer, named_id("agency", self.words.peer)
        known = AgencyRegistered(
            agency=peer, name=f"Cơ quan {peer}", notation="X", route=Route.AXIS, mandatory=False
        )
        key = ReceiptKeySet(agency=peer, key=self.words.peer_key)
        return self._page("accounts", [(id, known), (id, key)], 2)

    def _issue(self) -> bool:
        place = self.log.place("dispatch")
        last = min(place + PAGE, self.words.letters)
        if place >= last:
            return False
        kept = self.vault.keep(CONTENT)
        file = FileRef(name="cv.pdf", sha256=kept.sha256, size=kept.size)
        letters = [self._letter(number, file) for number in range(place + 1, last + 1)]
        return self._page("dispatch", [(e.document_id, e) for e in letters], last)

    def _letter(self, number: int, file: FileRef) -> DocumentIssued:
        words, id = self.words, letter_id(self.words.code, number)
        is_urgent = number > words.letters - words.urgent
        to = Addressee(
            agency=words.peer,
            name=f"Cơ quan {words.peer}",
            route=Route.AXIS,
            delivery_id=delivery_id(id, words.peer),
        )
        return DocumentIssued(
            document_id=id,
            agency=words.code,
            agency_name=f"Cơ quan {words.code}",
            number=OutgoingNumber(
                number=number,
                notation=f"{number:02d}/SVD-VP",
                issued_on=MONDAY.date(),
                document_code=f"{words.code}.2026.{number:06d}",
            ),
            kind=DocumentKind.LETTER,
            subject=f"Việc số {number}",
            urgency=Urgency.EXPRESS if is_urgent else Urgency.ORDINARY,
            signer=Signer(person="binh", post="Giám đốc", name="Trần Bình"),
            files=[file],
            addressees=[to],
            issued_at=MONDAY,
            send_due_at=MONDAY,
        )

    def _take_in(self) -> bool:
        """Intake follows tracking: the place in its own log is the place of the played intake."""
        place = self.log.place("intake")
        with acting(the_service("intake")):
            page = self.tracking.read_events(after=place // 2, limit=PAGE)
        taken = [e.event() for e in page.events]
        told = [pair for e in taken if isinstance(e, DocumentTaken) for pair in _accepted(e)]
        return self._page("intake", told, page.upto * 2)


def _accepted(event: DocumentTaken) -> Iterator[tuple[UUID, PublicEvent]]:
    of = {"document_id": event.delivery_id, "agency": event.agency, "origin": event.origin}
    at = MONDAY + timedelta(minutes=5)
    yield (
        event.delivery_id,
        DocumentArrived(
            **of,
            kind=event.letter.kind,
            subject=event.letter.subject,
            urgency=event.letter.urgency,
            files=event.letter.files,
            entered_at=MONDAY,
            effective_at=MONDAY,
            answer_due_at=at,
            calendar=CALENDAR.version,
        ),
    )
    yield (
        event.delivery_id,
        DocumentRegistered(
            **of,
            number=Number(number=1, agency=event.agency, book="incoming", year=2026),
            arrived_on=MONDAY.date(),
            legal_value=LegalValue.ORIGINAL,
            paperless=True,
            transfer_due_at=at,
            calendar=CALENDAR.version,
        ),
    )


def _envelope(source: str, position: int, id: UUID, event: PublicEvent) -> Envelope:
    return Envelope(
        source=source,
        position=position,
        type=event.TYPE,
        aggregate_id=id,
        version=1,
        at=MONDAY,
        actor=Actor(person=f"service:{source}", name=source),
        body=msgspec.to_builtins(event),
    )


if __name__ == "__main__":
    End(msgspec.json.decode(sys.argv[1], type=Words)).run()
