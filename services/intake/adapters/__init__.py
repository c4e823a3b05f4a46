"""The outside tools held here read arriving files: qpdf (pikepdf), Pillow, olefile, clamd.

Plain data in and out: a name, bytes, a policy; an answer in the words of `contracts.gate`.
"""

from services.intake.adapters.findings import is_visible
from services.intake.adapters.gate import Arriving, check_file, check_package, too_large
from services.intake.adapters.letters import legacy_encoding, lookalikes, proposed
from services.intake.adapters.policy import GatePolicy

__all__ = [
    "Arriving",
    "GatePolicy",
    "check_file",
    "check_package",
    "is_visible",
    "legacy_encoding",
    "lookalikes",
    "proposed",
    "too_large",
]
