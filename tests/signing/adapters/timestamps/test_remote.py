"""Time stamps over HTTP from an authority that is slow, away, refuses, or stamps wrongly."""

import asyncio
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from asn1crypto import tsp

from infra.local.responder import Responder
from services.signing.adapters import refusals
from services.signing.adapters.network.web import NoAnswer
from services.signing.adapters.timestamps.remote import RemoteTimeAuthority
from services.signing.adapters.verification.judging import judge
from tests.signing.conftest import Desk

DIGEST = hashlib.sha256(b"a signature").digest()
POLICY = "2.16.704.1.1.1.2"


@pytest.fixture(scope="module")
def served(desk: Desk) -> Iterator[Responder]:
    """The session's authority over loopback HTTP."""
    with Responder(desk.folder) as responder:
        Thread(target=responder.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield responder
        responder.shutdown()


def stamp(authority: RemoteTimeAuthority) -> tsp.TSTInfo:
    """What the stamp says that an authority gives."""
    token = asyncio.run(authority.async_timestamp(DIGEST, "sha256"))
    return token["content"]["encap_content_info"]["content"].parsed


def test_a_stamp_is_over_the_very_digest_under_the_policy(served: Responder) -> None:
    info = stamp(RemoteTimeAuthority(f"{served.url}/tsa", 5, POLICY))
    assert info["message_imprint"]["hashed_message"].native == DIGEST
    assert info["policy"].native == POLICY


def test_a_signature_stamped_over_http_verifies(
    served: Responder, desk: Desk, prepared: bytes
) -> None:
    authority = RemoteTimeAuthority(f"{served.url}/tsa", 5, POLICY)
    signed = desk.sign(prepared, authority=authority)
    report = judge(signed, desk.trust(), desk.at)
    assert (report.verdict, report.signatures[0].time) == ("TRUSTED", "PROVEN")


def test_modifications_are_granted_too(served: Responder) -> None:
    authority = RemoteTimeAuthority(f"{served.url}/tsa?wrong=mods", 5, POLICY)
    assert stamp(authority)["policy"].native == POLICY


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("reject", "rejection bad_alg"),
        ("nonce", "nonce"),
        ("imprint", "imprint"),
        ("policy", "policy 1.2.3.4"),
    ],
)
def test_a_refusal_or_another_stamp_than_was_asked_is_rejected_at_once(
    served: Responder, wrong: str, why: str
) -> None:
    before = served.asked.get("/tsa", 0)
    with pytest.raises(refusals.TsaRejected) as refused:
        stamp(RemoteTimeAuthority(f"{served.url}/tsa?wrong={wrong}", 5, POLICY))
    assert refused.value.data["why"] == why
    assert served.asked["/tsa"] == before + 1


@pytest.mark.parametrize(
    ("mood", "error"),
    [
        ("status=503", "HTTP_503"),
        ("status=302", "HTTP_302"),
        ("drop=1", "UNREACHABLE"),
        ("garbage=1", "NOT_WHAT_WAS_ASKED"),
    ],
)
def test_an_authority_that_is_not_well_is_asked_three_times(
    served: Responder, mood: str, error: str
) -> None:
    before, began = served.asked.get("/tsa", 0), time.monotonic()
    with pytest.raises(refusals.TsaUnavailable) as refused:
        stamp(RemoteTimeAuthority(f"{served.url}/tsa?{mood}", 20, POLICY, first_pause=0.01))
    assert refused.value.data["error"] == error
    assert served.asked["/tsa"] == before + 3
    assert time.monotonic() - began >= 0.05


def test_all_tries_together_end_in_time(served: Responder) -> None:
    began = time.monotonic()
    with pytest.raises(refusals.TsaUnavailable) as refused:
        stamp(RemoteTimeAuthority(f"{served.url}/tsa?slow=30", 0.3, POLICY))
    assert refused.value.data["error"] == "TOO_SLOW"
    assert time.monotonic() - began < 5


def test_nobody_listening_is_unavailable() -> None:
    with pytest.raises(refusals.TsaUnavailable):
        stamp(RemoteTimeAuthority("http://127.0.0.1:1/tsa", 5, POLICY, first_pause=0.01))


def test_without_a_turn_nobody_is_asked(served: Responder) -> None:
    @contextmanager
    def no_turn(until: float) -> Iterator[None]:
        raise NoAnswer("NO_TURN")
        yield

    before = served.asked.get("/tsa", 0)
    authority = RemoteTimeAuthority(f"{served.url}/tsa", 5, POLICY, no_turn, first_pause=0.01)
    with pytest.raises(refusals.TsaUnavailable) as refused:
        stamp(authority)
    assert (refused.value.data["error"], served.asked.get("/tsa", 0)) == ("NO_TURN", before)
