"""A recall that goes over the axis: the order out, the answer back (table 3.5)."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from contracts.axis import MessageType
from contracts.dispatch import DocumentIssued, RecallOrdered
from contracts.intake import DocumentCancelled, RecallDeclined
from contracts.tracking import DeliveryState, DocumentTaken, RecallTaken
from contracts.values import StatusCode
from infra.axis.control import Control
from services.kernel.context import acting
from tests.tracking.desk import AUDITOR
from tests.tracking.ends import OURS, OURS_NAME, THEIRS, THEIRS_NAME, TOKEN, End, axis_at, run
from tests.tracking.test_worker import packages
from tests.tracking.told import MONDAY, Letter

REASON = "Ban hành nhầm"


def ordered(told: DocumentIssued, number: int = 1) -> RecallOrdered:
    """What dispatch tells when a document is wanted back from everybody."""
    same = ("document_id", "agency", "agency_name", "number", "kind", "subject", "urgency")
    facts = {name: getattr(told, name) for name in (*same, "signer", "addressees")}
    order = {"order_id": UUID(int=number), "reason": REASON, "ordered_at": MONDAY}
    return RecallOrdered(**facts, **order, whole=True)


def taken_back(end: End) -> list[RecallTaken]:
    """Recalls that came to an end of the axis."""
    with acting(AUDITOR):
        page = end.tracking.read_events(after=0, limit=1000)
    events = [envelope.event() for envelope in page.events]
    return [event for event in events if isinstance(event, RecallTaken)]


@pytest.mark.parametrize(
    ("code", "ends"),
    [
        (StatusCode.AGREED, DeliveryState.RECALLED),
        (StatusCode.DECLINED, DeliveryState.RECALL_REFUSED),
    ],
)
def test_an_order_goes_over_the_axis_once_and_its_answer_comes_back(
    tmp_path: Path, code: StatusCode, ends: DeliveryState
) -> None:
    with axis_at(tmp_path / "axis") as server:
        control = Control(server.url, TOKEN)
        ours = End(server.url, tmp_path, OURS, OURS_NAME)
        theirs = End(server.url, tmp_path, THEIRS, THEIRS_NAME)
        for end in (ours, theirs):
            control.enrol(end.code, end.secret, name=end.name)
        ours.meet(theirs)
        theirs.meet(ours)
        sent = Letter(recipients=(THEIRS,), running=1)
        issued = ours.issue(sent)
        run(ours, theirs)
        [taken] = theirs.taken()
        for _ in ("told", "told again"):
            ours.dispatch.tell(sent.id, ordered(issued), MONDAY)
            ours.read_all()
        assert ours.line(sent, THEIRS).state is DeliveryState.RECALLING
        run(ours, theirs)
        assert len(packages(server, MessageType.DOCUMENT)) == 2
        [order] = taken_back(theirs)
        assert (order.delivery_id, order.reason) == (taken.delivery_id, REASON)
        answer(theirs, taken, order, code)
        run(ours, theirs)
        line = ours.line(sent, THEIRS)
        assert line.state is ends
        assert [status.code for status in line.history] == [StatusCode.TAKE_BACK, code]


def answer(end: End, taken: DocumentTaken, order: RecallTaken, code: StatusCode) -> None:
    """Intake tells what became of the order."""
    of = {"document_id": taken.delivery_id, "agency": taken.agency, "origin": taken.origin}
    orders = [order.order_id]
    agreed = DocumentCancelled(**of, orders=orders, cancelled_at=MONDAY)
    declined = RecallDeclined(**of, orders=orders, reason="Đã trả lời")
    told = agreed if code is StatusCode.AGREED else declined
    end.intake.tell(taken.delivery_id, told, MONDAY)
    end.read_all()
