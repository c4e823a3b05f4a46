"""The file store in memory: what `services.kernel.files.Files` does, without S3."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from contracts.errors import FileDamaged, FileMissing
from services.kernel.files import OFFER_LASTS, Files, KeptFile, UploadOffer


class Shelf(Files):
    """Files by digest: `uploads` nobody has looked at, `kept` for good."""

    def __init__(self) -> None:
        self.uploads: dict[str, bytes] = {}
        self.kept: dict[str, bytes] = {}

    def upload(self, content: bytes) -> KeptFile:
        """What a caller does with an offer."""
        kept = _named(content)
        self.uploads[kept.sha256] = content
        return kept

    def offer(self, sha256: str, size: int) -> UploadOffer:
        return UploadOffer(f"memory:uploads/{sha256}", datetime.now(UTC) + OFFER_LASTS)

    def accept(self, sha256: str, size: int) -> KeptFile:
        content = self.kept.get(sha256) or self.uploads.pop(sha256, None)
        if content is None:
            raise FileMissing(sha256=sha256)
        if _named(content) != KeptFile(sha256, size):
            raise FileDamaged(sha256=sha256, why=f"{len(content)} ≠ {size} byte")
        self.kept[sha256] = content
        return KeptFile(sha256, size)

    def keep(self, content: bytes) -> KeptFile:  # type: ignore[override]
        kept = _named(content)
        self.kept[kept.sha256] = content
        return kept

    def read(self, sha256: str) -> bytes:
        self.require([sha256])
        return self.kept[sha256]

    def open(self, sha256: str) -> Iterator[bytes]:
        yield self.read(sha256)

    def require(self, sha256s: Iterable[str]) -> None:
        for sha256 in sha256s:
            if sha256 not in self.kept:
                raise FileMissing(sha256=sha256)

    def link(self, sha256: str, seconds: int, download_name: str) -> str:
        self.require([sha256])
        return f"memory:files/{sha256}/{download_name}"


def _named(content: bytes) -> KeptFile:
    return KeptFile(hashlib.sha256(content).hexdigest(), len(content))
