"""`vanban clock`: office hours and deadlines at the terminal. Needs no running platform.

Exit code 0: computed. 1: refused by the calendar, with what to do. 2: the command was miswritten.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

import typer
from rich.console import Console
from rich.table import Table

from contracts import working_time as wt
from contracts.working_time import URGENT_WITHIN, Calendar, Deadline

clock = typer.Typer(
    name="clock", help="Giờ hành chính, thời hạn / office hours, deadlines.", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Hang `clock receive` and `clock add` under the main command."""
    app.add_typer(clock)


class Unit(StrEnum):
    """What is counted."""

    HOURS = "hours"
    WORKING_DAYS = "working-days"
    DAYS = "days"
    MONTHS = "months"


class Line(NamedTuple):
    """One deadline of the table: JSON key, the two labels, how it is computed."""

    key: str
    vi: str
    en: str
    compute: Callable[[Calendar, datetime], Deadline]


LINES = (
    Line("receipt_notice", "báo nhận", "receipt notice (03/02)", wt.receipt_notice_due),
    Line("register", "đăng ký", "register", wt.register_due),
    Line(
        "ordinary_transfer",
        "trình, chuyển",
        "present, transfer",
        lambda c, t: wt.transfer_due(c, t, paperless=False),
    ),
    Line("urgent", "khẩn", "urgent", lambda c, t: wt.urgent_due(c, t, URGENT_WITHIN["1"])),
    Line(
        "very_urgent",
        "thượng khẩn",
        "very urgent",
        lambda c, t: wt.urgent_due(c, t, URGENT_WITHIN["2"]),
    ),
    Line("express", "hỏa tốc", "express", lambda c, t: wt.urgent_due(c, t, URGENT_WITHIN["3"])),
    Line("cancel", "hủy khi thu hồi", "cancel if recalled", wt.cancel_due),
    Line("issue", "phát hành nếu ký", "issue if signed", wt.issue_due),
    Line("send", "gửi nếu phát hành", "send if issued", wt.send_due),
    Line("archive", "nộp lưu", "archive", wt.archive_due),
    Line(
        "construction_archive",
        "nộp lưu xây dựng",
        "archive, construction",
        lambda c, t: wt.archive_due(c, t, construction=True),
    ),
    Line("suspension_announce", "báo tạm dừng", "announce suspension", wt.suspension_announce_by),
    Line(
        "report",
        "báo cáo quý",
        "quarterly report",
        lambda c, t: wt.agency_report_due(c, wt.quarter_of(t)),
    ),
)


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=wt.VIETNAM)


def _profile(code: str) -> str:
    known = {name.casefold(): name for name in wt.PROFILES}
    try:
        return wt.profile(known.get(code.casefold(), code)).code
    except wt.ProfileUnknown as no:
        raise typer.BadParameter(f"{no.message('vi')} {no.message('en')}") from None


Instant = Annotated[
    datetime,
    typer.Argument(
        parser=_instant,
        metavar="INSTANT",
        help="ISO 8601; không ghi múi giờ là giờ Việt Nam / without an offset read as +07:00.",
    ),
]
Profile = Annotated[
    str,
    typer.Option(
        callback=_profile, help=f"Khung giờ hành chính / office hours: {', '.join(wt.PROFILES)}."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="In JSON / print JSON.")]


@clock.command()
def receive(instant: Instant, profile: Profile = "A", as_json: Json = False) -> None:
    """Thời điểm nhận và mọi thời hạn / effective receipt and every deadline of an entry.

    The entry also stands for the signing, the issue, the end of work, the start of a suspension.
    """
    calendar = Calendar.of(profile)
    with _refusals(as_json):
        entered = wt.in_vietnam(instant)
        effective = calendar.effective_receipt(entered)
        transfer = wt.transfer_due(calendar, entered, paperless=True)
    lines = [(line, _if_loaded(line, calendar, entered)) for line in LINES]
    data = {
        "entered_at": entered,
        "effective_at": effective,
        **_due("transfer", transfer),
        "calendar": calendar.version,
        "profile": profile,
        "provisional": transfer.provisional,
        "machine_notice_at": entered,
        "office_close_at": calendar.office_close(effective.date()),
        "quarter": wt.quarter_of(entered),
        **{key: value for line, due in lines for key, value in _due(line.key, due).items()},
        "provisional_deadlines": [li.key for li, due in lines if due and due.provisional],
    }
    _print_json(data) if as_json else _print_receipt(data, transfer, lines)


@clock.command()
def add(
    instant: Instant,
    n: Annotated[str, typer.Argument(metavar="N", help="Số / how many; hours may be broken.")],
    unit: Unit,
    profile: Profile = "A",
    as_json: Json = False,
) -> None:
    """Cộng giờ, ngày, tháng / add working hours, working days, days or months.

    Days and months count from the Vietnamese day of the instant and end at 24:00 of a working day.
    """
    count = _count(n, unit)
    with _refusals(as_json):
        start = wt.in_vietnam(instant)
        due = _added(Calendar.of(profile), start, count, unit)
    told = {"calendar": due.calendar, "profile": profile, "provisional": due.provisional}
    dues = {"due_at": due.due_at, "due_on": due.last_day, "rule": due.rule}
    if as_json:
        _print_json({"start_at": start, "n": count, "unit": unit} | dues | told)
        return
    table = _table(f"{_told(start)} · {due.calendar}")
    _add(table, f"+ {n} {unit}", due)
    Console().print(table)


def _count(text: str, unit: Unit) -> float:
    try:
        return float(text) if unit is Unit.HOURS else int(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r}: số / a number", param_hint="N") from None


def _added(calendar: Calendar, start: datetime, count: float, unit: Unit) -> Deadline:
    if unit is Unit.HOURS:
        return calendar.add_hours(start, count)
    whole = int(count)
    if unit is Unit.WORKING_DAYS:
        return calendar.add_working_days(start, whole)
    if unit is Unit.DAYS:
        return calendar.add_days(start, whole)
    return calendar.add_months(start, whole)


def _if_loaded(line: Line, calendar: Calendar, entered: datetime) -> Deadline | None:
    """The deadline, or none where it leaves the years the calendar holds."""
    try:
        return line.compute(calendar, entered)
    except wt.YearNotLoaded:
        return None


@contextmanager
def _refusals(as_json: bool) -> Iterator[None]:
    try:
        yield
    except wt.ClockRefused as no:
        told = {"code": no.code, "vi": no.message("vi"), "en": no.message("en")}
        if as_json:
            _print_json({"refused": told})
        else:
            Console(stderr=True).print(f"[red]✗[/] {told['vi']}\n  {told['en']}", highlight=False)
        raise typer.Exit(1) from None


def _due(key: str, due: Deadline | None) -> dict[str, Any]:
    return {
        f"{key}_due_at": due.due_at if due else None,
        f"{key}_due_on": due.last_day if due else None,
    }


def _print_json(data: dict[str, Any]) -> None:
    def plain(value: object) -> str:
        return value.isoformat() if hasattr(value, "isoformat") else str(value)

    typer.echo(json.dumps(data, default=plain, ensure_ascii=False, indent=2))


def _print_receipt(
    data: dict[str, Any], transfer: Deadline, lines: list[tuple[Line, Deadline | None]]
) -> None:
    table = _table(f"{_told(data['entered_at'])} · {data['calendar']}")
    table.add_row("nhận / effective receipt", _told(data["effective_at"]), "R10.2-2")
    _add(table, "chuyển (không giấy) / transfer, paperless", transfer)
    table.add_row("tin 01 / machine notice 01", _told(data["machine_notice_at"]), "R8.1b-2")
    table.add_row("hết giờ / office closes", _told(data["office_close_at"]), "C13")
    for line, due in lines:
        _add(table, f"{line.vi} / {line.en}", due)
    Console().print(table)


def _table(title: str) -> Table:
    table = Table("Thời hạn / deadline", "Đến hạn / due", "Căn cứ / rule", title=title)
    table.columns[1].no_wrap = True
    return table


def _add(table: Table, label: str, due: Deadline | None) -> None:
    if due is None:
        table.add_row(label, "chưa có lịch / no data", "")
        return
    whole_day = due.due_at == wt.midnight(due.due_at.date()) and due.last_day < due.due_at.date()
    told = f"{_day(due.last_day)} 24:00" if whole_day else _told(due.due_at)
    table.add_row(label, told, due.rule + (" ≈" if due.provisional else ""))
    if due.provisional:
        table.caption = "≈ tạm tính, chờ thông báo nghỉ lễ / provisional until the yearly notice"


def _told(instant: datetime) -> str:
    return f"{_day(instant)} {instant:%H:%M:%S}".removesuffix(":00")


def _day(day: Any) -> str:
    return f"{('T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN')[day.weekday()]} {day:%d/%m/%Y}"
