"""A kept report written for its readers, and what each signature covers cut out of the file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec

from contracts.signing.evidence import ByteRange
from contracts.signing.report import Report
from services.signing.adapters.evidence.etsi import etsi_report
from services.signing.adapters.evidence.paper.writing import write_report

Read = Callable[[str], bytes]


@dataclass(frozen=True)
class Covered:
    """The file up to the last byte that the signature in `field` covers."""

    field: str
    content: bytes
    byte_range: ByteRange


@dataclass(frozen=True)
class Rendered:
    """The report as PDF, and as XML where there are signatures to report on."""

    report: Report
    pdf: bytes
    etsi: bytes | None
    covered: tuple[Covered, ...]


def render(kept: bytes, sha256: str, read: Read) -> Rendered:
    """Write a kept report, `sha256` its digest; `read` gives the bytes of a digest."""
    report = msgspec.json.decode(kept, type=Report)
    content = read(report.document.sha256)
    pieces = {one.sha256: read(one.sha256) for one in report.materials if one.fields}
    etsi = etsi_report(content, report, pieces)
    pdf = write_report(report, sha256, etsi)
    return Rendered(report, pdf, etsi, tuple(_covered(report, content)))


def _covered(report: Report, content: bytes) -> Iterator[Covered]:
    for one in report.signatures:
        if one.byte_range:
            end = one.byte_range[2] + one.byte_range[3]
            yield Covered(one.field, content[:end], one.byte_range)
