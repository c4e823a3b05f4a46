# mypy: allow-untyped-calls
"""What proves that a certificate was in good standing: its path, and what speaks of revocation.

This is what a file takes along for later (PAdES B-LT): the very certificates, lists and answers
that are at hand now, chosen by who issued them, nothing fetched.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from asn1crypto import crl, ocsp, x509

from services.signing.adapters.trust.answers import read_answer
from services.signing.adapters.trust.building import paths
from services.signing.adapters.trust.lists import read_list
from services.signing.adapters.trust.revocation import Path, pyca
from services.signing.adapters.trust.trusted import TrustSet


@dataclass(frozen=True)
class Standing:
    """A path's certificates, and the lists and answers that speak of them.

    ``complete`` if each certificate below the anchor is spoken of; ``until`` is the first instant
    at which one of the path is out of its time.
    """

    certificates: tuple[x509.Certificate, ...]
    lists: tuple[crl.CertificateList, ...]
    answers: tuple[ocsp.OCSPResponse, ...]
    complete: bool
    until: datetime


def standing(
    certificate: x509.Certificate,
    anchors: Sequence[bytes],
    others: Sequence[x509.Certificate],
    trust: TrustSet,
    at: datetime,
) -> Standing | None:
    """The best proven, then longest lasting way to an anchor that holds ``at``, if there is one."""
    roots = [x509.Certificate.load(der) for der in anchors]
    pinned = [x509.Certificate.load(der) for der in trust.intermediates]
    ways = paths(certificate, roots, [*pinned, *others], at)
    found = [_of(way, trust) for way in ways if not isinstance(way, Exception)]
    return max(found, key=lambda one: (one.complete, one.until), default=None)


def _of(path: Path, trust: TrustSet) -> Standing:
    lists, answers, spoken = [], [], 0
    for issuer, certificate in pairwise(path):
        by_lists = list(_lists(issuer, trust))
        by_answers = list(_answers(certificate, issuer, trust))
        spoken += bool(by_lists or by_answers)
        lists += by_lists
        answers += by_answers
    return Standing(
        certificates=tuple(path),
        lists=tuple(crl.CertificateList.load(der) for der in lists),
        answers=tuple(ocsp.OCSPResponse.load(der) for der in answers),
        complete=spoken == len(path) - 1,
        until=min(one.not_valid_after for one in path),
    )


def _lists(issuer: x509.Certificate, trust: TrustSet) -> Iterator[bytes]:
    for der in trust.revocation_lists:
        one = read_list(der)
        if one is not None and one.is_by(pyca(issuer)):
            yield der


def _answers(
    certificate: x509.Certificate, issuer: x509.Certificate, trust: TrustSet
) -> Iterator[bytes]:
    for der in trust.revocation_answers:
        one = read_answer(der)
        if one is not None and any(one.words_on(certificate, issuer, lambda *_: True)):
            yield der
