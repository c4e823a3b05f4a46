"""How events become rows, on real tables: any order across sources, any page, any rebuild."""

from __future__ import annotations

import random
from datetime import date, timedelta
from threading import Barrier, Event, Thread
from uuid import UUID

import msgspec
import pytest

from contracts.envelope import Envelope, Page
from contracts.reporting import IncomingRegisterLine, OutgoingRegisterLine
from contracts.values import Capacity, DocumentKind, ReplyRequest, Role, Signer
from services.kernel.context import acting
from services.kernel.follower import Follower, PlaceMoved
from services.kernel.prompts import Listener
from services.kernel.view import ViewLog
from services.reporting.projections import PROJECTIONS
from tests.conftest import until
from tests.reporting.house import House, person
from tests.tracking.told import MONDAY, SENDER, Letter

SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
NAMES = ("dispatch", "intake", "tracking", "reporting")


def tell_story(house: House, running: int = 1) -> Letter:
    """A decision to three: one handles and answers it, one refuses it, one says nothing."""
    letter = Letter(
        recipients=("H47.09", "H47.11", "H47.12"),
        running=running,
        kind=DocumentKind.DECISION,
        subject="Về việc kiểm tra công tác văn thư",
        signer=Signer(person="binh", post="Giám đốc", name="Trần Bình", capacity=Capacity.DEPUTY),
        reply=ReplyRequest(content="Kết quả tự kiểm tra", due_on=date(2026, 3, 6)),
    )
    house.tell_letter(letter)
    copy, refused = letter.at("H47.09"), letter.at("H47.11")
    entered = MONDAY + 7 * SECOND
    house.tell(copy, entered, copy.arrived(entered), copy.registered(entered, running))
    house.tell(refused, entered, refused.arrived(entered), refused.refused("Tệp bị hỏng"))
    house.tell(copy, MONDAY + MINUTE, copy.directed(date(2026, 3, 5)))
    transferred = copy.transferred(MONDAY + 90 * MINUTE, date(2026, 3, 5))
    house.tell(copy, MONDAY + 90 * MINUTE, transferred, copy.started())
    house.tell(copy, MONDAY + DAY, copy.answered(date(2026, 3, 3), UUID(int=9)))
    house.tell(copy, MONDAY + DAY, copy.completed(MONDAY + DAY, "Lưu hồ sơ"))
    return letter


def test_a_line_of_the_incoming_register_has_its_ten_columns(house: House) -> None:
    letter = tell_story(house)
    house.read_all()
    with acting(person("H47.09", Role.CLERK)):
        lines = house.reporting.list_incoming_register(agency="H47.09", year=2026)
    assert lines == [
        IncomingRegisterLine(
            arrived_on=date(2026, 3, 2),
            number=1,
            author="Sở Nội vụ",
            notation="01/SNV-VP",
            issued_on=date(2026, 3, 2),
            kind_and_subject="Quyết định: Về việc kiểm tra công tác văn thư",
            received_by_unit="Phòng Nghiệp vụ",
            transferred_on=date(2026, 3, 2),
            acknowledged="Lê Thị An",
            remarks="09/SYT-VP; Lưu hồ sơ",
            document_id=letter.at("H47.09").id,
        )
    ]


def test_a_line_of_the_outgoing_register_has_its_ten_columns(house: House) -> None:
    letter = tell_story(house)
    house.read_all()
    with acting(person(SENDER, Role.CLERK)):
        lines = house.reporting.list_outgoing_register(agency=SENDER, year=2026)
    assert lines == [
        OutgoingRegisterLine(
            notation="01/SNV-VP",
            issued_on=date(2026, 3, 2),
            kind_and_subject="Quyết định: Về việc kiểm tra công tác văn thư",
            signer="Trần Bình, KT. Giám đốc",
            recipients="Sở Y tế; Sở Tài chính; Sở Xây dựng",
            kept_by="Văn phòng Sở",
            copies=3,
            passed_on=date(2026, 3, 2),
            acknowledged="2/3",
            remarks="Sở Tài chính: Tệp bị hỏng",
            number=1,
            document_id=letter.id,
        )
    ]


def test_a_registered_document_stands_in_the_register_before_it_is_issued(house: House) -> None:
    letter = Letter()
    house.dispatch.tell(letter.id, letter.registered(), MONDAY)
    house.read_all()
    with acting(person(SENDER)):
        (line,) = house.reporting.list_outgoing_register(agency=SENDER, year=2026)
    assert (line.passed_on, line.acknowledged, line.remarks) == (None, "", "")


def test_an_arrival_stands_in_the_register_only_with_its_number(house: House) -> None:
    copy = Letter().at("H47.09")
    house.tell(copy, MONDAY, copy.arrived(MONDAY))
    house.read_all()
    with acting(person("H47.09")):
        assert house.reporting.list_incoming_register(agency="H47.09", year=2026) == []


def test_registers_are_read_by_number_after_a_number(house: House) -> None:
    for running in (3, 1, 2):
        tell_story(house, running)
    house.read_all()
    with acting(person(SENDER)):
        out = house.reporting.list_outgoing_register(agency=SENDER, year=2026, after=1, limit=1)
        other_year = house.reporting.list_outgoing_register(agency=SENDER, year=2025)
    with acting(person("H47.09")):
        into = house.reporting.list_incoming_register(agency="H47.09", year=2026, after=1)
    assert [line.number for line in out] == [2]
    assert [line.number for line in into] == [2, 3]
    assert other_year == []


@pytest.mark.parametrize("seed", range(6))
def test_whatever_the_order_of_sources_and_pages_the_rows_are_the_same(
    house: House, seed: int
) -> None:
    for running in (1, 2, 3):
        tell_story(house, running)
    house.read_all()
    in_order = house.rows()
    house.forget()
    dice = random.Random(seed)
    for name in dice.choices(NAMES, k=30):
        house.read(name, dice.randint(1, 4))
    house.read_all(dice.sample(NAMES, k=len(NAMES)))
    assert house.rows() == in_order
    assert all(in_order[table] for table in in_order if table != "escalations")


def test_rebuilt_views_equal_the_live_ones(house: House) -> None:
    tell_story(house)
    house.read_all()
    house.now = MONDAY + 30 * DAY
    house.reporting.escalate_everywhere()
    tell_story(house, 2)
    house.read_all()
    live = house.rows()
    house.rebuild()
    assert house.rows() == live
    assert all(live.values())


@pytest.mark.parametrize("how", ["DROP TABLE", "TRUNCATE"])
def test_tables_lost_under_a_running_follower_come_back_whole(house: House, how: str) -> None:
    tell_story(house)
    house.read_all()
    live = house.rows()
    follower = Follower("reporting", house.sources, house.log, Bell())
    thread = Thread(target=follower.run)
    thread.start()
    try:
        until(lambda: all(follower.reached.values()))
        with house.tables.transaction() as cursor:
            tables = ", ".join(["place", "parked", *(view.table for view in PROJECTIONS)])
            cursor.execute(f"{how} {tables}")
        until(lambda: not house.tables.missing() and house.rows() == live)
    finally:
        follower.stop()
        thread.join()


class Bell(Listener):
    """Rings for everybody, all the time."""

    def __init__(self) -> None:
        """Without a broker."""

    def wait(self, seconds: float) -> set[str]:
        Event().wait(0.01)
        return set(NAMES)


def test_events_read_twice_change_nothing(house: House) -> None:
    tell_story(house)
    house.read_all()
    before = house.rows()
    with house.tables.transaction() as cursor:
        cursor.execute("UPDATE place SET position = 0")
    house.places.clear()
    house.read_all()
    assert house.rows() == before


def test_two_followers_with_ragged_pages_take_every_event_in_once(house: House) -> None:
    for running in range(1, 13):
        tell_story(house, running)
    house.read_all()
    alone = house.rows()
    house.forget()
    taken: list[tuple[str, int]] = []
    collisions: list[str] = []
    both_know_the_place = Barrier(2)

    def follow(seed: int) -> None:
        dice, log = random.Random(seed), ViewLog(house.tables)
        for name in NAMES:
            place = log.place(name)
            both_know_the_place.wait(30)
            while (page := house.sources[name](place, dice.randint(1, 5))).events:
                try:
                    log.take(name, place, page)
                    taken.extend((name, event.position) for event in page.events)
                    place = page.upto
                except PlaceMoved:
                    collisions.append(name)
                    place = log.place(name)

    both = [Thread(target=follow, args=(seed,)) for seed in (1, 2)]
    for follower in both:
        follower.start()
    for follower in both:
        follower.join()
    told = [(name, at.position) for name in NAMES for at in house.sources[name](0, 1000).events]
    assert sorted(taken) == sorted(told)
    assert set(collisions) == {"dispatch", "intake", "tracking"}
    assert house.rows() == alone


def poison(envelope: Envelope, field: str, value: object) -> Envelope:
    """The same event with one field, perhaps inside another, set to what cannot be digested."""
    outer, _, inner = field.partition(".")
    wrong = envelope.body[outer] | {inner: value} if inner else value
    return msgspec.structs.replace(envelope, body=envelope.body | {outer: wrong})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("number", "seven", id="against the contract"),
        pytest.param("number.number", 10**12, id="too much for the column"),
        pytest.param("origin.notation", "01\0/SNV", id="no text for the database"),
    ],
)
def test_a_poisoned_event_waits_with_its_followers_until_it_is_unparked(
    house: House, field: str, value: object
) -> None:
    tell_story(house)
    tell_story(house, 2)
    house.read_all()
    healthy = house.rows()
    house.forget()
    at = next(n for n, it in enumerate(house.intake.events) if "number" in it.body)
    sound = house.intake.events[at]
    house.intake.events[at] = poison(sound, field, value)
    read_on(house)
    waiting = [
        it.position for it in house.intake.events[at:] if it.aggregate_id == sound.aggregate_id
    ]
    with acting(person("", Role.OPERATOR)):
        parked = house.reporting.list_parked_events()
        assert [it.position for it in parked] == waiting
        assert {it.aggregate_id for it in parked} == {sound.aggregate_id}
        house.reporting.unpark_events(source="intake", aggregate_id=sound.aggregate_id)
    with acting(person("H47.09")):
        lines = house.reporting.list_incoming_register(agency="H47.09", year=2026)
    assert [line.number for line in lines] == [2]
    house.log.unpark("intake", house.intake.read)
    assert house.log.parked("intake") == len(waiting)
    house.intake.events[at] = sound
    with acting(person("", Role.OPERATOR)):
        house.reporting.unpark_events(source="intake", aggregate_id=sound.aggregate_id)
    house.log.unpark("intake", house.intake.read)
    assert house.log.parked("intake") == 0
    assert house.rows() == healthy


def test_what_is_parked_while_others_are_read_again_is_not_forgotten(house: House) -> None:
    tell_story(house)
    house.desk.read_all()
    sound = house.intake.events[1]
    house.intake.events[1] = poison(sound, "number", "seven")
    house.read("intake", most=2)
    house.intake.events[1] = sound
    with acting(person("", Role.OPERATOR)):
        house.reporting.unpark_events(source="intake", aggregate_id=sound.aggregate_id)

    def read_while_another_reads_on(after: int, limit: int) -> Page:
        house.read("intake")
        return house.intake.read(after, limit)

    with pytest.raises(PlaceMoved):
        house.log.unpark("intake", read_while_another_reads_on)
    house.log.unpark("intake", house.intake.read)
    assert house.log.parked("intake") == 0
    with acting(person("H47.09")):
        (line,) = house.reporting.list_incoming_register(agency="H47.09", year=2026)
    assert line.remarks == "09/SYT-VP; Lưu hồ sơ"


def read_on(house: House) -> None:
    """Read all, one event at a time, as a follower does after the database refused a page."""
    for name in NAMES:
        while house.read(name, most=1):
            pass


def test_every_table_and_column_says_what_it_means(house: House) -> None:
    found = house.tables.select(
        "SELECT c.relname AS table_name, a.attname AS column_name,"
        " col_description(c.oid, a.attnum) AS told, obj_description(c.oid, 'pg_class') AS of_table"
        " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0"
        " WHERE c.relnamespace = 'reporting'::regnamespace AND c.relname = ANY(%(tables)s)",
        tables=[view.table for view in PROJECTIONS],
    )
    assert {row["table_name"] for row in found} == {view.table for view in PROJECTIONS}
    assert [row for row in found if not row["told"] or not row["of_table"]] == []
