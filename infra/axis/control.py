"""Telling a local axis what to be: agencies to know, habits to have, faults to commit."""

import json
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from infra.axis.store import Fault


class ControlRefused(Exception):
    """The axis does not take this order; the text holds its answer."""


class Control:
    """The control of an axis at `url`, for whoever holds its token."""

    def __init__(self, url: str, token: str) -> None:
        self._at, self._token = urlsplit(url), token

    def enrol(self, code: str, secret: str | None = None, **told: Any) -> None:
        """Let an agency send and receive; without a secret it only stands in the directory."""
        self._order("agencies", {"code": code, "secret": secret, **told})

    def habits(self, **told: str) -> None:
        """`zips` yes or no, `station` a code, `null` or `none`, `strict` yes or no."""
        self._order("habits", told)

    def misbehave(self, fault: Fault) -> None:
        """Commit this fault at the next questions."""
        self._order("faults", vars(fault))

    def behave(self) -> None:
        """Commit no fault any more."""
        self._order("peace", {})

    def _order(self, what: str, told: dict[str, Any]) -> None:
        connection = HTTPConnection(self._at.hostname or "", self._at.port, timeout=10)
        headers = {"Authorization": f"Bearer {self._token}"}
        try:
            connection.request("POST", f"/control/{what}", json.dumps(told).encode(), headers)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise ControlRefused(f"{answer.status} {text.decode(errors='replace')}")
