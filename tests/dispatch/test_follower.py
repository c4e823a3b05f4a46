"""What dispatch does when told: the directory, signatures made, signatures that failed."""

from uuid import uuid4

import pytest

from contracts.accounts import PersonRegistered
from contracts.dispatch import OutgoingAct as Act
from contracts.dispatch import OutgoingState as State
from contracts.dispatch import RecipientUnknown, SignatureRequested
from contracts.values import Recipient, Role, Route, SignerRole
from services.dispatch.application import Dispatch
from services.dispatch.domain.directory import Correspondent, correspondent_id
from services.kernel.context import acting
from tests.dispatch.office import AGENCIES, AN, OURS, THEIRS, Office, agency_registered


def test_dispatch_follows_accounts_signing_and_tracking() -> None:
    assert Dispatch.sources == ("accounts", "signing", "tracking")


def test_an_agency_may_be_written_to_once_accounts_told_of_it(office: Office) -> None:
    letter = office.letter(recipients=[Recipient(agency="H47.20", name="Sở Xây dựng")])
    with acting(AN), pytest.raises(RecipientUnknown):
        office.app.create_draft(**letter)
    office.tell("accounts", agency_registered("H47.20", "Sở Xây dựng", "SXD", Route.AXIS))
    with acting(AN):
        office.app.create_draft(**letter)
    assert office.state(letter["document_id"]) is State.DRAFT


def test_an_agency_told_of_again_is_learnt_once(office: Office) -> None:
    office.tell("accounts", agency_registered(THEIRS, *AGENCIES[THEIRS]))
    learnt = office.app.load(Correspondent, correspondent_id(THEIRS))
    assert (learnt.version, learnt.name, learnt.notation) == (1, "Sở Y tế", "SYT")


def test_events_of_no_concern_are_passed_over(office: Office) -> None:
    hired = PersonRegistered(
        person="an", name="An", post="Chuyên viên", agency=OURS, roles=[Role.OFFICER]
    )
    office.tell("accounts", hired)
    for role in SignerRole:
        office.signed(uuid4(), role)
        office.failed(uuid4(), role)
    office.signed(correspondent_id(THEIRS), SignerRole.LEADER)


@pytest.mark.parametrize(
    ("awaited", "role", "back", "again"),
    [
        (State.SIGNING, SignerRole.LEADER, State.TO_SIGN, Act.SIGN),
        (State.SEALING, SignerRole.AGENCY, State.REGISTERED, Act.SEAL),
    ],
)
def test_a_failed_signature_is_shown_until_it_is_asked_for_again(
    office: Office, awaited: State, role: SignerRole, back: State, again: Act
) -> None:
    document_id = office.document(awaited)
    first = office.told()[-1]
    office.failed(document_id, role)
    with acting(AN):
        view = office.app.get_document(document_id=document_id)
    shown = "signing.certificate_expired: Chứng thư hết hạn"
    assert (view.state, view.signing_failure) == (back, shown)
    office.act(again, document_id)
    with acting(AN):
        view = office.app.get_document(document_id=document_id)
    assert (view.state, view.signing_failure) == (awaited, "")
    asked = [told for told in office.told() if isinstance(told, SignatureRequested)]
    assert asked[-2:] == [first, first]
    signed = office.signed(document_id, role)
    with acting(AN):
        assert office.app.get_document(document_id=document_id).file == signed


def test_a_signature_told_of_late_does_not_replace_the_sealed_file(office: Office) -> None:
    document_id = office.document(State.SEALED)
    with acting(AN):
        sealed = office.app.get_document(document_id=document_id).file
    office.signed(document_id, SignerRole.LEADER)
    with acting(AN):
        view = office.app.get_document(document_id=document_id)
    assert (view.state, view.file) == (State.SEALED, sealed)
