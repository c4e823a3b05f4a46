"""The machine's own authority tells over HTTP what its folder says."""

from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from infra.local import pki
from infra.local.ground import Ground
from infra.local.responder import Responder

HELD = pki.Holder("person", "an", "Nguyễn Văn An", "Sở Nội vụ")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Responder]:
    """An authority with one holder."""
    folder = tmp_path_factory.mktemp("authority")
    pki.make(folder, [HELD])
    with Responder(folder) as responder:
        Thread(target=responder.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield responder
        responder.shutdown()


def ask(port: int, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
    """Status and body of an answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, body)
    answer = connection.getresponse()
    return answer.status, answer.read()


def state_of(served: Responder, certificate: x509.Certificate) -> ocsp.OCSPResponse:
    """What the authority says of a certificate."""
    issuer, _ = pki.authority(served.folder, "issuing")
    builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, hashes.SHA256())
    request = builder.build().public_bytes(Encoding.DER)
    status, body = ask(served.server_address[1], "POST", "/ocsp", request)
    assert status == 200
    return ocsp.load_der_ocsp_response(body)


def test_a_certificate_is_good_until_it_is_revoked(served: Responder) -> None:
    pem = served.folder / f"holders/person-{HELD.id}.pem"
    certificate = x509.load_pem_x509_certificate(pem.read_bytes())
    assert state_of(served, certificate).certificate_status is ocsp.OCSPCertStatus.GOOD
    at = datetime(2026, 3, 2, tzinfo=UTC)
    pki.revoke(served.folder, HELD.name, at)
    revoked = state_of(served, certificate)
    assert revoked.certificate_status is ocsp.OCSPCertStatus.REVOKED
    assert revoked.revocation_time_utc == at
    issuer, _ = pki.authority(served.folder, "issuing")
    status, body = ask(served.server_address[1], "GET", "/crl/issuing.crl")
    listed = x509.load_der_x509_crl(body)
    assert status == 200 and listed.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]
    assert listed.get_revoked_certificate_by_serial_number(certificate.serial_number) is not None


def test_of_a_stranger_it_says_nothing(served: Responder) -> None:
    stranger, _ = pki.authority(served.folder, "tsa")
    unknown = ocsp.OCSPResponseStatus.UNAUTHORIZED
    assert state_of(served, stranger).response_status is unknown


def test_before_there_are_keys_it_is_not_ready(tmp_path: Path) -> None:
    with Responder(tmp_path) as responder:
        Thread(target=responder.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        assert ask(responder.server_address[1], "GET", "/crl/root.crl")[0] == 503
        responder.shutdown()


def test_the_ground_has_it_running(ground: Ground) -> None:
    ground.check("authority")
    port = ground.state.ports["authority"]
    assert ask(port, "GET", "/crl/issuing.crl")[0] == 200
    assert ask(port, "GET", "/keys.json")[0] == 404
