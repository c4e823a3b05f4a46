"""RabbitMQ for one machine: a private node with its own port mapper, on the loopback interface.

Debian's outer scripts insist on a certain user; the inner ones do not. Erlang looks every module up
in every folder of its path, so the node is given only the plugins the broker itself needs: that
halves its start. Small questions go over Erlang's own `erl_call` (20 ms), not `rabbitmqctl` (1 s).
"""

import base64
import json
import re
import secrets
import shutil
import subprocess
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

import pika

from infra.local.machine import NotReady, private_folder
from infra.local.machines import require_rabbitmq
from infra.local.processes import LOOPBACK, Child, CommandFailed, run
from infra.local.state import State
from infra.rabbitmq.definitions import definitions

ADMIN = "vanban"
NODE = "vanban@localhost"
QUIET = "-kernel inet_dist_use_interface {127,0,0,1} -start_epmd false"
NO_BUSY_WAITING = "+sbwt none +sbwtdcpu none +sbwtdio none"
CONFIGURATION = """\
listeners.tcp.1 = {loopback}:{amqp}
default_user = {user}
default_pass = {password}
loopback_users = none
log.console = true
log.console.level = info
log.file = false
disk_free_limit.absolute = 200MB
vm_memory_high_watermark.relative = 0.4
"""


class RabbitMQ:
    """One node below `folder`: the port mapper and the broker, both our own children."""

    name = "rabbitmq"

    def __init__(self, folder: Path, state: State) -> None:
        self._folder = folder / self.name
        self._state = state
        self._release = self._folder / "release"
        self._scripts = require_rabbitmq().resolve()
        ports = state.ports
        mapper = ["epmd", "-port", str(ports["epmd"]), "-address", LOOPBACK]
        log = folder / "logs" / "rabbitmq.log"
        self._mapper = Child("epmd", mapper, log, folder=self._folder)
        broker = [str(self._release / "sbin" / "rabbitmq-server")]
        self._broker = Child(self.name, broker, log, self._environment(), folder=self._folder)

    def _environment(self) -> dict[str, str]:
        ports, folder = self._state.ports, self._folder
        return {
            "HOME": str(folder),
            "ERL_EPMD_PORT": str(ports["epmd"]),
            "ERL_EPMD_ADDRESS": LOOPBACK,
            "ERL_CRASH_DUMP_SECONDS": "0",
            "RABBITMQ_SCRIPTS_DIR": str(self._release / "sbin"),
            "RABBITMQ_PLUGINS_DIR": str(self._release / "plugins"),
            "RABBITMQ_NODENAME": NODE,
            "RABBITMQ_NODE_PORT": str(ports["amqp"]),
            "RABBITMQ_DIST_PORT": str(ports["distribution"]),
            "RABBITMQ_MNESIA_BASE": str(folder / "data"),
            "RABBITMQ_LOG_BASE": str(folder / "data"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RABBITMQ_CONF_ENV_FILE": str(folder / "no-rabbitmq-env.conf"),
            "RABBITMQ_PID_FILE": str(folder / "pid"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": f"{QUIET} {NO_BUSY_WAITING}",
            "RABBITMQ_CTL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            "detached": "true",  # the script becomes the broker instead of waiting beside it
        }

    @property
    def children(self) -> tuple[Child, ...]:
        return (self._mapper, self._broker)

    def prepare(self) -> None:
        private_folder(self._folder)
        self._write(".erlang.cookie", secrets.token_hex(20), keep=True, mode=0o400)
        self._write("enabled_plugins", "[].\n")
        settings = CONFIGURATION.format(
            loopback=LOOPBACK,
            amqp=self._state.ports["amqp"],
            user=ADMIN,
            password=self._state.admin_password,
        )
        self._write("rabbitmq.conf", settings)
        if not self._release.exists():
            self._link_release()

    def _write(self, name: str, text: str, keep: bool = False, mode: int = 0o600) -> None:
        path = self._folder / name
        if not (keep and path.exists()):
            path.touch(mode=0o600)
            path.write_text(text)
            path.chmod(mode)

    def _link_release(self) -> None:
        """Lay out the installed release again with only the plugins the broker stands on."""
        installed = (self._scripts / "rabbitmq-server").resolve().parents[1]
        fresh = self._folder / "release.new"
        shutil.rmtree(fresh, ignore_errors=True)
        plugins = private_folder(fresh / "plugins")
        for part in ("sbin", "escript"):
            (fresh / part).symlink_to(installed / part)
        for plugin in needed_plugins(installed / "plugins"):
            (plugins / plugin.name).symlink_to(plugin)
        fresh.rename(self._release)

    def check(self) -> None:
        """One confirmed publish on a quorum queue, read back."""
        url = self._state.broker_url(ADMIN, self._state.admin_password, "%2F")
        parameters = pika.URLParameters(url)
        parameters.socket_timeout = parameters.blocked_connection_timeout = 5
        try:
            with pika.BlockingConnection(parameters) as connection:
                channel = connection.channel()
                channel.queue_declare("ready", durable=True, arguments={"x-queue-type": "quorum"})
                channel.confirm_delivery()
                channel.basic_publish("", "ready", b"ready", mandatory=True)
                channel.basic_get("ready", auto_ack=True)
        except (pika.exceptions.AMQPError, OSError) as error:
            raise NotReady(f"rabbitmq: {error!r}") from error

    def open(self) -> None:
        """Nothing before the first world: users come with its definitions."""

    def make_vhost(self, vhost: str) -> None:
        """Make a virtual host with everything in it."""
        self.import_definitions(definitions(vhost, self._state.passwords, ADMIN))

    def import_definitions(self, told: dict[str, Any]) -> None:
        """Apply definitions as `rabbitmqctl import_definitions` would."""
        body = base64.b64encode(json.dumps(told).encode()).decode()
        said = self.evaluate(f'rabbit_definitions:import_raw(base64:decode(<<"{body}">>))')
        if "{ok, ok}" not in said:
            raise CommandFailed(f"definitions refused: {said}")

    def delete_vhost(self, vhost: str) -> None:
        """Delete a virtual host with everything in it."""
        self.evaluate(f'rabbit_vhost:delete(<<"{vhost}">>, <<"{ADMIN}">>)')

    def evaluate(self, expression: str) -> str:
        """Evaluate one Erlang expression in the node and return the printed result."""
        done = subprocess.run(
            ["erl_call", "-sname", NODE, "-e"],
            input=f"{expression}.\n",
            capture_output=True,
            text=True,
            timeout=60,
            env={"PATH": "/usr/bin:/bin", **self._environment()},
        )
        if done.returncode != 0:
            raise CommandFailed(f"erl_call: {done.stdout}{done.stderr}")
        return done.stdout

    def control(self, *arguments: str) -> str:
        """Run `rabbitmqctl` on this node and return what it says."""
        command = [str(self._release / "sbin" / "rabbitmqctl"), *arguments]
        return run(command, self._environment(), folder=self._folder)


def needed_plugins(plugins: Path) -> list[Path]:
    """The broker's application and all it needs, by the `applications` of each `.app` file."""
    known = {path.name.rsplit("-", 1)[0]: path for path in plugins.glob("*-[0-9]*")}
    needed, ask = set[str](), ["rabbit"]
    while ask:
        name = ask.pop()
        if name in known and name not in needed:
            if is_zipfile(known[name]):
                return list(known.values())
            needed.add(name)
            text = (known[name] / "ebin" / f"{name}.app").read_text()
            listed = re.search(r"\{\s*applications\s*,\s*\[([^\]]*)\]", text)
            ask += re.findall(r"\w+", listed.group(1) if listed else "")
    return [known[name] for name in sorted(needed)]
