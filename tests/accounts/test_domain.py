"""Identities of agencies, people and user names."""

from contracts.values import Route
from services.accounts.domain import Agency, agency_id, person_id, user_name_id


def test_a_user_name_is_the_same_in_every_letter_case() -> None:
    assert user_name_id("LeHoa") == user_name_id("lehoa") != user_name_id("le.hoa")


def test_an_agency_and_a_person_of_one_name_are_two_things() -> None:
    assert agency_id("an") != person_id("an")


def test_an_agency_shows_what_it_was_registered_with() -> None:
    view = Agency.begin(
        Agency.Registered,
        agency_id("H47.05"),
        agency="H47.05",
        name="Sở Nội vụ",
        notation="SNV",
        route=Route.AXIS,
        mandatory=False,
    ).view()
    assert (view.agency, view.name, view.notation) == ("H47.05", "Sở Nội vụ", "SNV")
    assert (view.route, view.mandatory) == (Route.AXIS, False)
