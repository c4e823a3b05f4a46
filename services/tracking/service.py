"""What may be asked of tracking."""

from __future__ import annotations

from contracts.tracking import Tracking as Promise
from services.kernel.rpc import Given, answer
from services.kernel.settings import Settings
from services.tracking.application import build


class TrackingService:
    """The answering door: each line keeps one promise."""

    name = "tracking"
    application = Given(build, Settings)

    get_delivery = answer(Promise.get_delivery)
    get_receipt = answer(Promise.get_receipt)
    list_deliveries = answer(Promise.list_deliveries)
    resend_document = answer(Promise.resend_document)
    confirm_paper = answer(Promise.confirm_paper)
    acknowledge_alarm = answer(Promise.acknowledge_alarm)
    close_alarm = answer(Promise.close_alarm)
    list_lines = answer(Promise.list_lines)
    get_line_counts = answer(Promise.get_line_counts)
    list_alarms = answer(Promise.list_alarms)
    list_unmatched_statuses = answer(Promise.list_unmatched_statuses)
    list_notices = answer(Promise.list_notices)
    open_dossier = answer(Promise.open_dossier)
    collect_document = answer(Promise.collect_document)
    drop_document = answer(Promise.drop_document)
    describe_dossier = answer(Promise.describe_dossier)
    close_dossier = answer(Promise.close_dossier)
    keep_back_dossier = answer(Promise.keep_back_dossier)
    submit_dossier = answer(Promise.submit_dossier)
    get_dossier_package = answer(Promise.get_dossier_package)
    check_dossier = answer(Promise.check_dossier)
    accept_dossier = answer(Promise.accept_dossier)
    return_dossier = answer(Promise.return_dossier)
    archive_dossier = answer(Promise.archive_dossier)
    freeze_dossier = answer(Promise.freeze_dossier)
    release_dossier = answer(Promise.release_dossier)
    list_dossiers = answer(Promise.list_dossiers)
    assign_task = answer(Promise.assign_task)
    acknowledge_task = answer(Promise.acknowledge_task)
    accept_task = answer(Promise.accept_task)
    return_task = answer(Promise.return_task)
    report_progress = answer(Promise.report_progress)
    extend_task = answer(Promise.extend_task)
    urge_task = answer(Promise.urge_task)
    explain_delay = answer(Promise.explain_delay)
    list_tasks = answer(Promise.list_tasks)
    list_delays = answer(Promise.list_delays)
    read_events = answer(Promise.read_events)
    list_history = answer(Promise.list_history)
    list_parked_events = answer(Promise.list_parked_events)
    unpark_events = answer(Promise.unpark_events)
