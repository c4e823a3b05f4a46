"""What a process says about itself: JSON logs, spans, metrics, health. All names are here.

Logs carry the trace; spans and metrics carry no subjects, names, file names or tokens.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry import propagate, trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

from services.kernel.context import current

COMMANDS = Counter("vanban_calls_total", "RPC calls answered", ["service", "method", "outcome"])
CALL_SECONDS = Histogram("vanban_call_duration_seconds", "RPC call duration", ["service", "method"])
FOLLOWED = Counter("vanban_followed_events_total", "Events taken in", ["follower", "source"])
LAG = Gauge("vanban_follower_position", "Position reached in a source", ["follower", "source"])
PARKED = Gauge("vanban_parked_events", "Events parked", ["follower", "source"])
JOBS = Counter("vanban_jobs_total", "Jobs finished", ["queue", "outcome"])
_TRACER = trace.get_tracer("vanban")


class JsonLines(logging.Formatter):
    """One JSON object a line; Vietnamese stays readable; the text cannot forge a line."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        now = current()
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "process": self._process,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if now.trace:
            line["trace"] = now.trace
        if now.command_id:
            line["command_id"] = str(now.command_id)
        if record.exc_info:
            line["error"] = "".join(traceback.format_exception(*record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def begin(process: str, level: str, otlp_endpoint: str) -> None:
    """Start logs and spans of this process; spans are exported where an endpoint is configured."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(process))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("pika").setLevel(logging.CRITICAL)  # we say ourselves that the broker is away
    for chatty in ("amqp", "nameko", "kombu", "urllib3", "pyhanko", "fontTools"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLogger().level))
    provider = TracerProvider(resource=Resource({"service.name": f"vanban-{process}"}))
    if otlp_endpoint:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(otlp_endpoint)))
    trace.set_tracer_provider(provider)


@contextmanager
def span(name: str, parent: str = "", **attributes: str | int) -> Iterator[str]:
    """A span under a W3C traceparent; gives its own traceparent to hand on."""
    above = propagate.extract({"traceparent": parent}) if parent else None
    with _TRACER.start_as_current_span(name, context=above, attributes=attributes):
        carrier: dict[str, str] = {}
        propagate.inject(carrier)
        yield carrier.get("traceparent", parent)


class Health:
    """Answers /livez, /readyz and /metrics. Ready means: begun, and every named check is true."""

    def __init__(self) -> None:
        self._checks: dict[str, Callable[[], bool]] = {"begun": lambda: False}

    def listen(self, port: int | None) -> None:
        """Serve in a thread of its own, until the process ends; without a port, nowhere."""
        if port is not None:
            server = ThreadingHTTPServer(("127.0.0.1", port), self._page())
            threading.Thread(target=server.serve_forever, daemon=True).start()

    def ready_when(self, **checks: Callable[[], bool]) -> None:
        """The process has begun; it is ready while these are true."""
        self._checks = checks

    def failing(self) -> list[str]:
        """Names of the checks that are not true now."""
        return [name for name, check in self._checks.items() if not check()]

    def _page(self) -> type[BaseHTTPRequestHandler]:
        health = self

        class Pages(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/metrics":
                    return self._answer(200, generate_latest(), CONTENT_TYPE_LATEST)
                failing = health.failing() if self.path == "/readyz" else []
                status = 404 if self.path not in ("/livez", "/readyz") else 503 if failing else 200
                body = json.dumps({"ready": not failing, "failing": failing}).encode()
                return self._answer(status, body, "application/json; charset=utf-8")

            def _answer(self, status: int, body: bytes, media_type: str) -> None:
                self.send_response(status)
                self.send_header("Content-Type", media_type)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Probes are not news."""

        return Pages


HEALTH = Health()
"""The health of this process."""
