"""Table 3.2 beyond the straight way: duplicates, direct transfer, sending back, time, the end."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import msgspec
import pytest

from contracts.errors import Denied, Invalid, NotFound
from contracts.intake import (
    ActOutOfOrder,
    Channel,
    Check,
    CompletionResult,
    DeadlineNotLater,
    DirectTransferNotAllowed,
    DocumentAlreadyArrived,
    DuplicateUndecided,
    FilesNotAdmitted,
    FilesNotChecked,
    OfficeRules,
    OverruleRequired,
    Paper,
    PaperNotExpected,
    ReplyOwed,
    ScanNotDigitised,
)
from contracts.intake import IncomingAct as Act
from contracts.intake import IncomingState as State
from contracts.signing import SignatureSummary
from contracts.values import LegalValue, RefusalCode, Role, Urgency, Verdict
from services.kernel.context import acting, the_service
from tests.intake.office import (
    ASKED,
    AUDITOR,
    DUE,
    FILE,
    GATEWAY,
    HOA,
    LAN,
    MINH,
    OURS,
    REPORT,
    THEIRS,
    TO_OTHERS,
    TO_UNIT,
    Office,
    issued,
    person,
    verified,
)

FRESH = UUID("00000000-0000-4000-8000-00000000f2e5")

# -- checks before accepting ----------------------------------------------------------------------


@pytest.mark.rule("R8.1a")
@pytest.mark.rule("Q28-9.1")
def test_nothing_is_registered_before_its_files_passed_the_gate(office: Office) -> None:
    document_id = office.receive()
    office.tell("signing", verified(document_id, files=tuple(office.view(document_id).files)))
    assert office.view(document_id).checks.format is Check.PENDING
    with office.unchanged(), pytest.raises(FilesNotChecked):
        office.act(Act.REGISTER, document_id)
    with acting(the_service("intake")):
        office.app.reject_files(
            document_id=document_id,
            gate="DAMAGED",
            code=RefusalCode.UNREADABLE,
            reason="Tệp hỏng",
            report=REPORT,
        )
    view = office.view(document_id)
    assert (view.state, view.checks.format, view.gate) == (State.ARRIVED, Check.FAILED, "DAMAGED")
    assert view.proposal.code is RefusalCode.UNREADABLE and view.proposal.reason == "Tệp hỏng"
    with office.unchanged(), pytest.raises(FilesNotAdmitted):
        office.act(Act.REGISTER, document_id, overrule="Vẫn nhận")


def test_malware_sets_a_document_apart_and_nothing_of_it_is_kept(office: Office) -> None:
    document_id = office.receive()
    with acting(the_service("intake")):
        office.app.reject_files(
            document_id=document_id,
            gate="EXECUTABLE",
            code=RefusalCode.MALWARE,
            reason="",
            report=REPORT,
        )
    view = office.view(document_id)
    assert (view.state, view.files) == (State.QUARANTINED, [])
    assert office.told()[-1].code is RefusalCode.MALWARE


@pytest.mark.rule("R5.1d-3")
def test_malware_found_after_a_refusal_or_a_recall_changes_no_decision(office: Office) -> None:
    refused, recalled = office.receive(), office.receive()
    office.act(Act.REFUSE, refused)
    office.recall(recalled)
    for id in (refused, recalled):
        with acting(the_service("intake")):
            office.app.reject_files(
                document_id=id,
                gate="EXECUTABLE",
                code=RefusalCode.MALWARE,
                reason="Mã độc",
                report=REPORT,
            )
    assert office.view(refused).state is State.REFUSED
    office.act(Act.CANCEL, recalled)
    assert office.view(recalled).gate == "EXECUTABLE"


@pytest.mark.rule("NB-4")
@pytest.mark.rule("N30-21.2a")
def test_a_revoked_certificate_proposes_refusal_and_registering_needs_a_named_overrule(
    office: Office,
) -> None:
    document_id = office.arrival()
    revoked = SignatureSummary(
        signer="Trần Dũng", role=None, serial="0a1b", signed_at=None, verdict=Verdict.REVOKED
    )
    told = verified(document_id, Verdict.REVOKED, LegalValue.INFORMATION_ONLY)
    office.tell("signing", msgspec.structs.replace(told, signatures=[revoked]))
    view = office.view(document_id)
    assert view.proposal.code is RefusalCode.SIGNATURE_INVALID
    assert "Trần Dũng (0a1b): Chứng thư bị thu hồi" in view.proposal.reason
    assert (view.checks.integrity, view.checks.authenticity) == (Check.PASSED, Check.FAILED)
    with office.unchanged(), pytest.raises(OverruleRequired):
        office.act(Act.REGISTER, document_id)
    office.act(Act.REGISTER, document_id, overrule="Đã xác minh qua điện thoại")
    with acting(AUDITOR):
        last = office.app.list_history(aggregate_id=document_id)[-1]
    assert (last.actor, last.body["overrule"]) == (HOA.actor, "Đã xác minh qua điện thoại")
    assert office.view(document_id).proposal is None


def test_a_missing_second_signature_is_proposed_for_refusal(office: Office) -> None:
    document_id = office.arrival()
    office.tell("signing", verified(document_id, Verdict.TRUSTED, LegalValue.SIGNED_ONLY))
    assert office.view(document_id).proposal.code is RefusalCode.UNSIGNED_BUT_REQUIRED
    with office.unchanged(), pytest.raises(OverruleRequired):
        office.act(Act.REGISTER, document_id)


# -- duplicates, books ----------------------------------------------------------------------------


@pytest.mark.rule("R8.2a-1")
@pytest.mark.rule("N30-VI.1h")
@pytest.mark.parametrize("changed", [{"document_code": "G11.2026.999"}, {"notation": "9/BYT"}])
def test_the_same_code_or_notation_again_is_shown_beside_the_earlier_and_decided(
    office: Office, changed: dict[str, str]
) -> None:
    first = office.receive()
    origin = office.view(first).origin
    again = msgspec.structs.replace(origin, document_id=FRESH, **changed)
    second = office.receive(origin=again)
    assert (office.view(first).earlier, office.view(second).earlier) == ([], [first])
    office.admit(second)
    office.tell("signing", verified(second, files=tuple(office.view(second).files)))
    with office.unchanged(), pytest.raises(DuplicateUndecided) as refused:
        office.act(Act.REGISTER, second)
    assert str(first) in refused.value.message("vi")
    office.act(Act.DECIDE_DUPLICATE, second, note="Bản có phụ lục")
    assert office.act(Act.REGISTER, second).number == 1


def test_another_agency_s_copy_is_no_duplicate(office: Office) -> None:
    letter = issued(to=(OURS, THEIRS))
    office.tell("dispatch", letter)
    for addressee in letter.addressees:
        assert office.app.here(addressee.delivery_id).earlier == []


@pytest.mark.rule("N30-22")
def test_every_book_counts_for_itself(office: Office) -> None:
    ids = [office.document(State.ARRIVED) for _ in range(4)]
    books = ["incoming", "citizens", "incoming", "citizens"]
    given = [office.act(Act.REGISTER, id, book=book) for id, book in zip(ids, books, strict=True)]
    assert [(one.book, one.number) for one in given] == [
        ("incoming", 1),
        ("citizens", 1),
        ("incoming", 2),
        ("citizens", 2),
    ]


@pytest.mark.rule("N30-4.2c")
def test_a_registration_after_the_day_of_effective_receipt_is_late(office: Office) -> None:
    in_time, late = office.document(State.ARRIVED), office.document(State.ARRIVED)
    office.act(Act.REGISTER, in_time)
    office.now += timedelta(days=1)
    office.act(Act.REGISTER, late)
    on_time = [event.on_time for event in office.told() if event.TYPE.endswith("Registered")]
    assert on_time == [True, False]


# -- inside the agency ----------------------------------------------------------------------------


@pytest.mark.rule("N30-23")
def test_a_clerk_transfers_directly_only_where_the_agency_s_rules_allow_it(office: Office) -> None:
    document_id = office.document(State.REGISTERED)
    with office.unchanged(), pytest.raises(DirectTransferNotAllowed):
        office.act(Act.TRANSFER_DIRECTLY, document_id)
    office.allow_direct_transfer()
    office.act(Act.TRANSFER_DIRECTLY, document_id)
    view = office.view(document_id)
    assert (view.state, view.assignment, view.transferred_on_time) == (
        State.ASSIGNED,
        TO_UNIT,
        True,
    )


def test_what_is_not_the_unit_s_matter_goes_back_to_the_leader(office: Office) -> None:
    document_id = office.document(State.ASSIGNED)
    with pytest.raises(Denied):
        office.act(Act.SEND_BACK, document_id, HOA)
    office.act(Act.SEND_BACK, document_id)
    view = office.view(document_id)
    assert (view.state, view.leader, view.assignment) == (State.PRESENTED, "lan", None)
    office.act(Act.DIRECT, document_id, assignment=TO_OTHERS)
    assert office.view(document_id).assignment == TO_OTHERS


@pytest.mark.rule("R8.2c")
def test_more_time_is_given_by_whoever_set_the_deadline(office: Office) -> None:
    document_id = office.document(State.IN_PROGRESS)
    with office.unchanged(), pytest.raises(Denied):
        office.act(Act.EXTEND, document_id, person("tam", Role.LEADER))
    with office.unchanged(), pytest.raises(DeadlineNotLater):
        office.act(Act.EXTEND, document_id, due_on=TO_UNIT.due_on)
    office.act(Act.EXTEND, document_id)
    assert office.view(document_id).assignment.due_on == date(2026, 3, 25)
    assert office.view(document_id).handler == "minh"


def test_a_document_at_work_goes_to_another_unit_which_starts_anew(office: Office) -> None:
    document_id = office.document(State.IN_PROGRESS)
    office.act(Act.REASSIGN, document_id)
    view = office.view(document_id)
    assert (view.state, view.assignment, view.handler) == (State.ASSIGNED, TO_OTHERS, "")
    twice = msgspec.structs.replace(TO_OTHERS, coordinators=[TO_OTHERS.lead])
    office.act(Act.START, document_id)
    with office.unchanged(), pytest.raises(Invalid):
        office.act(Act.REASSIGN, document_id, assignment=twice)


def test_what_is_for_information_is_filed_at_once_unless_a_reply_is_owed(office: Office) -> None:
    document_id = office.document(State.REGISTERED)
    office.act(Act.FILE, document_id, note="Để biết")
    view = office.view(document_id)
    assert (view.state, view.result) == (State.COMPLETED, CompletionResult.FOR_INFORMATION)
    owed = office.document(State.REGISTERED, reply=DUE)
    with office.unchanged(), pytest.raises(ReplyOwed):
        office.act(Act.FILE, owed)


def test_only_the_clerk_files_a_document_for_information(office: Office) -> None:
    document_id = office.document(State.REGISTERED)
    with office.unchanged(), pytest.raises(Invalid):
        office.act(Act.COMPLETE, document_id, result=CompletionResult.FOR_INFORMATION)


def test_a_leader_opens_a_closed_document_again(office: Office) -> None:
    document_id = office.document(State.COMPLETED)
    office.act(Act.REOPEN, document_id)
    view = office.view(document_id)
    assert (view.state, view.result, view.completed_at) == (State.IN_PROGRESS, None, None)
    office.act(Act.COMPLETE, document_id)
    assert office.view(document_id).state is State.COMPLETED


@pytest.mark.rule("N30-21.2b")
def test_a_leader_returns_what_was_registered_and_its_number_stays_used(office: Office) -> None:
    document_id = office.document(State.PRESENTED)
    with office.unchanged(), pytest.raises(Denied):
        office.act(Act.RETURN, document_id, HOA)
    office.act(Act.RETURN, document_id)
    told = office.told()[-1]
    assert (told.code, told.registered) == (RefusalCode.NOT_COMPETENT, True)
    assert office.view(document_id).number.number == 1
    after = office.document(State.REGISTERED)
    assert office.view(after).number.number == 2
    for act in (Act.PRESENT, Act.RETURN, Act.REFUSE):
        with office.unchanged(), pytest.raises(ActOutOfOrder):
            office.act(act, document_id)


@pytest.mark.rule("N30-24")
def test_an_urgent_arrival_shows_who_follows_it(office: Office) -> None:
    document_id = office.document(State.REGISTERED, urgency=Urgency.EXPRESS)
    with acting(LAN):
        rules = office.app.get_office_rules(agency=OURS)
        rules = msgspec.structs.replace(rules, follower="truc-ban")
        office.app.set_office_rules(agency=OURS, rules=rules)
    assert office.view(document_id).follower == "truc-ban"
    office.act(Act.NAME_FOLLOWER, document_id)
    assert office.view(document_id).follower == "tam"


# -- paper ----------------------------------------------------------------------------------------


@pytest.mark.rule("NB-3")
@pytest.mark.rule("N30-23")
def test_the_paper_goes_straight_to_the_unit_that_handles_the_document(office: Office) -> None:
    document_id = office.document(State.REGISTERED)
    with office.unchanged(), pytest.raises(PaperNotExpected):
        office.act(Act.RECEIVE_PAPER, document_id)
    office.act(Act.EXPECT_PAPER, document_id)
    assert office.view(document_id).paper_addressee == ""
    for act in (Act.PRESENT, Act.DIRECT, Act.TRANSFER):
        office.act(act, document_id)
    assert office.view(document_id).paper_addressee == TO_UNIT.lead
    office.act(Act.RECEIVE_PAPER, document_id, MINH)
    assert office.view(document_id).paper is Paper.RECEIVED
    assert office.told()[-1].addressee == TO_UNIT.lead


@pytest.mark.rule("R8.2a-2")
@pytest.mark.rule("R8.2a-1")
def test_paper_stands_in_the_same_register_with_its_digitised_scan(office: Office) -> None:
    office.document(State.REGISTERED)
    paper = {
        "document_id": FRESH,
        "origin": office.envelope()["origin"],
        "kind": "CV",
        "subject": "Về việc phòng, chống bão",
        "scan": FILE,
    }
    with acting(HOA), office.unchanged(), pytest.raises(ScanNotDigitised):
        office.app.register_paper(**paper)
    office.digitise(FILE)
    with acting(HOA):
        assert office.app.register_paper(**paper).number == 2
        with office.unchanged(), pytest.raises(DocumentAlreadyArrived):
            office.app.register_paper(**paper)
    view = office.view(FRESH)
    assert (view.state, view.channel, view.legal_value) == (
        State.REGISTERED,
        Channel.PAPER,
        LegalValue.SEALED,
    )


# -- looking back ---------------------------------------------------------------------------------


@pytest.mark.rule("R8.2d")
def test_a_document_is_shown_as_it_was_at_any_past_instant(office: Office) -> None:
    seen = []
    document_id = office.arrival()
    office.tell("signing", verified(document_id))
    for act in (Act.REGISTER, Act.PRESENT, Act.DIRECT, Act.TRANSFER, Act.START, Act.COMPLETE):
        office.act(act, document_id, **ASKED.get(act, {}))
        seen.append((office.last_written(), office.view(document_id)))
    for at, view in seen:
        with acting(MINH):
            assert office.app.get_document(document_id=document_id, as_of=at) == view
    with acting(MINH), pytest.raises(NotFound):
        office.app.get_document(document_id=document_id, as_of=office.now - timedelta(days=1))


@pytest.mark.rule("R8.2d")
def test_who_followed_an_urgent_document_is_answered_as_it_was_then(office: Office) -> None:
    document_id = office.document(State.REGISTERED, urgency=Urgency.EXPRESS)
    then = office.last_written()
    with acting(LAN):
        office.app.set_office_rules(agency=OURS, rules=OfficeRules(follower="truc-ban"))
    with acting(MINH):
        before = office.app.get_document(document_id=document_id, as_of=then)
    assert (before.follower, office.view(document_id).follower) == ("", "truc-ban")


@pytest.mark.rule("N30-VI.5a")
def test_who_looked_at_a_document_stands_in_its_trail_in_time_order(office: Office) -> None:
    document_id = office.document(State.COMPLETED)
    with acting(MINH):
        office.app.get_file_link(document_id=document_id, sha256=FILE.sha256)
        trail = office.app.list_trail(document_id=document_id, limit=1000)
    assert [line.at for line in trail] == sorted(line.at for line in trail)
    whats = [line.what for line in trail]
    for what in (
        "Arrived",
        "FilesAdmitted",
        "ChecksRecorded",
        "Registered",
        "Directed",
        "Completed",
    ):
        assert what in whats
    assert (trail[-1].what, trail[-1].actor.person, trail[-1].text) == (
        "DocumentSeen",
        "minh",
        FILE.name,
    )
    with acting(LAN):
        accesses = office.app.list_accesses(document_id=document_id)
        later = office.app.list_accesses(document_id=document_id, after=1, limit=1)
    assert accesses[-1].file == FILE.name and later == accesses[1:2]
    with acting(MINH), pytest.raises(Denied):
        office.app.list_accesses(document_id=document_id)


def test_the_gateway_reads_no_document(office: Office) -> None:
    document_id = office.document(State.REGISTERED)
    with acting(GATEWAY), pytest.raises(Denied):
        office.app.get_document(document_id=document_id)
