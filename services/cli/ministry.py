"""A letter to a ministry outside: it goes over the axis as edXML, statuses and a receipt come back.

The ministry (Bộ Ví dụ) is not of this platform. It holds its own box at the axis and speaks its
language: what it reads and writes is nothing but the wire.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

from contracts import edxml
from contracts.accounts import AgencyAlreadyRegistered
from contracts.axis import MessageType, PackageState, questions
from contracts.errors import NotFound
from contracts.tracking import DeliveryView, ReceiptVerdict, ReceiptView
from contracts.values import Recipient, Role, Route, StatusCode, delivery_id
from contracts.working_time import VIETNAM
from infra.local import keys
from services.cli.cast import REFUSER, SENDER, Agency
from services.cli.letter_texts import request_for_report
from services.cli.stage import unless
from services.cli.story import Story
from services.kernel.axis import Axis
from services.tracking.adapters import Box, receipt_of, with_receipt

MINISTRY = Agency(
    "G12.04",
    "Bộ Ví dụ",
    "BVD",
    "VP",
    "hoang-van-minh",
    "Hoàng Văn Minh",
    "Chánh Văn phòng",
    Route.AXIS,
    (),
)
OLD_CODE = "000.00.04.G12"
SECRET = "secret of the ministry's box"
ANSWERS = (
    StatusCode.ARRIVED,
    StatusCode.ACCEPTED,
    StatusCode.ASSIGNED,
    StatusCode.IN_PROGRESS,
    StatusCode.COMPLETED,
)


class Ministry:
    """The ministry's own software, as far as it shows on the axis."""

    def __init__(self, axis_url: str) -> None:
        private, public = keys.pair()
        self.public_key = public.decode()
        self._box = Box(secret=SECRET, receipt_key=private.decode())
        self._axis = Axis(axis_url, system_id=MINISTRY.code, secret=SECRET)

    def take(self) -> edxml.Document | None:
        """The oldest document that waits, taken off the axis."""
        for package in self._axis.ask(questions.received(MessageType.DOCUMENT)).data:
            content = self._axis.ask(questions.fetch(package.doc_id)).content()
            message = edxml.read(content).message
            assert isinstance(message, edxml.Document)
            self._axis.ask(questions.set_state(package.doc_id, PackageState.DONE))
            return message
        return None

    def answer(self, document: edxml.Document, code: StatusCode) -> None:
        """Tell its sender what became of it; acceptance carries the signed receipt."""
        at = datetime.now(VIETNAM).replace(microsecond=0)
        status = edxml.Status(
            sender=edxml.Party(code=MINISTRY.code, name=MINISTRY.name),
            about=edxml.ResponseFor(
                agency=document.sender.code,
                code=document.code.written(),
                document_id=document.document_id,
                promulgated_on=document.promulgation.promulgated_on,
            ),
            code=code.value,
            description=code.vi,
            at=at,
        )
        if code is StatusCode.ACCEPTED:
            digest = edxml.fingerprint(document)
            status = with_receipt(status, receipt_of(status, digest, self._box))
        data = edxml.write(status)
        self._axis.ask(questions.send(data, MessageType.STATUS, MINISTRY.code))


class Correspondence(Story):
    """Plays the letter to the ministry, after the story."""

    letter_id: UUID

    def write_to_ministry(self) -> None:
        """From the draft to the ministry's last status."""
        ministry = Ministry(self._world.axis_url)
        self._introduce(ministry)
        self.letter_id = uuid4()
        letter = request_for_report(self.reply_due_on, self.today.year)
        to = [Recipient(agency=OLD_CODE, name=MINISTRY.name)]
        self.issue(SENDER, self.letter_id, letter, to)
        document = self.until("the letter is at the ministry", ministry.take)
        files = ", ".join(file.name for file in document.attachments)
        self._say(MINISTRY, f"Nhận qua trục: {files}", "Fetched from the axis as edXML")
        for code in ANSWERS:
            ministry.answer(document, code)
            self.until(f"{code} is with the sender", partial(self._has, code))
            self._say(MINISTRY, f"{code} {code.vi}", f"{code} {code.en}, over the axis")
        receipt = self.until("the receipt is with the sender", self.receipt)
        assert receipt.verdict is ReceiptVerdict.PROVED
        self._say(SENDER, "Biên nhận có chữ ký của Bộ: đúng", "The ministry's receipt is proved")

    def _introduce(self, ministry: Ministry) -> None:
        """Boxes at the axis, and the ministry in the directory, under its two codes."""
        control, operator = self._world.axis_control(), self.operator()
        control.enrol(REFUSER.code, name=REFUSER.name)
        control.enrol(MINISTRY.code, SECRET, name=MINISTRY.name, old_code=OLD_CODE)
        unless(
            AgencyAlreadyRegistered,
            lambda: operator.accounts.register_agency(
                agency=MINISTRY.code,
                name=MINISTRY.name,
                notation=MINISTRY.notation,
                route=MINISTRY.route,
                mandatory=False,
            ),
        )
        unless(
            AgencyAlreadyRegistered,
            lambda: operator.accounts.add_agency_code(agency=MINISTRY.code, code=OLD_CODE),
        )
        operator.accounts.set_receipt_key(agency=MINISTRY.code, key=ministry.public_key)
        self._world.open_box(SENDER.code, SENDER.name)
        self._say(MINISTRY, "Có hộp thư trên trục, hai mã", "Known by two codes, on the axis")

    def line(self) -> DeliveryView | None:
        """The sender's line of the letter, once it is open."""
        clerk = self.holder(SENDER, Role.CLERK)
        try:
            id = delivery_id(self.letter_id, MINISTRY.code)
            return clerk.tracking.get_delivery(delivery_id=id)
        except NotFound:
            return None

    def receipt(self) -> ReceiptView | None:
        """The ministry's receipt as the sender keeps it."""
        clerk = self.holder(SENDER, Role.CLERK)
        try:
            id = delivery_id(self.letter_id, MINISTRY.code)
            return clerk.tracking.get_receipt(delivery_id=id)
        except NotFound:
            return None

    def _has(self, code: StatusCode) -> bool:
        line = self.line()
        return line is not None and code in {status.code for status in line.history}
