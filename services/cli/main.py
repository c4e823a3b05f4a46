"""The front door for people at a terminal: `vanban …`. Speaks RPC, or needs no platform at all."""

from __future__ import annotations

import typer

from services.cli import clock, demo, ground, operate

app = typer.Typer(
    name="vanban",
    help="Văn bản điện tử của cơ quan nhà nước / electronic documents of state agencies.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for room in (ground, demo, operate, clock):
    room.register(app)

if __name__ == "__main__":
    app()
