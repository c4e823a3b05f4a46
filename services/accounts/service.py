"""What may be asked of accounts."""

from __future__ import annotations

from contracts.accounts import Accounts as Promise
from services.accounts.application import build
from services.accounts.settings import AccountsSettings
from services.kernel.rpc import Given, answer


class AccountsService:
    """The answering door: each line keeps one promise."""

    name = "accounts"
    application = Given(build, AccountsSettings)

    register_agency = answer(Promise.register_agency)
    add_agency_code = answer(Promise.add_agency_code)
    set_receipt_key = answer(Promise.set_receipt_key)
    register_person = answer(Promise.register_person)
    open_session = answer(Promise.open_session, public=True)
    get_agency = answer(Promise.get_agency)
    list_agencies = answer(Promise.list_agencies)
    get_person = answer(Promise.get_person)
    register_delegation = answer(Promise.register_delegation)
    revoke_delegation = answer(Promise.revoke_delegation)
    list_delegations = answer(Promise.list_delegations)
    read_events = answer(Promise.read_events)
    list_history = answer(Promise.list_history)
