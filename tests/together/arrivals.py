"""Arrivals put into intake's store by its own application, without anybody sending them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from contracts.intake import Origin
from contracts.values import DocumentKind, FileRef, LegalValue, Urgency, Verdict, delivery_id
from contracts.working_time import Calendar
from infra.local.world import World
from services.intake.application import Intake
from services.intake.domain import IncomingDocument
from services.kernel.application import in_postgres
from services.kernel.vault import Vault

AGENCY = "H47.30"
FILE = FileRef(name="công-văn.pdf", sha256="a" * 64, size=1)
REPORT = FileRef(name="gate.json", sha256="b" * 64, size=1, media_type="application/json")


def keep_arrivals(world: World, count: int) -> list[UUID]:
    """So many verified arrivals of one agency, waiting for their numbers; their ids."""
    files, calendar = Vault(world.s3_url), Calendar.of("A")
    intake = Intake(in_postgres(world.database_url("intake")), files=files, calendar=calendar)
    documents = [_arrival(calendar, number) for number in range(count)]
    intake.save(*documents)
    intake.close()
    return [document.id for document in documents]


def _arrival(calendar: Calendar, number: int) -> IncomingDocument:
    """One document that came and was found intact."""
    origin = Origin(
        agency="H47.05",
        agency_name="Sở Nội vụ",
        document_id=uuid4(),
        document_code=f"H47.05.2026.{number:06d}",
        notation=f"{number}/SNV-VP",
        issued_on=date(2026, 3, 2),
    )
    document = IncomingDocument.arrive(
        delivery_id(origin.document_id, AGENCY),
        calendar,
        datetime(2026, 3, 2, 2, tzinfo=UTC),
        agency=AGENCY,
        origin=origin,
        kind=DocumentKind.LETTER,
        subject="báo cáo",
        urgency=Urgency.ORDINARY,
        files=[FILE],
        reply=None,
    )
    document.admit([FILE], REPORT)
    document.record_checks(Verdict.TRUSTED, LegalValue.ORIGINAL, [], [FILE])
    return document
