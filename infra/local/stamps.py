"""A time stamping authority (cấp dấu thời gian) of one machine's own, speaking RFC 3161.

It signs the time its clock tells with the key of the `pki` folder; verifiers trust it only where
its root is among the anchors for time stamps. Asked wrongly on purpose, it answers wrongly.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from asn1crypto import algos, cms, core, pem, tsp, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

POLICY = "2.16.704.1.1.1.2"
Clock = Callable[[], datetime]


def now() -> datetime:
    """The instant by this machine's clock, UTC."""
    return datetime.now(UTC)


class Response(core.Sequence):  # type: ignore[misc]
    """RFC 3161's TimeStampResp; the library takes the stamp for a thing that is always there."""

    _fields: ClassVar[list[Any]] = [
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


class TimeAuthority:
    """Answers requests with its own key. `clock` tells an instant with a zone."""

    def __init__(self, key_pem: bytes, certificate_pem: bytes, clock: Clock = now) -> None:
        key = serialization.load_pem_private_key(key_pem, password=None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise TypeError("the authority's key is not an RSA key")
        self._key, self._clock = key, clock
        self._certificate = x509.Certificate.load(pem.unarmor(certificate_pem)[2])

    def answer(self, request: bytes, wrong: str = "") -> bytes:
        """A response (DER) with a stamp over the request's digest.

        `wrong` is what is not as it should be: `nonce`, `imprint`, `policy`, `mods` (granted with
        modifications, which is still good) or `reject` (no stamp).
        """
        asked = tsp.TimeStampReq.load(request)
        if wrong == "reject":
            refused = {"status": "rejection", "fail_info": {"bad_alg"}}
            return bytes(Response({"status": refused}).dump())
        info = self._info(asked, wrong)
        status = "granted_with_mods" if wrong == "mods" else "granted"
        token = cms.ContentInfo({"content_type": "signed_data", "content": self._signed(info)})
        answered = Response({"status": {"status": status}, "time_stamp_token": token})
        return bytes(answered.dump())

    def _info(self, asked: tsp.TimeStampReq, wrong: str) -> bytes:
        imprint = asked["message_imprint"].copy()
        if wrong == "imprint":
            imprint["hashed_message"] = hashlib.sha256(b"another document").digest()
        fields: dict[str, Any] = {
            "version": "v1",
            "policy": "1.2.3.4" if wrong == "policy" else POLICY,
            "message_imprint": imprint,
            "serial_number": secrets.randbits(128),
            "gen_time": self._at(),
            "tsa": x509.GeneralName("directory_name", self._certificate.subject),
        }
        if (nonce := asked["nonce"].native) is not None:
            fields["nonce"] = nonce + (wrong == "nonce")
        return bytes(tsp.TSTInfo(fields).dump())

    def _at(self) -> datetime:
        return self._clock().astimezone(UTC).replace(microsecond=0)

    def _attributes(self, info: bytes) -> cms.CMSAttributes:
        own = tsp.ESSCertIDv2({"cert_hash": self._certificate.sha256})
        told: dict[str, Any] = {
            "content_type": "tst_info",
            "signing_time": cms.Time({"utc_time": core.UTCTime(self._at())}),
            "signing_certificate_v2": tsp.SigningCertificateV2({"certs": [own]}),
            "message_digest": hashlib.sha256(info).digest(),
        }
        return cms.CMSAttributes(
            [cms.CMSAttribute({"type": kind, "values": [value]}) for kind, value in told.items()]
        )

    def _signed(self, info: bytes) -> cms.SignedData:
        attributes = self._attributes(info)
        sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
        named = {
            "issuer": self._certificate.issuer,
            "serial_number": self._certificate.serial_number,
        }
        signer = {
            "version": "v1",
            "sid": cms.SignerIdentifier("issuer_and_serial_number", named),
            "digest_algorithm": sha256,
            "signature_algorithm": {"algorithm": "sha256_rsa"},
            "signed_attrs": attributes,
            "signature": self._key.sign(attributes.dump(), padding.PKCS1v15(), hashes.SHA256()),
        }
        content = {"content_type": "tst_info", "content": cms.ParsableOctetString(info)}
        return cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [sha256],
                "encap_content_info": content,
                "certificates": [self._certificate],
                "signer_infos": [signer],
            }
        )


def time_authority(folder: Path, clock: Clock = now) -> TimeAuthority:
    """The authority whose key lies in `folder/authority` (see `pki.py`)."""
    part = folder / "authority"
    return TimeAuthority(
        (part / "tsa.key.pem").read_bytes(), (part / "tsa.pem").read_bytes(), clock
    )
