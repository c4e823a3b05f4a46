"""One case for each method of the six promises: how it is rightly asked once the story is over,
what this is answered, who may not ask, and which of its words are wrong."""

from __future__ import annotations

from uuid import UUID, uuid4

from contracts.errors import Denied, Invalid, NotFound
from contracts.values import Role
from services.cli.cast import REFUSER, SENDER
from tests.together.cases import accounts, copies, dispatch, intake, proofs, readers, signing
from tests.together.cases.case import OPERATOR, Case
from tests.together.copying import Copied
from tests.together.devices import ByDevice
from tests.together.outcome import Outcome


def cases(end: Outcome, sealed: UUID, by_device: ByDevice, copied: Copied) -> dict[str, Case]:
    """By `service.method`; `sealed` are figures that reporting keeps."""
    services = {
        "accounts": accounts.cases(),
        "dispatch": dispatch.cases(end),
        "intake": intake.cases(end),
        "signing": signing.cases(end, by_device) | copies.cases(copied) | proofs.cases(copied),
        "tracking": readers.tracking(end),
        "reporting": readers.books(end),
    }
    whole: dict[str, Case] = {}
    for service, own in services.items():
        kept = (e.aggregate_id for e in end.events if e.service == service and e.is_of_aggregate)
        told = _told(sealed if service == "reporting" else next(kept))
        follows = {} if service == "accounts" else _follows()
        whole |= {f"{service}.{name}": case for name, case in (own | told | follows).items()}
    return whole


def _told(id: UUID) -> dict[str, Case]:
    """What every service answers about its events."""
    outsider = ((REFUSER, Role.OFFICER), Denied)
    unknown = ({"aggregate_id": uuid4()}, NotFound)
    bounds = (({"after": -1}, Invalid), ({"limit": 0}, Invalid), ({"limit": 1001}, Invalid))
    return {
        "read_events": Case(OPERATOR, {"after": 0}, None, (outsider,), bounds),
        "list_history": Case(OPERATOR, {"aggregate_id": id}, None, (outsider,), (unknown,)),
    }


def _follows() -> dict[str, Case]:
    """What every service that follows others answers about events it could not digest."""
    clerk = ((SENDER, Role.CLERK), Denied)
    nothing_parked = {"source": "dispatch", "aggregate_id": uuid4()}
    return {
        "list_parked_events": Case(OPERATOR, {}, None, (clerk,)),
        "unpark_events": Case(
            OPERATOR, nothing_parked, NotFound, (clerk,), (({"source": "nobody"}, NotFound),)
        ),
    }
