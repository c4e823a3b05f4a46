"""The unit that is sent is the document with its files and the sixteen items (2.8, Q28-10)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from contracts import edxml
from contracts.axis import MessageType
from contracts.dispatch import DocumentIssued
from contracts.tracking import DeliveryState, DeliveryView, DocumentTaken
from contracts.values import ReplyRequest, StatusCode, Urgency
from infra.axis.control import Control
from services.tracking.application.understanding import origin_id
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
from tests.tracking.test_worker import packages
from tests.tracking.told import MONDAY, Letter

ASKED = ReplyRequest(content="Số liệu quý I", due_on=date(2026, 3, 20))
ITEMS = ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q"]


def on_the_wire(told: edxml.Document) -> dict[str, Any]:
    """What the message itself says; state, times of receipt and history are told afterwards."""
    number = told.code
    return {
        "a": told.sender.code,
        "b": told.document_id,
        "c": number.written(),
        "d": told.promulgation.promulgated_on,
        "đ": told.type.name,
        "e": told.subject,
        "g": [(file.name, file.content) for file in told.attachments],
        "i": (told.signatory.post, told.signatory.name),
        "k": told.other.urgency,
        "l": told.sender.name,
        "m": [(to.code, to.name) for to in told.recipients],
        "o": told.due_on,
        "q": told.content,
    }


def at_the_recipient(taken: DocumentTaken, file: bytes) -> dict[str, Any]:
    """What its intake is told."""
    letter, issuer = taken.letter, taken.letter.issuer
    assert issuer is not None and letter.reply is not None
    return {
        "a": taken.origin.agency,
        "b": taken.origin.document_code,
        "c": taken.origin.notation,
        "d": taken.origin.issued_on,
        "đ": letter.kind.vi,
        "e": letter.subject,
        "g": [(file_.name, file) for file_ in letter.files],
        "i": (issuer.post, issuer.name),
        "k": letter.urgency,
        "l": taken.origin.agency_name,
        "m": [(taken.agency, THEIRS_NAME)],
        "o": letter.reply.due_on,
        "q": letter.reply.content,
    }


def expected(issued: DocumentIssued, wire: str) -> dict[str, Any]:
    """What the sender's clerk issued."""
    number, signer = issued.number, issued.signer
    return {
        "a": issued.agency,
        "b": wire,
        "c": number.notation,
        "d": number.issued_on,
        "đ": issued.kind.vi,
        "e": issued.subject,
        "g": [(file.name, CONTENT) for file in issued.files],
        "i": (signer.post, signer.name),
        "k": issued.urgency,
        "l": issued.agency_name,
        "m": [(THEIRS, THEIRS_NAME)],
        "o": ASKED.due_on,
        "q": ASKED.content,
    }


def followed(line: DeliveryView) -> dict[str, Any]:
    """State, times and history, as both ends see them once the recipient answered."""
    return {
        "h": line.state,
        "n": (line.sent_at, line.acknowledged_at),
        "p": [status.code for status in line.history],
    }


@pytest.mark.rule("Q28-10")
def test_all_sixteen_items_cross_the_axis_and_come_back(tmp_path: Path) -> None:
    with axis_at(tmp_path / "axis") as server:
        control = Control(server.url, TOKEN)
        ours = End(server.url, tmp_path, OURS, OURS_NAME)
        theirs = End(server.url, tmp_path, THEIRS, THEIRS_NAME)
        for end in (ours, theirs):
            control.enrol(end.code, end.secret, name=end.name)
        ours.meet(theirs)
        theirs.meet(ours)
        sent = Letter(recipients=(THEIRS,), reply=ASKED)
        issued = ours.issue(sent, urgency=Urgency.EXPRESS)
        run(ours, theirs)
        [row] = packages(server, MessageType.DOCUMENT)
        message = edxml.read(row["content"]).message
        assert isinstance(message, edxml.Document)
        [taken] = theirs.taken()
        told = expected(issued, message.document_id)
        file = theirs.shelf.read_ref(taken.letter.files[0])
        assert on_the_wire(message) == told == at_the_recipient(taken, file)
        assert taken.origin.document_id == origin_id(OURS, message.document_id)
        theirs.receive(taken)
        run(ours, theirs)
        after = followed(ours.line(sent, THEIRS))
        assert after == {
            "h": DeliveryState.ACCEPTED,
            "n": (issued.issued_at, MONDAY),
            "p": [StatusCode.ARRIVED, StatusCode.ACCEPTED],
        }
        assert sorted(told | after) == sorted(ITEMS) and all((told | after).values())
        for end in (ours, theirs):
            end.pool.shutdown()
