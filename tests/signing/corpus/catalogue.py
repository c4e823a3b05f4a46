"""The corpus: what each file is, how it is made, and what must be said of it.

A case is a function that makes one file; the module it stands in is its class. Where the reference
leaves the verifier a choice, more than one verdict is named; at least one of the reasons must be
told. A case without ``TRUSTED`` among its verdicts is hostile, or at least not to be trusted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.signing.corpus.container import Signing, Stamp
from tests.signing.corpus.paper import CATALOG, Paper, letter, ref
from tests.signing.corpus.people import Hand, People

LEADER_BOX, AGENCY_BOX = b"[320 120 450 170]", b"[270 95 372 197]"


@dataclass(frozen=True)
class Case:
    """One file of the corpus. ``roles``: whether the verdict needs to know who the signers are.

    ``office``: the verdicts of the milder profile, the same unless told otherwise.
    """

    name: str
    make: Callable[[Workshop], bytes]
    verdicts: frozenset[str]
    reasons: frozenset[str]
    roles: bool = False
    office: frozenset[str] = frozenset()

    def holds(self, verdict: str, told: set[str]) -> bool:
        """Whether a verdict with these reasons is right.

        Where a harmless verdict is one of several it needs no reason.
        """
        harmless = verdict in HARMLESS and len(self.verdicts) > 1
        return verdict in self.verdicts and (
            harmless or not self.reasons or bool(told & self.reasons)
        )

    @property
    def group(self) -> str:
        """The class it belongs to."""
        return self.name.partition(".")[0]


HARMLESS = frozenset({"TRUSTED", "UNSIGNED"})
CASES: list[Case] = []


def case(
    verdicts: str, *reasons: str, roles: bool = False, office: str = ""
) -> Callable[[Any], Any]:
    """Enter a maker into the corpus; verdicts are separated by spaces."""

    def enter(make: Callable[[Workshop], bytes]) -> Callable[[Workshop], bytes]:
        name = f"{make.__module__.rpartition('.')[2]}.{make.__name__.strip('_')}"
        wanted, milder = (frozenset(one.split()) for one in (verdicts, office or verdicts))
        CASES.append(Case(name, make, wanted, frozenset(reasons), roles, milder))
        return make

    return enter


class Workshop:
    """Keys, people and the papers that many files begin with, made once."""

    def __init__(self, people: People) -> None:
        self.people = people

    def ready(self) -> Workshop:
        """The same, with what many files need made beforehand."""
        assert all((self._letter, self._signed, self._prepared, self._sealed, self.people.unlisted))
        return self

    def by(self, hand: Hand | None = None, **other: Any) -> Signing:
        """A container by the leader, or another, with a time stamp unless told otherwise."""
        other.setdefault("stamp", Stamp(self.people.time))
        return Signing(hand or self.people.leader, **other)

    @cached_property
    def _letter(self) -> Paper:
        return letter().save()

    @property
    def letter(self) -> Paper:
        """The letter, saved, without any field."""
        return self._letter.copy()

    @cached_property
    def _signed(self) -> Paper:
        return self.letter.sign(self.by(), room=4000)

    @property
    def signed(self) -> Paper:
        """The letter signed by the leader in an invisible field of the same revision."""
        return self._signed.copy()

    @cached_property
    def _prepared(self) -> Paper:
        paper = letter()
        paper.add_field("leader", Rect=LEADER_BOX)
        paper.add_field("agency", Rect=AGENCY_BOX)
        return paper.save()

    @property
    def prepared(self) -> Paper:
        """The letter with two empty visible fields, as an office prepares it."""
        return self._prepared.copy()

    @cached_property
    def _sealed(self) -> Paper:
        paper = self.prepared.sign(self.by(), "leader", room=4000)
        return paper.sign(self.by(self.people.agency), "agency", room=4000)

    @property
    def sealed(self) -> Paper:
        """The letter signed by the leader and sealed by the agency."""
        return self._sealed.copy()

    def certified(self, level: int, paper: Paper | None = None, **entries: bytes) -> Paper:
        """The letter certified by the leader with a permission level (DocMDP)."""
        paper = paper or self.letter
        if "Signature1" not in paper.fields:
            paper.add_field("Signature1")
        paper.touch(CATALOG)["Perms"] = b"<< /DocMDP %s >>" % ref(max(paper.objects) + 1)
        return paper.sign(self.by(), Reference=b"[%s]" % permission(level), **entries)


def permission(level: int) -> bytes:
    """The signature's word on what may change after it (DocMDP)."""
    parameters = b"<< /Type /TransformParams /P %d /V /1.2 >>" % level
    return b"<< /Type /SigRef /TransformMethod /DocMDP /TransformParams %s >>" % parameters
