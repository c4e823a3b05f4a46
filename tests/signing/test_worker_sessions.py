"""Signing with a device in two phases, with real keys and PDFs, each phase by another worker."""

import base64
import hashlib
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from contracts.signing import SessionNotOpen, SessionState, SignatureValuesUnequal, SigningSession
from contracts.values import FileRef, Placements, SignatureLevel, SignerRole
from services.kernel.context import Circumstances, acting
from services.signing.adapters.keys.algorithms import digest_name
from services.signing.adapters.keys.key import SigningKey
from services.signing.adapters.verification.judging import judge
from services.signing.domain import Progress, Signature, signature_id
from services.signing.worker import SigningWorker
from tests.signing.adapters.making.sheets import sheet
from tests.signing.adapters.making.test_blocks import words_of
from tests.signing.bureau import CLERK, DOCUMENT, NUMBER, requested
from tests.signing.bureau import LEADER as SIGNER
from tests.signing.conftest import AGENCY, LEADER, Desk
from tests.signing.council import Council
from tests.signing.index import hold
from tests.signing.test_worker import TRACE, job

MakeDesk = Callable[[], Desk]
SEAL = signature_id(DOCUMENT, SignerRole.AGENCY)


class Signers:
    """A bureau whose people hold their keys themselves, and a fresh worker for every job."""

    def __init__(self, council: Council, desk: Desk, devices: dict[str, SigningKey]) -> None:
        self.bureau, self.desk, self.devices = council, desk, devices

    def work(self, kind: str, id: UUID) -> None:
        """Another worker takes the job."""
        worker = SigningWorker(
            self.bureau.signing, self.bureau.shelf, self.desk.folder, self.desk.authority()
        )
        worker.work(job(kind, id), TRACE)

    def begin(self, role: SignerRole, who: Circumstances) -> UUID:
        """The signer opens a session, once the worker knows that his key is not here."""
        signature, id = signature_id(DOCUMENT, role), uuid4()
        self.work("signature", signature)
        sha256 = self.bureau.signing.load(Signature, signature).file.sha256
        with acting(who):
            self.bureau.signing.begin_signature(
                session_id=id, document_id=DOCUMENT, role=role, sha256=sha256
            )
        self.work("session", id)
        return id

    def give(self, id: UUID, value: bytes, who: Circumstances, *beside: bytes) -> None:
        """The device gave a value, and those of the attachments, and a worker looks at them."""
        first, *others = (base64.b64encode(one).decode() for one in (value, *beside))
        with acting(who):
            self.bureau.signing.complete_signature(session_id=id, value=first, beside=others)
        self.work("session", id)

    def look(self, id: UUID, who: Circumstances) -> SigningSession:
        """What the signer sees."""
        with acting(who):
            return self.bureau.signing.get_signing_session(session_id=id)

    def values(self, seen: SigningSession, holder: str) -> list[bytes]:
        """What the device makes of all that it is to sign."""
        asked = [seen.to_sign, *(one.to_sign for one in seen.beside)]
        return [self.devices[holder].sign(base64.b64decode(one)) for one in asked]

    def sign(self, role: SignerRole, holder: str, who: Circumstances) -> FileRef:
        """From the session to the signed file."""
        id = self.begin(role, who)
        seen = self.look(id, who)
        assert seen.state is SessionState.OPEN, seen
        self.give(id, self.devices[holder].sign(base64.b64decode(seen.to_sign)), who)
        done = self.look(id, who)
        assert done.state is SessionState.DONE and done.file, done
        return done.file


@pytest.fixture(params=[False, True], ids=["pkcs1", "pss"])
def signers(request: pytest.FixtureRequest, own_desk: MakeDesk) -> Signers:
    """Leader and agency with devices of their own; some SIMs sign with PSS."""
    desk, council = own_desk(), Council()
    council.entrust(desk.folder)
    for holder in (LEADER, AGENCY):
        held = {"kind": "software", "key": f"holders/{holder.replace(':', '-')}.key.pem"}
        hold(desk.folder, holder, **held, pss=request.param)
    devices = {holder: desk.key(holder) for holder in (LEADER, AGENCY)}
    for holder in devices:
        hold(desk.folder, holder, kind="token", pss=request.param)
    return Signers(council, desk, devices)


def test_leader_and_agency_sign_with_their_own_devices(
    signers: Signers, letter: tuple[bytes, Placements]
) -> None:
    pdf, places = letter
    signers.bureau.told(requested(signers.bureau.file(pdf), placements=places))
    signed = signers.sign(SignerRole.LEADER, LEADER, SIGNER)
    signers.bureau.told(requested(signed, SignerRole.AGENCY, number=NUMBER))
    sealed = signers.sign(SignerRole.AGENCY, AGENCY, CLERK)
    report = judge(signers.bureau.shelf.read(sealed.sha256), signers.desk.trust(), signers.desk.at)
    assert (report.verdict, report.legal_value) == ("TRUSTED", "ORIGINAL")
    for role in SignerRole:
        made = signers.bureau.signing.load(Signature, signature_id(DOCUMENT, role))
        assert made.progress is Progress.DONE


@pytest.fixture
def beside(signers: Signers, letter: tuple[bytes, Placements]) -> list[FileRef]:
    """Two attachments of a letter that the leader signed and whose seal waits for the device."""
    pdf, places = letter
    signers.bureau.told(requested(signers.bureau.file(pdf), placements=places))
    signed = signers.sign(SignerRole.LEADER, LEADER, SIGNER)
    files = [signers.bureau.file(sheet()), signers.bureau.file(sheet((842.0, 595.0)))]
    seal = requested(
        signed, SignerRole.AGENCY, number=NUMBER, attachments=files, level=SignatureLevel.B_LT
    )
    signers.bureau.told(seal)
    return files


@pytest.mark.rule("R9.2b-2")
def test_one_session_seals_a_document_and_its_attachments(
    signers: Signers, beside: list[FileRef]
) -> None:
    id = signers.begin(SignerRole.AGENCY, CLERK)
    seen = signers.look(id, CLERK)
    assert [one.file for one in seen.beside] == beside
    for one in seen.beside:
        assert hashlib.sha256(base64.b64decode(one.to_sign)).hexdigest() == one.digest
    signers.give(id, *give_as(signers.values(seen, AGENCY)))
    done = signers.look(id, CLERK)
    assert done.state is SessionState.DONE and len(done.attachments) == 2
    made: Any = list(signers.bureau.signing.events.get(SEAL))[-1]
    assert (made.file, made.attachments) == (done.file, done.attachments)
    for file, before in zip(done.attachments, beside, strict=True):
        pdf = signers.bureau.shelf.read(file.sha256)
        assert words_of(pdf).startswith(f"Số: {NUMBER.notation}; ")
        assert file.name == before.name
        assert judge(pdf, signers.desk.trust(), signers.desk.at).verdict == "TRUSTED"
    with acting(CLERK):
        proof = signers.bureau.signing.get_proof(document_id=DOCUMENT)
    assert proof.files == [done.file, *done.attachments]
    assert proof.level is SignatureLevel.B_LT


def test_every_attachment_takes_its_own_value(signers: Signers, beside: list[FileRef]) -> None:
    id = signers.begin(SignerRole.AGENCY, CLERK)
    values = signers.values(signers.look(id, CLERK), AGENCY)
    for few in (values[:1], values[:2], [*values, values[0]]):
        with pytest.raises(SignatureValuesUnequal) as refused:
            signers.give(id, *give_as(few))
        assert refused.value.data == {"expected": 2, "given": len(few) - 1}
    first, second, third = values
    signers.give(id, *give_as([first, third, second]))
    seen = signers.look(id, CLERK)
    assert (seen.state, seen.code) == (SessionState.OPEN, "SIGNATURE_VALUE_INVALID")
    signers.give(id, *give_as(values))
    before = signers.bureau.happened()
    signers.give(id, *give_as(values))
    with pytest.raises(SessionNotOpen):
        signers.give(id, *give_as([first, third, second]))
    assert signers.look(id, CLERK).state is SessionState.DONE
    assert signers.bureau.happened() == before


def test_a_document_is_not_begun_without_its_attachments(
    signers: Signers, letter: tuple[bytes, Placements]
) -> None:
    pdf, places = letter
    signers.bureau.told(requested(signers.bureau.file(pdf), placements=places))
    signed = signers.sign(SignerRole.LEADER, LEADER, SIGNER)
    bad = [signers.bureau.file(b"PK\x03\x04 a docx")]
    signers.bureau.told(requested(signed, SignerRole.AGENCY, number=NUMBER, attachments=bad))
    seen = signers.look(signers.begin(SignerRole.AGENCY, CLERK), CLERK)
    assert (seen.state, seen.code) == (SessionState.FAILED, "NOT_A_PDF")


def give_as(values: list[bytes]) -> tuple[Any, ...]:
    """Values as a signer gives them: the document's, who, the attachments'."""
    return values[0], CLERK, *values[1:]


def test_a_device_may_take_the_digest_alone(
    signers: Signers, letter: tuple[bytes, Placements]
) -> None:
    pdf, places = letter
    signers.bureau.told(requested(signers.bureau.file(pdf), placements=places))
    seen = signers.look(signers.begin(SignerRole.LEADER, SIGNER), SIGNER)
    assert seen.algorithm is not None
    to_sign = base64.b64decode(seen.to_sign)
    assert hashlib.new(digest_name(seen.algorithm), to_sign).hexdigest() == seen.digest
    assert 100 < len(to_sign) < 400
    assert to_sign[0] == 0x31


def test_a_wrong_value_is_told_before_it_goes_into_the_file(
    signers: Signers, letter: tuple[bytes, Placements]
) -> None:
    pdf, places = letter
    signers.bureau.told(requested(signers.bureau.file(pdf), placements=places))
    id = signers.begin(SignerRole.LEADER, SIGNER)
    to_sign = base64.b64decode(signers.look(id, SIGNER).to_sign)
    kept = len(signers.bureau.shelf.kept)
    for wrong in (signers.devices[AGENCY].sign(to_sign), b"not even a signature"):
        signers.give(id, wrong, SIGNER)
        seen = signers.look(id, SIGNER)
        assert (seen.state, seen.code) == (SessionState.OPEN, "SIGNATURE_VALUE_INVALID")
    assert len(signers.bureau.shelf.kept) == kept
    signers.give(id, signers.devices[LEADER].sign(to_sign), SIGNER)
    assert signers.look(id, SIGNER).state is SessionState.DONE


def test_a_file_that_cannot_be_signed_fails_before_the_device_is_asked(signers: Signers) -> None:
    signers.bureau.told(requested(signers.bureau.file(b"PK\x03\x04 a docx")))
    id = signers.begin(SignerRole.LEADER, SIGNER)
    seen = signers.look(id, SIGNER)
    assert (seen.state, seen.code) == (SessionState.FAILED, "NOT_A_PDF")
    failed = signers.bureau.signing.load(Signature, signature_id(DOCUMENT, SignerRole.LEADER))
    assert failed.progress is Progress.FAILED


def test_a_repeated_job_changes_nothing(signers: Signers, letter: tuple[bytes, Placements]) -> None:
    pdf, places = letter
    signers.bureau.told(requested(signers.bureau.file(pdf), placements=places))
    id = signers.begin(SignerRole.LEADER, SIGNER)
    before = signers.bureau.written()
    signers.work("session", id)
    signers.work("signature", signature_id(DOCUMENT, SignerRole.LEADER))
    assert signers.bureau.written() == before


def test_a_holder_whose_key_is_held_here_needs_no_session(
    own_desk: MakeDesk, letter: tuple[bytes, Placements]
) -> None:
    desk, council = own_desk(), Council()
    council.entrust(desk.folder)
    signers = Signers(council, desk, {})
    pdf, places = letter
    council.told(requested(council.file(pdf), placements=places))
    id, signature = uuid4(), signature_id(DOCUMENT, SignerRole.LEADER)
    sha256 = council.signing.load(Signature, signature).file.sha256
    with acting(SIGNER):
        council.signing.begin_signature(
            session_id=id, document_id=DOCUMENT, role=SignerRole.LEADER, sha256=sha256
        )
    signers.work("session", id)
    assert signers.look(id, SIGNER).code == "KEY_HELD_HERE"
    signers.work("signature", signature)
    assert council.signing.load(Signature, signature).progress is Progress.DONE
