"""The report of a verification (báo cáo kiểm tra chữ ký số) as JSON: what was found, and from what.

It names everything the answer was made of, each kept as a file by its SHA-256: whoever has the
report and those files can have the same answer again, offline and years later.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from contracts.signing.answers import (
    Changes,
    Coverage,
    Integrity,
    Policy,
    SignatureKind,
    Time,
    Trust,
    Weight,
)
from contracts.values import AgencyCode, Coded, Digest, FileRef, LegalValue, Verdict

SchemaId = Literal["urn:vanban:verification-report:1"]
SCHEMA: SchemaId = "urn:vanban:verification-report:1"


class MaterialKind(Coded):
    """What a piece of evidence is (loại chứng cứ)."""

    SIGNER_ANCHOR = "SIGNER_ANCHOR", "Gốc tin cậy cho người ký", "Trusted root for signers"
    TIMESTAMP_ANCHOR = (
        "TIMESTAMP_ANCHOR",
        "Gốc tin cậy cho dấu thời gian",
        "Trusted root for time stamps",
    )
    INTERMEDIATE = "INTERMEDIATE", "Tổ chức cấp chứng thư", "Issuing authority"
    REVOCATION_LIST = "REVOCATION_LIST", "Danh sách thu hồi (CRL)", "Revocation list (CRL)"
    REVOCATION_ANSWER = (
        "REVOCATION_ANSWER",
        "Câu trả lời về thu hồi (OCSP)",
        "Answer about revocation (OCSP)",
    )
    CERTIFICATE = "CERTIFICATE", "Chứng thư trong chữ ký", "Certificate inside a signature"
    TIMESTAMP = "TIMESTAMP", "Dấu thời gian trong chữ ký", "Time stamp inside a signature"


class Material(Struct, frozen=True, kw_only=True):
    """A piece of evidence, kept as a file: `sha256` is its digest and, of a certificate, its
    fingerprint.

    `title` is the subject of a certificate, the issuer of a list, the authority of a stamp.
    `valid_from` to `valid_until` is how long it holds; of a stamp, `valid_from` is its time.
    `fields` are the signatures that it was found in, or that rely on it.
    """

    kind: MaterialKind
    sha256: Digest
    size: int
    title: str = ""
    serial: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    fields: list[str] = []


class KnownHolder(Struct, frozen=True, kw_only=True):
    """To whom the directory said a certificate belonged, and of which agency he was."""

    fingerprint: Digest
    role: str
    id: str
    agency: str = ""


class ReasonGiven(Struct, frozen=True, kw_only=True):
    """Why: a stable code; its sentences are in `contracts.signing.reasons`."""

    code: str
    weight: Weight = Weight.FAILURE
    data: dict[str, str | int | float] = {}


class SignatureFound(Struct, frozen=True, kw_only=True):
    """What was found out about one signature: the six answers, who, when and why.

    `role`, `holder` and `agency` are the directory's words, `signer`, `organisation` and `post` the
    certificate's.
    `indication` and `subindication` are the verdict in the words of ETSI EN 319 102-1.
    `signed_at` is the proven time, else the claimed one. `byte_range` tells the covered bytes as
    start and length of two parts; without it nothing readable is covered. `path` leads from the
    signer's certificate to the trusted root, as digests of materials.
    """

    field: str
    kind: SignatureKind
    revision: int
    integrity: Integrity
    coverage: Coverage
    changes: Changes
    trust: Trust
    time: Time
    policy: Policy
    verdict: Verdict
    indication: str = ""
    subindication: str = ""
    role: str = ""
    holder: str = ""
    signer: str = ""
    organisation: str = ""
    post: str = ""
    agency: str = ""
    serial: str = ""
    fingerprint: str = ""
    claimed_at: datetime | None = None
    signed_at: datetime | None = None
    proven_by: str = ""
    reasons: list[ReasonGiven] = []
    byte_range: tuple[int, int, int, int] | None = None
    path: list[Digest] = []


class Expected(Struct, frozen=True, kw_only=True):
    """Whose signatures a document says it bears: its sender, and who signed it in what post."""

    agency: AgencyCode
    agency_name: str = ""
    signer: str = ""
    post: str = ""


class Report(Struct, frozen=True, kw_only=True):
    """The whole answer about one file, as of `verified_at`, with everything it was made of.

    `policy` names the rules, `engine` the software that applied them, `trust_version` the set of
    trusted roots. The indication is the worst signature's. `pages` is 0 of an unreadable file.
    """

    schema: SchemaId = SCHEMA
    document: FileRef
    pages: int = 0
    verified_at: datetime
    policy: str
    engine: str
    trust_version: str
    verdict: Verdict
    indication: str = ""
    subindication: str = ""
    legal_value: LegalValue
    reasons: list[ReasonGiven] = []
    signatures: list[SignatureFound] = []
    holders: list[KnownHolder] = []
    materials: list[Material] = []
    expected: Expected | None = None
