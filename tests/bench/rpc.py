"""RPC round trips: vanban's door and client against a bare nameko echo and nameko's own proxy.

Ours carries a signed token, a deadline, a command id, typed arguments, a span and metrics. The bare
echo runs twice: on the same quorum queues, and on the classic queues nameko makes by itself, which
are faster and do not outlive a lost disk.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

from contracts.envelope import Actor
from infra.local import keys
from infra.local.ground import Ground
from infra.local.house import House, Process
from infra.local.world import World
from services.kernel import tokens
from services.kernel.client import Client
from tests.bench.echo import BROKER, Echo
from tests.bench.measure import Act, Member, Result, Sample, alternate, crowd, rates, times
from tests.bench.rig import Rig

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from nameko.standalone.rpc import ClusterRpcProxy

CALLERS = (1, 8)
PLAIN = "bench-plain"
TEXT = "Về việc báo cáo tình hình gửi, nhận văn bản điện tử"
DOOR = Process("echo", "reporting", ("tests.bench.echo_door",))


class OpenWorld(World):
    """A world whose processes enter the broker as its owner: it knows no user for the echo."""

    def broker_url(self, user: str) -> str:
        """The owner's URL, whoever asks."""
        return self.admin_broker_url


def run(rig: Rig) -> Iterator[Result]:
    """Lines for one caller and for eight, against both baselines."""
    with rig.world("rpc") as world, ExitStack() as open_:
        world = OpenWorld(rig.ground.folder, rig.ground.state, world.name)
        quorum = world.admin_broker_url
        classic = open_.enter_context(classic_queues(rig.ground, quorum))
        open_.enter_context(House(rig.ground, world, [DOOR]))
        client = open_.enter_context(Client(quorum, token(rig.ground), timeout=30))
        for url in (quorum, classic):
            open_.enter_context(bare_echo(rig, world, url))
        for callers in CALLERS:
            rig.tell(f"rpc: {callers} callers")
            yield from compare(rig, callers, ours(client), bare(quorum), bare(classic))


@contextmanager
def classic_queues(ground: Ground, url: str) -> Iterator[str]:
    """The URL of a virtual host as a fresh broker has it: queues are classic."""
    may = {"user": "vanban", "vhost": PLAIN, "configure": ".*", "write": ".*", "read": ".*"}
    vhost = {"name": PLAIN, "metadata": {"default_queue_type": "classic"}}
    ground.rabbitmq.import_definitions({"vhosts": [vhost], "permissions": [may]})
    try:
        yield url.rpartition("/")[0] + f"/{PLAIN}"
    finally:
        ground.rabbitmq.delete_vhost(PLAIN)


def token(ground: Ground) -> str:
    """A signed token, as every caller carries one."""
    until = datetime.now(UTC) + timedelta(hours=1)
    return tokens.issue(keys.token_private_key_file(ground.folder), Actor(person="an"), [], until)


@contextmanager
def bare_echo(rig: Rig, world: World, url: str) -> Iterator[None]:
    """The bare echo answers on this virtual host."""
    modules = ("tests.bench.green", "tests.bench.bare_echo")
    with rig.speaking(world, "reporting", *modules, more={BROKER: url}) as echo:
        echo.hear()
        yield


def ours(client: Client) -> Member:
    """Callers who share vanban's client."""

    @contextmanager
    def caller(number: int) -> Iterator[Act]:
        ask = partial(client.service(Echo, "echo").echo, text=TEXT)  # type: ignore[type-abstract]
        ask()
        yield ask

    return caller


def bare(url: str) -> Member:
    """Callers with nameko's standalone proxy, one each, as it demands."""

    @contextmanager
    def caller(number: int) -> Iterator[Act]:
        with ClusterRpcProxy({"AMQP_URI": url}, timeout=30) as proxy:
            proxy.bare.echo(text=TEXT)
            yield partial(proxy.bare.echo, text=TEXT)

    return caller


def compare(rig: Rig, callers: int, *members: Member) -> Iterator[Result]:
    """Ours against each baseline."""
    turns = [partial(crowd, callers, member, rig.seconds) for member in members]
    mine, quorum, classic = alternate(rig.rounds, *turns)
    yield line(callers, mine, quorum, "nameko echo, quorum queues")
    yield line(callers, mine, classic, "nameko echo, classic queues")


def line(callers: int, mine: list[Sample], theirs: list[Sample], against: str) -> Result:
    """One line of the table."""
    return Result(
        name=f"RPC round trips, {callers} caller{'s' * (callers > 1)}",
        unit="/s",
        against=against,
        ours=rates(mine),
        baseline=rates(theirs),
        note=f"{times(mine)} · baseline {times(theirs)}",
    )
