"""Names follow the table: events are past, commands are verb and noun, refusals say the reason."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec
import pytest

from contracts.envelope import PublicEvent, Told
from contracts.errors import Refused, refusals
from contracts.schemas.describe import answer_of, events_of, methods_of, promises
from tests.architecture.house import (
    CODE,
    ROOT,
    dotted,
    nodes,
    none_of,
    plant,
    python_files,
    services_of,
)

IRREGULAR = {
    "Begun",
    "Done",
    "Found",
    "Given",
    "Held",
    "Kept",
    "Learnt",
    "Lost",
    "Made",
    "Put",
    "Read",
}
IRREGULAR |= {"Laid", "Seen", "Sent", "Set", "Taken", "Told", "Withdrawn", "Written"}
ADVERBS = {"Again", "Ahead", "Apart", "Back"}
VAGUE = {"changed", "updated", "modified", "processed", "handled"}
EMPTY_WORDS = {"util", "utils", "helper", "helpers", "common", "manager", "managers"}
EMPTY_WORDS |= {"base", "model", "models", "handler", "handlers", "misc", "stuff"}
QUESTIONS = {"get", "list", "count"}
FIXED = {"read_events"}
INSTANTS = {"as_of", "at", "since"}


def words_of(name: str) -> list[str]:
    """The words of a CamelCase or snake_case name."""
    return [
        word for part in name.split("_") for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+", part)
    ]


def is_past(name: str) -> bool:
    """Whether a name ends in a past participle."""
    last = next((word for word in reversed(words_of(name)) if word not in ADVERBS), "")
    return last in IRREGULAR or (last.endswith("ed") and len(last) > 3)


def recorded_events(root: Path) -> Iterator[tuple[str, str]]:
    """Every recorded event: nested in an aggregate, or bare in a stream of its own."""
    for place, node in nodes(root, ast.ClassDef, "services"):
        if not isinstance(node, ast.ClassDef):
            continue
        ancestors = {dotted(base) for base in node.bases}
        if ancestors & {"BareEvent", "Act", "Aggregate.Created"} and node.col_offset == 0:
            yield place, node.name
        if "Aggregate" in ancestors and any(word.arg == "service" for word in node.keywords):
            nested = [inner for inner in node.body if isinstance(inner, ast.ClassDef)]
            extended = {dotted(base) for inner in nested for base in inner.bases}
            for inner in nested:
                if inner.name not in extended:
                    yield f"{place.partition(':')[0]}:{inner.lineno}", inner.name


def not_past(root: Path) -> list[str]:
    """Recorded events whose names are no past participles, or say only that something changed."""
    return sorted(
        {
            f"{place} {name}: not what happened"
            for place, name in recorded_events(root)
            if not is_past(name) or words_of(name)[-1].lower() in VAGUE
        }
    )


def bad_public_events(events: dict[str, type[PublicEvent]]) -> list[str]:
    """Public events that are not noun and participle."""
    return [
        f"{name}: not a noun and a past participle"
        for name in events
        if len(words_of(name)) < 2 or not is_past(name) or words_of(name)[-1].lower() in VAGUE
    ]


def bad_refusals(known: dict[str, type[Refused]]) -> list[str]:
    """Refusals whose code is no `owner.snake_case`, or whose name is a technician's."""
    return [
        f"{code}: {refused.__name__}"
        for code, refused in known.items()
        if not re.fullmatch(r"[a-z_]+\.[a-z]+(_[a-z]+)*", code)
        or words_of(refused.__name__)[-1] in {"Error", "Exception", "Refusal", "Fault"}
    ]


def bad_methods(promise: type) -> list[str]:
    """Methods that are not verb and noun, and questions whose answer is not what they say."""
    found = []
    for name, method in methods_of(promise).items():
        verb, _, noun = name.partition("_")
        many = get_origin(answer_of(method)) is list
        if name not in FIXED and not noun:
            found.append(f"{name}: not a verb and a noun")
        if verb in QUESTIONS and many != (verb == "list"):
            found.append(f"{name}: `get_` one, `list_` many, `count_` a number")
        if verb == "count" and answer_of(method) is not int:
            found.append(f"{name}: `count_` answers a number")
        found += [f"{name}: {p} is not by keyword" for p in _not_by_keyword(method)]
    return found


def _not_by_keyword(method: Callable[..., Any]) -> list[str]:
    parameters = list(inspect.signature(method).parameters.values())[1:]
    return [p.name for p in parameters if p.kind is not p.KEYWORD_ONLY]


def bad_fields(owner: str, hints: dict[str, Any]) -> list[str]:
    """Instants that are not `…_at`, days that are not `…_on`, identities that are not `…_id`."""
    found = []
    for name, hint in hints.items():
        kinds = {hint, *get_args(hint)}
        if datetime in kinds and not (name in INSTANTS or name.endswith("_at")):
            found.append(f"{owner}.{name}: an instant ends in _at")
        if date in kinds and not name.endswith("_on"):
            found.append(f"{owner}.{name}: a day ends in _on")
        if UUID in kinds and get_origin(hint) is not list and not name.endswith("_id"):
            found.append(f"{owner}.{name}: an identity ends in _id")
    return found


def hints_of_contracts() -> Iterator[tuple[str, dict[str, Any]]]:
    """Fields of every struct and arguments of every method of the services' contracts."""
    for service, promise in promises().items():
        module = inspect.getmodule(promise)
        for name, word in vars(module).items():
            if inspect.isclass(word) and issubclass(word, msgspec.Struct):
                yield f"{service}.{name}", get_type_hints(word)
        for name, method in methods_of(promise).items():
            hints = get_type_hints(method)
            hints.pop("return")
            yield f"{service}.{name}", hints


def empty_words(root: Path) -> list[str]:
    """Files, folders and classes called by a word that says nothing."""
    files = {
        f"{file.relative_to(root)}: says nothing"
        for file in python_files(root, *CODE, "tests")
        for part in file.relative_to(root).parts
        if set(map(str.lower, words_of(part.removesuffix(".py")))) & EMPTY_WORDS
    }
    classes = {
        f"{place} {node.name}: says nothing"
        for place, node in nodes(root, ast.ClassDef, *CODE)
        if isinstance(node, ast.ClassDef) and {w.lower() for w in words_of(node.name)} & EMPTY_WORDS
    }
    return sorted(files | classes)


def test_a_recorded_event_is_a_past_participle() -> None:
    none_of(not_past(ROOT))
    owners = {place.split("/")[1] for place, _ in recorded_events(ROOT)}
    assert owners >= set(services_of(ROOT))


AGGREGATE = """
class Matter(Aggregate, service="a"):
    class Opened(Aggregate.Created):
        on: int
    class Closing(Aggregate.Event):
        pass
    class Step(Aggregate.Event):
        pass
    class Updated(Step):
        pass
    class OpenedAgain(Step):
        pass

class NumberTaken(BareEvent):
    pass

class PageReading(BareEvent):
    pass
"""


def test_a_recorded_event_of_another_tense_is_told(tmp_path: Path) -> None:
    plant(tmp_path, {"services/a/domain.py": AGGREGATE})
    assert not_past(tmp_path) == [
        "services/a/domain.py:17 PageReading: not what happened",
        "services/a/domain.py:5 Closing: not what happened",
        "services/a/domain.py:9 Updated: not what happened",
    ]


@pytest.mark.parametrize("service", promises())
def test_a_public_event_is_a_noun_and_a_participle(service: str) -> None:
    events = events_of(service)
    assert events and bad_public_events(events) == []


def test_a_public_event_of_one_word_or_another_tense_is_told() -> None:
    names = ["Registered", "RegisterDocument", "DocumentChanged", "DocumentSent"]
    told = bad_public_events(dict.fromkeys(names, PublicEvent))
    assert [line.partition(":")[0] for line in told] == names[:3]


def test_a_refusal_has_a_code_and_a_name_that_says_the_reason() -> None:
    promises()
    ours = {c: r for c, r in refusals().items() if r.__module__.startswith("contracts.")}
    assert len(ours) > 20 and bad_refusals(ours) == []


def test_a_technicians_refusal_is_told() -> None:
    known = {"a.bad_error": type("BadError", (), {}), "a.B": type("TooLate", (), {})}
    assert bad_refusals(known) == ["a.bad_error: BadError", "a.B: TooLate"]  # type: ignore[arg-type]


@pytest.mark.parametrize("service", promises())
def test_a_method_is_a_verb_and_a_noun(service: str) -> None:
    assert Told in promises()[service].__mro__
    none_of(bad_methods(promises()[service]))


class Wrong:
    """A promise that breaks the table."""

    def register(self) -> None: ...
    def get_matters(self) -> list[int]: ...
    def list_matter(self) -> int: ...
    def count_matters(self) -> str: ...
    def close_matter(self, matter: int) -> None: ...


def test_a_method_that_says_something_else_is_told() -> None:
    assert bad_methods(Wrong) == [
        "close_matter: matter is not by keyword",
        "count_matters: `count_` answers a number",
        "get_matters: `get_` one, `list_` many, `count_` a number",
        "list_matter: `get_` one, `list_` many, `count_` a number",
        "register: not a verb and a noun",
    ]


def test_instants_days_and_identities_end_as_the_table_says() -> None:
    assert [
        line for owner, hints in hints_of_contracts() for line in bad_fields(owner, hints)
    ] == []


def test_an_instant_a_day_or_an_identity_of_another_ending_is_told() -> None:
    hints: dict[str, Any] = {"due": datetime | None, "day": date, "document": UUID, "at": datetime}
    assert bad_fields("X", hints) == [
        "X.due: an instant ends in _at",
        "X.day: a day ends in _on",
        "X.document: an identity ends in _id",
    ]


def test_no_name_is_empty() -> None:
    none_of(empty_words(ROOT))


def test_an_empty_name_is_told(tmp_path: Path) -> None:
    plant(tmp_path, {"services/a/utils.py": "", "services/a/domain.py": "class FileManager: pass"})
    plant(tmp_path, {"tests/helpers/test_a.py": "", "contracts/database.py": ""})
    assert empty_words(tmp_path) == [
        "services/a/domain.py:1 FileManager: says nothing",
        "services/a/utils.py: says nothing",
        "tests/helpers/test_a.py: says nothing",
    ]
