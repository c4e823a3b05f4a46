"""A dossier handed to the archive: its package, what the archivist does, a recall afterwards."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4
from xml.etree import ElementTree

import bagit
import pikepdf
import pytest

from contracts.errors import Denied
from contracts.intake import DocumentCancelled, FilesAdmitted
from contracts.tracking import DossierFrozen, DossierNotPacked, DossierView
from contracts.values import FileRef, Role
from contracts.working_time import VIETNAM, day_of
from services.kernel.context import Circumstances, acting
from services.tracking.worker.packing import Packer
from tests.tracking.desk import AUDITOR, Desk, clerk
from tests.tracking.told import MONDAY, SENDER, Copy, Letter

THEIRS = "H47.09"
TODAY = day_of(datetime.now(VIETNAM))


def archivist(agency: str) -> Circumstances:
    return Circumstances(actor=clerk(agency).actor, roles=frozenset({Role.ARCHIVIST}))


@dataclass
class Room:
    """A desk, its packer, and an agency that got a letter of three pages and wrote one of two."""

    desk: Desk
    packer: Packer
    came: Copy
    wrote: Letter
    dossier_id: UUID

    def pack(self) -> None:
        self.packer.round()

    def view(self) -> DossierView:
        with acting(clerk(THEIRS)):
            (view,) = self.desk.tracking.list_dossiers(agency=THEIRS, year=2026)
        return view

    def package(self) -> bytes:
        """The bytes of the package as the archivist gets them."""
        with acting(archivist(THEIRS)):
            self.desk.tracking.get_dossier_package(dossier_id=self.dossier_id)
        file = self.view().package
        assert file is not None and file.sealed_for_id == self.dossier_id
        return self.desk.shelf.read_ref(file)


@pytest.fixture
def room() -> Iterator[Room]:
    desk = Desk()
    letter = Letter(recipients=(THEIRS,), issued_at=MONDAY - timedelta(days=3))
    came = letter.at(THEIRS)
    sealed, kept = _sealed(desk, came.id, pages(3)), _kept(desk, pages(2))
    wrote = Letter(sender=THEIRS, recipients=("H47.11",), running=7)
    desk.dispatch.tell(letter.id, letter.issued(), MONDAY)
    desk.dispatch.tell(wrote.id, wrote.issued(kept), MONDAY)
    desk.intake.tell(came.id, came.arrived(MONDAY), MONDAY)
    admitted = FilesAdmitted(
        document_id=came.id, agency=THEIRS, origin=letter.origin(), files=[sealed]
    )
    desk.intake.tell(came.id, admitted, MONDAY)
    desk.intake.tell(came.id, came.completed(MONDAY), MONDAY)
    desk.read_all()
    room = Room(desk, Packer(desk.tracking, desk.shelf), came, wrote, uuid4())
    with acting(clerk(THEIRS)):
        facts = {"dossier_id": room.dossier_id, "year": 2026, "group": "TH"}
        desk.tracking.open_dossier(**facts, title="Hồ sơ tổng hợp", retention_years=10)
        for document in (wrote.id, came.id):
            desk.tracking.collect_document(dossier_id=room.dossier_id, document_id=document)
        desk.tracking.close_dossier(dossier_id=room.dossier_id, ended_on=TODAY)
        desk.tracking.submit_dossier(dossier_id=room.dossier_id)
    yield room
    desk.tracking.close()


def pages(count: int) -> bytes:
    """A PDF of so many blank pages."""
    out, document = io.BytesIO(), pikepdf.new()
    for _ in range(count):
        document.add_blank_page()
    document.save(out)
    return out.getvalue()


def _sealed(desk: Desk, owner: UUID, content: bytes) -> FileRef:
    file = FileRef(**_named("công văn đến.pdf", content), sealed_for_id=owner)
    desk.shelf.seal(owner, file, content)
    return file


def _kept(desk: Desk, content: bytes) -> FileRef:
    desk.shelf.keep(content)
    return FileRef(**_named("trả lời.pdf", content))


def _named(name: str, content: bytes) -> dict[str, object]:
    return {"name": name, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}


def _unpacked(package: bytes, folder: Path) -> Path:
    zipfile.ZipFile(io.BytesIO(package)).extractall(folder)
    (bag,) = folder.iterdir()
    return bag


@pytest.mark.rule("R13.2")
@pytest.mark.rule("N30-VI.4")
def test_the_manifest_of_a_submitted_dossier_matches_contents_and_metadata(
    room: Room, tmp_path: Path
) -> None:
    with acting(archivist(THEIRS)), pytest.raises(DossierNotPacked):
        room.desk.tracking.get_dossier_package(dossier_id=room.dossier_id)
    room.pack()
    view = room.view()
    bag = _unpacked(room.package(), tmp_path)
    bagit.Bag(str(bag)).validate()
    told = ElementTree.parse(bag / "data" / "dossier.xml").getroot()
    assert (view.total, view.pages) == (2, 5)
    facts = {it.tag: it.text for it in told if not len(it)}
    assert facts["DocTotal"] == "2" and facts["PageTotal"] == "5"
    assert facts["Maintenance"] == "10 năm" and facts["Title"] == "Hồ sơ tổng hợp"
    assert [it.findtext("DocOrdinal") for it in told.iter("Document")] == ["2", "1"]
    for file in told.iter("File"):
        content = (bag / "data" / file.attrib["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == file.attrib["sha256"]


@pytest.mark.rule("R13.2")
def test_a_byte_that_changed_in_the_package_is_noticed(room: Room, tmp_path: Path) -> None:
    room.pack()
    bag = _unpacked(room.package(), tmp_path)
    (file,) = (bag / "data" / "documents" / "0001").iterdir()
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(bag)).validate()


@pytest.mark.rule("R13.2")
def test_the_archivist_checks_accepts_and_shelves_under_a_code_of_the_archive(room: Room) -> None:
    room.pack()
    package, tracking, id = room.view().package, room.desk.tracking, room.dossier_id
    assert package is not None
    with acting(clerk(THEIRS)), pytest.raises(Denied):
        tracking.accept_dossier(dossier_id=id, record="Biên bản 5/BB")
    with acting(archivist(SENDER)), pytest.raises(Denied):
        tracking.accept_dossier(dossier_id=id, record="Biên bản 5/BB")
    with acting(archivist(THEIRS)):
        tracking.check_dossier(dossier_id=id, package_sha256=package.sha256, findings="Đủ")
        tracking.accept_dossier(dossier_id=id, record="Biên bản 5/BB")
        code = tracking.archive_dossier(dossier_id=id, archive="LTLS", batch=1)
    assert code == room.view().archive_code == f"LTLS.{THEIRS}.{TODAY.year}.01.001"
    with acting(AUDITOR):
        told = tracking.read_events(after=0, limit=1000).events
    words = [it.type for it in told if "Dossier" in it.type]
    assert words == [f"tracking.Dossier{end}" for end in ("Closed", "Submitted", "Archived")]


def test_a_package_made_again_has_the_same_bytes(room: Room) -> None:
    room.pack()
    first = room.package()
    with acting(archivist(THEIRS)):
        room.desk.tracking.return_dossier(dossier_id=room.dossier_id, reason="Xem lại")
    with acting(clerk(THEIRS)):
        room.desk.tracking.submit_dossier(dossier_id=room.dossier_id)
    Packer(room.desk.tracking, room.desk.shelf).round()
    assert room.package() == first


@pytest.mark.rule("N30-VI.8")
def test_a_recall_after_the_hand_over_destroys_the_content_in_the_package_too(
    room: Room, tmp_path: Path
) -> None:
    room.pack()
    before = room.view().package
    assert before is not None
    came, desk = room.came, room.desk
    origin = came.letter.origin()
    cancelled = DocumentCancelled(
        document_id=came.id, agency=THEIRS, origin=origin, orders=[], cancelled_at=MONDAY
    )
    desk.intake.tell(came.id, cancelled, MONDAY)
    desk.shelf.destroy(came.id)
    desk.read_all()
    room.pack()
    assert list(desk.shelf.sealed[room.dossier_id]) != [before.sha256]
    bag = _unpacked(room.package(), tmp_path)
    bagit.Bag(str(bag)).validate()
    assert [it.name for it in (bag / "data" / "documents" / "0001").iterdir()] == ["01-trả lời.pdf"]
    told = ElementTree.parse(bag / "data" / "dossier.xml").getroot()
    states = {it.findtext("DocOrdinal"): it.findtext("State") for it in told.iter("Document")}
    assert states == {"1": "Còn hiệu lực", "2": "Đã thu hồi"}
    assert [it.recalled for it in room.view().documents] == [False, True]


@pytest.mark.rule("N30-VI.IV")
def test_a_leader_freezes_a_dossier_for_everybody(room: Room) -> None:
    head = Circumstances(actor=clerk(THEIRS).actor, roles=frozenset({Role.LEADER}))
    room.pack()
    with acting(head):
        room.desk.tracking.freeze_dossier(dossier_id=room.dossier_id, order="Công văn 9")
    for who in (archivist(THEIRS), clerk(THEIRS)):
        with acting(who), pytest.raises((DossierFrozen, Denied)):
            room.desk.tracking.return_dossier(dossier_id=room.dossier_id, reason="Sai")
    with acting(head):
        room.desk.tracking.release_dossier(dossier_id=room.dossier_id, order="Công văn 10")
    with acting(archivist(THEIRS)):
        room.desk.tracking.return_dossier(dossier_id=room.dossier_id, reason="Sai")
