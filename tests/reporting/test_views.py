"""The ready answers, on real tables: what is late at an instant, and the figures of a period."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from contracts.errors import Invalid
from contracts.reporting import LateKind, LateMatter
from contracts.values import ReplyRequest, Urgency
from contracts.working_time import VIETNAM, Quarter, period
from tests.reporting.house import House
from tests.tracking.told import MONDAY, SENDER, Letter

SECOND, MINUTE, HOUR, DAY = (
    timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours", "days")
)
B, C = "H47.09", "H47.11"
FIRST_QUARTER, SECOND_QUARTER = period(Quarter(2026, 1)), period(Quarter(2026, 2))
END_OF_MONDAY = MONDAY.replace(hour=0) + DAY
END_OF_THURSDAY = MONDAY.replace(hour=0) + 4 * DAY


def late(house: House, agency: str, at: datetime) -> list[tuple[LateKind, datetime]]:
    house.read_all()
    found = house.reporting.views.late_matters(agency, at, "", 100)
    return [(matter.kind, matter.due_at) for matter in found]


def test_an_arrival_neither_accepted_nor_refused_is_late_after_the_end_of_its_day(
    house: House,
) -> None:
    copy, accepted, refused = (Letter().at(B) for _ in range(3))
    for one in (copy, accepted, refused):
        house.tell(one, MONDAY, one.arrived(MONDAY))
    house.tell(accepted, MONDAY, accepted.registered(MONDAY, paperless=False))
    house.tell(refused, MONDAY, refused.refused())
    house.read_all()
    assert late(house, B, END_OF_MONDAY) == []
    (matter,) = house.reporting.views.late_matters(B, END_OF_MONDAY + SECOND, "", 100)
    assert matter == LateMatter(
        kind=LateKind.ANSWER,
        document_id=copy.id,
        agency=B,
        subject="Báo cáo công tác văn thư quý I",
        due_at=END_OF_MONDAY,
    )
    assert matter.due_at.isoformat() == "2026-03-03T00:00:00+07:00"


def test_a_registered_arrival_is_late_when_its_transfer_is(house: House) -> None:
    copy = Letter().at(B)
    house.tell(copy, MONDAY, copy.arrived(MONDAY), copy.registered(MONDAY))
    due = datetime(2026, 3, 2, 14, tzinfo=VIETNAM)
    assert late(house, B, due) == []
    assert late(house, B, due + SECOND) == [(LateKind.TRANSFER, due)]
    house.tell(copy, due + HOUR, copy.transferred(due + HOUR))
    assert late(house, B, due + 2 * HOUR) == []
    assert late(house, B, due + SECOND) == [(LateKind.TRANSFER, due)]


def test_before_its_registration_an_arrival_waited_for_an_answer_not_for_its_transfer(
    house: House,
) -> None:
    copy = Letter().at(B)
    registered_at = END_OF_MONDAY + DAY
    house.tell(copy, MONDAY, copy.arrived(MONDAY))
    house.tell(copy, registered_at, copy.registered(MONDAY))
    assert [kind for kind, _ in late(house, B, registered_at - SECOND)] == [LateKind.ANSWER]
    assert [kind for kind, _ in late(house, B, registered_at)] == [LateKind.TRANSFER]


def test_a_document_closed_without_a_transfer_is_late_no_more(house: House) -> None:
    copy = Letter().at(B)
    house.tell(copy, MONDAY, copy.arrived(MONDAY), copy.registered(MONDAY))
    house.tell(copy, MONDAY + DAY, copy.completed(MONDAY + DAY, "Để biết"))
    assert [kind for kind, _ in late(house, B, MONDAY + DAY - SECOND)] == [LateKind.TRANSFER]
    assert late(house, B, MONDAY + DAY) == []


def test_a_directed_document_is_late_after_the_end_of_its_last_day(house: House) -> None:
    copy = Letter().at(B)
    acts = (copy.arrived(MONDAY), copy.registered(MONDAY), copy.directed(date(2026, 3, 5)))
    house.tell(copy, MONDAY, *acts, copy.transferred(MONDAY, date(2026, 3, 5)))
    assert late(house, B, END_OF_THURSDAY) == []
    assert late(house, B, END_OF_THURSDAY + SECOND) == [(LateKind.HANDLING, END_OF_THURSDAY)]
    done = END_OF_THURSDAY + DAY
    house.tell(copy, done, copy.completed(done))
    assert late(house, B, done) == []


def test_a_document_stands_in_the_list_once_with_what_was_due_first(house: House) -> None:
    copy = Letter().at(B)
    acts = (copy.arrived(MONDAY), copy.registered(MONDAY), copy.directed(date(2026, 3, 5)))
    house.tell(copy, MONDAY, *acts)
    at = END_OF_THURSDAY + SECOND
    assert [kind for kind, _ in late(house, B, at)] == [LateKind.TRANSFER]
    house.tell(copy, at, copy.transferred(at, date(2026, 3, 5)))
    assert [kind for kind, _ in late(house, B, at)] == [LateKind.HANDLING]


def test_a_reply_is_late_for_the_sender_until_every_recipient_answered_or_refused(
    house: House,
) -> None:
    asked = ReplyRequest(content="Số liệu", due_on=date(2026, 3, 5))
    letter = Letter(recipients=(B, C), reply=asked)
    house.tell_letter(letter)
    first, second = letter.at(B), letter.at(C)
    for copy in (first, second):
        house.tell(copy, MONDAY, copy.arrived(MONDAY))
    overdue = [(LateKind.REPLY, END_OF_THURSDAY)]
    after = END_OF_THURSDAY + SECOND
    assert late(house, SENDER, END_OF_THURSDAY) == []
    assert late(house, SENDER, after) == overdue
    house.tell(first, MONDAY, first.registered(MONDAY), first.answered(date(2026, 3, 5)))
    assert late(house, SENDER, after) == overdue
    house.tell(second, MONDAY, second.refused())
    assert late(house, SENDER, after) == []


def test_a_late_reply_was_late_until_its_day(house: House) -> None:
    asked = ReplyRequest(content="Số liệu", due_on=date(2026, 3, 5))
    letter = Letter(recipients=(B,), reply=asked)
    house.tell_letter(letter)
    copy = letter.at(B)
    house.tell(copy, MONDAY, copy.arrived(MONDAY), copy.answered(date(2026, 3, 9)))
    assert late(house, SENDER, datetime(2026, 3, 8, 23, 59, tzinfo=VIETNAM)) != []
    assert late(house, SENDER, datetime(2026, 3, 9, 0, 0, tzinfo=VIETNAM)) == []


def test_a_letter_that_asks_for_no_reply_owes_none(house: House) -> None:
    house.tell_letter(Letter())
    assert late(house, SENDER, MONDAY + 365 * DAY) == []


def test_nobody_stands_in_the_list_of_another_agency(house: House) -> None:
    copy = Letter().at(B)
    house.tell(copy, MONDAY, copy.arrived(MONDAY))
    assert late(house, C, MONDAY + 30 * DAY) == []
    assert house.reporting.views.agencies_with_late_matters(MONDAY + 30 * DAY) == [B]


def test_late_matters_are_paged_by_due_instant_after_a_document(house: House) -> None:
    copies = [Letter().at(B) for _ in range(7)]
    for n, copy in enumerate(copies):
        entered = MONDAY + (n // 3) * DAY
        house.tell(copy, entered, copy.arrived(entered))
    house.read_all()
    views, at = house.reporting.views, MONDAY + 30 * DAY
    whole = views.late_matters(B, at, "", 100)
    afters = ["", *(str(matter.document_id) for matter in whole[1::2])]
    paged = [views.late_matters(B, at, after, 2) for after in afters]
    assert paged == [whole[n : n + 2] for n in range(0, 8, 2)]
    assert len(whole) == 7
    assert [matter.due_at for matter in whole] == sorted(matter.due_at for matter in whole)


@pytest.mark.parametrize("after", ["nonsense", "a\0", "00000000-0000-0000-0000-000000000001"])
def test_a_page_after_a_document_that_is_not_on_the_list_is_refused(
    house: House, after: str
) -> None:
    with pytest.raises(Invalid):
        house.reporting.views.late_matters(B, MONDAY, after, 10)


def rates(house: House, agency: str, from_at: datetime, until_at: datetime) -> dict[str, object]:
    house.read_all()
    found = house.reporting.views.figures(agency, from_at, until_at).indicators
    return {it.code: (it.numerator, it.denominator, it.percent) for it in found}


def tell_worked_data_set(house: House) -> None:
    """The documents d1 to d10 and a1 to a8 of the regulation's worked data set, one agency."""
    for n in range(1, 10):
        letter = Letter(recipients=(B, C) if n <= 6 else (B,), running=n)
        house.tell_letter(letter)
        for copy in (letter.at(code) for code in letter.recipients):
            if (n, copy.recipient) != (6, C):
                house.tell(copy, MONDAY, copy.arrived(MONDAY + 7 * SECOND))
            if n == 8:
                house.tell(copy, MONDAY + HOUR, copy.refused())
    for n in range(1, 9):
        tell_worked_arrival(house, n)


def tell_worked_arrival(house: House, n: int) -> None:
    copy = Letter(sender="H47.31", recipients=(SENDER,), running=n).at(SENDER)
    house.tell(copy, MONDAY, copy.arrived(MONDAY, Urgency.EXPRESS if n == 8 else Urgency.ORDINARY))
    if n == 7:
        house.tell(copy, MONDAY + HOUR, copy.refused())
        return
    registered_at = MONDAY + (DAY if n == 4 else MINUTE)
    registered = copy.registered(MONDAY, n, paperless=n <= 4, urgent=n == 8)
    transferred_at = registered_at + 10 * MINUTE
    house.tell(copy, registered_at, registered, copy.directed(None))
    house.tell(copy, transferred_at, copy.transferred(transferred_at))


def test_the_worked_data_set_gives_its_indicators(house: House) -> None:
    tell_worked_data_set(house)
    of_data = FIRST_QUARTER
    assert rates(house, SENDER, of_data.starts_at, of_data.ends_at) == {
        "I5": (14, 15, 93.3),
        "I7": (1, 14, 7.1),
        "I16": (3, 4, 75.0),
    }


def test_without_traffic_there_is_no_data(house: House) -> None:
    of_data = FIRST_QUARTER
    nothing = dict.fromkeys(("I5", "I7", "I16"), (0, 0, None))
    assert rates(house, SENDER, of_data.starts_at, of_data.ends_at) == nothing


def test_a_transfer_at_the_due_instant_is_on_time_and_a_second_later_is_not(house: House) -> None:
    due = datetime(2026, 3, 2, 14, tzinfo=VIETNAM)
    for transferred_at in (due, due + SECOND):
        copy = Letter().at(B)
        house.tell(copy, MONDAY, copy.arrived(MONDAY), copy.registered(MONDAY))
        house.tell(copy, transferred_at, copy.transferred(transferred_at))
    of_data = FIRST_QUARTER
    assert rates(house, B, of_data.starts_at, of_data.ends_at)["I16"] == (1, 2, 50.0)


def test_an_arrival_not_yet_transferred_counts_once_its_transfer_was_due(house: House) -> None:
    copy = Letter().at(B)
    house.tell(copy, MONDAY, copy.arrived(MONDAY), copy.registered(MONDAY))
    due = datetime(2026, 3, 2, 14, tzinfo=VIETNAM)
    assert rates(house, B, MONDAY, due)["I16"] == (0, 0, None)
    assert rates(house, B, MONDAY, due + SECOND)["I16"] == (0, 1, 0.0)


def test_figures_count_what_was_known_at_the_end_of_the_period(house: House) -> None:
    cut_off = FIRST_QUARTER.ends_at
    letter = Letter(recipients=(B, C), issued_at=cut_off - MINUTE)
    house.tell_letter(letter)
    known, unknown = letter.at(B), letter.at(C)
    house.tell(known, cut_off - SECOND, known.arrived(cut_off - SECOND))
    house.tell(known, cut_off, known.refused())
    house.tell(unknown, cut_off, unknown.arrived(cut_off))
    figures = rates(house, SENDER, FIRST_QUARTER.starts_at, cut_off)
    assert (figures["I5"], figures["I7"]) == ((1, 2, 50.0), (0, 1, 0.0))


@pytest.mark.rule("R11.3-1")
@pytest.mark.rule("Q28-15.1")
def test_what_is_registered_after_the_cut_off_is_in_the_next_quarter_also_after_replay(
    house: House,
) -> None:
    cut_off = FIRST_QUARTER.ends_at
    for running, issued_at in enumerate((cut_off - SECOND, cut_off), 1):
        letter = Letter(running=running, issued_at=issued_at)
        house.tell_letter(letter)
        house.tell(letter.at(B), issued_at, letter.at(B).arrived(issued_at))
    friday = datetime(2026, 3, 13, 10, tzinfo=VIETNAM)
    for registered_at in (friday + MINUTE, cut_off):
        copy = Letter().at(C)
        house.tell(copy, friday, copy.arrived(friday))
        house.tell(copy, registered_at, copy.registered(friday))
    expected = [((1, 1, 100.0), (0, 1, 0.0))] * 2
    assert by_quarter(house) == expected
    house.rebuild()
    assert by_quarter(house) == expected


def by_quarter(house: House) -> list[tuple[object, object]]:
    """I5 of the sender and I16 of the recipient in the first and the second quarter."""
    return [
        (
            rates(house, SENDER, of_data.starts_at, of_data.ends_at)["I5"],
            rates(house, C, of_data.starts_at, of_data.ends_at)["I16"],
        )
        for of_data in (FIRST_QUARTER, SECOND_QUARTER)
    ]


def test_a_line_nobody_opened_here_is_in_no_figure(house: House) -> None:
    copy = Letter(sender="H01.02").at(B)
    house.tell(copy, MONDAY, copy.arrived(MONDAY))
    of_data = FIRST_QUARTER
    assert rates(house, "H01.02", of_data.starts_at, of_data.ends_at)["I5"] == (0, 0, None)
