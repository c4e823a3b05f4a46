"""Which call stands behind each event of the story: an event carries the trace of its cause."""

from __future__ import annotations

from tests.together.ledger import Stored
from tests.together.outcome import Outcome

BY_OWN_COMMAND = "kernel.CommandAnswered"
ISSUE = "dispatch.issue_document"
ENTRY = {ISSUE, "intake.receive_document"}
ASKED = {"dispatch.sign_document", "dispatch.seal_document"}
SET = "signing.set_revocation_source"
CAUSES = {
    "dispatch.Correspondent.Learnt": {"accounts.register_agency"},
    "signing.Agency.Begun": {"accounts.register_agency"},
    "signing.Agency.Learnt": {"accounts.register_agency"},
    "tracking.Peer.Learnt": {"accounts.register_agency"},
    "tracking.Package.Owed": {ISSUE},
    "tracking.WireNamed": {ISSUE},
    "dispatch.OutgoingDocument.Signed": {"dispatch.sign_document"},
    "dispatch.OutgoingDocument.Sealed": {"dispatch.seal_document"},
    "dispatch.OutgoingDocument.RefusalNoted": {"intake.refuse_document"},
    "signing.RevocationLearnt": {SET},
    "signing.Signature.Requested": ASKED,
    "signing.Signature.Made": ASKED,
    "signing.Verification.Requested": ENTRY,
    "signing.Verification.Concluded": ENTRY,
    "signing.Proof.Established": ASKED | ENTRY,
    "intake.IncomingDocument.Arrived": ENTRY,
    "intake.DocumentNoted": ENTRY,
    "intake.IncomingDocument.FilesAdmitted": ENTRY,
    "intake.IncomingDocument.ChecksRecorded": ENTRY,
    "intake.IncomingDocument.Answered": {ISSUE},
    "tracking.Delivery.Begun": ENTRY,
    "tracking.Record.Learnt": ENTRY,
    "tracking.Record.FilesLearnt": ENTRY,
    "tracking.Delivery.Opened": {ISSUE},
    "tracking.LineListed": {ISSUE},
    "tracking.Delivery.Answered": {ISSUE},
}
"""The acts of people behind what services did by themselves."""
STATUS_CAUSES = {
    "01": ENTRY,
    "02": {"intake.refuse_document"},
    "03": {"intake.register_document"},
    "04": {"intake.transfer_document"},
    "05": {"intake.start_handling"},
    "06": {"intake.complete_document"},
}


def every_event_carries_the_trace_of_its_cause(end: Outcome) -> None:
    """Of its own call where it has a command; else of the call that set it going."""
    asked = {call.trace: f"{call.service}.{call.method}" for call in end.calls.values()}
    by_command = {str(id): call for id, call in end.calls.items()}
    for event in end.events:
        trace = event.said["trace"].split("-")[1]
        call = by_command.get(event.said["command_id"] or "")
        if call is not None:
            assert (call.trace, call.service) == (trace, event.service), event
        else:
            assert asked[trace] in _causes(event), event


def _causes(event: Stored) -> set[str]:
    if event.topic == "tracking.Delivery.StatusRecorded":
        return STATUS_CAUSES[event.said["code"]]
    if event.topic == BY_OWN_COMMAND and event.service in ("signing", "intake"):
        return ASKED | ENTRY | {SET}  # the receipt of a worker's result
    return CAUSES[event.topic]
