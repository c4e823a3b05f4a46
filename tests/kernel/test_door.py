"""How a process begins: it lives at once, waits for the broker, and is ready when it works."""

from __future__ import annotations

from infra.local.ground import Ground
from infra.local.world import World
from tests.conftest import until
from tests.kernel.doors import opened
from tests.kernel.proxy import Proxy

ACCOUNTS = ("services.kernel.runner", "accounts")


def test_a_process_that_begins_before_the_broker_waits_for_it(ground: Ground, world: World) -> None:
    with (
        Proxy(world.broker_url("accounts")) as wire,
        opened(ground, world, *ACCOUNTS, ready=False, VANBAN_BROKER_URL=wire.url) as door,
    ):
        with wire.broken():
            until(lambda: door.waits_for("begun"), 60)
        until(door.is_ready, 60)
        assert door.pid is not None
