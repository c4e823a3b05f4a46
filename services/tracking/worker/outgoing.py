"""What is owed goes out: written once, sent until the axis takes or refuses it."""

from __future__ import annotations

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from heapq import nsmallest
from typing import Any
from uuid import UUID, uuid5

from msgspec.structs import replace

from contracts import edxml
from contracts.axis import AxisRefused, MessageType, questions
from contracts.errors import FileDamaged, FileMissing
from contracts.values import FileRef, StatusCode
from services.kernel.axis import Axis
from services.kernel.context import acting, the_service
from services.kernel.jobs import Entry
from services.kernel.vault import Vault
from services.tracking.adapters import Boxes, with_receipt
from services.tracking.application import Tracking
from services.tracking.domain import Arrival, Package, arrival_id
from services.tracking.worker.pace import AWAY, Outage, Way

_LOG = logging.getLogger(__name__)
AT_ONCE = 8
NO_BOX_PAUSE = 5.0


class Outgoing:
    """Sends packages: urgent ones first, those of one delivery in order."""

    def __init__(self, tracking: Tracking, vault: Vault, boxes: Boxes) -> None:
        self._tracking, self._vault, self._boxes = tracking, vault, boxes
        self._open: dict[str, Entry] = {}
        self._due: dict[str, float] = {}
        self._scanned = tracking.packages.place()
        self.outage = Outage()

    def round(self, pool: ThreadPoolExecutor) -> int:
        """Send what is due; how many packages are over."""
        over = 0
        while not self.outage.lasts() and (chosen := self._chosen()):
            ways = list(pool.map(self._tried, chosen))
            self.outage.note(all(way is Way.AWAY for way in ways))
            done = [key for key, way in zip(chosen, ways, strict=True) if way is Way.OVER]
            over += len(done)
            for key in done:
                self._open.pop(key, None)
            if not done:
                break
        return over

    def _look(self) -> None:
        before = -1
        while before != self._scanned:
            before = self._scanned
            entries, self._scanned = self._tracking.packages.read(before)
            for entry in entries:
                self._note(entry)

    def _note(self, entry: Entry) -> None:
        if entry.job is None:
            self._open.pop(entry.key, None)
        else:
            self._open[entry.key] = entry

    def _chosen(self) -> list[str]:
        """The next to send: the oldest of each delivery, urgent ones first, also if just owed."""
        self._look()
        heads: dict[str, Entry] = {}
        for entry in self._open.values():
            heads.setdefault(entry.job, entry)
        now = time.monotonic()
        due = (entry for entry in heads.values() if self._due.get(entry.key, 0) <= now)
        first = nsmallest(AT_ONCE, due, key=lambda entry: (not entry.urgent, entry.position))
        return [entry.key for entry in first]

    def _tried(self, key: str) -> Way:
        package = self._tracking.load(Package, UUID(key))
        axis = self._boxes.axis(package.agency)
        if not package.is_open:
            return Way.OVER
        if axis is None:
            self._due[key] = time.monotonic() + NO_BOX_PAUSE
            return Way.LATER
        try:
            self._send(package, axis)
        except (FileMissing, FileDamaged, edxml.EdxmlRefused) as no:
            self._reject(package, type(no).__name__, no.message("vi"))
        except AxisRefused as no:
            self._reject(package, str(no.data["code"]), str(no.data["told"]))
        except AWAY as error:
            _LOG.info("package %s waits (%s)", key, type(error).__name__)
            return Way.AWAY
        return Way.OVER

    def _send(self, package: Package, axis: Axis) -> None:
        is_document = isinstance(package.message, edxml.Document)
        kind = MessageType.DOCUMENT if is_document else MessageType.STATUS
        to = [package.to] if is_document else []
        doc_id = axis.ask(questions.send(self._bytes(package), kind, package.agency, to)).doc_id
        with _recording(package, "sent"):
            self._tracking.record_sent(package_id=package.id, doc_id=doc_id)

    def _reject(self, package: Package, code: str, told: str) -> None:
        with _recording(package, "rejected"):
            self._tracking.record_rejected(package_id=package.id, code=code, told=told[:1000])

    def _bytes(self, package: Package) -> bytes:
        """The bytes that are sent, now and on every repetition."""
        if package.file is None:
            message, receipt = self._whole(package)
            data = edxml.write(message)
            kept = self._vault.keep(data)
            file = FileRef(name=f"{package.id}.edxml", sha256=kept.sha256, size=kept.size)
            with _recording(package, "written"):
                self._tracking.record_written(
                    package_id=package.id,
                    file=replace(file, media_type="application/xml"),
                    fingerprint=edxml.fingerprint(edxml.read(data).message),
                    receipt=receipt,
                )
            package = self._tracking.load(Package, package.id)
        assert package.file is not None
        return self._vault.read(package.file.sha256)

    def _whole(self, package: Package) -> tuple[edxml.Message, str]:
        """The message with its files, or with the receipt of what is accepted."""
        message = package.message
        if isinstance(message, edxml.Document):
            files = [
                edxml.Attachment(name=file.name, content=self._vault.read_ref(file))
                for file in package.files
            ]
            return replace(message, attachments=files), ""
        if message.code != StatusCode.ACCEPTED:
            return message, ""
        arrival = self._tracking.load(Arrival, arrival_id(package.delivery_id))
        receipt = self._boxes.receipt(message, arrival.fingerprint)
        return (with_receipt(message, receipt) if receipt else message), receipt


def _recording(package: Package, what: str) -> Any:
    """Circumstances of an outcome: its command id follows from the package as it is."""
    id = uuid5(package.id, f"{what}/{package.version}")
    return acting(replace(the_service(Tracking.name), command_id=id))
