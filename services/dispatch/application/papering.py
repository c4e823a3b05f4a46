"""Paper that goes along with issued documents, and main copies that are printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from contracts.dispatch import (
    NoPaperOwed,
    NotARecipient,
    OutgoingAct,
    PaperAlreadyOwed,
    PaperGround,
    PaperItem,
    PaperRule,
    PaperRuleFixed,
    PrintLine,
)
from contracts.values import DocumentKind, Role
from contracts.working_time import in_vietnam
from services.dispatch.application.desk import Desk
from services.dispatch.domain.document import OutgoingDocument
from services.dispatch.domain.order import check_turn
from services.dispatch.domain.paper import (
    RULES_ID,
    Paper,
    PaperListed,
    Printed,
    Rule,
    RuleListed,
    check_citation,
    paper_id,
    papers_id,
    prints_id,
)
from services.kernel.commit import command
from services.kernel.context import current, require


class Papering(Desk):
    """What clerks do with paper, and the rules by which it is owed."""

    @command()
    def set_paper_rule(
        self,
        *,
        rule_id: UUID,
        ground: PaperGround,
        agencies: list[str],
        from_on: date,
        until_on: date | None = None,
        kinds: list[DocumentKind] = [],  # noqa: B006
    ) -> None:
        require(Role.OPERATOR)
        today = self.today()
        if from_on < today or self.last_version(rule_id):
            raise PaperRuleFixed(rule_id=str(rule_id), today=str(today))
        said = {"ground": ground, "agencies": agencies, "kinds": kinds}
        rule = Rule.begin(Rule.Made, rule_id, **said, from_on=from_on, until_on=until_on)
        self.save(rule, self._entry(RuleListed, RULES_ID, rule_id=rule_id))

    @command()
    def end_paper_rule(self, *, rule_id: UUID, until_on: date) -> None:
        require(Role.OPERATOR)
        rule = self.load(Rule, rule_id)
        rule.end(until_on, self.today())
        self.save(rule)

    def list_paper_rules(self, *, after: int = 0, limit: int = 100) -> list[PaperRule]:
        require(*Role)
        return [rule.view() for rule in self._rules(after, limit)]

    def _rules(self, after: int = 0, limit: int | None = None) -> Iterator[Rule]:
        for entry in list(self.events.get(RULES_ID, gt=after, limit=limit)):
            yield self.load(Rule, entry.rule_id)  # type: ignore[attr-defined]

    def owe_by_rule(self, document: OutgoingDocument) -> None:
        """Paper goes along to whom the rules of the day of issue say (R6.2a, R6.2b)."""
        day = self.today()
        rules = list(self._rules())
        for to in document.addressees:
            holding = (it for it in rules if it.holds(document.draft.kind, to.agency, day))
            if (rule := next(holding, None)) is not None:
                self._owe(document, to.agency, rule.ground, "", rule.id)

    @command()
    def owe_paper(
        self, *, document_id: UUID, recipient: str, ground: PaperGround, citation: str
    ) -> None:
        document = self.of_mine(document_id, Role.CLERK)
        check_turn(document.state, OutgoingAct.OWE_PAPER)
        check_citation(ground, citation)
        if recipient not in {to.agency for to in document.addressees}:
            raise NotARecipient(agency=recipient)
        if self.last_version(paper_id(document_id, recipient)):
            raise PaperAlreadyOwed(recipient=recipient)
        self._owe(document, recipient, ground, citation, None)

    def _owe(
        self,
        document: OutgoingDocument,
        recipient: str,
        ground: PaperGround,
        citation: str,
        rule_id: UUID | None,
    ) -> None:
        paper = Paper.begin(
            Paper.Owed,
            paper_id(document.id, recipient),
            document_id=document.id,
            agency=document.agency,
            recipient=recipient,
            ground=ground,
            citation=citation,
            rule_id=rule_id,
            owed_on=self.today(),
        )
        listed = papers_id(document.agency)
        self.save(paper, self._entry(PaperListed, listed, paper_id=paper.id))

    @command()
    def print_copies(self, *, document_id: UUID, copies: int, purpose: str) -> None:
        document = self.of_mine(document_id, Role.CLERK)
        check_turn(document.state, OutgoingAct.PRINT)
        self._print(document_id, copies, purpose)

    def _print(self, document_id: UUID, copies: int, purpose: str) -> None:
        log = prints_id(document_id)
        self.save(self._entry(Printed, log, copies=copies, purpose=purpose))

    def list_prints(
        self, *, document_id: UUID, after: int = 0, limit: int = 100
    ) -> list[PrintLine]:
        document = self.load(OutgoingDocument, document_id)
        self._require_sight(document.agency)
        listed: list[Any] = list(self.events.get(prints_id(document_id), gt=after, limit=limit))
        return [
            PrintLine(
                copies=line.copies,
                purpose=line.purpose,
                person=line.actor.person,
                printed_at=in_vietnam(line.timestamp),
            )
            for line in listed
        ]

    @command()
    def send_paper(self, *, document_id: UUID, recipient: str, copies: int, carrier: str) -> None:
        paper = self._paper(document_id, recipient)
        paper.send(copies, carrier, self.today())
        self.save(paper)
        self._print(document_id, copies, f"{recipient}: {paper.ground.vi}")

    @command()
    def confirm_paper(self, *, document_id: UUID, recipient: str, received_on: date) -> None:
        paper = self._paper(document_id, recipient)
        paper.confirm(received_on)
        self.save(paper)

    def _paper(self, document_id: UUID, recipient: str) -> Paper:
        self.of_mine(document_id, Role.CLERK)
        paper = self.find(Paper, paper_id(document_id, recipient))
        if paper is None:
            raise NoPaperOwed(recipient=recipient)
        return paper

    def list_papers(self, *, agency: str, after: int = 0, limit: int = 100) -> list[PaperItem]:
        self._require_sight(agency)
        listed: list[Any] = list(self.events.get(papers_id(agency), gt=after, limit=limit))
        return [self.load(Paper, it.paper_id).view(it.originator_version) for it in listed]

    def _require_sight(self, agency: str) -> None:
        if not current().roles & {Role.AUDITOR, Role.OPERATOR}:
            require(*Role, agency=agency)

    def _entry(self, kind: Any, stream: UUID, **facts: Any) -> Any:
        """The next entry of a list."""
        version, at = self.last_version(stream) + 1, kind.create_timestamp()
        return kind(stream, version, at, **facts)
