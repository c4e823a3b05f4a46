"""What signing alone must be told."""

import pytest

from services.kernel.settings import SettingsRefused, read_settings
from services.signing.settings import SigningSettings


def test_signing_refuses_to_start_without_its_folder_of_keys_and_trust() -> None:
    with pytest.raises(SettingsRefused, match="VANBAN_PKI_DIR is missing"):
        read_settings(SigningSettings, {})
