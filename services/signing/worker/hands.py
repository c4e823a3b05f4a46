"""What a worker has in its hands: the application, the files, keys, stamps, and whom to trust."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

from contracts.values import FileRef
from services.kernel.aggregate import Aggregate
from services.kernel.vault import Vault
from services.signing.adapters.refusals import SigningRefused, TsaUnavailable
from services.signing.adapters.timestamps.remote import Authority
from services.signing.application import Signing

PATIENCE = timedelta(hours=4)
"""How long a signature waits for a time stamping authority that is away, before it fails."""

_LOG = logging.getLogger(__name__)


class Hands:
    """The ancestor of those who do a kind of job; `report_seal` is who seals reports, if anyone."""

    def __init__(
        self,
        signing: Signing,
        files: Vault,
        pki: Path,
        authority: Authority,
        report_seal: str = "",
        patience: timedelta = PATIENCE,
    ) -> None:
        self._signing = signing
        self._files = files
        self._pki = pki
        self._authority = authority
        self._report_seal = report_seal
        self._patience = patience
        self._last: frozenset[str] = frozenset()

    def _waits(self, thing: Aggregate, refused: SigningRefused) -> bool:
        """Whether an authority that is away is asked again: the open job comes from the log."""
        waited = datetime.now(UTC) - thing.modified_on
        waits = isinstance(refused, TsaUnavailable) and waited < self._patience
        if waits:
            _LOG.warning("%s waits for its time stamp (%s)", thing.id, refused)
        return waits

    def _revised(self, of: FileRef, content: bytes) -> FileRef:
        """Another revision of a file, kept as that one is, under the same name."""
        return self._files.keep_like(of, content)

    @staticmethod
    def _why(refused: SigningRefused) -> dict[str, str]:
        """A refusal as it is recorded."""
        return {"code": refused.code, "reason": refused.message("vi")}
