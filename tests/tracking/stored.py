"""Recorded events are for ever: samples of stored bytes, and how a test reads them."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

from eventsourcing.domain import DomainEvent
from eventsourcing.persistence import StoredEvent

from services.kernel.aggregate import MAPPER

ANCESTORS = ("Event", "Created")


def recorded_topics(domain: ModuleType) -> set[str]:
    """Topics of every event that a domain records: those of its aggregates, and bare ones."""
    own = [thing for thing in vars(domain).values() if _made_in(thing, domain.__name__)]
    nested = [vars(thing)[name] for thing in own for name in vars(thing) if name not in ANCESTORS]
    events = [it for it in (*own, *nested) if isinstance(it, type) and issubclass(it, DomainEvent)]
    return {vars(event)["TOPIC"] for event in events}


def _made_in(thing: object, module: str) -> bool:
    return isinstance(thing, type) and thing.__module__.startswith(module)


def sampled_topics(folder: Path) -> set[str]:
    """Topics with a stored sample."""
    return {sample.stem for sample in folder.glob("*.json")}


def read_again(sample: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The state in the sample, and what today's code keeps of it when it reads and writes it."""
    state = json.loads(sample.read_bytes())
    stored = StoredEvent(UUID(int=1), 1, sample.stem, sample.read_bytes())
    event = MAPPER.to_domain_event(stored)
    assert vars(event).pop("_stored") is stored
    written = json.loads(MAPPER.to_stored_event(event).state)
    return state, {name: written.get(name) for name in state}
