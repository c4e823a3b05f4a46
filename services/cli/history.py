"""The history of one document over all services, in order of time (lịch sử văn bản, R8.2d)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from rich.console import Console
from rich.table import Table

from contracts.envelope import HistoryEntry, Told
from contracts.errors import NotFound
from contracts.values import SignerRole, delivery_id, named_id
from services.kernel.client import Client

PAGE = 1000


@dataclass(frozen=True)
class Line:
    """One recorded event, and which service remembers it."""

    service: str
    aggregate_id: UUID
    entry: HistoryEntry


def history_of(client: Client, document_id: UUID) -> list[Line]:
    """Everything recorded of a document: at its sender, its signatures, each of its recipients.

    The id may be that of an outgoing document or of an incoming one. Refusals: `NotFound`.
    """
    lines = list(_recorded(client.dispatch, "dispatch", document_id))
    arrivals = [document_id]
    if lines:
        document = client.dispatch.get_document(document_id=document_id)
        arrivals = [delivery_id(document_id, to.agency) for to in document.recipients]
        for role in SignerRole:
            asked = named_id("signature", document_id, role)
            lines += _recorded(client.signing, "signing", asked)
    for arrival in arrivals:
        for service, told in (
            ("tracking", client.tracking),
            ("intake", client.intake),
            ("signing", client.signing),
        ):
            lines += _recorded(told, service, arrival)
    if not lines:
        raise NotFound(what="document", id=str(document_id))
    return sorted(lines, key=lambda line: (line.entry.at, line.service, line.entry.version))


def _recorded(told: Told, service: str, id: UUID) -> Iterator[Line]:
    after = 0
    try:
        while entries := told.list_history(aggregate_id=id, after=after, limit=PAGE):
            yield from (Line(service, id, entry) for entry in entries)
            after = entries[-1].version
    except NotFound:
        return


def print_history(screen: Console, lines: list[Line]) -> None:
    """The history as a table: when, what, who, in which trace."""
    table = Table(
        "lúc / at (UTC)", "sự kiện / event", "ai / actor", "vết / trace", "mã băm / digest"
    )
    for line in lines:
        entry = line.entry
        who = entry.actor.name or entry.actor.person
        post = f" ({entry.actor.post}, {entry.actor.agency})" if entry.actor.post else ""
        trace = entry.trace.split("-")[1][:16] if entry.trace else ""
        table.add_row(f"{entry.at:%H:%M:%S.%f}", entry.topic, who + post, trace, entry.digest[:12])
    screen.print(table)
