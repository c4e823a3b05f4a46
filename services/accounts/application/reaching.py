"""How an agency is reached: the codes it is known by, the key that proves its receipts."""

from __future__ import annotations

from contracts.accounts import AgencyAlreadyRegistered
from contracts.errors import NotFound
from contracts.values import Role
from services.accounts.domain import Agency, AgencyCodeGiven, agency_id
from services.kernel.commit import command
from services.kernel.context import require
from services.kernel.events import Telling


class Reaching(Telling):
    """Codes and keys of agencies."""

    @command()
    def add_agency_code(self, *, agency: str, code: str) -> None:
        require(Role.OPERATOR)
        known = self.agency_of(agency)
        if self.last_version(agency_id(code)):
            raise AgencyAlreadyRegistered(agency=code)
        known.add_code(code)
        given = AgencyCodeGiven(
            originator_id=agency_id(code),
            originator_version=1,
            timestamp=AgencyCodeGiven.create_timestamp(),
            agency=known.agency,
        )
        self.save(known, given)

    @command()
    def set_receipt_key(self, *, agency: str, key: str) -> None:
        require(Role.OPERATOR)
        known = self.agency_of(agency)
        known.set_receipt_key(key)
        self.save(known)

    def agency_of(self, code: str) -> Agency:
        """The agency of any of its codes, or `NotFound`."""
        if found := self.find(Agency, agency_id(code)):
            return found
        for given in self.events.get(agency_id(code), limit=1):
            return self.load(Agency, agency_id(given.agency))  # type: ignore[attr-defined]
        raise NotFound(what="Agency", id=code)
