"""The order of acts: every act in every state, and every signature in every state."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import product
from uuid import UUID

import pytest

from contracts.dispatch import ActOutOfOrder, DocumentAlreadyDrafted, Papers
from contracts.dispatch import Dispatch as Promise
from contracts.dispatch import OutgoingAct as Act
from contracts.dispatch import OutgoingState as State
from contracts.envelope import Follows, Told
from contracts.errors import Refused, refusal
from contracts.values import Role, SignerRole
from services.kernel.context import Circumstances, acting
from tests.dispatch.office import (
    AN,
    BINH,
    CHI,
    DUNG,
    EM,
    OURS,
    STATES,
    STRANGER,
    Office,
    person,
)

ORDER: dict[tuple[State, Act], State] = {
    (State.DRAFT, Act.SUBMIT): State.CONTENT_CHECK,
    (State.CONTENT_CHECK, Act.APPROVE_CONTENT): State.FORM_CHECK,
    (State.FORM_CHECK, Act.APPROVE_FORM): State.TO_SIGN,
    (State.TO_SIGN, Act.SIGN): State.SIGNING,
    (State.SIGNED, Act.NUMBER): State.NUMBERED,
    (State.NUMBERED, Act.REGISTER): State.REGISTERED,
    (State.REGISTERED, Act.SEAL): State.SEALING,
    (State.SEALED, Act.ISSUE): State.ISSUED,
    (State.ISSUED, Act.RECALL): State.FROZEN,
    (State.ISSUED, Act.OWE_PAPER): State.ISSUED,
    (State.SEALED, Act.PRINT): State.SEALED,
    (State.ISSUED, Act.PRINT): State.ISSUED,
    (State.CONTENT_CHECK, Act.RETURN): State.DRAFT,
    (State.FORM_CHECK, Act.RETURN): State.DRAFT,
    (State.TO_SIGN, Act.RETURN): State.DRAFT,
    (State.DRAFT, Act.REVISE): State.DRAFT,
    (State.CONTENT_CHECK, Act.REVISE): State.DRAFT,
    (State.FORM_CHECK, Act.REVISE): State.DRAFT,
    (State.TO_SIGN, Act.REVISE): State.DRAFT,
}
"""Table 3.3: all that may be done, and where it leads."""

SIGNATURES = {
    (State.SIGNING, SignerRole.LEADER): (State.SIGNED, State.TO_SIGN),
    (State.SEALING, SignerRole.AGENCY): (State.SEALED, State.REGISTERED),
}
"""Where a signature leads, made or failed; elsewhere it is nothing new."""

WHO_RETURNS = {State.FORM_CHECK: CHI, State.TO_SIGN: DUNG}
TURNS = [pair for pair in product(Act, STATES) if pair != (Act.RECALL, State.FROZEN)]
"""Of a frozen document there may be a recipient to ask again: see `test_application_recall`."""
QUESTIONS = {"get_document", "offer_upload", "get_file_link"}
ALL_TRADES = person("hai", *(role for role in Role if role is not Role.CLERK))


def doer(act: Act, state: State) -> Circumstances | None:
    """Who may return a document depends on who has it."""
    return WHO_RETURNS.get(state) if act is Act.RETURN else None


@pytest.mark.rule("R9.2a")
@pytest.mark.rule("N30-14")
@pytest.mark.rule("Q28-8.1")
@pytest.mark.parametrize(("act", "state"), TURNS)
def test_an_act_is_done_in_its_turn_and_refused_out_of_it(
    office: Office, state: State, act: Act
) -> None:
    document_id = office.document(state)
    if (state, act) in ORDER:
        office.act(act, document_id, doer(act, state))
        assert office.state(document_id) is ORDER[state, act]
        return
    with office.unchanged(), pytest.raises(ActOutOfOrder) as refused:
        office.act(act, document_id, doer(act, state))
    assert (refused.value.data["act"], refused.value.data["state"]) == (act.value, state.value)
    assert office.state(document_id) is state


def test_a_refused_act_is_told_in_both_languages(office: Office) -> None:
    with pytest.raises(ActOutOfOrder) as refused:
        office.act(Act.ISSUE, office.document(State.DRAFT))
    vietnamese, english = (
        "Không thể phát hành khi văn bản ở trạng thái “Dự thảo”. Hãy làm đúng trình tự.",
        "Cannot issue the document while the document is “Draft”. Follow the order of acts.",
    )
    travelled = refusal(refused.value.code, refused.value.data)
    assert type(travelled) is ActOutOfOrder
    assert (travelled.message("vi"), travelled.message("en")) == (vietnamese, english)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", SignerRole)
@pytest.mark.parametrize("made", [True, False])
def test_a_signature_counts_only_where_it_is_awaited(
    office: Office, state: State, role: SignerRole, made: bool
) -> None:
    document_id = office.document(state)
    leads = SIGNATURES.get((state, role), (state, state))
    for _ in ("told", "told again"):
        (office.signed if made else office.failed)(document_id, role)
        assert office.state(document_id) is leads[0 if made else 1]


def attempts(office: Office) -> Iterator[tuple[State, str, str, UUID]]:
    """Every act by everybody and every signature told, each on a document in every state."""
    everybody = (AN, BINH, CHI, DUNG, EM, STRANGER, ALL_TRADES)
    for state in STATES:
        document_id = office.document(state)
        for who, act in product(everybody, Act):
            with suppress(Refused):
                office.act(act, document_id, who)
                yield state, act.value, who.actor.person, document_id
                document_id = office.document(state)
        for tell, role in product((office.signed, office.failed), SignerRole):
            document_id = office.document(state)
            tell(document_id, role)
            yield state, tell.__name__, "signing", document_id


@pytest.mark.rule("R5.1b-1")
def test_nothing_but_the_issue_by_a_clerk_of_the_agency_issues_a_document(office: Office) -> None:
    """No promised command is left out: what is no act and no question drafts, a new document."""
    promised = {name for name in dir(Promise) if not name.startswith("_")}
    inherited = {name for told in (Told, Follows) for name in vars(told) if name[0] != "_"}
    acts = {act.value for act in Act} | {"create_draft"}
    assert promised - inherited - set(vars(Papers)) == (acts | QUESTIONS) - set(vars(Papers))
    assert office.state(office.draft()) is State.DRAFT
    issued = {
        (state, how, who)
        for state, how, who, document_id in attempts(office)
        if state is not State.ISSUED and office.state(document_id) is State.ISSUED
    }
    assert issued == {(State.SEALED, "issue_document", "em")}
    assert EM.roles == {Role.CLERK} and EM.actor.agency == OURS


def test_a_draft_that_exists_is_not_drafted_again_even_when_issued(office: Office) -> None:
    for state in (State.DRAFT, State.SEALED, State.ISSUED):
        document_id = office.document(state)
        letter = office.letter(document_id=document_id)
        with acting(EM), office.unchanged(), pytest.raises(DocumentAlreadyDrafted):
            office.app.create_draft(**letter)
        assert office.state(document_id) is state
