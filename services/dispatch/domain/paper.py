"""Paper that goes along with an issued document: by which rule, to whom, and when it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from contracts.dispatch import (
    CitationRequired,
    NoPaperOwed,
    PaperGround,
    PaperItem,
    PaperRule,
    PaperRuleFixed,
    PaperState,
)
from contracts.values import DocumentKind, named_id
from services.kernel.aggregate import Aggregate, BareEvent, under_topic

RULES_ID = named_id("paper-rules")
"""Identity of the province's list of rules."""


def paper_id(document_id: UUID, recipient: str) -> UUID:
    """Identity of the paper of a document for one recipient."""
    return named_id("paper", document_id, recipient)


def papers_id(agency: str) -> UUID:
    """Identity of an agency's list of papers."""
    return named_id("papers", agency)


def prints_id(document_id: UUID) -> UUID:
    """Identity of the log of a document's printed main copies."""
    return named_id("prints", document_id)


@dataclass(frozen=True)
class RuleListed(BareEvent):
    """A rule stands in the province's list: the version is its place."""

    rule_id: UUID


@dataclass(frozen=True)
class PaperListed(BareEvent):
    """A paper stands in its agency's list: the version is its place."""

    paper_id: UUID


@dataclass(frozen=True)
class Printed(BareEvent):
    """Main copies were printed from the electronic document (N30-18.5)."""

    copies: int
    purpose: str


for _bare in (RuleListed, PaperListed, Printed):
    under_topic(_bare, f"dispatch.{_bare.__name__}")


class Rule(Aggregate, service="dispatch"):
    """A rule by which paper goes along (danh mục văn bản gửi kèm bản giấy, Q28-7.2)."""

    ground: PaperGround
    agencies: list[str]
    kinds: list[DocumentKind]
    from_on: date
    until_on: date | None

    class Made(Aggregate.Created):
        ground: PaperGround
        agencies: list[str]
        kinds: list[DocumentKind]
        from_on: date
        until_on: date | None

    class Ended(Aggregate.Event):
        until_on: date

        def apply(self, rule: Rule) -> None:
            rule.until_on = self.until_on

    def end(self, until_on: date, today: date) -> None:
        """It holds until this day, today at the earliest: the past stands."""
        if until_on < today or (self.until_on and self.until_on < today):
            raise PaperRuleFixed(rule_id=str(self.id), today=str(today))
        self.trigger_event(self.Ended, until_on=until_on)

    def holds(self, kind: DocumentKind, agency: str, day: date) -> bool:
        """Whether a document of this kind, issued this day, goes to this agency on paper too."""
        in_force = self.from_on <= day and (self.until_on is None or day <= self.until_on)
        return in_force and agency in self.agencies and (not self.kinds or kind in self.kinds)

    def view(self) -> PaperRule:
        """The rule as it is now."""
        return PaperRule(
            rule_id=self.id,
            ground=self.ground,
            agencies=self.agencies,
            kinds=self.kinds,
            from_on=self.from_on,
            until_on=self.until_on,
        )


class Paper(Aggregate, service="dispatch"):
    """The paper of a document for one recipient: owed, sent, received (bản giấy gửi kèm, R6.2)."""

    document_id: UUID
    agency: str
    recipient: str
    ground: PaperGround
    citation: str
    rule_id: UUID | None
    owed_on: date
    state: PaperState = PaperState.OWED
    sent_on: date | None = None
    carrier: str = ""
    copies: int = 0
    confirmed_on: date | None = None

    class Owed(Aggregate.Created):
        """It is to go: by a rule of the province, or as the clerk says on a ground of R6.2."""

        document_id: UUID
        agency: str
        recipient: str
        ground: PaperGround
        citation: str
        rule_id: UUID | None
        owed_on: date

    class Sent(Aggregate.Event):
        """It went, by this carrier."""

        document_id: UUID
        agency: str
        recipient: str
        ground: PaperGround
        sent_on: date
        carrier: str
        copies: int

        def apply(self, paper: Paper) -> None:
            paper.state, paper.sent_on = PaperState.SENT, self.sent_on
            paper.carrier, paper.copies = self.carrier, self.copies

    class Confirmed(Aggregate.Event):
        """The recipient has it."""

        confirmed_on: date

        def apply(self, paper: Paper) -> None:
            paper.state, paper.confirmed_on = PaperState.CONFIRMED, self.confirmed_on

    def send(self, copies: int, carrier: str, day: date) -> None:
        """It goes, once."""
        self._require(PaperState.OWED)
        of = {name: getattr(self, name) for name in ("document_id", "agency", "recipient")}
        told = {"ground": self.ground, "sent_on": day, "carrier": carrier, "copies": copies}
        self.trigger_event(self.Sent, **of, **told)

    def confirm(self, received_on: date) -> None:
        """The recipient has it, since a day that is not before its sending."""
        self._require(PaperState.SENT)
        if self.sent_on is not None and received_on < self.sent_on:
            raise NoPaperOwed(recipient=self.recipient)
        self.trigger_event(self.Confirmed, confirmed_on=received_on)

    def _require(self, state: PaperState) -> None:
        if self.state is not state:
            raise NoPaperOwed(recipient=self.recipient)

    def view(self, place: int) -> PaperItem:
        """The paper as it is now, at its place in the list."""
        names = set(PaperItem.__struct_fields__) - {"place"}
        facts: dict[str, Any] = {name: getattr(self, name) for name in names}
        return PaperItem(place=place, **facts)


def check_citation(ground: PaperGround, citation: str) -> None:
    """Refuse an appraisal's or approval's paper that does not name its law (R6.2c)."""
    if ground is PaperGround.BY_LAW and not citation.strip():
        raise CitationRequired(ground=ground.value)
