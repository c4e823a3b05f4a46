"""Where revocation is learnt: operators name the addresses, workers ask there, everybody relies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID

import msgspec

from contracts.signing import (
    IssuerNotTrusted,
    RevocationKind,
    RevocationSourceView,
    RevocationState,
)
from contracts.values import Role
from services.kernel.commit import command
from services.kernel.context import acting, current, require
from services.signing.application.streams import Streams
from services.signing.application.trusting import Trusting
from services.signing.domain import (
    SOURCES,
    RevocationLearnt,
    RevocationMissed,
    RevocationSources,
    Source,
    failed_id,
    heard_id,
    source_id,
)


class Revoking(Streams, Trusting):
    """The addresses, and what they gave."""

    @command()
    def set_revocation_source(self, *, issuer: str, kind: RevocationKind, url: str) -> None:
        require(Role.OPERATOR)
        trusted = {anchor.fingerprint: anchor for anchor in self._anchors().trusted().values()}
        if issuer not in trusted:
            raise IssuerNotTrusted(fingerprint=issuer)
        subject, trace = trusted[issuer].subject, current().trace
        sources = self._sources()
        sources.set(Source(issuer=issuer, subject=subject, kind=kind, url=url, trace=trace))
        self.save(sources)

    @command()
    def drop_revocation_source(self, *, issuer: str, kind: RevocationKind) -> None:
        require(Role.OPERATOR)
        sources = self._sources()
        sources.drop(issuer, kind)
        self.save(sources)

    def list_revocation_sources(
        self, *, after: int = 0, limit: int = 100
    ) -> list[RevocationSourceView]:
        require(Role.OPERATOR, Role.AUDITOR)
        known = list(self._sources().sources.values())[after : after + limit]
        return [self._view(source) for source in known]

    def _view(self, source: Source) -> RevocationSourceView:
        heard, failure = self.last_heard(source.id), self.last_failure(source.id)
        return RevocationSourceView(
            issuer=source.issuer,
            subject=source.subject,
            kind=source.kind,
            url=source.url,
            state=self._state(heard, failure),
            heard_at=heard.heard_at if heard else None,
            issued_at=heard.issued_at if heard else None,
            valid_until_at=heard.valid_until if heard else None,
            failure=failure.code if failure else "",
            failed_at=failure.missed_at if failure else None,
        )

    def _state(
        self, heard: RevocationLearnt | None, failure: RevocationMissed | None
    ) -> RevocationState:
        if heard and heard.valid_until and heard.valid_until < self.now():
            return RevocationState.STALE
        if failure:
            return RevocationState.FAILED
        return RevocationState.FRESH if heard else RevocationState.NEVER

    def last_heard(self, source: UUID) -> RevocationLearnt | None:
        """What an address gave last."""
        heard: RevocationLearnt | None = self._latest(heard_id(source))
        return heard

    def last_failure(self, source: UUID) -> RevocationMissed | None:
        """The failure of the last try, if it failed."""
        heard, missed = self.last_heard(source), self._latest(failed_id(source))
        failed = missed is not None and (heard is None or heard.timestamp < missed.timestamp)
        return missed if failed else None

    def revocation_source(self, id: UUID) -> Source | None:
        """An address that is set now."""
        return self._sources().sources.get(id)

    def revocation_url(self, issuer: str, kind: RevocationKind) -> Source | None:
        """The address of an authority for one way, if an operator named it."""
        return self.revocation_source(source_id(issuer, kind))

    def revocation_lists(self) -> list[Source]:
        """The addresses that give lists."""
        known = self._sources().sources.values()
        return [source for source in known if source.kind is RevocationKind.LIST]

    def gives_answers(self) -> bool:
        """Whether any address gives answers about single certificates."""
        kinds = {source.kind for source in self._sources().sources.values()}
        return RevocationKind.ANSWER in kinds

    def heard_lists(self) -> Iterator[str]:
        """The kept lists that hold for those addresses, by their digests."""
        for source in self.revocation_lists():
            if heard := self.last_heard(source.id):
                yield heard.file

    def record_heard(
        self,
        *,
        id: UUID,
        file: str = "",
        issued_at: datetime | None = None,
        valid_until: datetime | None = None,
    ) -> None:
        """A worker was given a list, or an answer again; what is known already is nothing new."""
        heard = self.last_heard(id)
        if heard is None or heard.file != file or self.last_failure(id):
            with _beside_the_job():
                self._note_heard(id=id, file=file, issued_at=issued_at, valid_until=valid_until)

    @command()
    def _note_heard(
        self, *, id: UUID, file: str, issued_at: datetime | None, valid_until: datetime | None
    ) -> None:
        require(Role.SERVICE)
        self._append(
            RevocationLearnt,
            heard_id(id),
            file=file,
            heard_at=self.now(),
            issued_at=issued_at,
            valid_until=valid_until,
        )

    def record_missed(self, *, id: UUID, code: str) -> None:
        """A worker was given nothing useful; the same failure again is nothing new."""
        known = self.last_failure(id)
        if known is None or known.code != code:
            with _beside_the_job():
                self._note_missed(id=id, code=code)

    @command()
    def _note_missed(self, *, id: UUID, code: str) -> None:
        require(Role.SERVICE)
        self._append(RevocationMissed, failed_id(id), code=code, missed_at=self.now())

    def _sources(self) -> RevocationSources:
        known = self.find(RevocationSources, SOURCES)
        return known or RevocationSources.begin(RevocationSources.Begun, SOURCES)


def _beside_the_job() -> AbstractContextManager[None]:
    """A record of its own, not the conclusion of the job under way."""
    return acting(msgspec.structs.replace(current(), command_id=None))
