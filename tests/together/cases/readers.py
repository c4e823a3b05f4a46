"""Tracking and reporting: who learnt of the story by following it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from contracts import reporting
from contracts.errors import Denied, Invalid, NotFound
from contracts.tracking import (
    AlarmKind,
    DossierAlreadyOpened,
    NoOpenAlarm,
    NoPaperAwaited,
    NothingToResend,
    TaskAlreadyAssigned,
)
from contracts.values import Role
from services.cli.cast import ANSWERER, REFUSER, SENDER
from tests.together.cases.case import OUTSIDER, Case, No, Person, Words, named
from tests.together.outcome import Outcome

QUARTER = 1
"""The quarter of last year that was sealed before these questions."""


def tracking(end: Outcome) -> dict[str, Case]:
    """The lines of the request."""
    clerk: Person = (SENDER, Role.CLERK)
    return {
        "get_delivery": Case(
            clerk,
            {"delivery_id": end.story.arrival_id},
            None,
            (OUTSIDER,),
            (({"delivery_id": uuid4()}, NotFound),),
        ),
        "get_receipt": Case(clerk, {"delivery_id": end.story.arrival_id}, NotFound, (OUTSIDER,)),
        "list_deliveries": Case(
            clerk,
            named(end.story.document_id),
            None,
            (((ANSWERER, Role.CLERK), Denied),),
            ((named(uuid4()), NotFound), ({"limit": 0}, Invalid)),
        ),
        **_lines(end),
        **_dossiers(end),
        **_archiving(),
        **_tasks(end),
    }


def _lines(end: Outcome) -> dict[str, Case]:
    """Of a line that arrived over the platform and has no alarm."""
    clerk: Person = (SENDER, Role.CLERK)
    line = {"delivery_id": end.story.arrival_id}
    unknown = ({"delivery_id": uuid4()}, NotFound)
    nobodys = ((SENDER, Role.OFFICER), Denied), ((ANSWERER, Role.CLERK), Denied)
    alarm, empty = line | {"kind": AlarmKind.NOT_RECEIVED, "note": "Đã gọi điện"}, {"note": " "}
    paper = line | {"confirmed_on": end.story.today, "note": "Phiếu gửi 12"}
    return {
        "resend_document": Case(clerk, line, NothingToResend, nobodys, (unknown,)),
        "confirm_paper": Case(clerk, paper, NoPaperAwaited, nobodys, (unknown, (empty, Invalid))),
        "acknowledge_alarm": Case(clerk, alarm, NoOpenAlarm, (OUTSIDER,), (unknown,)),
        **_lists(clerk),
        "close_alarm": Case(clerk, alarm, NoOpenAlarm, nobodys[:1], (unknown, (empty, Invalid))),
    }


def _lists(clerk: Person) -> dict[str, Case]:
    """Of the sender's lines and alarms."""
    agency, no_limit = {"agency": SENDER.code}, ({"limit": 0}, Invalid)
    before = ({"after": -1}, Invalid)
    strange, foreign = ({"after": "strange"}, Invalid), ({"after_id": "strange"}, Invalid)
    return {
        "list_lines": Case(clerk, agency, None, (OUTSIDER,), (no_limit, foreign)),
        "get_line_counts": Case(clerk, agency, None, (OUTSIDER,)),
        "list_notices": Case(clerk, agency, None, (OUTSIDER,), (no_limit, before)),
        "list_alarms": Case(clerk, agency, None, (OUTSIDER,), (no_limit, strange)),
        "list_unmatched_statuses": Case(
            clerk, agency, None, (OUTSIDER, ((SENDER, Role.OFFICER), Denied)), (no_limit, foreign)
        ),
    }


def _dossiers(end: Outcome) -> dict[str, Case]:
    """Of a dossier that nobody opened, and of an id that a line has."""
    clerk: Person = (SENDER, Role.CLERK)
    year, nobodys = end.story.today.year, {"dossier_id": uuid4()}
    opened = {
        "dossier_id": end.story.arrival_id,
        "year": year,
        "group": "TCCB",
        "title": "Hồ sơ nhân sự",
    }
    leader: tuple[Person, No] = ((SENDER, Role.LEADER), Denied)
    bounds = (({"limit": 0}, Invalid), ({"after": -1}, Invalid), ({"year": 1}, Invalid))
    kept = nobodys | {"until_on": end.story.today, "consent": "Công văn 1/SNV"}
    return {
        "open_dossier": Case(
            clerk, opened, DossierAlreadyOpened, (leader,), (({"group": "-"}, Invalid),)
        ),
        "collect_document": Case(
            clerk, nobodys | named(end.story.document_id), NotFound, (leader,)
        ),
        "close_dossier": Case(clerk, nobodys | {"ended_on": end.story.today}, NotFound, (leader,)),
        "keep_back_dossier": Case(
            (SENDER, Role.LEADER),
            kept,
            NotFound,
            (((SENDER, Role.CLERK), Denied),),
            (({"consent": " "}, Invalid),),
        ),
        "list_dossiers": Case(
            clerk, {"agency": SENDER.code, "year": year}, None, (OUTSIDER,), bounds
        ),
    }


def _archiving() -> dict[str, Case]:
    """The way to the archive of a dossier that nobody opened."""
    clerk, archivist, leader = (
        (SENDER, role) for role in (Role.CLERK, Role.ARCHIVIST, Role.LEADER)
    )
    nobodys = {"dossier_id": uuid4()}

    def act(who: Person, *wrong: tuple[Words, No], **words: Any) -> Case:
        others = (clerk, archivist, leader, (SENDER, Role.FORM_CHECKER))
        strangers = tuple((other, Denied) for other in others if other != who)
        return Case(who, nobodys | words, NotFound, strangers, wrong)

    def said(word: str) -> tuple[Words, No]:
        return {word: " "}, Invalid

    collected = named(uuid4()) | {"reason": "Trùng"}
    return {
        "drop_document": act(clerk, said("reason"), **collected),
        "describe_dossier": act(clerk, said("title"), title="Hồ sơ", retention_years=10),
        "submit_dossier": act(clerk),
        "get_dossier_package": Case(clerk, nobodys, NotFound, (((REFUSER, Role.CLERK), NotFound),)),
        "check_dossier": act(archivist, said("findings"), package_sha256="0" * 64, findings="Đủ"),
        "accept_dossier": act(archivist, said("record"), record="Biên bản 1/BB"),
        "return_dossier": act(archivist, said("reason"), reason="Thiếu"),
        "archive_dossier": act(archivist, ({"batch": 0}, Invalid), archive="H47", batch=1),
        "freeze_dossier": act(leader, said("order"), order="Quyết định 1"),
        "release_dossier": act(leader, said("order"), order="Quyết định 2"),
    }


def _tasks(end: Outcome) -> dict[str, Case]:
    """Of a task that nobody assigned, and of an id that a line has."""
    clerk: Person = (SENDER, Role.CLERK)
    leader: tuple[Person, No] = ((SENDER, Role.LEADER), Denied)
    today, nobodys = end.story.today, {"task_id": uuid4()}
    whole = named(end.story.document_id) | {"recipient": ANSWERER.code, "content": "Báo cáo"}
    due = {"due_on": today + timedelta(days=30)}
    late = {"agency": SENDER.code, "from_on": today, "until_on": today}
    empty = {"cause": " "}, Invalid
    return {
        "assign_task": Case(
            clerk,
            {"task_id": end.story.arrival_id} | whole | due,
            TaskAlreadyAssigned,
            (leader,),
            (({"content": " "}, Invalid),),
        ),
        "acknowledge_task": Case(clerk, nobodys, NotFound, (leader,)),
        "accept_task": Case(clerk, nobodys, NotFound, (leader,)),
        "return_task": Case(
            clerk, nobodys | {"reason": "Thiếu"}, NotFound, (leader,), (({"reason": " "}, Invalid),)
        ),
        "report_progress": Case(clerk, nobodys | {"text": "Xong"}, NotFound, (leader,)),
        "extend_task": Case(clerk, nobodys | due | {"reason": "Bão"}, NotFound, (leader,)),
        "urge_task": Case(clerk, nobodys | {"note": "Gấp"}, NotFound, (leader,)),
        "explain_delay": Case(
            clerk, nobodys | {"cause": "Bão", "proposal": "Lùi"}, NotFound, (leader,), (empty,)
        ),
        "list_tasks": Case(
            clerk, {"agency": SENDER.code}, None, (OUTSIDER,), (({"limit": 0}, Invalid),)
        ),
        "list_delays": Case(clerk, late, None, (OUTSIDER,), (({"limit": 0}, Invalid),)),
    }


def books(end: Outcome) -> dict[str, Case]:
    """Registers, late matters, figures."""
    year = end.story.today.year
    agency = {"agency": SENDER.code}

    def book(*wrong: tuple[Words, No], **words: Any) -> Case:
        return Case((SENDER, Role.CLERK), agency | words, None, (OUTSIDER,), wrong)

    bounds = (({"after": -1}, Invalid), ({"limit": 0}, Invalid))
    now = end.request_issued_at
    backwards = ({"until_at": now - timedelta(days=1)}, Invalid)
    strange = tuple(({"quarter": quarter}, Invalid) for quarter in (0, 5))
    sealed = agency | {"year": year - 1, "quarter": QUARTER}
    unsealed = ({"year": year - 2}, NotFound)
    return {
        "list_incoming_register": book(*bounds, year=year),
        "list_outgoing_register": book(*bounds, year=year),
        "list_late_matters": book(({"after": str(uuid4())}, Invalid), ({"limit": 0}, Invalid)),
        "list_indicators": book(backwards, from_at=now, until_at=now + timedelta(days=1)),
        "escalate_late_matters": book(),
        "seal_period": Case(
            (SENDER, Role.LEADER),
            sealed,
            reporting.PeriodAlreadySealed,
            (((REFUSER, Role.LEADER), Denied), ((SENDER, Role.CLERK), Denied)),
            (({"year": year + 1}, reporting.PeriodNotOver), *strange),
        ),
        "list_sealed_indicators": Case(
            (SENDER, Role.CLERK), sealed, None, (OUTSIDER,), (unsealed, *strange)
        ),
    }
