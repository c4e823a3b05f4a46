"""The password hash."""

from services.accounts.adapters import hash_password, password_fits


def test_only_the_very_password_fits() -> None:
    kept = hash_password("mật khẩu dài")
    assert kept.startswith("$argon2id$")
    assert password_fits("mật khẩu dài", kept)
    assert not password_fits("Mật khẩu dài", kept)


def test_two_hashes_of_one_password_differ() -> None:
    assert hash_password("mật khẩu dài") != hash_password("mật khẩu dài")


def test_nobody_has_a_fitting_password() -> None:
    assert not password_fits("nobody has this password", None)
    assert not password_fits("mật khẩu dài", "not a hash")
