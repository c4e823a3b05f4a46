"""What hostile files carry: programs, macros, packages, archives."""

from __future__ import annotations

from tests.intake.gate_corpus import compound
from tests.intake.gate_corpus.office import LINES
from tests.intake.gate_corpus.zips import Entry, archive

MIB = 1 << 20
HOST = "http://127.0.0.1:9/x"
TEXT = "\n".join(LINES).encode()
ZIP = archive([Entry("a.txt", b"x")])
PROGRAM = b"MZ\x90\0\3\0\0\0" + bytes(56) + b"PE\0\0L\1" + bytes(200)
PACKAGE = compound.compound({"\1Ole10Native": b"\x99\0\0\0\2\0calc.exe\0C:\\calc.exe\0"})
MACROS = compound.compound({"VBA": compound.project("Sub AutoOpen()\r\nEnd Sub\r\n")["VBA"]})
PROJECT = {"word/vbaProject.bin": MACROS}
