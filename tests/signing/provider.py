"""A remote signing provider over loopback HTTP, for tests: the CSC API of versions 1 and 2.

It stands in for the outside world. Each authorisation is for one digest and spent by one signature.
`unsteady` is the share of questions that it lets run out of time, as many before the act as after;
half as many get a 503.
"""

from __future__ import annotations

import base64
import json
import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from services.signing.adapters.keys.software import SoftwareKey

BEARER = "vé của nhà cung cấp".encode().hex()
PSS = "1.2.840.113549.1.1.10"
HASHES = {
    "2.16.840.1.101.3.4.2.1": hashes.SHA256(),
    "2.16.840.1.101.3.4.2.2": hashes.SHA384(),
    "2.16.840.1.101.3.4.2.3": hashes.SHA512(),
}


class No(Exception):
    """The provider's answer is an error: its code and what it says."""


@dataclass
class Provider:
    """What it holds and what it was asked. `consents` says whether the person agrees when asked."""

    keys: dict[str, SoftwareKey]
    pins: dict[str, str] = field(default_factory=dict)
    one_time: set[str] = field(default_factory=set)
    consents: bool = True
    unsteady: float = 0.0
    patience: float = 1.0
    url: str = ""
    asked: Counter[str] = field(default_factory=Counter)
    authorised: dict[str, str] = field(default_factory=dict)
    chance: random.Random = field(default_factory=lambda: random.Random(4711))

    def answer(self, path: str, words: dict[str, Any]) -> dict[str, Any]:
        """What is answered, or `No`."""
        version, _, what = path.strip("/").removeprefix("csc/").partition("/")
        self.asked[what] += 1
        key = self.keys.get(words["credentialID"])
        if key is None:
            raise No("invalid_request", "Invalid parameter credentialID")
        act = {
            "credentials/info": self._info,
            "credentials/authorize": self._authorize,
            "signatures/signHash": self._sign,
        }[what]
        return act(version, key, words)

    def _info(self, version: str, key: SoftwareKey, words: dict[str, Any]) -> dict[str, Any]:
        id = words["credentialID"]
        certificates = [base64.b64encode(key.certificate.dump()).decode()]
        told = {"key": {"status": "enabled"}, "cert": {"certificates": certificates}}
        mode = "explicit" if id in self.pins or id in self.one_time else "implicit"
        if version == "v1":
            presence = "true" if id in self.one_time else "false"
            return {**told, "authMode": mode, "OTP": {"presence": presence}}
        objects = [{"type": "OTP" if id in self.one_time else "PIN"}]
        return {**told, "auth": {"mode": mode, "objects": objects if mode == "explicit" else []}}

    def _authorize(self, version: str, key: SoftwareKey, words: dict[str, Any]) -> dict[str, Any]:
        (hashed,) = words["hash" if version == "v1" else "hashes"]
        assert words["numSignatures"] == 1
        shown = words.get("PIN") or next((it["value"] for it in words.get("authData", ())), "")
        if shown != self.pins.get(words["credentialID"], ""):
            raise No("invalid_pin", "The PIN is invalid")
        if not self.consents:
            raise No("access_denied", "The person said no")
        sad = uuid4().hex
        self.authorised[sad] = hashed
        return {"SAD": sad, "expiresIn": 60}

    def _sign(self, version: str, key: SoftwareKey, words: dict[str, Any]) -> dict[str, Any]:
        (hashed,) = words["hash" if version == "v1" else "hashes"]
        if self.authorised.pop(words["SAD"], None) != hashed:
            raise No("invalid_request", "Invalid parameter SAD")
        digest = HASHES[words["hashAlgo" if version == "v1" else "hashAlgorithmOID"]]
        value = signed(key, base64.b64decode(hashed), digest, words["signAlgo"] == PSS)
        return {"signatures": [base64.b64encode(value).decode()]}


def signed(key: SoftwareKey, digest: bytes, kind: hashes.HashAlgorithm, pss: bool) -> bytes:
    """A signature value over a digest."""
    if isinstance(key.private, rsa.RSAPrivateKey):
        pad = padding.PSS(padding.MGF1(kind), kind.digest_size) if pss else padding.PKCS1v15()
        return key.private.sign(digest, pad, Prehashed(kind))
    assert isinstance(key.private, ec.EllipticCurvePrivateKey)
    return key.private.sign(digest, ec.ECDSA(Prehashed(kind)))


@contextmanager
def serving(provider: Provider) -> Iterator[Provider]:
    """The provider at its `url`."""

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            fate = provider.chance.random() / (provider.unsteady or 1e-9)
            if fate < 0.5:
                return self.stay_silent()
            if self.headers["Authorization"] != f"Bearer {BEARER}":
                return self.say(401, {"error": "invalid_token"})
            status, told = said(provider, self.path, json.loads(body))
            if fate < 1:
                return self.stay_silent()
            if fate < 1.5:
                return self.say(503, {"error": "server_error"})
            return self.say(status, told)

        def stay_silent(self) -> None:
            threading.Event().wait(provider.patience)
            self.close_connection = True

        def say(self, status: int, told: dict[str, Any]) -> None:
            content = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        server.daemon_threads = True
        provider.url = f"http://127.0.0.1:{server.server_port}/csc"
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        yield provider
        server.shutdown()


def said(provider: Provider, path: str, words: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """Status and answer."""
    try:
        return 200, provider.answer(path, words)
    except No as no:
        return 400, {"error": no.args[0], "error_description": no.args[1]}
