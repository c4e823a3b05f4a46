"""The directory and its sessions."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from contracts.accounts import (
    AgencyAlreadyRegistered,
    CredentialsWrong,
    DelegateNotEligible,
    DelegationDatesWrong,
    DelegationIncomplete,
    HeadNeedsNoDelegation,
    PersonAlreadyRegistered,
)
from contracts.errors import Denied, Invalid, NotFound
from contracts.values import Capacity, Role
from services.cli.cast import REFUSER, SENDER
from tests.together.cases.case import NOWHERE, OPERATOR, OUTSIDER, Case, No, Person, Words

CLERK: Person = (SENDER, Role.CLERK)
NOT_OPERATORS = ((CLERK, Denied), ((REFUSER, Role.LEADER), Denied))
UNKNOWN_AGENCY: tuple[Words, No] = ({"agency": NOWHERE}, NotFound)


def cases() -> dict[str, Case]:
    """By method."""
    return (
        _entries()
        | _reach()
        | _delegations()
        | {
            "open_session": Case(
                CLERK,
                {"user_name": SENDER.person(Role.CLERK), "password": "không phải mật khẩu này"},
                CredentialsWrong,
                (),
                (({"user_name": "khong.co.ai"}, CredentialsWrong), ({"password": ""}, Invalid)),
            ),
            "get_agency": Case(CLERK, {"agency": SENDER.code}, None, (), (UNKNOWN_AGENCY,)),
            "list_agencies": Case(CLERK, {}, None, (), (({"limit": 0}, Invalid),)),
            "get_person": Case(
                CLERK,
                {"person": SENDER.leader},
                None,
                (OUTSIDER,),
                (({"person": "khong-co-ai"}, NotFound),),
            ),
        }
    )


def _reach() -> dict[str, Case]:
    """Codes and keys of agencies."""
    return {
        "add_agency_code": Case(
            OPERATOR,
            {"agency": SENDER.code, "code": REFUSER.code},
            AgencyAlreadyRegistered,
            NOT_OPERATORS,
            (UNKNOWN_AGENCY, ({"code": "h 47"}, Invalid)),
        ),
        "set_receipt_key": Case(
            OPERATOR,
            {"agency": NOWHERE, "key": "-----BEGIN PUBLIC KEY-----"},
            NotFound,
            NOT_OPERATORS,
            (({"key": "khóa"}, Invalid),),
        ),
    }


def _entries() -> dict[str, Case]:
    """Entering in the directory what stands there already."""
    agency = {"agency": SENDER.code, "name": SENDER.name, "notation": SENDER.notation}
    person = {
        "person": SENDER.leader,
        "name": SENDER.leader_name,
        "post": SENDER.leader_post,
        "agency": SENDER.code,
        "roles": [Role.LEADER],
        "user_name": SENDER.leader,
        "password": "một mật khẩu khác",
    }
    words: list[Words] = [
        *({"name": " "}, {"post": ""}, {"roles": []}),
        *({"password": "ngắn"}, {"user_name": "-"}),
    ]
    strange: list[Words] = [{"name": ""}, {"notation": ""}, {"agency": "h47"}]
    return {
        "register_agency": Case(
            OPERATOR,
            agency,
            AgencyAlreadyRegistered,
            NOT_OPERATORS,
            tuple((word, Invalid) for word in strange),
        ),
        "register_person": Case(
            OPERATOR,
            person,
            PersonAlreadyRegistered,
            NOT_OPERATORS,
            (UNKNOWN_AGENCY, *((word, Invalid) for word in words)),
        ),
    }


def _delegations() -> dict[str, Case]:
    """The sender's leader may sign by order of nobody; his delegation is not there."""
    delegation = {"delegation_id": uuid4()}
    asked = {
        "capacity": Capacity.DELEGATED,
        "to_person": SENDER.leader,
        "from_person": SENDER.leader,
        "instrument": "Quyết định 12/QĐ-SNV",
        "from_on": date(2026, 3, 2),
        "until_on": date(2026, 6, 30),
        "content": "ký công văn",
    }
    strange: tuple[tuple[Words, No], ...] = (
        ({"instrument": " "}, Invalid),
        ({"capacity": "XX"}, Invalid),
        ({"content": ""}, DelegationIncomplete),
        ({"until_on": date(2026, 3, 1)}, DelegationDatesWrong),
        ({"capacity": Capacity.HEAD}, HeadNeedsNoDelegation),
        ({"from_person": "khong-co-ai"}, NotFound),
    )
    return {
        "register_delegation": Case(
            OPERATOR, delegation | asked, DelegateNotEligible, NOT_OPERATORS, strange
        ),
        "revoke_delegation": Case(
            OPERATOR,
            delegation | {"why": "x"},
            NotFound,
            ((CLERK, Denied),),
            (({"why": ""}, Invalid),),
        ),
        "list_delegations": Case(
            CLERK,
            {"person": SENDER.leader},
            None,
            (OUTSIDER,),
            (({"person": "khong-co-ai"}, NotFound), ({"limit": 0}, Invalid)),
        ),
    }
