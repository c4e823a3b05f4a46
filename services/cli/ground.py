"""`vanban up`, `down`, `status`, `logs`, `kill`, `open-box`: the platform on this one machine.

Exit code 0: done. 1: refused, with the reason. 2: the command was miswritten.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from infra.local import attached, supervisor
from infra.local.ground import purge
from infra.local.house import ROOT
from infra.local.state import State
from infra.local.world import World

Data = Annotated[Path, typer.Option("--data", help="Thư mục dữ liệu / data folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON thay cho bảng / instead of a table.")]
Name = Annotated[str, typer.Argument(help="intake, signing-worker-1, postgres, rabbitmq, s3 …")]
FOLDER = attached.DEFAULT_FOLDER
screen = Console(highlight=False)


def register(app: typer.Typer) -> None:
    """Hang the six commands under the main one."""
    for command in (up, down, status, logs, kill, open_box):
        app.command()(command)


def up(
    data: Data = FOLDER,
    foreground: Annotated[
        bool, typer.Option("--foreground", help="Giữ ở cửa sổ này / stay in this terminal.")
    ] = False,
) -> None:
    """Khởi động toàn bộ / start everything and say where it listens."""
    data = data.resolve()
    if attached.supervisor_of(data) is not None:
        screen.print("đang chạy / already up")
    elif foreground:
        _hold(data)
        return
    else:
        _start_detached(data)
    _endpoints(data)


def _hold(data: Path) -> None:
    def tell(line: str) -> None:
        screen.print(f"· {line}")
        if line == supervisor.UP:
            _endpoints(data)

    try:
        supervisor.hold(data, tell)
    except supervisor.REFUSALS as refused:
        _refuse(str(refused))


def _start_detached(data: Path) -> None:
    (data / "logs").mkdir(parents=True, exist_ok=True)
    log = data / "logs" / "supervisor.log"
    with log.open("wb") as output:
        holder = subprocess.Popen(
            [sys.executable, "-m", "infra.local.supervisor", str(data)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            start_new_session=True,
        )
    with screen.status("khởi động / starting"):
        for line in _lines(log, holder):
            if line == supervisor.UP:
                return
            screen.print(f"· {line}")
    _refuse("không khởi động được / did not start; see " + str(log))


def _lines(log: Path, writer: "subprocess.Popen[bytes]") -> Iterator[str]:
    """The lines of a log as they come, until its writer has ended."""
    with log.open() as text:
        ended = False
        while True:
            if line := text.readline():
                yield line.rstrip("\n")
            elif ended:
                return
            else:
                ended = writer.poll() is not None
                time.sleep(0.05)


def _endpoints(data: Path) -> None:
    ports = State.load(data).ports
    screen.print(f"PostgreSQL 127.0.0.1:{ports['postgres']}  RabbitMQ 127.0.0.1:{ports['amqp']}")
    screen.print(f"Trục liên thông / axis {State.load(data).axis_url}")
    screen.print(f"S3 {State.load(data).s3_url.rpartition('@')[2]}  ({data / 'state.json'})")


def down(
    data: Data = FOLDER,
    erase: Annotated[
        bool, typer.Option("--purge", help="Xóa cả dữ liệu / delete the data too.")
    ] = False,
) -> None:
    """Dừng toàn bộ / stop everything."""
    data = data.resolve()
    with screen.status("dừng / stopping"):
        was_up = attached.stop(data)
    if erase and data.exists():
        purge(data)
    screen.print("đã dừng / stopped" if was_up else "không có gì đang chạy / nothing was running")


def status(data: Data = FOLDER, as_json: AsJson = False) -> None:
    """Tình trạng từng tiến trình / what runs, since when, whether it works."""
    try:
        lines = attached.status_of(data.resolve())
    except attached.NotRunning as refused:
        _refuse(str(refused))
    if as_json:
        print(json.dumps([{**asdict(line.row), "ready": line.ready} for line in lines], indent=1))
        return
    table = Table("tên / name", "pid", "sẵn sàng / ready", "lại / restarts", "từ / since")
    for row, ready in ((line.row, line.ready) for line in lines):
        mark = "[green]có / yes" if ready else "[red]không / no"
        table.add_row(row.name, str(row.pid), mark, str(row.restarts), row.since[11:19])
    screen.print(table)


def logs(
    name: Name,
    data: Data = FOLDER,
    follow: Annotated[bool, typer.Option("-f", help="Theo dõi tiếp / keep following.")] = False,
    lines: Annotated[int, typer.Option("-n", help="Số dòng cuối / last lines.")] = 50,
) -> None:
    """Nhật ký của một tiến trình / the log of one process."""
    path = data.resolve() / "logs" / f"{name}.log"
    if "/" in name or not path.exists():
        known = ", ".join(sorted(p.stem for p in path.parent.glob("*.log"))) or "-"
        _refuse(f"không có nhật ký / no such log: {name} ({known})")
    subprocess.run(["tail", f"--lines={lines}", *(["--follow=name"] if follow else []), str(path)])


def kill(name: Name, data: Data = FOLDER) -> None:
    """Giết (SIGKILL) một tiến trình / kill one; the supervisor starts it again."""
    try:
        row = attached.kill(data.resolve(), name)
    except attached.NotRunning as refused:
        _refuse(str(refused))
    except KeyError:
        _refuse(f"không có tiến trình / no such process: {name}")
    screen.print(f"đã giết / killed {row.name} ({row.pid})")


def open_box(
    agency: Annotated[str, typer.Argument(help="Mã định danh / the agency's code.")],
    name: Annotated[str, typer.Argument(help="Tên cơ quan / its name.")],
    data: Data = FOLDER,
) -> None:
    """Mở hộp thư trên trục cho cơ quan / let an agency of the platform exchange over the axis.

    Tells the public key that proves the agency's receipts, for whoever it exchanges with.
    """
    data = data.resolve()
    if attached.supervisor_of(data) is None:
        _refuse("chưa chạy / not up: vanban up")
    key = World(data, State.load(data), supervisor.WORLD).open_box(agency, name)
    print(key, end="")


def _refuse(reason: str) -> NoReturn:
    Console(stderr=True, highlight=False).print(reason)
    raise typer.Exit(1)
