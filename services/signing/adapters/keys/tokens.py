# mypy: allow-untyped-calls
"""Keys in tokens and security modules (thiết bị PKCS#11): the key never leaves the device.

A process logs in to a token once and keeps a few sessions open, because logging in is slow and a
login belongs to all sessions of the process. A session that was lost is opened anew once. A PIN
that was refused is not shown again, for a token locks itself after a few.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final, TypeVar

import pkcs11
from asn1crypto import core
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.sign.pkcs11 import select_pkcs11_signing_params

from contracts.signing.sessions import SignatureAlgorithm
from services.signing.adapters import refusals
from services.signing.adapters.keys.algorithms import (
    check_value,
    digest_name,
    in_cms,
    public_key,
)
from services.signing.adapters.keys.secrets import read_pin

T = TypeVar("T")
_LOST: Final = (
    pkcs11.DeviceError,
    pkcs11.DeviceRemoved,
    pkcs11.GeneralError,
    pkcs11.KeyHandleInvalid,
    pkcs11.NoSuchKey,  # what a session without a login sees
    pkcs11.ObjectHandleInvalid,
    pkcs11.SessionClosed,
    pkcs11.SessionHandleInvalid,
    pkcs11.TokenNotPresent,
    pkcs11.UserNotLoggedIn,
)
_TOLD: Final[dict[type[pkcs11.PKCS11Error], type[refusals.SigningRefused]]] = {
    pkcs11.NoSuchKey: refusals.KeyMissing,
    pkcs11.NoSuchToken: refusals.KeyMissing,
    pkcs11.PinExpired: refusals.TokenPin,
    pkcs11.PinIncorrect: refusals.TokenPin,
    pkcs11.PinInvalid: refusals.TokenPin,
    pkcs11.PinLenRange: refusals.TokenPin,
    pkcs11.PinLocked: refusals.TokenLocked,
}
_DIGEST_BEFORE: Final = frozenset({"ecdsa"})
"""Where the digest is computed here: few devices know the combined mechanism."""


@dataclass(eq=False)
class _Line:
    """An open session with the keys that were found in it."""

    session: Any
    keys: dict[str, Any] = field(default_factory=dict)

    def key(self, label: str) -> Any:
        if label not in self.keys:
            wanted = pkcs11.ObjectClass.PRIVATE_KEY
            self.keys[label] = self.session.get_key(object_class=wanted, label=label)
        return self.keys[label]


class Token:
    """One token of a module, by its label, as this process uses it; ``pin`` tells its PIN."""

    def __init__(self, module: Path, label: str, pin: Callable[[], str]) -> None:
        self._module, self._label, self._pin = module, label, pin
        self._idle: list[_Line] = []
        self._refused_pin = ""
        self._turn = threading.Lock()

    def use(self, holder: str, act: Callable[[_Line], T]) -> T:
        """Do ``act`` in an open session, once more in a new one if that was lost.

        Refuses, in the name of ``holder``, a token that is not there, locked, or without the key.
        """
        try:
            return self._once_more(act)
        except pkcs11.PKCS11Error as failure:
            raise _told(holder, failure) from failure

    def forget(self) -> None:
        """Close all idle sessions; the next use logs in anew."""
        with self._turn:
            lines, self._idle = self._idle, []
        for line in lines:
            with suppress(pkcs11.PKCS11Error):
                line.session.close()

    def _once_more(self, act: Callable[[_Line], T]) -> T:
        try:
            return self._once(act)
        except _LOST:
            return self._once(act)

    def _once(self, act: Callable[[_Line], T]) -> T:
        with self._turn:
            line = self._idle.pop() if self._idle else _Line(self._opened())
        try:
            answer = act(line)
        except pkcs11.PKCS11Error:
            self._put_back(line)
            self.forget()
            raise
        self._put_back(line)
        return answer

    def _put_back(self, line: _Line) -> None:
        with self._turn:
            self._idle.append(line)

    def _opened(self) -> Any:
        token, pin = self._found(), self._pin()
        if pin == self._refused_pin:
            raise pkcs11.PinIncorrect
        try:
            return token.open(user_pin=pin)
        except pkcs11.UserAlreadyLoggedIn:
            return token.open()
        except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange):
            self._refused_pin = pin
            raise

    def _found(self) -> Any:
        try:
            return pkcs11.lib(str(self._module)).get_token(token_label=self._label)
        except pkcs11.GeneralError as failure:  # SoftHSM of a token that was taken out
            raise pkcs11.NoSuchToken from failure


@dataclass(frozen=True)
class TokenKey:
    """A private key in a token, by its label there; made by ``key_in_token``."""

    holder: str
    certificate: asn1.Certificate
    algorithm: SignatureAlgorithm
    token: Token
    label: str

    def sign(self, content: bytes) -> bytes:
        """A signature value over ``content`` by the device, verified against the certificate."""
        mechanism = in_cms(self.algorithm)
        before = self.algorithm.startswith(tuple(_DIGEST_BEFORE))
        how = select_pkcs11_signing_params(mechanism, digest_name(self.algorithm), before, {})
        data = how.pre_sign_transform(content) if how.pre_sign_transform else content
        made = self.token.use(
            self.holder, lambda line: line.key(self.label).sign(data, **how.sign_kwargs)
        )
        value: bytes = how.post_sign_transform(made) if how.post_sign_transform else made
        check_value(self.certificate, self.algorithm, value, content)
        return value


@lru_cache(maxsize=64)
def token_of(module: Path, label: str, pin_file: Path) -> Token:
    """The one ``Token`` of this process for a label."""
    return Token(module, label, partial(read_pin, pin_file))


def key_in_token(
    holder: str,
    certificate: asn1.Certificate,
    algorithm: SignatureAlgorithm,
    token: Token,
    label: str,
) -> TokenKey:
    """A key of the token; refuses one that is not there or does not fit the certificate."""
    own = _raw(certificate)
    if token.use(holder, lambda line: _public(line, label)) not in (b"", own, _wrapped(own)):
        raise refusals.KeyCertMismatch(holder=holder)
    return TokenKey(holder, certificate, algorithm, token, label)


def _public(line: _Line, label: str) -> bytes:
    """What the token tells of the public half: modulus or point; nothing where it tells none."""
    key = line.key(label)
    if key.key_type is pkcs11.KeyType.RSA:
        return bytes(key[pkcs11.Attribute.MODULUS]).lstrip(b"\0")
    wanted = pkcs11.ObjectClass.PUBLIC_KEY
    for public in line.session.get_objects(
        {pkcs11.Attribute.CLASS: wanted, pkcs11.Attribute.LABEL: label}
    ):
        return bytes(public[pkcs11.Attribute.EC_POINT])
    return b""


def _wrapped(point: bytes) -> bytes:
    """A point as the standard has it told; not every device does."""
    return bytes(core.OctetString(point).dump())


def _raw(certificate: asn1.Certificate) -> bytes:
    """The same of the certificate's key."""
    key = public_key(certificate)
    if isinstance(key, rsa.RSAPublicKey):
        number = key.public_numbers().n
        return number.to_bytes((number.bit_length() + 7) // 8)
    return bytes(certificate.public_key["public_key"].native)


def _told(holder: str, failure: pkcs11.PKCS11Error) -> refusals.SigningRefused:
    if type(failure) in _TOLD:
        return _TOLD[type(failure)](holder=holder)
    if isinstance(failure, _LOST):
        return refusals.TokenSessionLost(holder=holder)
    error = f"{type(failure).__name__} {failure}".strip()
    return refusals.TokenRefused(holder=holder, error=error)
