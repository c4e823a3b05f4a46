"""What the tests of the file store share: a caller, an administrator, and a wire that breaks."""

import hashlib
import io
import os
import socket
from contextlib import suppress
from threading import Thread
from urllib.parse import unquote, urlsplit

import urllib3
from minio import Minio

NOWHERE = "0" * 64


def some(size: int = 100_000) -> tuple[bytes, str]:
    """Bytes nobody has stored before, and their digest."""
    content = os.urandom(size)
    return content, hashlib.sha256(content).hexdigest()


def send(method: str, url: str, body: bytes = b"") -> urllib3.BaseHTTPResponse:
    """A caller without credentials."""
    return urllib3.request(method, url, body=body, retries=False, timeout=30)


class Cut:
    """A wire to a server that breaks after so many bytes of an answer; entering gives its port."""

    def __init__(self, host: str, port: int, after: int) -> None:
        self._far, self._after = (host, port), after

    def __enter__(self) -> int:
        self._door = socket.create_server(("127.0.0.1", 0))
        Thread(target=self._serve, daemon=True).start()
        return int(self._door.getsockname()[1])

    def __exit__(self, *_: object) -> None:
        self._door.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                with near, socket.create_connection(self._far) as far:
                    far.sendall(near.recv(65_536))
                    left = self._after
                    while left > 0 and (piece := far.recv(min(left, 65_536))):
                        near.sendall(piece)
                        left -= len(piece)


class Store:
    """What an administrator of the S3 server sees and does behind the back of `Files`."""

    def __init__(self, url: str) -> None:
        at = urlsplit(url)
        self.bucket = at.path.strip("/")
        host = at.netloc.rpartition("@")[2]
        self.client = Minio(
            host, unquote(at.username or ""), unquote(at.password or ""), secure=False
        )

    def keys(self, sha256: str) -> set[str]:
        found = self.client.list_objects(self.bucket, recursive=True)
        return {str(one.object_name) for one in found if sha256 in str(one.object_name)}

    def overwrite(self, key: str, content: bytes) -> None:
        """Write over an object; from then on it carries a mark that a later write would lose."""
        mark: dict[str, str | list[str] | tuple[str]] = {"mark": "1"}
        body = io.BytesIO(content)
        self.client.put_object(self.bucket, key, body, len(content), metadata=mark)

    def is_untouched(self, key: str) -> bool:
        """Whether nobody has written the object since `overwrite`."""
        return "x-amz-meta-mark" in (self.client.stat_object(self.bucket, key).metadata or {})
