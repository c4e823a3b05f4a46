# mypy: allow-untyped-calls
"""Reading a time stamp (dấu thời gian, RFC 3161): what it stamps, when, and who says so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms
from cryptography.hazmat.primitives import hashes
from pyhanko.sign.general import extract_certificate_info, extract_signer_info
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from services.signing.adapters.report import Reason
from services.signing.adapters.trust import TrustSet, check_authority


@dataclass(frozen=True)
class Stamp:
    """The time a stamp tells and whether it is proven: intact, over this, by a trusted one."""

    at: datetime
    authority: str
    proven: bool
    reasons: tuple[Reason, ...]


async def check_stamp(
    token: cms.SignedData,
    signed: cms.SignerInfo,
    trusted: TrustSet,
    at: datetime,
    covered: Callable[[str], bytes] | None = None,
) -> Stamp:
    """Judge a stamp over the value of ``signed``, or over the file's digest that ``covered`` makes.

    A stamp whose imprint is SHA-1 is told and not refused, while the Government's own still is.
    """

    def value(algorithm: str) -> bytes:
        return _digest(algorithm, signed["signature"].native)

    intact, valid = token_integrity(token, covered or value)
    certificate = extract_certificate_info(token).signer_cert
    found = await check_authority(certificate, trusted, at)
    content = token["encap_content_info"]["content"].parsed
    reasons = list(found.reasons)
    if not (intact and valid):
        reasons.append(Reason(code="TIMESTAMP_BROKEN"))
    if content["message_imprint"]["hash_algorithm"]["algorithm"].native == "sha1":
        reasons.append(Reason(code="TIMESTAMP_IMPRINT_SHA1"))
    return Stamp(
        at=content["gen_time"].native,
        authority=str(certificate.subject.native.get("common_name", "")),
        proven=intact and valid and found.trust == "TRUSTED" and found.policy == "OK",
        reasons=tuple(_softened(reason) for reason in reasons),
    )


def token_integrity(token: cms.SignedData, expected: Callable[[str], bytes]) -> tuple[bool, bool]:
    """Whether the stamp is over what it should be, and whether its own signature is right."""
    info = extract_signer_info(token)
    certificate = extract_certificate_info(token).signer_cert
    content = token["encap_content_info"]["content"]
    algorithm = info["digest_algorithm"]["algorithm"].native
    intact, valid = validate_sig_integrity(
        info, certificate, "tst_info", _digest(algorithm, bytes(content))
    )
    imprint = content.parsed["message_imprint"]
    wanted = expected(imprint["hash_algorithm"]["algorithm"].native)
    return intact and imprint["hashed_message"].native == wanted, valid


def _digest(algorithm: str, content: bytes) -> bytes:
    digest: Any = hashes.Hash(get_pyca_cryptography_hash(algorithm))
    digest.update(content)
    made: bytes = digest.finalize()
    return made


def _softened(reason: Reason) -> Reason:
    """What is wrong with a stamp weakens the proof of time; it does not break the signature."""
    prefix = "" if reason.code.startswith("TIMESTAMP") else "TIMESTAMP_"
    return Reason(code=prefix + reason.code, weight="WARNING", data=reason.data)
