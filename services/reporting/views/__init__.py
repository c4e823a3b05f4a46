"""Which questions have ready answers: the tables, and the queries over them."""

from services.reporting.views.queries import PeriodFigures, Views
from services.reporting.views.tables import (
    ARRIVALS,
    DELIVERIES,
    ESCALATIONS,
    INCOMING_REGISTER,
    OUTGOING_REGISTER,
)

__all__ = [
    "ARRIVALS",
    "DELIVERIES",
    "ESCALATIONS",
    "INCOMING_REGISTER",
    "OUTGOING_REGISTER",
    "PeriodFigures",
    "Views",
]
