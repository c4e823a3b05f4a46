"""Signatures: made at once with a key at hand, or in two phases with the signer's own device."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime
from typing import Any

from contracts.signing.blocks import BlockKind
from contracts.values import FileRef, SignatureLevel, SignerRole
from services.signing.adapters.keys.algorithms import digest_name
from services.signing.adapters.keys.holders import load_device, load_key, load_picture
from services.signing.adapters.keys.key import Signer
from services.signing.adapters.making.acts import begin_leader, begin_seal, finish
from services.signing.adapters.making.blocks import begin_block
from services.signing.adapters.making.copies import ATTACHMENT
from services.signing.adapters.making.form import prepare
from services.signing.adapters.making.levels import LASTING, extend
from services.signing.adapters.making.phases import Pending
from services.signing.adapters.refusals import (
    DeviceAwaited,
    LeaderSignatureMissing,
    SignatureValueInvalid,
    SigningRefused,
)
from services.signing.domain import (
    Progress,
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
        try:
            key = load_key(self._pki, signature.holder)
            pending = self._begun(signature, key, files_of(signature))
            values = [key.sign(one.attributes) for one in pending]
            signed = self._finished(pending, values, signature)
        except DeviceAwaited:
            self._signing.record_device(id=signature.id)
        except SigningRefused as refused:
            if not self._waits(signature, refused):
                self._signing.record_failure(id=signature.id, **self._why(refused))
        else:
            made = self._as_made(files_of(signature), signed, signature.role)
            self._signing.record_signature(id=signature.id, **made)

    def _prepare(self, session: Session) -> None:
        """The first phase: all but the values."""
        signature, files = self._signing.load(Signature, session.signature), files_of(session)
        try:
            pending = self._begun(signature, load_device(self._pki, signature.holder), files)
        except SigningRefused as refused:
            self._signing.record_session_failure(id=session.id, **self._why(refused))
        else:
            first, *beside = (
                unsigned_of(one, self._revised(file, one.pdf))
                for file, one in zip(files, pending, strict=True)
            )
            self._signing.record_prepared(id=session.id, unsigned=first, beside=beside)

    def _complete(self, session: Session) -> None:
        """The second phase: the values that the device gave."""
        assert session.unsigned is not None
        signature = self._signing.load(Signature, session.signature)
        unsigned = [session.unsigned, *session.beside]
        pending = [pending_of(one, self._files.read_ref(one.file)) for one in unsigned]
        values = [base64.b64decode(one) for one in (session.value, *session.values_beside)]
        try:
            signed = self._finished(pending, values, signature)
        except SignatureValueInvalid as refused:
            self._signing.record_wrong_value(id=session.id, **self._why(refused))
        except SigningRefused as refused:
            if not self._waits(session, refused):
                self._signing.record_session_failure(id=session.id, **self._why(refused))
        else:
            made = self._as_made(files_of(session), signed, signature.role)
            self._signing.record_completed(id=session.id, **made)

    def _begun(self, signature: Signature, signer: Signer, files: list[FileRef]) -> list[Pending]:
        """The signature on the document and those on its attachments, all but their values."""
        self._signing.check_certificate(signature.holder, signer.certificate.sha256.hex())
        document, *beside = map(self._files.read_ref, files)
        return [
            self._begun_on(signature, signer, document),
            *(self._begun_beside(signature, signer, pdf) for pdf in beside),
        ]

    def _begun_on(self, signature: Signature, signer: Signer, pdf: bytes) -> Pending:
        picture = load_picture(self._pki, signature.holder)
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

    def _begun_beside(self, signature: Signature, signer: Signer, pdf: bytes) -> Pending:
        """The agency's signature on an attachment, with the document's number (R9.2b-2)."""
        assert signature.number is not None
        trust, at = self._trust_in(signer.certificate.dump(), pdf), datetime.now(UTC)
        wording, number = self._signing.wording(signature.agency), signature.number.notation
        text = worded(wording, BlockKind.ATTACHMENT, at, number=number)
        return begin_block(pdf, ATTACHMENT, text, signer, at, trust)

    def _leader_of(self, seal: Signature) -> str:
        """Whom dispatch named to sign this document; the agency seals nobody else's (N30-32/33)."""
        leader = self._signing.find(Signature, signature_id(seal.document_id, SignerRole.LEADER))
        if leader is None or leader.progress is not Progress.DONE:
            raise LeaderSignatureMissing(verdict="UNSIGNED")
        return leader.holder

    def _finished(
        self, pending: list[Pending], values: list[bytes], signature: Signature
    ) -> list[bytes]:
        """The files with their values, at the level asked for once the document is sealed."""
        level, role = signature.level, signature.role
        authority = None if level is SignatureLevel.B_B else self._authority
        made = []
        for one, value in zip(pending, values, strict=True):
            trust, at = self._trust_in(one.certificate, one.pdf), datetime.now(UTC)
            pdf = finish(one, value, at, authority, trust)
            if role is SignerRole.AGENCY and level in LASTING:
                pdf = extend(pdf, level, at, self._authority, trust)
            made.append(pdf)
        return made

    def _as_made(
        self, files: list[FileRef], signed: list[bytes], role: SignerRole
    ) -> dict[str, Any]:
        """The signed files, kept as those before them are, in the words of what is recorded."""
        made = [(self._revised(file, pdf), pdf) for file, pdf in zip(files, signed, strict=True)]
        return {
            "file": made[0][0],
            "attachments": [file for file, _ in made[1:]],
            "proven": self._proven_by_us(made) if role is SignerRole.AGENCY else None,
        }


def files_of(asked: Signature | Session) -> list[FileRef]:
    """What is to be signed: the document, then its attachments."""
    return [asked.file, *asked.attachments]


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
        field=pending.field,
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
        field=unsigned.field,
    )
