"""The signed token that says who asks: issued by accounts, verified everywhere (JWT, Ed25519)."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import jwt
import msgspec

from contracts.envelope import Actor
from contracts.errors import Denied
from contracts.values import Role
from services.kernel.context import Circumstances

AUDIENCE = "vanban"
ALGORITHM = "EdDSA"


def issue(private_key: Path, actor: Actor, roles: list[Role], expires_at: datetime) -> str:
    """A token for this actor until `expires_at`."""
    claims = {
        "aud": AUDIENCE,
        "sub": actor.person,
        "name": actor.name,
        "post": actor.post,
        "agency": actor.agency,
        "roles": [str(role) for role in roles],
        "exp": int(expires_at.timestamp()),
    }
    return jwt.encode(claims, private_key.read_text(), algorithm=ALGORITHM)


class Verifier:
    """Says whose token it is, or `Denied`. Only our algorithm and our key, never those it names."""

    def __init__(self, public_key: Path) -> None:
        self._key = public_key.read_text()
        self._claims = lru_cache(maxsize=4096)(self._decode)

    def _decode(self, token: str) -> dict[str, Any]:
        return jwt.decode(
            token,
            self._key,
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            options={"require": ["exp", "sub", "aud"], "verify_exp": False},
        )

    def __call__(self, token: str) -> Circumstances:
        """The circumstances of the token's holder. Refusals: `Denied`."""
        if not token:
            raise Denied(why="the call carries no token")
        try:
            claims = self._claims(token)
            roles = msgspec.convert(claims.get("roles", []), frozenset[Role])
        except (jwt.InvalidTokenError, msgspec.ValidationError):
            raise Denied(why="the token is not ours") from None
        if claims["exp"] <= datetime.now(UTC).timestamp():
            raise Denied(why="the token has expired")
        actor = Actor(
            person=claims["sub"],
            name=claims.get("name", ""),
            post=claims.get("post", ""),
            agency=claims.get("agency", ""),
        )
        return Circumstances(actor=actor, roles=roles - {Role.SERVICE})
