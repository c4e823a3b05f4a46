"""Who acts, in which trace: set by the doors, seen by every act, mixed up by none."""

from __future__ import annotations

import pytest

from contracts.errors import Denied
from contracts.values import Role
from services.kernel.context import NOBODY, acting, current, require, the_service
from tests.kernel.counter import AGENCY, somebody


def test_circumstances_end_with_their_block_even_after_an_error() -> None:
    with pytest.raises(ValueError), acting(somebody("an")):
        with acting(somebody("bình")):
            assert current().actor.person == "bình"
        assert current().actor.person == "an"
        raise ValueError
    assert current() is NOBODY


def test_the_actor_is_a_person_in_a_post_of_an_agency() -> None:
    with acting(somebody("an", Role.CLERK)):
        actor = require(Role.CLERK, agency=AGENCY)
    assert (actor.person, actor.post, actor.agency) == ("an", "Chuyên viên", AGENCY)


def test_one_of_the_roles_is_enough_and_none_is_denied() -> None:
    with acting(somebody("an", Role.OFFICER)):
        require(Role.CLERK, Role.OFFICER)
        with pytest.raises(Denied, match="clerk or leader"):
            require(Role.LEADER, Role.CLERK)
    with pytest.raises(Denied):
        require(Role.CLERK)


def test_another_agency_is_denied_but_a_service_belongs_to_all() -> None:
    with acting(somebody("an", Role.CLERK)), pytest.raises(Denied, match=r"H47\.09"):
        require(Role.CLERK, agency="H47.09")
    with acting(the_service("intake")):
        assert require(Role.SERVICE, agency="H47.09").person == "service:intake"
