"""The broker's definitions as code: one virtual host, its queues, its policy, one user a service.

`definitions()` is the JSON object RabbitMQ imports (`rabbitmqctl import_definitions`), the same on
one machine and in a cluster. Rights are the least that works: a service consumes only its own
queues, asks another service nothing but `read_events`, and answers to reply queues; `edge`, the
user of everyone outside, may ask the services and read its own replies.
"""

import base64
import hashlib
import secrets
from typing import Any

RPC = "nameko-rpc"
PROMPTS = "vanban.prompts"
DEAD = "vanban.dead"
SERVICES = ("intake", "dispatch", "signing", "tracking", "accounts", "reporting")
EDGE = "edge"
WORK_QUEUES = {
    "signing": ("jobs-signing",),
    "intake": ("jobs-intake-urgent", "jobs-intake"),
}
POISON_AFTER = 5
QUORUM = {"x-queue-type": "quorum"}


def password_hash(password: str) -> str:
    """The password as RabbitMQ stores it: base64 of a 4-byte salt and SHA-256(salt + password)."""
    salt = secrets.token_bytes(4)
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()


def definitions(vhost: str, passwords: dict[str, str], admin: str) -> dict[str, Any]:
    """Everything of one virtual host; `passwords` by user name, `admin` a user who may do all."""
    return {
        "vhosts": [{"name": vhost, "metadata": {"default_queue_type": "quorum"}}],
        "users": [_user(name, password) for name, password in passwords.items()],
        "permissions": [
            {"user": admin, "vhost": vhost, "configure": ".*", "write": ".*", "read": ".*"},
            *(_permission(service, vhost) for service in SERVICES),
            _edge_permission(vhost),
        ],
        "topic_permissions": [_topics(user, vhost) for user in (*SERVICES, EDGE)],
        "exchanges": [
            _exchange(RPC, "topic", vhost),
            _exchange(PROMPTS, "direct", vhost),
            _exchange(DEAD, "fanout", vhost),
        ],
        "queues": [_queue(name, vhost) for name in _queue_names()],
        "bindings": [
            _binding(DEAD, DEAD, "", vhost),
            *(_binding(RPC, f"rpc-{service}", f"{service}.*", vhost) for service in SERVICES),
        ],
        "policies": [_parking(vhost)],
    }


def _queue_names() -> list[str]:
    work = [name for names in WORK_QUEUES.values() for name in names]
    return [DEAD, *(f"rpc-{service}" for service in SERVICES), *work]


def _user(name: str, password: str) -> dict[str, Any]:
    return {
        "name": name,
        "password_hash": password_hash(password),
        "hashing_algorithm": "rabbit_password_hashing_sha256",
        "tags": [],
    }


def _permission(service: str, vhost: str) -> dict[str, str]:
    """A service's own queues; the default exchange only for who puts jobs into a work queue."""
    work = WORK_QUEUES.get(service, ())
    own = [f"rpc-{service}", f"prompt-{service}-.+", f"reply-{service}-.+", *work]
    jobs = ["amq\\.default"] if work else []
    return {
        "user": service,
        "vhost": vhost,
        "configure": _one_of([RPC, *own]),
        "write": _one_of([RPC, "vanban\\.prompts", *own, *jobs]),
        "read": _one_of([RPC, "vanban\\.prompts", *own]),
    }


def _edge_permission(vhost: str) -> dict[str, str]:
    own = f"reply-{EDGE}-.+"
    return {
        "user": EDGE,
        "vhost": vhost,
        "configure": _one_of([own]),
        "write": _one_of([RPC, own]),
        "read": _one_of([RPC, own]),
    }


def _topics(user: str, vhost: str) -> dict[str, str]:
    """Which routing keys of the RPC exchange a user may send to (write) and bind to (read)."""
    services = "|".join(SERVICES)
    if user == EDGE:
        asks, hears = f"({services})\\.[a-z_]+", f"reply-{EDGE}-.+"
    else:
        asks = f"({services})\\.read_events|reply-[a-z]+-.+"
        hears = f"{user}\\.\\*|reply-{user}-.+"
    return {
        "user": user,
        "vhost": vhost,
        "exchange": RPC,
        "write": f"^({asks})$",
        "read": f"^({hears})$",
    }


def _one_of(names: list[str]) -> str:
    return f"^({'|'.join(names)})$"


def _exchange(name: str, kind: str, vhost: str) -> dict[str, Any]:
    flags = {"durable": True, "auto_delete": False, "internal": False}
    return {"name": name, "vhost": vhost, "type": kind, "arguments": {}, **flags}


def _queue(name: str, vhost: str) -> dict[str, Any]:
    flags = {"durable": True, "auto_delete": False}
    return {"name": name, "vhost": vhost, "arguments": QUORUM, **flags}


def _binding(source: str, queue: str, routing_key: str, vhost: str) -> dict[str, Any]:
    return {
        "source": source,
        "vhost": vhost,
        "destination": queue,
        "destination_type": "queue",
        "routing_key": routing_key,
        "arguments": {},
    }


def _parking(vhost: str) -> dict[str, Any]:
    """A message that killed its reader five times is parked, never lost and never tried again."""
    return {
        "vhost": vhost,
        "name": "parking",
        "pattern": "^(rpc-|jobs-)",
        "apply-to": "queues",
        "priority": 0,
        "definition": {
            "delivery-limit": POISON_AFTER,
            "dead-letter-exchange": DEAD,
            "dead-letter-strategy": "at-least-once",
            "overflow": "reject-publish",
        },
    }
