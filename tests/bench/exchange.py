"""Signed exchanges with a verified receipt, per core, against the PyPI libraries for AS4 and AS2.

One exchange: a document of 100 KB is written and signed for its way, read and checked at the other
end, its receipt signed there with an RSA-2048 key, and that receipt proved at home. No network and
no store on either side. As the axis wants it, our way out is signed by a shared secret (HMAC) over
headers and the digest of the file, while AS2 and AS4 sign it with RSA too; AS4 also encrypts, which
its library cannot leave out. What stands in a document for the sender is the signature in its PDF.

The libraries' dependencies contradict ours, so they run in an environment of their own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from contracts import edxml
from contracts.axis import MessageType, Question, checked, questions, signed, without_line_end
from contracts.tracking import ReceiptVerdict
from services.tracking.adapters import Box, judged, receipt_in, receipt_of, with_receipt
from tests.bench.measure import Result, alternate
from tests.bench.rig import Rig

HERE = Path(__file__).parent
BYTES = 100_000
PEERS = ("as4", "pyas2lib")
TARGET = 1.0
SENDER, RECIPIENT = "H47.05", "G12.04"
SECRETS = {SENDER: "secret of the sender", RECIPIENT: "secret of the recipient"}


def run(rig: Rig) -> Iterator[Result]:
    """A line for each library."""
    with tempfile.TemporaryDirectory() as folder:
        python = environment(Path(folder))
        once = Exchange(os.urandom(BYTES)).once
        once()
        turns = [partial(per_core_second, once, rig.seconds)]
        turns += [partial(by_peer, python, peer, rig.seconds) for peer in PEERS]
        ours, *theirs = alternate(rig.rounds, *turns)
    for peer, measured in zip(PEERS, theirs, strict=True):
        yield Result(
            name="signed exchange, receipt verified",
            unit="/s of a core",
            against=peer,
            ours=ours,
            baseline=measured,
            least=TARGET,
        )


def environment(folder: Path) -> Path:
    """A Python with the two libraries, by their lock file with hashes."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / "bin" / "python"
    lock = HERE / "exchange_peers.lock"
    words = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([python, *words, "-r", lock], check=True)
    return python


def by_peer(python: Path, peer: str, seconds: float) -> float:
    """How many exchanges a library does."""
    told = [python, HERE / "exchange_peers.py", peer, str(seconds), str(BYTES)]
    return float(subprocess.run(told, check=True, capture_output=True, text=True).stdout)


def per_core_second(act: Callable[[], None], seconds: float) -> float:
    """How many of an act one second of processor time does."""
    began, done = time.process_time(), 0
    while (took := time.process_time() - began) < seconds:
        act()
        done += 1
    return done / took


class Exchange:
    """Both ends, and what goes between them."""

    def __init__(self, content: bytes) -> None:
        key = rsa.generate_private_key(65537, 2048)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        self._public = public.decode()
        self._box = Box(secret=SECRETS[RECIPIENT], receipt_key=pem.decode(), algorithm="RS256")
        self._content, self._number = b"%PDF-1.7\n" + content + b"\n%%EOF\n", 0

    def once(self) -> None:
        """A document there, its receipt back."""
        data = edxml.write(self._document())
        ours = edxml.fingerprint(edxml.read(data).message)
        came = edxml.read(self._crossed(data, MessageType.DOCUMENT, SENDER)).message
        assert isinstance(came, edxml.Document)
        status = edxml.write(self._accepting(came))
        back = edxml.read(self._crossed(status, MessageType.STATUS, RECIPIENT)).message
        assert isinstance(back, edxml.Status)
        assert judged(receipt_in(back), self._public, ours) is ReceiptVerdict.PROVED

    def _crossed(self, data: bytes, kind: MessageType, sender: str) -> bytes:
        """Signed by the sender's system, and checked as the axis does."""
        asked = questions.send(data, kind, sender)
        question: Question = signed(
            asked, system_id=sender, secret=SECRETS[sender], at=datetime.now(UTC)
        )
        assert checked(question.headers.items(), SECRETS).system_id == sender
        return without_line_end(question.body)

    def _document(self) -> edxml.Document:
        self._number += 1
        code = edxml.Code(number=str(self._number), notation="SNV-VP")
        day = date(2026, 3, 2)
        return edxml.Document(
            sender=edxml.Party(code=SENDER, name="Sở Nội vụ"),
            recipients=[edxml.Party(code=RECIPIENT, name="Bộ Ví dụ")],
            document_id=edxml.document_id(SENDER, day, code),
            code=code,
            promulgation=edxml.Promulgation(promulgated_on=day),
            type=edxml.DocumentType(group=2, detail=18, name="Công văn"),
            subject="Báo cáo công tác văn thư",
            trace=[edxml.Hop(agency=SENDER, at=datetime(2026, 3, 2, 3, tzinfo=UTC))],
            attachments=[edxml.Attachment(name="cv.pdf", content=self._content)],
        )

    def _accepting(self, came: edxml.Document) -> edxml.Status:
        status = edxml.Status(
            sender=edxml.Party(code=RECIPIENT, name="Bộ Ví dụ"),
            about=edxml.ResponseFor(
                agency=came.sender.code,
                code=came.code.written(),
                document_id=came.document_id,
                promulgated_on=came.promulgation.promulgated_on,
            ),
            code="03",
            description="Đã tiếp nhận",
            at=datetime(2026, 3, 2, 4, tzinfo=UTC),
        )
        return with_receipt(status, receipt_of(status, edxml.fingerprint(came), self._box))
