"""One HTTP request to an address the operator configured, never to one that a file names.

It follows no redirection, and ends with a `NoAnswer` after so many seconds or bytes.
"""

import time

import urllib3

CHUNK = 64 * 1024


class NoAnswer(Exception):
    """No useful answer; `code` is stable: of `contracts/signing/reasons`, or e.g. `HTTP_503`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Web:
    """A client for requests of at most `seconds` in all and answers of at most `most_bytes`."""

    def __init__(self, seconds: float, most_bytes: int) -> None:
        self._seconds, self._most = seconds, most_bytes
        self._pool = urllib3.PoolManager(retries=False)

    def get(self, url: str) -> bytes:
        """What lies at an address."""
        return self._ask("GET", url, time.monotonic() + self._seconds)

    def post(
        self, url: str, body: bytes, sent: str, wanted: str, until: float | None = None
    ) -> bytes:
        """The answer of the media type `wanted` to a body of the media type `sent`.

        `until` is an instant of `time.monotonic`, where less time is left than usual.
        """
        until = until or time.monotonic() + self._seconds
        return self._ask("POST", url, until, body, {"Content-Type": sent, "Accept": wanted})

    def _ask(
        self,
        method: str,
        url: str,
        until: float,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> bytes:
        left = max(until - time.monotonic(), 0.001)
        try:
            answer = self._pool.request(
                method,
                url,
                body=body,
                headers=headers,
                timeout=urllib3.Timeout(connect=min(left, 10), read=left),
                redirect=False,
                preload_content=False,
            )
            try:
                return self._read(answer, headers, until)
            finally:
                answer.close()
        except urllib3.exceptions.TimeoutError as slow:
            raise NoAnswer("TOO_SLOW") from slow
        except urllib3.exceptions.HTTPError as away:
            raise NoAnswer("UNREACHABLE") from away

    def _read(
        self, answer: urllib3.BaseHTTPResponse, headers: dict[str, str] | None, until: float
    ) -> bytes:
        if answer.status != 200:
            raise NoAnswer(f"HTTP_{answer.status}")
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if headers is not None and kind != headers["Accept"]:
            raise NoAnswer("NOT_WHAT_WAS_ASKED")
        read = bytearray()
        for chunk in answer.stream(CHUNK):
            read += chunk
            if len(read) > self._most:
                raise NoAnswer("ANSWER_TOO_LARGE")
            if time.monotonic() > until:
                raise NoAnswer("TOO_SLOW")
        return bytes(read)
