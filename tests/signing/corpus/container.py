"""Signature containers (CMS) and time stamps built by hand, right ones and wrong ones alike."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from asn1crypto import algos, cms, core, tsp, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, padding, rsa

from tests.signing.corpus.people import AT, Hand

Container = Callable[[bytes], bytes]
Edit = Callable[[Any], Any]
STAMP_POLICY = "2.16.704.1.1.1.2"


def hashed(algorithm: str, content: bytes) -> bytes:
    """The digest of some bytes."""
    return hashlib.new(algorithm, content).digest()


@dataclass(frozen=True)
class Stamp:
    """A time stamp to be put into a container: by whom, for when, over what."""

    by: Hand
    at: datetime = AT
    imprint: str = "sha256"
    over: bytes | None = None
    edit: Edit | None = None
    digest: str = "sha256"

    def token(self, value: bytes) -> cms.ContentInfo:
        """The token over ``value``, unless told to stamp something else."""
        return time_stamp(self.by, value if self.over is None else self.over, self)


@dataclass(frozen=True)
class Signing:
    """How a container is made. ``edits`` change signed data after or attributes before signing."""

    by: Hand
    digest: str = "sha256"
    pss: bool = False
    claimed: datetime | None = None
    attribute: bool = True
    certificates: Sequence[Hand] | None = None
    stamp: Stamp | None = None
    attributes: Edit | None = None
    edit: Edit | None = None
    after: Callable[[bytes], bytes] | None = None
    unsigned: list[Any] = field(default_factory=list)

    def __call__(self, covered: bytes) -> bytes:
        """The container over these bytes, DER unless ``after`` makes something else of it."""
        signed = self.signed_data(covered)
        if self.edit:
            signed = self.edit(signed) or signed
        made = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
        return self.after(made) if self.after else made

    def signed_data(self, covered: bytes) -> cms.SignedData:
        """The container's inner part."""
        info = self.signer_info(covered)
        hands = (self.by,) if self.certificates is None else self.certificates
        return cms.SignedData(
            {
                "version": "v1",
                "digest_algorithms": [{"algorithm": self.digest}],
                "encap_content_info": {"content_type": "data"},
                "certificates": [hand.asn1 for hand in hands],
                "signer_infos": [info],
            }
        )

    def signer_info(self, covered: bytes) -> cms.SignerInfo:
        """The signer's part: attributes, value and, if asked for, the time stamp over the value."""
        attributes = self._attributes(covered)
        value = sign_value(self.by.key, attributes.dump(), self.digest, self.pss)
        unsigned = list(self.unsigned)
        if self.stamp:
            unsigned.append(_attribute("signature_time_stamp_token", self.stamp.token(value)))
        entries: dict[str, Any] = {
            "version": "v1",
            "sid": signer_identifier(self.by.asn1),
            "digest_algorithm": {"algorithm": self.digest},
            "signature_algorithm": _algorithm(self.by.key, self.digest, self.pss),
            "signed_attrs": attributes,
            "signature": value,
        }
        return cms.SignerInfo(entries | ({"unsigned_attrs": unsigned} if unsigned else {}))

    def _attributes(self, covered: bytes) -> cms.CMSAttributes:
        found = [
            _attribute("content_type", "data"),
            _attribute("message_digest", hashed(self.digest, covered)),
        ]
        if self.claimed:
            time = cms.Time({"utc_time": core.UTCTime(self.claimed)})
            found.append(_attribute("signing_time", time))
        if self.attribute:
            found.append(_certificate_attribute(self.by))
        if self.attributes:
            found = self.attributes(found)
        return cms.CMSAttributes(found)


def sign_value(key: Any, content: bytes, digest: str, pss: bool = False) -> bytes:
    """A signature by any kind of key."""
    algorithm = getattr(hashes, digest.upper())()
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(content, _padding(algorithm) if pss else padding.PKCS1v15(), algorithm)
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(content, ec.ECDSA(algorithm))
    if isinstance(key, dsa.DSAPrivateKey):
        return key.sign(content, algorithm)
    assert isinstance(key, ed25519.Ed25519PrivateKey)
    return key.sign(content)


def _padding(algorithm: Any) -> Any:
    return padding.PSS(padding.MGF1(algorithm), algorithm.digest_size)


def _algorithm(key: Any, digest: str, pss: bool) -> cms.SignedDigestAlgorithm:
    kinds = {
        rsa.RSAPrivateKey: "rsa",
        ec.EllipticCurvePrivateKey: "ecdsa",
        dsa.DSAPrivateKey: "dsa",
    }
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return cms.SignedDigestAlgorithm({"algorithm": "ed25519"})
    if not pss:
        kind = next(word for kind, word in kinds.items() if isinstance(key, kind))
        return cms.SignedDigestAlgorithm({"algorithm": f"{digest}_{kind}"})
    parameters = {
        "hash_algorithm": {"algorithm": digest},
        "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": {"algorithm": digest}},
        "salt_length": hashlib.new(digest).digest_size,
    }
    kind = {"algorithm": "rsassa_pss", "parameters": algos.RSASSAPSSParams(parameters)}
    return cms.SignedDigestAlgorithm(kind)


def signer_identifier(certificate: x509.Certificate) -> cms.SignerIdentifier:
    """Issuer and serial number of the certificate."""
    both = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    return cms.SignerIdentifier("issuer_and_serial_number", cms.IssuerAndSerialNumber(both))


def _attribute(kind: str, value: Any) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": kind, "values": (value,)})


def _certificate_attribute(hand: Hand) -> cms.CMSAttribute:
    named = tsp.ESSCertIDv2({"cert_hash": hashed("sha256", hand.der)})
    return _attribute("signing_certificate_v2", tsp.SigningCertificateV2({"certs": [named]}))


def time_stamp(by: Hand, value: bytes, stamp: Stamp | None = None) -> cms.ContentInfo:
    """A token (RFC 3161) by an authority over ``value``."""
    stamp = stamp or Stamp(by)
    content, digest = _told(value, stamp), stamp.digest
    attributes = cms.CMSAttributes(
        [
            _attribute("content_type", "tst_info"),
            _attribute("message_digest", hashed(digest, content)),
            _certificate_attribute(by),
        ]
    )
    info = {
        "version": "v1",
        "sid": signer_identifier(by.asn1),
        "digest_algorithm": {"algorithm": digest},
        "signature_algorithm": _algorithm(by.key, digest, False),
        "signed_attrs": attributes,
        "signature": sign_value(by.key, attributes.dump(), digest),
    }
    inside = {"content_type": "tst_info", "content": cms.ParsableOctetString(content)}
    signed = {
        "version": "v3",
        "digest_algorithms": [{"algorithm": digest}],
        "encap_content_info": inside,
        "certificates": [by.asn1],
        "signer_infos": [info],
    }
    return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)})


def _told(value: bytes, stamp: Stamp) -> bytes:
    imprint = {
        "hash_algorithm": {"algorithm": stamp.imprint},
        "hashed_message": hashed(stamp.imprint, value),
    }
    told = tsp.TSTInfo(
        {
            "version": "v1",
            "policy": STAMP_POLICY,
            "message_imprint": imprint,
            "serial_number": 7,
            "gen_time": stamp.at,
        }
    )
    return (stamp.edit(told) or told if stamp.edit else told).dump()


def document_stamp(stamp: Stamp) -> Container:
    """A container that is a time stamp over the covered bytes (ETSI.RFC3161)."""
    return lambda covered: stamp.token(covered).dump()


def indefinite(der: bytes) -> bytes:
    """The same container with indefinite lengths outside, as some signers stream it (BER)."""
    outer = cms.ContentInfo.load(der)
    kind, inner = outer["content_type"].dump(), outer["content"].contents
    end = b"\0\0"
    return b"\x30\x80" + kind + b"\xa0\x80" + b"\x30\x80" + inner + 3 * end
