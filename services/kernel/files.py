"""Where bytes live (kho tệp): an S3 bucket in which every file is named by its own digest.

    uploads/<sha256>   what a caller sent and nobody has looked at; removed by `accept`
    files/<sha256>     kept for good; the key is the promise, checked again on every read
    sealed/…, keys/…   kept under a document's own key, which may be destroyed: see `vault.py`

A file is written before the event that names it, and never twice. One file is one PUT of at most
`MOST_BYTES`: no multipart, hence no threads, so it serves green and plain processes alike; but for
`read`, memory stays at a few `CHUNK`s. The server must honour `If-None-Match: *` on PUT and
`x-amz-copy-source-if-match` on COPY (proved by `tests/s3`); the account may get, put, delete and
list, for without the last S3 says "denied" where it means "missing". Uploads nobody accepted are
for the bucket's lifecycle rule to remove.

Digests are 64 lower-case hexadecimal digits, sizes are bytes. Refusals: `FileMissing`,
`FileDamaged`, `FileTooLarge`, `Invalid` (no digest), `Unavailable` (S3 is away: repeat).
"""

import base64
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import BinaryIO, NamedTuple
from urllib.parse import parse_qs, quote, unquote, urlsplit

import urllib3
from minio import Minio
from minio.commonconfig import CopySource
from minio.error import InvalidResponseError, S3Error, ServerError

from contracts.errors import FileDamaged, FileMissing, FileTooLarge, Invalid, Unavailable
from contracts.working_time import VIETNAM

MOST_BYTES = 64 * 1024 * 1024
CHUNK = 256 * 1024
OFFER_LASTS = timedelta(minutes=15)


class KeptFile(NamedTuple):
    """A file in the store: its digest and its size in bytes."""

    sha256: str
    size: int


class UploadOffer(NamedTuple):
    """Leave to PUT one body to `url`, without credentials, until `expires_at`."""

    url: str
    expires_at: datetime


class Files:
    """The store behind `http(s)://access:secret@host:port/bucket[?region=…]`, asked when needed."""

    def __init__(self, url: str) -> None:
        at = urlsplit(url)
        self._bucket = at.path.strip("/")
        if not (at.hostname and at.username and at.password and self._bucket):
            raise ValueError("an S3 url reads http(s)://access:secret@host:port/bucket")
        again = urllib3.Retry(3, backoff_factor=0.1, status_forcelist=(409, 500, 502, 503, 504))
        patience = urllib3.Timeout(connect=3, read=20)
        self._http = urllib3.PoolManager(maxsize=16, timeout=patience, retries=again)
        self._s3 = Minio(
            at.netloc.rpartition("@")[2],
            unquote(at.username),
            unquote(at.password),
            secure=at.scheme == "https",
            region=parse_qs(at.query).get("region", ["us-east-1"])[0],
            http_client=self._http,
        )

    def ping(self) -> None:
        """Ask for the bucket: `Unavailable` when S3 is away or holds no such bucket."""
        with answering():
            if not self._s3.bucket_exists(self._bucket):
                raise Unavailable(why=f"S3 {self._bucket}")

    def offer(self, sha256: str, size: int) -> UploadOffer:
        """Let a caller upload the file he names by digest and size; `accept` makes it count."""
        _within_limit(size)
        expires_at = datetime.now(VIETNAM) + OFFER_LASTS
        return UploadOffer(self._put_url(upload_key(sha256)), expires_at)

    def accept(self, sha256: str, size: int) -> KeptFile:
        """Keep an uploaded file if it is what was promised; of a damaged one nothing stays.

        Repeating is harmless, at once or later: what is kept already is accepted again.
        """
        _within_limit(size)
        if not self._is_kept(sha256, size):
            try:
                self._promote(sha256, size)
            except FileDamaged:
                self._drop_upload(sha256)
                raise
            except FileMissing:  # or another accept of the same file was quicker
                if not self._is_kept(sha256, size):
                    raise
        self._drop_upload(sha256)
        return KeptFile(sha256, size)

    def keep(self, content: bytes | BinaryIO) -> KeptFile:
        """Store a service's own result: bytes, or a seekable stream taken from its beginning."""
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        sha256, md5, size = digests(stream)
        self._put_once(kept_key(sha256), stream, md5, size)
        return KeptFile(sha256, size)

    def _put_once(self, key: str, stream: BinaryIO, md5: str, size: int) -> None:
        """Write an object unless one of this key is there."""
        headers = {"Content-Length": str(size), "Content-MD5": md5, "If-None-Match": "*"}
        with answering(key):
            url = self._put_url(key)
            answer = self._http.request("PUT", url, body=stream, headers=headers)
        if answer.status not in (200, 412):
            raise RuntimeError(f"S3 answered {answer.status} to PUT: {answer.data[:300]!r}")

    def open(self, sha256: str) -> Iterator[bytes]:
        """The kept bytes in chunks; the last one comes only when the whole digest proved right."""
        with self._fetched(kept_key(sha256), sha256) as body:
            yield from _verified(body, sha256)

    def read(self, sha256: str) -> bytes:
        """The kept bytes at once, verified."""
        return b"".join(self.open(sha256))

    def require(self, sha256s: Iterable[str]) -> None:
        """Refuse with `FileMissing` at the first digest under which nothing is kept."""
        for sha256 in sha256s:
            with answering(sha256):
                self._s3.stat_object(self._bucket, kept_key(sha256))

    def link(self, sha256: str, seconds: int, download_name: str) -> str:
        """A URL to download a kept file under a safe name, for so many seconds (at most 7 days)."""
        self.require([sha256])
        return self._link(kept_key(sha256), seconds, download_name)

    def _link(self, key: str, seconds: int, download_name: str) -> str:
        return self._s3.presigned_get_object(
            self._bucket,
            key,
            timedelta(seconds=seconds),
            response_headers={
                "response-content-disposition": content_disposition(download_name),
                "response-content-type": "application/octet-stream",
            },
        )

    def _is_kept(self, sha256: str, size: int) -> bool:
        try:
            with answering(sha256):
                found = self._s3.stat_object(self._bucket, kept_key(sha256)).size
        except FileMissing:
            return False
        if found != size:
            raise FileDamaged(sha256=sha256, why=f"{found} ≠ {size} byte")
        return True

    def _promote(self, sha256: str, size: int) -> None:
        """Copy just what was verified: an upload replaced meanwhile has another ETag."""
        with self._fetched(upload_key(sha256), sha256) as body:
            for _ in _verified(body, sha256, size):
                pass
            etag = body.headers["ETag"].strip('"')
            source = CopySource(self._bucket, upload_key(sha256), match_etag=etag)
            self._s3.copy_object(self._bucket, kept_key(sha256), source)

    @contextmanager
    def _fetched(self, key: str, sha256: str) -> Iterator[urllib3.BaseHTTPResponse]:
        with answering(sha256):
            body = self._s3.get_object(self._bucket, key)
            try:
                yield body
            finally:
                body.close()
                body.release_conn()

    def _drop_upload(self, sha256: str) -> None:
        with answering(sha256):
            self._s3.remove_object(self._bucket, upload_key(sha256))

    def _put_url(self, key: str) -> str:
        return self._s3.presigned_put_object(self._bucket, key, OFFER_LASTS)


def content_disposition(name: str) -> str:
    """The RFC 6266 header that saves a file as `name`: Vietnamese letters kept, tricks removed.

    Control and direction characters, line ends and path signs go; the length is bounded and the
    ending stays; a plain ASCII name follows for programs that know no other.
    """
    spaced = re.sub(r'[\s/\\:*?"<>|]+', " ", unicodedata.normalize("NFC", name))
    seen = "".join(c for c in spaced if unicodedata.category(c)[0] != "C").strip(". ")
    stem, dot, ending = seen.rpartition(".")
    safe = f"{stem[:80]}{dot}{ending[: 10 if dot else 80]}" or "van-ban"
    letters = unicodedata.normalize("NFKD", safe.replace("đ", "d").replace("Đ", "D"))
    ascii_only = letters.encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", ascii_only).strip(". ") or "van-ban"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"


def _verified(
    body: urllib3.BaseHTTPResponse, sha256: str, size: int | None = None
) -> Iterator[bytes]:
    """The chunks of `body`, held back by one until size (where known) and digest are proved."""
    digest, seen, held = hashlib.sha256(), 0, b""
    for chunk in body.stream(CHUNK):
        if held:
            yield held
        digest.update(chunk)
        seen, held = seen + len(chunk), chunk
        if size is not None and seen > size:
            break
    if size is not None and seen != size:
        raise FileDamaged(sha256=sha256, why=f"{seen} ≠ {size} byte")
    if digest.hexdigest() != sha256:
        raise FileDamaged(sha256=sha256, why=f"sha256 = {digest.hexdigest()}")
    yield held


def digests(stream: BinaryIO) -> tuple[str, str, int]:
    """SHA-256, Content-MD5 and size of a stream, which is left at its beginning."""
    size = stream.seek(0, io.SEEK_END)
    _within_limit(size)
    stream.seek(0)
    sha256, md5 = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    while chunk := stream.read(CHUNK):
        sha256.update(chunk)
        md5.update(chunk)
    stream.seek(0)
    return sha256.hexdigest(), base64.b64encode(md5.digest()).decode(), size


def _within_limit(size: int) -> None:
    if size > MOST_BYTES:
        raise FileTooLarge(size=size, limit=MOST_BYTES)


def kept_key(sha256: str) -> str:
    """Where a kept file stands in the bucket."""
    return f"files/{_digest_only(sha256)}"


def upload_key(sha256: str) -> str:
    """Where an upload stands in the bucket."""
    return f"uploads/{_digest_only(sha256)}"


def _digest_only(text: str) -> str:
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise Invalid(where="sha256", why="[0-9a-f]{64}")
    return text


@contextmanager
def answering(sha256: str = "") -> Iterator[None]:
    """Turn what S3 and the network say into refusals; the unforeseen stays a defect."""
    try:
        yield
    except S3Error as no:
        if no.code == "NoSuchKey":
            raise FileMissing(sha256=sha256) from no
        if no.code == "PreconditionFailed":
            raise FileDamaged(sha256=sha256, why="ETag") from no
        raise
    except (urllib3.exceptions.HTTPError, ServerError, InvalidResponseError) as silence:
        raise Unavailable(why="S3") from silence
