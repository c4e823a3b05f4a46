"""`vanban edxml`: exchanged messages at the terminal, read and written. Needs no running platform.

Exit code 0: every file accepted, or written. 1: refused, with the reason. 2: miswritten command.
"""

from __future__ import annotations

import base64
import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from contracts.edxml import (
    BusinessAction,
    Document,
    EdxmlRefused,
    Message,
    Reading,
    Status,
    read,
)
from contracts.edxml import write as written
from contracts.errors import Invalid, Refused
from contracts.values import Secrecy, StatusCode
from contracts.working_time import VIETNAM
from services.cli.edxml_examples import EXAMPLES, Kind

ACCEPTED, REFUSED = "accepted", "refused"

edxml = typer.Typer(
    name="edxml", help="Thông điệp liên thông / exchanged messages.", no_args_is_help=True
)

Files = Annotated[
    list[Path],
    typer.Argument(exists=True, dir_okay=False, readable=True, metavar="FILE", help="*.edxml"),
]
AsJson = Annotated[bool, typer.Option("--json", help="In JSON / print JSON.")]
Source = Annotated[
    Path | None,
    typer.Argument(
        metavar="JSON",
        help="Tệp JSON; không có hoặc - thì đọc đầu vào chuẩn / a file, or - for standard input.",
    ),
]
Target = Annotated[
    Path | None,
    typer.Option(
        "--to",
        dir_okay=False,
        help="Ghi vào tệp; không có thì ra đầu ra chuẩn / a file, or standard output.",
    ),
]


def register(app: typer.Typer) -> None:
    """Hang `edxml inspect`, `edxml write` and `edxml example` under the main command."""
    app.add_typer(edxml)


@edxml.command()
def inspect(files: Files, as_json: AsJson = False) -> None:
    """Đọc thông điệp / tell what was understood, what is odd, or why a file is refused.

    JSON: a list of objects with file, outcome, kind, message, attachments, warnings and reason.
    Each of them can be given to `vanban edxml write`.
    """
    told = [_inspected(file) for file in files]
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for item in told:
            _print(item)
    if any(item["outcome"] == REFUSED for item in told):
        raise typer.Exit(1)


@edxml.command()
def write(source: Source = None, to: Target = None) -> None:
    """Lập thông điệp từ JSON / write a message of JSON, always in the form of QCVN 102:2016.

    The JSON is an object with kind (document or status), message and attachments, as `vanban edxml
    example` prints it and `vanban edxml inspect --json` tells it. The bytes of an attachment are
    its content (base64), or the file at its path. Instants are ISO 8601, days YYYY-MM-DD.
    """
    try:
        data = written(_message(_asked(source)), today=_today())
    except Refused as no:
        _refuse(no)
    if to is None:
        typer.get_binary_stream("stdout").write(data)
        return
    try:
        to.write_bytes(data)
    except OSError as error:
        raise typer.BadParameter(f"{to}: {error.strerror}", param_hint="--to") from None


@edxml.command()
def example(
    kind: Annotated[Kind, typer.Argument(help="Loại / which message.")] = Kind.NEW,
) -> None:
    """In JSON mẫu / print a message as `vanban edxml write` takes it."""
    typer.echo(json.dumps(_plain(EXAMPLES[kind]), ensure_ascii=False, indent=2))


def _today() -> date:
    return datetime.now(VIETNAM).date()


def _asked(source: Path | None) -> bytes:
    if source is None or str(source) == "-":
        return typer.get_binary_stream("stdin").read()
    try:
        return source.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{source}: {error.strerror}", param_hint="JSON") from None


def _refuse(no: Refused) -> NoReturn:
    screen = Console(stderr=True, highlight=False)
    screen.print("✗", no.message("vi"), markup=False)
    screen.print(" ", no.message("en"), markup=False)
    raise typer.Exit(1)


def _inspected(file: Path) -> dict[str, Any]:
    try:
        return {"file": str(file), **_accepted(read(file.read_bytes(), today=_today()))}
    except EdxmlRefused as no:
        reason = {"code": no.code, "vi": no.message("vi"), "en": no.message("en")}
    return {
        "file": str(file),
        "outcome": REFUSED,
        "kind": None,
        "message": None,
        "attachments": [],
        "warnings": [],
        "reason": reason,
    }


def _accepted(reading: Reading) -> dict[str, Any]:
    return {
        "outcome": ACCEPTED,
        **_plain(reading.message),
        "family": reading.family,
        "dialect": reading.dialect,
        "sha256": reading.sha256,
        "warnings": msgspec.to_builtins(reading.cautions),
        "reason": None,
    }


def _plain(message: Message) -> dict[str, Any]:
    """A message as JSON: its kind, its words, and beside them the files.

    Bytes of a document that bears a secrecy mark are told to nobody (R1.2).
    """
    words = msgspec.to_builtins(message)
    files = words.pop("attachments", [])
    if isinstance(message, Document) and message.secrecy is not Secrecy.NONE:
        files = [file | {"content": ""} for file in files]
    return {"kind": words.pop("kind"), "message": words, "attachments": files}


def _message(text: bytes) -> Message:
    """The words of a message written in JSON. Refusals: `Invalid`."""
    try:
        told = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise Invalid(where="JSON", why=str(error)) from None
    item = told[0] if isinstance(told, list) and len(told) == 1 else told
    if not isinstance(item, dict) or not isinstance(item.get("message"), dict):
        raise Invalid(where="message", why="expected one object with kind, message, attachments")
    words = {**item["message"], "kind": item.get("kind")}
    if files := item.get("attachments"):
        words["attachments"] = _loaded(files)
    try:
        return msgspec.convert(words, Document | Status)
    except msgspec.ValidationError as error:
        raise _invalid(str(error)) from None


def _loaded(files: Any) -> Any:
    """The attachments, those given by a path with the bytes that stand there."""
    if not isinstance(files, list):
        return files
    return [
        _from_path(file, f"attachments[{number}]")
        if isinstance(file, dict) and "path" in file
        else file
        for number, file in enumerate(files)
    ]


def _from_path(file: dict[str, Any], where: str) -> dict[str, Any]:
    path = Path(str(file["path"]))
    told = {name: value for name, value in file.items() if name != "path"}
    try:
        content = base64.b64encode(path.read_bytes()).decode()
    except OSError as error:
        raise Invalid(where=f"{where}.path", why=f"{path}: {error.strerror}") from None
    return {"name": path.name, **told, "content": content}


def _invalid(told: str) -> Invalid:
    """A refusal that names the field, missing and unknown ones too."""
    why, _, place = told.partition(" - at ")
    where = place.strip("`").removeprefix("$").removeprefix(".")
    if "field `" in why:
        where = f"{where}.{why.split('`')[1]}".lstrip(".")
    inside = where.startswith("attachments") or where == "kind"
    return Invalid(where=where if inside else f"message.{where}", why=why)


def _print(item: dict[str, Any]) -> None:
    screen = Console(highlight=False)
    if item["outcome"] == REFUSED:
        screen.print(f"✗ {item['file']}", style="red", markup=False)
        screen.print(f"  {item['reason']['vi']}\n  {item['reason']['en']}", markup=False)
        return
    screen.print(f"✓ {item['file']}", style="green", markup=False)
    table = Table(box=None, show_header=False, padding=(0, 1))
    for label, value in _facts(item):
        table.add_row(f"  {label}", value)
    screen.print(table, markup=False)
    for caution in item["warnings"]:
        told = f"  ! {caution['where']}: {caution['vi']} {caution['en']}"
        screen.print(told, style="yellow", markup=False)


def _facts(item: dict[str, Any]) -> list[tuple[str, str]]:
    """What a clerk looks for first, in his words."""
    words = item["message"]
    if item["kind"] == "status":
        about = words["about"]
        return [
            ("trạng thái / status", _status(words["code"])),
            ("bên báo / from", _party(words["sender"])),
            ("về văn bản / about", f"{about['code']} {about['document_id']} {about['agency']}"),
            ("diễn giải / says", words["description"]),
            ("lúc / at", words["at"] or "?"),
        ]
    action = BusinessAction(words["business"]["action"])
    code = words["code"]
    facts = [
        ("nghiệp vụ / action", f"{action.vi} / {action.en}"),
        ("số, ký hiệu / code", f"{code['number']}/{code['notation']}"),
        ("ngày / on", words["promulgation"]["promulgated_on"]),
        ("loại / type", words["type"]["name"]),
        ("trích yếu / subject", words["subject"]),
        ("bên gửi / from", _party(words["sender"])),
        ("nơi nhận / to", ", ".join(map(_party, words["recipients"]))),
    ]
    return facts + [("tệp / file", _file(file)) for file in item["attachments"]]


def _party(party: dict[str, Any]) -> str:
    return f"{party['code']} {party['name']}".strip()


def _status(code: str) -> str:
    known = StatusCode(code) if code in set(StatusCode) else None
    return f"{code} {known.vi} / {known.en}" if known else code


def _file(file: dict[str, Any]) -> str:
    return f"{file['name']} · {file['media_type']} · {file['size']} byte"
