"""`vanban demo`: the whole story on real machines, printed as it happens, nothing left running."""

from __future__ import annotations

import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from contracts.signing import ReportFormat, ReportLink, ReportNotReady
from contracts.values import Role
from contracts.working_time import VIETNAM
from infra.local import supervisor
from infra.local.ground import purge
from services.cli.cast import ANSWERER, REFUSER, SENDER, Agency, Told
from services.cli.history import history_of, print_history
from services.cli.ministry import Correspondence
from services.cli.story import Story
from services.kernel.client import Client

screen = Console(highlight=False)
Keep = Annotated[bool, typer.Option("--keep", help="Giữ thư mục dữ liệu / keep the data folder.")]


def register(app: typer.Typer) -> None:
    """Hang the command under the main one."""
    app.command()(demo)


def demo(keep: Keep = False) -> None:
    """Câu chuyện trọn vẹn trên máy thật / the whole story on real machines, started for it."""
    folder = Path(tempfile.mkdtemp(prefix="vanban-demo-"))
    began = time.monotonic()
    try:
        with (
            supervisor.raised(folder, "demo", print_step) as world,
            Client(world.broker_url("edge"), timeout=30) as client,
        ):
            print_step(f"sẵn sàng sau / ready after {time.monotonic() - began:.1f} s\n")
            story = Correspondence(client, world, print_line, patience=60)
            story.play()
            story.write_to_ministry()
            print_results(story)
    finally:
        if not keep:
            purge(folder)
    screen.print(f"\n[green]Xong / done[/green] ({time.monotonic() - began:.1f} s)")


def print_step(line: str) -> None:
    """One step of the start."""
    screen.print(f"[dim]· {line}[/dim]")


def print_line(told: Told) -> None:
    """One line of the timeline."""
    at = told.at.astimezone(VIETNAM).strftime("%H:%M:%S.%f")[:-4]
    screen.print(f"[cyan]{at}[/cyan] [bold]{told.who:<22}[/bold] {told.vi} [dim]· {told.en}[/dim]")


def print_results(story: Story) -> None:
    """What the sender sees, the registers, what is late, the indicators, the history."""
    story.until("reporting has read everything", lambda: _reported(story))
    _deliveries(story)
    _registers(story)
    _late(story)
    _indicators(story)
    screen.print("\n[bold]Lịch sử văn bản / history[/bold]")
    print_history(screen, history_of(story.operator(), story.document_id))
    _report(story)


def _report(story: Story) -> None:
    """Where the report on the signatures of the request lies, as the answerer has it."""
    signing, id = story.holder(ANSWERER, Role.CLERK).signing, story.arrival_id
    signing.request_report(verification_id=id)

    def link() -> ReportLink | None:
        try:
            return signing.get_report(verification_id=id, format=ReportFormat.PDF)
        except ReportNotReady:
            return None

    told = story.until("the report on the signatures is written", link)
    screen.print("\n[bold]Báo cáo kiểm tra chữ ký số / report on the signatures[/bold]")
    screen.print(told.url, soft_wrap=True)


def _reported(story: Story) -> bool:
    now = datetime.now(UTC)
    clerk = story.holder(SENDER, Role.CLERK)
    figures = clerk.reporting.list_indicators(
        agency=SENDER.code, from_at=now - timedelta(days=1), until_at=now + timedelta(days=30)
    )
    found = {figure.code: (figure.numerator, figure.denominator) for figure in figures}
    return found.get("I5") == (3, 3) and found.get("I7") == (1, 3)


def _deliveries(story: Story) -> None:
    table = Table("nơi nhận / recipient", "trạng thái / state", "mã / codes", "ghi chú / remarks")
    table.title = "Bên gửi theo dõi / the sender's lines"
    for line in story.deliveries():
        codes = " ".join(status.code for status in line.history)
        replied = f"trả lời {line.answered_on:%d/%m/%Y}" if line.answered_on else ""
        reasons = "; ".join(status.reason for status in line.history if status.reason)
        table.add_row(line.recipient_name, line.state.vi, codes, replied or reasons)
    screen.print(table)


def _registers(story: Story) -> None:
    year = story.today.year
    for of in (SENDER, ANSWERER):
        clerk = story.holder(of, Role.CLERK)
        table = Table("số, ký hiệu", "ngày", "trích yếu", "người ký", "nơi nhận", "ký nhận")
        table.title = f"Sổ văn bản đi / outgoing register · {of.name}"
        for line in clerk.reporting.list_outgoing_register(agency=of.code, year=year):
            table.add_row(
                line.notation,
                f"{line.issued_on:%d/%m/%Y}",
                line.kind_and_subject,
                line.signer,
                line.recipients,
                line.acknowledged,
            )
        screen.print(table)
        _incoming(story, of, year)


def _incoming(story: Story, of: Agency, year: int) -> None:
    clerk = story.holder(of, Role.CLERK)
    table = Table("ngày đến", "số đến", "tác giả", "số, ký hiệu", "trích yếu", "chuyển")
    table.title = f"Sổ văn bản đến / incoming register · {of.name}"
    for line_year in (year, year + 1):
        for line in clerk.reporting.list_incoming_register(agency=of.code, year=line_year):
            table.add_row(
                f"{line.arrived_on:%d/%m/%Y}",
                str(line.number),
                line.author,
                line.notation,
                line.kind_and_subject,
                line.received_by_unit,
            )
    screen.print(table)


def _late(story: Story) -> None:
    ahead = datetime.now(UTC) + timedelta(days=30)
    table = Table("cơ quan / agency", "việc / matter", "hạn / due", "trích yếu / subject")
    table.title = "Trễ hạn nếu 30 ngày tới không làm gì / late in 30 days if nothing more is done"
    for of in (SENDER, ANSWERER, REFUSER):
        clerk = story.holder(of, Role.CLERK)
        now = clerk.reporting.list_late_matters(agency=of.code)
        screen.print(f"Trễ hạn lúc này / late now · {of.name}: [bold]{len(now)}[/bold]")
        for matter in clerk.reporting.list_late_matters(agency=of.code, at=ahead):
            due = f"{matter.due_at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
            table.add_row(of.name, matter.kind.vi, due, matter.subject)
    screen.print(table)


def _indicators(story: Story) -> None:
    table = Table("chỉ tiêu / indicator", "cơ quan / agency", "tử / mẫu", "%")
    now = datetime.now(UTC)
    period = {"from_at": now - timedelta(days=1), "until_at": now + timedelta(days=30)}
    for of, codes in ((SENDER, ("I5", "I7")), (ANSWERER, ("I16",))):
        clerk = story.holder(of, Role.CLERK)
        for figure in clerk.reporting.list_indicators(agency=of.code, **period):
            if figure.code in codes:
                share = "-" if figure.percent is None else f"{figure.percent:.1f}"
                count = f"{figure.numerator}/{figure.denominator}"
                table.add_row(f"{figure.code} {figure.vi} / {figure.en}", of.name, count, share)
    screen.print(table)
