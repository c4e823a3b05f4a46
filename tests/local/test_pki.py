"""The local certification authority: complete, repeatable, private, and honest about revocation."""

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import NameOID
from PIL import Image

from infra.local import pki


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pki")
    pki.make(folder)
    return folder


def certificate(folder: Path, path: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate((folder / path).read_bytes())


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_making_it_again_changes_nothing(folder: Path) -> None:
    before = contents(folder)
    assert pki.make(folder) == folder / "keys.json"
    assert contents(folder) == before


def test_every_holder_has_a_key_of_his_own_that_fits_his_certificate(folder: Path) -> None:
    holders = pki.read_index(folder)["holders"]
    assert set(holders) == {holder.name for holder in pki.STORY}
    issuing = certificate(folder, "intermediates.pem")
    serials = set()
    for entry in holders.values():
        key = serialization.load_pem_private_key((folder / entry["held"]["key"]).read_bytes(), None)
        own = certificate(folder, entry["certificate"])
        assert key.public_key() == own.public_key()
        own.verify_directly_issued_by(issuing)
        assert (
            own.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value == entry["common_name"]
        )
        usage = own.extensions.get_extension_for_class(x509.KeyUsage).value
        assert usage.digital_signature and usage.content_commitment
        serials.add(own.serial_number)
    assert len(serials) == len(holders)
    root = certificate(folder, "anchors/signers.pem")
    issuing.verify_directly_issued_by(root)
    certificate(folder, "authority/tsa.pem").verify_directly_issued_by(
        certificate(folder, "anchors/timestamps.pem")
    )


def test_private_keys_are_readable_by_their_owner_only(folder: Path) -> None:
    keys = list(folder.rglob("*.key.pem"))
    assert len(keys) == 3 + len(pki.STORY)
    assert {stat.S_IMODE(key.stat().st_mode) for key in keys} == {0o600}
    assert stat.S_IMODE((folder / "holders").stat().st_mode) == 0o700


def test_pictures_are_blue_and_red_on_nothing(folder: Path) -> None:
    for entry in pki.read_index(folder)["holders"].values():
        picture = Image.open(folder / entry["picture"])
        assert picture.mode == "RGBA"
        assert picture.getchannel("A").getextrema() == (0, 255)
        red, _, blue, _ = picture.getpixel((0, 0))
        assert (blue > 2 * red) if entry["kind"] == "person" else (red > 2 * blue)
        dots_per_mm = picture.width / entry["width_mm"]
        assert dots_per_mm == pytest.approx(300 / 25.4, rel=0.01)
        assert picture.height / entry["height_mm"] == pytest.approx(dots_per_mm, rel=0.01)


def test_a_holder_may_come_later_and_only_once(tmp_path: Path) -> None:
    pki.make(tmp_path, ())
    first = pki.issue(tmp_path, "agency", "H47.99", "Sở Mới", seal_diameter_mm=30)
    assert pki.issue(tmp_path, "agency", "H47.99", "Sở Mới") == first
    assert (first["width_mm"], first["height_mm"]) == (30, 30)
    index = json.loads((tmp_path / "keys.json").read_text(encoding="utf-8"))
    assert list(index["holders"]) == ["agency:H47.99"]


def test_a_revoked_certificate_stands_on_the_list_from_its_instant(tmp_path: Path) -> None:
    pki.make(tmp_path, ())
    serial = int(pki.issue(tmp_path, "person", "an", "Nguyễn Văn An")["serial"], 16)
    at = datetime(2026, 3, 5, 8, tzinfo=UTC)
    pki.revoke(tmp_path, "person:an", at)
    listed = x509.load_der_x509_crl((tmp_path / "crl/issuing.crl").read_bytes())
    entry = listed.get_revoked_certificate_by_serial_number(serial)
    assert entry is not None
    assert entry.revocation_date_utc == at
    key = certificate(tmp_path, "intermediates.pem").public_key()
    assert listed.is_signature_valid(key)  # type: ignore[arg-type]


def test_lists_are_renewed_a_week_before_they_run_out(tmp_path: Path) -> None:
    pki.make(tmp_path, ())
    before = (tmp_path / "crl/root.crl").read_bytes()
    pki.renew_lists(tmp_path, datetime.now(UTC) + timedelta(days=20))
    assert (tmp_path / "crl/root.crl").read_bytes() == before
    pki.renew_lists(tmp_path, datetime.now(UTC) + timedelta(days=24))
    assert (tmp_path / "crl/root.crl").read_bytes() != before
