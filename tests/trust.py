"""Whom a test trusts: everything of a folder as `infra/local/pki.py` builds it."""

from __future__ import annotations

from pathlib import Path

from infra.local import pki
from services.signing.adapters.keys.software import load_certificates
from services.signing.adapters.trust.trusted import Holder, TrustSet


def trust_of(folder: Path) -> TrustSet:
    """Anchors, bundle, lists and directory of a folder, read now."""
    index = pki.read_index(folder)
    return TrustSet(
        version=str(index["version"]),
        signer_anchors=certificates(folder / "anchors/signers.pem"),
        timestamp_anchors=certificates(folder / "anchors/timestamps.pem"),
        intermediates=certificates(folder / "intermediates.pem"),
        revocation_lists=tuple(path.read_bytes() for path in sorted(folder.glob("crl/*.crl"))),
        holders=tuple(
            Holder(one["fingerprint"], one["kind"], one["id"]) for one in index["holders"].values()
        ),
    )


def certificates(path: Path) -> tuple[bytes, ...]:
    """The certificates of a PEM file in DER."""
    return tuple(certificate.dump() for certificate in load_certificates(path.read_bytes()))
