# mypy: allow-untyped-calls
"""The report as ETSI TS 119 102-2 demands it: one XML document, one report for each signature.

pyHanko writes each from our answer; nothing is judged a second time. Where a signature cannot be
read, its report holds the indication and our reasons alone.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from asn1crypto import cms, crl, ocsp, x509
from pyhanko.generated.etsi import ts_11910202 as etsi
from pyhanko.sign.ades.report import AdESStatus
from pyhanko.sign.validation.ades import (
    AdESBasicValidationResult,
    AdESWithTimeValidationResult,
    ValidationObjectSet,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.report.tools import NAMESPACES, generate_report
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator.ltv.poe import ValidationObject, ValidationObjectType
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer
from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.formats.dataclass.serializers import XmlSerializer
from xsdata.formats.dataclass.serializers.config import SerializerConfig
from xsdata.models.datatype import XmlDateTime

from contracts.signing.answers import Integrity, Time
from contracts.signing.report import Material, MaterialKind, Report, SignatureFound
from services.kernel.child import Ended
from services.signing.adapters.pdf.opening import LIBRARY_FAILURES, Limits, open_pdf
from services.signing.adapters.verification.confinement import confined
from services.signing.adapters.verification.coverage import signature_fields
from services.signing.adapters.verification.indication import indication_of

VERDICT: Final = "urn:vanban:verdict"
REASON: Final = "urn:vanban:reason"
SUB: Final = "urn:etsi:019102:subindication:"
MAIN: Final = {
    AdESStatus.PASSED: "urn:etsi:019102:mainindication:total-passed",
    AdESStatus.FAILED: "urn:etsi:019102:mainindication:total-failed",
    AdESStatus.INDETERMINATE: "urn:etsi:019102:mainindication:indeterminate",
}


def etsi_report(pdf: bytes, report: Report, pieces: Mapping[str, bytes]) -> bytes | None:
    """The XML document on every signature of a file; nothing where there is none."""
    if not report.signatures:
        return None
    limits = Limits()
    told = confined(lambda: _document(pdf, report, pieces, limits), limits)
    if isinstance(told, Ended):
        return _written([_plain(one) for one in report.signatures], ())
    return told


def _document(pdf: bytes, report: Report, pieces: Mapping[str, bytes], limits: Limits) -> bytes:
    reader = open_pdf(pdf, limits).reader
    fields = signature_fields(reader)
    told: list[Any] = []
    objects: dict[str, Any] = {}
    for found in report.signatures:
        try:
            signature = EmbeddedPdfSignature(reader, fields[found.field], found.field)
            whole = _of_signature(signature, report, found, pieces)
        except LIBRARY_FAILURES:
            told.append(_plain(found))
            continue
        one = _timed(whole.signature_validation_report[0], report)
        told.append(_with_answer(one, found))
        listed = whole.signature_validation_objects
        objects |= {one.id: one for one in (listed.validation_object if listed else ())}
    return _written(told, tuple(objects.values()))


def _of_signature(
    signature: EmbeddedPdfSignature,
    report: Report,
    found: SignatureFound,
    pieces: Mapping[str, bytes],
) -> Any:
    """pyHanko's report on one signature, saying what ours says."""
    intact = found.integrity is Integrity.INTACT
    status = PdfSignatureStatus(
        intact=intact,
        valid=intact,
        trust_problem_indic=None,
        signing_cert=signature.signer_cert,
        pkcs7_signature_mechanism=signature.signer_info["signature_algorithm"].signature_algo,
        md_algorithm=signature.signer_info["digest_algorithm"]["algorithm"].native,
        validation_path=None,
        revocation_details=None,
        qualification_result=None,
        error_time_horizon=None,
        validation_time=report.verified_at,
        signer_reported_dt=found.claimed_at,
    )
    used = [one for one in report.materials if found.field in one.fields]
    facts: dict[str, Any] = {
        "ades_subindic": indication_of(found),
        "api_status": status,
        "failure_msg": None,
        "validation_objects": ValidationObjectSet(_objects(used, pieces)),
    }
    if found.time is Time.PROVEN:
        facts |= {"best_signature_time": found.signed_at, "signature_not_before_time": None}
        told: Any = AdESWithTimeValidationResult(**facts)
    else:
        told = AdESBasicValidationResult(**facts)
    return XmlParser().from_string(generate_report(signature, told), etsi.ValidationReport)


def _timed(told: Any, report: Report) -> Any:
    """The same with a best signature time: where none is proven it is that of the verification."""
    time = told.validation_time_info
    best = time.best_signature_time or etsi.POEType(
        poetime=XmlDateTime.from_datetime(report.verified_at),
        type_of_proof="urn:etsi:019102:poetype:validation",
    )
    return replace(told, validation_time_info=replace(time, best_signature_time=best))


def _objects(used: list[Material], pieces: Mapping[str, bytes]) -> list[ValidationObject]:
    """What the signature relied on, each piece once."""
    return [_object(one, pieces[one.sha256]) for one in {one.sha256: one for one in used}.values()]


def _object(piece: Material, content: bytes) -> ValidationObject:
    if piece.kind is MaterialKind.REVOCATION_LIST:
        listed = CRLContainer(crl.CertificateList.load(content))
        return ValidationObject(ValidationObjectType.CRL, listed)
    if piece.kind is MaterialKind.REVOCATION_ANSWER:
        answered = OCSPContainer(ocsp.OCSPResponse.load(content))
        return ValidationObject(ValidationObjectType.OCSP_RESPONSE, answered)
    if piece.kind is MaterialKind.TIMESTAMP:
        signed = cms.ContentInfo.load(content)["content"]
        return ValidationObject(ValidationObjectType.TIMESTAMP, signed)
    return ValidationObject(ValidationObjectType.CERTIFICATE, x509.Certificate.load(content))


def _plain(found: SignatureFound) -> Any:
    """The report on a signature of which nothing but our answer can be told."""
    return _with_answer(etsi.SignatureValidationReportType(), found)


def _with_answer(told: Any, found: SignatureFound) -> Any:
    """The same with our indication, and beside it our verdict and the codes of our reasons."""
    indication = indication_of(found)
    ours = [etsi.TypedDataType(type_value=VERDICT, value=str(found.verdict))]
    ours += [etsi.TypedDataType(type_value=REASON, value=one.code) for one in found.reasons]
    data = etsi.ValidationReportDataType(
        additional_validation_report_data=etsi.AdditionalValidationReportDataType(tuple(ours))
    )
    passed = indication.status is AdESStatus.PASSED
    status = etsi.ValidationStatusType(
        main_indication=MAIN[indication.status],
        sub_indication=() if passed else (SUB + indication.standard_name,),
        associated_validation_report_data=(data,),
    )
    return replace(told, signature_validation_status=status)


def _written(told: list[Any], objects: tuple[Any, ...]) -> bytes:
    listed = etsi.ValidationObjectListType(objects) if objects else None
    whole = etsi.ValidationReport(tuple(told), signature_validation_objects=listed)
    writer = XmlSerializer(config=SerializerConfig(indent="  "))
    return writer.render(whole, ns_map=NAMESPACES).encode()
