"""One request is bounded in time and in bytes, and goes where it was told only."""

import time
from collections.abc import Iterator
from threading import Thread

import pytest

from infra.local.responder import Responder
from services.signing.adapters.network.web import NoAnswer, Web
from tests.signing.conftest import Desk


@pytest.fixture(scope="module")
def served(desk: Desk) -> Iterator[Responder]:
    """The session's authority over loopback HTTP."""
    with Responder(desk.folder) as responder:
        Thread(target=responder.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield responder
        responder.shutdown()


def test_what_lies_at_an_address_is_read(served: Responder, desk: Desk) -> None:
    read = Web(5, 1 << 20).get(f"{served.url}/crl/root.crl")
    assert read == (desk.folder / "crl/root.crl").read_bytes()


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/crl/other.crl", "HTTP_404"),
        ("/crl/root.crl?status=301", "HTTP_301"),
        ("/crl/root.crl?drop=1", "UNREACHABLE"),
    ],
)
def test_no_answer_has_its_code(served: Responder, path: str, code: str) -> None:
    with pytest.raises(NoAnswer) as none:
        Web(5, 1 << 20).get(served.url + path)
    assert none.value.code == code


def test_an_answer_ends_at_its_size_and_its_time(served: Responder) -> None:
    with pytest.raises(NoAnswer, match="ANSWER_TOO_LARGE"):
        Web(5, 100).get(f"{served.url}/crl/root.crl")
    began = time.monotonic()
    with pytest.raises(NoAnswer, match="TOO_SLOW"):
        Web(0.2, 100).get(f"{served.url}/crl/root.crl?slow=30")
    assert time.monotonic() - began < 5


def test_another_media_type_than_the_wanted_one_is_no_answer(served: Responder) -> None:
    with pytest.raises(NoAnswer, match="NOT_WHAT_WAS_ASKED"):
        Web(5, 100).post(f"{served.url}/ocsp?garbage=1", b"", "a/b", "application/ocsp-response")
