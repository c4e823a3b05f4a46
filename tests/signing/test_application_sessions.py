"""Sessions without a worker: who may sign with his device, when, and what is refused."""

import threading
import time
from datetime import timedelta
from uuid import UUID, uuid4

import msgspec
import pytest

from contracts.envelope import Actor
from contracts.errors import Denied, Invalid, NotFound
from contracts.signing import (
    RevisionChanged,
    SessionConflict,
    SessionExpired,
    SessionNotOpen,
    SessionState,
    SignatureAlgorithm,
    SignatureNotAwaited,
    SigningFailed,
    SigningSession,
    WorkAlreadyConcluded,
)
from contracts.values import FileRef, Role, SignerRole
from services.kernel.context import Circumstances, acting, current, the_service
from services.signing.application.sessions import MOST_WAITING, SESSION_LASTS
from services.signing.domain import Progress, Signature, Unsigned, signature_id
from services.signing.events import publish
from tests.conftest import until
from tests.signing.bureau import (
    CLERK,
    DOCUMENT,
    LEADER,
    OURS,
    STRANGER,
    Bureau,
    requested,
)

SIGNATURE = signature_id(DOCUMENT, SignerRole.LEADER)
VALUE, OTHER = "A" * 344, "B" * 344
WORKER = the_service("signing")


@pytest.fixture
def bureau() -> Bureau:
    """A bureau that waits for the leader's device."""
    bureau = Bureau()
    bureau.told(requested(bureau.file()))
    with acting(WORKER):
        bureau.signing.record_device(id=SIGNATURE)
    return bureau


def file_of(bureau: Bureau) -> FileRef:
    """The file to sign."""
    return bureau.signing.load(Signature, SIGNATURE).file


def begin(bureau: Bureau, session_id: UUID | None = None, who: Circumstances = LEADER) -> UUID:
    """The leader opens a session."""
    id = session_id or uuid4()
    with acting(who):
        bureau.signing.begin_signature(
            session_id=id,
            document_id=DOCUMENT,
            role=SignerRole.LEADER,
            sha256=file_of(bureau).sha256,
        )
    return id


def prepare(bureau: Bureau, id: UUID, who: Circumstances = WORKER) -> None:
    """A worker did the first phase."""
    unsigned = Unsigned(
        file=bureau.file(b"prepared"),
        region=(100, 200),
        digest="0" * 64,
        to_sign="MQ==",
        hashed="1" * 64,
        certificate="MA==",
        algorithm=SignatureAlgorithm.RSA_SHA256,
    )
    with acting(who):
        bureau.signing.record_prepared(id=id, unsigned=unsigned)


def give(bureau: Bureau, id: UUID, value: str = VALUE, who: Circumstances = LEADER) -> None:
    """The device gave a value."""
    with acting(who):
        bureau.signing.complete_signature(session_id=id, value=value)


def look(bureau: Bureau, id: UUID, wait_seconds: float = 0) -> SigningSession:
    """What the leader sees."""
    with acting(LEADER):
        return bureau.signing.get_signing_session(session_id=id, wait_seconds=wait_seconds)


def opened(bureau: Bureau) -> UUID:
    """A session that waits for the device."""
    id = begin(bureau)
    prepare(bureau, id)
    return id


def test_a_session_ends_with_the_signature_made(bureau: Bureau) -> None:
    id = begin(bureau)
    assert look(bureau, id).state is SessionState.PREPARING
    prepare(bureau, id)
    seen = look(bureau, id)
    assert (seen.state, seen.to_sign, seen.digest) == (SessionState.OPEN, "MQ==", "1" * 64)
    give(bureau, id)
    assert look(bureau, id).state is SessionState.CHECKING
    signed = bureau.file(b"signed")
    with acting(WORKER):
        bureau.signing.record_completed(id=id, file=signed)
    assert (look(bureau, id).state, look(bureau, id).file) == (SessionState.DONE, signed)
    assert bureau.signing.load(Signature, SIGNATURE).progress is Progress.DONE


def test_opening_and_giving_the_same_again_is_nothing_new(bureau: Bureau) -> None:
    id = opened(bureau)
    before = bureau.happened()
    begin(bureau, id)
    assert bureau.happened() == before
    give(bureau, id)
    before = bureau.happened()
    give(bureau, id)
    assert bureau.happened() == before
    with acting(WORKER):
        bureau.signing.record_completed(id=id, file=bureau.file(b"signed"))
    give(bureau, id)
    with pytest.raises(SessionNotOpen):
        give(bureau, id, OTHER)


def test_a_document_has_one_open_session(bureau: Bureau) -> None:
    first = begin(bureau)
    with pytest.raises(SessionConflict) as conflict:
        begin(bureau)
    assert conflict.value.data["session_id"] == str(first)
    prepare(bureau, first)
    give(bureau, first)
    bureau.instant += SESSION_LASTS
    with pytest.raises(SessionConflict):
        begin(bureau)


def test_a_session_runs_out_and_makes_way(bureau: Bureau) -> None:
    id = opened(bureau)
    bureau.instant += SESSION_LASTS - timedelta(seconds=1)
    assert look(bureau, id).state is SessionState.OPEN
    bureau.instant += timedelta(seconds=1)
    assert look(bureau, id).state is SessionState.EXPIRED
    with pytest.raises(SessionExpired):
        give(bureau, id)
    another = opened(bureau)
    give(bureau, another)
    assert look(bureau, another).state is SessionState.CHECKING


def test_a_wrong_value_leaves_the_session_open(bureau: Bureau) -> None:
    id = opened(bureau)
    give(bureau, id)
    with pytest.raises(SessionNotOpen):
        give(bureau, id, OTHER)
    with acting(WORKER):
        bureau.signing.record_wrong_value(id=id, code="SIGNATURE_VALUE_INVALID", reason="sai")
    seen = look(bureau, id)
    assert (seen.state, seen.code) == (SessionState.OPEN, "SIGNATURE_VALUE_INVALID")
    give(bureau, id, OTHER)
    assert look(bureau, id).code == ""


def test_a_value_before_there_is_anything_to_sign_is_refused(bureau: Bureau) -> None:
    id = begin(bureau)
    with pytest.raises(SessionNotOpen):
        give(bureau, id)


@pytest.mark.rule("R9.2b-1")
def test_nobody_signs_for_another(bureau: Bureau) -> None:
    another = Circumstances(
        actor=Actor(person="tran-thi-bich", agency=OURS), roles=frozenset({Role.LEADER})
    )
    for who in (another, CLERK, STRANGER):
        with pytest.raises(Denied):
            begin(bureau, who=who)
    id = opened(bureau)
    for who in (another, CLERK, STRANGER):
        with pytest.raises(Denied):
            give(bureau, id, who=who)
        with acting(who), pytest.raises(Denied):
            bureau.signing.get_signing_session(session_id=id)
        with acting(who), pytest.raises(Denied):
            bureau.signing.decline_signature(
                document_id=DOCUMENT, role=SignerRole.LEADER, why="không ký"
            )


def test_the_clerk_who_keeps_the_key_seals(bureau: Bureau) -> None:
    bureau.hand_over()
    bureau.told(requested(bureau.file(b"signed"), SignerRole.AGENCY))
    asked = {"session_id": uuid4(), "document_id": DOCUMENT, "role": SignerRole.AGENCY}
    asked["sha256"] = bureau.file(b"signed").sha256
    for who in (LEADER, STRANGER):
        with acting(who), pytest.raises(Denied):
            bureau.signing.begin_signature(**asked)
    with acting(CLERK):
        bureau.signing.begin_signature(**asked)


def test_a_signer_signs_the_file_he_saw(bureau: Bureau) -> None:
    with acting(LEADER), pytest.raises(RevisionChanged) as changed:
        bureau.signing.begin_signature(
            session_id=uuid4(), document_id=DOCUMENT, role=SignerRole.LEADER, sha256="0" * 64
        )
    assert changed.value.data["sha256"] == file_of(bureau).sha256


@pytest.mark.parametrize("beside", [False, True], ids=["another file", "one more beside it"])
def test_what_was_prepared_for_other_files_signs_nothing(bureau: Bureau, beside: bool) -> None:
    """The session is being checked when the signature is asked for anew, with other files."""
    other = bureau.file(b"%PDF-1.7 another")
    asked = (file_of(bureau), [other]) if beside else (other, [])
    id = opened(bureau)
    give(bureau, id)
    with acting(WORKER):
        bureau.signing.record_failure(id=SIGNATURE, code="X", reason="dispatch asks again")
    bureau.told(requested(asked[0], attachments=asked[1]))
    with acting(WORKER):
        bureau.signing.record_completed(id=id, file=bureau.file(b"signed"))
    seen = look(bureau, id)
    assert (seen.state, seen.code) == (SessionState.FAILED, "BASE_CHANGED")
    assert bureau.signing.load(Signature, SIGNATURE).progress is Progress.REQUESTED


def test_a_signature_that_is_not_awaited_has_no_session(bureau: Bureau) -> None:
    with acting(LEADER), pytest.raises(NotFound):
        bureau.signing.begin_signature(
            session_id=uuid4(), document_id=uuid4(), role=SignerRole.LEADER, sha256="0" * 64
        )
    with acting(WORKER):
        bureau.signing.record_signature(id=SIGNATURE, file=bureau.file(b"signed"))
    with pytest.raises(SignatureNotAwaited):
        begin(bureau)


def test_an_id_of_another_thing_is_no_session(bureau: Bureau) -> None:
    with pytest.raises(Invalid):
        begin(bureau, SIGNATURE)
    with pytest.raises(NotFound):
        give(bureau, SIGNATURE)


def test_a_declined_signature_goes_back_with_its_reason(bureau: Bureau) -> None:
    id = opened(bureau)
    with acting(LEADER):
        bureau.signing.decline_signature(
            document_id=DOCUMENT, role=SignerRole.LEADER, why="Thiết bị hỏng"
        )
    assert look(bureau, id).state is SessionState.FAILED
    failed = publish(list(bureau.signing.events.get(SIGNATURE))[-1])
    assert isinstance(failed, SigningFailed)
    assert (failed.code, failed.reason) == ("DECLINED", "Thiết bị hỏng")
    with acting(LEADER), pytest.raises(SignatureNotAwaited):
        bureau.signing.decline_signature(document_id=DOCUMENT, role=SignerRole.LEADER, why="nữa")


def test_a_value_being_checked_is_not_declined(bureau: Bureau) -> None:
    id = opened(bureau)
    give(bureau, id)
    with acting(LEADER), pytest.raises(SessionConflict):
        bureau.signing.decline_signature(document_id=DOCUMENT, role=SignerRole.LEADER, why="thôi")


def test_a_failed_session_fails_the_signature_that_waits_for_the_device(bureau: Bureau) -> None:
    id = begin(bureau)
    with acting(WORKER):
        bureau.signing.record_session_failure(id=id, code="NOT_A_PDF", reason="no PDF")
        with pytest.raises(WorkAlreadyConcluded):
            bureau.signing.record_session_failure(id=id, code="NOT_A_PDF", reason="again")
    assert look(bureau, id).code == "NOT_A_PDF"
    assert bureau.signing.load(Signature, SIGNATURE).progress is Progress.FAILED


def test_a_session_too_early_fails_alone() -> None:
    """The worker has not yet seen where the key is: it may still sign itself."""
    bureau = Bureau()
    bureau.told(requested(bureau.file()))
    id = begin(bureau)
    with acting(WORKER):
        bureau.signing.record_session_failure(id=id, code="KEY_HELD_HERE", reason="held here")
    assert bureau.signing.load(Signature, SIGNATURE).progress is Progress.REQUESTED


def test_only_a_worker_records_what_became_of_a_session(bureau: Bureau) -> None:
    id, file = begin(bureau), bureau.file()
    told = {"code": "X", "reason": "x"}
    with acting(LEADER):
        for record in (
            lambda: bureau.signing.record_device(id=SIGNATURE),
            lambda: prepare(bureau, id, LEADER),
            lambda: bureau.signing.record_wrong_value(id=id, **told),
            lambda: bureau.signing.record_completed(id=id, file=file),
            lambda: bureau.signing.record_session_failure(id=id, **told),
        ):
            with pytest.raises(Denied):
                record()


def test_who_waits_hears_as_soon_as_the_worker_is_done(bureau: Bureau) -> None:
    id = begin(bureau)
    heard: list[SigningSession] = []
    began = time.monotonic()
    waits = threading.Thread(target=lambda: heard.append(look(bureau, id, 20)))
    waits.start()
    prepare(bureau, id)
    waits.join(10)
    assert heard[0].state is SessionState.OPEN
    assert time.monotonic() - began < 10


def test_nobody_waits_beyond_what_he_asked_or_his_deadline(bureau: Bureau) -> None:
    id = begin(bureau)
    began = time.monotonic()
    assert look(bureau, id, 0.1).state is SessionState.PREPARING
    with acting(msgspec.structs.replace(LEADER, deadline=time.time() + 0.4)):
        assert current().deadline < time.time() + 1
        assert bureau.signing.get_signing_session(session_id=id, wait_seconds=20)
    assert 0.1 <= time.monotonic() - began < 5


def test_too_many_who_wait_are_answered_as_things_stand(bureau: Bureau) -> None:
    id = begin(bureau)
    waiting = [threading.Thread(target=look, args=(bureau, id, 20)) for _ in range(MOST_WAITING)]
    for one in waiting:
        one.start()
    until(lambda: bureau.signing.waiting._value == 0)
    assert look(bureau, id, 20).state is SessionState.PREPARING
    prepare(bureau, id)
    for one in waiting:
        one.join(10)
    until(lambda: bureau.signing.waiting._value == MOST_WAITING)


def test_the_log_opens_and_closes_a_job_for_each_phase(bureau: Bureau) -> None:
    def jobs() -> list[tuple[str, bool]]:
        entries, _ = bureau.signing.jobs.read(0)
        return [(e.key.partition("/")[0], e.job is not None) for e in entries]

    assert jobs() == [("signature", True), ("signature", False)]
    id = opened(bureau)
    assert jobs()[2:] == [("session", True), ("session", False)]
    give(bureau, id)
    with acting(WORKER):
        bureau.signing.record_wrong_value(id=id, code="X", reason="x")
    assert jobs()[4:] == [("session", True), ("session", False)]
    give(bureau, id, OTHER)
    with acting(WORKER):
        bureau.signing.record_completed(id=id, file=bureau.file(b"signed"))
    assert jobs()[6:] == [("session", True), ("session", False), ("signature", False)]
