"""What comes over the axis, as tracking tells of it: arrivals, recalls, corrections."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from contracts.errors import NotFound
from contracts.intake import Channel
from contracts.intake import IncomingAct as Act
from contracts.intake import IncomingState as State
from contracts.tracking import DocumentTaken, Letter, RecallTaken, UpdateTaken
from contracts.values import (
    DocumentKind,
    FileRef,
    Issuer,
    Origin,
    ReplyRequest,
    Secrecy,
    Urgency,
    delivery_id,
)
from tests.intake.office import DUE, OURS, Office, letter_of
from tests.intake.test_worker import PROGRAM, work

ORIGIN = Origin(
    agency="G12.04",
    agency_name="Bộ Ví dụ",
    document_id=UUID(int=12),
    document_code="G12.04,2026/03/02,15/BVD-VP",
    notation="15/BVD-VP",
    issued_on=date(2026, 3, 2),
)
ID = delivery_id(ORIGIN.document_id, OURS)
OF: dict[str, Any] = {"delivery_id": ID, "agency": OURS, "origin": ORIGIN}


def letter(office: Office, content: bytes = b"", reply: ReplyRequest | None = None) -> Letter:
    """Its words, with a file sealed as the exchange seals it."""
    content = content or letter_of("Công văn của Bộ")
    kept = office.shelf.upload(content)
    office.shelf.forget_upload(kept.sha256)
    file = FileRef(name="cv.pdf", sha256=kept.sha256, size=kept.size, sealed_for_id=ID)
    office.shelf.seal(ID, file, content)
    return Letter(
        kind=DocumentKind.LETTER,
        subject="Về việc góp ý dự thảo",
        urgency=Urgency.URGENT,
        files=[file],
        reply=reply,
        issuer=Issuer(post="Vụ trưởng", name="Lý Văn Mẫu"),
    )


def test_a_document_over_the_axis_arrives_once_and_passes_the_gate(office: Office) -> None:
    taken = DocumentTaken(**OF, letter=letter(office, reply=DUE))
    office.tell("tracking", taken, taken)
    assert work(office) == ["check"] and work(office) == []
    view = office.view(ID)
    assert (view.state, view.channel, view.gate) == (State.ARRIVED, Channel.AXIS, "ADMITTED")
    assert (view.origin, view.urgency, view.reply) == (ORIGIN, Urgency.URGENT, DUE)
    assert view.files[0].sealed_for_id == ID and view.files[0].media_type == "application/pdf"


def test_what_the_gate_keeps_out_does_not_stay_sealed(office: Office) -> None:
    office.tell("tracking", DocumentTaken(**OF, letter=letter(office, PROGRAM)))
    work(office)
    assert office.view(ID).state is State.QUARANTINED
    assert not office.shelf.sealed.get(ID) and not office.shelf.uploads


@pytest.mark.rule("R1.2")
def test_of_a_marked_document_only_the_envelope_is_known(office: Office) -> None:
    marked = Letter(kind=DocumentKind.LETTER, subject="(mật)", secrecy=Secrecy.TOP_SECRET)
    office.tell("tracking", DocumentTaken(**OF, letter=marked))
    view = office.view(ID)
    assert (view.state, view.files, view.subject) == (State.QUARANTINED, [], "")
    assert work(office) == []


@pytest.mark.rule("Q28-9.2b")
def test_a_recall_that_overtakes_its_document_cancels_it_on_arrival(office: Office) -> None:
    office.tell("tracking", RecallTaken(**OF, order_id=uuid4(), reason="Gửi nhầm"))
    with pytest.raises(NotFound):
        office.view(ID)
    office.tell("tracking", DocumentTaken(**OF, letter=letter(office)))
    assert office.view(ID).state is State.CANCELLED
    assert work(office) == []


def test_a_correction_waits_for_the_clerk_and_the_gate(office: Office) -> None:
    office.tell("tracking", DocumentTaken(**OF, letter=letter(office)))
    work(office)
    corrected = letter(office, letter_of("Bản sửa"))
    update = UpdateTaken(**OF, update_id=uuid4(), letter=corrected, reason="Sai số liệu")
    office.tell("tracking", update, update)
    assert work(office) == ["check"]
    [told] = office.view(ID).updates
    assert (told.outcome, told.reason) == ("admitted", "Sai số liệu")


def test_a_recall_of_what_was_refused_changes_nothing(office: Office) -> None:
    office.tell("tracking", DocumentTaken(**OF, letter=letter(office)))
    office.act(Act.REFUSE, ID)
    office.tell("tracking", RecallTaken(**OF, order_id=uuid4(), reason="Gửi nhầm"))
    assert office.view(ID).state is State.REFUSED
