# mypy: allow-untyped-calls
"""Every signature of a file through the six questions, in the order that answers need each other.

Coverage and integrity first, from the bytes. Then time: stamps over the document from the last
backwards, because a later one proves until when an earlier one must hold. Then each certificate at
the time proven for it, and last what was changed, which knows the agency's seals by then.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from services.signing.adapters.pdf.fields import AGENCY
from services.signing.adapters.pdf.objects import Reference, entry
from services.signing.adapters.pdf.opening import LIBRARY_FAILURES, OpenedPdf
from services.signing.adapters.trust import paths as trust
from services.signing.adapters.trust.revocation import Brought
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.trust.words import DIGESTS
from services.signing.adapters.verification import stamps
from services.signing.adapters.verification.changes import changes_after
from services.signing.adapters.verification.coverage import extent_of
from services.signing.adapters.verification.digests import Digests
from services.signing.adapters.verification.indication import indication_of
from services.signing.adapters.verification.profile import Profile
from services.signing.adapters.verification.proofs import Store
from services.signing.adapters.verification.report import Reason, SignatureReport, verdict_of
from services.signing.adapters.verification.signed import STAMP, SignedObject, read_signed
from services.signing.adapters.verification.timeline import Timeline

ENCODINGS: Final = frozenset({"/ETSI.CAdES.detached", "/adbe.pkcs7.detached", STAMP})


@dataclass
class _Examined:
    """One signature on its way through the questions; ``signature`` if it could be read."""

    report: SignatureReport
    field: Any
    signature: SignedObject | None = None

    @property
    def covers(self) -> bool:
        """Whether it is right and takes in all of its revision."""
        covered = self.report.coverage in ("WHOLE_FILE", "WHOLE_REVISION")
        return self.report.integrity == "INTACT" and covered


@dataclass
class Examination:
    """The signatures of one file, by the full names of their fields."""

    opened: OpenedPdf
    fields: Mapping[str, Any]
    digests: Digests
    trusted: TrustSet
    at: datetime
    profile: Profile
    _store: Store = field(default_factory=Store)

    def reports(self) -> list[SignatureReport]:
        """What was found out about each, in the order they were made."""
        examined = [self._examine(name, field) for name, field in self.fields.items()]
        self._take_in(examined)
        self._ask_certificates(examined)
        self._ask_changes(examined)
        for one in examined:
            one.report.verdict = verdict_of(one.report)
            told = indication_of(one.report)
            one.report.indication, one.report.subindication = told.status.name, told.standard_name
        return sorted((one.report for one in examined), key=lambda report: report.revision)

    def remarks(self) -> list[Reason]:
        """What must be told of the file beside its signatures, once they were reported on."""
        if not self._store.strange:
            return []
        data: dict[str, str | int | float] = {"number": self._store.strange}
        return [Reason(code="PROOF_UNREADABLE", weight="WARNING", data=data)]

    def _examine(self, name: str, field: Any) -> _Examined:
        """Coverage, then the signature itself; structure is judged before the encoding is."""
        one = _Examined(SignatureReport(field=name), field)
        report = one.report
        try:
            extent = extent_of(self.opened, name, field)
            report.coverage, report.revision = extent.coverage, extent.revision
            report.reasons += extent.reasons
            _check_form(report, field)
            if report.policy != "ENCODING":
                one.signature = read_signed(field)
                self._check_integrity(report, one.signature)
                self._identify(report, one.signature)
        except LIBRARY_FAILURES as failure:
            report.reasons.append(_failed("SIGNATURE_UNREADABLE", failure))
            one.signature = None
        return one

    def _check_integrity(self, report: SignatureReport, signature: SignedObject) -> None:
        """The digest of the covered bytes and the value over it, by the certificate inside."""
        span = [int(edge) for edge in signature.dictionary["/ByteRange"]]

        def covered(algorithm: str) -> bytes:
            return self.digests.of_span(algorithm, span)

        if signature.is_stamp:
            intact, valid = stamps.token_integrity(signature.signed, covered)
        else:
            intact, valid = validate_sig_integrity(
                signature.info, signature.certificate, "data", covered(signature.algorithm)
            )
        report.integrity = "INTACT" if intact and valid else "BROKEN"
        if not intact:
            report.reasons.append(Reason(code="DIGEST_DIFFERS"))
        if not valid:
            report.reasons.append(Reason(code="SIGNATURE_VALUE_WRONG"))
        if not signature.is_stamp:
            _check_container(report, signature)

    def _identify(self, report: SignatureReport, signature: SignedObject) -> None:
        certificate = signature.certificate
        name = certificate.subject.native
        report.signer = str(name.get("common_name", ""))
        report.organisation = str(name.get("organization_name", ""))
        report.post = str(name.get("title", ""))
        report.serial = format(certificate.serial_number, "x")
        report.fingerprint = certificate.sha256.hex()
        holder = trust.holder_of(certificate, self.trusted)
        if holder is not None:
            report.role, report.holder = holder.role, f"{holder.role}:{holder.id}"
            report.agency = holder.agency

    def _take_in(self, examined: list[_Examined]) -> None:
        """What the file brings along; what of it cannot be read brings nothing."""
        with suppress(*LIBRARY_FAILURES):
            self._store.take_from_document(self.opened)
        for one in examined:
            if one.signature is not None:
                with suppress(*LIBRARY_FAILURES):
                    self._store.take_from_signature(one.report.revision, one.signature)

    def _ask_certificates(self, examined: list[_Examined]) -> None:
        timeline = Timeline(self.at)
        readable = [one for one in examined if one.signature is not None]
        readable.sort(key=lambda one: one.report.revision, reverse=True)
        for one in readable:
            if one.report.kind == "DOCUMENT_TIMESTAMP":
                self._guarded(one, timeline, self._ask_stamp)
        for one in readable:
            if one.report.kind == "SIGNATURE":
                self._guarded(one, timeline, self._ask_signer)

    def _guarded(self, one: _Examined, timeline: Timeline, ask: Any) -> None:
        try:
            ask(one, timeline, self._store.as_known(timeline.known_by))
        except LIBRARY_FAILURES as failure:
            one.report.reasons.append(_failed("TRUST_UNREADABLE", failure))

    def _ask_stamp(self, one: _Examined, timeline: Timeline, brought: Brought) -> None:
        report, signature = one.report, one.signature
        assert signature is not None
        span = [int(edge) for edge in signature.dictionary["/ByteRange"]]
        stamp = stamps.check_stamp(
            signature.signed,
            lambda algorithm: self.digests.of_span(algorithm, span),
            self.trusted,
            timeline.known_by(report.revision),
            brought,
        )
        report.time, report.signed_at = "CLAIMED", stamps.instant(stamp.at)
        report.reasons += stamp.reasons
        _answer(report, stamp.found)
        if stamp.proven and one.covers:
            report.time, report.proven_by = "PROVEN", stamp.authority
            timeline.enter(report.revision, stamp.at, stamp.authority)

    def _ask_signer(self, one: _Examined, timeline: Timeline, brought: Brought) -> None:
        """Time first, because the certificate is judged at the proven time and not at today's."""
        report, signature = one.report, one.signature
        assert signature is not None
        proven = stamps.ask_time(report, signature, self.trusted, timeline, brought)
        found = trust.check_signer(signature.certificate, self.trusted, proven or self.at, brought)
        _answer(report, found)
        report.reasons += found.reasons

    def _ask_changes(self, examined: list[_Examined]) -> None:
        seals = [one.report for one in examined if one.covers and _seals(one.report)]
        sealed = frozenset(seal.revision for seal in seals)
        for one in examined:
            if one.signature is None or one.report.revision < 0:
                continue
            one.report.changes, reasons = changes_after(
                self.opened, one.report.revision, sealed, one.signature, self.profile
            )
            one.report.reasons += reasons
            if one.report.changes == "PERMITTED" and not all(seal.role for seal in seals):
                one.report.reasons.append(Reason(code="FILLED_BY_UNKNOWN", weight="WARNING"))


def _seals(report: SignatureReport) -> bool:
    """An agency's own signature, whatever its certificate is worth now.

    A holder our directory does not know counts in the prepared place of the seal, and is told.
    """
    return report.role == "agency" or (not report.role and report.field == AGENCY)


def _check_form(report: SignatureReport, field: Any) -> None:
    """The signature's dictionary: what encoding it names, of which type, and where it stands."""
    dictionary = field["/V"]
    encoding = str(entry(dictionary, "/SubFilter", ""))
    kind = str(entry(dictionary, "/Type", ""))
    if encoding == STAMP:
        report.kind = "DOCUMENT_TIMESTAMP"
        if kind != "/DocTimeStamp":
            report.reasons.append(Reason(code="SIGNATURE_TYPE_MISSING", weight="WARNING"))
    if not isinstance(field.raw_get("/V"), Reference):
        report.reasons.append(Reason(code="SIGNATURE_DICTIONARY_DIRECT", weight="WARNING"))
    if encoding not in ENCODINGS:
        report.policy = "ENCODING"
        report.reasons.append(Reason(code="ENCODING_UNKNOWN", data={"encoding": encoding}))


def _check_container(report: SignatureReport, signature: SignedObject) -> None:
    """Algorithms, the certificate's binding, and nothing inside that was not signed there."""
    info = signature.info
    used = {info["digest_algorithm"]["algorithm"].native, _hash_of(info["signature_algorithm"])}
    if used - DIGESTS - {""}:
        report.policy = "WEAK_ALGORITHM"
        data: dict[str, str | int | float] = {"algorithms": " ".join(sorted(used - {""}))}
        report.reasons.append(Reason(code="WEAK_DIGEST", data=data))
    elif _lacks_certificate_attribute(signature):
        report.policy = "ENCODING"
        report.reasons.append(Reason(code="SIGNING_CERTIFICATE_ATTRIBUTE_MISSING"))
    enclosed = signature.signed["encap_content_info"]["content"]
    if enclosed.native is not None:
        report.reasons.append(Reason(code="CONTENT_INSIDE_CONTAINER", weight="WARNING"))


def _lacks_certificate_attribute(signature: SignedObject) -> bool:
    """PAdES binds the certificate into what is signed; the older encoding of 2024 does not."""
    if str(entry(signature.dictionary, "/SubFilter")) != "/ETSI.CAdES.detached":
        return False
    kinds = {attribute["type"].native for attribute in signature.info["signed_attrs"]}
    return not kinds & {"signing_certificate", "signing_certificate_v2"}


def _hash_of(algorithm: Any) -> str:
    try:
        return str(algorithm.hash_algo)
    except ValueError:
        return ""


def _answer(report: SignatureReport, found: trust.Finding) -> None:
    report.trust, report.path = found.trust, list(found.path)
    report.policy = found.policy if report.policy == "UNKNOWN" else report.policy


def _failed(code: str, failure: Exception) -> Reason:
    return Reason(code=code, data={"error": type(failure).__name__})
