"""A small certification authority of one machine's own, for development and for the demonstration.

``make`` builds a folder (or completes one) and may be repeated at will:

    keys.json                    the index: who holds which key, certificate and picture
    anchors/signers.pem          roots that a signer's certificate must lead to
    anchors/timestamps.pem       roots that a time stamp's certificate must lead to
    intermediates.pem            issuing authorities, so that none is fetched from anywhere
    crl/root.crl, issuing.crl    revocation lists (DER), renewed a week before they run out
    authority/                   keys (PEM, mode 0600) and certificates of root, issuing and tsa
    holders/                     keys (PEM, mode 0600), certificates and pictures (PNG)

A holder is named ``person:<name>`` or ``agency:<code>``. The keys are worthless outside this
folder: no software anywhere trusts this root.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from infra.local import certificates
from infra.local.pictures import draw_hand, draw_seal

PROVINCE = "Quảng Nam"
GOVERNMENT = "Ban Cơ yếu Chính phủ"
SEAL_DIAMETER_MM = 36.0
HAND_SIZE_MM = (45.0, 18.0)
CA_VALIDITY = (datetime(2018, 1, 1, tzinfo=UTC), datetime(2048, 1, 1, tzinfo=UTC))
HOLDER_VALIDITY = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC))
LIST_RENEWAL = timedelta(days=7)
AUTHORITIES = {
    "root": "RootCA chuyên dùng Chính phủ (thử nghiệm)",
    "issuing": "CA phục vụ các cơ quan Nhà nước (thử nghiệm)",
    "tsa": "Máy chủ cấp dấu thời gian 01 (thử nghiệm)",
}


@dataclass(frozen=True)
class Holder:
    """Who signs: a competent person (người có thẩm quyền) or an agency, by its clerk (văn thư)."""

    kind: str
    id: str
    common_name: str
    organisation: str
    post: str = ""

    @property
    def name(self) -> str:
        """The holder's key in the index, e.g. ``agency:H47.05``."""
        return f"{self.kind}:{self.id}"


PLATFORM = Holder(
    "agency", "H47.VB", "Nền tảng văn bản điện tử tỉnh Quảng Nam", "UBND tỉnh Quảng Nam"
)
"""Whose key seals reports: the platform's own."""

STORY = (
    PLATFORM,
    Holder("person", "nguyen-van-an", "Nguyễn Văn An", "Sở Nội vụ", "Giám đốc"),
    Holder("person", "tran-thi-bich", "Trần Thị Bích", "Sở Tài chính", "Giám đốc"),
    Holder("person", "le-quang-huy", "Lê Quang Huy", "UBND huyện Thăng Bình", "Chủ tịch"),
    Holder("agency", "H47.05", "Sở Nội vụ", "UBND tỉnh Quảng Nam"),
    Holder("agency", "H47.10", "Sở Tài chính", "UBND tỉnh Quảng Nam"),
    Holder("agency", "H47.30", "UBND huyện Thăng Bình", "UBND tỉnh Quảng Nam"),
)


def make(folder: Path, holders: Iterable[Holder] = STORY) -> Path:
    """Build what is missing of the authority in ``folder``; the path of its index ``keys.json``."""
    for part in ("", "anchors", "crl", "authority", "holders"):
        (folder / part).mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / "keys.json").exists():
        _make_authorities(folder)
        write_index(folder, {"version": 1, "holders": {}, "revoked": {}})
    renew_lists(folder)
    for holder in holders:
        kind, id, name = holder.kind, holder.id, holder.common_name
        issue(folder, kind, id, name, holder.organisation, post=holder.post)
    return folder / "keys.json"


def issue(
    folder: Path,
    holder_kind: str,
    holder_id: str,
    common_name: str,
    organisation: str = f"UBND tỉnh {PROVINCE}",
    *,
    post: str = "",
    validity: certificates.Validity = HOLDER_VALIDITY,
    signs_documents: bool = True,
    seal_diameter_mm: float = SEAL_DIAMETER_MM,
    key_kind: str = "rsa",
) -> dict[str, Any]:
    """Give a holder a key, a certificate and a picture, once; returns its entry in the index.

    ``post`` is the person's, as the certificate tells it. ``signs_documents=False`` gives a
    certificate for encipherment only, which no verifier accepts under a document.
    ``seal_diameter_mm`` is the real size of an agency's seal (R9.2b-2), ``key_kind`` one that
    ``certificates.key_of_kind`` knows.
    """
    holder = Holder(holder_kind, holder_id, common_name, organisation, post)
    index = read_index(folder)
    if holder.name not in index["holders"]:
        key = certificates.key_of_kind(key_kind)
        certificate = _certify_holder(folder, holder, key, validity, signs_documents)
        size = _draw(folder, holder, seal_diameter_mm)
        index["holders"][holder.name] = _entry(holder, certificate, size)
        write_index(folder, index)
    entry: dict[str, Any] = index["holders"][holder.name]
    return entry


def revoke(folder: Path, holder_name: str, at: datetime) -> None:
    """Put a holder's certificate (``agency:…``) on the revocation list, revoked from ``at``."""
    index = read_index(folder)
    serial = index["holders"][holder_name]["serial"]
    index["revoked"][serial] = at.astimezone(UTC).isoformat()
    write_index(folder, index)
    _write_lists(folder, index, datetime.now(UTC))


def renew_lists(folder: Path, now: datetime | None = None) -> None:
    """Sign fresh revocation lists, unless those in the folder still hold for a week."""
    now = now or datetime.now(UTC)
    current = folder / "crl/issuing.crl"
    if current.exists():
        runs_out = x509.load_der_x509_crl(current.read_bytes()).next_update_utc
        if runs_out is not None and runs_out > now + LIST_RENEWAL:
            return
    _write_lists(folder, read_index(folder), now)


def read_index(folder: Path) -> dict[str, Any]:
    """The index ``keys.json``; the paths in it are relative to ``folder``."""
    index: dict[str, Any] = json.loads((folder / "keys.json").read_text(encoding="utf-8"))
    return index


def write_index(folder: Path, index: dict[str, Any]) -> None:
    """Put another index in the place of ``keys.json``."""
    _replace(folder / "keys.json", json.dumps(index, ensure_ascii=False, indent=1).encode())


def _make_authorities(folder: Path) -> None:
    root = certificates.new_key()
    root_name = certificates.subject(AUTHORITIES["root"], GOVERNMENT, "Hà Nội")
    powers = {
        "root": certificates.for_authority(None),
        "issuing": certificates.for_authority(0),
        "tsa": certificates.for_time_stamps(),
    }
    for part, extensions in powers.items():
        key = root if part == "root" else certificates.new_key()
        name = certificates.subject(AUTHORITIES[part], GOVERNMENT, "Hà Nội")
        certificate = certificates.certify(name, key, root_name, root, extensions, CA_VALIDITY)
        _write_key(folder / f"authority/{part}.key.pem", key)
        (folder / f"authority/{part}.pem").write_bytes(_pem(certificate))
    for target, part in (
        ("anchors/signers.pem", "root"),
        ("anchors/timestamps.pem", "root"),
        ("intermediates.pem", "issuing"),
    ):
        (folder / target).write_bytes((folder / f"authority/{part}.pem").read_bytes())


def _certify_holder(
    folder: Path,
    holder: Holder,
    key: certificates.Key,
    validity: certificates.Validity,
    signs_documents: bool,
) -> x509.Certificate:
    issuer, issuer_key = authority(folder, "issuing")
    name = certificates.subject(
        holder.common_name, holder.organisation, PROVINCE, f"MNS:{holder.id}", holder.post
    )
    powers = certificates.for_signing() if signs_documents else certificates.for_encipherment()
    certificate = certificates.certify(name, key, issuer.subject, issuer_key, powers, validity)
    stem = _stem(holder)
    _write_key(folder / f"{stem}.key.pem", key)
    (folder / f"{stem}.pem").write_bytes(_pem(certificate))
    return certificate


def _draw(folder: Path, holder: Holder, seal_diameter_mm: float) -> tuple[float, float]:
    picture = folder / f"{_stem(holder)}.png"
    if holder.kind == "person":
        draw_hand(holder.common_name, picture, *HAND_SIZE_MM)
        return HAND_SIZE_MM
    draw_seal(holder.common_name, f"tỉnh {PROVINCE}", picture, seal_diameter_mm)
    return seal_diameter_mm, seal_diameter_mm


def _entry(
    holder: Holder, certificate: x509.Certificate, size_mm: tuple[float, float]
) -> dict[str, Any]:
    return asdict(holder) | {
        "held": {"kind": "software", "key": f"{_stem(holder)}.key.pem"},
        "certificate": f"{_stem(holder)}.pem",
        "fingerprint": certificate.fingerprint(hashes.SHA256()).hex(),
        "serial": format(certificate.serial_number, "x"),
        "picture": f"{_stem(holder)}.png",
        "width_mm": size_mm[0],
        "height_mm": size_mm[1],
    }


def _stem(holder: Holder) -> str:
    return f"holders/{holder.kind}-{holder.id}"


def authority(folder: Path, part: str) -> tuple[x509.Certificate, rsa.RSAPrivateKey]:
    """Certificate and key of `root`, `issuing` or `tsa`."""
    pem = (folder / f"authority/{part}.key.pem").read_bytes()
    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError(f"the key of {part} is not an RSA key")
    return x509.load_pem_x509_certificate((folder / f"authority/{part}.pem").read_bytes()), key


def _write_lists(folder: Path, index: dict[str, Any], now: datetime) -> None:
    entries = index["revoked"].items()
    revoked = {int(serial, 16): datetime.fromisoformat(at) for serial, at in entries}
    for part, listed in (("root", {}), ("issuing", revoked)):
        issuer, key = authority(folder, part)
        signed = certificates.revocation_list(issuer, key, listed, now)
        _replace(folder / f"crl/{part}.crl", signed.public_bytes(serialization.Encoding.DER))


def _write_key(path: Path, key: certificates.Key) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )


def _replace(path: Path, content: bytes) -> None:
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(content)
    fresh.replace(path)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
