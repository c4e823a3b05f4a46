"""What waits on the axis comes in: fetched, understood, sealed, recorded, then taken off."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from msgspec.structs import replace

from contracts import edxml
from contracts.axis import AxisRefused, MessageType, PackageState, questions
from contracts.errors import NotFound
from contracts.values import FileRef
from services.kernel.axis import Axis
from services.kernel.context import acting, the_service
from services.kernel.vault import Vault
from services.kernel.work import UnitOfWork
from services.tracking.adapters import Boxes
from services.tracking.application import Tracking
from services.tracking.application.receiving import Outcome
from services.tracking.worker.holding import taking_of
from services.tracking.worker.pace import AWAY, Outage

_LOG = logging.getLogger(__name__)
HELD_PAUSE, HELD_AT_MOST = 2.0, 300.0
PATIENCE = 300
AT_HAND = 32
ABSENT = hashlib.sha256(b"").hexdigest()
"""The digest of a file that was named and did not come: nothing is kept under it."""


class Waits(NamedTuple):
    """A package on the axis, in the box of an agency."""

    code: str
    axis: Axis
    doc_id: str


class Taking(NamedTuple):
    """What is to be recorded of a message, and for which delivery its files were sealed.

    `hold` keeps it where its document is not known; without it the message stays on the axis.
    """

    act: Callable[[], Outcome]
    sealed_for: UUID | None = None
    hold: Callable[[], None] | None = None


class Said(NamedTuple):
    """What the axis is told of a package; `unwanted` is the delivery whose files are not kept."""

    one: Waits
    state: PackageState
    told: str = ""
    unwanted: UUID | None = None


class Incoming:
    """Takes in the packages that wait for our agencies."""

    def __init__(self, tracking: Tracking, vault: Vault, boxes: Boxes) -> None:
        self._tracking, self._vault, self._boxes = tracking, vault, boxes
        self._held: dict[str, tuple[int, float]] = {}
        self.outage = Outage()

    def round(self, pool: ThreadPoolExecutor) -> int:
        """Take in what waits, in the order of the axis; how many packages are over."""
        if self.outage.lasts():
            return 0
        over = 0
        try:
            waiting = list(self._waiting())
            for first in range(0, len(waiting), AT_HAND):
                over += self._taken(waiting[first : first + AT_HAND], pool)
        except AWAY as error:
            _LOG.info("the axis or the store is away (%s)", type(error).__name__)
            self.outage.note(away=True)
        else:
            self.outage.note(away=False)
        return over

    def _taken(self, waiting: list[Waits], pool: ThreadPoolExecutor) -> int:
        """Fetch and seal side by side, record in order and at once, tell the axis side by side."""
        takings = list(pool.map(self._prepared, waiting))
        with self._tracking.group.page() as work, acting(the_service(Tracking.name)):
            said = [self._recorded(work, *pair) for pair in zip(waiting, takings, strict=True)]
        finished = list(pool.map(self._finished, filter(None, said)))
        return sum(one.state is not PackageState.PROCESSING for one in finished)

    def _waiting(self) -> Iterator[Waits]:
        for code in self._boxes.codes():
            axis = self._boxes.axis(code)
            for kind in MessageType if axis else ():
                assert axis is not None
                listed = axis.ask(questions.received(kind)).data
                for package in {each.doc_id: each for each in listed}.values():
                    if package.state != PackageState.FAIL and self._is_due(package.doc_id):
                        yield Waits(code, axis, package.doc_id)

    def _is_due(self, doc_id: str) -> bool:
        return self._held.get(doc_id, (0, 0.0))[1] <= time.monotonic()

    def _prepared(self, one: Waits) -> Taking | str:
        """What is to be recorded of a package, its files sealed; or why it is no message."""
        try:
            message = edxml.read(one.axis.ask(questions.fetch(one.doc_id)).content()).message
        except (edxml.EdxmlRefused, AxisRefused) as no:
            return no.message("vi")
        said: dict[str, Any] = {"box": one.code, "fingerprint": edxml.fingerprint(message)}
        if isinstance(message, edxml.Status):
            hold = partial(self._tracking.hold_status, message=message, **said)
            return Taking(taking_of(self._tracking, message, **said), hold=hold)
        _, id = self._tracking.place_of(one.code, message)
        wanted = self._tracking.wants_files(one.code, message)
        files = self._sealed(id, message) if wanted else []
        bare = replace(message, attachments=[], signature="")
        act = partial(self._tracking.take_document, message=bare, files=files, **said)
        return Taking(act, id if wanted else None)

    def _recorded(self, work: UnitOfWork, one: Waits, taking: Taking | str) -> Said | None:
        """What the axis is told of a package once its effect is recorded."""
        if isinstance(taking, str):
            return Said(one, PackageState.FAIL, taking)
        try:
            outcome = work.run(taking.act)
        except NotFound:
            if taking.hold is None:
                return self._hold(one)
            work.run(taking.hold)
            return Said(one, PackageState.DONE)
        self._held.pop(one.doc_id, None)
        if outcome is Outcome.STRANGE:
            return Said(one, PackageState.FAIL, "không dùng được mã cơ quan gửi hay mã trạng thái")
        unwanted = taking.sealed_for if outcome is Outcome.RECALLED else None
        return Said(one, PackageState.DONE, unwanted=unwanted)

    def _finished(self, said: Said) -> Said:
        """A package the axis will not hear of any more is no news."""
        if said.unwanted is not None:
            self._vault.destroy(said.unwanted)
        line = " ".join(said.told.split())[:300]
        with suppress(AxisRefused):
            said.one.axis.ask(questions.set_state(said.one.doc_id, said.state, line))
        return said

    def _sealed(self, id: UUID, message: edxml.Document) -> list[FileRef]:
        """Its files under the document's own key; what was named and did not come shows too."""
        files = [self._seal(id, attachment) for attachment in message.attachments]
        files += [_absent(name) for name in message.missing]
        return files or [_absent("không có tệp")]

    def _seal(self, id: UUID, attachment: edxml.Attachment) -> FileRef:
        if not attachment.content:
            return _absent(attachment.name)
        file = FileRef(
            name=_name(attachment.name),
            sha256=hashlib.sha256(attachment.content).hexdigest(),
            size=len(attachment.content),
            media_type=attachment.media_type or "application/octet-stream",
            sealed_for_id=id,
        )
        self._vault.seal(id, file, attachment.content)
        return file

    def _hold(self, one: Waits) -> Said | None:
        """Its document is not known yet: it stays on the axis, asked for less and less often."""
        tries, _ = self._held.get(one.doc_id, (0, 0.0))
        pause = min(HELD_PAUSE * 2 ** min(tries, 10), HELD_AT_MOST)
        self._held[one.doc_id] = (tries + 1, time.monotonic() + pause)
        if tries >= PATIENCE:
            return Said(one, PackageState.FAIL, "không tìm thấy văn bản")
        return None if tries else Said(one, PackageState.PROCESSING)


def _absent(name: str) -> FileRef:
    return FileRef(name=_name(name), sha256=ABSENT, size=1, media_type="application/octet-stream")


def _name(name: str) -> str:
    return name.strip()[:200] or "tệp"
