"""What accounts tells aloud, and what it keeps to itself."""

from contracts.accounts import AgencyRegistered, PersonRegistered
from contracts.values import Role, Route
from services.kernel.context import acting, the_service
from tests.accounts.conftest import Desk


def test_agencies_and_people_are_told_without_account_secrets(desk: Desk) -> None:
    desk.found()
    desk.hire()
    desk.sign_in("hoa")
    with acting(the_service("dispatch")):
        told = [envelope.event() for envelope in desk.accounts.read_events(after=0).events]
    assert told == [
        AgencyRegistered(
            agency="H47.05",
            name="Sở Nội vụ",
            notation="SNV",
            route=Route.PLATFORM,
            mandatory=True,
        ),
        PersonRegistered(
            person="hoa", name="Lê Hoa", post="Văn thư", agency="H47.05", roles=[Role.CLERK]
        ),
    ]
