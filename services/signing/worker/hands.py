"""What a worker has in its hands: the application, the files, keys, and whom to trust."""

from __future__ import annotations

from pathlib import Path

import msgspec

from services.kernel.files import Files
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.application import Signing


class Hands:
    """The ancestor of those who do a kind of job; `report_seal` is who seals reports, if anyone."""

    def __init__(self, signing: Signing, files: Files, pki: Path, report_seal: str = "") -> None:
        self._signing = signing
        self._files = files
        self._pki = pki
        self._report_seal = report_seal
        self._last: frozenset[str] = frozenset()

    def _trust(self) -> TrustSet:
        lists = tuple(path.read_bytes() for path in sorted(self._pki.glob("crl/*.crl")))
        return msgspec.structs.replace(self._signing.trust(), revocation_lists=lists)
