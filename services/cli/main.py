"""The front door for people at a terminal: `vanban …`. Speaks RPC, or needs no platform at all.

A command's room is imported only when that command is asked: `vanban clock` answers at once.
"""

from __future__ import annotations

import sys
from importlib import import_module

import typer

ROOMS = {
    "up": "ground",
    "down": "ground",
    "status": "ground",
    "logs": "ground",
    "kill": "ground",
    "demo": "demo",
    "history": "operate",
    "parked": "operate",
    "unpark": "operate",
    "evidence": "evidence",
    "revalidate": "evidence",
    "clock": "clock",
    "edxml": "edxml",
    "sign-pdf": "sign_pdf",
    "verify-pdf": "verify_pdf",
    "gate": "gate",
}


def application(asked: str) -> typer.Typer:
    """The commands of the room that was asked for, or of all rooms."""
    app = typer.Typer(
        name="vanban",
        help="Văn bản điện tử của cơ quan nhà nước / electronic documents of state agencies.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )

    @app.callback()
    def vanban() -> None:
        """Văn bản điện tử của cơ quan nhà nước / electronic documents of state agencies."""

    for room in [ROOMS[asked]] if asked in ROOMS else dict.fromkeys(ROOMS.values()):
        import_module(f"services.cli.{room}").register(app)
    return app


def app() -> None:
    """Do what the command line says."""
    application(sys.argv[1] if len(sys.argv) > 1 else "")()


if __name__ == "__main__":
    app()
