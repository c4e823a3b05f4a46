"""What may be: the life of an incoming document, act after act, from its arrival to its close."""

from services.intake.domain.document import IncomingDocument
from services.intake.domain.register import RegisterLine, series_id

__all__ = ["IncomingDocument", "RegisterLine", "series_id"]
