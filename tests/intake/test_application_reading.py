"""Who may read a document, its lists and its files."""

from __future__ import annotations

from functools import partial

import msgspec
import pytest

from contracts.errors import Denied, NotFound
from contracts.intake import (
    FilesNotChecked,
)
from contracts.intake import IncomingState as State
from contracts.values import (
    Role,
)
from services.kernel.context import acting
from tests.intake.office import (
    AUDITOR,
    FILE,
    GATEWAY,
    HOA,
    MINH,
    OURS,
    STRANGER,
    Office,
    person,
)

# -- who may read ---------------------------------------------------------------------------------


def test_people_of_the_agency_operators_and_auditors_read_a_document(office: Office) -> None:
    document_id = office.document(State.REGISTERED)
    readers = [person("x", role) for role in set(Role) - {Role.SERVICE}]
    for reader in [*readers, AUDITOR, person("op", Role.OPERATOR, agency="")]:
        with acting(reader):
            assert office.app.get_document(document_id=document_id).agency == OURS
            assert office.app.list_documents(agency=OURS, state=State.REGISTERED)
    no_role = msgspec.structs.replace(HOA, roles=frozenset())
    for stranger in (STRANGER, no_role, GATEWAY):
        with acting(stranger):
            for question in (
                partial(office.app.get_document, document_id=document_id),
                partial(office.app.list_documents, agency=OURS, state=State.REGISTERED),
                partial(office.app.get_file_link, document_id=document_id, sha256=FILE.sha256),
            ):
                with pytest.raises(Denied):
                    question()


def test_a_file_is_linked_to_under_its_name_for_readers_of_its_document(office: Office) -> None:
    document_id = office.receive()
    file = office.view(document_id).files[0]
    with acting(MINH), pytest.raises(FilesNotChecked):
        office.app.get_file_link(document_id=document_id, sha256=file.sha256)
    office.admit(document_id)
    with acting(MINH):
        link = office.app.get_file_link(document_id=document_id, sha256=file.sha256)
        assert (
            link.key
            and link.url.endswith(f"/{file.sha256}/dich.pdf")
            and link.expires_at > office.now
        )
        with pytest.raises(NotFound):
            office.app.get_file_link(document_id=document_id, sha256="b" * 64)
    with acting(AUDITOR):
        assert office.app.get_file_link(document_id=document_id, sha256=file.sha256)


def test_an_upload_is_offered_to_those_who_hand_in_files(office: Office) -> None:
    for who in (GATEWAY, HOA):
        with acting(who):
            assert "d" * 64 in office.app.offer_upload(sha256="d" * 64, size=9).url
    with acting(MINH), pytest.raises(Denied):
        office.app.offer_upload(sha256="d" * 64, size=9)
