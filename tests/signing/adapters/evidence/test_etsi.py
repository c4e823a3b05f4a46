"""The report as ETSI TS 119 102-2: read back strictly, whole, and saying what ours says."""

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree
from pyhanko.generated.etsi import ts_11910202 as etsi
from pyhanko.sign.ades.report import AdESFailure, AdESPassed
from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.formats.dataclass.parsers.config import ParserConfig

from contracts.signing.answers import Policy, Time
from contracts.values import Verdict
from services.signing.adapters.evidence.etsi import etsi_report
from services.signing.adapters.verification.indication import indication_of
from tests.signing.adapters.evidence.conftest import Archive, archived
from tests.signing.adapters.evidence.test_replaying import flipped
from tests.signing.conftest import Desk

MAIN = "urn:etsi:019102:mainindication:"
ONE_OF_TWO = "signers_document_representation"  # the digest of the document stands instead
SUB = "urn:etsi:019102:subindication:"


def told(archive: Archive) -> bytes:
    """The XML of an archive."""
    pdf = archive.shelf.read(archive.report.document.sha256)
    xml = etsi_report(pdf, archive.report, archive.shelf.kept)
    assert xml is not None
    return xml


def read(xml: bytes) -> etsi.ValidationReport:
    """The XML by the schema's classes, which know no strangers."""
    strict = ParserConfig(fail_on_unknown_properties=True, fail_on_converter_warnings=True)
    return XmlParser(config=strict).from_bytes(xml, etsi.ValidationReport)


def lacking(thing: Any, place: str = "") -> Iterator[str]:
    """What the schema demands and the document does not have."""
    if isinstance(thing, tuple | list):
        for one in thing:
            yield from lacking(one, place)
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            value, here = getattr(thing, field.name), f"{place}/{field.name}"
            if field.name == ONE_OF_TWO:
                continue
            if field.metadata.get("required") and value is None:
                yield here
            if field.metadata.get("min_occurs", 0) and not value:
                yield here
            yield from lacking(value, here)


def statuses(archive: Archive) -> list[tuple[str, tuple[str, ...]]]:
    """Indication and sub-indications of every signature."""
    found = []
    for one in read(told(archive)).signature_validation_report:
        status = one.signature_validation_status
        assert status is not None and status.main_indication is not None
        subs = tuple(sub.removeprefix(SUB) for sub in status.sub_indication)
        found.append((status.main_indication.removeprefix(MAIN), subs))
    return found


def test_the_document_is_whole_by_its_schema(archive: Archive) -> None:
    xml = told(archive)
    assert etree.fromstring(xml).tag.endswith("}ValidationReport")
    whole = read(xml)
    assert len(whole.signature_validation_report) == 2
    assert list(lacking(whole)) == []
    spoilt = dataclasses.replace(whole, signature_validation_report=())
    assert list(lacking(spoilt)) == ["/signature_validation_report"]


def test_each_signature_has_its_report_with_signer_and_proven_time(archive: Archive) -> None:
    for one, ours in zip(
        read(told(archive)).signature_validation_report, archive.report.signatures, strict=True
    ):
        time, signer = one.validation_time_info, one.signer_information
        assert time and time.validation_time and time.best_signature_time and signer
        assert time.validation_time.to_datetime() == archive.report.verified_at
        assert time.best_signature_time.poetime.to_datetime() == ours.signed_at
        assert signer.signer_certificate.voreference == (f"vo-certificate-{ours.fingerprint}",)


def test_everything_relied_on_is_inside_once(archive: Archive) -> None:
    objects = read(told(archive)).signature_validation_objects
    assert objects
    names = [one.id for one in objects.validation_object]
    assert len(set(names)) == len(names)
    used = {one.sha256 for one in archive.report.materials if one.kind not in ("TIMESTAMP",)}
    assert {name.rpartition("-")[2] for name in names if "timestamp" not in name} == used
    assert sum("timestamp" in name for name in names) == 2


def test_a_good_file_passes(archive: Archive) -> None:
    assert statuses(archive) == [("total-passed", ()), ("total-passed", ())]


def test_a_file_changed_afterwards_fails_whatever_the_signature_is(
    desk: Desk, sealed: bytes
) -> None:
    assert statuses(archived(sealed + b"%more\n", desk)) == [
        ("total-failed", ("FORMAT_FAILURE",)),
        ("total-failed", ("FORMAT_FAILURE",)),
    ]
    damaged = flipped(sealed, sealed.index(b"stream") + 40)
    assert set(statuses(archived(damaged, desk))) == {("total-failed", ("HASH_FAILURE",))}


def test_a_signature_that_cannot_be_read_has_a_report_too(desk: Desk, sealed: bytes) -> None:
    strange = sealed.replace(b"/ETSI.CAdES.detached", b"/adbe.x509.rsa_sha1 ")
    kept = archived(strange, desk)
    assert kept.report.signatures
    whole = read(told(kept))
    assert list(lacking(whole)) == []
    assert len(whole.signature_validation_report) == len(kept.report.signatures)


def test_our_verdict_and_reasons_stand_beside_the_indication(desk: Desk, signed: bytes) -> None:
    kept = archived(signed + b"%more\n", desk)
    first = read(told(kept)).signature_validation_report[0].signature_validation_status
    assert first
    data = first.associated_validation_report_data[0].additional_validation_report_data
    assert data
    assert [(one.type_value, str(one.value)) for one in data.report_data] == [
        ("urn:vanban:verdict", "MODIFIED"),
        ("urn:vanban:reason", "UNCOVERED_TAIL"),
    ]


def test_a_file_without_signatures_has_no_such_report(desk: Desk, prepared: bytes) -> None:
    kept = archived(prepared, desk)
    assert etsi_report(prepared, kept.report, kept.shelf.kept) is None


@pytest.mark.parametrize("verdict", [one for one in Verdict if one is not Verdict.UNSIGNED])
def test_every_verdict_has_its_indication(archive: Archive, verdict: Verdict) -> None:
    found = archive.report.signatures[0]
    for time in (Time.PROVEN, Time.CLAIMED):
        for policy in Policy:
            facts = {"verdict": verdict, "time": time, "policy": policy}
            indication = indication_of(type(found)(**{**_facts(found), **facts}))
            good = verdict in (Verdict.TRUSTED, Verdict.WARN)
            assert (indication is AdESPassed.OK) is good
            if verdict in (Verdict.MODIFIED, Verdict.FORGED):
                assert indication is AdESFailure.FORMAT_FAILURE


def _facts(found: Any) -> dict[str, Any]:
    return {name: getattr(found, name) for name in found.__struct_fields__}
