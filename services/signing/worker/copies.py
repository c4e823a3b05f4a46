"""Copies and digitised papers: checked, and signed by the agency with their block of words."""

from __future__ import annotations

from datetime import UTC, datetime

from contracts.signing.blocks import BlockKind
from services.signing.adapters.keys.holders import load_key
from services.signing.adapters.making.blocks import sign_with_block
from services.signing.adapters.making.copies import DIGITISED, copied, copy_mark
from services.signing.adapters.making.scans import check_scan
from services.signing.adapters.refusals import SigningRefused
from services.signing.domain import Copy, Paper, worded
from services.signing.worker.proofs import Proofs


class Copies(Proofs):
    """Makes copies, and digitises papers."""

    def _copy(self, copy: Copy) -> None:
        at = datetime.now(UTC)
        try:
            signed = self._copied(copy, at)
        except SigningRefused as refused:
            if not self._waits(copy, refused):
                self._signing.record_copy_failure(id=copy.id, **self._why(refused))
        else:
            file = self._revised(copy.source_file, signed)
            proven = self._proven_by_us([(file, signed)])
            self._signing.record_copy(id=copy.id, file=file, proven=proven)

    def _copied(self, copy: Copy, at: datetime) -> bytes:
        source = self._files.read_ref(copy.source_file)
        trust = self._trust_about(source)
        pdf = copied(source, copy.kind, copy.source, copy.pages, copy.paper_mm, trust, at)
        form, name = copy.kind.vi, copy.agency_name
        text = worded(copy.format, BlockKind.COPY, at, form=form, agency=name)
        return self._with_block(pdf, copy.agency, copy_mark(copy.kind), text, at)

    def _digitise(self, paper: Paper) -> None:
        at = datetime.now(UTC)
        try:
            pdf = self._files.read_ref(paper.scan)
            check_scan(pdf, *paper.paper_mm)
            text = worded(paper.format, BlockKind.DIGITISED, at, agency=paper.agency_name)
            signed = self._with_block(pdf, paper.agency, DIGITISED, text, at)
        except SigningRefused as refused:
            if not self._waits(paper, refused):
                self._signing.record_scan_failure(id=paper.id, **self._why(refused))
        else:
            file = self._revised(paper.scan, signed)
            proven = self._proven_by_us([(file, signed)])
            self._signing.record_digitised(id=paper.id, file=file, proven=proven)

    def _with_block(self, pdf: bytes, agency: str, mark: str, text: str, at: datetime) -> bytes:
        holder = f"agency:{agency}"
        key = load_key(self._pki, holder)
        self._signing.check_certificate(holder, key.certificate.sha256.hex())
        trust = self._trust_in(key.certificate.dump())
        return sign_with_block(pdf, mark, text, key, at, self._authority, trust)
