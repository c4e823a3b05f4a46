"""Dossiers of an agency: the yearly list, its documents, and the announcement before the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from contracts.errors import Denied, NotFound
from contracts.tracking import DocumentUnfinished, DossierAlreadyOpened, DossierState
from contracts.values import Role
from contracts.working_time import VIETNAM
from services.kernel.context import Circumstances, acting
from tests.tracking.desk import AUDITOR, Desk, clerk
from tests.tracking.told import MONDAY, SENDER, Letter


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.tracking.close()


def leader(agency: str) -> Circumstances:
    return Circumstances(actor=clerk(agency).actor, roles=frozenset({Role.LEADER}))


def issued(desk: Desk) -> Letter:
    """A letter of the sender that its one recipient has just received."""
    letter = Letter()
    copy = letter.at("H47.09")
    desk.dispatch.tell(letter.id, letter.issued(), MONDAY)
    desk.intake.tell(copy.id, copy.arrived(MONDAY), MONDAY)
    desk.read_all()
    return letter


def opened(desk: Desk, group: str = "TCCB", agency: str = SENDER) -> UUID:
    dossier_id = uuid4()
    with acting(clerk(agency)):
        desk.tracking.open_dossier(
            dossier_id=dossier_id, year=2024, group=group, title="Hồ sơ tuyển dụng"
        )
    return dossier_id


def announced(desk: Desk) -> list[dict[str, object]]:
    with acting(AUDITOR):
        told = desk.tracking.read_events(after=0, limit=1000).events
    return [envelope.body for envelope in told if envelope.type == "tracking.DossierAnnounced"]


def test_codes_follow_the_yearly_list_and_ordinals_the_group(desk: Desk) -> None:
    ids = [opened(desk), opened(desk), opened(desk, "TH")]
    with acting(clerk(SENDER)):
        listed = desk.tracking.list_dossiers(agency=SENDER, year=2024)
        page = desk.tracking.list_dossiers(agency=SENDER, year=2024, after=1, limit=1)
    codes = [f"{SENDER}.2024.{end}" for end in ("01.TCCB", "02.TCCB", "01.TH")]
    assert [(it.dossier_id, it.code) for it in listed] == list(zip(ids, codes, strict=True))
    assert [it.dossier_id for it in page] == [ids[1]]
    with acting(clerk(SENDER)), pytest.raises(DossierAlreadyOpened):
        desk.tracking.open_dossier(dossier_id=ids[0], year=2024, group="TH", title="Lại")


def test_one_document_lies_in_two_dossiers_with_an_ordinal_in_each(desk: Desk) -> None:
    first, other = issued(desk), issued(desk)
    one, two = opened(desk), opened(desk)
    with acting(clerk(SENDER)):
        desk.tracking.collect_document(dossier_id=one, document_id=other.id)
        ordinals = [
            desk.tracking.collect_document(dossier_id=dossier, document_id=first.id)
            for dossier in (one, two)
        ]
    assert ordinals == [2, 1]


def test_only_a_document_of_the_agency_goes_into_its_dossier(desk: Desk) -> None:
    letter = issued(desk)
    copy, theirs = letter.at("H47.09"), opened(desk, agency="H47.09")
    stranger = opened(desk, agency="H47.11")
    with acting(clerk("H47.09")):
        assert desk.tracking.collect_document(dossier_id=theirs, document_id=copy.id) == 1
        with pytest.raises(NotFound):
            desk.tracking.collect_document(dossier_id=theirs, document_id=letter.id)
        with pytest.raises(Denied):
            desk.tracking.collect_document(dossier_id=stranger, document_id=copy.id)
    with acting(clerk("H47.11")):
        for document in (copy.id, letter.id, uuid4()):
            with pytest.raises(NotFound):
                desk.tracking.collect_document(dossier_id=stranger, document_id=document)


@pytest.mark.rule("N30-28..31")
def test_a_dossier_is_not_closed_over_an_incoming_document_that_is_not_finished(
    desk: Desk,
) -> None:
    copy, dossier = issued(desk).at("H47.09"), opened(desk, agency="H47.09")
    today = date.today()
    with acting(clerk("H47.09")):
        desk.tracking.collect_document(dossier_id=dossier, document_id=copy.id)
        with pytest.raises(DocumentUnfinished):
            desk.tracking.close_dossier(dossier_id=dossier, ended_on=today)
    desk.intake.tell(copy.id, copy.completed(MONDAY + timedelta(days=2)), MONDAY)
    desk.read_all()
    with acting(clerk("H47.09")):
        assert desk.tracking.close_dossier(dossier_id=dossier, ended_on=today)


@pytest.mark.rule("N30-VI.5b")
def test_a_dossier_due_on_12_may_2025_is_announced_once_on_12_april() -> None:
    clock = [datetime(2024, 5, 10, 9, tzinfo=VIETNAM)]
    desk = Desk(now=lambda: clock[0])
    letter, dossier = issued(desk), opened(desk)
    with acting(clerk(SENDER)):
        desk.tracking.collect_document(dossier_id=dossier, document_id=letter.id)
        due_on = desk.tracking.close_dossier(dossier_id=dossier, ended_on=date(2024, 5, 10))
    assert due_on == date(2025, 5, 12)
    clock[0] = datetime(2025, 4, 11, 23, 59, tzinfo=VIETNAM)
    desk.tracking.announce_due_dossiers()
    assert announced(desk) == []
    clock[0] += timedelta(minutes=1)
    for _ in range(2):
        desk.tracking.announce_due_dossiers()
        assert [told["due_on"] for told in announced(desk)] == ["2025-05-12"]
    with acting(clerk(SENDER)):
        (view,) = desk.tracking.list_dossiers(agency=SENDER, year=2024)
    assert view.state is DossierState.DUE


@pytest.mark.rule("N30-VI.5b")
def test_what_is_kept_back_before_the_announcement_is_not_announced() -> None:
    clock = [datetime(2024, 5, 10, 9, tzinfo=VIETNAM)]
    desk = Desk(now=lambda: clock[0])
    letter, dossier = issued(desk), opened(desk)
    with acting(clerk(SENDER)):
        desk.tracking.collect_document(dossier_id=dossier, document_id=letter.id)
        desk.tracking.close_dossier(dossier_id=dossier, ended_on=date(2024, 5, 10))
        with pytest.raises(Denied):
            desk.tracking.keep_back_dossier(
                dossier_id=dossier, until_on=date(2026, 5, 12), consent="Công văn 5/SNV"
            )
    with acting(leader(SENDER)):
        desk.tracking.keep_back_dossier(
            dossier_id=dossier, until_on=date(2026, 5, 12), consent="Công văn 5/SNV"
        )
    clock[0] = datetime(2025, 4, 12, 9, tzinfo=VIETNAM)
    desk.tracking.announce_due_dossiers()
    assert announced(desk) == []
