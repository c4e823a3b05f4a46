# mypy: allow-untyped-calls
"""What an answer is made of, piece by piece: certificates, revocation lists, time stamps.

A piece is kept as a file under its digest, so a list that a thousand reports relied on is stored
once. From the kept pieces the same set of everything trusted is built again.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, Literal

from asn1crypto import cms, crl, ocsp, x509

from contracts.signing.report import KnownHolder, Material, MaterialKind, Report
from contracts.working_time import in_vietnam
from services.signing.adapters.trust.trusted import Holder, TrustSet

KINDS: Final[Mapping[str, MaterialKind]] = {
    "signer_anchors": MaterialKind.SIGNER_ANCHOR,
    "timestamp_anchors": MaterialKind.TIMESTAMP_ANCHOR,
    "intermediates": MaterialKind.INTERMEDIATE,
    "revocation_lists": MaterialKind.REVOCATION_LIST,
    "revocation_answers": MaterialKind.REVOCATION_ANSWER,
}
"""Which field of the trusted set holds pieces of which kind."""


def trusted_materials(trusted: TrustSet) -> list[tuple[Material, bytes]]:
    """Every piece of what is trusted, with its bytes, in the order it stands there."""
    return [
        (material(kind, content), content)
        for field, kind in KINDS.items()
        for content in getattr(trusted, field)
    ]


def known_holders(trusted: TrustSet, fingerprints: Iterable[str]) -> list[KnownHolder]:
    """What the directory said of these certificates; of one it did not know, nothing."""
    asked = set(fingerprints)
    return [
        KnownHolder(fingerprint=one.fingerprint, role=one.role, id=one.id, agency=one.agency)
        for one in trusted.holders
        if one.fingerprint in asked
    ]


def trust_of(report: Report, read: Callable[[str], bytes]) -> TrustSet:
    """What was trusted when the report was made, from the kept pieces."""
    pieces: dict[str, Any] = {
        field: tuple(read(one.sha256) for one in report.materials if one.kind is kind)
        for field, kind in KINDS.items()
    }
    holders = tuple(
        Holder(one.fingerprint, _role(one.role), one.id, one.agency) for one in report.holders
    )
    return TrustSet(version=report.trust_version, holders=holders, **pieces)


def _role(told: str) -> Literal["person", "agency"]:
    return "person" if told == "person" else "agency"


@lru_cache(maxsize=1024)
def material(kind: MaterialKind, content: bytes) -> Material:
    """A piece in DER and what it says of itself."""
    facts = _FACTS.get(kind, _of_certificate)(content)
    return Material(
        kind=kind, sha256=hashlib.sha256(content).hexdigest(), size=len(content), **facts
    )


def _of_certificate(content: bytes) -> dict[str, Any]:
    certificate = x509.Certificate.load(content)
    return {
        "title": _name(certificate.subject),
        "serial": format(certificate.serial_number, "x"),
        "valid_from": in_vietnam(certificate.not_valid_before),
        "valid_until": in_vietnam(certificate.not_valid_after),
    }


def _of_list(content: bytes) -> dict[str, Any]:
    listed = crl.CertificateList.load(content)["tbs_cert_list"]
    number = listed["crl_extensions"] and crl.CertificateList.load(content).crl_number_value
    until: datetime | None = listed["next_update"].native
    return {
        "title": _name(listed["issuer"]),
        "serial": format(number.native, "x") if number else "",
        "valid_from": in_vietnam(listed["this_update"].native),
        "valid_until": until and in_vietnam(until),
    }


def _of_answer(content: bytes) -> dict[str, Any]:
    told = ocsp.OCSPResponse.load(content)["response_bytes"]["response"].parsed
    data = told["tbs_response_data"]
    first = data["responses"][0]
    until: datetime | None = first["next_update"].native
    by = data["responder_id"]
    return {
        "title": _name(by.chosen) if by.name == "by_name" else by.native.hex(),
        "serial": format(first["cert_id"]["serial_number"].native, "x"),
        "valid_from": in_vietnam(first["this_update"].native),
        "valid_until": until and in_vietnam(until),
    }


def _of_stamp(content: bytes) -> dict[str, Any]:
    told = cms.ContentInfo.load(content)["content"]["encap_content_info"]["content"].parsed
    authority = told["tsa"].chosen if told["tsa"].native else None
    return {
        "title": _name(authority) if isinstance(authority, x509.Name) else "",
        "serial": format(told["serial_number"].native, "x"),
        "valid_from": in_vietnam(told["gen_time"].native),
    }


_FACTS: Final = {
    MaterialKind.REVOCATION_LIST: _of_list,
    MaterialKind.REVOCATION_ANSWER: _of_answer,
    MaterialKind.TIMESTAMP: _of_stamp,
}


def _name(name: x509.Name) -> str:
    """The common name, else the whole name."""
    parts: dict[str, Any] = name.native
    return str(parts.get("common_name") or name.human_friendly)
