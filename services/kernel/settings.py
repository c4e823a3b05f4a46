"""What a process must be told. Read once, at the door; every error at once; refuses to start."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import msgspec

S = TypeVar("S", bound="Settings")
FORBIDDEN = {
    "POSTGRES_ENABLE_DB_FUNCTIONS": "readers of the event log would miss events",
    "COMPRESSOR_TOPIC": "auditors read the stored bytes without us",
    "CIPHER_TOPIC": "auditors read the stored bytes without us",
}


class SettingsRefused(Exception):
    """The process may not start like this; the text names every missing or dangerous setting."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Settings of every process. Field `broker_url` is the variable `VANBAN_BROKER_URL`."""

    database_url: str
    broker_url: str
    s3_url: str
    token_public_key_file: Path
    health_port: int | None = None
    otlp_endpoint: str = ""
    log_level: str = "INFO"
    calendar_profile: str = "A"


def variable(field: str) -> str:
    """The environment variable of a settings field."""
    return f"VANBAN_{field.upper()}"


def read_settings(kind: type[S], environment: Mapping[str, str] = os.environ) -> S:
    """The settings of this process, or `SettingsRefused` naming everything that is wrong."""
    wrong = [
        f"{name} must not be set: {why}" for name, why in FORBIDDEN.items() if environment.get(name)
    ]
    told: dict[str, Any] = {}
    types = get_type_hints(kind)
    for field in msgspec.structs.fields(kind):
        name = variable(field.name)
        value = environment.get(name, "")
        if value:
            try:
                told[field.name] = msgspec.convert(
                    value, types[field.name], strict=False, dec_hook=_path
                )
            except msgspec.ValidationError as error:
                wrong.append(f"{name}: {error}")
        elif field.required:
            wrong.append(f"{name} is missing")
    if wrong:
        raise SettingsRefused("; ".join(wrong))
    return kind(**told)


def _path(kind: type, value: Any) -> Any:
    if kind is Path:
        return Path(value)
    raise NotImplementedError(kind)


def settings_or_exit(kind: type[S]) -> S:
    """For doors: the settings, or a clear line and exit code 2."""
    try:
        return read_settings(kind)
    except SettingsRefused as refused:
        print(f"refusing to start: {refused}", file=sys.stderr)
        raise SystemExit(2) from None
