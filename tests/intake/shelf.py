"""The file store in memory: as much of `services.kernel.files.Files` as intake needs."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from contracts.errors import FileDamaged, FileMissing
from services.kernel.files import KeptFile, UploadOffer


class Shelf:
    """Files by digest: `uploads` nobody has looked at, `kept` for good."""

    def __init__(self) -> None:
        self.uploads: dict[str, bytes] = {}
        self.kept: dict[str, bytes] = {}

    def upload(self, content: bytes) -> KeptFile:
        """What a caller does with an offer."""
        kept = KeptFile(hashlib.sha256(content).hexdigest(), len(content))
        self.uploads[kept.sha256] = content
        return kept

    def offer(self, sha256: str, size: int) -> UploadOffer:
        return UploadOffer(f"memory:uploads/{sha256}", datetime.now(UTC) + timedelta(minutes=15))

    def accept(self, sha256: str, size: int) -> KeptFile:
        content = self.kept.get(sha256) or self.uploads.pop(sha256, None)
        if content is None:
            raise FileMissing(sha256=sha256)
        if len(content) != size or hashlib.sha256(content).hexdigest() != sha256:
            raise FileDamaged(sha256=sha256, why="sha256")
        self.kept[sha256] = content
        return KeptFile(sha256, size)

    def link(self, sha256: str, seconds: int, download_name: str) -> str:
        if sha256 not in self.kept:
            raise FileMissing(sha256=sha256)
        return f"memory:files/{sha256}/{download_name}"
