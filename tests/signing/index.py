"""The index of keys, changed by a test."""

from pathlib import Path

from infra.local import pki


def hold(folder: Path, holder: str, **held: object) -> None:
    """Say in the index how a holder's key is held."""
    index = pki.read_index(folder)
    index["holders"][holder]["held"] = held
    pki.write_index(folder, index)
