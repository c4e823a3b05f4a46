"""What a contract promises is asked at the door and done by the application: no more, no less."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Protocol, get_type_hints

import pytest
from msgspec import Meta

from contracts.schemas.describe import methods_of, promises
from services.kernel.rpc import answer
from tests.architecture.house import ROOT, none_of, services_of

BESIDE_METHODS = {"name", "application"}


def class_named(module: str, service: str) -> type:
    """The one class of a module that bears the service's name."""
    room = importlib.import_module(module)
    found = [
        thing
        for thing in vars(room).values()
        if inspect.isclass(thing)
        and thing.__module__ == module
        and getattr(thing, "name", "") == service
    ]
    assert len(found) == 1, f"{module}: one class with name = {service!r}, found {found}"
    return found[0]


def signature_of(method: Callable[..., Any]) -> list[tuple[str, Any, Any, Any]]:
    """Names, kinds, defaults and plain types of the parameters; limits of values left out."""
    hints = get_type_hints(method)
    parameters = list(inspect.signature(method).parameters.values())[1:]
    return [(p.name, p.kind, p.default, hints.get(p.name)) for p in parameters]


def door_faults(promise: type, door: type) -> list[str]:
    """Where the door does not keep the promise."""
    promised = methods_of(promise)
    asked = {name for name in vars(door) if not name.startswith("_")} - BESIDE_METHODS
    found = [f"{name}: promised, not asked" for name in sorted(promised.keys() - asked)]
    found += [f"{name}: asked, not promised" for name in sorted(asked - promised.keys())]
    for name in sorted(promised.keys() & asked):
        entry = getattr(door, name)
        if not getattr(entry, "nameko_entrypoints", None):
            found.append(f"{name}: no entrypoint")
        elif inspect.unwrap(entry) is not promised[name]:
            found.append(f"{name}: answers another promise")
        elif inspect.signature(entry) != inspect.signature(promised[name]):
            found.append(f"{name}: another signature")
    return found


def application_faults(promise: type, application: type) -> list[str]:
    """Where the application does not do what is promised, as it is promised."""
    found = []
    for name, promised in methods_of(promise).items():
        done = getattr(application, name, None)
        if done is None:
            found.append(f"{name}: promised, not done")
        elif signature_of(inspect.unwrap(done)) != signature_of(promised):
            found.append(f"{name}: another signature")
        elif get_type_hints(inspect.unwrap(done))["return"] != get_type_hints(promised)["return"]:
            found.append(f"{name}: another answer")
    return found


def test_every_service_has_a_promise_and_every_promise_a_service() -> None:
    assert sorted(promises()) == services_of(ROOT)


@pytest.mark.parametrize("service", promises())
def test_the_door_answers_exactly_what_is_promised(service: str) -> None:
    door = class_named(f"services.{service}.service", service)
    none_of(door_faults(promises()[service], door))


@pytest.mark.parametrize("service", promises())
def test_the_application_does_exactly_what_is_promised(service: str) -> None:
    application = class_named(f"services.{service}.application", service)
    none_of(application_faults(promises()[service], application))


@pytest.mark.parametrize("service", promises())
def test_a_method_of_the_door_is_one_line(service: str) -> None:
    door = class_named(f"services.{service}.service", service)
    source = inspect.getsource(door).splitlines()
    lines = [line for line in source if "answer(Promise." in line]
    assert len(lines) == len(methods_of(promises()[service]))
    assert not any("def " in line for line in source)


Code = Annotated[str, Meta(max_length=3)]


class Promise(Protocol):
    """A tiny promise."""

    def open_matter(self, *, code: Code, count: int = 1) -> str: ...
    def close_matter(self, *, code: Code) -> None: ...


class GoodDoor:
    """Keeps it."""

    name = "tiny"
    open_matter = answer(Promise.open_matter)
    close_matter = answer(Promise.close_matter, public=True)


class GoodApplication:
    """Does it."""

    def open_matter(self, *, code: str, count: int = 1) -> str: ...
    def close_matter(self, *, code: str) -> None: ...
    def forget(self) -> None: ...


def test_a_kept_promise_has_no_fault() -> None:
    assert door_faults(Promise, GoodDoor) == []
    assert application_faults(Promise, GoodApplication) == []


def test_a_door_that_breaks_the_promise_is_told() -> None:
    class Missing:
        open_matter = answer(Promise.open_matter)

    class Crossed(GoodDoor):
        open_matter = answer(Promise.close_matter)
        close_matter = Promise.close_matter
        burn_matter = answer(Promise.close_matter)

    assert door_faults(Promise, Missing) == ["close_matter: promised, not asked"]
    assert door_faults(Promise, Crossed) == [
        "burn_matter: asked, not promised",
        "close_matter: no entrypoint",
        "open_matter: answers another promise",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "def close_matter(self, *, code: str, more: int) -> None: ...",
        "def close_matter(self, *, code: int) -> None: ...",
        "def close_matter(self, *, code: str = '') -> None: ...",
        "def close_matter(self, code: str) -> None: ...",
        "def close_matter(self, *, other: str) -> None: ...",
        "def close_matter(self, *, code: str) -> str: ...",
        "close_matter = None",
    ],
)
def test_an_application_that_does_something_else_is_told(source: str) -> None:
    body: dict[str, Any] = {}
    exec(source, body)
    other = type("Other", (GoodApplication,), {"close_matter": body["close_matter"]})
    assert len(application_faults(Promise, other)) == 1


def test_a_room_without_the_class_of_its_service_is_told(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="one class with name = 'intake'"):
        class_named("services.accounts.service", "intake")
