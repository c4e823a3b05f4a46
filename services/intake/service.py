"""What may be asked of intake."""

from __future__ import annotations

from contracts.intake import Intake as Promise
from services.intake.application import build
from services.kernel.rpc import Given, answer
from services.kernel.settings import Settings


class IntakeService:
    """The answering door: each line keeps one promise."""

    name = "intake"
    application = Given(build, Settings)

    receive_document = answer(Promise.receive_document)
    refuse_document = answer(Promise.refuse_document)
    register_document = answer(Promise.register_document)
    present_document = answer(Promise.present_document)
    direct_document = answer(Promise.direct_document)
    transfer_document = answer(Promise.transfer_document)
    start_handling = answer(Promise.start_handling)
    complete_document = answer(Promise.complete_document)
    get_document = answer(Promise.get_document)
    list_documents = answer(Promise.list_documents)
    offer_upload = answer(Promise.offer_upload)
    get_file_link = answer(Promise.get_file_link)
    read_events = answer(Promise.read_events)
    list_history = answer(Promise.list_history)
    list_parked_events = answer(Promise.list_parked_events)
    unpark_events = answer(Promise.unpark_events)
