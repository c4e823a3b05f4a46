"""Who keeps the key of each agency, and who kept it."""

from __future__ import annotations

from datetime import datetime

from contracts.signing.keeping import KeyHandover
from contracts.values import Role
from services.kernel.commit import command
from services.kernel.context import current, require
from services.signing.application.agencies import Agencies
from services.signing.domain import Custody, custody_id


class Keeping(Agencies):
    """Keys of agencies, handed over on record."""

    @command()
    def hand_over_key(self, *, agency: str, to_person: str, permission: str, record: str) -> None:
        custody = self._custody(agency)
        if Role.OPERATOR not in current().roles:
            self._check_keeper(agency)
        custody.hand_over(to_person, permission, record, self.now())
        self.save(custody)

    def list_key_handovers(
        self, *, agency: str, after: int = 0, limit: int = 100
    ) -> list[KeyHandover]:
        self._check_reader(agency)
        return self._custody(agency).handovers[after : after + limit]

    def _check_keeper(self, agency: str) -> None:
        """Refuse whoever is no clerk of the agency, or does not keep its key now (N30-32/33)."""
        person = require(Role.CLERK, agency=agency).person
        self._check_kept(agency, person, self.now())

    def _check_kept(self, agency: str, person: str, at: datetime) -> None:
        self._custody(agency).check_keeper(person, at)

    def _custody(self, agency: str) -> Custody:
        """The custody of an agency's key, which nobody keeps before the first handover."""
        known = self.find(Custody, custody_id(agency))
        return known or Custody.begin(Custody.Begun, custody_id(agency), agency=agency)
