"""The proof of the request is extended already; nobody asked for less."""

from __future__ import annotations

from uuid import uuid4

from contracts.errors import Denied, Invalid, NotFound
from contracts.signing import ProofLevelTooLow
from contracts.values import Role, SignatureLevel
from services.cli.cast import ANSWERER, REFUSER
from tests.together.cases.case import OUTSIDER, Case, No, Person, Words
from tests.together.copying import Copied

CLERK: Person = (ANSWERER, Role.CLERK)


def cases(done: Copied) -> dict[str, Case]:
    """By method."""
    known = {"document_id": done.proof.document_id}
    unknown: tuple[Words, No] = ({"document_id": uuid4()}, NotFound)
    return {
        "extend_signature": Case(
            CLERK,
            known | {"level": SignatureLevel.B_T},
            ProofLevelTooLow,
            (OUTSIDER, ((ANSWERER, Role.LEADER), Denied)),
            (unknown, ({"level": "B-X"}, Invalid)),
        ),
        "get_proof": Case(CLERK, known, None, (OUTSIDER,), (unknown,)),
        "list_expiring_proofs": Case(
            CLERK,
            {"agency": ANSWERER.code},
            None,
            (OUTSIDER,),
            (
                ({"agency": REFUSER.code}, Denied),
                ({"limit": 0}, Invalid),
                ({"within_days": -1}, Invalid),
                ({"after_id": uuid4()}, NotFound),
            ),
        ),
    }
