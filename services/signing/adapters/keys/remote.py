# mypy: allow-untyped-calls
"""Keys at a remote provider (ký số từ xa), asked by the CSC API of versions 1 and 2.

Each act is authorised by itself, for the digest of that act alone: where the provider asks the
person, he consents to that very act, and no authorisation is kept or used again. The provider is
slow and unsteady: what is not answered is asked again; an authorisation that was spent on an
answer that got lost is asked for anew.
"""

import base64
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
import urllib3
from asn1crypto import x509 as asn1

from contracts.signing.sessions import SignatureAlgorithm
from services.signing.adapters import refusals
from services.signing.adapters.keys.algorithms import check_value, digest_name, in_cms
from services.signing.adapters.keys.secrets import read_pin

Version = Literal["v1", "v2"]
ACTS: Final = 5
"""How often an act is begun anew at most."""

_DIGESTS: Final = {
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2",
    "sha512": "2.16.840.1.101.3.4.2.3",
}
_TOLD: Final[dict[str, type[refusals.SigningRefused]]] = {
    "access_denied": refusals.ConsentDenied,
    "authorization_denied": refusals.ConsentDenied,
    "invalid_pin": refusals.TokenPin,
    "pin_locked": refusals.TokenLocked,
    "credential_locked": refusals.TokenLocked,
}


class Provider:
    """One provider at ``url`` (``https://…/csc/v2``), with a bearer token from a file.

    ``seconds`` is how long one question waits; one that stays without an answer is asked four
    times.
    """

    def __init__(self, url: str, version: Version, token_file: Path, seconds: float) -> None:
        again = urllib3.Retry(
            3,
            redirect=0,
            backoff_factor=0.1,
            allowed_methods=None,
            status_forcelist=(429, 500, 502, 503, 504),
        )
        self.version: Version = version
        self._url, self._token_file = url.rstrip("/"), token_file
        self._http = urllib3.PoolManager(timeout=seconds, retries=again)

    def ask(self, holder: str, what: str, words: dict[str, Any]) -> dict[str, Any]:
        """Ask ``what`` of the API in the name of ``holder``; refusals say what was answered."""
        bearer = {"Authorization": f"Bearer {read_pin(self._token_file)}"}
        try:
            answer = self._http.request("POST", f"{self._url}/{what}", json=words, headers=bearer)
        except urllib3.exceptions.HTTPError as failure:
            error = type(failure).__name__
            raise refusals.RemoteUnavailable(holder=holder, error=error) from failure
        try:
            told: dict[str, Any] = msgspec.json.decode(answer.data, type=dict[str, Any])
        except msgspec.DecodeError as failure:
            raise refusals.RemoteRefused(holder=holder, error=f"HTTP {answer.status}") from failure
        if answer.status != 200:
            raise _refused(holder, told)
        return told


class _Spent(refusals.RemoteRefused):
    """The authorisation was used already, or ran out."""


def _refused(holder: str, told: dict[str, Any]) -> refusals.SigningRefused:
    error, why = str(told.get("error", "")), str(told.get("error_description", ""))
    if error in _TOLD:
        return _TOLD[error](holder=holder)
    spent = "SAD" in why
    return (_Spent if spent else refusals.RemoteRefused)(holder=holder, error=f"{error} {why}")


@dataclass(frozen=True)
class RemoteKey:
    """A private key at a provider; made by ``key_at_provider``."""

    holder: str
    certificate: asn1.Certificate
    algorithm: SignatureAlgorithm
    provider: Provider
    credential: str
    pin_file: Path | None = None

    def sign(self, content: bytes) -> bytes:
        """A value over ``content`` that the provider made for this act, checked here.

        Refuses a consent that was denied, a provider that stays away, and a wrong value.
        """
        digest = hashlib.new(digest_name(self.algorithm), content).digest()
        hashed = base64.b64encode(digest).decode()
        value = base64.b64decode(self._signed(hashed))
        check_value(self.certificate, self.algorithm, value, content)
        return value

    def _signed(self, hashed: str) -> str:
        for act in range(ACTS):
            authorised = self._ask("credentials/authorize", self._authorisation(hashed))
            try:
                told = self._ask("signatures/signHash", self._order(hashed, authorised["SAD"]))
                return str(told["signatures"][0])
            except _Spent:
                if act == ACTS - 1:
                    raise
        raise AssertionError(ACTS)

    def _ask(self, what: str, words: dict[str, Any]) -> dict[str, Any]:
        return self.provider.ask(self.holder, what, {"credentialID": self.credential, **words})

    def _authorisation(self, hashed: str) -> dict[str, Any]:
        """One signature, of this digest only."""
        pin = read_pin(self.pin_file) if self.pin_file else ""
        if self.provider.version == "v1":
            return {"numSignatures": 1, "hash": [hashed]} | ({"PIN": pin} if pin else {})
        shown = [{"id": "PIN", "value": pin}] if pin else []
        return {
            "numSignatures": 1,
            "hashes": [hashed],
            "hashAlgorithmOID": _DIGESTS[digest_name(self.algorithm)],
        } | ({"authData": shown} if shown else {})

    def _order(self, hashed: str, sad: str) -> dict[str, Any]:
        digest, how = _DIGESTS[digest_name(self.algorithm)], in_cms(self.algorithm)
        words: dict[str, Any] = {"SAD": sad, "signAlgo": how["algorithm"].dotted}
        if self.algorithm is SignatureAlgorithm.RSA_PSS_SHA256:
            words["signAlgoParams"] = base64.b64encode(how["parameters"].dump()).decode()
        if self.provider.version == "v1":
            return words | {"hash": [hashed], "hashAlgo": digest}
        return words | {"hashes": [hashed], "hashAlgorithmOID": digest, "operationMode": "S"}


@lru_cache(maxsize=64)
def provider_of(url: str, version: Version, token_file: Path, seconds: float) -> Provider:
    """The one ``Provider`` of this process at an address."""
    return Provider(url, version, token_file, seconds)


def key_at_provider(
    holder: str,
    certificate: asn1.Certificate,
    algorithm: SignatureAlgorithm,
    provider: Provider,
    credential: str,
    pin_file: Path | None = None,
) -> RemoteKey:
    """A key of the provider; refuses one that does not fit, or asks what nobody here can answer.

    A one-time password cannot travel through a queue: such a person signs with his device.
    """
    words = {"credentialID": credential, "certificates": "single", "authInfo": True}
    told = provider.ask(holder, "credentials/info", words)
    try:
        own = asn1.Certificate.load(base64.b64decode(told["cert"]["certificates"][0]))
    except (KeyError, IndexError, TypeError, ValueError) as failure:
        raise refusals.RemoteRefused(holder=holder, error="credentials/info") from failure
    if own.sha256 != certificate.sha256:
        raise refusals.KeyCertMismatch(holder=holder)
    if told.get("key", {}).get("status", "enabled") != "enabled":
        raise refusals.TokenLocked(holder=holder)
    if _mode(told) != ("explicit" if pin_file else "implicit"):
        raise refusals.ConsentUnavailable(holder=holder, mode=_mode(told))
    return RemoteKey(holder, certificate, algorithm, provider, credential, pin_file)


def _mode(told: dict[str, Any]) -> str:
    """How the provider asks for consent; a one-time password is told as such."""
    one_time = told.get("OTP", {}).get("presence") in ("true", True)
    objects = told.get("auth", {}).get("objects", ())
    if one_time or any(str(it.get("type")) == "OTP" for it in objects):
        return "one-time password"
    return str(told.get("authMode") or told.get("auth", {}).get("mode", ""))
