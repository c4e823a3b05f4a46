"""The directory and its sessions."""

from __future__ import annotations

from contracts.accounts import (
    AgencyAlreadyRegistered,
    CredentialsWrong,
    PersonAlreadyRegistered,
)
from contracts.errors import Denied, Invalid, NotFound
from contracts.values import Role
from services.cli.cast import REFUSER, SENDER
from tests.together.cases.case import NOWHERE, OPERATOR, Case, Person, Words


def cases() -> dict[str, Case]:
    """By method."""
    clerk: Person = (SENDER, Role.CLERK)
    nobody = ({"agency": NOWHERE}, NotFound)
    person = {
        "person": SENDER.leader,
        "name": SENDER.leader_name,
        "post": SENDER.leader_post,
        "agency": SENDER.code,
        "roles": [Role.LEADER],
        "user_name": SENDER.leader,
        "password": "một mật khẩu khác",
    }
    agency = {"agency": SENDER.code, "name": SENDER.name, "notation": SENDER.notation}
    empty: list[Words] = [
        {"name": " "},
        {"post": ""},
        {"roles": []},
        {"password": "ngắn"},
        {"user_name": "-"},
    ]
    return {
        "register_agency": Case(
            OPERATOR,
            agency,
            AgencyAlreadyRegistered,
            ((clerk, Denied), ((REFUSER, Role.LEADER), Denied)),
            (({"name": ""}, Invalid), ({"notation": ""}, Invalid), ({"agency": "h47"}, Invalid)),
        ),
        "register_person": Case(
            OPERATOR,
            person,
            PersonAlreadyRegistered,
            ((clerk, Denied), ((REFUSER, Role.LEADER), Denied)),
            (nobody, *((words, Invalid) for words in empty)),
        ),
        "open_session": Case(
            clerk,
            {"user_name": SENDER.person(Role.CLERK), "password": "không phải mật khẩu này"},
            CredentialsWrong,
            (),
            (({"user_name": "khong.co.ai"}, CredentialsWrong), ({"password": ""}, Invalid)),
        ),
        "get_agency": Case(clerk, {"agency": SENDER.code}, None, (), (nobody,)),
        "list_agencies": Case(clerk, {}, None, (), (({"limit": 0}, Invalid),)),
        "get_person": Case(
            clerk,
            {"person": SENDER.leader},
            None,
            (((REFUSER, Role.CLERK), Denied),),
            (({"person": "khong-co-ai"}, NotFound),),
        ),
    }
