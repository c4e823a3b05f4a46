"""How strict verification is, as data: which deviations that honest tools make it lets pass.

What is let pass is told as a warning with its exact reason; everything else is the same for all.
"""

from typing import Final

from msgspec import Struct


class Profile(Struct, frozen=True):
    """A named policy. ``tolerated`` are codes of changes that warn instead of failing."""

    id: str
    tolerated: frozenset[str] = frozenset()


COURT: Final = Profile("urn:vanban:verification-policy:court:1")
"""For evidence: nothing unexplained may follow a signature."""

OFFICE: Final = Profile(
    "urn:vanban:verification-policy:office:1",
    frozenset({"CHANGE_LEAVES_ORPHANS", "CHANGE_RAISES_VERSION", "SIGNATURE_HIDES_PAGE"}),
)
"""For an office's inbox: what tools are known to leave behind is told and not refused."""

PROFILES: Final = {"court": COURT, "office": OFFICE}
"""By the name that settings and the command line use."""
