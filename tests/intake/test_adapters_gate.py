"""The gate itself: sizes, packages, secrecy, children that are ended, evidence that stays."""

from __future__ import annotations

import faulthandler
import hashlib
import os
import signal
import socket
import subprocess
import sys
import unicodedata
from pathlib import Path

import msgspec
import pytest

from contracts.gate import GateAnswer, GateCode, GateFinding, GateVerdict
from contracts.values import RefusalCode, Secrecy
from services.intake.adapters import Arriving, GatePolicy, check_file, check_package, too_large
from services.intake.adapters.gate import account
from services.kernel.child import ChildLimits, in_child
from tests.intake.gate_corpus import images, pdf
from tests.intake.gate_corpus.office import docx_parts, packed

POLICY = GatePolicy()
TEXT = "Công văn".encode()


def codes(findings: list[GateFinding]) -> list[GateCode]:
    """The codes of findings, in their order."""
    return [finding.code for finding in findings]


def test_an_admitted_file_is_named_by_its_bytes_and_its_kind() -> None:
    answer = check_file("a.TXT", TEXT, POLICY)
    assert answer.verdict is GateVerdict.ADMITTED and answer.admitted
    assert (answer.code, answer.kind, answer.size) == ("ADMITTED", "txt", len(TEXT))
    assert answer.sha256 == hashlib.sha256(TEXT).hexdigest()
    assert answer.reasons == [] and answer.refused_as is None and answer.failure == ""


def test_a_refused_file_tells_its_sender_a_reason_of_the_regulations_list() -> None:
    told = {
        "a.pdf": (b"MZ" + bytes(100), RefusalCode.BAD_FORMAT),
        "b.pdf": (b"", RefusalCode.UNREADABLE),
        "c.exe": (TEXT, RefusalCode.BAD_FORMAT),
        "d.txt": ("MẬT\n".encode(), RefusalCode.SECRET_CONTENT),
    }
    assert {n: check_file(n, c, POLICY).refused_as for n, (c, _) in told.items()} == {
        name: wanted for name, (_, wanted) in told.items()
    }


@pytest.mark.rule("R4.4a")
def test_what_is_taken_is_decided_by_name_and_by_content() -> None:
    program = b"MZ" + bytes(100)
    docx = packed(docx_parts())
    assert codes(check_file("a.pdf", program, POLICY).reasons) == [
        GateCode.KIND_MISMATCH,
        GateCode.EXECUTABLE,
    ]
    assert check_file("a.docx", docx, POLICY).admitted
    assert codes(check_file("a.exe", docx, POLICY).reasons) == [GateCode.KIND_NOT_ALLOWED]


@pytest.mark.rule("R4.4a")
def test_specialist_graphics_are_taken_when_an_office_lists_them() -> None:
    drawing = b"AC1027" + bytes(200)
    listed = GatePolicy(graphics={"dwg": ["414331", "414332"]})
    assert check_file("a.dwg", drawing, POLICY).code == GateCode.KIND_NOT_ALLOWED
    assert check_file("a.dwg", drawing, listed).admitted
    assert check_file("a.dwg", b"MZ" + bytes(100), listed).code == GateCode.KIND_MISMATCH
    hidden = check_file("a.dwg", drawing + packed(docx_parts()), listed)
    assert hidden.code == GateCode.POLYGLOT


@pytest.mark.rule("NB-1")
def test_names_and_sizes_have_limits_that_can_be_changed() -> None:
    limited = GatePolicy(name_letters=50, plain_names=True, file_bytes=len(TEXT))
    assert check_file("a" * 46 + ".txt", TEXT, limited).admitted
    assert check_file("a" * 47 + ".txt", TEXT, limited).code == GateCode.NAME_TOO_LONG
    assert check_file("cong van.txt", TEXT, limited).code == GateCode.NAME_NOT_PLAIN
    assert check_file("công.txt", TEXT, limited).code == GateCode.NAME_NOT_PLAIN
    assert check_file("a.txt", TEXT + b"!", limited).code == GateCode.FILE_TOO_LARGE
    assert POLICY.file_bytes == 50 << 20
    assert check_file("a.txt", bytes(POLICY.file_bytes + 1), POLICY).code == GateCode.FILE_TOO_LARGE
    assert check_file("công văn số 1 " * 5 + ".txt", TEXT, POLICY).admitted


def test_a_file_beyond_the_limit_is_refused_without_being_read() -> None:
    answer = too_large("a.txt", POLICY.file_bytes + 1, POLICY)
    assert answer is not None and answer.code == GateCode.FILE_TOO_LARGE
    assert (answer.size, answer.sha256) == (POLICY.file_bytes + 1, "")
    assert too_large("a.txt", POLICY.file_bytes, POLICY) is None


@pytest.mark.rule("R4.2")
def test_a_name_is_kept_precomposed_and_shown_without_tricks() -> None:
    name = unicodedata.normalize("NFD", "Quyết định.txt")
    answer = check_file(name, TEXT, POLICY)
    assert answer.name == answer.file == "Quyết định.txt" != name
    assert codes(answer.warnings) == [GateCode.NAME_DECOMPOSED]
    turned = check_file("hoadon\u202efdp.exe", TEXT, POLICY)
    assert turned.file == "hoadon<U+202E>fdp.exe"
    assert codes(turned.reasons)[0] is GateCode.NAME_DIRECTION


@pytest.mark.rule("R4.2")
def test_a_letter_that_pretends_to_be_another_is_told_with_a_proposal() -> None:
    answer = check_file("12-Q\u00d0-UBND.txt", TEXT, POLICY)
    assert answer.admitted
    (warning,) = answer.warnings
    assert warning.code is GateCode.NAME_LOOKALIKE
    assert warning.data == {"characters": "U+00D0", "proposal": "12-Q\u0110-UBND.txt"}


def test_what_a_sender_wrote_is_never_repeated_raw() -> None:
    target = "http://a\u202eb\x1b[31m" + "c" * 500
    links = [("image", target.replace("\x1b", "&#x85;"), "External")]
    answer = check_file("a.docx", packed(docx_parts(links=links)), POLICY)
    text = "".join(f"{finding.message('vi')}{finding.data}" for finding in answer.reasons)
    assert "REMOTE_CONTENT" in codes(answer.reasons)
    assert "\u202e" not in text and "\x85" not in text and "<U+202E>" in text
    assert len(text) < 1000


def test_a_package_is_judged_as_a_whole_and_file_by_file() -> None:
    files = [Arriving("a.txt", TEXT), Arriving("A.TXT", TEXT), Arriving("b.txt", TEXT)]
    answers = check_package(files, POLICY)
    assert [answer.code for answer in answers] == ["NAME_COLLISION", "NAME_COLLISION", "ADMITTED"]
    two = unicodedata.normalize("NFD", "ế.txt")
    both = check_package([Arriving("ế.txt", TEXT), Arriving(two, TEXT)], POLICY)
    assert {answer.code for answer in both} == {"NAME_COLLISION"}
    few = GatePolicy(package_files=2)
    assert {answer.code for answer in check_package(files, few)} >= {"TOO_MANY_FILES"}
    small = GatePolicy(package_bytes=2 * len(TEXT))
    assert {answer.code for answer in check_package(files, small)} == {"PACKAGE_TOO_LARGE"}


@pytest.mark.rule("R1.2")
@pytest.mark.parametrize("level", [level for level in Secrecy if level is not Secrecy.NONE])
def test_of_a_package_with_a_secrecy_mark_no_byte_is_looked_at(level: Secrecy) -> None:
    files = [Arriving("a.txt", TEXT), Arriving("b.exe", b"MZ")]
    for answer in check_package(files, POLICY, level):
        assert codes(answer.reasons) == [GateCode.SECRET_MARK]
        assert (answer.sha256, answer.size, answer.cost) == ("", 0, None)
        assert answer.refused_as is RefusalCode.SECRET_CONTENT


def test_a_mark_in_the_text_itself_leaves_no_trace_of_the_bytes() -> None:
    answer = check_file("a.txt", "UBND TỈNH\n  TỐI   MẬT \n".encode(), POLICY)
    assert codes(answer.reasons) == [GateCode.SECRET_MARK]
    assert (answer.sha256, answer.size) == ("", 0)


def test_a_check_that_takes_too_long_or_too_much_refuses_the_file_and_keeps_the_account() -> None:
    heavy = pdf.simple(more=dict.fromkeys(range(6, 100000), b"<< /A [1 2 3] /B << /C (x) >> >>"))
    slow = check_file("a.pdf", heavy, GatePolicy(wall_seconds=0.05))
    assert codes(slow.reasons) == [GateCode.TOO_COSTLY]
    assert slow.reasons[0].data == {"limit": "0.05 s"}
    words = "from tests.intake import test_adapters_gate as t; t.tell_of_a_tight_gate()"
    fresh = [sys.executable, "-c", words]
    root = Path(__file__).parents[2]
    told = subprocess.run(fresh, cwd=root, check=True, capture_output=True, timeout=60).stdout
    tight = msgspec.json.decode(told, type=GateAnswer)
    assert tight.code in (GateCode.TOO_COSTLY, GateCode.CHECK_CRASHED)
    for answer in (slow, tight):
        assert answer.cost is not None and answer.cost.memory_kib > 0
        assert len(answer.sha256) == 64 and not answer.admitted


def tell_of_a_tight_gate() -> None:
    """A large picture where hardly any memory may be had."""
    large = images.png(9000, 9000, images.rows(9000, 9000))
    answer = check_file("a.png", large, GatePolicy(memory_bytes=1 << 20))
    sys.stdout.buffer.write(msgspec.json.encode(answer))


def test_a_check_that_spends_its_processor_time_is_ended() -> None:
    heavy = pdf.simple(more=dict.fromkeys(range(6, 200000), b"<< /A [1 2 3] /B << /C (x) >> >>"))
    answer = check_file("a.pdf", heavy, GatePolicy(cpu_seconds=1))
    assert codes(answer.reasons) == [GateCode.TOO_COSTLY]
    assert answer.reasons[0].data == {"limit": "1 s CPU"}


def test_a_check_that_crashes_refuses_the_file_and_says_what_crashed() -> None:
    def fails(_: object) -> None:
        raise ZeroDivisionError("at the third page")

    findings, failure = account(in_child(fails, ChildLimits()), POLICY)
    assert codes(findings) == [GateCode.CHECK_CRASHED]
    assert findings[0].where == "ZeroDivisionError: at the third page"
    assert "test_adapters_gate.py" in failure
    killed, _ = account(in_child(_dies, ChildLimits()), POLICY)
    assert (codes(killed), killed[0].where) == ([GateCode.CHECK_CRASHED], "SIGSEGV")
    silent, _ = account(in_child(lambda _: None, ChildLimits()), POLICY)
    assert codes(silent) == [GateCode.CHECK_CRASHED]


def _dies(_: object) -> None:
    """End as a library with a hole ends."""
    faulthandler.disable()
    os.kill(os.getpid(), signal.SIGSEGV)


def test_the_child_can_open_neither_file_nor_connection_nor_say_a_word(
    capfd: pytest.CaptureFixture[str],
) -> None:
    sealed = ChildLimits(sealed=True)
    opened = in_child(lambda _: Path("/etc/hostname").read_text(), sealed)
    assert b"Too many open files" in opened.answer
    called = in_child(lambda _: socket.create_connection(("127.0.0.1", 9)), sealed)
    assert b"Too many open files" in called.answer
    assert in_child(lambda _: os.write(2, b"raw words of a sender"), sealed).status == 0
    assert capfd.readouterr() == ("", "")
