"""A directory with many people: the log that followers catch up with."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from contracts.values import Role, Route
from services.accounts.domain import Agency, Person, agency_id, person_id
from services.kernel.application import EventSourced

PEOPLE = 4
"""People in each agency."""
BATCH = 100
"""Agencies in one write."""


class Directory(EventSourced):
    """The log of accounts, as a bare application."""

    name = "accounts"


def fill(directory: Directory, agencies: int) -> int:
    """Write agencies with their people; how many events that makes."""
    for first in range(0, agencies, BATCH):
        codes = [f"H{number:05d}" for number in range(first, min(first + BATCH, agencies))]
        with directory.group.page() as work:
            work.save(*(thing for code in codes for thing in agency_with_people(code)))
    return agencies * (1 + PEOPLE)


def agency_with_people(code: str) -> list[Any]:
    """An agency, and those who work there."""
    agency = Agency.begin(
        Agency.Registered,
        agency_id(code),
        agency=code,
        name=f"Sở {code}",
        notation="S",
        route=Route.PLATFORM,
        mandatory=True,
    )
    return [agency, *(somebody(code, f"{code.lower()}.{number}") for number in range(PEOPLE))]


def somebody(agency: str, person: str) -> Person:
    """A clerk of an agency."""
    return Person.begin(
        Person.Registered,
        person_id(person),
        person=person,
        name="Đặng Thị Phượng",
        post="Văn thư",
        agency=agency,
        roles=[Role.CLERK],
        user_name=person,
        password_hash="",
    )


def forget(database_url: str) -> None:
    """Drop all tables of a role, so that its follower begins anew."""
    owned = "SELECT tablename FROM pg_tables WHERE tableowner = CURRENT_USER"
    with psycopg.connect(database_url) as connection:
        for (table,) in connection.execute(owned).fetchall():
            connection.execute(SQL("DROP TABLE {}").format(Identifier(table)))
