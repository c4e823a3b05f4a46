"""Signatures: made at once with a key at hand, or in two phases with the signer's own device."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime

from contracts.signing.blocks import BlockKind
from contracts.values import FileRef, SignatureLevel, SignerRole
from services.signing.adapters.keys.algorithms import digest_name
from services.signing.adapters.keys.holders import load_device, load_key, load_picture
from services.signing.adapters.keys.key import Signer, SigningKey
from services.signing.adapters.making.acts import begin_leader, begin_seal, finish
from services.signing.adapters.making.blocks import sign_with_block
from services.signing.adapters.making.copies import ATTACHMENT
from services.signing.adapters.making.form import prepare
from services.signing.adapters.making.levels import LASTING, extend
from services.signing.adapters.making.phases import Pending
from services.signing.adapters.refusals import (
    AttachmentsByDevice,
    DeviceAwaited,
    LeaderSignatureMissing,
    SignatureValueInvalid,
    SigningRefused,
)
from services.signing.domain import (
    Progress,
    Proven,
    Session,
    Signature,
    Unsigned,
    signature_id,
    worded,
)
from services.signing.worker.proofs import Proofs


class Signatures(Proofs):
    """Makes signatures."""

    def _sign(self, signature: Signature) -> None:
        """Both phases at once; where the key is in the signer's own hands, he is waited for."""
        pdf = self._files.read(signature.file.sha256)
        try:
            key = load_key(self._pki, signature.holder)
            pending = self._begun(signature, key, pdf)
            signed = self._finished(pending, key.sign(pending.attributes), signature)
            beside = self._sealed_beside(signature, key)
        except DeviceAwaited:
            self._signing.record_device(id=signature.id)
        except SigningRefused as refused:
            if not self._waits(signature, refused):
                self._signing.record_failure(id=signature.id, **self._why(refused))
        else:
            files = self._kept_revisions([(signature.file, signed), *beside])
            self._signing.record_signature(
                id=signature.id,
                file=files[0][0],
                attachments=[file for file, _ in files[1:]],
                proven=self._proven_if_sealed(signature, files),
            )

    def _prepare(self, session: Session) -> None:
        """The first phase: all but the value."""
        signature = self._signing.load(Signature, session.signature)
        pdf = self._files.read(session.file.sha256)
        try:
            if signature.attachments:
                raise AttachmentsByDevice(count=len(signature.attachments))
            pending = self._begun(signature, load_device(self._pki, signature.holder), pdf)
        except SigningRefused as refused:
            self._signing.record_session_failure(id=session.id, **self._why(refused))
        else:
            unsigned = unsigned_of(pending, self._revised(session.file, pending.pdf))
            self._signing.record_prepared(id=session.id, unsigned=unsigned)

    def _complete(self, session: Session) -> None:
        """The second phase: the value that the device gave."""
        assert session.unsigned is not None
        signature = self._signing.load(Signature, session.signature)
        pdf = self._files.read(session.unsigned.file.sha256)
        value = base64.b64decode(session.value)
        try:
            signed = self._finished(pending_of(session.unsigned, pdf), value, signature)
        except SignatureValueInvalid as refused:
            self._signing.record_wrong_value(id=session.id, **self._why(refused))
        except SigningRefused as refused:
            if not self._waits(session, refused):
                self._signing.record_session_failure(id=session.id, **self._why(refused))
        else:
            files = self._kept_revisions([(session.file, signed)])
            proven = self._proven_if_sealed(signature, files)
            self._signing.record_completed(id=session.id, file=files[0][0], proven=proven)

    def _begun(self, signature: Signature, signer: Signer, pdf: bytes) -> Pending:
        """All of the signature but its value, at the instant now."""
        picture = load_picture(self._pki, signature.holder)
        self._signing.check_certificate(signature.holder, signer.certificate.sha256.hex())
        trust, at = self._trust_in(signer.certificate.dump(), pdf), datetime.now(UTC)
        if signature.role is SignerRole.LEADER:
            assert signature.placements is not None
            stamp = load_picture(self._pki, f"agency:{signature.agency}")
            prepared = prepare(pdf, signature.placements, picture, stamp, signature.number)
            return begin_leader(prepared.pdf, signer, picture, at, trust)
        assert signature.number is not None
        text, day = signature.number.notation, signature.number.issued_on
        leader = self._leader_of(signature)
        return begin_seal(pdf, signer, picture, text, day, at, trust, leader)

    def _leader_of(self, seal: Signature) -> str:
        """Whom dispatch named to sign this document; the agency seals nobody else's (N30-32/33)."""
        leader = self._signing.find(Signature, signature_id(seal.document_id, SignerRole.LEADER))
        if leader is None or leader.progress is not Progress.DONE:
            raise LeaderSignatureMissing(verdict="UNSIGNED")
        return leader.holder

    def _finished(self, pending: Pending, value: bytes, signature: Signature) -> bytes:
        """The signature with its value, at the level asked for once the document is sealed."""
        trust, at = self._trust_in(pending.certificate, pending.pdf), datetime.now(UTC)
        level, role = signature.level, signature.role
        authority = None if level is SignatureLevel.B_B else self._authority
        signed = finish(pending, value, role, at, authority, trust)
        if role is SignerRole.AGENCY and level in LASTING:
            return extend(signed, level, at, self._authority, trust)
        return signed

    def _sealed_beside(self, signature: Signature, key: SigningKey) -> list[tuple[FileRef, bytes]]:
        """The attachments with the agency's signature and the document's number (R9.2b-2)."""
        made, at = [], datetime.now(UTC)
        for file in signature.attachments:
            assert signature.number is not None
            wording = self._signing.wording(signature.agency)
            number = signature.number.notation
            text = worded(wording, BlockKind.ATTACHMENT, at, number=number)
            pdf, trust = self._files.read_ref(file), self._trust_in(key.certificate.dump())
            authority = self._authority
            made.append((file, sign_with_block(pdf, ATTACHMENT, text, key, at, authority, trust)))
        return made

    def _kept_revisions(self, signed: list[tuple[FileRef, bytes]]) -> list[tuple[FileRef, bytes]]:
        return [(self._revised(file, pdf), pdf) for file, pdf in signed]

    def _proven_if_sealed(
        self, signature: Signature, files: list[tuple[FileRef, bytes]]
    ) -> Proven | None:
        return self._proven_by_us(files) if signature.role is SignerRole.AGENCY else None


def unsigned_of(pending: Pending, file: FileRef) -> Unsigned:
    """A signature without its value, as it is recorded; `file` are its kept bytes."""
    hashed = hashlib.new(digest_name(pending.algorithm), pending.attributes)
    return Unsigned(
        file=file,
        region=pending.region,
        digest=pending.digest.hex(),
        to_sign=base64.b64encode(pending.attributes).decode(),
        hashed=hashed.hexdigest(),
        certificate=base64.b64encode(pending.certificate).decode(),
        algorithm=pending.algorithm,
    )


def pending_of(unsigned: Unsigned, pdf: bytes) -> Pending:
    """The same in any other process; `pdf` are the kept bytes."""
    return Pending(
        pdf=pdf,
        region=unsigned.region,
        digest=bytes.fromhex(unsigned.digest),
        attributes=base64.b64decode(unsigned.to_sign),
        certificate=base64.b64decode(unsigned.certificate),
        algorithm=unsigned.algorithm,
    )
