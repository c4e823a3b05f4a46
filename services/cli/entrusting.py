"""A machine's own authority becomes trusted: two operators agree, certificates get their records,
clerks their agencies' keys.

The folder of `infra/local/pki.py` is only a source here; what is trusted is what was approved.
"""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Callable
from pathlib import Path
from uuid import uuid5

from contracts.errors import Refused
from contracts.signing import (
    AnchorAlreadyTrusted,
    AnchorUse,
    CertificateActOutOfOrder,
    CertificateAlreadyGranted,
    CertificateAlreadyRequested,
    HolderKind,
    KeyAlreadyHeld,
    ProposalAlreadyDecided,
    ProposalAlreadyMade,
    RevocationKind,
    Signing,
)
from contracts.values import FileRef, Role, named_id
from infra.local import pki
from services.cli.cast import AGENCIES, Agency

Put = Callable[[Signing, bytes, str], FileRef]
SOURCES = {
    AnchorUse.SIGNERS: "anchors/signers.pem",
    AnchorUse.TIMESTAMPS: "anchors/timestamps.pem",
    AnchorUse.INTERMEDIATES: "intermediates.pem",
}


def entrust(first: Signing, second: Signing, folder: Path, url: str, put: Put) -> None:
    """Have the folder's roots trusted and its holders' certificates entered; done before is fine.

    `first` and `second` are two operators, `url` is where the authority answers, `put` uploads.
    """
    for use, name in SOURCES.items():
        _agree(first, second, use, _der(folder / name), put)
    for part in ("root", "issuing"):
        fingerprint = hashlib.sha256(_der(folder / f"authority/{part}.pem")).hexdigest()
        first.set_revocation_source(
            issuer=fingerprint, kind=RevocationKind.LIST, url=f"{url}/crl/{part}.crl"
        )
    kept = pki.read_index(folder)["holders"]
    for of in AGENCIES:
        for kind, holder in ((HolderKind.PERSON, of.leader), (HolderKind.AGENCY, of.code)):
            der = _der(folder / kept[f"{kind}:{holder}"]["certificate"])
            _enter(first, kind, holder, of.code, der, put(first, der, f"{holder}.cer"))
        _give_key(first, of)


def _agree(first: Signing, second: Signing, use: AnchorUse, der: bytes, put: Put) -> None:
    fingerprint = hashlib.sha256(der).hexdigest()
    id = uuid5(named_id("anchors"), f"{use}/{fingerprint}")
    file = put(first, der, f"{use}.cer")
    _unless(
        (ProposalAlreadyMade, AnchorAlreadyTrusted),
        lambda: first.propose_anchor(
            proposal_id=id, use=use, fingerprint=fingerprint, file=file, source="infra/local/pki.py"
        ),
    )
    _unless(
        (ProposalAlreadyDecided, AnchorAlreadyTrusted),
        lambda: second.approve_anchor(proposal_id=id),
    )


def _enter(
    operator: Signing, kind: HolderKind, holder: str, agency: str, der: bytes, file: FileRef
) -> None:
    id = named_id("certificate", hashlib.sha256(der).hexdigest(), "record")
    _unless(
        (CertificateAlreadyRequested,),
        lambda: operator.request_certificate(
            certificate_id=id,
            holder_kind=kind,
            holder=holder,
            agency=agency,
            request="Công văn đề nghị cấp chứng thư số (thử nghiệm)",
        ),
    )
    _unless(
        (CertificateActOutOfOrder, CertificateAlreadyGranted),
        lambda: operator.grant_certificate(certificate_id=id, file=file),
        lambda: operator.activate_certificate(certificate_id=id),
    )


def _give_key(operator: Signing, of: Agency) -> None:
    """The clerk keeps the agency's key (N30-32/33)."""
    _unless(
        (KeyAlreadyHeld,),
        lambda: operator.hand_over_key(
            agency=of.code,
            to_person=of.person(Role.CLERK),
            permission="Quyết định phân công văn thư giữ khóa (thử nghiệm)",
            record="Biên bản bàn giao thiết bị lưu khóa (thử nghiệm)",
        ),
    )


def _der(pem: Path) -> bytes:
    return ssl.PEM_cert_to_DER_cert(pem.read_text())


def _unless(known: tuple[type[Refused], ...], *acts: Callable[[], None]) -> None:
    """Do what was not done before; a refusal of these kinds says that it was."""
    for act in acts:
        try:
            act()
        except known:
            continue
