"""Who may do what: by role, by agency, by name, and never two of three separate acts."""

from typing import Any
from uuid import uuid4

import pytest

from contracts.dispatch import OutgoingAct as Act
from contracts.dispatch import OutgoingState as State
from contracts.dispatch import SeparateActsRequired, SignerNotCompetent
from contracts.errors import Denied, NotFound, Refused
from contracts.values import Role
from services.kernel.context import NOBODY, Circumstances, acting, the_service
from tests.dispatch.office import (
    AN,
    BINH,
    CHI,
    DOER,
    DUNG,
    EM,
    OURS,
    STATES,
    STRANGER,
    THEIRS,
    Office,
    person,
)

TURN = {
    Act.SUBMIT: State.DRAFT,
    Act.REVISE: State.DRAFT,
    Act.APPROVE_CONTENT: State.CONTENT_CHECK,
    Act.APPROVE_FORM: State.FORM_CHECK,
    Act.SIGN: State.TO_SIGN,
    Act.NUMBER: State.SIGNED,
    Act.REGISTER: State.NUMBERED,
    Act.SEAL: State.REGISTERED,
    Act.ISSUE: State.SEALED,
}
OVERSEER = person("admin", Role.OPERATOR, Role.AUDITOR, agency="")
TRACKING = the_service("tracking")
OTHERS = [
    person("khanh", Role.OFFICER),
    person("loan", Role.LEADER),
    OVERSEER,
    TRACKING,
    STRANGER,
    NOBODY,
]
EVERYBODY = [AN, BINH, CHI, DUNG, EM, *OTHERS]


@pytest.mark.rule("R9.1")
@pytest.mark.rule("N30-10..12")
@pytest.mark.parametrize("act", TURN)
def test_an_act_is_done_only_by_who_has_the_right_to_it(office: Office, act: Act) -> None:
    document_id = office.document(TURN[act])
    for who in EVERYBODY:
        if who is not DOER[act]:
            with office.unchanged(), pytest.raises((Denied, SignerNotCompetent)):
                office.act(act, document_id, who)
    office.act(act, document_id)


@pytest.mark.parametrize(
    ("state", "holder"),
    [(State.CONTENT_CHECK, BINH), (State.FORM_CHECK, CHI), (State.TO_SIGN, DUNG)],
)
def test_a_draft_is_returned_only_by_who_has_it(
    office: Office, state: State, holder: Circumstances
) -> None:
    document_id = office.document(state)
    for who in EVERYBODY:
        if who is not holder:
            with office.unchanged(), pytest.raises((Denied, SignerNotCompetent)):
                office.act(Act.RETURN, document_id, who)
    office.act(Act.RETURN, document_id, holder)
    with acting(AN):
        view = office.app.get_document(document_id=document_id)
    assert (view.state, view.opinion) == (State.DRAFT, "Thiếu căn cứ")


def test_another_leader_does_not_sign_for_the_one_named(office: Office) -> None:
    document_id = office.document(State.TO_SIGN)
    with office.unchanged(), pytest.raises(SignerNotCompetent) as refused:
        office.act(Act.SIGN, document_id, person("loan", Role.LEADER))
    assert refused.value.data == {"person": "dung"}
    with office.unchanged(), pytest.raises(Denied):
        office.act(Act.SIGN, document_id, person("dung", Role.OFFICER))


ALL_THREE = (Role.OFFICER, Role.UNIT_HEAD, Role.FORM_CHECKER)


@pytest.mark.rule("R9.1")
@pytest.mark.rule("N30-10..12")
@pytest.mark.parametrize(
    ("state", "act", "who"),
    [
        (State.CONTENT_CHECK, Act.APPROVE_CONTENT, person("an", *ALL_THREE)),
        (State.FORM_CHECK, Act.APPROVE_FORM, person("an", *ALL_THREE)),
        (State.FORM_CHECK, Act.APPROVE_FORM, person("binh", *ALL_THREE)),
    ],
)
def test_drafting_and_the_two_checks_are_acts_of_three_persons(
    office: Office, state: State, act: Act, who: Circumstances
) -> None:
    document_id = office.document(state)
    with office.unchanged(), pytest.raises(SeparateActsRequired) as refused:
        office.act(act, document_id, who)
    assert refused.value.data["act"] == act.value
    assert act.vi in refused.value.message("vi") and act.en in refused.value.message("en")
    office.act(act, document_id)


@pytest.mark.rule("R9.1")
@pytest.mark.rule("N30-10..12")
@pytest.mark.parametrize("state", [State.CONTENT_CHECK, State.FORM_CHECK, State.TO_SIGN])
def test_editing_a_draft_resets_every_approval(office: Office, state: State) -> None:
    document_id = office.document(state)
    revision = office.revision(document_id)
    with acting(AN):
        office.app.revise_draft(**revision)
        view = office.app.get_document(document_id=document_id)
    assert (view.state, view.file) == (State.DRAFT, revision["file"])
    for act in (Act.APPROVE_CONTENT, Act.APPROVE_FORM, Act.SIGN):
        with pytest.raises(Refused):
            office.act(act, document_id)
    office.act(Act.SUBMIT, document_id)
    office.act(Act.APPROVE_CONTENT, document_id, person("khanh", Role.UNIT_HEAD))
    office.act(Act.APPROVE_FORM, document_id, person("binh", Role.FORM_CHECKER))


@pytest.mark.parametrize("who", [BINH, CHI, DUNG, *OTHERS[1:]], ids=lambda who: who.actor.person)
def test_only_officers_and_clerks_draft(office: Office, who: Circumstances) -> None:
    letter = office.letter()
    if who is STRANGER:
        who = person("giang", Role.LEADER, agency=THEIRS)
    with acting(who), office.unchanged(), pytest.raises(Denied):
        office.app.create_draft(**letter)
    assert not office.shelf.kept
    with acting(who), pytest.raises(Denied):
        office.app.offer_upload(sha256="0" * 64, size=1)


def test_a_clerk_drafts_too_and_submits_what_he_drafted(office: Office) -> None:
    letter = office.letter()
    with acting(EM):
        office.app.create_draft(**letter)
        office.app.submit_draft(document_id=letter["document_id"])
    assert office.state(letter["document_id"]) is State.CONTENT_CHECK


@pytest.mark.parametrize("state", STATES)
def test_a_document_is_shown_to_its_agency_and_who_oversees(office: Office, state: State) -> None:
    document_id = office.document(state)
    for who in (AN, BINH, CHI, DUNG, EM, OVERSEER):
        with acting(who):
            assert office.app.get_document(document_id=document_id).agency == OURS
    for who in (STRANGER, TRACKING, NOBODY):
        with acting(who), pytest.raises(Denied):
            office.app.get_document(document_id=document_id)


@pytest.mark.parametrize("state", STATES)
def test_the_file_is_for_the_agency_and_once_issued_for_its_recipients(
    office: Office, state: State
) -> None:
    document_id = office.document(state)
    with acting(EM):
        link = office.app.get_file_link(document_id=document_id)
        file = office.app.get_document(document_id=document_id).file
    assert file.sha256 in link.url and file.name in link.url
    assert link.expires_at > office.now
    with acting(STRANGER):
        if state is State.ISSUED:
            assert office.app.get_file_link(document_id=document_id) == link
        else:
            with pytest.raises(Denied):
                office.app.get_file_link(document_id=document_id)
    with acting(person("nam", *STRANGER.roles, agency="H47.20")), pytest.raises(Denied):
        office.app.get_file_link(document_id=document_id)
    with acting(person("nam", *STRANGER.roles, agency="")), pytest.raises(Denied):
        office.app.get_file_link(document_id=document_id)


@pytest.mark.parametrize("act", Act)
def test_an_unknown_document_is_not_found(office: Office, act: Act) -> None:
    with office.unchanged(), pytest.raises(NotFound):
        office.act(act, uuid4())


@pytest.mark.parametrize("question", ["get_document", "get_file_link"])
def test_questions_about_an_unknown_document_are_answered_so(office: Office, question: str) -> None:
    with acting(AN), pytest.raises(NotFound):
        getattr(office.app, question)(document_id=uuid4())


def history(office: Office, who: Circumstances, **asked: Any) -> list[str]:
    """Topics of the history of something, as somebody reads it."""
    with acting(who):
        return [entry.topic.rpartition(".")[2] for entry in office.app.list_history(**asked)]


def test_the_history_tells_who_did_what_to_the_agency_and_auditors(office: Office) -> None:
    document_id = office.document(State.ISSUED)
    acts = history(office, AN, aggregate_id=document_id)
    assert acts == [
        "Drafted",
        "Submitted",
        "ContentApproved",
        "FormApproved",
        "SignatureRequested",
        "Signed",
        "Numbered",
        "Registered",
        "SignatureRequested",
        "Sealed",
        "Issued",
    ]
    assert history(office, OVERSEER, aggregate_id=document_id) == acts
    with acting(AN):
        entries = office.app.list_history(aggregate_id=document_id)
    doers = ["an", "an", "binh", "chi", "dung", "service:dispatch", "em", "em", "em"]
    assert [entry.actor.person for entry in entries][:9] == doers
    with pytest.raises(Denied):
        history(office, person("giang", Role.CLERK, agency=THEIRS), aggregate_id=document_id)
