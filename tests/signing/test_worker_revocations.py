"""Workers fetch revocation from operators' addresses, and believe what its authority signed."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from threading import Thread
from uuid import UUID

import pytest

from contracts.signing import RevocationKind, RevocationState
from contracts.values import Placements, Verdict
from infra.local import pki
from infra.local.responder import Responder
from services.kernel.context import acting
from services.signing.domain import Progress, Verification, source_id
from services.signing.worker import SigningWorker
from tests.signing.bureau import DOCUMENT, arrived
from tests.signing.conftest import LEADER, Desk
from tests.signing.council import FIRST, Council
from tests.signing.test_worker import TRACE, job, sign_both
from tests.trust import certificates

LIST, ANSWER = RevocationKind.LIST, RevocationKind.ANSWER


class Post(Council):
    """A worker whose operator named the addresses of a desk's authority, asked over HTTP."""

    def __init__(self, desk: Desk, responder: Responder) -> None:
        super().__init__()
        self.entrust(desk.folder, lists=False)
        self.url, self.desk = responder.url, desk
        self.worker = SigningWorker(self.signing, self.shelf, desk.folder, desk.authority())

    def issuer(self, part: str) -> str:
        """The fingerprint of `root` or `issuing`."""
        (der,) = certificates(self.desk.folder / f"authority/{part}.pem")
        return sha256(der).hexdigest()

    def name(self, part: str, path: str, kind: RevocationKind = LIST) -> UUID:
        """The operator names an address."""
        with acting(FIRST):
            self.signing.set_revocation_source(
                issuer=self.issuer(part), kind=kind, url=self.url + path
            )
        return source_id(self.issuer(part), kind)

    def fetch(self, part: str, path: str) -> None:
        """The worker's round comes to a list."""
        self.worker.work(job("revocation", self.name(part, path)), TRACE)

    def states(self) -> list[tuple[RevocationState, str]]:
        """What the operator sees of the addresses."""
        with acting(FIRST):
            return [(it.state, it.failure) for it in self.signing.list_revocation_sources()]

    def verdict(self, pdf: bytes, id: UUID = DOCUMENT) -> Verdict | None:
        """What verification says of a file."""
        self.told(arrived([self.file(pdf)], id))
        self.worker.work(job("verification", id), TRACE)
        return self.signing.load(Verification, id).verdict


@pytest.fixture
def own(own_desk: Callable[[], Desk]) -> Desk:
    """A desk whose authority may revoke."""
    return own_desk()


@pytest.fixture
def post(own: Desk) -> Iterator[Post]:
    """Its authority answers over HTTP."""
    with Responder(own.folder) as responder:
        Thread(target=responder.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield Post(own, responder)
        responder.shutdown()


def test_nothing_is_certain_until_the_lists_came(post: Post, sealed: bytes) -> None:
    assert post.verdict(sealed) is Verdict.INDETERMINATE
    post.fetch("root", "/crl/root.crl")
    post.fetch("issuing", "/crl/issuing.crl")
    assert post.states() == [(RevocationState.FRESH, "")] * 2
    assert post.verdict(sealed, UUID(int=2)) is Verdict.TRUSTED


def test_a_newer_list_bites_with_the_next_verification(
    post: Post, own: Desk, sealed: bytes
) -> None:
    post.fetch("root", "/crl/root.crl")
    post.fetch("issuing", "/crl/issuing.crl")
    pki.revoke(own.folder, LEADER, own.at - timedelta(days=1))
    post.fetch("issuing", "/crl/issuing.crl")
    assert post.verdict(sealed) is Verdict.REVOKED


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/crl/issuing.crl?status=503", "HTTP_503"),
        ("/crl/issuing.crl?garbage=1", "NOT_A_LIST"),
        ("/crl/root.crl", "NOT_ITS_LIST"),
    ],
)
def test_a_list_that_does_not_come_or_is_another_authoritys_is_not_believed(
    post: Post, path: str, code: str
) -> None:
    post.fetch("issuing", path)
    assert post.states() == [(RevocationState.FAILED, code)]
    assert post.signing.trust().revocation_lists == ()


def test_an_older_list_does_not_take_the_place_of_a_newer_one(post: Post, own: Desk) -> None:
    old = (own.folder / "crl/issuing.crl").read_bytes()
    now = datetime.now(UTC)
    pki.renew_lists(own.folder, now + timedelta(days=29))
    post.fetch("issuing", "/crl/issuing.crl")
    kept = post.signing.trust().revocation_lists
    assert kept != (old,)
    (own.folder / "crl/issuing.crl").write_bytes(old)
    post.fetch("issuing", "/crl/issuing.crl")
    assert post.states() == [(RevocationState.FAILED, "OLDER_THAN_KEPT")]
    assert post.signing.trust().revocation_lists == kept


def test_where_no_list_speaks_the_authority_is_asked_about_each_signer(
    post: Post, own: Desk, sealed: bytes
) -> None:
    post.fetch("root", "/crl/root.crl")
    id = post.name("issuing", "/ocsp", ANSWER)
    assert post.verdict(sealed) is Verdict.TRUSTED
    report = post.signing.load(Verification, DOCUMENT).reports[0]
    assert b'"REVOCATION_ANSWER"' in post.shelf.read(report.sha256)
    heard = post.signing.last_heard(id)
    assert heard is not None and post.states()[-1] == (RevocationState.FRESH, "")


def test_an_answer_that_a_signer_is_revoked_is_heard(post: Post, own: Desk, sealed: bytes) -> None:
    pki.revoke(own.folder, LEADER, own.at - timedelta(days=1))
    post.fetch("root", "/crl/root.crl")
    post.name("issuing", "/ocsp", ANSWER)
    assert post.verdict(sealed) is Verdict.REVOKED


def test_an_authority_that_gives_no_answer_leaves_it_open_and_is_left_alone(
    post: Post, sealed: bytes
) -> None:
    post.fetch("root", "/crl/root.crl")
    post.name("issuing", "/ocsp?status=500", ANSWER)
    assert post.verdict(sealed) is Verdict.INDETERMINATE
    assert post.states()[-1] == (RevocationState.FAILED, "HTTP_500")
    before = post.written()
    assert post.verdict(sealed, UUID(int=3)) is Verdict.INDETERMINATE
    assert post.written() - before == 3, "asked for, concluded, answered: no second failure"


def test_nobody_is_asked_at_an_address_that_no_operator_named(
    post: Post, own: Desk, sealed: bytes
) -> None:
    post.worker.work(job("revocation", source_id("0" * 64, LIST)), TRACE)
    assert post.verdict(sealed) is Verdict.INDETERMINATE
    assert post.states() == []


def test_both_sign_where_the_authority_gives_answers_only(
    post: Post, letter: tuple[bytes, Placements]
) -> None:
    post.fetch("root", "/crl/root.crl")
    post.name("issuing", "/ocsp", ANSWER)
    assert sign_both(post, post.worker, letter).progress is Progress.DONE
