"""The exchange axis (trục liên thông) held by an agency: one HTTP client for every question.

    axis = Axis(url, system_id="H47.05", secret=secret)
    doc_id = axis.ask(questions.send(data, MessageType.DOCUMENT, axis.system_id)).doc_id

An answer that does not come is asked for again, at growing intervals, with the very same bytes; the
axis may then hold a message twice, which a receiver tells by its words. FAIL is never repeated.
Refusals: `AxisRefused` (FAIL), `Unavailable` (the axis is away: the same later).
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

import urllib3

from contracts.axis import Answer, Ask, signed, understood
from contracts.errors import Unavailable
from contracts.working_time import VIETNAM

A = TypeVar("A", bound=Answer)
PATIENCE = urllib3.Timeout(connect=3, read=60)
AGAIN = urllib3.Retry(
    4,
    backoff_factor=0.5,
    backoff_jitter=0.2,
    status_forcelist=(500, 502, 503, 504),
    allowed_methods=None,
    redirect=False,
)

ONCE = urllib3.Retry(1, backoff_factor=0.1, redirect=False, allowed_methods=None)
"""For whoever asks again by himself, at growing intervals."""


class Axis:
    """The axis at `url` (`http://host:port`), asked in the name of one agency's system."""

    def __init__(
        self,
        url: str,
        *,
        system_id: str,
        secret: str,
        timeout: urllib3.Timeout = PATIENCE,
        retries: urllib3.Retry = AGAIN,
    ) -> None:
        self.system_id, self._url, self._secret = system_id, url.rstrip("/"), secret
        self._http = urllib3.PoolManager(maxsize=4, timeout=timeout, retries=retries)

    def ask(self, asked: Ask[A]) -> A:
        """The answer; whoever is not answered asks the same again later."""
        now = datetime.now(VIETNAM)
        question = signed(asked, system_id=self.system_id, secret=self._secret, at=now)
        url, body = self._url + question.path, question.body or None
        try:
            told = self._http.request(question.method, url, body=body, headers=question.headers)
        except urllib3.exceptions.HTTPError as error:
            raise Unavailable(why=f"the axis: {type(error).__name__}") from None
        return understood(asked, told.status, told.data)
