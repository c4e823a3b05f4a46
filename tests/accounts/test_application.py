"""What accounts does when asked."""

import pytest

from contracts.accounts import (
    AgencyAlreadyRegistered,
    CredentialsWrong,
    PersonAlreadyRegistered,
    UserNameTaken,
)
from contracts.envelope import Actor
from contracts.errors import Denied, NotFound
from contracts.values import Role
from services.kernel.context import Circumstances, acting
from tests.accounts.conftest import LONG_AGO, PASSWORD, SECRET, Desk

CLERK = Circumstances(actor=Actor(person="x", agency="H47.30"), roles=frozenset({Role.CLERK}))


def test_an_agency_stands_in_the_directory(desk: Desk) -> None:
    desk.found("H47.10")
    desk.found("H47.05")
    assert [view.agency for view in desk.accounts.list_agencies()] == ["H47.05", "H47.10"]
    assert desk.accounts.get_agency(agency="H47.05").notation == "SNV"


def test_the_directory_is_read_page_by_page(desk: Desk) -> None:
    codes = [f"H47.{number:02d}" for number in range(1, 8)]
    for code in reversed(codes):
        desk.found(code)
    pages, after = [], ""
    while page := desk.accounts.list_agencies(after=after, limit=3):
        pages.append([view.agency for view in page])
        after = page[-1].agency
    assert pages == [codes[:3], codes[3:6], codes[6:]]


def test_one_code_is_one_agency(desk: Desk) -> None:
    desk.found()
    before = desk.written()
    with pytest.raises(AgencyAlreadyRegistered):
        desk.found()
    assert desk.written() == before


def test_a_person_needs_an_agency_of_the_directory(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.hire()
    assert desk.written() == 0


def test_a_person_id_is_given_once(desk: Desk) -> None:
    desk.found()
    desk.hire()
    before = desk.written()
    with pytest.raises(PersonAlreadyRegistered):
        desk.hire(user_name="another")
    assert desk.written() == before


def test_a_user_name_is_one_person_in_all_agencies_and_letter_cases(desk: Desk) -> None:
    desk.found("H47.05")
    desk.found("H47.30")
    desk.hire("hoa", user_name="LeHoa")
    before = desk.written()
    for name in ("LeHoa", "lehoa", "LEHOA"):
        with pytest.raises(UserNameTaken):
            desk.hire("khac", "H47.30", name)
    assert desk.written() == before


def test_only_an_operator_registers(desk: Desk) -> None:
    with acting(CLERK):
        with pytest.raises(Denied):
            desk.found()
        with pytest.raises(Denied):
            desk.hire()
    assert desk.written() == 0


def test_a_session_names_person_post_agency_and_roles(desk: Desk) -> None:
    desk.found()
    desk.hire()
    holder = desk.verifier(desk.sign_in("HOA").token)
    assert holder.actor == Actor(person="hoa", name="Lê Hoa", post="Văn thư", agency="H47.05")
    assert holder.roles == {Role.CLERK}


def test_the_operator_signs_in_with_the_secret_alone(desk: Desk) -> None:
    assert Role.OPERATOR in desk.verifier(desk.sign_in("operator", SECRET).token).roles
    with pytest.raises(CredentialsWrong):
        desk.sign_in("operator", PASSWORD)


@pytest.mark.parametrize("name, password", [("hoa", "sai mật khẩu"), ("nobody", PASSWORD)])
def test_wrong_name_and_wrong_password_are_told_alike(desk: Desk, name: str, password: str) -> None:
    desk.found()
    desk.hire()
    before = desk.written()
    with pytest.raises(CredentialsWrong) as refused:
        desk.sign_in(name, password)
    assert refused.value.data == {}
    assert desk.written() == before


def test_a_token_ends_with_its_session(desk: Desk) -> None:
    desk.found()
    desk.hire()
    desk.instant -= LONG_AGO
    session = desk.sign_in("hoa")
    with pytest.raises(Denied, match="expired"):
        desk.verifier(session.token)


def test_no_password_is_kept(desk: Desk) -> None:
    desk.found()
    desk.hire()
    desk.sign_in("hoa")
    recorder = desk.accounts.recorder
    stored = b"".join(event.state for event in recorder.select_notifications(None, 1000))
    assert PASSWORD.encode() not in stored
    assert SECRET.encode() not in stored


def test_a_person_is_shown_to_his_agency_alone(desk: Desk) -> None:
    desk.found()
    desk.hire()
    assert desk.accounts.get_person(person="hoa").post == "Văn thư"
    with acting(CLERK), pytest.raises(Denied):
        desk.accounts.get_person(person="hoa")


def test_an_unknown_agency_or_person_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.accounts.get_agency(agency="H47.99")
    with pytest.raises(NotFound):
        desk.accounts.get_person(person="nobody")
