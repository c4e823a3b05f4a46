"""The story is told once in a whole house; how it ended is looked at piece by piece."""

import psycopg
import pytest

from contracts.errors import Defect
from contracts.values import Role
from infra.local.world import World
from services.cli.cast import REFUSER
from services.cli.history import history_of
from services.cli.story import Story
from tests.together import checks, traces
from tests.together.outcome import Outcome


@pytest.mark.rule("Q28-9.2a")
def test_the_sender_hears_every_status_of_the_answerer_once_and_in_order(outcome: Outcome) -> None:
    checks.the_answerer_tells_every_status_once(outcome)


@pytest.mark.rule("R5.1d-3")
def test_the_senders_line_turns_to_refused_with_the_same_reason(outcome: Outcome) -> None:
    checks.the_refuser_tells_why(outcome)


def test_the_reply_is_linked_to_what_it_answers_and_seen_by_the_sender(outcome: Outcome) -> None:
    checks.the_reply_comes_back_linked(outcome)


@pytest.mark.rule("Q28-6.1")
def test_a_byte_changed_on_the_way_is_found_and_what_is_intact_is_an_original(
    outcome: Outcome,
) -> None:
    checks.every_document_is_where_it_ends(outcome)


def test_every_number_series_begins_with_one(outcome: Outcome) -> None:
    checks.every_series_begins_with_one(outcome)


def test_the_registers_have_their_ten_columns(outcome: Outcome) -> None:
    checks.the_outgoing_register_has_its_ten_columns(outcome)
    checks.the_incoming_register_has_its_ten_columns(outcome)
    checks.the_registers_hold_nothing_else(outcome)


def test_nothing_is_late_but_what_waits_will_be(outcome: Outcome) -> None:
    checks.nothing_is_late_but_the_reply_will_be(outcome)


def test_the_indicators_come_out_right(outcome: Outcome) -> None:
    checks.the_indicators_come_out_right(outcome)


def test_the_file_that_arrived_is_signed_by_leader_and_agency(outcome: Outcome) -> None:
    checks.the_final_file_is_an_original(outcome)


def test_its_number_and_date_are_seen_on_the_page(outcome: Outcome) -> None:
    checks.number_and_date_are_seen_on_the_page(outcome)


def test_the_history_has_actor_time_and_trace_and_is_one_chain(outcome: Outcome) -> None:
    checks.the_history_is_one_unbroken_chain(outcome)
    checks.people_act_in_their_posts(outcome)


@pytest.mark.rule("R8.2d")
def test_the_history_replays_to_the_same_state(outcome: Outcome) -> None:
    checks.the_history_replays_to_the_same_state(outcome)


def test_every_event_carries_the_trace_of_its_cause(outcome: Outcome) -> None:
    traces.every_event_carries_the_trace_of_its_cause(outcome)


def test_nothing_is_lost_and_nothing_doubled(outcome: Outcome) -> None:
    checks.nothing_is_lost_and_nothing_doubled(outcome)


def test_an_altered_event_is_reported(story: Story, world: World, outcome: Outcome) -> None:
    """One letter of a kept reason is changed in the store: whoever asks next is told."""
    clerk = story.holder(REFUSER, Role.CLERK)
    where = "WHERE originator_id = %s AND originator_version = 1"
    alter = f"UPDATE intake.intake_events SET state = %s {where}"
    with psycopg.connect(world.admin_database_url, autocommit=True) as store:
        found = store.execute(
            f"SELECT state FROM intake.intake_events {where}", [story.refused_id]
        ).fetchone()
        assert found is not None
        changed = bytes(found[0]).replace("Sở".encode(), "Sơ".encode(), 1)
        assert changed != found[0]
        try:
            store.execute(alter, [changed, story.refused_id])
            with pytest.raises(Defect):
                clerk.intake.get_document(document_id=story.refused_id)
        finally:
            store.execute(alter, [found[0], story.refused_id])
    assert clerk.intake.get_document(document_id=story.refused_id) == outcome.refused
    history = history_of(story.operator(), story.document_id)
    assert history[: len(outcome.history)] == outcome.history  # reports may be asked for since
