"""Two operators over signing in memory, who agree on whom to trust."""

from __future__ import annotations

import hashlib
from pathlib import Path
from uuid import UUID, uuid4

from cryptography import x509

from contracts.envelope import Actor
from contracts.signing import AnchorUse, AnchorView, HolderKind, RevocationKind
from contracts.values import FileRef, Role
from infra.local import pki
from services.kernel.context import Circumstances, acting, the_service
from services.signing.domain import source_id
from tests.signing.bureau import CLERK, OURS, Bureau
from tests.trust import certificates

FIRST, SECOND = (
    Circumstances(actor=Actor(person=person, name=person), roles=frozenset({Role.OPERATOR}))
    for person in ("operator.mot", "operator.hai")
)
SOURCE = "https://ca.example.vn, đối chiếu công văn 12/BCY"


class Council(Bureau):
    """Two operators over signing in memory."""

    def upload(self, der: bytes) -> FileRef:
        """An operator puts a certificate where signing says."""
        put = self.shelf.upload(der)
        return FileRef(name="root.cer", sha256=put.sha256, size=put.size)

    def propose(
        self, der: bytes, use: AnchorUse = AnchorUse.SIGNERS, fingerprint: str = ""
    ) -> UUID:
        """The first operator proposes to trust a certificate."""
        file, id = self.upload(der), uuid4()
        with acting(FIRST):
            self.signing.propose_anchor(
                proposal_id=id,
                use=use,
                fingerprint=fingerprint or file.sha256,
                file=file,
                source=SOURCE,
            )
        return id

    def approve(self, id: UUID, who: Circumstances = SECOND) -> None:
        """Somebody approves."""
        with acting(who):
            self.signing.approve_anchor(proposal_id=id)

    def remove(self, anchor: AnchorView) -> None:
        """Both agree to trust it no longer."""
        id = uuid4()
        with acting(FIRST):
            self.signing.propose_anchor_removal(
                proposal_id=id, use=anchor.use, fingerprint=anchor.fingerprint, source="lộ khóa"
            )
        self.approve(id)

    def trusted(self, use: AnchorUse | None = None, as_of: int | None = None) -> list[AnchorView]:
        """What a clerk sees."""
        with acting(CLERK):
            return self.signing.list_trust_anchors(use=use, as_of=as_of)

    def enter(self, der: bytes, kind: HolderKind, holder: str, agency: str = OURS) -> UUID:
        """A certificate is asked for, granted and in use."""
        id, file = uuid4(), self.upload(der)
        with acting(FIRST):
            self.signing.request_certificate(
                certificate_id=id, holder_kind=kind, holder=holder, agency=agency, request="12/CV"
            )
            self.signing.grant_certificate(certificate_id=id, file=file)
            self.signing.activate_certificate(certificate_id=id)
        return id

    def entrust(self, folder: Path, lists: bool = True) -> None:
        """Everything of a folder as `infra/local/pki.py` builds it, its `lists` too.

        The clerk keeps the agency's key.
        """
        self.hand_over()
        for use, name in (
            (AnchorUse.SIGNERS, "anchors/signers.pem"),
            (AnchorUse.TIMESTAMPS, "anchors/timestamps.pem"),
            (AnchorUse.INTERMEDIATES, "intermediates.pem"),
        ):
            for der in certificates(folder / name):
                self.approve(self.propose(der, use))
        for one in pki.read_index(folder)["holders"].values():
            (der,) = certificates(folder / one["certificate"])
            self.enter(der, HolderKind(one["kind"]), one["id"])
        for part in ("root", "issuing") if lists else ():
            self.hear(certificates(folder / f"authority/{part}.pem")[0], folder / f"crl/{part}.crl")

    def hear(self, issuer: bytes, path: Path) -> None:
        """A worker fetched a revocation list."""
        fingerprint, content = hashlib.sha256(issuer).hexdigest(), path.read_bytes()
        url = f"http://127.0.0.1:1/{path.name}"
        with acting(FIRST):
            self.signing.set_revocation_source(
                issuer=fingerprint, kind=RevocationKind.LIST, url=url
            )
        kept, read = self.shelf.keep(content), x509.load_der_x509_crl(content)
        with acting(the_service("signing")):
            self.signing.record_heard(
                id=source_id(fingerprint, RevocationKind.LIST),
                file=kept.sha256,
                issued_at=read.last_update_utc,
                valid_until=read.next_update_utc,
            )
