"""What may be asked of dispatch."""

from __future__ import annotations

from contracts.dispatch import Dispatch as Promise
from services.dispatch.application import build
from services.kernel.rpc import Given, answer
from services.kernel.settings import Settings


class DispatchService:
    """The answering door: each line keeps one promise."""

    name = "dispatch"
    application = Given(build, Settings)

    create_draft = answer(Promise.create_draft)
    revise_draft = answer(Promise.revise_draft)
    submit_draft = answer(Promise.submit_draft)
    approve_content = answer(Promise.approve_content)
    approve_form = answer(Promise.approve_form)
    return_draft = answer(Promise.return_draft)
    sign_document = answer(Promise.sign_document)
    assign_number = answer(Promise.assign_number)
    register_document = answer(Promise.register_document)
    seal_document = answer(Promise.seal_document)
    issue_document = answer(Promise.issue_document)
    recall_document = answer(Promise.recall_document)
    get_document = answer(Promise.get_document)
    offer_upload = answer(Promise.offer_upload)
    get_file_link = answer(Promise.get_file_link)
    set_paper_rule = answer(Promise.set_paper_rule)
    end_paper_rule = answer(Promise.end_paper_rule)
    list_paper_rules = answer(Promise.list_paper_rules)
    owe_paper = answer(Promise.owe_paper)
    print_copies = answer(Promise.print_copies)
    list_prints = answer(Promise.list_prints)
    send_paper = answer(Promise.send_paper)
    confirm_paper = answer(Promise.confirm_paper)
    list_papers = answer(Promise.list_papers)
    read_events = answer(Promise.read_events)
    list_history = answer(Promise.list_history)
    list_parked_events = answer(Promise.list_parked_events)
    unpark_events = answer(Promise.unpark_events)
