"""The paper copy of a document (bản giấy kèm theo; N30-23, NB-3)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from contracts.intake import (
    IncomingAct,
    IncomingState,
    Paper,
    PaperNotExpected,
)
from contracts.working_time import in_vietnam
from services.intake.domain.act import Act
from services.intake.domain.order import (
    check_turn,
)

if TYPE_CHECKING:
    from services.intake.domain.document import IncomingDocument

_State, _Act = IncomingState, IncomingAct
CLERICAL_OFFICE = "Văn thư"
"""Who has the paper until a unit is named."""


class PaperExpected(Act):
    """A paper copy is to come."""

    paper: Paper = Paper.EXPECTED


class PaperReceived(Act):
    """The paper copy is with its addressee."""

    received_at: datetime
    addressee: str
    paper: Paper = Paper.RECEIVED


def expect_paper(document: IncomingDocument) -> None:
    """Note that a paper copy is to come (N30-23)."""
    check_turn(_Act.EXPECT_PAPER, document.state)
    if document.paper is Paper.NONE:
        document.happened(document.PaperExpected)


def receive_paper(document: IncomingDocument, at: datetime) -> None:
    """The paper copy is here, with its lead unit or with the clerk until there is one (NB-3)."""
    check_turn(_Act.RECEIVE_PAPER, document.state)
    if document.paper is Paper.NONE:
        raise PaperNotExpected()
    if document.paper is Paper.EXPECTED:
        addressee = document.paper_addressee or CLERICAL_OFFICE
        facts = {"received_at": in_vietnam(at), "addressee": addressee}
        document.happened(document.PaperReceived, **facts)
