"""What intake does when asked, and when dispatch and signing tell."""

from __future__ import annotations

from typing import Any, ClassVar

from contracts.dispatch import DocumentIssued
from contracts.envelope import Envelope
from contracts.signing import PaperDigitised, SignaturesVerified
from contracts.values import Route
from contracts.working_time import Calendar
from services.intake.application.handling import Handling
from services.intake.application.jobs import TOPICS, means
from services.intake.application.office import ClericalOffice
from services.intake.application.reading import Reading
from services.intake.application.recalling import Recalling
from services.intake.domain import IncomingDocument
from services.intake.events import publish
from services.kernel.application import in_postgres
from services.kernel.events import Publish
from services.kernel.joblog import JobLog
from services.kernel.prompts import Prompts
from services.kernel.settings import Settings
from services.kernel.vault import Vault


class Intake(ClericalOffice, Handling, Recalling, Reading):
    """Incoming documents: asked by people and the gateway, told by dispatch and signing."""

    name = "intake"
    tells: ClassVar[Publish] = publish
    sources = ("dispatch", "signing")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.jobs = JobLog(self, TOPICS, means, self.name)

    def policy(self, event: Any, envelope: Envelope) -> None:
        """Issued documents arrive, replies are linked, scans noted, verdicts taken in."""
        match event:
            case DocumentIssued():
                for addressee in event.addressees:
                    if addressee.route is Route.PLATFORM:
                        self.arrive_issued(addressee.delivery_id, addressee.agency, event)
                self.link_answers(event)
            case PaperDigitised(agency=agency, file=scan):
                self.note_scan(agency, scan.sha256)
            case SignaturesVerified():
                self._take_verdict(event)

    def _take_verdict(self, event: SignaturesVerified) -> None:
        """On an arrival, or on an update of one."""
        found = self.noted_update(event.document_id)
        document = self.find(IncomingDocument, found or event.document_id)
        if document is None:
            return
        if found:
            document.verify_update(event.document_id, event.verdict, event.files)
        else:
            checked = (event.verdict, event.legal_value, event.signatures)
            document.record_checks(*checked, event.files, event.reports)
        self.save(document)


def build(settings: Settings) -> Intake:
    """The application of this process."""
    return Intake(
        in_postgres(settings.database_url),
        written=Prompts(settings.broker_url, Intake.name).ring,
        files=Vault(settings.s3_url),
        calendar=Calendar.of(settings.calendar_profile),
    )
