"""Words of the agency key's custody (quản lý con dấu, thiết bị lưu khóa; N30-32/33)."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from msgspec import Struct

from contracts.envelope import PublicEvent
from contracts.errors import Refused
from contracts.values import AgencyCode, Limit, Name, PersonId, Position


class KeyHandover(Struct, frozen=True, kw_only=True):
    """A handover of an agency's key (bàn giao khóa).

    `permission` is the written permission, `record` the record of the handover (biên bản bàn giao);
    the first keeper has it from nobody.
    """

    from_person: str
    to_person: PersonId
    permission: Name
    record: Name
    handed_over_at: datetime


class KeyEntrusted(PublicEvent, frozen=True, kw_only=True):
    """From now on another person keeps the agency's key, and nobody else uses it."""

    agency: AgencyCode
    handover: KeyHandover


class KeyNotHeld(Refused):
    """Somebody else keeps the agency's key, or nobody was given it yet (N30-32/33).

    `keeper_vi`, `keeper_en` say who keeps it.
    """

    vi = (
        "Khóa của cơ quan {agency} do {keeper_vi} giữ, {person} không được dùng. "
        "Hãy nhờ người giữ, hoặc bàn giao bằng biên bản khi được phép bằng văn bản."
    )
    en = (
        "The key of agency {agency} is kept by {keeper_en}; {person} may not use it. "
        "Ask the keeper, or hand it over on record with a written permission."
    )


class KeyAlreadyHeld(Refused):
    """He keeps the key already."""

    vi = "{person} đang giữ khóa của cơ quan {agency}. Không cần bàn giao lại."
    en = "{person} keeps the key of agency {agency} already. There is nothing to hand over."


class Keeping(Protocol):
    """What may be asked about who keeps the agency's key."""

    def hand_over_key(
        self, *, agency: AgencyCode, to_person: PersonId, permission: Name, record: Name
    ) -> None:
        """Hand the agency's key over to another person, who alone uses it from now on.

        For whoever keeps it; the first keeper is named by an operator, who also hands over for a
        keeper that is gone. Sealing, copies and digitised papers still need the role of a clerk.
        Refusals: `KeyAlreadyHeld`, `KeyNotHeld`, `Denied`, `Invalid`. Rules: N30-32/33.
        """

    def list_key_handovers(
        self, *, agency: AgencyCode, after: Position = 0, limit: Limit = 100
    ) -> list[KeyHandover]:
        """Who kept the agency's key, oldest first; `after` counts those passed over.

        For its people, operators and auditors. Refusals: `Denied`, `Invalid`.
        """
