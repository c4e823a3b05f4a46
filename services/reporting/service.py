"""What may be asked of reporting."""

from __future__ import annotations

from contracts.reporting import Reporting as Promise
from services.kernel.rpc import Given, answer
from services.kernel.settings import Settings
from services.reporting.application import build


class ReportingService:
    """The answering door: each line keeps one promise."""

    name = "reporting"
    application = Given(build, Settings)

    list_incoming_register = answer(Promise.list_incoming_register)
    list_outgoing_register = answer(Promise.list_outgoing_register)
    list_late_matters = answer(Promise.list_late_matters)
    list_indicators = answer(Promise.list_indicators)
    list_sealed_indicators = answer(Promise.list_sealed_indicators)
    escalate_late_matters = answer(Promise.escalate_late_matters)
    seal_period = answer(Promise.seal_period)
    read_events = answer(Promise.read_events)
    list_history = answer(Promise.list_history)
    list_parked_events = answer(Promise.list_parked_events)
    unpark_events = answer(Promise.unpark_events)
