"""Where revocation is learnt is an operator's word, and how fresh it is can be seen."""

from datetime import datetime, timedelta

import pytest

from contracts.errors import Denied
from contracts.signing import (
    AnchorUse,
    IssuerNotTrusted,
    RevocationKind,
    RevocationSourceUnknown,
    RevocationSourceView,
    RevocationState,
)
from services.kernel.context import acting, the_service
from services.signing.domain import RevocationLearnt, RevocationMissed, source_id
from tests.signing.bureau import CLERK, MONDAY
from tests.signing.council import FIRST, Council
from tests.signing.test_application_trusting import certificate

LIST, ANSWER = RevocationKind.LIST, RevocationKind.ANSWER
URL = "http://ca.example.vn/crl/a.crl"


class Sources(Council):
    """A trusted authority and where it tells of revocation."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = MONDAY
        self.signing.now = lambda: self.clock
        der = certificate("CA")
        self.issuer = self.upload(der).sha256
        self.approve(self.propose(der, AnchorUse.INTERMEDIATES))
        self.id = source_id(self.issuer, LIST)

    def set(self, url: str = URL, kind: RevocationKind = LIST) -> None:
        """The operator names an address."""
        with acting(FIRST):
            self.signing.set_revocation_source(issuer=self.issuer, kind=kind, url=url)

    def seen(self) -> list[RevocationSourceView]:
        """What the operator sees."""
        with acting(FIRST):
            return self.signing.list_revocation_sources()

    def heard(self, content: bytes = b"list", until: datetime = MONDAY + timedelta(days=7)) -> str:
        """A worker fetched a list."""
        kept = self.shelf.keep(content)
        with acting(the_service("signing")):
            self.signing.record_heard(
                id=self.id, file=kept.sha256, issued_at=MONDAY, valid_until=until
            )
        return kept.sha256

    def missed(self, code: str = "TOO_SLOW") -> None:
        """A worker got nothing."""
        with acting(the_service("signing")):
            self.signing.record_missed(id=self.id, code=code)


@pytest.fixture
def sources() -> Sources:
    """No address is set yet."""
    return Sources()


def test_an_address_is_set_for_a_trusted_authority_by_operators_only(sources: Sources) -> None:
    sources.set()
    before = sources.written()
    sources.set()
    assert sources.written() - before <= 1, "a receipt, and nothing new"
    sources.set("http://ca.example.vn/b.crl")
    (seen,) = sources.seen()
    assert (seen.url, seen.kind, seen.state) == (
        "http://ca.example.vn/b.crl",
        LIST,
        RevocationState.NEVER,
    )
    with acting(FIRST), pytest.raises(IssuerNotTrusted):
        sources.signing.set_revocation_source(issuer="0" * 64, kind=LIST, url=URL)
    with acting(CLERK):
        for refused in (
            lambda: sources.signing.set_revocation_source(
                issuer=sources.issuer, kind=LIST, url=URL
            ),
            lambda: sources.signing.drop_revocation_source(issuer=sources.issuer, kind=LIST),
            sources.signing.list_revocation_sources,
        ):
            with pytest.raises(Denied):
                refused()


def test_a_dropped_address_is_asked_no_more(sources: Sources) -> None:
    sources.set()
    sources.heard()
    assert len(sources.signing.trust().revocation_lists) == 1
    with acting(FIRST):
        sources.signing.drop_revocation_source(issuer=sources.issuer, kind=LIST)
        with pytest.raises(RevocationSourceUnknown):
            sources.signing.drop_revocation_source(issuer=sources.issuer, kind=LIST)
    assert sources.seen() == []
    assert sources.signing.trust().revocation_lists == ()


def test_stale_and_failed_are_seen(sources: Sources) -> None:
    sources.set()
    sources.missed()
    assert (sources.seen()[0].state, sources.seen()[0].failure) == (
        RevocationState.FAILED,
        "TOO_SLOW",
    )
    sources.heard()
    fresh = sources.seen()[0]
    assert (fresh.state, fresh.failure, fresh.issued_at) == (RevocationState.FRESH, "", MONDAY)
    sources.missed("HTTP_503")
    assert sources.seen()[0].state is RevocationState.FAILED
    sources.clock = MONDAY + timedelta(days=8)
    stale = sources.seen()[0]
    assert (stale.state, stale.failure) == (RevocationState.STALE, "HTTP_503")


def test_what_is_known_already_is_not_recorded_again(sources: Sources) -> None:
    sources.set()

    def recorded(kind: type) -> int:
        events = sources.signing.recorder.select_notifications(None, 1000)
        return sum(event.topic == vars(kind)["TOPIC"] for event in events)

    for _ in range(3):
        sources.missed()
    for _ in range(3):
        sources.heard()
    sources.missed()
    sources.heard()
    sources.heard(b"another")
    assert (recorded(RevocationMissed), recorded(RevocationLearnt)) == (2, 3)


def test_the_trusted_set_follows_the_lists_and_is_built_once(sources: Sources) -> None:
    sources.set()
    sources.heard(b"first")
    first = sources.signing.trust()
    assert first.revocation_lists == (b"first",)
    assert sources.signing.trust() is first
    sources.heard(b"second")
    assert sources.signing.trust().revocation_lists == (b"second",)


def test_only_workers_record_what_was_heard(sources: Sources) -> None:
    sources.set()
    for refused in (sources.signing.record_heard, sources.signing.record_missed):
        with acting(FIRST), pytest.raises(Denied):
            refused(id=sources.id, **({"code": "X"} if "missed" in refused.__name__ else {}))
