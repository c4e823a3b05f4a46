"""The copy is made, the paper digitised, the leader named; nothing of it is done twice."""

from __future__ import annotations

from uuid import uuid4

from contracts.errors import Denied, FileMissing, Invalid, NotFound
from contracts.signing import (
    BlockFormatIncomplete,
    CopyActOutOfOrder,
    CopyAlreadyRequested,
    CopySignersAlreadyNamed,
    PaperAlreadyDigitised,
)
from contracts.values import Role, Secrecy
from services.cli.cast import ANSWERER, REFUSER
from tests.together.cases.case import NO_FILE, OUTSIDER, Case, No, Person, Words
from tests.together.copying import Copied

CLERK: Person = (ANSWERER, Role.CLERK)
LEADER: Person = (ANSWERER, Role.LEADER)
OFFICER: Person = (ANSWERER, Role.OFFICER)
OURS: Words = {"agency": ANSWERER.code}
SIDES: tuple[tuple[Words, No], ...] = (({"width_mm": 0.0}, Invalid), ({"height_mm": 1e9}, Invalid))
NO_OFFICERS: tuple[tuple[Person, No], ...] = ((OFFICER, Denied),)


def cases(done: Copied) -> dict[str, Case]:
    """By method."""
    return _rules() | _copies(done) | _papers(done)


def _rules() -> dict[str, Case]:
    """Who signs copies of the answerer, and how its blocks are worded."""
    incomplete = {"attachment": "{time}", "copy": "x", "digitised": "x", "time": "x"}
    return {
        "name_copy_signers": Case(
            LEADER,
            {"persons": [ANSWERER.leader]},
            CopySignersAlreadyNamed,
            ((CLERK, Denied),),
            (({"persons": ["An Nguyễn"]}, Invalid),),
        ),
        "set_block_format": Case(
            CLERK, incomplete, BlockFormatIncomplete, NO_OFFICERS, (({"copy": " "}, Invalid),)
        ),
        "get_copy_rules": Case(
            CLERK, OURS, None, (OUTSIDER,), (({"agency": REFUSER.code}, Denied),)
        ),
    }


def _copies(done: Copied) -> dict[str, Case]:
    """The copy that is made."""
    copy, known = done.copy, {"copy_id": done.copy.copy_id}
    unknown: tuple[Words, No] = ({"copy_id": uuid4()}, NotFound)
    asked = {"kind": copy.kind, "source": copy.source, "file": copy.source_file}
    return {
        "request_copy": Case(
            OFFICER,
            known | asked,
            CopyAlreadyRequested,
            ((LEADER, Denied),),
            (
                ({"copy_id": uuid4(), "file": NO_FILE}, NotFound),
                ({"pages": [0]}, Invalid),
                ({"secrecy": "?"}, Invalid),
                *SIDES,
            ),
        ),
        "approve_copy": Case(LEADER, known, CopyActOutOfOrder, (OUTSIDER,), (unknown,)),
        "seal_copy": Case(
            CLERK, known, CopyActOutOfOrder, (OUTSIDER, (OFFICER, Denied)), (unknown,)
        ),
        "get_copy": Case(CLERK, known, None, (OUTSIDER,), (unknown,)),
        "list_copies": Case(
            CLERK,
            OURS | {"year": 2026},
            None,
            (OUTSIDER,),
            (({"limit": 0}, Invalid), ({"after": -1}, Invalid)),
        ),
    }


def _papers(done: Copied) -> dict[str, Case]:
    """The paper that is digitised."""
    known, unknown = {"paper_id": done.paper.paper_id}, {"paper_id": uuid4()}
    return {
        "digitise_paper": Case(
            CLERK,
            known | {"file": done.paper.scan, "secrecy": Secrecy.NONE},
            PaperAlreadyDigitised,
            NO_OFFICERS,
            ((unknown | {"file": NO_FILE}, FileMissing), *SIDES),
        ),
        "get_paper": Case(CLERK, known, None, (OUTSIDER,), ((unknown, NotFound),)),
    }
