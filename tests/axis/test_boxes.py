"""A box at the local axis: opened for an agency of the platform, it can be used at once."""

from __future__ import annotations

import stat
from pathlib import Path

import msgspec
import pytest

from contracts import edxml
from contracts.axis import questions
from contracts.tracking import ReceiptVerdict
from infra.axis.door import Axis as Server
from infra.local.axis import boxes_file, open_box
from infra.local.state import State
from services.tracking.adapters import Boxes, judged
from tests.axis.conftest import OTHER, RECEIVER, TOKEN
from tests.contracts.edxml_letters import status


@pytest.fixture
def state(server: Server) -> State:
    return State(ports={"axis": server.server_address[1]}, axis_token=TOKEN)


def test_an_opened_box_asks_the_axis_and_signs_receipts(state: State, tmp_path: Path) -> None:
    key = open_box(tmp_path, state, "main", RECEIVER, "UBND huyện")
    boxes = Boxes(state.axis_url, boxes_file(tmp_path, "main"))
    assert boxes.codes() == [RECEIVER]
    axis = boxes.axis(RECEIVER)
    assert axis is not None
    assert RECEIVER in {unit.code for unit in axis.ask(questions.agencies()).data}
    told = edxml.read(status().encode()).message
    assert isinstance(told, edxml.Status)
    told = msgspec.structs.replace(told, sender=edxml.Party(code=RECEIVER))
    receipt = boxes.receipt(told, "ab" * 32)
    assert judged(receipt, key, "ab" * 32) is ReceiptVerdict.PROVED


def test_boxes_of_another_world_are_others_and_only_their_owner_reads_them(
    state: State, tmp_path: Path
) -> None:
    open_box(tmp_path, state, "main", RECEIVER, "UBND huyện")
    open_box(tmp_path, state, "other", OTHER, "UBND xã")
    open_box(tmp_path, state, "main", "H47.77", "Sở Ví dụ")
    file = boxes_file(tmp_path, "main")
    assert Boxes(state.axis_url, file).codes() == [RECEIVER, "H47.77"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
