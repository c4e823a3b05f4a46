"""Two platforms and the axis between them: each with an agency, a store of its own, its box."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from threading import Thread
from uuid import UUID

import msgspec

from contracts.accounts import AgencyRegistered, ReceiptKeySet
from contracts.dispatch import DocumentIssued
from contracts.errors import NotFound
from contracts.intake import DocumentArrived, DocumentRegistered
from contracts.tracking import DeliveryView, DocumentTaken, ReceiptView
from contracts.values import FileRef, LegalValue, Number, Route, Urgency, delivery_id, named_id
from infra.axis.door import Axis as Server
from infra.local import keys
from services.kernel.context import acting
from services.tracking.adapters import Box, Boxes
from services.tracking.worker.incoming import Incoming
from services.tracking.worker.outgoing import Outgoing
from tests.conftest import until
from tests.tracking.desk import AUDITOR, Desk
from tests.tracking.told import CALENDAR, MONDAY, SENDER, Letter

TOKEN = "control-of-the-test"
OURS, OURS_NAME = SENDER, "Sở Nội vụ"
THEIRS, THEIRS_NAME = "G12.04", "Bộ Ví dụ"
CONTENT = b"%PDF-1.7\n" + b"v" * 900 + b"\n%%EOF\n"


@contextmanager
def axis_at(folder: Path, port: int = 0) -> Iterator[Server]:
    """An axis that listens until the block ends, at any free port or this one."""
    server = Server(folder, TOKEN, port)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class End(Desk):
    """One platform with one agency at the axis; its intake is played by `receive`."""

    def __init__(self, url: str, folder: Path, code: str, name: str) -> None:
        super().__init__()
        self.code, self.name = code, name
        (private, public), self.secret = keys.pair(), f"secret of {code}"
        self.public_key, file = public.decode(), folder / f"{code}.json"
        self.box, self.file = Box(secret=self.secret, receipt_key=private.decode()), file
        self.boxes = Boxes(url, file)
        self.change_box()
        self.pool = ThreadPoolExecutor(2)
        self.seen = 0

    @cached_property
    def outgoing(self) -> Outgoing:
        return Outgoing(self.tracking, self.shelf, self.boxes)

    @cached_property
    def incoming(self) -> Incoming:
        return Incoming(self.tracking, self.shelf, self.boxes)

    def change_box(self, **told: str) -> None:
        """Write the file of boxes, with something changed."""
        self.box = msgspec.structs.replace(self.box, **told)
        self.file.write_bytes(msgspec.json.encode({self.code: self.box}))

    def meet(self, other: End) -> None:
        """Learn of the other's agency, and which key proves its receipts."""
        for event in (
            AgencyRegistered(
                agency=other.code,
                name=other.name,
                notation="VD",
                route=Route.AXIS,
                mandatory=False,
            ),
            ReceiptKeySet(agency=other.code, key=other.public_key),
        ):
            self.accounts.tell(named_id("agency", other.code), event, MONDAY)
        self.read_all()

    def issue(
        self,
        letter: Letter,
        over: tuple[str, ...] = (),
        urgency: Urgency = Urgency.ORDINARY,
    ) -> DocumentIssued:
        """A document of ours goes out, as dispatch tells it; to all over the axis, or to these."""
        kept = self.shelf.keep(CONTENT)
        file = FileRef(name="cong-van.pdf", sha256=kept.sha256, size=kept.size)
        issued = letter.issued()
        addressees = [
            msgspec.structs.replace(
                to, route=Route.PLATFORM if over and to.agency not in over else Route.AXIS
            )
            for to in issued.addressees
        ]
        event = msgspec.structs.replace(
            issued, files=[file], addressees=addressees, urgency=urgency
        )
        self.dispatch.tell(letter.id, event, MONDAY)
        self.read_all()
        return event

    def exchange(self) -> int:
        """One round in both directions; how many packages moved."""
        self.boxes.codes()
        return self.outgoing.round(self.pool) + self.incoming.round(self.pool)

    def taken(self) -> list[DocumentTaken]:
        """What tracking told of arrivals since the last look."""
        with acting(AUDITOR):
            page = self.tracking.read_events(after=self.seen, limit=1000)
        self.seen = page.upto
        events = [envelope.event() for envelope in page.events]
        return [event for event in events if isinstance(event, DocumentTaken)]

    def receive(self, event: DocumentTaken, number: int = 1) -> None:
        """Intake takes it in and registers it: 01, then 03."""
        of = {
            "document_id": event.delivery_id,
            "agency": event.agency,
            "origin": event.origin,
        }
        arrived = DocumentArrived(
            **of,
            kind=event.letter.kind,
            subject=event.letter.subject,
            urgency=event.letter.urgency,
            files=event.letter.files,
            entered_at=MONDAY,
            effective_at=MONDAY,
            answer_due_at=MONDAY + timedelta(days=1),
            calendar=CALENDAR.version,
        )
        registered = DocumentRegistered(
            **of,
            number=Number(number=number, agency=event.agency, book="incoming", year=2026),
            arrived_on=MONDAY.date(),
            legal_value=LegalValue.ORIGINAL,
            paperless=True,
            transfer_due_at=MONDAY,
            calendar=CALENDAR.version,
        )
        self.intake.tell(event.delivery_id, arrived, MONDAY)
        self.intake.tell(event.delivery_id, registered, MONDAY + timedelta(seconds=7))
        self.read_all()

    def line(self, letter: Letter, recipient: str) -> DeliveryView:
        with acting(AUDITOR):
            return self.tracking.get_delivery(delivery_id=delivery_id(letter.id, recipient))

    def has_receipt(self, id: UUID) -> bool:
        """Whether the receipt of a delivery came."""
        try:
            return bool(self.receipt(id))
        except NotFound:
            return False

    def receipt(self, id: UUID) -> ReceiptView:
        with acting(AUDITOR):
            return self.tracking.get_receipt(delivery_id=id)


def run(*ends: End, until_true: Callable[[], bool] = lambda: True) -> None:
    """Exchange until nothing moves and the condition holds."""

    def quiet() -> bool:
        return not sum(end.exchange() for end in ends) and until_true()

    until(quiet)
