"""The door of intake keeps every promise, and lets in only what is said completely."""

from __future__ import annotations

import inspect
from typing import Any
from uuid import UUID

import msgspec
import pytest

from contracts.intake import Intake as Promise
from services.intake.application import Intake
from services.intake.service import IntakeService
from services.kernel.call import shape_of

ASSIGNMENT: dict[str, Any] = {"lead": "Phòng Nghiệp vụ", "due_on": "2026-03-18"}
BLANKS = ["", " ", "\n\t"]


def asked(method: str, **arguments: Any) -> Any:
    """The arguments of a call as the door understands them."""
    whole = {"document_id": str(UUID(int=1))} | arguments
    return msgspec.convert(whole, shape_of(getattr(IntakeService, method)))


def test_every_promised_method_is_answered_by_one_of_the_same_signature() -> None:
    promised = {name for name in dir(Promise) if not name.startswith("_")}
    answered = {name for name in vars(IntakeService) if not name.startswith("_")}
    assert answered - {"name", "application"} == promised
    for name in promised:
        ours = inspect.signature(inspect.unwrap(getattr(Intake, name))).parameters
        assert list(ours) == list(inspect.signature(getattr(Promise, name)).parameters), name


@pytest.mark.rule("R8.2b")
@pytest.mark.parametrize(
    "lead", [{}, {"lead": None}, {"lead": ["Phòng A", "Phòng B"]}, *({"lead": b} for b in BLANKS)]
)
def test_a_direction_without_exactly_one_lead_is_refused(lead: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        asked("direct_document", assignment={"due_on": "2026-03-18", **lead})


@pytest.mark.rule("R8.2b")
@pytest.mark.parametrize("several", [[], ["Văn phòng"], ["Văn phòng", "Thanh tra"]])
def test_a_direction_names_any_number_of_coordinators(several: list[str]) -> None:
    call = asked("direct_document", assignment={**ASSIGNMENT, "coordinators": several})
    assert call.assignment.coordinators == several


@pytest.mark.rule("R5.1d-1")
@pytest.mark.parametrize("reason", [*({"reason": blank} for blank in BLANKS), {}])
def test_a_refusal_without_words_is_rejected(reason: dict[str, str]) -> None:
    with pytest.raises(msgspec.ValidationError):
        asked("refuse_document", code="OTHER", **reason)


@pytest.mark.rule("R5.1d-1")
@pytest.mark.parametrize("code", [{"code": ""}, {"code": "BECAUSE"}, {}])
def test_a_refusal_without_a_known_code_is_rejected(code: dict[str, str]) -> None:
    assert asked("refuse_document", code="OTHER", reason="Sai nơi nhận").reason == "Sai nơi nhận"
    with pytest.raises(msgspec.ValidationError):
        asked("refuse_document", reason="Sai nơi nhận", **code)
