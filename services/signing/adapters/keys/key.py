"""What every key is to whoever signs with it: whose it is, its certificate, and how it signs."""

from typing import Protocol

from asn1crypto import x509 as asn1

from contracts.signing.sessions import SignatureAlgorithm


class SigningKey(Protocol):
    """A private key (khóa bí mật), wherever it is held; it belongs to its certificate."""

    @property
    def holder(self) -> str:
        """Whose key it is: ``person:…`` or ``agency:…``."""

    @property
    def certificate(self) -> asn1.Certificate:
        """The certificate of the key."""

    @property
    def algorithm(self) -> SignatureAlgorithm:
        """How the key signs."""

    def sign(self, content: bytes) -> bytes:
        """A signature value over ``content`` (DER of signed attributes), checked already."""
