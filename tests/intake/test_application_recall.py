"""Tables 3.5 and 3.6: the sender wants it back, corrects it, replaces it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import msgspec
import pytest

from contracts.dispatch import DocumentIssued, RecallOrdered
from contracts.errors import Denied, NotFound
from contracts.intake import (
    ActOutOfOrder,
    DocumentLocked,
    FilesNotChecked,
    IntegrityFailed,
    NothingToTakeOver,
    Origin,
    RecallNotDeclinable,
    SenderOnly,
    UpdateUnknown,
)
from contracts.intake import IncomingAct as Act
from contracts.intake import IncomingState as State
from contracts.values import ReplyRequest, Verdict, delivery_id
from services.intake.domain import IncomingDocument
from services.kernel.context import acting, the_service
from tests.intake.office import (
    AUDITOR,
    DUE,
    FILE,
    GATEWAY,
    HOA,
    LAN,
    MINH,
    MONDAY,
    ON_AXIS,
    OURS,
    REPORT,
    SENDER,
    TO_UNIT,
    Office,
    issued,
    verified,
)

RECALLABLE = sorted(set(State) - {State.REFUSED, State.CANCELLED, State.RECALL_PENDING})
ORDER = UUID(int=6)


def ordered(told: DocumentIssued) -> RecallOrdered:
    """What dispatch tells when the sender wants a letter back."""
    same = ("document_id", "agency", "agency_name", "number", "kind", "subject", "urgency")
    facts = {name: getattr(told, name) for name in (*same, "signer", "addressees")}
    return RecallOrdered(**facts, order_id=ORDER, reason="Sai", ordered_at=MONDAY, whole=True)


def test_a_recall_ordered_on_this_platform_locks_the_copy_of_each_recipient_here(
    office: Office,
) -> None:
    told = issued(to=(OURS, ON_AXIS))
    office.tell("dispatch", told)
    for _ in ("told", "told again"):
        office.tell("dispatch", ordered(told))
    view = office.view(delivery_id(told.document_id, OURS))
    assert view.state is State.RECALL_PENDING
    assert [(one.order_id, one.reason) for one in view.recalls] == [(ORDER, "Sai")]
    assert office.app.find(IncomingDocument, delivery_id(told.document_id, ON_AXIS)) is None


def test_a_replacement_issued_on_this_platform_supersedes_once_it_is_registered(
    office: Office,
) -> None:
    old = office.document(State.REGISTERED)
    replaced = office.view(old).origin.document_id
    told = msgspec.structs.replace(issued(), replaces=[replaced])
    office.tell("dispatch", told)
    new = delivery_id(told.document_id, OURS)
    assert office.view(old).state is State.REGISTERED
    office.admit(new)
    office.tell("signing", verified(new))
    office.act(Act.REGISTER, new)
    assert office.view(old).state is State.SUPERSEDED


def test_what_was_refused_is_not_recalled_by_an_order_told_later(office: Office) -> None:
    told = issued()
    office.tell("dispatch", told)
    office.act(Act.REFUSE, delivery_id(told.document_id, OURS))
    office.tell("dispatch", ordered(told))
    assert office.view(delivery_id(told.document_id, OURS)).state is State.REFUSED


def file_link(office: Office, document_id: UUID) -> None:
    """Somebody of the agency asks for the file."""
    with acting(MINH):
        office.app.get_file_link(document_id=document_id, sha256=FILE.sha256)


@pytest.mark.parametrize("state", RECALLABLE)
def test_a_recall_locks_a_document_in_any_state_but_refused(office: Office, state: State) -> None:
    document_id = office.document(state)
    office.recall(document_id)
    assert office.view(document_id).state is State.RECALL_PENDING
    for act in (Act.REGISTER, Act.PRESENT, Act.TRANSFER, Act.START, Act.COMPLETE):
        with office.unchanged(), pytest.raises(ActOutOfOrder):
            office.act(act, document_id)
    with pytest.raises(DocumentLocked):
        file_link(office, document_id)


def test_what_was_refused_cannot_be_recalled(office: Office) -> None:
    document_id = office.document(State.REFUSED)
    with office.unchanged(), pytest.raises(ActOutOfOrder):
        office.recall(document_id)


@pytest.mark.rule("Q28-9.2b")
@pytest.mark.rule("N30-VI.8")
@pytest.mark.rule("N30-VI.7")
def test_a_cancelled_document_cannot_be_opened_and_its_recall_stays_listed(office: Office) -> None:
    document_id = office.document(State.IN_PROGRESS)
    file_link(office, document_id)
    office.recall(document_id, order_id=ORDER)
    with office.unchanged(), pytest.raises(Denied):
        office.act(Act.CANCEL, document_id, MINH)
    office.act(Act.CANCEL, document_id)
    assert "intake.DocumentCancelled" not in {event.TYPE for event in office.told()}
    office.destroy(document_id)
    told = office.told()[-1]
    assert (told.TYPE, told.orders) == ("intake.DocumentCancelled", [ORDER])
    assert document_id not in office.shelf.sealed
    for who in (MINH, LAN, HOA, AUDITOR):
        with acting(who), pytest.raises(DocumentLocked):
            office.app.get_file_link(document_id=document_id, sha256=FILE.sha256)
    view = office.view(document_id)
    assert (view.state, view.files[0].sha256) == (State.CANCELLED, FILE.sha256)
    assert [(one.outcome, one.reason) for one in view.recalls] == [("cancelled", "Ban hành nhầm")]


def test_the_same_order_again_is_nothing_and_another_is_answered_alike(office: Office) -> None:
    document_id = office.document(State.ASSIGNED)
    for _ in range(2):
        office.recall(document_id, order_id=ORDER)
    assert len(office.view(document_id).recalls) == 1
    office.act(Act.CANCEL, document_id)
    office.destroy(document_id)
    office.recall(document_id, order_id=ORDER)
    office.recall(document_id, order_id=UUID(int=7))
    cancelled = [event for event in office.told() if event.TYPE == "intake.DocumentCancelled"]
    assert [event.orders for event in cancelled] == [[ORDER], [UUID(int=7)]]
    assert cancelled[0].cancelled_at == cancelled[1].cancelled_at


def by_axis(office: Office, origin: Origin) -> UUID:
    """The document comes over the axis."""
    return office.receive(origin=origin)


def by_platform(office: Office, origin: Origin) -> UUID:
    """The document is issued on this platform."""
    letter = issued(origin.document_id)
    office.tell("dispatch", letter)
    return delivery_id(letter.document_id, OURS)


@pytest.mark.rule("Q28-9.2b")
@pytest.mark.parametrize("comes", [by_axis, by_platform])
def test_a_recall_that_overtakes_its_document_cancels_it_on_arrival(
    office: Office, comes: Callable[[Office, Origin], UUID]
) -> None:
    origin = office.envelope()["origin"]
    asked = {"agency": OURS, "origin": origin, "order_id": ORDER, "reason": "Ban hành nhầm"}
    with acting(GATEWAY):
        office.app.receive_recall(**asked)
    document_id = delivery_id(origin.document_id, OURS)
    with acting(MINH), pytest.raises(NotFound):
        office.app.get_document(document_id=document_id)
    assert comes(office, origin) == document_id
    view = office.view(document_id)
    assert (view.state, view.files, view.subject) == (State.CANCELLED, [], "")
    assert view.recalls[0].outcome == "cancelled" and office.told()[-1].orders == [ORDER]


def test_a_recall_is_declined_by_a_leader_after_an_issued_reply_where_rules_allow(
    office: Office,
) -> None:
    document_id = office.document(State.IN_PROGRESS)
    office.recall(document_id)
    with office.unchanged(), pytest.raises(RecallNotDeclinable):
        office.act(Act.DECLINE_RECALL, document_id)
    office.tell("dispatch", issued(sender=OURS, to=(SENDER,), answers=(document_id,)))
    with office.unchanged(), pytest.raises(Denied):
        office.act(Act.DECLINE_RECALL, document_id, HOA)
    office.act(Act.DECLINE_RECALL, document_id)
    view = office.view(document_id)
    assert (view.state, view.recalls[0].outcome) == (State.IN_PROGRESS, "declined")
    assert office.told()[-1].TYPE == "intake.RecallDeclined"


def test_rules_may_forbid_to_decline(office: Office) -> None:
    document_id = office.document(State.IN_PROGRESS)
    office.tell("dispatch", issued(sender=OURS, to=(SENDER,), answers=(document_id,)))
    office.recall(document_id)
    with acting(LAN):
        rules = office.app.get_office_rules(agency=OURS)
        strict = msgspec.structs.replace(rules, declines_recalls=False)
        office.app.set_office_rules(agency=OURS, rules=strict)
    with office.unchanged(), pytest.raises(RecallNotDeclinable):
        office.act(Act.DECLINE_RECALL, document_id)


def test_only_the_sender_recalls_and_updates(office: Office) -> None:
    document_id = office.document(State.REGISTERED)
    stranger = msgspec.structs.replace(office.view(document_id).origin, agency="H01.02")
    with office.unchanged(), pytest.raises(SenderOnly):
        office.recall(document_id, origin=stranger)
    with office.unchanged(), pytest.raises(SenderOnly):
        update(office, document_id, origin=stranger)


def test_recalls_come_by_the_gateway_alone(office: Office) -> None:
    origin = office.view(office.document(State.REGISTERED)).origin
    for who in (HOA, LAN, MINH, AUDITOR):
        with acting(who), office.unchanged(), pytest.raises(Denied):
            office.app.receive_recall(agency=OURS, origin=origin, order_id=ORDER, reason="Nhầm")


# -- update ---------------------------------------------------------------------------------------


def update(
    office: Office, document_id: UUID, reply: ReplyRequest | None = None, **changes: object
) -> UUID:
    """A correction of the sender comes over the axis."""
    update_id = uuid4()
    asked = {
        "agency": OURS,
        "origin": office.app.here(document_id).origin,
        "update_id": update_id,
        "subject": "Về việc báo cáo số giường bệnh (sửa)",
        "files": office.envelope(content=b"%PDF-1.7 ban sua")["files"],
        "reason": "Sai biểu mẫu",
        "reply": reply,
    }
    with acting(GATEWAY):
        office.app.receive_update(**asked | changes)
    return update_id


def checked(office: Office, document_id: UUID, update_id: UUID, verdict: Verdict) -> None:
    """The gate lets the update in, and signing verifies it."""
    [facts] = [one for one in office.view(document_id).updates if one.update_id == update_id]
    sealed = [msgspec.structs.replace(one, sealed_for_id=document_id) for one in facts.files]
    with acting(the_service("intake")):
        office.app.admit_update(
            document_id=document_id, update_id=update_id, files=sealed, report=REPORT
        )
    office.tell("signing", verified(update_id, verdict, files=tuple(facts.files)))


def test_an_update_takes_effect_once_it_is_checked_and_decided(office: Office) -> None:
    document_id = office.document(State.REGISTERED)
    before, at = office.view(document_id), office.last_written()
    update_id = update(office, document_id)
    with office.unchanged(), pytest.raises(FilesNotChecked):
        office.act(Act.APPLY_UPDATE, document_id, update_id=update_id)
    checked(office, document_id, update_id, Verdict.TRUSTED)
    office.act(Act.APPLY_UPDATE, document_id, update_id=update_id)
    view = office.view(document_id)
    assert (view.state, view.edition) == (before.state, 2)
    assert view.subject.endswith("(sửa)") and view.files[0].sha256 != before.files[0].sha256
    assert (office.told()[-1].TYPE, office.told()[-1].edition) == ("intake.UpdateApplied", 2)
    with acting(MINH):
        old = office.app.get_document(document_id=document_id, as_of=at)
    assert (old.edition, old.subject, old.files) == (1, before.subject, before.files)
    with office.unchanged(), pytest.raises(UpdateUnknown):
        office.act(Act.APPLY_UPDATE, document_id, update_id=update_id)


def test_an_update_that_is_not_intact_is_never_applied_but_declined(office: Office) -> None:
    document_id = office.document(State.ASSIGNED)
    update_id = update(office, document_id)
    checked(office, document_id, update_id, Verdict.BROKEN)
    with office.unchanged(), pytest.raises(IntegrityFailed):
        office.act(Act.APPLY_UPDATE, document_id, update_id=update_id)
    office.act(Act.DECLINE_UPDATE, document_id, update_id=update_id)
    assert office.view(document_id).updates[0].outcome == "declined"
    assert office.told()[-1].reason == "Đã xử lý xong"


def test_a_changed_due_day_is_a_leader_s_decision_once_the_document_is_directed(
    office: Office,
) -> None:
    document_id = office.document(State.ASSIGNED, reply=DUE)
    sooner = ReplyRequest(content=DUE.content, due_on=date(2026, 3, 10))
    update_id = update(office, document_id, reply=sooner)
    checked(office, document_id, update_id, Verdict.TRUSTED)
    with office.unchanged(), pytest.raises(Denied):
        office.act(Act.APPLY_UPDATE, document_id, update_id=update_id)
    office.act(Act.APPLY_UPDATE, document_id, LAN, update_id=update_id)
    assert office.view(document_id).reply == sooner


# -- replacement ----------------------------------------------------------------------------------


def test_a_registered_replacement_supersedes_and_takes_over_open_work_by_decision(
    office: Office,
) -> None:
    old = office.document(State.IN_PROGRESS)
    new = office.replacement(old)
    view = office.view(old)
    assert (view.state, view.superseded_by_id) == (State.SUPERSEDED, new)
    stranger = office.document(State.IN_PROGRESS)
    with office.unchanged(), pytest.raises(NothingToTakeOver):
        office.act(Act.TAKE_OVER, new, from_document_id=stranger)
    office.act(Act.TAKE_OVER, new, from_document_id=old)
    assert (office.view(new).state, office.view(new).assignment) == (State.ASSIGNED, TO_UNIT)


def test_a_replacement_by_another_agency_replaces_nothing(office: Office) -> None:
    old = office.document(State.REGISTERED)
    replaced = office.view(old).origin.document_id
    new = office.receive(replaces=[replaced])
    office.admit(new)
    office.tell("signing", verified(new, files=tuple(office.app.here(new).files)))
    office.act(Act.REGISTER, new)
    assert office.view(old).state is State.REGISTERED
