"""Table 3.2, recall 3.5 and update 3.6 once more, as data and without the product's code.

Each row: what is recorded, from which states, by whom, to which state, and what is told of it.
"""

from __future__ import annotations

from typing import NamedTuple

AT_THE_DOOR = ["ARRIVED", "REFUSED", "QUARANTINED"]
INSIDE = ["REGISTERED", "PRESENTED", "DIRECTED", "ASSIGNED", "IN_PROGRESS", "COMPLETED"]
GIVEN_UP = ["RECALL_PENDING", "CANCELLED", "SUPERSEDED"]
STATES = frozenset([*AT_THE_DOOR, *INSIDE, *GIVEN_UP])
NOTHING = frozenset({"-"})
"""Before the document was ever heard of."""

AWAITED = frozenset({"AWAITED"})
"""Recalled before it came."""

SAME, BEFORE = "the same", "the one before the recall"
AT_WORK = frozenset(["REGISTERED", "PRESENTED", "DIRECTED", "ASSIGNED"])
OPEN = frozenset({"ARRIVED", "IN_PROGRESS"}) | AT_WORK
VALID = OPEN | {"COMPLETED"}


class Row(NamedTuple):
    """One transition. `told` is the public event, nothing where it concerns nobody else."""

    recorded: str
    came_from: frozenset[str]
    by: frozenset[str]
    to: str
    told: str = ""


def row(recorded: str, came_from: str | frozenset[str], by: str, to: str, told: str = "") -> Row:
    """A row from words with blanks between them."""
    states = frozenset(came_from.split()) if isinstance(came_from, str) else came_from
    return Row(recorded, states, frozenset(by.split()), to, told)


HELD = STATES - {"CANCELLED", "QUARANTINED"}
TAKEN_IN = STATES - {"REFUSED", "QUARANTINED"}
ROWS = [
    row("Arrived", NOTHING, "AXIS CLERK SERVICE", "ARRIVED", "DocumentArrived"),
    row("Quarantined", NOTHING, "AXIS SERVICE", "QUARANTINED", "DocumentQuarantined"),
    row("FilesAdmitted", HELD, "SERVICE", SAME, "FilesAdmitted"),
    row("FilesRejected", HELD, "SERVICE", SAME, "FilesRejected"),
    row("SetApart", "ARRIVED", "SERVICE", "QUARANTINED", "DocumentQuarantined"),
    row("ChecksRecorded", "ARRIVED", "SERVICE", SAME),
    row("Refused", "ARRIVED", "CLERK", "REFUSED", "DocumentRefused"),
    row("DuplicateAccepted", "ARRIVED", "CLERK", SAME),
    row("Registered", "ARRIVED", "CLERK", "REGISTERED", "DocumentRegistered"),
    row("Returned", AT_WORK, "LEADER", "REFUSED", "DocumentRefused"),
    row("Presented", "REGISTERED", "CLERK", "PRESENTED", "DocumentPresented"),
    row("Directed", "PRESENTED", "LEADER", "DIRECTED", "DocumentDirected"),
    row("Transferred", "REGISTERED DIRECTED", "CLERK", "ASSIGNED", "DocumentTransferred"),
    row("AssignmentSentBack", "ASSIGNED", "OFFICER", "PRESENTED", "AssignmentReturned"),
    row("HandlingStarted", "ASSIGNED", "OFFICER", "IN_PROGRESS", "HandlingStarted"),
    row("DeadlineExtended", "IN_PROGRESS", "LEADER CLERK", SAME, "DeadlineExtended"),
    row("Reassigned", "IN_PROGRESS", "LEADER", "ASSIGNED", "DocumentReassigned"),
    row("Answered", TAKEN_IN, "SERVICE", SAME, "DocumentAnswered"),
    row("Completed REPLIED", "IN_PROGRESS", "OFFICER", "COMPLETED", "DocumentCompleted"),
    row(
        "Completed NO_REPLY_NEEDED",
        "ASSIGNED IN_PROGRESS",
        "OFFICER",
        "COMPLETED",
        "DocumentCompleted",
    ),
    row("Completed FOR_INFORMATION", "REGISTERED", "CLERK", "COMPLETED", "DocumentCompleted"),
    row("Reopened", "COMPLETED", "LEADER", "IN_PROGRESS", "DocumentReopened"),
    row("FollowerNamed", OPEN, "LEADER CLERK", SAME, "FollowerNamed"),
    row("PaperExpected", OPEN, "CLERK", SAME, "PaperExpected"),
    row("PaperReceived", OPEN, "CLERK OFFICER", SAME, "PaperReceived"),
    row("RecalledAhead", NOTHING, "AXIS SERVICE", "AWAITED", "RecallReceived"),
    row("ArrivedRecalled", AWAITED, "AXIS SERVICE", "CANCELLED", "DocumentCancelled"),
    row(
        "RecallReceived",
        (STATES | AWAITED) - {"REFUSED", "CANCELLED"},
        "AXIS SERVICE",
        "RECALL_PENDING",
        "RecallReceived",
    ),
    row("RecallRepeated", "CANCELLED", "AXIS SERVICE", SAME, "DocumentCancelled"),
    row("CancellationOrdered", "RECALL_PENDING", "CLERK", SAME),
    row("Cancelled", "RECALL_PENDING", "SERVICE", "CANCELLED", "DocumentCancelled"),
    row("RecallDeclined", "RECALL_PENDING", "LEADER", BEFORE, "RecallDeclined"),
    row("UpdateReceived", VALID, "AXIS SERVICE", SAME, "UpdateReceived"),
    row("UpdateAdmitted", STATES, "SERVICE", SAME, "FilesAdmitted"),
    row("UpdateRejected", STATES, "SERVICE", SAME),
    row("UpdateVerified", STATES, "SERVICE", SAME),
    row("UpdateApplied", VALID, "CLERK LEADER", SAME, "UpdateApplied"),
    row("UpdateDeclined", VALID, "CLERK", SAME, "UpdateDeclined"),
    row("Superseded", VALID, "CLERK", "SUPERSEDED", "DocumentSuperseded"),
    row(
        "AssignmentInherited",
        "REGISTERED PRESENTED DIRECTED",
        "LEADER",
        "ASSIGNED",
        "AssignmentInherited",
    ),
]
TABLE = {row.recorded: row for row in ROWS}
