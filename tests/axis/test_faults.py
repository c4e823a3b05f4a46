"""An axis that misbehaves on order, and an agency that bears it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import urllib3

from contracts.axis import AxisRefused, MessageType, PackageState, questions
from contracts.edxml import CautionCode, Damage, Document, Status, fingerprint, read
from contracts.errors import Unavailable
from infra.axis.control import Control
from infra.axis.store import Fault, FaultKind
from services.kernel.axis import Axis
from tests.axis.conftest import QUICK, RECEIVER, SENDER
from tests.axis.test_exchange import DOCUMENT, LETTER, STATUS, sent
from tests.contracts.edxml_letters import business, letter, status

Held = Callable[..., Axis]
IMPATIENT = urllib3.Timeout(connect=3, read=0.2)


def arrived(axis: Axis, kind: MessageType = DOCUMENT) -> list[str]:
    """Digests of the words of what waits, in the order of the list."""
    packages = axis.ask(questions.received(kind)).data
    return [
        fingerprint(read(axis.ask(questions.fetch(package.doc_id)).content()).message)
        for package in packages
    ]


LETTERS_WORDS = fingerprint(read(LETTER).message)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_failing_axis_is_asked_again(status: int, as_agency: Held, control: Control) -> None:
    control.misbehave(Fault(FaultKind.ERROR, "sendEdoc", times=2, status=status))
    assert sent(as_agency(SENDER))
    assert arrived(as_agency(RECEIVER)) == [LETTERS_WORDS]


def test_an_axis_that_fails_for_long_is_unavailable(as_agency: Held, control: Control) -> None:
    control.misbehave(Fault(FaultKind.ERROR, times=99))
    with pytest.raises(Unavailable):
        sent(as_agency(SENDER))
    control.behave()
    assert arrived(as_agency(RECEIVER)) == []


def test_an_answer_that_is_none_of_an_axis_is_unavailable(
    as_agency: Held, control: Control
) -> None:
    control.misbehave(Fault(FaultKind.GARBAGE))
    with pytest.raises(Unavailable):
        as_agency(SENDER).ask(questions.agencies())
    control.misbehave(Fault(FaultKind.ERROR, times=1, status=404))
    with pytest.raises(Unavailable):
        as_agency(SENDER).ask(questions.agencies())


def test_a_lost_answer_means_two_packages_of_the_same_words(
    as_agency: Held, control: Control
) -> None:
    control.misbehave(Fault(FaultKind.LOSE, "sendEdoc"))
    doc_id = sent(as_agency(SENDER))
    assert arrived(as_agency(RECEIVER)) == [LETTERS_WORDS] * 2
    lines = as_agency(SENDER).ask(questions.sent(DOCUMENT)).data
    assert len(lines) == 2 and doc_id in {line.sender_doc_id for line in lines}


def test_a_refusal_is_not_repeated(as_agency: Held, control: Control) -> None:
    control.misbehave(Fault(FaultKind.LOSE, "deleteAgency"))
    with pytest.raises(AxisRefused):
        as_agency(SENDER).ask(questions.delete("H99"))
    assert as_agency(SENDER).ask(questions.agencies()).data


def test_every_attempt_sends_the_very_same_bytes(as_agency: Held, control: Control) -> None:
    seen: list[bytes] = []
    with bare_server(seen) as url, pytest.raises(Unavailable):
        sent(as_agency(SENDER, url=url))
    assert len(seen) == QUICK.total + 1  # type: ignore[operator]
    assert len(set(seen)) == 1 and LETTER in seen[0]


@contextmanager
def bare_server(seen: list[bytes]) -> Iterator[str]:
    """A socket that takes one whole question and hangs up, again and again."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def listen() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    seen.append(whole(connection))

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


def whole(connection: socket.socket) -> bytes:
    """Everything of one question: its headers, and a body of the length they tell."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def test_a_slow_axis_is_waited_for(as_agency: Held, control: Control) -> None:
    control.misbehave(Fault(FaultKind.DELAY, "sendEdoc", seconds=0.3))
    before = time.monotonic()
    assert sent(as_agency(SENDER))
    assert time.monotonic() - before >= 0.3


def test_a_silent_axis_is_asked_again_after_the_time_one_has(
    as_agency: Held, control: Control
) -> None:
    control.misbehave(Fault(FaultKind.SILENCE, "sendEdoc", times=2, seconds=9))
    assert sent(as_agency(SENDER, timeout=IMPATIENT))
    assert arrived(as_agency(RECEIVER)) == [LETTERS_WORDS]
    control.misbehave(Fault(FaultKind.SILENCE, times=99, seconds=9))
    with pytest.raises(Unavailable):
        as_agency(SENDER, timeout=IMPATIENT).ask(questions.agencies())


def test_packages_come_twice_or_in_another_order(as_agency: Held, control: Control) -> None:
    sender, receiver = as_agency(RECEIVER), as_agency(SENDER)
    for code in ("03", "06"):
        sent(sender, status(code).encode(), STATUS)
    ordered = arrived(receiver, STATUS)
    control.misbehave(Fault(FaultKind.REORDER, "getReceivedEdocList"))
    assert arrived(receiver, STATUS) == ordered[::-1]
    control.misbehave(Fault(FaultKind.DUPLICATE, "getReceivedEdocList"))
    assert arrived(receiver, STATUS) == [ordered[0], ordered[0], ordered[1], ordered[1]]
    control.misbehave(Fault(FaultKind.DUPLICATE, "sendEdoc"))
    sent(sender, status("03").encode(), STATUS)
    assert arrived(receiver, STATUS) == [*ordered, ordered[0], ordered[0]]


def test_a_file_is_damaged_and_a_code_bare(as_agency: Held, control: Control) -> None:
    sent(as_agency(SENDER))
    (package,) = as_agency(RECEIVER).ask(questions.received(DOCUMENT)).data
    control.misbehave(Fault(FaultKind.CORRUPT, "getEdoc"))
    fetched = as_agency(RECEIVER).ask(questions.fetch(package.doc_id)).content()
    told = read(fetched)
    assert isinstance(told.message, Document)
    assert told.message.attachments[0].damage is Damage.TEXT_CONVERSION
    assert CautionCode.FILE_DAMAGED in {caution.code for caution in told.cautions}
    sent(as_agency(RECEIVER), status("05").encode(), STATUS)
    (package,) = as_agency(SENDER).ask(questions.received(STATUS)).data
    control.misbehave(Fault(FaultKind.BARE_STATUS, "getEdoc"))
    bare = as_agency(SENDER).ask(questions.fetch(package.doc_id)).content()
    assert b"StatusCode>5<" in bare
    found = read(bare).message
    assert isinstance(found, Status) and found.code == "05"


def test_a_message_is_taken_and_never_listed(as_agency: Held, control: Control) -> None:
    control.misbehave(Fault(FaultKind.HIDE, "sendEdoc"))
    doc_id = sent(as_agency(SENDER))
    assert as_agency(RECEIVER).ask(questions.received(DOCUMENT)).data == []
    (line,) = as_agency(SENDER).ask(questions.sent(DOCUMENT, doc_id)).data
    assert line.receive_state == PackageState.INITIAL
    control.habits(strict="yes")
    sent(as_agency(SENDER), letter(trace=business(0)).encode())
    assert as_agency(RECEIVER).ask(questions.received(DOCUMENT)).data == []
    sent(as_agency(SENDER))
    assert len(as_agency(RECEIVER).ask(questions.received(DOCUMENT)).data) == 1


def test_a_fault_is_for_its_operation_and_its_number_of_questions(
    as_agency: Held, control: Control
) -> None:
    control.misbehave(Fault(FaultKind.GARBAGE, "sendEdoc", times=1))
    axis = as_agency(SENDER)
    assert axis.ask(questions.agencies()).data
    with pytest.raises(Unavailable):
        sent(axis)
    assert sent(axis)
