"""What dispatch does when asked, and when told by accounts, signing and tracking."""

from __future__ import annotations

from typing import Any, ClassVar

from contracts.accounts import (
    AgencyCodeAdded,
    AgencyRegistered,
    Delegation,
    DelegationRegistered,
    DelegationRevoked,
)
from contracts.envelope import Envelope
from contracts.signing import DocumentSigned, SigningFailed
from contracts.tracking import StatusSent
from contracts.working_time import Calendar
from services.dispatch.application.drafting import Drafting
from services.dispatch.application.issuing import Issuing
from services.dispatch.application.reading import Reading
from services.dispatch.application.recalling import Recalling
from services.dispatch.domain.capacity import Signatory, signatory_id
from services.dispatch.domain.directory import Correspondent, correspondent_id
from services.dispatch.domain.document import OutgoingDocument
from services.dispatch.events import publish
from services.kernel.application import in_postgres
from services.kernel.events import Publish
from services.kernel.files import Files
from services.kernel.prompts import Prompts
from services.kernel.settings import Settings


class Dispatch(Drafting, Issuing, Recalling, Reading):
    """Outgoing documents, and the agencies they may go to."""

    name = "dispatch"
    sources = ("accounts", "signing", "tracking")
    tells: ClassVar[Publish] = publish

    def policy(self, event: Any, envelope: Envelope) -> None:
        """Learn agencies and delegations, signatures made, and what recipients answered."""
        match event:
            case AgencyRegistered():
                self._learn(event)
            case AgencyCodeAdded(agency=agency, code=code):
                self._learn_code(agency, code)
            case DelegationRegistered(delegation=delegation):
                self._learn_delegation(delegation)
            case DelegationRevoked(to_person=person, delegation_id=id):
                if signatory := self.find(Signatory, signatory_id(person)):
                    signatory.end(id)
                    self.save(signatory)
            case DocumentSigned(document_id=id):
                if document := self.find(OutgoingDocument, id):
                    document.take_signature(event.role, event.file, envelope.at)
                    self.save(document)
            case SigningFailed(document_id=id):
                if document := self.find(OutgoingDocument, id):
                    document.take_failure(event.role, event.code, event.reason)
                    self.save(document)
            case StatusSent():
                self.hear(event)

    def _learn(self, told: AgencyRegistered) -> None:
        id = correspondent_id(told.agency)
        if not self.find(Correspondent, id):
            self.save(
                Correspondent.begin(
                    Correspondent.Learnt,
                    id,
                    agency=told.agency,
                    name=told.name,
                    notation=told.notation,
                    route=told.route,
                )
            )

    def _learn_code(self, agency: str, code: str) -> None:
        """By this code the same agency is meant (R7.2a)."""
        known = self.find(Correspondent, correspondent_id(agency))
        if known and not self.find(Correspondent, correspondent_id(code)):
            self.save(known.also(correspondent_id(code)))

    def _learn_delegation(self, delegation: Delegation) -> None:
        """One more by which its taker may sign in another's name (N30-13)."""
        person = delegation.to_person
        id = signatory_id(person)
        signatory = self.find(Signatory, id)
        signatory = signatory or Signatory.begin(Signatory.Learnt, id, person=person)
        signatory.take(delegation)
        self.save(signatory)


def build(settings: Settings) -> Dispatch:
    """The application of this process."""
    return Dispatch(
        in_postgres(settings.database_url),
        written=Prompts(settings.broker_url, Dispatch.name).ring,
        files=Files(settings.s3_url),
        calendar=Calendar.of(settings.calendar_profile),
    )
