"""An agency and the axis over HTTP: sent, listed, fetched, taken in; whoever is wrong is told."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
import urllib3

from contracts.axis import (
    AxisCode,
    AxisRefused,
    MessageType,
    Operation,
    PackageState,
    Registration,
    file_hash,
    questions,
    signed,
)
from contracts.edxml import Document, Status, fingerprint, read
from contracts.errors import Unavailable
from infra.axis.control import Control, ControlRefused
from infra.axis.door import Axis as Server
from infra.local.processes import free_ports
from services.kernel.axis import Axis
from tests.axis.conftest import OTHER, RECEIVER, SENDER, TOKEN
from tests.contracts.edxml_letters import changed, letter, old_status, organ, status
from tests.contracts.test_edxml import AT

Held = Callable[..., Axis]
DOCUMENT, STATUS = MessageType.DOCUMENT, MessageType.STATUS
LETTER = letter().encode()


def sent(axis: Axis, data: bytes = LETTER, kind: MessageType = DOCUMENT, **said: object) -> str:
    """Hand over a message."""
    told = {"sender": axis.system_id, **said}
    return axis.ask(questions.send(data, kind, **told)).doc_id  # type: ignore[arg-type]


def test_a_document_goes_from_one_agency_to_another(as_agency: Held) -> None:
    sender, receiver = as_agency(SENDER), as_agency(RECEIVER)
    doc_id = sent(sender)
    (package,) = receiver.ask(questions.received(DOCUMENT)).data
    assert (package.sender, package.receiver, package.state) == (SENDER, RECEIVER, "initial")
    assert package.doc_id != doc_id
    came = read(receiver.ask(questions.fetch(package.doc_id)).content()).message
    assert isinstance(came, Document) and fingerprint(came) == fingerprint(read(LETTER).message)
    receiver.ask(questions.set_state(package.doc_id, PackageState.PROCESSING))
    receiver.ask(questions.set_state(package.doc_id, PackageState.DONE, "đã nhận"))
    assert receiver.ask(questions.received(DOCUMENT)).data == []
    assert receiver.ask(questions.fetch(package.doc_id)).data
    (line,) = sender.ask(questions.sent(DOCUMENT, doc_id)).data
    assert (line.receiver, line.receive_state, line.receive_told) == (RECEIVER, "done", "đã nhận")
    assert (line.title, line.notation) == ("V/v góp ý dự thảo quy chế mẫu", "15/SVD-VP")


def test_a_status_goes_back_to_whoever_sent_the_document(as_agency: Held) -> None:
    sent(as_agency(RECEIVER), status("06").encode(), STATUS)
    sender = as_agency(SENDER)
    assert sender.ask(questions.received(DOCUMENT)).data == []
    (package,) = sender.ask(questions.received(STATUS)).data
    told = read(sender.ask(questions.fetch(package.doc_id)).content()).message
    assert isinstance(told, Status) and told.code == "06"


def test_every_recipient_gets_a_package_or_those_who_are_asked_for(as_agency: Held) -> None:
    both = changed(letter(["To", *LETTER_WORDS]), organ(RECEIVER), organ(OTHER)).encode()
    both = both.replace(organ(OTHER).encode(), organ(RECEIVER).encode(), 1)
    sender = as_agency(SENDER)
    sent(sender, both)
    sent(sender, both, to=[OTHER])
    counts = [as_agency(code).ask(questions.count(DOCUMENT)).count for code in (RECEIVER, OTHER)]
    assert counts == [1, 2]
    assert as_agency(OTHER).ask(questions.count(STATUS)).count == 0


LETTER_WORDS = (
    *("From", "To", "DocumentId", "Code", "PromulgationInfo", "DocumentType", "Subject"),
    *("Content", "SignerInfo", "DueDate", "OtherInfo", "ResponseFor", "SteeringType", "ToPlaces"),
)


def test_an_old_code_reaches_the_agency_of_the_new(as_agency: Held, control: Control) -> None:
    control.enrol(RECEIVER, f"secret of {RECEIVER}", old_code="000.00.31.H47")
    text = changed(letter(), organ(RECEIVER), organ("000.00.31.H47"))
    sent(as_agency(SENDER), text.encode())
    (package,) = as_agency(RECEIVER).ask(questions.received(DOCUMENT)).data
    assert package.receiver == "000.00.31.H47"


def test_lists_are_bounded_by_days(as_agency: Held) -> None:
    sent(as_agency(SENDER))
    receiver = as_agency(RECEIVER)
    day = receiver.ask(questions.received(DOCUMENT)).data[0].created[:10]
    assert len(receiver.ask(questions.received(DOCUMENT, day, day)).data) == 1
    assert receiver.ask(questions.received(DOCUMENT, until="2020/01/01")).data == []
    assert receiver.ask(questions.received(DOCUMENT, since="2999/01/01")).data == []


def test_a_file_is_downloaded_the_younger_way(as_agency: Held) -> None:
    sent(as_agency(SENDER))
    receiver = as_agency(RECEIVER)
    (package,) = receiver.ask(questions.received(DOCUMENT)).data
    told = receiver.ask(questions.download(package.doc_id))
    assert told.content() == receiver.ask(questions.fetch(package.doc_id)).content()
    with pytest.raises(AxisRefused) as no:
        receiver.ask(questions.download("none"))
    assert no.value.data["code"] == "100"


def test_the_directory_is_kept(as_agency: Held, control: Control) -> None:
    control.enrol(RECEIVER, f"secret of {RECEIVER}", old_code="000.00.31.H47")
    axis = as_agency(SENDER)
    known = {unit.code: unit for unit in axis.ask(questions.agencies()).data}
    assert known[RECEIVER].old_code == "000.00.31.H47"
    new = {unit.code: unit for unit in axis.ask(questions.agencies_by_new_code()).data}
    assert new[RECEIVER].code_102 == "000.00.31.H47"
    child = Registration(id="7", code="H47.31.01", name="Phòng Mẫu", mail="p@b.vn", parent=RECEIVER)
    axis.ask(questions.register(child))
    units = {unit.code: unit for unit in axis.ask(questions.units()).data}
    assert units["H47.31.01"].parent == units[RECEIVER].id
    axis.ask(questions.delete("H47.31.01"))
    closed = {unit.code: unit for unit in axis.ask(questions.units()).data}["H47.31.01"]
    assert closed.deleted and closed.version == 2
    assert "H47.31.01" not in {unit.code for unit in axis.ask(questions.agencies()).data}


def test_every_operation_is_answered(as_agency: Held) -> None:
    """The thirteen of the published clients: each with `status`, `ErrorCode` and `ErrorDesc`."""
    axis = as_agency(SENDER)
    assert len(Operation) == 13
    for operation in Operation:
        asked = questions.Ask(operation, {"messagetype": "edoc"}, questions.Answer)
        try:
            assert axis.ask(asked).code == "0"
        except AxisRefused as no:
            assert no.data["code"] in {*AxisCode, "100"} and no.data["told"].isascii()


REFUSED = {
    "another's document": (changed(letter(), SENDER, OTHER).encode(), {}, "19"),
    "in another's name": (LETTER, {"sender": OTHER}, "19"),
    "an unknown receiver": (changed(letter(), organ(RECEIVER), organ("H99")).encode(), {}, "18"),
    "a subset that is unknown": (LETTER, {"to": ["H99"]}, "18"),
    "no edXML": (b"<xml/>", {}, "22"),
    "a look-alike": (letter().replace("_2016", "_2022").encode(), {}, "22"),
    "the older family": (old_status().encode(), {}, "22"),
    "a document called a status": (LETTER, {"kind": STATUS}, "22"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_axis_refuses_is_told_by_code_and_kept_by_nobody(
    case: str, as_agency: Held
) -> None:
    data, said, code = REFUSED[case]
    with pytest.raises(AxisRefused) as no:
        sent(as_agency(SENDER), data, **{"kind": DOCUMENT, **said})  # type: ignore[arg-type]
    assert no.value.data["code"] == code
    assert code in no.value.message("vi") and "sendEdoc" in no.value.message("en")
    assert as_agency(RECEIVER).ask(questions.count(DOCUMENT)).count == 0


def test_a_locked_receiver_is_told(as_agency: Held, control: Control) -> None:
    control.enrol(RECEIVER, f"secret of {RECEIVER}", locked=1)
    with pytest.raises(AxisRefused) as no:
        sent(as_agency(SENDER))
    assert no.value.data["code"] == AxisCode.RECEIVER_LOCKED


def test_a_package_is_its_receivers_alone(as_agency: Held) -> None:
    sent(as_agency(SENDER))
    (package,) = as_agency(RECEIVER).ask(questions.received(DOCUMENT)).data
    for asked in (
        questions.fetch(package.doc_id),
        questions.set_state(package.doc_id, PackageState.DONE),
    ):
        with pytest.raises(AxisRefused):
            as_agency(OTHER).ask(asked)
    with pytest.raises(AxisRefused):
        as_agency(RECEIVER).ask(questions.set_state(package.doc_id, PackageState.INITIAL))


def test_who_has_no_secret_may_not_ask(as_agency: Held) -> None:
    for code, secret in ((SENDER, "guessed"), ("H99", f"secret of {SENDER}")):
        with pytest.raises(AxisRefused) as no:
            as_agency(code, secret=secret).ask(questions.agencies())
        assert no.value.data["code"] == AxisCode.CALLER_UNKNOWN


def raw(server: Server, headers: dict[str, str], body: bytes) -> dict[str, str]:
    """A question as somebody else writes it."""
    url = f"{server.url}/XrdAdapter/adapter/sendEdoc"
    told: dict[str, str] = urllib3.request("POST", url, headers=headers, body=body).json()
    return told


def question(**said: str) -> tuple[dict[str, str], bytes]:
    """The headers and the body of a sending, with some arguments said otherwise."""
    asked = questions.send(LETTER, DOCUMENT, SENDER)
    asked = asked._replace(arguments=asked.arguments | said)
    made = signed(asked, system_id=SENDER, secret=f"secret of {SENDER}", at=AT)
    return made.headers, made.body


@pytest.mark.parametrize("padded", [True, False])
@pytest.mark.parametrize("end", [b"\r\n", b""])
def test_either_way_to_hash_a_file_is_taken(
    server: Server, control: Control, padded: bool, end: bytes
) -> None:
    headers, _ = question(**{"hash-file": file_hash(LETTER, padded=padded)})
    assert raw(server, headers, LETTER + end)["status"] == "OK"


def test_stale_arguments_of_earlier_questions_do_no_harm(server: Server, control: Control) -> None:
    headers, body = question(docId="stale", level="1")
    assert raw(server, headers, body)["status"] == "OK"


def test_a_file_that_is_not_the_signed_one_is_refused(server: Server, control: Control) -> None:
    headers, body = question()
    assert raw(server, headers, body.replace(b"15", b"16"))["ErrorCode"] == "10"


def test_a_header_that_is_not_the_signed_one_is_refused(server: Server, control: Control) -> None:
    headers, body = question()
    spoiled = headers | {"XroadVnpt-from": OTHER}
    assert raw(server, spoiled, body)["ErrorCode"] == "15"
    bare = {k: v for k, v in headers.items() if "sign-header" not in k}
    assert raw(server, bare, body)["ErrorCode"] == "15"


def test_what_is_no_operation_is_not_there(server: Server, control: Control) -> None:
    for method, path in (("GET", "sendEdoc"), ("POST", "countReceiveEdoc"), ("POST", "dropAll")):
        url = f"{server.url}/XrdAdapter/adapter/{path}"
        assert urllib3.request(method, url).status == 404
    assert urllib3.request("GET", f"{server.url}/readyz").status == 200


def test_control_is_for_whoever_holds_the_token(server: Server) -> None:
    with pytest.raises(ControlRefused):
        Control(server.url, "guessed").enrol("H1", "x")
    with pytest.raises(ControlRefused):
        Control(server.url, TOKEN)._order("nothing", {})
    assert server.store.agencies() == []


def test_an_axis_that_is_not_there_is_unavailable(as_agency: Held) -> None:
    (nobody,) = free_ports(1)
    with pytest.raises(Unavailable):
        as_agency(SENDER, url=f"http://127.0.0.1:{nobody}").ask(questions.agencies())


def test_the_list_of_receivers_goes_as_text(server: Server, control: Control) -> None:
    headers, body = question(to=json.dumps([RECEIVER]))
    assert raw(server, headers, body)["status"] == "OK"
    headers, body = question(to="H47.31")
    assert raw(server, headers, body)["ErrorCode"] == "10"
