"""Files under a document's own key (kho niêm phong): destroy the key, and nobody reads them.

    keys/<document>              32 random bytes, made once; removed by `destroy`
    sealed/<document>/<sha256>   AES-256 in counter mode; the first block follows from the digest

Digest and size of a sealed file are those of its open bytes, so every read is still verified.
Whoever takes such a file gets a link and the key: any tool opens it. The bucket must keep no old
versions, else a destroyed key lives on.
"""

from __future__ import annotations

import hashlib
import io
import secrets
from typing import NamedTuple
from uuid import UUID

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR
from msgspec.structs import replace

from contracts.errors import FileDamaged, FileMissing
from contracts.values import FileRef
from services.kernel.files import Files, answering, digests, upload_key

KEY_BYTES = 32


class SealedLink(NamedTuple):
    """Where to get a sealed file, and what opens it, in hexadecimal."""

    url: str
    key: str
    iv: str


class Vault(Files):
    """Kept files, and those sealed for a document."""

    def require_upload(self, sha256: str, size: int) -> None:
        """Refuse with `FileMissing` or `FileDamaged` what was not uploaded as promised."""
        try:
            with answering(sha256):
                found = self._s3.stat_object(self._bucket, upload_key(sha256)).size
        except FileMissing:
            self.require([sha256])
            return
        if found != size:
            raise FileDamaged(sha256=sha256, why=f"{found} ≠ {size} byte")

    def arrived(self, file: FileRef) -> bytes:
        """The open bytes of a file that came: uploaded, sealed, or kept by its sender here."""
        if file.sealed_for_id is not None:
            return self.read_ref(file)
        try:
            content = self._object(upload_key(file.sha256), file.sha256)
        except FileMissing:
            return self.read(file.sha256)
        if hashlib.sha256(content).hexdigest() != file.sha256:
            self._drop_upload(file.sha256)
            raise FileDamaged(sha256=file.sha256, why="sha256")
        return content

    def forget_upload(self, sha256: str) -> None:
        """Remove what was uploaded: it is sealed, or not to be kept."""
        self._drop_upload(sha256)

    def forget(self, file: FileRef) -> None:
        """Remove a file that came and is not to be kept, sealed or not."""
        self._drop_upload(file.sha256)
        if file.sealed_for_id is not None:
            with answering():
                self._s3.remove_object(self._bucket, _sealed(file.sealed_for_id, file.sha256))

    def seal(self, owner: UUID, file: FileRef, content: bytes) -> None:
        """Keep these bytes under the document's key; again is harmless."""
        closed = _turned(self._key(owner), file.sha256, content)
        self._put(_sealed(owner, file.sha256), closed)

    def keep_like(self, like: FileRef, content: bytes) -> FileRef:
        """Keep another content the way this file is kept: under its document's key, or openly."""
        sha256 = hashlib.sha256(content).hexdigest()
        file = replace(like, sha256=sha256, size=len(content))
        if file.sealed_for_id is None:
            self.keep(content)
        else:
            self.seal(file.sealed_for_id, file, content)
        return file

    def link_ref(self, file: FileRef, seconds: int) -> SealedLink:
        """A link to any kept file; without a key it is open."""
        if file.sealed_for_id is None:
            return SealedLink(self.link(file.sha256, seconds, file.name), "", "")
        return self.sealed_link(file.sealed_for_id, file.sha256, seconds, file.name)

    def read_ref(self, file: FileRef) -> bytes:
        """The open bytes of any kept file, sealed or not, verified."""
        if file.sealed_for_id is None:
            return self.read(file.sha256)
        key = self._object(_key(file.sealed_for_id), file.sha256)
        closed = self._object(_sealed(file.sealed_for_id, file.sha256), file.sha256)
        content = _turned(key, file.sha256, closed)
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise FileDamaged(sha256=file.sha256, why="sha256")
        return content

    def sealed_link(self, owner: UUID, sha256: str, seconds: int, download_name: str) -> SealedLink:
        """A link to a sealed file, for so many seconds, and what opens it."""
        key = self._object(_key(owner), sha256)
        url = self._link(_sealed(owner, sha256), seconds, download_name)
        return SealedLink(url, key.hex(), _first_block(sha256).hex())

    def destroy(self, owner: UUID) -> None:
        """Destroy the document's key, then its sealed bytes; again is harmless."""
        with answering():
            self._s3.remove_object(self._bucket, _key(owner))
            sealed = self._s3.list_objects(self._bucket, f"sealed/{owner}/", recursive=True)
            for found in list(sealed):
                self._s3.remove_object(self._bucket, found.object_name or "")

    def _key(self, owner: UUID) -> bytes:
        """The document's key, made if there is none; of two makers the first counts."""
        try:
            return self._object(_key(owner))
        except FileMissing:
            self._put(_key(owner), secrets.token_bytes(KEY_BYTES))
            return self._object(_key(owner))

    def _put(self, key: str, content: bytes) -> None:
        stream = io.BytesIO(content)
        _, md5, size = digests(stream)
        self._put_once(key, stream, md5, size)

    def _object(self, key: str, sha256: str = "") -> bytes:
        with answering(sha256):
            body = self._s3.get_object(self._bucket, key)
            try:
                return bytes(body.data)
            finally:
                body.close()
                body.release_conn()


def opened(content: bytes, key: str, iv: str) -> bytes:
    """The open bytes of what a link led to, as anyone with the link gets them."""
    if not key:
        return content
    turning = Cipher(AES(bytes.fromhex(key)), CTR(bytes.fromhex(iv))).decryptor()
    return turning.update(content) + turning.finalize()


def _turned(key: bytes, sha256: str, content: bytes) -> bytes:
    """Open bytes closed, or closed ones opened."""
    turning = Cipher(AES(key), CTR(_first_block(sha256))).encryptor()
    return turning.update(content) + turning.finalize()


def _first_block(sha256: str) -> bytes:
    return hashlib.sha256(bytes.fromhex(sha256)).digest()[:16]


def _key(owner: UUID) -> str:
    return f"keys/{owner}"


def _sealed(owner: UUID, sha256: str) -> str:
    return f"sealed/{owner}/{sha256}"
