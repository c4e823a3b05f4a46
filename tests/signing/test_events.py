"""What signing tells aloud, and what it keeps to itself."""

from contracts.envelope import Page
from contracts.signing import DocumentSigned, SignaturesVerified, SigningFailed
from contracts.values import SignerRole, Verdict
from services.kernel.context import acting, the_service
from services.signing.domain import signature_id
from tests.signing.bureau import DOCUMENT, OURS, Bureau, arrived, requested
from tests.signing.test_application import conclude


def told(bureau: Bureau) -> Page:
    """What a follower reads."""
    with acting(the_service("dispatch")):
        return bureau.signing.read_events(after=0)


def test_requests_are_not_told() -> None:
    bureau = Bureau()
    bureau.told(requested(bureau.file()))
    bureau.told(arrived([bureau.file()]))
    page = told(bureau)
    assert (page.events, page.upto) == ([], 2)


def test_a_made_signature_is_told_with_its_new_file() -> None:
    bureau = Bureau()
    bureau.told(requested(bureau.file()))
    signed = bureau.file(b"%PDF-1.7 signed")
    with acting(the_service("signing")):
        bureau.signing.record_signature(id=signature_id(DOCUMENT, SignerRole.LEADER), file=signed)
    assert [envelope.event() for envelope in told(bureau).events] == [
        DocumentSigned(document_id=DOCUMENT, agency=OURS, role=SignerRole.LEADER, file=signed)
    ]


def test_a_failure_is_told_with_code_and_reason() -> None:
    bureau = Bureau()
    bureau.told(requested(bureau.file()))
    with acting(the_service("signing")):
        bureau.signing.record_failure(
            id=signature_id(DOCUMENT, SignerRole.LEADER), code="FAILED", reason="no file"
        )
    (envelope,) = told(bureau).events
    failed = envelope.event()
    assert isinstance(failed, SigningFailed)
    assert (failed.role, failed.code, failed.reason) == (SignerRole.LEADER, "FAILED", "no file")


def test_a_verdict_is_told_under_the_document_it_is_about() -> None:
    bureau = Bureau()
    bureau.told(arrived([bureau.file()]))
    conclude(bureau)
    (envelope,) = told(bureau).events
    verified = envelope.event()
    assert isinstance(verified, SignaturesVerified)
    assert (verified.document_id, verified.verdict) == (DOCUMENT, Verdict.TRUSTED)
