"""Two platforms over a real axis on the loopback: one effect a message, receipts that hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import jwt
import pytest
from msgspec.structs import replace

from contracts import edxml
from contracts.accounts import AgencyCodeAdded
from contracts.axis import MessageType, PackageState, questions
from contracts.tracking import (
    DeliveryState,
    DocumentTaken,
    ReceiptVerdict,
    SendingFailed,
    StatusHeld,
    StatusMatched,
)
from contracts.values import Secrecy, StatusCode, Urgency, delivery_id, named_id
from infra.axis.control import Control
from infra.axis.door import Axis as Server
from infra.axis.store import Fault, FaultKind
from infra.local import keys
from services.kernel.axis import Axis
from services.kernel.context import acting
from services.tracking.domain import Package, package_id
from services.tracking.worker import Exchange
from services.tracking.worker.holding import Holding
from services.tracking.worker.outgoing import AT_ONCE, Outgoing
from tests.conftest import until
from tests.tracking.desk import AUDITOR
from tests.tracking.ends import (
    CONTENT,
    OURS,
    OURS_NAME,
    THEIRS,
    THEIRS_NAME,
    TOKEN,
    End,
    axis_at,
    run,
)
from tests.tracking.told import MONDAY, Letter

DOCUMENT, STATUS = MessageType.DOCUMENT, MessageType.STATUS
BY_CODE = edxml.ResponseFor(
    agency=OURS, document_id="17", code="01/SNV-VP", promulgated_on=MONDAY.date()
)
"""How a peer names the letter who calls it by a number of his own."""


class Between(NamedTuple):
    """The sender, the recipient, and the axis with its control."""

    ours: End
    theirs: End
    server: Server
    control: Control

    def line(self, letter: Letter) -> str:
        return " ".join(status.code for status in self.ours.line(letter, THEIRS).history)


@pytest.fixture
def between(tmp_path: Path) -> Iterator[Between]:
    """Two platforms that know each other, and the axis between them."""
    with axis_at(tmp_path / "axis") as server:
        control = Control(server.url, TOKEN)
        ours = End(server.url, tmp_path, OURS, OURS_NAME)
        theirs = End(server.url, tmp_path, THEIRS, THEIRS_NAME)
        control.enrol(OURS, ours.secret, name=OURS_NAME)
        control.enrol(THEIRS, theirs.secret, name=THEIRS_NAME, old_code="000.00.04.G12")
        ours.meet(theirs)
        theirs.meet(ours)
        yield Between(ours, theirs, server, control)
        for end in (ours, theirs):
            end.pool.shutdown()


def letter(number: int = 1, **said: object) -> Letter:
    return Letter(recipients=(THEIRS,), running=number, **said)


@pytest.mark.rule("R3.2-2")
@pytest.mark.rule("R10.1")
def test_a_document_goes_over_the_axis_and_its_statuses_come_back(between: Between) -> None:
    sent = letter()
    between.ours.issue(sent)
    run(between.ours, between.theirs)
    [taken] = between.theirs.taken()
    assert (taken.agency, taken.origin.agency, taken.letter.subject) == (THEIRS, OURS, sent.subject)
    assert taken.origin.notation == "01/SNV-VP" and taken.letter.kind is sent.kind
    [file] = taken.letter.files
    assert file.sealed_for_id == taken.delivery_id
    assert between.theirs.shelf.read_ref(file) == CONTENT
    assert between.line(sent) == "" and between.ours.line(sent, THEIRS).sent_at is None
    between.theirs.receive(taken)
    run(between.ours, between.theirs)
    line = between.ours.line(sent, THEIRS)
    assert between.line(sent) == "01 03" and line.state is DeliveryState.ACCEPTED
    assert line.acknowledged_at == MONDAY and line.sent_at == line.issued_at


@pytest.mark.rule("R3.2-1")
def test_a_document_within_the_province_never_goes_to_the_national_axis(between: Between) -> None:
    inside, outside = "H47.09", THEIRS
    sent = Letter(recipients=(inside, outside))
    between.ours.issue(sent, over=(outside,))
    run(between.ours, between.theirs)
    assert [row["addressed"] for row in packages(between.server, DOCUMENT)] == [outside]
    assert between.ours.tracking.find(Package, package_id(delivery_id(sent.id, inside))) is None
    assert between.ours.line(sent, inside).recipient == inside


def test_a_receipt_is_signed_by_the_recipient_over_the_document_s_digest(between: Between) -> None:
    sent = letter()
    between.ours.issue(sent)
    run(between.ours, between.theirs)
    [taken] = between.theirs.taken()
    between.theirs.receive(taken)
    run(between.ours, between.theirs)
    ours = between.ours.receipt(delivery_id(sent.id, THEIRS))
    theirs = between.theirs.receipt(taken.delivery_id)
    assert ours.receipt == theirs.receipt and ours.verdict is ReceiptVerdict.PROVED
    key = between.theirs.public_key
    claims = jwt.decode(ours.receipt, key, algorithms=["EdDSA"], audience=OURS)
    package = between.ours.tracking.load(Package, package_id(delivery_id(sent.id, THEIRS)))
    assert package.file is not None
    written = edxml.read(between.ours.shelf.read(package.file.sha256)).message
    assert claims["fp"] == edxml.fingerprint(written) and claims["iss"] == THEIRS


def test_a_document_sent_again_has_no_effect_but_the_very_same_receipt(between: Between) -> None:
    sent = letter()
    between.ours.issue(sent)
    run(between.ours, between.theirs)
    [taken] = between.theirs.taken()
    between.theirs.receive(taken)
    run(between.ours, between.theirs)
    before = between.ours.receipt(delivery_id(sent.id, THEIRS))
    statuses = [row["content"] for row in packages(between.server, STATUS)]
    send_again(between.ours, sent)
    run(between.ours, between.theirs)
    assert between.theirs.taken() == []
    again = [row["content"] for row in packages(between.server, STATUS)][len(statuses) :]
    assert len(again) == 1 and words(again[0]) in [words(status) for status in statuses]
    assert between.ours.receipt(delivery_id(sent.id, THEIRS)) == before
    assert between.line(sent) == "01 03"


def test_a_receipt_of_a_stranger_or_of_another_document_proves_nothing(between: Between) -> None:
    first, second = letter(1), letter(2, subject="Một việc khác")
    for sent in (first, second):
        between.ours.issue(sent)
    run(between.ours, between.theirs)
    ids = {event.letter.subject: event for event in between.theirs.taken()}
    private, _ = keys.pair()
    between.theirs.change_box(receipt_key=private.decode())
    between.theirs.receive(ids[first.subject])
    run(between.ours, between.theirs)
    assert between.ours.receipt(delivery_id(first.id, THEIRS)).verdict is ReceiptVerdict.FORGED


def test_whatever_is_repeated_or_reordered_each_document_and_status_counts_once(
    between: Between,
) -> None:
    for kind in (FaultKind.DUPLICATE, FaultKind.REORDER, FaultKind.LOSE):
        between.control.misbehave(Fault(kind, "sendEdoc", times=3))
        between.control.misbehave(Fault(kind, "getReceivedEdocList", times=2))
    letters = [letter(number, subject=f"Việc {number}") for number in range(1, 6)]
    for sent in letters:
        between.ours.issue(sent)
    taken: list[DocumentTaken] = []

    def all_came() -> bool:
        taken.extend(between.theirs.taken())
        return len(taken) >= len(letters)

    run(between.ours, between.theirs, until_true=all_came)
    assert sorted(event.letter.subject for event in taken) == [f"Việc {n}" for n in range(1, 6)]
    for event in taken:
        between.theirs.receive(event)
    between.control.misbehave(Fault(FaultKind.REORDER, "getReceivedEdocList", times=4))
    accepted = [delivery_id(sent.id, THEIRS) for sent in letters]
    run(
        *(between.ours, between.theirs),
        until_true=lambda: all(between.ours.has_receipt(id) for id in accepted),
    )
    assert {between.line(sent) for sent in letters} <= {"01 03", "03 01"}
    assert between.theirs.taken() == []


def test_what_was_taken_in_and_not_taken_off_the_axis_is_a_repetition(between: Between) -> None:
    sent = letter()
    between.ours.issue(sent)
    between.ours.exchange()
    between.control.misbehave(Fault(FaultKind.ERROR, "updateStatus", times=2))
    between.theirs.exchange()
    [waiting] = axis_of(between.theirs).ask(questions.received(DOCUMENT)).data
    assert waiting.state == PackageState.INITIAL
    run(
        between.theirs,
        until_true=lambda: not axis_of(between.theirs).ask(questions.received(DOCUMENT)).data,
    )
    assert len(between.theirs.taken()) == 1


@pytest.mark.rule("N30-VI.8")
def test_of_a_document_that_its_recall_overtook_nothing_is_kept(between: Between) -> None:
    between.ours.issue(sent := letter())
    between.ours.boxes.codes()
    package = between.ours.tracking.load(Package, package_id(delivery_id(sent.id, THEIRS)))
    data = between.ours.outgoing._bytes(package)
    whole = edxml.read(data).message
    assert isinstance(whole, edxml.Document)
    business = edxml.Business(action=edxml.BusinessAction.RECALL, reason="Gửi nhầm")
    for told in (edxml.write(replace(whole, business=business)), data):
        axis_of(between.ours).ask(questions.send(told, DOCUMENT, OURS))
    run(between.theirs)
    assert len(between.theirs.taken()) == 1
    assert not between.theirs.shelf.sealed


@pytest.mark.rule("Q28-6.2c")
def test_an_urgent_letter_overtakes_those_that_wait(between: Between) -> None:
    """Also one that is issued while the others are already being sent."""
    for number in range(1, 20):
        between.ours.issue(letter(number, subject=f"Việc {number}"))
    between.ours.boxes.codes()
    sending = between.ours.outgoing
    first = sending._chosen()
    between.ours.issue(letter(20, subject="Hỏa tốc"), urgency=Urgency.EXPRESS)
    assert len(first) == AT_ONCE and sending._chosen()[0] not in first
    sending.round(between.ours.pool)
    subjects = [
        message.subject
        for row in packages(between.server, DOCUMENT)
        if isinstance(message := edxml.read(row["content"]).message, edxml.Document)
    ]
    assert "Hỏa tốc" in subjects[:AT_ONCE] and len(subjects) == 20


def test_every_retry_sends_the_very_same_bytes(between: Between) -> None:
    sent = letter()
    between.ours.issue(sent)
    between.control.misbehave(Fault(FaultKind.LOSE, "sendEdoc", times=2))
    between.ours.exchange()
    again = Outgoing(between.ours.tracking, between.ours.shelf, between.ours.boxes)
    again.round(between.ours.pool)
    told = [words(row["content"]) for row in packages(between.server, DOCUMENT)]
    assert len(told) >= 2 and len(set(told)) == 1
    package = between.ours.tracking.load(Package, package_id(delivery_id(sent.id, THEIRS)))
    stored = between.ours.tracking.recorder.select_events(package.id)
    assert [event.topic.rpartition(".")[2] for event in stored] == ["Owed", "Written", "Sent"]


@pytest.mark.rule("R11.1-1")
def test_while_the_axis_is_away_it_shows_and_nothing_is_lost(tmp_path: Path) -> None:
    with axis_at(tmp_path / "axis") as server:
        url, port = server.url, server.server_address[1]
        Control(url, TOKEN).enrol(OURS, "s", name=OURS_NAME)
        Control(url, TOKEN).enrol(THEIRS, "s", name=THEIRS_NAME)
    ours = End(url, tmp_path, OURS, OURS_NAME)
    ours.change_box(secret="s")
    exchange = Exchange(ours.tracking, ours.shelf, ours.boxes, poll=0)
    ours.issue(sent := letter())
    exchange.round(ours.pool)
    assert not exchange.reaches_axis()
    with axis_at(tmp_path / "axis", port) as server:
        until(lambda: exchange.round(ours.pool))
        exchange.round(ours.pool)
        assert exchange.reaches_axis()
        [row] = packages(server, DOCUMENT)
    assert row["addressed"] == THEIRS and sent.id
    ours.pool.shutdown()


def test_what_the_axis_refuses_is_told_and_not_sent_again(between: Between) -> None:
    sent = Letter(recipients=("G77.01",))
    between.ours.issue(sent)
    run(between.ours)
    with acting(AUDITOR):
        events = between.ours.tracking.read_events(after=0, limit=1000).events
    [failed] = [event.event() for event in events if event.type == SendingFailed.TYPE]
    assert (failed.recipient, failed.code) == ("G77.01", "18")
    assert between.ours.exchange() == 0


def test_a_status_from_the_old_code_is_of_the_same_agency(between: Between) -> None:
    old = AgencyCodeAdded(agency=THEIRS, code="000.00.04.G12")
    between.ours.accounts.tell(named_id("agency", THEIRS), old, MONDAY)
    between.ours.read_all()
    sent = letter()
    between.ours.issue(sent)
    run(between.ours)
    status = edxml.Status(
        sender=edxml.Party(code="000.00.04.G12"),
        about=BY_CODE,
        code="05",
        at=MONDAY,
    )
    between.control.enrol("000.00.04.G12", "s", name="mã cũ")
    old_box = Axis(between.server.url, system_id="000.00.04.G12", secret="s")
    old_box.ask(questions.send(edxml.write(status), STATUS, "000.00.04.G12"))
    run(between.ours)
    assert between.line(sent) == "05"


@pytest.mark.rule("R1.2")
def test_of_a_document_with_a_secrecy_mark_no_byte_is_kept(between: Between) -> None:
    between.ours.issue(sent := letter(subject="Kế hoạch diễn tập"))
    between.ours.boxes.codes()
    package = between.ours.tracking.load(Package, package_id(delivery_id(sent.id, THEIRS)))
    told = (b"Subject>K", b"Subject>[M\xe1\xba\xacT] K")
    data = between.ours.outgoing._bytes(package).replace(*told)
    axis_of(between.ours).ask(questions.send(data, DOCUMENT, OURS))
    run(between.theirs)
    [taken] = between.theirs.taken()
    assert taken.letter.secrecy is Secrecy.SECRET and taken.letter.files == []
    assert "diễn tập" not in repr(stored_states(between.theirs))
    assert not between.theirs.shelf.sealed and not between.theirs.shelf.kept


def test_a_status_before_its_document_is_known_is_kept_and_tried_until_it_is(
    between: Between,
) -> None:
    sent = letter()
    status = edxml.Status(
        sender=edxml.Party(code=THEIRS),
        about=BY_CODE,
        code=StatusCode.ARRIVED.value,
        at=MONDAY,
    )
    axis = axis_of(between.theirs)
    axis.ask(questions.send(edxml.write(status), STATUS, THEIRS))
    between.ours.exchange()
    assert axis_of(between.ours).ask(questions.received(STATUS)).data == []
    assert Holding(between.ours.tracking).round() == 0
    between.ours.issue(sent)
    assert Holding(between.ours.tracking).round() == 1
    assert between.line(sent) == "01"
    axis.ask(questions.send(edxml.write(status), STATUS, THEIRS))
    between.ours.exchange()
    assert Holding(between.ours.tracking).round() == 0 and between.line(sent) == "01"
    told = [type_of for type_of, _ in of_held(between.ours)]
    assert told == [StatusHeld, StatusMatched]


def axis_of(end: End):
    end.boxes.codes()
    axis = end.boxes.axis(end.code)
    assert axis is not None
    return axis


def of_held(end: End) -> list[tuple[type, object]]:
    """What was told of kept statuses."""
    with acting(AUDITOR):
        events = [it.event() for it in end.tracking.read_events(after=0, limit=1000).events]
    return [(type(it), it) for it in events if isinstance(it, StatusHeld | StatusMatched)]


def send_again(end: End, sent: Letter) -> None:
    """The bytes of a document go out once more, as a sender does who heard nothing."""
    package = end.tracking.load(Package, package_id(delivery_id(sent.id, THEIRS)))
    assert package.file is not None
    data = end.shelf.read(package.file.sha256)
    axis_of(end).ask(questions.send(data, DOCUMENT, OURS))


def packages(server: Server, kind: MessageType) -> list:
    return server.store._all("SELECT * FROM packages WHERE message_type = ? ORDER BY number", kind)


def words(content: bytes) -> str:
    """What a message says, whatever the axis added."""
    return edxml.fingerprint(edxml.read(content).message)


def stored_states(end: End) -> list[bytes]:
    return [event.state for event in end.tracking.recorder.select_notifications(0, 1000)]
