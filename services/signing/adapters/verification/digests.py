"""Digests over parts of one file, each beginning computed once however many signatures share it."""

import hashlib
from collections.abc import Sequence
from typing import Any


class Digests:
    """Digests of a file's content by the names of ``hashlib``."""

    def __init__(self, content: bytes) -> None:
        self._content = memoryview(content)
        self._begun: dict[str, list[tuple[int, Any]]] = {}

    def of_file(self, algorithm: str) -> bytes:
        """Of the whole file."""
        digest: bytes = self._of_beginning(algorithm, len(self._content)).digest()
        return digest

    def of_span(self, algorithm: str, span: Sequence[int]) -> bytes:
        """Of what a ByteRange names: pairs of start and length, the first from the file's start."""
        made = hashlib.new(algorithm)
        for start, length in zip(span[::2], span[1::2], strict=True):
            if start == 0:
                made = self._of_beginning(algorithm, length).copy()
            else:
                made.update(self._content[start : start + length])
        digest: bytes = made.digest()
        return digest

    def _of_beginning(self, algorithm: str, end: int) -> Any:
        """The digest up to ``end``, continued from the furthest that was made before it."""
        begun = self._begun.setdefault(algorithm, [(0, hashlib.new(algorithm))])
        at, made = max((one for one in begun if one[0] <= end), key=lambda one: one[0])
        if at < end:
            made = made.copy()
            made.update(self._content[at:end])
            begun.append((end, made))
        return made
