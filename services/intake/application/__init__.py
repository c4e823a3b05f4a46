"""What intake does when asked, and when others tell."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, ClassVar

from contracts.dispatch import DocumentIssued, RecallOrdered
from contracts.envelope import Envelope
from contracts.intake import ActOutOfOrder
from contracts.signing import PaperDigitised, SignaturesVerified
from contracts.tracking import DocumentTaken, RecallTaken, UpdateTaken
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
    """Incoming documents: asked by people and gateways, told by dispatch, signing and tracking."""

    name = "intake"
    tells: ClassVar[Publish] = publish
    sources = ("dispatch", "signing", "tracking")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.jobs = JobLog(self, TOPICS, means, self.name)

    def policy(self, event: Any, envelope: Envelope) -> None:
        """Documents arrive, issued here or over the axis; replies, scans, verdicts are noted."""
        match event:
            case DocumentIssued():
                for addressee in event.addressees:
                    if addressee.route is Route.PLATFORM:
                        self.arrive_issued(addressee.delivery_id, addressee.agency, event)
                self.link_answers(event)
            case RecallOrdered():
                self.take_order(event)
            case PaperDigitised(agency=agency, file=scan):
                self.note_scan(agency, scan.sha256)
            case SignaturesVerified():
                self._take_verdict(event)
            case DocumentTaken():
                self.arrive_taken(event)
            case RecallTaken():
                told = (event.agency, event.origin, event.order_id, event.reason)
                with suppress(ActOutOfOrder):
                    self.take_recall(*told, basis="")
            case UpdateTaken():
                self.take_update(event)

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
