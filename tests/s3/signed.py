"""Requests to S3 signed by hand (AWS Signature Version 4), where the client library cannot say it.

Conditional creation and false digests have no argument in the library, and a second, independent
signature shows that the server follows the standard rather than one client.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

import urllib3
from minio import Minio

REGION = "us-east-1"


@dataclass(frozen=True)
class Account:
    """Who asks which server: `host` is `127.0.0.1:port`, plain HTTP."""

    host: str
    access: str
    secret: str

    def client(self) -> Minio:
        """The client library as this account."""
        patience = urllib3.Timeout(connect=3, read=30)
        http = urllib3.PoolManager(maxsize=32, timeout=patience, retries=False)
        return Minio(
            self.host, self.access, self.secret, secure=False, region=REGION, http_client=http
        )

    def send(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        claimed_sha256: str | None = None,
    ) -> urllib3.BaseHTTPResponse:
        """Send one signed request; `claimed_sha256` is signed in place of the body's own digest."""
        sha256 = claimed_sha256 or hashlib.sha256(body).hexdigest()
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        asked = {"host": self.host, "x-amz-content-sha256": sha256, "x-amz-date": stamp}
        asked |= {name.lower(): value for name, value in (headers or {}).items()}
        names = ";".join(sorted(asked))
        lines = "".join(f"{name}:{asked[name]}\n" for name in sorted(asked))
        asks = urlencode(sorted((query or {}).items()), quote_via=quote, safe="")
        canonical = f"{method}\n{quote(path)}\n{asks}\n{lines}\n{names}\n{sha256}"
        scope = f"{stamp[:8]}/{REGION}/s3/aws4_request"
        digest = hashlib.sha256(canonical.encode()).hexdigest()
        signature = self._signature(stamp, f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{digest}")
        asked["authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={self.access}/{scope}, "
            f"SignedHeaders={names}, Signature={signature}"
        )
        url = f"http://{self.host}{quote(path)}?{asks}"
        return urllib3.request(method, url, body=body, headers=asked, retries=False, timeout=30)

    def _signature(self, stamp: str, text: str) -> str:
        key = f"AWS4{self.secret}".encode()
        for part in (stamp[:8], REGION, "s3", "aws4_request"):
            key = hmac.digest(key, part.encode(), "sha256")
        return hmac.digest(key, text.encode(), "sha256").hex()
