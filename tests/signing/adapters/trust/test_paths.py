"""Certificates: unknown, expired, revoked before and after, of the wrong kind; lists missing."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from infra.local import pki
from infra.local.stamps import TimeAuthority
from services.signing.adapters import refusals
from services.signing.adapters.making.acts import sign_leader
from services.signing.adapters.making.phases import sign_field
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.verification.judging import judge
from tests.signing.conftest import LEADER, Desk, codes
from tests.signing.stamping import InProcess
from tests.trust import trust_of

MakeDesk = Callable[[], Desk]
PAST = (datetime(2021, 1, 1, tzinfo=UTC), datetime(2023, 1, 1, tzinfo=UTC))
THEN = datetime(2022, 6, 1, 8, tzinfo=UTC)


def without_stamps(trusted: TrustSet) -> TrustSet:
    """The same trust, but no time stamping authority is known."""
    return msgspec.structs.replace(trusted, timestamp_anchors=())


def test_signatures_of_another_root_are_untrusted(
    desk: Desk, sealed: bytes, tmp_path: Path
) -> None:
    pki.make(tmp_path, ())
    report = judge(sealed, trust_of(tmp_path), desk.at)
    assert report.verdict == "UNTRUSTED"
    assert {one.trust for one in report.signatures} == {"NO_PATH"}
    assert {one.time for one in report.signatures} == {"CLAIMED"}
    assert report.legal_value == "INFORMATION_ONLY"


def test_a_seal_our_directory_does_not_know_is_told(desk: Desk, sealed: bytes) -> None:
    persons = tuple(one for one in desk.trust().holders if one.role == "person")
    report = judge(sealed, msgspec.structs.replace(desk.trust(), holders=persons), desk.at)
    assert (report.verdict, report.legal_value) == ("WARN", "SIGNED_ONLY")
    assert "FILLED_BY_UNKNOWN" in codes(report)


def test_an_expired_certificate_signs_no_more(own_desk: MakeDesk, prepared: bytes) -> None:
    desk = own_desk()
    pki.issue(desk.folder, "person", "cu", "Hồ Văn Cũ", validity=PAST)
    pki.issue(
        desk.folder,
        "person",
        "moi",
        "Hồ Thị Mới",
        validity=(PAST[1], PAST[1] + timedelta(days=9000)),
    )
    with pytest.raises(refusals.SignerCertExpired):
        desk.sign(prepared, "person:cu")
    with pytest.raises(refusals.SignerCertNotYetValid):
        desk.sign(prepared, "person:moi", THEN)


def test_a_signature_proven_before_expiry_lasts_and_a_claimed_one_does_not(
    own_desk: MakeDesk, prepared: bytes
) -> None:
    desk = own_desk()
    pki.issue(desk.folder, "person", "cu", "Hồ Văn Cũ", validity=PAST)
    signed = desk.sign(prepared, "person:cu", THEN)
    proven = judge(signed, desk.trust(), desk.at)
    assert (proven.verdict, proven.signatures[0].time) == ("TRUSTED", "PROVEN")
    assert proven.signatures[0].signed_at == THEN.isoformat()
    claimed = judge(signed, without_stamps(desk.trust()), desk.at)
    assert (claimed.verdict, claimed.signatures[0].time) == ("EXPIRED", "CLAIMED")


def test_revocation_counts_from_its_instant(own_desk: MakeDesk, prepared: bytes) -> None:
    desk = own_desk()
    signed = desk.sign(prepared)
    pki.revoke(desk.folder, LEADER, desk.at + timedelta(seconds=2))
    after = judge(signed, desk.trust(), datetime.now(UTC) + timedelta(minutes=1))
    assert (after.verdict, after.signatures[0].trust) == ("TRUSTED", "TRUSTED")
    claimed = judge(signed, without_stamps(desk.trust()), datetime.now(UTC) + timedelta(minutes=1))
    assert claimed.verdict == "REVOKED"
    pki.revoke(desk.folder, LEADER, desk.at - timedelta(days=1))
    before = judge(signed, desk.trust(), desk.at)
    assert (before.verdict, before.signatures[0].trust) == ("REVOKED", "REVOKED")
    assert "CERTIFICATE_REVOKED" in codes(before)
    with pytest.raises(refusals.SignerCertRevoked):
        desk.sign(prepared)


def test_without_revocation_lists_nothing_is_certain(
    desk: Desk, prepared: bytes, sealed: bytes
) -> None:
    blind = msgspec.structs.replace(desk.trust(), revocation_lists=())
    report = judge(sealed, blind, desk.at)
    assert report.verdict == "INDETERMINATE"
    assert "REVOCATION_UNKNOWN" in codes(report)
    with pytest.raises(refusals.RevocationUnavailable):
        sign_leader(
            prepared, desk.key(LEADER), desk.picture(LEADER), desk.at, desk.authority(), blind
        )


def test_a_certificate_for_secrets_only_signs_no_document(
    own_desk: MakeDesk, prepared: bytes
) -> None:
    desk = own_desk()
    pki.issue(desk.folder, "person", "mat", "Lý Thị Mật", signs_documents=False)
    with pytest.raises(refusals.SignerCertPurpose):
        desk.sign(prepared, "person:mat")
    writer = IncrementalPdfFileWriter(io.BytesIO(prepared))
    key = desk.key("person:mat")
    forced = sign_field(writer, "vanban_leader", key, desk.at, desk.authority())
    report = judge(forced, desk.trust(), desk.at)
    assert (report.verdict, report.signatures[0].policy) == ("POLICY", "KEY_PURPOSE")


def test_a_stamp_by_a_key_that_is_no_authority_proves_nothing(desk: Desk, prepared: bytes) -> None:
    stem = desk.folder / "holders/person-nguyen-van-an"
    pems = (stem.with_suffix(ending).read_bytes() for ending in (".key.pem", ".pem"))
    authority = InProcess(TimeAuthority(*pems, lambda: desk.at))
    image = desk.picture(LEADER)
    signed = sign_leader(prepared, desk.key(LEADER), image, desk.at, authority, desk.trust())
    report = judge(signed, desk.trust(), desk.at)
    assert (report.verdict, report.signatures[0].time) == ("WARN", "CLAIMED")
    assert "TIMESTAMP_KEY_PURPOSE" in codes(report)
