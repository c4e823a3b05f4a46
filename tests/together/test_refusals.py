"""Whatever is asked wrongly is refused by name, and nothing of it is recorded anywhere.

Every method of the six promises has a case; a new method without one fails here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from contracts.envelope import Actor
from contracts.errors import Denied, Invalid, MethodUnknown, Refused
from contracts.intake import Intake
from contracts.signing import ReportFormat, ReportNotReady, Signing
from contracts.values import RefusalCode, Role
from infra.local import keys
from infra.local.ground import Ground
from services.cli.cast import ANSWERER, REFUSER, SENDER
from services.cli.story import Story
from services.kernel import tokens
from services.kernel.client import Client
from tests.conftest import until
from tests.together.callers import Witness
from tests.together.cases import cases
from tests.together.cases.case import Case, Person
from tests.together.cases.readers import QUARTER
from tests.together.cases.signing import VERIFICATION
from tests.together.copying import Copied
from tests.together.devices import ByDevice
from tests.together.ledger import Ledger
from tests.together.outcome import Outcome
from tests.together.promises import METHODS, parameters, required

PUBLIC = {"accounts.open_session"}
FOR_EVERYBODY = {"dispatch.list_paper_rules", "signing.list_trust_anchors"}
OF_NO_TYPE: tuple[Any, ...] = ([[None]], {"no": "such"}, {"nested": [{}]})
ACTS_TOO_LATE = [
    name
    for name in METHODS
    if not name.partition(".")[2].startswith(("get_", "list_", "read_", "offer_", "escalate_"))
]


Seat = Callable[[Person | None], Client]


@pytest.fixture(scope="module")
def seat(edge: Witness, ground: Ground) -> Seat:
    """Whoever is named, with a token of his role; None is the operator."""
    key = keys.token_private_key_file(ground.folder)
    lasts = datetime.now(UTC) + timedelta(hours=1)

    def token(who: Person | None) -> str:
        if who is None:
            return tokens.issue(key, Actor(person="operator"), [Role.OPERATOR, Role.AUDITOR], lasts)
        agency, role = who
        return tokens.issue(
            key, Actor(person=agency.person(role), agency=agency.code), [role], lasts
        )

    return lambda who: edge.as_holder(token(who))


@pytest.fixture(scope="module")
def told(
    outcome: Outcome, story: Story, seat: Seat, by_device: ByDevice, copied: Copied
) -> dict[str, Case]:
    """The cases by method, once there are sealed figures, a verification and its report."""
    seat((SENDER, Role.LEADER)).reporting.seal_period(
        agency=SENDER.code, year=story.today.year - 1, quarter=QUARTER
    )
    sealed = seat(None).reporting.read_events(after=0).events[-1].aggregate_id
    asks = seat((ANSWERER, Role.CLERK)).signing
    asks.verify_files(verification_id=VERIFICATION, files=outcome.arrived.files)
    until(lambda: asks.get_verification(verification_id=VERIFICATION).verdict, 60)
    asks.request_report(verification_id=VERIFICATION)
    until(lambda: reported(asks), 60)
    return cases(outcome, sealed, by_device, copied)


def reported(signing: Signing) -> bool:
    """Whether the report of that verification is written."""
    try:
        signing.get_report(verification_id=VERIFICATION, format=ReportFormat.PDF)
    except ReportNotReady:
        return False
    return True


@pytest.fixture(autouse=True)
def nothing_is_recorded(ledger: Ledger, told: dict[str, Case]) -> Iterator[None]:
    """No event in any of the six stores, not even a receipt."""
    before = ledger.counts()
    yield
    assert ledger.counts() == before


def ask(caller: Client, method: str, words: dict[str, Any]) -> Any:
    """Ask by name, with whatever words."""
    service, _, name = method.partition(".")
    return caller.call(service, name, words)


def refusal_of(caller: Client, method: str, words: dict[str, Any]) -> Refused:
    """What the question is refused with."""
    with pytest.raises(Refused) as refused:
        ask(caller, method, words)
    return refused.value


def test_every_promised_method_has_its_case(told: dict[str, Case]) -> None:
    assert sorted(told) == sorted(METHODS)
    for method, case in told.items():
        assert set(required(method)) <= set(case.asked) <= set(parameters(method)), method


@pytest.mark.parametrize("method", [name for name in METHODS if required(name)])
def test_a_missing_field_is_named(method: str, told: dict[str, Case], seat: Seat) -> None:
    case = told[method]
    for field in required(method):
        words = {name: word for name, word in case.asked.items() if name != field}
        refused = refusal_of(seat(case.who), method, words)
        assert type(refused) is Invalid, (field, refused)
        assert field in refused.data["why"]


@pytest.mark.parametrize("method", [name for name in METHODS if parameters(name)])
def test_a_word_of_the_wrong_type_is_refused(
    method: str, told: dict[str, Case], seat: Seat
) -> None:
    case = told[method]
    for field in parameters(method):
        for word in OF_NO_TYPE:
            refused = refusal_of(seat(case.who), method, case.asked | {field: word})
            assert type(refused) is Invalid, (field, word, refused)
            assert refused.data["where"].startswith(field)


@pytest.mark.parametrize("method", METHODS)
def test_an_unknown_field_is_refused(method: str, told: dict[str, Case], seat: Seat) -> None:
    case = told[method]
    refused = refusal_of(seat(case.who), method, case.asked | {"surprise": 1})
    assert type(refused) is Invalid
    assert "surprise" in refused.data["why"]


@pytest.mark.parametrize("method", METHODS)
def test_without_a_valid_token_nothing_is_answered(
    method: str, told: dict[str, Case], edge: Witness, ground: Ground, tmp_path: Any
) -> None:
    case = told[method]
    for token in ("", "token", expired_token(ground), forged_token(tmp_path)):
        refused = refusal_of(edge.as_holder(token), method, case.asked)
        assert type(refused) is (case.then if method in PUBLIC else Denied), refused


def expired_token(ground: Ground) -> str:
    """Ours, and once good for everything, but a second too old."""
    return token_by(keys.token_private_key_file(ground.folder), timedelta(seconds=-1))


def forged_token(folder: Any) -> str:
    """Good for everything, if only we had signed it."""
    key, file = Ed25519PrivateKey.generate(), folder / "forged.pem"
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return token_by(file, timedelta(hours=1))


def token_by(key: Any, lasts: timedelta) -> str:
    """A token of somebody who may do everything in every role."""
    actor = Actor(person="nguyen-van-an", agency=SENDER.code)
    return tokens.issue(key, actor, list(Role), datetime.now(UTC) + lasts)


@pytest.mark.parametrize("method", METHODS)
def test_whom_it_does_not_concern_is_refused(
    method: str, told: dict[str, Case], seat: Seat
) -> None:
    case = told[method]
    assert case.strangers or method.startswith("accounts.") or method in FOR_EVERYBODY
    for who, refusal in case.strangers:
        refused = refusal_of(seat(who), method, case.asked)
        assert type(refused) is refusal, (who, refused)


@pytest.mark.parametrize("method", METHODS)
def test_unknown_ids_and_empty_words_are_refused(
    method: str, told: dict[str, Case], seat: Seat
) -> None:
    case = told[method]
    for words, refusal in case.wrong:
        refused = refusal_of(seat(case.who), method, case.asked | words)
        assert type(refused) is refusal, (words, refused)


@pytest.mark.parametrize("method", ACTS_TOO_LATE)
def test_an_act_out_of_order_is_refused(method: str, told: dict[str, Case], seat: Seat) -> None:
    case = told[method]
    assert case.then is not None
    refused = refusal_of(seat(case.who), method, case.asked)
    assert type(refused) is case.then
    assert "?" not in refused.message("vi").removesuffix("?") + refused.message("en")


@pytest.mark.rule("R5.1d-1")
@pytest.mark.parametrize("reason", ["", " ", "\n\t", None])
def test_a_refusal_needs_its_reason(reason: str | None, story: Story, seat: Seat) -> None:
    clerk = seat((REFUSER, Role.CLERK))
    words = {"document_id": story.refused_id, "code": RefusalCode.OTHER, "reason": reason}
    assert type(refusal_of(clerk, "intake.refuse_document", words)) is Invalid


def test_a_method_nobody_promised_is_refused(seat: Seat) -> None:
    clerk = seat((REFUSER, Role.CLERK))
    assert not hasattr(Intake, "forget_document")
    refused = refusal_of(clerk, "intake.forget_document", {"document_id": uuid4()})
    assert type(refused) is MethodUnknown
