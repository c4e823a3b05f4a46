"""What may be: the life of an incoming document, act after act, from its arrival to its close."""

from services.intake.domain.document import IncomingDocument
from services.intake.domain.notes import (
    DocumentNoted,
    DocumentSeen,
    ScanNoted,
    UpdateNoted,
    accesses_id,
    scan_id,
    words_of,
)
from services.intake.domain.office import Office, office_id
from services.intake.domain.register import BOOK, RegisterLine, series_id

__all__ = [
    "BOOK",
    "DocumentNoted",
    "DocumentSeen",
    "IncomingDocument",
    "Office",
    "RegisterLine",
    "ScanNoted",
    "UpdateNoted",
    "accesses_id",
    "office_id",
    "scan_id",
    "series_id",
    "words_of",
]
