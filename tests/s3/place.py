"""A corner of a bucket that belongs to one test: every key begins with a prefix of its own.

Buckets are shared by the whole run, since some servers set aside a volume for each.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import uuid4

import urllib3
from minio import Minio
from minio.error import S3Error

from tests.s3.signed import Account

REFUSALS = {"AccessDenied", "InvalidRequest", "ObjectLocked", "MethodNotAllowed"}


@dataclass(frozen=True)
class Place:
    """The objects of one test; names are without the prefix."""

    account: Account
    bucket: str
    prefix: str = field(default_factory=lambda: f"{uuid4().hex}/")

    @cached_property
    def client(self) -> Minio:
        """The client library as the owner of the bucket."""
        return self.account.client()

    def key(self, name: str) -> str:
        """The whole key of an object."""
        return self.prefix + name

    def put(self, name: str, content: bytes, **how: Any) -> str:
        """Write an object; its version id, if the bucket keeps versions."""
        body = io.BytesIO(content)
        written = self.client.put_object(self.bucket, self.key(name), body, len(content), **how)
        return str(written.version_id)

    def got(self, name: str, **which: Any) -> bytes:
        """The bytes of an object (`offset`, `length`, `version_id` as in the library)."""
        answer = self.client.get_object(self.bucket, self.key(name), **which)
        try:
            return bytes(answer.read())
        finally:
            answer.close()
            answer.release_conn()

    def stat(self, name: str) -> Any:
        """What the server says of an object."""
        return self.client.stat_object(self.bucket, self.key(name))

    def names(self, below: str = "") -> list[str]:
        """All names that begin with `below`, in the server's order."""
        found = self.client.list_objects(self.bucket, self.key(below), recursive=True)
        return [str(one.object_name).removeprefix(self.prefix) for one in found]

    def remove(self, name: str, version: str | None = None) -> None:
        """Delete an object, or one version of it."""
        self.client.remove_object(self.bucket, self.key(name), version)

    def send(self, method: str, name: str, *rest: Any, **more: Any) -> urllib3.BaseHTTPResponse:
        """A request signed by hand about one object."""
        return self.account.send(method, f"/{self.bucket}/{self.key(name)}", *rest, **more)


def is_refused(act: Callable[[], object]) -> bool:
    """Whether the server said no for a reason of right, not of fault."""
    try:
        act()
    except S3Error as no:
        return no.code in REFUSALS
    return False
