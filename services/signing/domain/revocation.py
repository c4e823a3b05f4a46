"""Where revocation is learnt."""

from __future__ import annotations

from dataclasses import field
from uuid import UUID

from msgspec import Struct

from contracts.signing import RevocationKind, RevocationSourceUnknown
from contracts.values import named_id
from services.kernel.aggregate import Aggregate

SOURCES = named_id("revocation sources")
"""Identity of the one `RevocationSources` of the province."""


def source_id(issuer: str, kind: RevocationKind) -> UUID:
    """Identity of one address, by whose revocation it tells and how."""
    return named_id("revocation", issuer, kind)


class Source(Struct, frozen=True, kw_only=True):
    """An address; `trace` is that of the act which set it."""

    issuer: str
    subject: str
    kind: RevocationKind
    url: str
    trace: str = ""

    @property
    def id(self) -> UUID:
        """Its identity: another address of the same authority and kind takes its place."""
        return source_id(self.issuer, self.kind)


class RevocationSources(Aggregate, service="signing"):
    """The addresses at which trusted authorities tell of revocation (nguồn thu hồi)."""

    sources: dict[UUID, Source] = field(default_factory=dict)

    class Begun(Aggregate.Created):
        """No address is set yet."""

    class SourceSet(Aggregate.Event):
        source: Source

        def apply(self, all: RevocationSources) -> None:
            all.sources[self.source.id] = self.source

    class SourceDropped(Aggregate.Event):
        issuer: str
        kind: RevocationKind

        def apply(self, all: RevocationSources) -> None:
            del all.sources[source_id(self.issuer, self.kind)]

    def set(self, source: Source) -> None:
        """Ask there from now on; told again, it is nothing."""
        known = self.sources.get(source.id)
        if known is None or known.url != source.url:
            self.trigger_event(self.SourceSet, source=source)

    def drop(self, issuer: str, kind: RevocationKind) -> None:
        """Ask there no more."""
        if source_id(issuer, kind) not in self.sources:
            raise RevocationSourceUnknown(fingerprint=issuer, kind_vi=kind.vi, kind_en=kind.en)
        self.trigger_event(self.SourceDropped, issuer=issuer, kind=kind)
