"""The life of an outgoing document, act after act (table 3.3).

`signatures` has what is signed and sealed, `recall` what is wanted back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import date, datetime
from typing import Self
from uuid import UUID

from contracts.dispatch import (
    Addressee,
    OutgoingAct,
    OutgoingDocumentView,
    OutgoingState,
    RecallOrder,
    ReplacementUnequal,
    SeparateActsRequired,
)
from contracts.errors import Denied
from contracts.values import DocumentKind, FileRef, OutgoingNumber
from contracts.working_time import URGENT_WITHIN, Calendar, day_of, issue_due, send_due
from services.dispatch.domain import recall, signatures
from services.dispatch.domain.directory import Directory
from services.dispatch.domain.draft import Draft
from services.dispatch.domain.order import check_turn
from services.kernel.aggregate import Aggregate

_State, _Act = OutgoingState, OutgoingAct


class OutgoingDocument(Aggregate, service="dispatch"):
    """An outgoing document (văn bản đi): table 3.3, from the draft to the issue."""

    agency: str
    drafter: str
    draft: Draft
    state: OutgoingState = OutgoingState.DRAFT
    signed_file: FileRef | None = None
    signed_at: datetime | None = None
    content_checker: str = ""
    opinion: str = ""
    signing_failure: str = ""
    delegation_id: UUID | None = None
    number: OutgoingNumber | None = None
    issued_at: datetime | None = None
    agency_name: str = ""
    addressees: list[Addressee] = field(default_factory=list)
    recalls: list[RecallOrder] = field(default_factory=list)
    refused_by: list[str] = field(default_factory=list)

    SignatureRequested = signatures.SignatureRequested
    Signed = signatures.Signed
    SigningFailed = signatures.SigningFailed
    Sealed = signatures.Sealed
    RecallOrdered = recall.RecallOrdered
    RecallAnswered = recall.RecallAnswered
    RefusalNoted = recall.RefusalNoted

    sign = signatures.sign
    seal = signatures.seal
    take_signature = signatures.take_signature
    take_failure = signatures.take_failure
    order_back = recall.order_back
    take_answer = recall.take_answer

    class Drafted(Aggregate.Created):
        agency: str
        drafter: str
        draft: Draft

    class Revised(Aggregate.Event):
        draft: Draft

        def apply(self, document: OutgoingDocument) -> None:
            document.state, document.draft = _State.DRAFT, self.draft
            document.content_checker = ""

    class Submitted(Aggregate.Event):
        def apply(self, document: OutgoingDocument) -> None:
            document.state = _State.CONTENT_CHECK

    class ContentApproved(Aggregate.Event):
        checker: str
        opinion: str

        def apply(self, document: OutgoingDocument) -> None:
            document.state = _State.FORM_CHECK
            document.content_checker, document.opinion = self.checker, self.opinion

    class FormApproved(Aggregate.Event):
        checker: str
        opinion: str

        def apply(self, document: OutgoingDocument) -> None:
            document.state, document.opinion = _State.TO_SIGN, self.opinion

    class Returned(Aggregate.Event):
        opinion: str
        agency: str = ""
        drafter: str = ""
        subject: str = ""

        def apply(self, document: OutgoingDocument) -> None:
            document.state, document.opinion = _State.DRAFT, self.opinion
            document.content_checker = ""

    class Numbered(Aggregate.Event):
        agency: str
        number: OutgoingNumber

        def apply(self, document: OutgoingDocument) -> None:
            document.state, document.number = _State.NUMBERED, self.number

    class Registered(Aggregate.Event):
        """The line of the outgoing register (sổ đăng ký văn bản đi, regulation 2.1)."""

        agency: str
        number: OutgoingNumber
        draft: Draft

        def apply(self, document: OutgoingDocument) -> None:
            document.state = _State.REGISTERED

    class Issued(Aggregate.Event):
        """To whom it goes, and by when (`send_due_at` by `rule` of calendar version `calendar`).

        It was to be issued by `issue_due_at` (N30-18.1).
        """

        agency: str
        agency_name: str
        number: OutgoingNumber
        draft: Draft
        file: FileRef
        addressees: list[Addressee]
        issued_at: datetime
        send_due_at: datetime
        rule: str
        calendar: str
        drafter: str = ""
        issue_due_at: datetime | None = None

        def apply(self, document: OutgoingDocument) -> None:
            document.state, document.issued_at = _State.ISSUED, self.issued_at
            document.agency_name, document.addressees = self.agency_name, self.addressees

    @property
    def current_file(self) -> FileRef:
        """The latest revision: as drafted, signed by the leader, or sealed by the agency."""
        return self.signed_file or self.draft.file

    def readers(self) -> set[str]:
        """Agencies whose people may have the file: its own; once issued, those who may keep it."""
        if self.state is not _State.ISSUED:
            return {self.agency}
        kept = {to.agency for to in self.addressees} - recall.given_back(self)
        return {self.agency, *kept}

    @classmethod
    def begin_draft(
        cls, id: UUID, agency: str, drafter: str, draft: Draft, directory: Directory, today: date
    ) -> Self:
        """Draft a document (R9.1). Refusals: those of `Draft.check`."""
        draft.check(agency, directory, today)
        return cls.begin(cls.Drafted, id, agency=agency, drafter=drafter, draft=draft)

    def revise(self, person: str, draft: Draft, directory: Directory, today: date) -> None:
        """Change the draft; what was approved is approved no longer (R9.1)."""
        self._only_drafter(person)
        check_turn(self.state, _Act.REVISE)
        draft.check(self.agency, directory, today)
        self.trigger_event(self.Revised, draft=draft)

    def submit(self, person: str) -> None:
        """Hand the draft on to be checked."""
        self._only_drafter(person)
        check_turn(self.state, _Act.SUBMIT)
        self.trigger_event(self.Submitted)

    def approve_content(self, person: str, opinion: str) -> None:
        """Pass the content check; not by the drafter (R9.1)."""
        check_turn(self.state, _Act.APPROVE_CONTENT)
        self._apart(_Act.APPROVE_CONTENT, person)
        self.trigger_event(self.ContentApproved, checker=person, opinion=opinion)

    def approve_form(self, person: str, opinion: str) -> None:
        """Pass the form check; neither by the drafter nor by who passed the content (R9.1)."""
        check_turn(self.state, _Act.APPROVE_FORM)
        self._apart(_Act.APPROVE_FORM, person)
        self.trigger_event(self.FormApproved, checker=person, opinion=opinion)

    def send_back(self, person: str, opinion: str) -> None:
        """Return the draft to its drafter; before signing only the named signer may (N30-10.3)."""
        check_turn(self.state, _Act.RETURN)
        if self.state is _State.TO_SIGN:
            signatures.only_signer(self, person)
        whose = {"agency": self.agency, "drafter": self.drafter, "subject": self.draft.subject}
        self.trigger_event(self.Returned, opinion=opinion, **whose)

    def assign_number(
        self, take: Callable[[], int], directory: Directory, day: date
    ) -> OutgoingNumber:
        """Number and date the signed document (N30-15); `take` gives the next of its series."""
        check_turn(self.state, _Act.NUMBER)
        notation = directory[self.agency].notation
        number = self.draft.number(take(), notation, self.agency, day)
        self.trigger_event(self.Numbered, agency=self.agency, number=number)
        return number

    def register(self) -> None:
        """Enter the document in the outgoing register (N30-16)."""
        check_turn(self.state, _Act.REGISTER)
        self.trigger_event(
            self.Registered, agency=self.agency, number=self.number, draft=self.draft
        )

    def issue(self, directory: Directory, calendar: Calendar, at: datetime) -> None:
        """Issue the sealed document to all its recipients at once (R9.2a, R9.2c)."""
        check_turn(self.state, _Act.ISSUE)
        self.draft.check(self.agency, directory, day_of(at))
        self.draft.check_complete()
        due = send_due(calendar, at, URGENT_WITHIN.get(self.draft.urgency))
        self.trigger_event(
            self.Issued,
            agency=self.agency,
            agency_name=directory[self.agency].name,
            number=self.number,
            draft=self.draft,
            file=self.current_file,
            addressees=[directory[to.agency].addressee(self.id) for to in self.draft.recipients],
            issued_at=at,
            send_due_at=due.due_at,
            rule=due.rule,
            calendar=due.calendar,
            drafter=self.drafter,
            issue_due_at=self._issue_due(calendar),
        )

    def _issue_due(self, calendar: Calendar) -> datetime | None:
        """The working day after the leader signed; at once when it is urgent (N30-18.1)."""
        if self.signed_at is None:
            return None
        within = URGENT_WITHIN.get(self.draft.urgency)
        return issue_due(calendar, self.signed_at, within).due_at

    def check_replaceable(self, agency: str, kind: DocumentKind) -> None:
        """Refuse to have it replaced by another agency's, or by one of unequal form (N30-18.3)."""
        if agency != self.agency:
            raise Denied(why=f"belongs to agency {self.agency}")
        if kind is not self.draft.kind:
            notation = self.number.notation if self.number else ""
            raise ReplacementUnequal(notation=notation)

    def _apart(self, act: OutgoingAct, person: str) -> None:
        if person in (self.drafter, self.content_checker):
            raise SeparateActsRequired(act=act.value, act_vi=act.vi, act_en=act.en)

    def _only_drafter(self, person: str) -> None:
        if person != self.drafter:
            raise Denied(why=f"only the drafter {self.drafter} may")

    def view(self) -> OutgoingDocumentView:
        """The document as it is now."""
        draft = self.draft
        return OutgoingDocumentView(
            document_id=self.id,
            agency=self.agency,
            state=self.state,
            kind=draft.kind,
            subject=draft.subject,
            urgency=draft.urgency,
            signer=draft.signer,
            recipients=draft.recipients,
            file=self.current_file,
            version=self.version,
            number=self.number,
            issued_at=self.issued_at,
            reply=draft.reply,
            answers=draft.answers,
            signing_failure=self.signing_failure,
            opinion=self.opinion,
            recalls=self.recalls,
            refused_by=self.refused_by,
            delegation_id=self.delegation_id,
        )
