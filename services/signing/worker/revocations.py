"""Revocation: lists fetched when their turn comes, answers asked for where no list speaks."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from itertools import pairwise
from typing import Any
from uuid import UUID

import msgspec

from contracts.signing import RevocationKind
from contracts.signing.report import Expected
from contracts.values import FileRef
from services.signing.adapters.evidence.examining import Examined, examine
from services.signing.adapters.network.web import NoAnswer
from services.signing.adapters.trust.fetching import Fetched, fetch_answer, fetch_list
from services.signing.adapters.trust.paths import unproven
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.domain import Source
from services.signing.worker.hands import Hands

LONGEST_ANSWER = 3600.0
"""Seconds for which an answer is used again at most, however long it holds."""

MOST_ANSWERS = 1024
PAUSE = 60.0
"""Seconds for which an address that gave nothing is left alone."""

UNKNOWN = "REVOCATION_UNKNOWN"


class Revocations(Hands):
    """Fetches lists and answers, from operators' addresses only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._answered: dict[tuple[UUID, bytes], tuple[float, Fetched]] = {}
        self._silent: dict[UUID, float] = {}

    def _refresh(self, id: UUID) -> None:
        """Fetch a list; a failure is recorded, for the operator to see."""
        source = self._signing.revocation_source(id)
        if source is None:
            return
        heard = self._signing.last_heard(id)
        try:
            issuer = self._files.read(source.issuer)
            fetched = fetch_list(source.url, issuer, datetime.now(UTC))
            if heard and heard.issued_at and fetched.issued_at < heard.issued_at:
                raise NoAnswer("OLDER_THAN_KEPT")
        except NoAnswer as none:
            self._signing.record_missed(id=id, code=none.code)
        else:
            kept = self._files.keep(fetched.der)
            self._signing.record_heard(
                id=id,
                file=kept.sha256,
                issued_at=fetched.issued_at,
                valid_until=fetched.valid_until,
            )

    def _trust_in(self, certificate: bytes, pdf: bytes = b"") -> TrustSet:
        """Everything trusted, with answers about a signer (DER) where no list speaks of him.

        Where a file is given, about those who signed it as well.
        """
        trust = self._trust_about(pdf) if pdf else self._signing.trust()
        path = unproven(certificate, trust, datetime.now(UTC))
        return self._with_answers(trust, [path], {sha256(certificate).hexdigest(): certificate})

    def _trust_about(self, pdf: bytes) -> TrustSet:
        """Everything trusted, with answers about those who signed a file."""
        if not self._signing.gives_answers():
            return self._signing.trust()
        name = FileRef(name="pdf", sha256=sha256(pdf).hexdigest(), size=len(pdf))
        return self._examined(pdf, name)[1]

    def _examined(
        self, pdf: bytes, file: FileRef, expected: Expected | None = None
    ) -> tuple[Examined, TrustSet]:
        """What is found out about a file, again with answers where no list speaks of a signer."""
        trust, at = self._signing.trust(), datetime.now(UTC)
        examined = partial(examine, pdf, file, at=at, expected=expected)
        found = examined(trust)
        paths = [
            one.path
            for one in found.report.signatures
            if UNKNOWN in {reason.code for reason in one.reasons}
        ]
        answered = self._with_answers(trust, paths, found.pieces)
        return (found if answered is trust else examined(answered)), answered

    def _with_answers(
        self, trust: TrustSet, paths: Iterable[Iterable[str]], pieces: Mapping[str, bytes]
    ) -> TrustSet:
        """The same with answers about the certificates of paths, where addresses are set.

        A path leads from the certificate to the anchor; `pieces` hold what is not trusted itself.
        """
        ours = (*trust.signer_anchors, *trust.timestamp_anchors, *trust.intermediates)
        known = {**pieces, **{sha256(der).hexdigest(): der for der in ours}}
        pairs = dict.fromkeys(pair for path in paths for pair in pairwise(path))
        answers = tuple(self._answers(pairs, known))
        if not answers:
            return trust
        return msgspec.structs.replace(trust, revocation_answers=trust.revocation_answers + answers)

    def _answers(
        self, pairs: Iterable[tuple[str, str]], known: Mapping[str, bytes]
    ) -> Iterator[bytes]:
        for certificate, issuer in pairs:
            source = self._signing.revocation_url(issuer, RevocationKind.ANSWER)
            if source is not None and known.keys() >= {certificate, issuer}:
                answer = self._answer(source, known[certificate], known[issuer])
                if answer is not None:
                    yield answer

    def _answer(self, source: Source, certificate: bytes, issuer: bytes) -> bytes | None:
        """The answer at hand while it holds, else a new one, unless the address just failed."""
        key, now = (source.id, certificate), datetime.now(UTC)
        until, kept = self._answered.get(key, (0.0, None))
        if kept is not None and until > time.monotonic() and kept.valid_until > now:
            return kept.der
        if self._silent.get(source.id, 0) > time.monotonic():
            return None
        try:
            fetched = fetch_answer(source.url, certificate, issuer, now)
        except NoAnswer as none:
            self._silent[source.id] = time.monotonic() + PAUSE
            self._signing.record_missed(id=source.id, code=none.code)
            return None
        if len(self._answered) >= MOST_ANSWERS:
            self._answered.clear()
        self._answered[key] = (time.monotonic() + LONGEST_ANSWER, fetched)
        self._signing.record_heard(id=source.id)
        return fetched.der
