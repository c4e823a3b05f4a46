"""The PyPI libraries `as4` and `pyas2lib` exchanging, in an environment apart.

`python exchange_peers.py as4|pyas2lib SECONDS BYTES` prints how many exchanges one second of
processor time did: a message built and signed, parsed and verified, its signed receipt built, and
that receipt verified. RSA-2048 keys, SHA-256, nothing encrypted where the library lets it be.

Their dependencies contradict ours, so this file imports nothing of ours and runs in a virtual
environment made from `exchange_peers.lock`.
"""

from __future__ import annotations

import datetime
import importlib
import os
import re
import sys
import time
from collections.abc import Callable
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

ISSUE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2::Invoice##urn:x::2.1"


def identity(name: str) -> tuple[Any, x509.Certificate]:
    """A key and a certificate that it signed itself."""
    key = rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    day = datetime.timedelta(days=1)
    made = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    return key, made.not_valid_before(now - day).not_valid_after(now + day).sign(key, SHA256())


def by_as4(payload: bytes) -> Callable[[], None]:
    """One exchange with `as4`: it encrypts always."""
    from as4 import AS4LocalPrivateKey, SecurityPolicy, peppol, pinned_certificates

    ours, theirs = identity("PTE000001"), identity("PTE000002")
    sender = peppol.create_peppol_internal_party(
        party_id="PTE000001", certificate=ours[1], private_key=AS4LocalPrivateKey(ours[0])
    )
    receiver = peppol.create_peppol_internal_party(
        party_id="PTE000002", certificate=theirs[1], private_key=AS4LocalPrivateKey(theirs[0])
    )
    far = peppol.create_peppol_external_party(party_id="PTE000002", certificate=theirs[1])
    policy = SecurityPolicy(signer_resolver=pinned_certificates(ours[1]))
    body = b"<Invoice xmlns='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2'>%s</Invoice>"
    text = body % payload.hex().encode()[: len(payload)]

    def once() -> None:
        message = peppol.build_peppol_message(
            payload=text,
            local_party=sender,
            remote_party=far,
            sender="9932:9999999999",
            recipient="9932:1111111111",
            sender_country_id="GB",
            document_type_identifier_scheme="busdox-docid-qns",
            document_type_identifier_value=ISSUE,
            process_identifier="urn:fdc:peppol.eu:2017:poacc:billing:01:1.0",
        )
        data, boundary = message.get_request_data()
        received = peppol.parse_peppol_message(
            request_headers=message.get_http_headers(boundary),
            request_body=data,
            local_party=receiver,
            security_policy=policy,
        )
        _, signal = received.build_signal()
        assert received.successful, received
        receipt = peppol.parse_peppol_receipt(signal, theirs[1])
        receipt.verify_non_repudiation(message.signed_references)

    return once


def by_pyas2lib(payload: bytes) -> Callable[[], None]:
    """One exchange with `pyas2lib`: signed, not encrypted, with a signed MDN."""
    _let_oscrypto_read_two_digits()
    from pyas2lib import as2

    ours, theirs = identity("ours"), identity("theirs")
    us, them = organization(as2, "ours", ours), organization(as2, "theirs", theirs)
    far, near = partner(as2, "theirs", theirs), partner(as2, "ours", ours)

    def once() -> None:
        message = as2.Message(us, far)
        message.build(payload, content_type="application/pdf")
        _, _, mdn = as2.Message().parse(
            message.headers_str + b"\r\n" + message.content,
            find_org_cb=lambda name: them,
            find_partner_cb=lambda name: near,
        )
        status, detail = as2.Mdn().parse(
            mdn.headers_str + b"\r\n" + mdn.content, find_message_cb=lambda *_: message
        )
        assert status == "processed", detail

    return once


def _let_oscrypto_read_two_digits() -> None:
    """oscrypto 1.3.0 does not find the version in "OpenSSL 3.0.19" and refuses to load."""
    search = re.search

    def tolerant(pattern: Any, text: Any, *flags: int) -> Any:
        if isinstance(pattern, str):
            pattern = pattern.replace(r"\.\d[a-z]*", r"\.\d+[a-z]*")
        return search(pattern, text, *flags)

    re.search = tolerant
    importlib.import_module("oscrypto.asymmetric")
    re.search = search


def organization(as2: Any, name: str, of: tuple[Any, x509.Certificate]) -> Any:
    secret = BestAvailableEncryption(b"test")
    key = serialize_key_and_certificates(name.encode(), of[0], of[1], None, secret)
    return as2.Organization(as2_name=name, sign_key=key, sign_key_pass="test")


def partner(as2: Any, name: str, of: tuple[Any, x509.Certificate]) -> Any:
    made = as2.Partner(as2_name=name, verify_cert=of[1].public_bytes(Encoding.PEM))
    made.sign, made.encrypt, made.mdn_mode = True, False, as2.SYNCHRONOUS_MDN
    made.digest_alg, made.mdn_digest_alg = "sha256", "sha256"
    return made


def main() -> None:
    """Exchange for so many seconds of processor time."""
    library, seconds, size = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    once = {"as4": by_as4, "pyas2lib": by_pyas2lib}[library](os.urandom(size))
    once()
    began, done = time.process_time(), 0
    while (took := time.process_time() - began) < seconds:
        once()
        done += 1
    print(done / took)


if __name__ == "__main__":
    main()
