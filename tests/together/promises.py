"""Every method that may be asked of the six services, found in the promises themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any, get_type_hints

from services.kernel.client import Client


def _methods() -> Iterator[tuple[str, Any]]:
    for service, promise in get_type_hints(Client).items():
        for name, method in inspect.getmembers(promise, inspect.isfunction):
            if not name.startswith("_"):
                yield f"{service}.{name}", method


METHODS: dict[str, Any] = dict(_methods())
"""`service.method`: the function of the promise."""


def parameters(method: str) -> dict[str, inspect.Parameter]:
    """The arguments of a method by name."""
    told = inspect.signature(METHODS[method]).parameters
    return {name: it for name, it in told.items() if name != "self"}


def required(method: str) -> list[str]:
    """The arguments a call may not leave out."""
    told = parameters(method).items()
    return [name for name, it in told if it.default is inspect.Parameter.empty]
