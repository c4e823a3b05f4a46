"""The file store in memory: what `services.kernel.files.Files` does, without S3."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime

from contracts.errors import FileDamaged, FileMissing
from services.kernel.files import OFFER_LASTS, Files, KeptFile, UploadOffer


class Shelf(Files):
    """Files by digest; `uploads` nobody has looked at, `kept` for good."""

    def __init__(self) -> None:
        self.uploads: dict[str, bytes] = {}
        self.kept: dict[str, bytes] = {}

    def upload(self, content: bytes) -> KeptFile:
        """What a caller does with an offer."""
        sha256 = hashlib.sha256(content).hexdigest()
        self.uploads[sha256] = content
        return KeptFile(sha256, len(content))

    def offer(self, sha256: str, size: int) -> UploadOffer:
        return UploadOffer(f"memory:uploads/{sha256}", datetime.now(UTC) + OFFER_LASTS)

    def accept(self, sha256: str, size: int) -> KeptFile:
        content = self.kept.get(sha256) or self.uploads.pop(sha256, None)
        if content is None:
            raise FileMissing(sha256=sha256)
        if len(content) != size:
            raise FileDamaged(sha256=sha256, why=f"{len(content)} ≠ {size} byte")
        self.kept[sha256] = content
        return KeptFile(sha256, size)

    def open(self, sha256: str) -> Iterator[bytes]:
        yield self.kept[sha256]

    def link(self, sha256: str, seconds: int, download_name: str) -> str:
        return f"memory:files/{sha256}/{download_name}"
