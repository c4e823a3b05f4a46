"""What a process says about itself: lines, spans and metrics, health; one trace from end to end."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from infra.local.ground import Ground
from infra.local.processes import free_ports
from infra.local.world import World
from services.kernel.application import IN_MEMORY
from services.kernel.client import Client
from services.kernel.context import acting
from services.kernel.eventlog import EventLog
from services.kernel.follower import reader
from services.kernel.jobs import Entry, Feeder, Jobs, Worker
from services.kernel.telemetry import Health, JsonLines, span
from tests.conftest import until
from tests.kernel.conftest import Made
from tests.kernel.counter import somebody, told
from tests.kernel.doors import COUNTERS, Door, counting, get, opened
from tests.kernel.kin import QUEUE

ID = "7" * 32
TRACE = f"00-{ID}-{'8' * 16}-01"


def line(message: str, *args: object, exc_info: Any = None) -> dict[str, Any]:
    """A line of the log, as an operator's tools read it."""
    record = logging.LogRecord("room", logging.INFO, __file__, 1, message, args, exc_info)
    text = JsonLines("intake").format(record)
    assert "\n" not in text
    told: dict[str, Any] = json.loads(text)
    return told


def test_a_line_is_one_json_object_in_readable_vietnamese() -> None:
    assert line("đã nhận %s", "công văn")["message"] == "đã nhận công văn"
    record = logging.LogRecord("room", logging.INFO, __file__, 1, "số đến", (), None)
    assert "số đến" in JsonLines("intake").format(record)


def test_no_text_can_forge_a_line() -> None:
    forged = 'x\n{"level": "CRITICAL"}\r\u2028'
    assert line("%s", forged)["message"] == forged


def test_a_line_carries_trace_and_command(monkeypatch: pytest.MonkeyPatch) -> None:
    command = uuid4()
    with acting(somebody(trace=TRACE, command_id=command)):
        told = line("a")
    assert (told["trace"], told["command_id"]) == (TRACE, str(command))
    assert not {"trace", "command_id"} & set(line("a"))


def test_an_error_is_told_with_its_stack_in_the_same_line() -> None:
    try:
        raise ValueError("two\nlines")
    except ValueError as error:
        told = line("defect", exc_info=(ValueError, error, error.__traceback__))
    assert "ValueError: two\nlines" in told["error"]


def test_health_says_whether_a_process_lives_and_what_it_waits_for() -> None:
    (port,) = free_ports(1)
    health, consuming = Health(), threading.Event()
    health.listen(port)
    assert get(port, "/livez")[0] == 200
    assert get(port, "/readyz") == (503, '{"ready": false, "failing": ["begun"]}')
    health.ready_when(consuming=consuming.is_set)
    assert get(port, "/readyz") == (503, '{"ready": false, "failing": ["consuming"]}')
    consuming.set()
    assert get(port, "/readyz") == (200, '{"ready": true, "failing": []}')
    assert "vanban_calls_total" in get(port, "/metrics")[1]
    assert get(port, "/elsewhere")[0] == 404


def test_without_a_port_there_is_no_server() -> None:
    before = set(threading.enumerate())
    Health().listen(None)
    assert set(threading.enumerate()) <= before


def test_a_span_hands_on_its_parents_trace() -> None:
    with span("a", TRACE) as inner:
        assert inner.split("-")[1] == ID
    with span("a", "nonsense") as inner:
        assert ID not in inner


def traces_of(events: Any) -> set[str]:
    """Trace ids of recorded events."""
    return {event.trace.split("-")[1] for event in events}


def test_one_trace_goes_through_call_event_follower_and_job(
    place: World, outside: Client, made: Made
) -> None:
    id = uuid4()
    with acting(somebody(trace=TRACE)):
        counting(outside).add(id=id, thing="công văn")
        history = counting(outside).list_history(aggregate_id=id)
    assert {entry.trace.split("-")[1] for entry in history} == {ID}
    followed = made(IN_MEMORY)
    log = EventLog(followed, told(followed))
    with Client(place.broker_url("tracking"), timeout=20) as tracking:
        read = reader(tracking, "dispatch")
        while (page := read(log.place("dispatch"), 1000)).events:
            log.take("dispatch", log.place("dispatch"), page)
    assert traces_of(followed.events.get(id)) == {ID}
    assert _trace_of_job(place, id, list(followed.events.get(id))[-1]) == ID


def _trace_of_job(place: World, id: UUID, event: Any) -> str:
    """The trace id under which a worker does the job that an event opens."""
    done: dict[str, str] = {}
    entry = Entry(1, str(id), {"id": str(id)}, event.trace)
    Feeder(Jobs(place.broker_url("signing"), QUEUE), lambda after: ([entry], 1)).feed()

    def work(body: bytes, trace: str) -> None:
        done[msgspec.json.decode(body)["id"]] = trace

    worker = Worker(place.broker_url("signing"), QUEUE, work)
    thread = threading.Thread(target=worker.run)
    thread.start()
    until(lambda: str(id) in done)
    worker.stop()
    thread.join()
    return done[str(id)].split("-")[1]


@contextmanager
def collector() -> Iterator[tuple[str, list[Any]]]:
    """An OTLP collector; its URL, and the spans that came."""
    spans: list[Any] = []

    class Collects(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked = ExportTraceServiceRequest.FromString(body)
            spans.extend(s for r in asked.resource_spans for c in r.scope_spans for s in c.spans)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Collects) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/traces", spans
        server.shutdown()


def test_spans_are_exported_and_say_no_secret(ground: Ground, world: World) -> None:
    """What a door still has in hand when it is told to end goes out too."""
    with (
        collector() as (endpoint, spans),
        opened(ground, world, COUNTERS, "dispatch", VANBAN_OTLP_ENDPOINT=endpoint) as door,
    ):
        with (
            Client(world.broker_url("intake"), timeout=20) as intake,
            acting(somebody(trace=TRACE)),
        ):
            counting(intake).read_events(after=0)
        door.child.stop(15)
        until(lambda: spans)
    (call,) = [s for s in spans if s.name == "dispatch.read_events" and s.trace_id.hex() == ID]
    attributes = {pair.key: pair.value.string_value for pair in call.attributes}
    assert attributes == {"rpc.method": "dispatch.read_events"}


def test_calls_are_counted_by_outcome(doors: dict[str, Door], outside: Client) -> None:
    counting(outside).say(what="who")
    text = doors["dispatch"].metrics()
    assert 'vanban_calls_total{method="say",outcome="answered",service="dispatch"}' in text
    assert "công văn" not in text
