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
    return_document = answer(Promise.return_document)
    decide_duplicate = answer(Promise.decide_duplicate)
    register_document = answer(Promise.register_document)
    register_paper = answer(Promise.register_paper)
    expect_paper = answer(Promise.expect_paper)
    receive_paper = answer(Promise.receive_paper)
    offer_upload = answer(Promise.offer_upload)
    set_office_rules = answer(Promise.set_office_rules)
    get_office_rules = answer(Promise.get_office_rules)
    name_follower = answer(Promise.name_follower)
    present_document = answer(Promise.present_document)
    direct_document = answer(Promise.direct_document)
    transfer_document = answer(Promise.transfer_document)
    transfer_directly = answer(Promise.transfer_directly)
    send_back_assignment = answer(Promise.send_back_assignment)
    start_handling = answer(Promise.start_handling)
    extend_deadline = answer(Promise.extend_deadline)
    reassign_document = answer(Promise.reassign_document)
    complete_document = answer(Promise.complete_document)
    file_document = answer(Promise.file_document)
    reopen_document = answer(Promise.reopen_document)
    receive_recall = answer(Promise.receive_recall)
    cancel_document = answer(Promise.cancel_document)
    decline_recall = answer(Promise.decline_recall)
    receive_update = answer(Promise.receive_update)
    apply_update = answer(Promise.apply_update)
    decline_update = answer(Promise.decline_update)
    take_over_assignment = answer(Promise.take_over_assignment)
    get_document = answer(Promise.get_document)
    list_documents = answer(Promise.list_documents)
    get_file_link = answer(Promise.get_file_link)
    list_accesses = answer(Promise.list_accesses)
    list_trail = answer(Promise.list_trail)
    read_events = answer(Promise.read_events)
    list_history = answer(Promise.list_history)
    list_parked_events = answer(Promise.list_parked_events)
    unpark_events = answer(Promise.unpark_events)
