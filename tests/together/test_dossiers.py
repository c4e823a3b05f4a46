"""A dossier from its opening to the package that the archivist gets, from outside."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from uuid import uuid4

import bagit
import pytest
import urllib3

from contracts.tracking import DossierView
from contracts.values import FileLink, Role
from services.cli.cast import ANSWERER
from services.cli.story import Story
from services.kernel.vault import opened
from tests.conftest import until
from tests.together.outcome import Outcome

GROUP = "NV"


@pytest.mark.rule("R13.2")
def test_a_submitted_dossier_is_packed_with_the_files_as_they_were_received(
    story: Story, outcome: Outcome, tmp_path: Path
) -> None:
    clerk, id = story.holder(ANSWERER, Role.CLERK).tracking, uuid4()
    facts = {"dossier_id": id, "year": story.today.year, "group": GROUP}
    clerk.open_dossier(**facts, title="Hồ sơ công tác văn thư")
    for document in (outcome.arrived.document_id, outcome.reply.document_id):
        clerk.collect_document(dossier_id=id, document_id=document)
    clerk.close_dossier(dossier_id=id, ended_on=story.today)
    clerk.submit_dossier(dossier_id=id)

    def view() -> DossierView:
        listed = clerk.list_dossiers(agency=ANSWERER.code, year=story.today.year)
        return next(it for it in listed if it.dossier_id == id)

    until(lambda: view().package)
    link: FileLink = clerk.get_dossier_package(dossier_id=id)
    closed = urllib3.request("GET", link.url).data
    zipfile.ZipFile(io.BytesIO(opened(closed, link.key, link.iv))).extractall(tmp_path)
    bag = tmp_path / view().code
    bagit.Bag(str(bag)).validate()
    kept = {hashlib.sha256(file.read_bytes()).hexdigest() for file in bag.rglob("*.pdf")}
    sent = {file.sha256 for file in outcome.arrived.files}
    assert hashlib.sha256(outcome.pdf).hexdigest() in sent <= kept
    assert len(kept) == len(list((bag / "data" / "documents").glob("*/*")))
