"""Who holds which key: the index ``keys.json`` of a folder, where paths are relative to it.

    {"holders": {"person:an": {"certificate": "an.pem", "picture": "an.png", "width_mm": 45, …,
                               "held": {"kind": "software", "key": "an.key.pem"}}}}

The index and its files are read anew when they change. Secrets lie in files of their own with mode
0600, never in the index.
"""

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from asn1crypto import x509 as asn1
from msgspec import Struct

from services.signing.adapters import refusals
from services.signing.adapters.appearance.picture import Picture
from services.signing.adapters.keys.algorithms import algorithm_of
from services.signing.adapters.keys.key import KeyInDevice, Signer, SigningKey
from services.signing.adapters.keys.remote import Version, key_at_provider, provider_of
from services.signing.adapters.keys.secrets import read_pin, read_secret
from services.signing.adapters.keys.software import key_of_pkcs12, load_certificates, signing_key
from services.signing.adapters.keys.tokens import key_in_token, token_of


class Software(Struct, frozen=True, kw_only=True, tag_field="kind", tag="software"):
    """A private key in a PEM file, for development."""

    key: str
    pss: bool = False


class Pkcs12(Struct, frozen=True, kw_only=True, tag_field="kind", tag="pkcs12"):
    """Key and certificate in one file under a password, for development."""

    file: str
    password_file: str
    pss: bool = False


class Pkcs11(Struct, frozen=True, kw_only=True, tag_field="kind", tag="pkcs11"):
    """A key in a token or security module: the module, the token's label, the key's label."""

    module: str
    token: str
    key: str
    pin_file: str
    pss: bool = False


class Remote(Struct, frozen=True, kw_only=True, tag_field="kind", tag="csc"):
    """A key at a provider with a CSC API; `pin_file` only where no person's consent is needed."""

    url: str
    credential: str
    token_file: str
    version: Version = "v2"
    pin_file: str = ""
    seconds: float = 30
    pss: bool = False


class Device(Struct, frozen=True, kw_only=True, tag_field="kind", tag="token"):
    """A key in a token or SIM in the holder's own hands."""

    pss: bool = False


Custody = Software | Pkcs12 | Pkcs11 | Remote | Device


class Holder(Struct, frozen=True, kw_only=True):
    """One line of the index: where the key is held, the certificate, the picture and its size."""

    held: Custody
    certificate: str
    picture: str
    width_mm: float
    height_mm: float


class _Index(Struct, frozen=True):
    holders: dict[str, msgspec.Raw]


def load_key(folder: Path, holder: str) -> SigningKey:
    """The key of a holder (``person:…``, ``agency:…``), checked to belong to his certificate.

    Refuses with ``DeviceAwaited`` where it is in the holder's own hands.
    """
    entry = _entry(folder, holder)
    return _key(folder, holder, entry, _stamps(folder, entry))


def load_device(folder: Path, holder: str) -> Signer:
    """Who signs with a device of his own; refuses a holder whose key is held here."""
    entry = _entry(folder, holder)
    if not isinstance(entry.held, Device):
        raise refusals.KeyHeldHere(holder=holder)
    certificate = load_certificates((folder / entry.certificate).read_bytes())[0]
    return KeyInDevice(holder, certificate, algorithm_of(certificate, pss=entry.held.pss))


def load_picture(folder: Path, holder: str) -> Picture:
    """The picture of a holder."""
    entry = _entry(folder, holder)
    png = (folder / entry.picture).read_bytes()
    return Picture(png, entry.width_mm, entry.height_mm)


@lru_cache(maxsize=256)
def _key(folder: Path, holder: str, entry: Holder, stamps: tuple[int, ...]) -> SigningKey:
    certificate = (folder / entry.certificate).read_bytes()
    key = _at_hand(folder, holder, entry.held, certificate)
    if key.certificate.sha256 != load_certificates(certificate)[0].sha256:
        raise refusals.KeyCertMismatch(holder=holder)
    return key


def _at_hand(folder: Path, holder: str, held: Custody, certificate: bytes) -> SigningKey:
    match held:
        case Device():
            raise refusals.DeviceAwaited(holder=holder)
        case Software(key=key, pss=pss):
            return signing_key(holder, read_secret(folder / key), certificate, pss=pss)
        case Pkcs12(file=file, password_file=password_file, pss=pss):
            password = read_pin(folder / password_file).encode()
            return key_of_pkcs12(holder, read_secret(folder / file), password, pss=pss)
        case Pkcs11(module=module, token=token, key=key, pin_file=pin_file, pss=pss):
            own = load_certificates(certificate)[0]
            device = token_of(folder / module, token, folder / pin_file)
            return key_in_token(holder, own, algorithm_of(own, pss=pss), device, key)
        case Remote():
            return _at_provider(folder, holder, held, load_certificates(certificate)[0])


def _at_provider(folder: Path, holder: str, held: Remote, own: asn1.Certificate) -> SigningKey:
    at = urlsplit(held.url)
    if at.scheme != "https" and at.hostname != "127.0.0.1":
        raise refusals.KeyEntryWrong(holder=holder, why="url: https")
    if held.pin_file and holder.startswith("person:"):
        raise refusals.KeyEntryWrong(holder=holder, why="pin_file: a person consents to each act")
    provider = provider_of(held.url, held.version, folder / held.token_file, held.seconds)
    pin_file = folder / held.pin_file if held.pin_file else None
    algorithm = algorithm_of(own, pss=held.pss)
    return key_at_provider(holder, own, algorithm, provider, held.credential, pin_file)


def _stamps(folder: Path, entry: Holder) -> tuple[int, ...]:
    """When each file of an entry was last changed: a new key or PIN bites at once."""
    named = [value for value in msgspec.structs.astuple(entry.held) if isinstance(value, str)]
    files = [folder / name for name in (entry.certificate, *named)]
    return tuple(file.stat().st_mtime_ns for file in files if file.is_file())


def _entry(folder: Path, holder: str) -> Holder:
    path = folder / "keys.json"
    raw = _index(path, path.stat().st_mtime_ns).holders.get(holder)
    if raw is None:
        raise refusals.KeyMissing(holder=holder)
    try:
        return msgspec.json.decode(raw, type=Holder)
    except msgspec.ValidationError as failure:
        raise refusals.KeyEntryWrong(holder=holder, why=str(failure)) from failure


@lru_cache(maxsize=8)
def _index(path: Path, stamp: int) -> _Index:
    return msgspec.json.decode(path.read_bytes(), type=_Index)
