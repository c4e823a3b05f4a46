# mypy: allow-untyped-calls
"""A time stamping authority (cấp dấu thời gian) of one's own, speaking RFC 3161 in the process.

For development, tests and the demonstration. It signs the time its clock tells with the key of the
``pki`` folder; verifiers trust it only where its root is among the anchors for time stamps.
"""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asn1crypto import algos, cms, core, tsp, x509
from cryptography.hazmat.primitives import hashes
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute
from pyhanko.sign.timestamps import TimeStamper

from services.signing.adapters.keys.key import SigningKey
from services.signing.adapters.keys.software import signing_key

POLICY = "2.16.704.1.1.1.2"
Clock = Callable[[], datetime]


def now() -> datetime:
    """The instant by this machine's clock, UTC."""
    return datetime.now(UTC)


class LocalTimeAuthority(TimeStamper):
    """Answers time stamp requests with its own key. ``clock`` tells an instant with a zone."""

    def __init__(self, key: SigningKey, clock: Clock = now) -> None:
        super().__init__()
        self._key = key
        self._clock = clock

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Stamp the digest of the request with the time now."""
        at = self._clock().astimezone(UTC).replace(microsecond=0)
        info = self._info(req, at).dump()
        attributes = self._attributes(info, at)
        signed = self._signed(info, attributes, self._key.sign(attributes.dump()))
        return tsp.TimeStampResp(
            {
                "status": tsp.PKIStatusInfo({"status": tsp.PKIStatus("granted")}),
                "time_stamp_token": cms.ContentInfo(
                    {"content_type": "signed_data", "content": signed}
                ),
            }
        )

    def _info(self, req: tsp.TimeStampReq, at: datetime) -> tsp.TSTInfo:
        fields: dict[str, Any] = {
            "version": "v1",
            "policy": POLICY,
            "message_imprint": req["message_imprint"],
            "serial_number": secrets.randbits(128),
            "gen_time": at,
            "tsa": x509.GeneralName("directory_name", self._key.certificate.subject),
        }
        if req["nonce"].native is not None:
            fields["nonce"] = req["nonce"]
        return tsp.TSTInfo(fields)

    def _attributes(self, info: bytes, at: datetime) -> cms.CMSAttributes:
        digest = hashes.Hash(hashes.SHA256())
        digest.update(info)
        certificate = as_signing_certificate_v2(self._key.certificate)
        return cms.CMSAttributes(
            [
                simple_cms_attribute("content_type", "tst_info"),
                simple_cms_attribute("signing_time", cms.Time({"utc_time": core.UTCTime(at)})),
                simple_cms_attribute("signing_certificate_v2", certificate),
                simple_cms_attribute("message_digest", digest.finalize()),
            ]
        )

    def _signed(self, info: bytes, attributes: cms.CMSAttributes, value: bytes) -> cms.SignedData:
        certificate = self._key.certificate
        sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
        signer = {
            "version": "v1",
            "sid": cms.IssuerAndSerialNumber(
                {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
            ),
            "digest_algorithm": sha256,
            "signature_algorithm": {"algorithm": "sha256_rsa"},
            "signed_attrs": attributes,
            "signature": value,
        }
        signer["sid"] = cms.SignerIdentifier("issuer_and_serial_number", signer["sid"])
        content = {"content_type": "tst_info", "content": cms.ParsableOctetString(info)}
        return cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [sha256],
                "encap_content_info": content,
                "certificates": [certificate],
                "signer_infos": [signer],
            }
        )


def local_authority(folder: Path, clock: Clock = now) -> LocalTimeAuthority:
    """The authority whose key lies in ``folder/authority`` (see ``infra/local/pki.py``)."""
    part = folder / "authority"
    key = signing_key("tsa", (part / "tsa.key.pem").read_bytes(), (part / "tsa.pem").read_bytes())
    return LocalTimeAuthority(key, clock)
