"""What a report tells beside the verdict: the bytes, the path, and every piece relied on."""

import json

import jsonschema
import msgspec

from contracts.schemas.__main__ import HERE
from contracts.signing.report import Material, MaterialKind, Report, SignatureFound
from contracts.values import LegalValue, Verdict
from services.signing.adapters.evidence.examining import Examined, examine
from services.signing.adapters.evidence.materials import KINDS
from services.signing.adapters.pdf.opening import Limits
from services.signing.adapters.trust.paths import TrustSet
from services.signing.adapters.verification.report import SignatureReport, VerificationReport
from tests.signing.adapters.evidence.conftest import THEN, Archive, archived, named
from tests.signing.conftest import Desk


def of_kind(report: Report, kind: MaterialKind) -> list[Material]:
    """The pieces of one kind."""
    return [one for one in report.materials if one.kind is kind]


def test_the_report_says_what_verification_says(archive: Archive) -> None:
    report = archive.report
    assert (report.verdict, report.legal_value) == (Verdict.TRUSTED, LegalValue.ORIGINAL)
    assert [one.signer for one in report.signatures] == ["Hồ Văn Cũ", "Văn phòng UBND tỉnh"]
    assert report.verified_at == THEN and report.pages == 3
    assert report.verified_at.isoformat().endswith("+07:00")


def test_every_finding_of_verification_is_published() -> None:
    found, told = SignatureReport.__struct_fields__, SignatureFound.__struct_fields__
    assert set(found) - set(told) == set()
    renamed = {"sha256": "document"}
    whole = {renamed.get(name, name) for name in VerificationReport.__struct_fields__}
    assert whole - set(Report.__struct_fields__) == set()


def test_every_piece_of_what_is_trusted_is_evidence() -> None:
    assert set(TrustSet.__struct_fields__) == KINDS.keys() | {"version", "holders"}


def test_the_bytes_that_a_signature_covers_are_told(archive: Archive, old: bytes) -> None:
    leader, agency = archive.report.signatures
    assert leader.byte_range and agency.byte_range
    assert sum(agency.byte_range[2:]) == len(old)
    revision = old[: sum(leader.byte_range[2:])]
    assert revision.endswith(b"%%EOF\n") and len(revision) < len(old)
    assert old[leader.byte_range[1] : leader.byte_range[2]].startswith(b"<")


def test_the_path_leads_from_the_signer_to_a_trusted_root(archive: Archive) -> None:
    report = archive.report
    known = {one.sha256: one for one in report.materials}
    for one in report.signatures:
        titles = [known[digest].title for digest in one.path]
        assert one.path[0] == one.fingerprint and titles[0] == one.signer
        assert known[one.path[-1]].kind is MaterialKind.TIMESTAMP_ANCHOR
        assert len(one.path) == 3
    for kind in (MaterialKind.SIGNER_ANCHOR, MaterialKind.REVOCATION_LIST):
        for piece in of_kind(report, kind):
            assert piece.fields == ["vanban_leader", "vanban_agency"]


def test_each_stamp_is_a_piece_with_its_time_and_authority(archive: Archive) -> None:
    stamps = of_kind(archive.report, MaterialKind.TIMESTAMP)
    assert [one.fields for one in stamps] == [["vanban_leader"], ["vanban_agency"]]
    assert {one.valid_from for one in stamps} == {THEN}
    assert {one.title for one in stamps} == {archive.report.signatures[0].proven_by}


def test_every_piece_is_kept_under_its_digest(archive: Archive) -> None:
    for piece in archive.report.materials:
        assert len(archive.shelf.read(piece.sha256)) == piece.size
    assert archive.examined.pieces.keys() == {one.sha256 for one in archive.report.materials}


def test_two_reports_share_what_both_relied_on(
    old_desk: Desk, archive: Archive, signed: bytes
) -> None:
    other = archived(signed, old_desk).examined
    shared = other.pieces.keys() & archive.examined.pieces.keys()
    lists = of_kind(archive.report, MaterialKind.REVOCATION_LIST)
    assert {one.sha256 for one in lists} <= shared and len(lists) == 2


def test_the_directory_tells_only_of_the_signers(archive: Archive) -> None:
    assert [one.id for one in archive.report.holders] == ["cu", "H47.01"]


def test_a_file_without_signatures_has_its_evidence_too(desk: Desk, prepared: bytes) -> None:
    report = archived(prepared, desk).report
    assert (report.verdict, report.signatures) == (Verdict.UNSIGNED, [])
    assert of_kind(report, MaterialKind.SIGNER_ANCHOR)


def test_what_is_no_file_to_read_is_reported(desk: Desk) -> None:
    for content in (b"no PDF", b"%PDF-1.7\nnothing\n%%EOF\n"):
        report = archived(content, desk).report
        assert (report.verdict, report.pages, report.signatures) == (Verdict.REJECTED, 0, [])


def test_a_file_that_takes_too_long_is_reported(desk: Desk, old: bytes) -> None:
    examined = examine(old, named(old), desk.trust(), desk.at, Limits(wall_seconds=0.0))
    assert examined.report.verdict is Verdict.REJECTED
    assert [one.code for one in examined.report.reasons] == ["RESOURCE_LIMIT"]


def test_the_report_reads_back_as_itself(archive: Archive) -> None:
    examined: Examined = archive.examined
    assert msgspec.json.decode(examined.encoded, type=Report) == examined.report


def test_the_report_keeps_its_published_schema(
    archive: Archive, desk: Desk, sealed: bytes, prepared: bytes
) -> None:
    schema = json.loads((HERE / "verification-report.json").read_text(encoding="utf-8"))
    published = jsonschema.Draft202012Validator(schema)
    others = (sealed[:-20], prepared, b"no PDF", b"")
    for kept in (archive, *(archived(content or b" ", desk) for content in others)):
        told = json.loads(kept.examined.encoded)
        published.validate(told)
        assert not published.is_valid(told | {"verdict": "GOOD"})
