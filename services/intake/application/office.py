"""The clerical office: its rules, its paper, and who follows what."""

from __future__ import annotations

from uuid import UUID

from contracts.intake import (
    Channel,
    DocumentAlreadyArrived,
    Issuer,
    OfficeRules,
    Origin,
    RulesUnchanged,
    ScanNotDigitised,
)
from contracts.values import (
    DocumentKind,
    FileRef,
    LegalValue,
    Number,
    ReplyRequest,
    Role,
    Urgency,
)
from services.intake.application.desk import require_reader
from services.intake.application.receiving import Receiving
from services.intake.domain import (
    BOOK,
    Office,
    ScanNoted,
    office_id,
    scan_id,
)
from services.kernel.commit import command
from services.kernel.context import require


class ClericalOffice(Receiving):
    """Paper arrivals and copies, and the rules of the agency."""

    def _digitised(self, *, scan: FileRef, **_: object) -> None:
        """The scan is one that signing digitised and sealed: it is kept."""
        require(Role.CLERK)
        self.files.require([scan.sha256])

    @command(first=_digitised)
    def register_paper(
        self,
        *,
        document_id: UUID,
        origin: Origin,
        kind: DocumentKind,
        subject: str,
        scan: FileRef,
        issuer: Issuer | None = None,
        urgency: Urgency = Urgency.ORDINARY,
        reply: ReplyRequest | None = None,
        book: str = BOOK,
        duplicate_note: str = "",
    ) -> Number:
        clerk = require(Role.CLERK)
        if self.last_version(document_id):
            raise DocumentAlreadyArrived(document_id=str(document_id))
        if not self.is_digitised(scan.sha256, clerk.agency):
            raise ScanNotDigitised(sha256=scan.sha256)
        document = self.arrive(
            document_id,
            self.now(),
            agency=clerk.agency,
            origin=origin,
            kind=kind,
            subject=subject,
            urgency=urgency,
            files=[scan],
            reply=reply,
            channel=Channel.PAPER,
            issuer=issuer,
        )
        if document.earlier and duplicate_note:
            document.accept_duplicate(duplicate_note)
        number = self.take_number(document.series(book), taken_by=document.id)
        sealed = LegalValue.SEALED
        registered = document.enter(number, self.calendar, self.now(), sealed, book=book)
        self.save(document)
        return registered

    def is_digitised(self, sha256: str, agency: str) -> bool:
        """Whether signing told of this scan as digitised and sealed by the agency (R8.2a-2)."""
        return self.last_version(scan_id(agency, sha256)) > 0

    def note_scan(self, agency: str, sha256: str) -> None:
        """Signing told of a scan digitised and sealed for an agency."""
        id = scan_id(agency, sha256)
        if not self.last_version(id):
            at = ScanNoted.create_timestamp()
            self.save(
                ScanNoted(originator_id=id, originator_version=1, timestamp=at, sha256=sha256)
            )

    @command()
    def expect_paper(self, *, document_id: UUID) -> None:
        self.act(document_id, Role.CLERK, lambda document: document.expect_paper())

    @command()
    def receive_paper(self, *, document_id: UUID) -> None:
        document, at = self.mine(document_id, Role.CLERK, Role.OFFICER), self.now()
        document.receive_paper(at)
        self.save(document)

    @command()
    def set_office_rules(self, *, agency: str, rules: OfficeRules) -> None:
        require(Role.LEADER, agency=agency)
        if rules == self.rules_of(agency):
            raise RulesUnchanged(agency=agency)
        id = office_id(agency)
        office = self.find(Office, id)
        if office:
            office.change(rules)
        else:
            office = Office.begin(Office.RulesLaid, id, agency=agency, rules=rules)
        self.save(office)

    def get_office_rules(self, *, agency: str) -> OfficeRules:
        require_reader(agency)
        return self.rules_of(agency)

    @command()
    def name_follower(self, *, document_id: UUID, person: str) -> None:
        document = self.mine(document_id, Role.LEADER, Role.CLERK)
        document.name_follower(person)
        self.save(document)
