"""What the tests of intake share."""

import pytest

from tests.intake.office import Office


@pytest.fixture
def office() -> Office:
    """A fresh office on Monday 2 March 2026, 9:00."""
    return Office()
