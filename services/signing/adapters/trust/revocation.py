# mypy: allow-untyped-calls
"""Whether a path was revoked: every list and answer that speaks of its certificates is heard."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Final, TypeVar

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature

from services.signing.adapters.pdf.opening import LIBRARY_FAILURES
from services.signing.adapters.trust.answers import RevocationAnswer
from services.signing.adapters.trust.lists import RevocationList
from services.signing.adapters.trust.words import Word, status
from services.signing.adapters.verification.report import Reason, Trust

T = TypeVar("T")
Path = Sequence[asn1.Certificate]
"""Certificates from the anchor down to the one that is asked about."""


@dataclass(frozen=True)
class Brought:
    """What a file brings along: certificates to complete a path, and proof of revocation."""

    certificates: tuple[asn1.Certificate, ...] = ()
    lists: tuple[RevocationList, ...] = ()
    answers: tuple[RevocationAnswer, ...] = ()


NOTHING: Final = Brought()


@dataclass(frozen=True)
class Proofs:
    """What is heard. ``pinned`` authorities may be an issuer once more, with a renewed key."""

    lists: tuple[RevocationList, ...]
    answers: tuple[RevocationAnswer, ...]
    anchors: tuple[asn1.Certificate, ...]
    pinned: tuple[asn1.Certificate, ...]

    def status_of_path(self, path: Path, at: datetime) -> tuple[Trust, tuple[Reason, ...]]:
        """The status of all below the anchor: of the first that is not good, or good."""
        remarks: tuple[Reason, ...] = ()
        for length in range(2, len(path) + 1):
            trust, reasons = self.status(path[:length], at)
            if trust != "TRUSTED":
                return trust, reasons
            remarks += reasons
        return "TRUSTED", remarks

    def status(self, path: Path, at: datetime) -> tuple[Trust, tuple[Reason, ...]]:
        """The status of the path's last certificate."""
        words = list(self._words(path)) if len(path) > 1 else []
        return status(words, at, path[-1].not_valid_after)

    def _words(self, path: Path) -> Iterator[Word]:
        """What all of them say; one that nobody can read takes no other's word with it."""
        *above, certificate = path
        about, issuers = pyca(certificate), list(self._issuers(above))
        by_lists = replace(self, answers=())

        def listed(one: RevocationList) -> Iterable[Word | None]:
            named = one.crl.issuer == about.issuer
            return [one.word_on(about)] if named and any(_counts(one, it) for it in issuers) else []

        def answered(one: RevocationAnswer) -> Iterable[Word]:
            return one.words_on(
                certificate,
                above[-1],
                lambda by, at: by_lists.status((*above, by), at)[0] == "TRUSTED",
            )

        for one in self.lists:
            yield from _heard(listed, one)
        for answer in self.answers:
            if _in_time(answer.proven_at, issuers[0]):
                yield from _heard(answered, answer)

    def _issuers(self, above: Path) -> Iterator[x509.Certificate]:
        """The issuer of the path, and the same authority under other keys it was given."""
        issuer = pyca(above[-1])
        yield issuer
        for other in map(pyca, self.pinned):
            if other.subject == issuer.subject and _is_below(other, above):
                yield other
        yield from (one for one in map(pyca, self.anchors) if one.subject == issuer.subject)


@lru_cache(maxsize=256)
def _read(der: bytes) -> x509.Certificate:
    return x509.load_der_x509_certificate(der)


def pyca(certificate: asn1.Certificate) -> x509.Certificate:
    """The same certificate as the other library reads it; ValueError if it cannot."""
    return _read(certificate.dump())


def _heard(say: Callable[[T], Iterable[Word | None]], one: T) -> list[Word]:
    try:
        return [word for word in say(one) if word is not None]
    except LIBRARY_FAILURES:
        return []


def _counts(one: RevocationList, issuer: x509.Certificate) -> bool:
    return one.is_by(issuer) and _in_time(one.proven_at, issuer)


def _in_time(proven_at: datetime | None, issuer: x509.Certificate) -> bool:
    """Proof brought along counts only if it existed while its authority's key was good."""
    return proven_at is None or proven_at <= issuer.not_valid_after_utc


def _is_below(other: x509.Certificate, above: Path) -> bool:
    if len(above) < 2:
        return False
    try:
        other.verify_directly_issued_by(pyca(above[-2]))
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
