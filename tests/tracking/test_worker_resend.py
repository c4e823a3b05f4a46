"""A clerk sends again what the axis refused, or nobody answered: the same bytes, one effect."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts import edxml
from contracts.axis import MessageType
from contracts.tracking import AlarmKind, DeliveryState
from contracts.values import delivery_id
from infra.axis.control import Control
from infra.axis.door import Axis as Server
from services.kernel.context import acting
from services.tracking.domain import Package, package_id
from tests.tracking.desk import clerk
from tests.tracking.ends import OURS, OURS_NAME, THEIRS, THEIRS_NAME, TOKEN, End, axis_at, run
from tests.tracking.test_worker import packages, words
from tests.tracking.told import Letter


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with axis_at(tmp_path / "axis") as server:
        yield server


def platform(server: Server, folder: Path, code: str, name: str) -> End:
    """A platform whose agency has no box at the axis yet."""
    return End(server.url, folder, code, name)


def resend(end: End, letter: Letter) -> None:
    with acting(clerk(end.code)):
        end.tracking.resend_document(delivery_id=delivery_id(letter.id, THEIRS))


@pytest.mark.rule("R9.3a")
def test_what_the_axis_refused_is_sent_again_with_the_same_bytes_and_arrives_once(
    server: Server, tmp_path: Path
) -> None:
    ours = platform(server, tmp_path, OURS, OURS_NAME)
    theirs = platform(server, tmp_path, THEIRS, THEIRS_NAME)
    control = Control(server.url, TOKEN)
    control.enrol(OURS, ours.secret, name=OURS_NAME)
    ours.meet(theirs)
    theirs.meet(ours)
    sent = Letter(recipients=(THEIRS,))
    ours.issue(sent)
    run(ours)
    line = ours.line(sent, THEIRS)
    assert (line.state, len(line.failures)) == (DeliveryState.FAILED, 1)
    assert [alarm.kind for alarm in line.alarms] == [AlarmKind.SENDING_FAILED]
    written = ours.tracking.load(Package, package_id(line.delivery_id)).file
    control.enrol(THEIRS, theirs.secret, name=THEIRS_NAME)
    resend(ours, sent)
    run(ours, theirs)
    assert ours.line(sent, THEIRS).state is DeliveryState.SENT
    resend(ours, sent)
    run(ours, theirs)
    told = [words(row["content"]) for row in packages(server, MessageType.DOCUMENT)]
    kept = ours.tracking.load(Package, package_id(line.delivery_id)).file
    assert kept is not None and kept == written
    assert told == [edxml.fingerprint(edxml.read(ours.shelf.read(kept.sha256)).message)] * 2
    [taken] = theirs.taken()
    theirs.receive(taken)
    run(ours, theirs)
    line = ours.line(sent, THEIRS)
    assert line.state is DeliveryState.ACCEPTED
    assert all(alarm.closed_at for alarm in line.alarms)
    for end in (ours, theirs):
        end.pool.shutdown()
