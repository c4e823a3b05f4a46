"""Only a token of ours, in force and meant for us, says who asks."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given
from hypothesis import strategies as st

from contracts.envelope import Actor
from contracts.errors import Denied
from contracts.values import Role
from services.kernel.tokens import Verifier, issue

AN = Actor(person="an", name="Trần Thị Ân", post="Văn thư", agency="H47.05")
LATER = datetime.now(UTC) + timedelta(hours=1)
CLAIMS = {"aud": "vanban", "sub": "an", "roles": ["clerk"], "exp": int(LATER.timestamp())}


class Pair:
    """A key pair in two files."""

    def __init__(self, folder: Path) -> None:
        key = Ed25519PrivateKey.generate()
        self.private, self.public = folder / "private.pem", folder / "public.pem"
        self.private.write_bytes(
            key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        )
        self.public.write_bytes(
            key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        )

    def sign(self, claims: dict[str, Any]) -> str:
        """A token with these claims."""
        return jwt.encode(claims, self.private.read_text(), algorithm="EdDSA")


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """Our keys."""
    return Pair(tmp_path_factory.mktemp("ours"))


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """Somebody else's keys."""
    return Pair(tmp_path_factory.mktemp("theirs"))


@pytest.fixture(scope="module")
def verify(ours: Pair) -> Verifier:
    """Who looks at tokens."""
    return Verifier(ours.public)


def part(value: dict[str, Any]) -> str:
    """A part of a token, unsigned."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def hs256_with_the_public_key(ours: Pair) -> str:
    """The public key taken for a shared secret: everybody knows it."""
    head = f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part(CLAIMS)}"
    signature = hmac.digest(ours.public.read_bytes(), head.encode(), hashlib.sha256)
    return f"{head}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def bad_tokens(ours: Pair, theirs: Pair) -> dict[str, str]:
    """Tokens that say nothing, each for another reason."""
    head, claims, signature = ours.sign(CLAIMS).split(".")
    none = part({"alg": "none", "typ": "JWT"})
    past = int((datetime.now(UTC) - timedelta(seconds=1)).timestamp())
    return {
        "empty": "",
        "no token": "nonsense",
        "alg none": f"{none}.{part(CLAIMS)}.",
        "alg none, our signature": f"{none}.{part(CLAIMS)}.{signature}",
        "HS256 with our public key": hs256_with_the_public_key(ours),
        "another key": theirs.sign(CLAIMS),
        "another key named in the token": jwt.encode(
            CLAIMS,
            theirs.private.read_text(),
            algorithm="EdDSA",
            headers={"jwk": {"kty": "OKP"}, "kid": str(theirs.public)},
        ),
        "expired": ours.sign(CLAIMS | {"exp": past}),
        "for another audience": ours.sign(CLAIMS | {"aud": "elsewhere"}),
        "without an audience": ours.sign({k: v for k, v in CLAIMS.items() if k != "aud"}),
        "without an end": ours.sign({k: v for k, v in CLAIMS.items() if k != "exp"}),
        "without a person": ours.sign({k: v for k, v in CLAIMS.items() if k != "sub"}),
        "an unknown role": ours.sign(CLAIMS | {"roles": ["emperor"]}),
        "roles that are none": ours.sign(CLAIMS | {"roles": "clerk"}),
        "other claims": f"{head}.{part(CLAIMS | {'sub': 'bình'})}.{signature}",
        "no signature": f"{head}.{claims}.",
        "half a signature": f"{head}.{claims}.{signature[:40]}",
    }


WRONGS = [
    *("empty", "no token", "alg none", "alg none, our signature", "HS256 with our public key"),
    *("another key", "another key named in the token", "expired", "for another audience"),
    *("without an audience", "without an end", "without a person", "an unknown role"),
    *("roles that are none", "other claims", "no signature", "half a signature"),
]


@pytest.mark.parametrize("wrong", WRONGS)
def test_a_wrong_token_is_denied(wrong: str, verify: Verifier, ours: Pair, theirs: Pair) -> None:
    tokens = bad_tokens(ours, theirs)
    assert list(tokens) == WRONGS
    with pytest.raises(Denied):
        verify(tokens[wrong])


def test_our_token_says_who_asks(verify: Verifier, ours: Pair) -> None:
    token = issue(ours.private, AN, [Role.CLERK, Role.LEADER], LATER)
    who = verify(token)
    assert who.actor == AN
    assert who.roles == {Role.CLERK, Role.LEADER}
    assert verify(token) == who


def test_nobody_becomes_a_service_by_token(verify: Verifier, ours: Pair) -> None:
    """Services prove themselves to the broker; a token cannot."""
    assert verify(issue(ours.private, AN, [Role.SERVICE, Role.CLERK], LATER)).roles == {Role.CLERK}


def test_a_token_ends_also_when_it_was_seen_before(verify: Verifier, ours: Pair) -> None:
    ends = datetime.now(UTC) + timedelta(seconds=1)
    token = ours.sign(CLAIMS | {"exp": ends.timestamp()})
    verify(token)
    threading.Event().wait((ends - datetime.now(UTC)).total_seconds() + 0.05)
    with pytest.raises(Denied, match="expired"):
        verify(token)


@given(place=st.integers(0, 10_000), letter=st.characters(codec="utf-8"))
def test_a_token_changed_in_one_letter_is_denied(
    verify: Verifier, ours: Pair, place: int, letter: str
) -> None:
    token = ours.sign(CLAIMS)
    at = place % len(token)
    changed = token[:at] + letter + token[at + 1 :]
    if _same_bytes(changed, token):
        return
    with pytest.raises(Denied):
        verify(changed)


def _same_bytes(one: str, other: str) -> bool:
    """Whether two spellings decode to the same bytes: spare bits of base64 say nothing."""
    if not re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+", one, re.ASCII):
        return one == other
    return all(
        base64.urlsafe_b64decode(a + "==") == base64.urlsafe_b64decode(b + "==")
        for a, b in zip(one.split("."), other.split("."), strict=True)
    )


@given(st.text())
def test_whatever_is_sent_as_a_token_is_denied_without_a_defect(
    verify: Verifier, text: str
) -> None:
    with pytest.raises(Denied):
        verify(text)
