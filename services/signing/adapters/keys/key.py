"""What every key is to whoever signs with it: whose it is, its certificate, and how it signs."""

from dataclasses import dataclass
from typing import Protocol

from asn1crypto import x509 as asn1

from contracts.signing.sessions import SignatureAlgorithm


class Signer(Protocol):
    """Who signs: a holder, his certificate, and how his key signs, wherever it is."""

    @property
    def holder(self) -> str:
        """Whose key it is: ``person:…`` or ``agency:…``."""

    @property
    def certificate(self) -> asn1.Certificate:
        """The certificate of the key."""

    @property
    def algorithm(self) -> SignatureAlgorithm:
        """How the key signs."""


class SigningKey(Signer, Protocol):
    """A private key (khóa bí mật) that can be used from here; it belongs to its certificate."""

    def sign(self, content: bytes) -> bytes:
        """A signature value over ``content`` (DER of signed attributes), checked already."""


@dataclass(frozen=True)
class KeyInDevice:
    """A key in a token or SIM in the holder's own hands: only he can use it, in two phases."""

    holder: str
    certificate: asn1.Certificate
    algorithm: SignatureAlgorithm
