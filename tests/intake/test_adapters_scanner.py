"""The malware scanner: found, not found, away. A scanner that is away never lets a file in."""

from __future__ import annotations

import socket

from contracts.gate import GateAnswer, GateCode, GateVerdict
from contracts.values import RefusalCode
from services.intake.adapters import GatePolicy, check_file
from tests.intake.clamd import EICAR, LONGEST, clamd
from tests.intake.gate_corpus import pdf


def at(address: str, content: bytes = b"Cong van", **policy: float) -> GateAnswer:
    """What the gate says of a text when a scanner stands at an address."""
    return check_file("a.txt", content, GatePolicy(scanner=address, **policy))


def test_what_the_scanner_knows_is_refused_and_the_rest_admitted() -> None:
    with clamd() as scanner:
        found = at(scanner.address, EICAR)
        assert (found.verdict, found.code) == (GateVerdict.REFUSED, GateCode.MALWARE)
        assert found.reasons[0].data == {"name": "Eicar-Signature"}
        assert found.refused_as is RefusalCode.MALWARE
        clean = check_file("a.pdf", pdf.simple(), GatePolicy(scanner=scanner.address))
        assert clean.admitted
        assert scanner.seen == [EICAR, pdf.simple()]


def test_a_file_of_many_chunks_arrives_whole() -> None:
    content = b"0123456789abcde\n" * 60_000
    with clamd() as scanner:
        assert at(scanner.address, content).admitted
        assert scanner.seen == [content]


def test_a_file_that_is_refused_otherwise_is_not_sent_to_the_scanner() -> None:
    with clamd() as scanner:
        assert at(scanner.address, b"\xff\xff").code == GateCode.TEXT_NOT_UNICODE
        assert scanner.seen == []


def gone() -> str:
    """An address where nobody listens."""
    with clamd() as scanner:
        return scanner.address


def test_a_scanner_that_is_away_parks_the_file() -> None:
    for address in (gone(), "unix:///nowhere/clamd.ctl", "clamd", "tcp://127.0.0.1"):
        answer = at(address)
        assert (answer.verdict, answer.code) == (GateVerdict.PARKED, GateCode.SCANNER_AWAY)
        assert not answer.admitted and answer.refused_as is None
        assert answer.reasons[0].data["why"]


def test_a_scanner_that_says_nothing_in_time_parks_the_file() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = f"tcp://127.0.0.1:{mute.getsockname()[1]}"
        answer = at(address, scanner_seconds=0.2)
        assert answer.verdict is GateVerdict.PARKED


def test_an_answer_that_is_no_verdict_parks_the_file() -> None:
    with clamd() as scanner:
        answer = at(scanner.address, b"a" * (LONGEST + 1))
        assert answer.verdict is GateVerdict.PARKED
        assert "size limit exceeded" in str(answer.reasons[0].data["why"])


def test_without_a_scanner_nothing_is_asked() -> None:
    assert at("").admitted
