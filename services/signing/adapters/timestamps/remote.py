# mypy: allow-untyped-calls
"""Time stamps from an authority that is slow and unreliable: RFC 3161 over HTTP.

All tries together take at most `seconds`, so that the job goes back to its queue and holds no
worker for ever; how many ask at once over the whole house is the business of `turn`.
"""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, ClassVar, Final

from asn1crypto import cms, core, tsp
from pyhanko.sign.timestamps import TimeStamper

from services.signing.adapters import refusals
from services.signing.adapters.network.web import NoAnswer, Web

TRIES: Final = 3
FIRST_PAUSE: Final = 0.5
"""Seconds before the second try; four times as long before the third."""

MOST_BYTES: Final = 256 * 1024
GRANTED: Final = frozenset({"granted", "granted_with_mods"})
Turn = Callable[[float], AbstractContextManager[None]]
"""Waits for a turn until an instant of `time.monotonic`, and holds it while the block runs."""


Authority = TimeStamper
"""Whoever gives time stamps; here one over HTTP, in tests one within the process."""


def _at_once(until: float) -> AbstractContextManager[None]:
    return nullcontext()


class Response(core.Sequence):  # type: ignore[misc]
    """RFC 3161's TimeStampResp; the library takes the stamp for a thing that is always there."""

    _fields: ClassVar[list[Any]] = [
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


class RemoteTimeAuthority(TimeStamper):
    """The authority at `url`; its stamps must be under `policy`, where one is named.

    Refuses with `TsaUnavailable` when it does not answer in time, or not with a stamp, and with
    `TsaRejected` when it says no or stamps something else than was asked.
    """

    def __init__(
        self,
        url: str,
        seconds: float = 180.0,
        policy: str = "",
        turn: Turn = _at_once,
        first_pause: float = FIRST_PAUSE,
    ) -> None:
        super().__init__()
        self._url, self._seconds, self._policy, self._turn = url, seconds, policy, turn
        self._first_pause = first_pause
        self._web = Web(seconds, MOST_BYTES)

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """A stamp over the digest, checked to be the one that was asked for."""
        nonce, asked = self.request_cms(message_digest, md_algorithm)
        token, info = self._answer(asked.dump())
        imprint = asked["message_imprint"]
        if info["nonce"] != nonce:
            raise refusals.TsaRejected(why="nonce")
        if info["message_imprint"]["hashed_message"] != imprint["hashed_message"].native:
            raise refusals.TsaRejected(why="imprint")
        if self._policy and info["policy"] != self._policy:
            raise refusals.TsaRejected(why=f"policy {info['policy']}")
        return token

    def _answer(self, request: bytes) -> tuple[cms.ContentInfo, dict[str, Any]]:
        """The first answer that is one, within the time for all tries."""
        until, pause, why = (
            time.monotonic() + self._seconds,
            self._first_pause,
            NoAnswer("TOO_SLOW"),
        )
        for left in reversed(range(TRIES)):
            try:
                return self._try(request, until)
            except NoAnswer as failure:
                why = failure
            if not left or time.monotonic() + pause >= until:
                break
            time.sleep(pause)
            pause *= 4
        raise refusals.TsaUnavailable(error=why.code) from why

    def _try(self, request: bytes, until: float) -> tuple[cms.ContentInfo, dict[str, Any]]:
        with self._turn(until):
            sent, wanted = "application/timestamp-query", "application/timestamp-reply"
            response = self._web.post(self._url, request, sent, wanted, until)
        try:
            answered = Response.load(response, strict=True)
            _check_granted(answered["status"].native)
            token = answered["time_stamp_token"]
            return token, token["content"]["encap_content_info"]["content"].parsed.native
        except (ValueError, TypeError, KeyError) as garbled:
            raise NoAnswer("GARBLED") from garbled


def _check_granted(status: dict[str, Any]) -> None:
    if status["status"] == "waiting":
        raise NoAnswer("WAITING")
    if status["status"] not in GRANTED:
        words = [*(status["status_string"] or []), *sorted(status["fail_info"] or [])]
        raise refusals.TsaRejected(why=" ".join([status["status"], *words]))
