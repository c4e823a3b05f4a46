"""What the fault tests share: broken lines to the broker are the point, not news."""

import logging

import pytest

logging.getLogger("pika").setLevel(logging.CRITICAL)
pytest.register_assert_rewrite("tests.together.checks", "tests.together.traces")
