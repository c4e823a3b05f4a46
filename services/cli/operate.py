"""`vanban history`, `parked`, `unpark`: looking into a running platform and helping it on.

Exit code 0: done. 1: refused, with the reason in two languages. 2: the command was miswritten.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, cast
from uuid import UUID

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from contracts.envelope import Follows
from contracts.errors import Refused
from infra.local import attached
from services.cli.history import history_of, print_history
from services.kernel.client import Client

Data = Annotated[Path, typer.Option("--data", help="Thư mục dữ liệu / data folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON thay cho bảng / instead of a table.")]
FOLLOWING = ("dispatch", "intake", "reporting", "signing", "tracking")
screen = Console(highlight=False)


def register(app: typer.Typer) -> None:
    """Hang the commands under the main one."""
    for command in (history, parked, unpark):
        app.command()(command)


@contextmanager
def operator(data: Path) -> Iterator[Client]:
    """The running platform, asked as its operator; refusals end the command with code 1."""
    try:
        world = attached.world_of(data.resolve())
        with Client(world.broker_url("edge")) as client:
            secret = world.operator_secret
            session = client.accounts.open_session(user_name="operator", password=secret)
            yield client.as_holder(session.token)
    except Refused as refused:
        typer.echo(f"{refused.message('vi')}\n{refused.message('en')}", err=True)
        raise typer.Exit(1) from None
    except attached.NotRunning as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(1) from None


def history(
    document: Annotated[UUID, typer.Argument(help="Mã văn bản / document id.")],
    data: Data = attached.DEFAULT_FOLDER,
    as_json: AsJson = False,
) -> None:
    """Lịch sử văn bản / every event of a document with actor, time and trace."""
    with operator(data) as client:
        lines = history_of(client, document)
    if as_json:
        told = [{"service": line.service, **msgspec.to_builtins(line.entry)} for line in lines]
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print_history(screen, lines)


def parked(data: Data = attached.DEFAULT_FOLDER, as_json: AsJson = False) -> None:
    """Sự kiện đang gác lại / events that a follower could not digest."""
    with operator(data) as client:
        found = {s: cast(Follows, getattr(client, s)).list_parked_events() for s in FOLLOWING}
    if as_json:
        print(json.dumps(msgspec.to_builtins(found), ensure_ascii=False, indent=1))
        return
    table = Table(
        "dịch vụ / service", "nguồn / source", "vị trí / position", "mã / id", "lý do / why"
    )
    for service, events in found.items():
        for event in events:
            place, id = str(event.position), str(event.aggregate_id)
            table.add_row(service, event.source, place, id, event.reason)
    screen.print(table)


def unpark(
    service: Annotated[str, typer.Argument(help="intake, dispatch, …")],
    source: Annotated[str, typer.Argument(help="nguồn / source")],
    aggregate: Annotated[UUID, typer.Argument(help="mã / id")],
    data: Data = attached.DEFAULT_FOLDER,
) -> None:
    """Đọc lại sự kiện đang gác / have parked events of one thing read again, in order."""
    if service not in FOLLOWING:
        raise typer.BadParameter(f"{service}: {', '.join(FOLLOWING)}")
    with operator(data) as client:
        asked = cast(Follows, getattr(client, service))
        asked.unpark_events(source=source, aggregate_id=aggregate)
    screen.print("đã yêu cầu đọc lại / asked to be read again")
