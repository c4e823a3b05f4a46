"""`vanban evidence`, `revalidate`: a report with its evidence fetched, and checked again offline.

Everything lies in one folder under its SHA-256, the reports with the ending `.json`, so that the
name of each file says what its bytes must be. `revalidate` asks neither platform nor network.

Exit code 0: done, and every answer is the same as it was. 1: refused, damaged, missing or another
answer. 2: the command was miswritten.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Annotated
from uuid import UUID

import msgspec
import typer
import urllib3
from rich.console import Console

from contracts.errors import FileDamaged, FileMissing, Refused
from contracts.signing import ReportFormat, Signing
from contracts.signing.report import Report
from infra.local import attached
from services.cli.operate import Data, operator
from services.kernel.vault import opened
from services.signing.adapters.evidence.replaying import replay

PAGE = 100
To = Annotated[Path, typer.Option("--to", help="Thư mục để lưu / folder to keep it in.")]
screen = Console(highlight=False, soft_wrap=True)


def register(app: typer.Typer) -> None:
    """Hang the commands under the main one."""
    for command in (evidence, revalidate):
        app.command()(command)


def evidence(
    document: Annotated[UUID, typer.Argument(help="Mã văn bản đến hoặc lần kiểm tra / its id.")],
    to: To = Path("chung-cu"),
    data: Data = attached.DEFAULT_FOLDER,
) -> None:
    """Lưu chứng cứ kiểm tra chữ ký / keep the evidence of a verification in a folder."""
    with operator(data) as client:
        for path in fetch(client.signing, document, to):
            screen.print(str(path))


def fetch(signing: Signing, id: UUID, to: Path) -> list[Path]:
    """Put everything about the files of a verification in a folder; where its reports lie."""
    to.mkdir(parents=True, exist_ok=True)
    view = signing.get_verification(verification_id=id)
    found = [msgspec.convert(told, Report).document.sha256 for told in view.reports]
    return [_fetched(signing, id, sha256, to) for sha256 in found]


def _fetched(signing: Signing, id: UUID, sha256: str, to: Path) -> Path:
    web, after = urllib3.PoolManager(), 0
    while page := signing.list_evidence(verification_id=id, sha256=sha256, after=after, limit=PAGE):
        for piece in page:
            content = web.request("GET", piece.url).data
            (to / piece.sha256).write_bytes(opened(content, piece.key, piece.iv))
        after += len(page)
    link = signing.get_report(verification_id=id, format=ReportFormat.JSON, sha256=sha256)
    path = to / f"{link.file.sha256}.json"
    path.write_bytes(web.request("GET", link.url).data)
    return path


def revalidate(
    reports: Annotated[list[Path], typer.Argument(help="Báo cáo JSON / reports as JSON.")],
) -> None:
    """Kiểm tra lại từ chứng cứ, không cần mạng / verify again from kept evidence, offline."""
    same = [_is_same(path) for path in reports]
    raise typer.Exit(0 if all(same) else 1)


def _is_same(path: Path) -> bool:
    try:
        replayed = replay(_intact(path), _beside(path))
    except Refused as refused:
        screen.print(f"{path.name}: {refused.message('vi')}\n{refused.message('en')}")
        return False
    except (OSError, msgspec.MsgspecError) as unreadable:
        screen.print(f"{path.name}: không đọc được báo cáo / no report: {unreadable}")
        return False
    then, now = replayed.then, replayed.now
    told = "giống hệt / identical" if replayed.identical else "KHÁC TRƯỚC / NOT AS BEFORE"
    screen.print(f"{path.name}: {told}")
    screen.print(f"  {then.document.name}, {then.verified_at.isoformat()}: {_verdict(then)}")
    if not replayed.identical:
        screen.print(f"  nay / now: {_verdict(now)}")
    if replayed.engine:
        screen.print(f"  phần mềm / software: {then.engine} → {replayed.engine}")
    return replayed.identical


def _verdict(report: Report) -> str:
    return f"{report.verdict.vi} / {report.verdict.en}"


def _intact(path: Path) -> bytes:
    """The report; where its name is a digest, it must be that of its bytes."""
    content, stem = path.read_bytes(), path.name.removesuffix(".json")
    found = hashlib.sha256(content).hexdigest()
    if len(stem) == len(found) and stem != found:
        raise FileDamaged(sha256=stem, why=f"sha256 = {found}")
    return content


def _beside(path: Path) -> Callable[[str], bytes]:
    """Reads what lies beside a report by its digest."""

    def read(sha256: str) -> bytes:
        file = path.parent / sha256
        if not file.is_file():
            raise FileMissing(sha256=sha256)
        return file.read_bytes()

    return read
