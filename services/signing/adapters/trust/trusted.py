"""One version of everything trusted, as plain data: made from the records, used by paths."""

from typing import Literal

from msgspec import Struct


class Holder(Struct, frozen=True):
    """To whom our directory says a certificate belongs, and whose `agency` that is.

    Fingerprint: SHA-256, hexadecimal.
    """

    fingerprint: str
    role: Literal["person", "agency"]
    id: str
    agency: str = ""


class TrustSet(Struct, frozen=True, kw_only=True):
    """One version of everything trusted; certificates, lists and answers (OCSP) in DER."""

    version: str
    signer_anchors: tuple[bytes, ...]
    timestamp_anchors: tuple[bytes, ...]
    intermediates: tuple[bytes, ...] = ()
    revocation_lists: tuple[bytes, ...] = ()
    revocation_answers: tuple[bytes, ...] = ()
    holders: tuple[Holder, ...] = ()
