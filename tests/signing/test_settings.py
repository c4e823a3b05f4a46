"""What signing alone must be told."""

import pytest

from services.kernel.settings import SettingsRefused, read_settings
from services.signing.settings import SigningSettings


def test_signing_refuses_to_start_without_its_keys_and_its_time_authority() -> None:
    with pytest.raises(SettingsRefused) as refused:
        read_settings(SigningSettings, {})
    for name in ("VANBAN_PKI_DIR", "VANBAN_TSA_URL"):
        assert f"{name} is missing" in str(refused.value)
