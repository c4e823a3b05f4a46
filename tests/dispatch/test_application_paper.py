"""Paper beside the electronic document: by rule, on a ground of R6.2, or for want of software."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from contracts.dispatch import (
    CitationRequired,
    DocumentIssued,
    NoPaperOwed,
    NotARecipient,
    PaperAlreadyOwed,
    PaperGround,
    PaperItem,
    PaperOwed,
    PaperReasonMissing,
    PaperRuleFixed,
    PaperSent,
    PaperState,
    RecipientHasSoftware,
)
from contracts.dispatch import OutgoingAct as Act
from contracts.dispatch import OutgoingState as State
from contracts.errors import Denied
from contracts.values import DocumentKind, Recipient, Role, Route
from services.kernel.context import acting
from tests.dispatch.office import (
    ALSO_THEIRS,
    AN,
    EM,
    MONDAY,
    OURS,
    STRANGER,
    THEIRS,
    Office,
    agency_registered,
    person,
)

TODAY = MONDAY.date()
KHANH = person("khanh", Role.OPERATOR)
GOVERNMENT = "G22"
VILLAGE = "H47.99"


def ruled(office: Office, *agencies: str, from_on: date = TODAY, **more: object) -> UUID:
    """Khánh puts a rule on the list."""
    rule_id = uuid4()
    facts = {"ground": PaperGround.GOVERNMENT, "agencies": list(agencies), "from_on": from_on}
    with acting(KHANH):
        office.app.set_paper_rule(rule_id=rule_id, **(facts | more))
    return rule_id


def government(office: Office) -> list[Recipient]:
    """The Government stands in the directory; a letter goes there and to a department."""
    office.tell("accounts", agency_registered(GOVERNMENT, "Chính phủ", "CP", Route.AXIS))
    return [Recipient(agency=GOVERNMENT, name="Chính phủ"), Recipient(agency=THEIRS, name="SYT")]


def papers(office: Office) -> list[PaperItem]:
    with acting(AN):
        return office.app.list_papers(agency=OURS)


@pytest.mark.rule("R6.2a")
@pytest.mark.rule("Q28-7.2")
@pytest.mark.parametrize("ends_on", [None, TODAY, TODAY + timedelta(days=1)])
def test_while_the_rule_holds_a_document_to_the_government_owes_paper(
    office: Office, ends_on: date | None
) -> None:
    recipients = government(office)
    rule_id = ruled(office, GOVERNMENT, until_on=ends_on)
    id = office.document(State.ISSUED, recipients=recipients)
    (paper,) = papers(office)
    assert (paper.document_id, paper.recipient, paper.ground) == (id, GOVERNMENT, "6.2a")
    assert (paper.rule_id, paper.state, paper.owed_on) == (rule_id, PaperState.OWED, TODAY)
    (told,) = [event for event in office.told() if isinstance(event, PaperOwed)]
    assert (told.recipient, told.ground) == (GOVERNMENT, PaperGround.GOVERNMENT)


@pytest.mark.rule("R6.2a")
@pytest.mark.rule("Q28-7.2")
def test_without_a_rule_in_force_none_is_owed_and_what_was_required_yesterday_stays(
    office: Office,
) -> None:
    recipients = government(office)
    rule_id = ruled(office, GOVERNMENT)
    office.document(State.ISSUED, recipients=recipients)
    before = papers(office)
    with acting(KHANH):
        office.app.end_paper_rule(rule_id=rule_id, until_on=TODAY)
    ruled(office, GOVERNMENT, from_on=TODAY + timedelta(days=2))
    office.now += timedelta(days=1)
    office.document(State.ISSUED, recipients=recipients)
    assert papers(office) == before != []
    with acting(KHANH):
        with pytest.raises(PaperRuleFixed):
            office.app.end_paper_rule(rule_id=rule_id, until_on=TODAY + timedelta(days=9))
        with pytest.raises(PaperRuleFixed):
            ruled(office, GOVERNMENT, from_on=TODAY)
        assert [it.until_on for it in office.app.list_paper_rules()] == [TODAY, None]
    with acting(EM), pytest.raises(Denied):
        office.app.end_paper_rule(rule_id=rule_id, until_on=date(2027, 1, 1))


@pytest.mark.rule("R6.2b")
def test_a_submission_to_the_committee_owes_paper_and_its_letter_does_not(office: Office) -> None:
    committee = {"ground": PaperGround.SUBMISSION, "kinds": [DocumentKind.SUBMISSION]}
    ruled(office, THEIRS, **committee)
    to = {"recipients": [Recipient(agency=THEIRS, name="UBND")]}
    office.document(State.ISSUED, **to)
    assert papers(office) == []
    office.document(State.ISSUED, kind=DocumentKind.SUBMISSION, **to)
    assert [(it.recipient, it.ground) for it in papers(office)] == [(THEIRS, "6.2b")]


@pytest.mark.rule("R6.2c")
def test_an_appraisal_on_paper_names_its_law(office: Office) -> None:
    id = office.document(State.ISSUED)
    asked = {"document_id": id, "recipient": THEIRS, "ground": PaperGround.BY_LAW}
    with acting(EM):
        with office.unchanged(), pytest.raises(CitationRequired):
            office.app.owe_paper(**asked, citation=" ")
        office.app.owe_paper(**asked, citation="Luật Xây dựng, Điều 56")
        with pytest.raises(PaperAlreadyOwed):
            office.app.owe_paper(**asked, citation="Luật Xây dựng, Điều 56")
    assert papers(office)[0].citation == "Luật Xây dựng, Điều 56"


@pytest.mark.rule("R5.1c")
def test_no_paper_of_a_sent_document_goes_without_a_ground_and_with_one_it_is_counted(
    office: Office,
) -> None:
    id = office.document(State.ISSUED)
    sending = {"document_id": id, "recipient": THEIRS, "copies": 2, "carrier": "Bưu điện"}
    with acting(EM):
        with office.unchanged(), pytest.raises(NoPaperOwed):
            office.app.send_paper(**sending)
        with pytest.raises(NotARecipient):
            office.app.owe_paper(
                document_id=id, recipient="H47.77", ground=PaperGround.SUBMISSION, citation=""
            )
        office.act(Act.OWE_PAPER, id)
        office.app.send_paper(**sending)
        with pytest.raises(NoPaperOwed):
            office.app.send_paper(**sending)
        with pytest.raises(NoPaperOwed):
            office.app.confirm_paper(
                document_id=id, recipient=THEIRS, received_on=TODAY - timedelta(days=1)
            )
        office.app.confirm_paper(document_id=id, recipient=THEIRS, received_on=TODAY)
    (paper,) = papers(office)
    assert (paper.state, paper.copies, paper.confirmed_on) == (PaperState.CONFIRMED, 2, TODAY)
    sent = [event for event in office.told() if isinstance(event, PaperSent)]
    assert [event.ground for event in sent] == [PaperGround.SUBMISSION]


@pytest.mark.rule("N30-18.5")
def test_every_printed_main_copy_is_logged_with_who_printed_it(office: Office) -> None:
    id = office.document(State.ISSUED)
    office.act(Act.PRINT, id)
    office.act(Act.OWE_PAPER, id)
    with acting(EM):
        office.app.send_paper(document_id=id, recipient=THEIRS, copies=3, carrier="Bưu điện")
    with acting(AN):
        lines = office.app.list_prints(document_id=id)
        assert office.app.list_prints(document_id=id, after=1, limit=1) == lines[1:]
    assert [(line.copies, line.person) for line in lines] == [(2, "em"), (3, "em")]
    with acting(STRANGER), pytest.raises(Denied):
        office.app.list_prints(document_id=id)


@pytest.mark.rule("R6.1")
@pytest.mark.rule("Q28-7.1")
def test_a_delivery_on_paper_alone_states_its_cause_and_goes_to_no_software(office: Office) -> None:
    office.tell("accounts", agency_registered(VILLAGE, "Thôn Một", "TM", Route.PAPER))
    village = {"agency": VILLAGE, "name": "Thôn Một"}
    electronic = {"agency": THEIRS, "name": "Sở Y tế"}
    for to, refused in (
        (Recipient(**village), PaperReasonMissing),
        (Recipient(**electronic, paper_reason="Mất điện"), RecipientHasSoftware),
    ):
        with acting(AN), office.unchanged(), pytest.raises(refused):
            office.app.create_draft(**office.letter(recipients=[to]))
    stated = Recipient(**village, paper_reason="Chưa kết nối liên thông")
    office.document(State.ISSUED, recipients=[stated, Recipient(**electronic)])
    (issued,) = [event for event in office.told() if isinstance(event, DocumentIssued)]
    routes = {to.agency: to.route for to in issued.addressees}
    assert routes == {VILLAGE: Route.PAPER, THEIRS: Route.PLATFORM}


def test_rules_and_papers_are_paged_by_their_place(office: Office) -> None:
    ids = [ruled(office, GOVERNMENT), ruled(office, THEIRS), ruled(office, ALSO_THEIRS)]
    with acting(AN):
        page = office.app.list_paper_rules(after=1, limit=1)
    assert [it.rule_id for it in page] == [ids[1]]
    office.document(State.ISSUED)
    first, second = papers(office)
    with acting(AN):
        assert office.app.list_papers(agency=OURS, after=first.place) == [second]
    with acting(STRANGER), pytest.raises(Denied):
        office.app.list_papers(agency=OURS)
