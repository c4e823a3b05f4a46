"""The committed schemas say what the contracts say, and a contract only ever grows."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Protocol
from uuid import UUID

import msgspec
import pytest
from msgspec import Meta

from contracts.schemas.__main__ import HERE, broken, documents, main, stale, text_of
from contracts.schemas.asyncapi import asyncapi
from contracts.schemas.describe import arguments_of, methods_of, promises, service_schema
from contracts.schemas.growth import breaks
from services.kernel.call import shape_of

NOW = documents()
SERVICES = ("accounts", "dispatch", "intake", "reporting", "signing", "tracking")


def test_every_service_has_its_document() -> None:
    assert tuple(promises()) == SERVICES
    others = ("vanban", "asyncapi", "verification-report")
    assert set(NOW) == {f"{name}.json" for name in (*SERVICES, *others)}


def test_the_published_contracts_only_grow() -> None:
    assert broken(HERE, NOW) == []


def test_the_committed_files_say_what_the_contracts_say() -> None:
    assert stale(HERE, NOW) == [], "run `make schemas` and commit"


OLD: dict[str, Any] = {
    "title": "sample",
    "events": {"MatterClosed": {"$ref": "#/$defs/MatterClosed"}},
    "methods": {
        "close_matter": {
            "description": "Close it.",
            "arguments": {"$ref": "#/$defs/close_matter"},
            "answer": {"type": "integer"},
            "refusals": ["sample.matter_closed", "vanban.denied"],
        }
    },
    "refusals": {
        "sample.matter_closed": {
            "vi": "{on}",
            "en": "{on}",
            "data": {"type": "object", "properties": {"on": {}}},
        }
    },
    "$defs": {
        "MatterClosed": {
            "type": "object",
            "properties": {
                "matter_id": {"type": "string", "format": "uuid"},
                "kind": {"$ref": "#/$defs/Kind"},
                "title": {"type": "string", "maxLength": 10},
                "note": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None},
            },
            "required": ["matter_id", "kind", "title"],
        },
        "Kind": {"enum": ["A", "B"], "x-labels": {"A": {"vi": "a", "en": "a"}}},
        "close_matter": {
            "type": "object",
            "properties": {"matter_id": {"type": "string"}, "count": {"type": "integer"}},
            "required": ["matter_id"],
            "additionalProperties": False,
        },
    },
}
TOLD = "$defs/MatterClosed"
ASKED = "$defs/close_matter"
GONE = object()

ALLOWED = {
    "a new event": ("events/MatterOpened", {"$ref": "#/$defs/MatterOpened"}),
    "a new type": ("$defs/MatterOpened", {"type": "object", "required": ["at"]}),
    "a new method": ("methods/open_matter", {"arguments": {}, "answer": {}, "refusals": []}),
    "a new refusal": ("refusals/sample.matter_open", {"data": {}}),
    "a new refusal of a method": (
        "methods/close_matter/refusals",
        ["sample.matter_closed", "sample.new", "vanban.denied"],
    ),
    "a new optional field of an event": (f"{TOLD}/properties/by", {"type": "string"}),
    "a new optional argument": (f"{ASKED}/properties/force", {"type": "boolean"}),
    "a new code in a list": ("$defs/Kind/enum", ["A", "B", "C"]),
    "another label of a code": ("$defs/Kind/x-labels/A/vi", "b"),
    "another sentence": ("methods/close_matter/description", "Close it for ever."),
    "another message": ("refusals/sample.matter_closed/vi", "Đã đóng ngày {on}."),
}

FORBIDDEN = {
    "an event removed": ("events/MatterClosed", GONE),
    "a method removed": ("methods/close_matter", GONE),
    "a refusal removed": ("refusals/sample.matter_closed", GONE),
    "a refusal of a method removed": ("methods/close_matter/refusals", ["vanban.denied"]),
    "a type removed": ("$defs/Kind", GONE),
    "a field removed": (f"{TOLD}/properties/note", GONE),
    "a field called as prose is removed": (f"{TOLD}/properties/title", GONE),
    "a field called as prose changes": (f"{TOLD}/properties/title/type", "integer"),
    "an argument removed": (f"{ASKED}/properties/count", GONE),
    "an argument becomes required": (f"{ASKED}/required", ["matter_id", "count"]),
    "an argument ceases to be required": (f"{ASKED}/required", []),
    "a field ceases to be always there": (f"{TOLD}/required", ["kind", "title"]),
    "another type": (f"{ASKED}/properties/count/type", "string"),
    "another answer": ("methods/close_matter/answer/type", "string"),
    "no answer any more": ("methods/close_matter/answer", {"type": "null"}),
    "a narrower limit": (f"{TOLD}/properties/title/maxLength", 9),
    "a new limit": (f"{ASKED}/properties/count/minimum", 1),
    "a limit gone": (f"{TOLD}/properties/title/maxLength", GONE),
    "a pattern": (f"{ASKED}/properties/matter_id/pattern", "^x$"),
    "another format": (f"{TOLD}/properties/matter_id/format", "date"),
    "no longer nullable": (f"{TOLD}/properties/note/anyOf", [{"type": "string"}]),
    "another default": (f"{TOLD}/properties/note/default", ""),
    "another type by name": (f"{TOLD}/properties/kind/$ref", "#/$defs/Sort"),
    "a code removed": ("$defs/Kind/enum", ["A"]),
    "data of a refusal removed": ("refusals/sample.matter_closed/data/properties/on", GONE),
    "strangers allowed": (f"{ASKED}/additionalProperties", GONE),
}


def changed(path: str, value: Any) -> dict[str, Any]:
    """The sample with the value at `path` set, or removed."""
    sample = copy.deepcopy(OLD)
    *way, last = path.split("/")
    place = sample
    for step in way:
        place = place[step]
    if value is GONE:
        del place[last]
    else:
        place[last] = value
    return sample


@pytest.mark.parametrize("change", ALLOWED)
def test_an_addition_breaks_nothing(change: str) -> None:
    new = changed(*ALLOWED[change])
    assert new != OLD
    assert list(breaks(OLD, new)) == []


@pytest.mark.parametrize("change", FORBIDDEN)
def test_everything_else_is_a_break(change: str) -> None:
    path, value = FORBIDDEN[change]
    told = list(breaks(OLD, changed(path, value)))
    assert len(told) == 1 and told[0].startswith("/" + path.partition("/")[0])


def test_a_new_required_field_is_a_break() -> None:
    new = changed(f"{ASKED}/properties/by", {"type": "string"})
    new["$defs"]["close_matter"]["required"].append("by")
    assert list(breaks(OLD, new)) == [
        "/$defs/close_matter/by: has become required, or is new and required"
    ]


def test_a_rename_is_a_break() -> None:
    new = changed(f"{TOLD}/properties/note", GONE)
    new["$defs"]["MatterClosed"]["properties"]["remark"] = {"type": "string"}
    assert list(breaks(OLD, new)) == ["/$defs/MatterClosed/properties/note: is gone"]


def test_what_the_tool_wrote_is_not_stale(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "contracts.schemas", "--folder", str(tmp_path)]
    assert subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0
    assert {file.name for file in tmp_path.iterdir()} == set(NOW)
    assert main(["--folder", str(tmp_path), "--check"]) == 0


def test_a_stale_file_is_told_with_the_command_to_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, document in NOW.items():
        (tmp_path / name).write_text(text_of(document), encoding="utf-8")
    (tmp_path / "asyncapi.json").write_text("{}", encoding="utf-8")
    (tmp_path / "intake.json").unlink()
    assert main(["--folder", str(tmp_path), "--check"]) == 1
    told = capsys.readouterr().err
    assert told == "stale: asyncapi.json, intake.json. Run `make schemas` and commit.\n"


def test_the_tool_writes_nothing_over_a_break(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    published = copy.deepcopy(NOW["intake.json"])
    published["methods"]["burn_document"] = {"refusals": []}
    file = tmp_path / "intake.json"
    file.write_text(text_of(published), encoding="utf-8")
    (tmp_path / "archive.json").write_text("{}", encoding="utf-8")
    assert main(["--folder", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert "intake.json/methods/burn_document: is gone" in told
    assert "archive.json: is gone" in told
    assert json.loads(file.read_text(encoding="utf-8")) == published
    assert {found.name for found in tmp_path.iterdir()} == {"intake.json", "archive.json"}


class Sample(Protocol):
    """A promise to read."""

    def close_matter(self, *, matter_id: UUID, count: Annotated[int, Meta(ge=1)] = 1) -> list[UUID]:
        """Close it. Refusals: `NotFound` (the matter), `Denied`. Rules: `Invalid` is no refusal."""


def test_a_method_is_described_by_its_signature_and_docstring() -> None:
    document = service_schema("accounts", Sample)
    assert document["methods"]["close_matter"] == {
        "description": Sample.close_matter.__doc__,
        "arguments": {"$ref": "#/$defs/close_matter"},
        "answer": {"type": "array", "items": {"type": "string", "format": "uuid"}},
        "refusals": ["vanban.denied", "vanban.not_found"],
    }
    assert document["$defs"]["close_matter"] == {
        "title": "close_matter",
        "type": "object",
        "properties": {
            "matter_id": {"type": "string", "format": "uuid"},
            "count": {"type": "integer", "minimum": 1, "default": 1},
        },
        "required": ["matter_id"],
        "additionalProperties": False,
    }


def test_a_code_list_carries_its_labels() -> None:
    urgency = NOW["intake.json"]["$defs"]["Urgency"]
    assert urgency["x-labels"]["3"] == {"vi": "Hỏa tốc", "en": "Express"}
    assert set(urgency["x-labels"]) == set(urgency["enum"])


@pytest.mark.parametrize("service", SERVICES)
def test_the_door_takes_exactly_the_described_arguments(service: str) -> None:
    for name, method in methods_of(promises()[service]).items():
        taken = msgspec.json.schema_components([shape_of(method)], ref_template="#/$defs/{name}")[1]
        assert taken[name] == NOW[f"{service}.json"]["$defs"][name]
        assert msgspec.json.schema(shape_of(method)) == msgspec.json.schema(arguments_of(method))


def references(thing: Any) -> Iterator[str]:
    """Every `$ref` in a document."""
    if isinstance(thing, dict):
        yield from [thing["$ref"]] if isinstance(thing.get("$ref"), str) else []
        for item in thing.values():
            yield from references(item)
    elif isinstance(thing, list):
        for item in thing:
            yield from references(item)


def at(document: Any, reference: str) -> Any:
    """What a reference of this document points to."""
    for step in reference.removeprefix("#/").split("/"):
        document = document[step]
    return document


@pytest.mark.parametrize("name", NOW)
def test_every_reference_points_to_something(name: str) -> None:
    found = set(references(NOW[name]))
    assert found
    for reference in found:
        assert isinstance(at(NOW[name], reference), dict)


def test_asyncapi_has_every_call_with_its_answer() -> None:
    document = asyncapi(promises())
    asked = {f"{s}.{m}" for s, promise in promises().items() for m in methods_of(promise)}
    assert set(document["operations"]) == asked
    assert set(document["channels"]) == asked | {"answers"}
    for key, operation in document["operations"].items():
        question = at(document, at(document, operation["messages"][0]["$ref"])["$ref"])
        arguments = at(document, question["payload"]["properties"]["kwargs"]["$ref"])
        service, _, method = key.partition(".")
        described = NOW[f"{service}.json"]["$defs"][method]
        assert arguments["properties"].keys() == described["properties"].keys()
        answer = at(document, at(document, operation["reply"]["messages"][0]["$ref"])["$ref"])
        assert answer["x-refusals"] == NOW[f"{service}.json"]["methods"][method]["refusals"]


def test_asyncapi_tells_every_event_of_read_events() -> None:
    document = asyncapi(promises())
    for service in SERVICES:
        page = at(document, f"#/components/schemas/{service}.read_events.answer")
        told = [
            at(document, event["$ref"]) for event in page["properties"]["events"]["items"]["anyOf"]
        ]
        types = {event["properties"]["type"]["const"] for event in told}
        assert types == {f"{service}.{name}" for name in NOW[f"{service}.json"]["events"]}
        for event in told:
            name = event["properties"]["type"]["const"].partition(".")[2]
            body = at(document, event["properties"]["body"]["$ref"])
            assert body["title"] == name
