"""The package of a dossier (gói hồ sơ): an archive of its files, its description, its digests."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import bagit
import pikepdf

from contracts.tracking import DossierPaper, DossierView
from contracts.values import DocumentKind


class Paper(NamedTuple):
    """A document as its dossier's package tells of it; `files` by name, with their contents."""

    lying: DossierPaper
    issuer: str
    notation: str
    kind: DocumentKind
    subject: str
    issued_on: date
    files: list[tuple[str, bytes]]


class Bag:
    """A dossier as a BagIt archive (RFC 8493), which any tool of that kind verifies.

    `data/dossier.xml` holds the fields of the dossier (2.7) and of its documents in time order
    (2.4); `data/documents/<ordinal>/` their files. The same dossier gives the same bytes.
    """

    def __init__(self, dossier: DossierView, papers: list[Paper], pages: int) -> None:
        self._dossier, self._papers, self._pages = dossier, papers, pages

    def zipped(self) -> bytes:
        """The whole as one ZIP file."""
        with TemporaryDirectory() as root:
            folder = Path(root, self._dossier.code)
            folder.mkdir()
            self._fill(folder)
            bagit.make_bag(str(folder), self._info(), checksums=["sha256"])
            return _zip(folder)

    def _fill(self, folder: Path) -> None:
        tree = ElementTree(self._described())
        indent(tree)
        tree.write(folder / "dossier.xml", encoding="utf-8", xml_declaration=True)
        for paper in self._papers:
            at = folder / "documents" / f"{paper.lying.ordinal:04d}"
            at.mkdir(parents=True)
            for number, (name, content) in enumerate(paper.files, 1):
                (at / _file_name(number, name)).write_bytes(content)

    def _info(self) -> dict[str, str]:
        return {
            "External-Identifier": self._dossier.code,
            "Source-Organization": self._dossier.agency,
            "External-Description": self._dossier.title,
            "Bagging-Date": str(self._dossier.ended_on),
            "Bag-Software-Agent": "vanban",
        }

    def _described(self) -> Element:
        it = self._dossier
        year, notation = it.code.removeprefix(f"{it.agency}.").split(".", 1)
        root = Element("Dossier")
        code = SubElement(root, "FileCode")
        _tell(code, OrganId=it.agency, FileCatalog=year, FileNotation=notation)
        _tell(
            root,
            Title=it.title,
            Maintenance=f"{it.retention_years:02d} năm" if it.retention_years else "Vĩnh viễn",
            Creator=it.creator,
            StartDate=it.opened_on,
            EndDate=it.ended_on,
            DocTotal=len(self._papers),
            PageTotal=self._pages,
        )
        for paper in sorted(self._papers, key=lambda it: (it.issued_on, it.lying.ordinal)):
            _tell_paper(SubElement(root, "Document"), paper)
        return root


def _tell_paper(told: Element, paper: Paper) -> None:
    number, _, notation = paper.notation.partition("/")
    _tell(
        told,
        DocOrdinal=paper.lying.ordinal,
        TypeName=paper.kind.vi,
        CodeNumber=number,
        CodeNotation=notation,
        IssuedDate=paper.issued_on,
        OrganName=paper.issuer,
        Subject=paper.subject,
        State="Đã thu hồi" if paper.lying.recalled else "Còn hiệu lực",
    )
    for at, (name, content) in enumerate(paper.files, 1):
        path = f"documents/{paper.lying.ordinal:04d}/{_file_name(at, name)}"
        digest = hashlib.sha256(content).hexdigest()
        SubElement(told, "File", path=path, sha256=digest, size=str(len(content)))


def _tell(told: Element, **fields: object) -> None:
    for name, value in fields.items():
        SubElement(told, name).text = str(value)


def _file_name(number: int, name: str) -> str:
    """A name that stays in its folder, beside others of the same name."""
    return f"{number:02d}-{Path(name).name}"


def _zip(folder: Path) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                entry = ZipInfo(str(file.relative_to(folder.parent)))
                entry.compress_type = ZIP_DEFLATED
                archive.writestr(entry, file.read_bytes())
    return out.getvalue()


def pages_of(content: bytes) -> int:
    """How many pages a file has; 0 for one whose pages are not fixed."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            return len(document.pages)
    except pikepdf.PdfError:
        return 0
