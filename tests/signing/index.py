"""The index of keys, changed by a test."""

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

from infra.local import pki
from infra.local.softhsm import SoftHSM

PIN = "4711"
PASSWORD = "mật khẩu của khóa"


def hold(folder: Path, holder: str, **held: object) -> None:
    """Say in the index how a holder's key is held."""
    index = pki.read_index(folder)
    index["holders"][holder]["held"] = held
    pki.write_index(folder, index)


def secret(folder: Path, name: str, content: str | bytes) -> str:
    """A file only its owner may read; its name."""
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (folder / name).chmod(0o600)
    return name


def move_to_token(softhsm: SoftHSM, folder: Path, holder: str, token: str, **other: object) -> None:
    """Put a holder's software key into a token, under his name, and say so in the index."""
    index = pki.read_index(folder)
    place = sorted(index["holders"]).index(holder) + 1
    key = folder / f"holders/{holder.replace(':', '-')}.key.pem"
    softhsm.import_key(token, PIN, key, holder, f"{place:02x}")
    pin_file = secret(folder, "token.pin", PIN)
    held = {"module": str(softhsm.module), "token": token, "key": holder, "pin_file": pin_file}
    hold(folder, holder, kind="pkcs11", **held, **other)


def pair(folder: Path, name: str) -> tuple[bytes, bytes]:
    """Key and certificate of a holder, in PEM."""
    stem = folder / "holders" / name.replace(":", "-")
    return stem.with_name(f"{stem.name}.key.pem").read_bytes(), Path(f"{stem}.pem").read_bytes()


def packed(folder: Path, name: str, password: str = PASSWORD) -> bytes:
    """A holder's key and certificate as a PKCS#12 file."""
    key_pem, certificate_pem = pair(folder, name)
    return pkcs12.serialize_key_and_certificates(
        b"an",
        serialization.load_pem_private_key(key_pem, None),  # type: ignore[arg-type]
        x509.load_pem_x509_certificate(certificate_pem),
        None,
        serialization.BestAvailableEncryption(password.encode()),
    )
