"""What accounts alone must be told."""

import pytest

from services.accounts.settings import AccountsSettings
from services.kernel.settings import SettingsRefused, read_settings


def test_accounts_refuses_to_start_without_key_and_secret() -> None:
    with pytest.raises(SettingsRefused) as refused:
        read_settings(AccountsSettings, {})
    for name in ("VANBAN_TOKEN_PRIVATE_KEY_FILE", "VANBAN_OPERATOR_SECRET"):
        assert f"{name} is missing" in str(refused.value)
