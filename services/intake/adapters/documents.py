"""The kinds of file, each with the check that knows it."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.gate import GateCode, GateFinding
from services.intake.adapters.archive import open_archive
from services.intake.adapters.findings import Unfit
from services.intake.adapters.images import check_image
from services.intake.adapters.kinds import CONTENTS, content_of
from services.intake.adapters.odf import check_odf
from services.intake.adapters.older_office import check_compound
from services.intake.adapters.ooxml import check_ooxml
from services.intake.adapters.pdf import check_pdf
from services.intake.adapters.policy import GatePolicy
from services.intake.adapters.rtf import check_rtf
from services.intake.adapters.texts import check_text


def check_content(kind: str, content: bytes, policy: GatePolicy) -> Iterator[GateFinding]:
    """Everything the content of a file of this kind (its extension) may be refused or told for."""
    match CONTENTS.get(kind) or content_of(content):
        case "text":
            yield from check_text(kind, content, policy)
        case "rtf":
            yield from check_rtf(content, policy)
        case "ole":
            yield from check_compound(kind, content, policy, 0, check_inner)
        case "zip":
            yield from check_container(kind, content, policy, 0)
        case "pdf":
            yield from check_pdf(content, policy.pdf)
        case "jpeg" | "png" | "gif" | "tiff" as picture:
            yield from check_image(picture, content, policy.image)


def check_container(
    kind: str, content: bytes, policy: GatePolicy, depth: int
) -> Iterator[GateFinding]:
    """An Office container; a bare archive is checked for what it is and never taken."""
    archive = open_archive(content, policy.archive)
    if depth and not (archive.named("mimetype") or archive.named("[Content_Types].xml")):
        raise Unfit(GateCode.ARCHIVE_NESTED, f"{len(archive.parts)} files")
    if archive.named("mimetype") is not None:
        yield from check_odf(kind, archive, policy, depth, check_inner)
    else:
        yield from check_ooxml(kind, archive, policy, depth, check_inner)


def check_inner(kind: str, content: bytes, policy: GatePolicy, depth: int) -> Iterator[GateFinding]:
    """A document inside another one."""
    if depth > policy.archive.depth:
        raise Unfit(GateCode.ARCHIVE_NESTED, f"> {policy.archive.depth}")
    if content_of(content) == "pdf":
        yield from check_pdf(content, policy.pdf)
    else:
        yield from check_container(kind, content, policy, depth)
