"""The file store in memory: what `services.kernel.vault.Vault` does, without S3."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from uuid import UUID

from contracts.errors import FileDamaged, FileMissing
from contracts.values import FileRef
from services.kernel.files import OFFER_LASTS, KeptFile, UploadOffer
from services.kernel.vault import SealedLink, Vault


class Shelf(Vault):
    """Files by digest: `uploads` nobody has looked at, `kept` for good, `sealed` by document."""

    def __init__(self) -> None:
        self.uploads: dict[str, bytes] = {}
        self.kept: dict[str, bytes] = {}
        self.sealed: dict[UUID, dict[str, bytes]] = {}

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

    def require_upload(self, sha256: str, size: int) -> None:
        if sha256 not in self.uploads:
            self.require([sha256])
        elif len(self.uploads[sha256]) != size:
            raise FileDamaged(sha256=sha256, why=f"{len(self.uploads[sha256])} ≠ {size} byte")

    def arrived(self, file: FileRef) -> bytes:
        if file.sealed_for_id is not None:
            return self.read_ref(file)
        content = self.uploads.get(file.sha256)
        if content is None:
            return self.read(file.sha256)
        if _named(content).sha256 != file.sha256:
            del self.uploads[file.sha256]
            raise FileDamaged(sha256=file.sha256, why="sha256")
        return content

    def forget_upload(self, sha256: str) -> None:
        self.uploads.pop(sha256, None)

    def forget(self, file: FileRef) -> None:
        self.uploads.pop(file.sha256, None)
        if file.sealed_for_id is not None:
            self.sealed.get(file.sealed_for_id, {}).pop(file.sha256, None)

    def seal(self, owner: UUID, file: FileRef, content: bytes) -> None:
        self.sealed.setdefault(owner, {})[file.sha256] = content

    def read_ref(self, file: FileRef) -> bytes:
        if file.sealed_for_id is None:
            return self.read(file.sha256)
        content = self.sealed.get(file.sealed_for_id, {}).get(file.sha256)
        if content is None:
            raise FileMissing(sha256=file.sha256)
        return content

    def sealed_link(self, owner: UUID, sha256: str, seconds: int, download_name: str) -> SealedLink:
        if sha256 not in self.sealed.get(owner, {}):
            raise FileMissing(sha256=sha256)
        return SealedLink(f"memory:sealed/{owner}/{sha256}/{download_name}", "00" * 32, "00" * 16)

    def destroy(self, owner: UUID) -> None:
        self.sealed.pop(owner, None)


def _named(content: bytes) -> KeptFile:
    return KeptFile(hashlib.sha256(content).hexdigest(), len(content))
