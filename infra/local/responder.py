"""What an authority answers over HTTP: time stamps, revocation lists, the state of a certificate.

    POST /tsa              RFC 3161
    GET  /crl/issuing.crl  the list of `root` or `issuing` (DER)
    POST /ocsp             RFC 6960, for certificates of `issuing`

It misbehaves on request: `?slow=3` waits so many seconds, `?drop=1` ends the connection without an
answer, `?status=503` answers so, `?garbage=1` sends something else, and `/tsa?wrong=nonce` (or
`imprint`, `policy`, `mods`, `reject`) stamps wrongly. Loopback only.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from infra.local import pki
from infra.local.processes import LOOPBACK
from infra.local.stamps import TimeAuthority, time_authority

OCSP_LASTS = timedelta(hours=1)
MOST_BYTES = 64 * 1024


class Responder(ThreadingHTTPServer):
    """Serves the authority of a folder; `asked` counts the requests by path."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int = 0) -> None:
        super().__init__((LOOPBACK, port), _Answering)
        self.folder = folder
        self.asked: dict[str, int] = {}
        self.ended = Event()

    @property
    def url(self) -> str:
        """Where it answers, without a path."""
        return f"http://{LOOPBACK}:{self.server_address[1]}"

    def server_close(self) -> None:
        self.ended.set()
        super().server_close()


class _Answering(BaseHTTPRequestHandler):
    server: Responder

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        size = min(int(self.headers.get("Content-Length", 0)), MOST_BYTES)
        self._answer(self.rfile.read(size))

    def _answer(self, body: bytes) -> None:
        at = urlsplit(self.path)
        self.server.asked[at.path] = self.server.asked.get(at.path, 0) + 1
        moods = {name: values[0] for name, values in parse_qs(at.query).items()}
        self.server.ended.wait(float(moods.get("slow", 0)))
        if "drop" in moods:
            self.close_connection = True
            return
        status, kind, content = 200, "text/plain", b"busy"
        if "status" in moods:
            status = int(moods["status"])
        elif "garbage" not in moods:
            status, kind, content = self._content(at.path, body, moods.get("wrong", ""))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _content(self, path: str, body: bytes, wrong: str) -> tuple[int, str, bytes]:
        folder = self.server.folder
        if not (folder / "keys.json").exists():
            return 503, "text/plain", b"no keys yet"
        if path == "/tsa":
            stamp = _stamps(folder).answer(body, wrong)
            return 200, "application/timestamp-reply", stamp
        if path in ("/crl/root.crl", "/crl/issuing.crl"):
            pki.renew_lists(folder)
            return 200, "application/pkix-crl", (folder / path[1:]).read_bytes()
        if path == "/ocsp":
            return 200, "application/ocsp-response", certificate_state(folder, body)
        return 404, "text/plain", b"no such thing"

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: whoever asks keeps his own log."""


@cache
def _stamps(folder: Path) -> TimeAuthority:
    """The key is checked once; that takes longer than a stamp."""
    return time_authority(folder)


def certificate_state(folder: Path, request: bytes) -> bytes:
    """The OCSP response (DER) of the issuing authority about the one certificate asked for."""
    asked = ocsp.load_der_ocsp_request(request)
    issuer, key = pki.authority(folder, "issuing")
    index = pki.read_index(folder)
    serial = format(asked.serial_number, "x")
    paths = {one["serial"]: one["certificate"] for one in index["holders"].values()}
    if serial not in paths:
        unknown = ocsp.OCSPResponseStatus.UNAUTHORIZED
        return ocsp.OCSPResponseBuilder.build_unsuccessful(unknown).public_bytes(Encoding.DER)
    revoked = index["revoked"].get(serial)
    now = datetime.now(UTC).replace(microsecond=0)
    answer = ocsp.OCSPResponseBuilder().add_response(
        cert=x509.load_pem_x509_certificate((folder / paths[serial]).read_bytes()),
        issuer=issuer,
        algorithm=hashes.SHA1() if asked.hash_algorithm.name == "sha1" else hashes.SHA256(),
        cert_status=ocsp.OCSPCertStatus.REVOKED if revoked else ocsp.OCSPCertStatus.GOOD,
        this_update=now - timedelta(minutes=1),
        next_update=now + OCSP_LASTS,
        revocation_time=datetime.fromisoformat(revoked) if revoked else None,
        revocation_reason=x509.ReasonFlags.key_compromise if revoked else None,
    )
    answer = answer.responder_id(ocsp.OCSPResponderEncoding.NAME, issuer)
    return answer.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)
