"""What is known of each agency: by accounts its name, by itself who signs its copies, and how."""

from __future__ import annotations

from contracts.accounts import AgencyRegistered
from contracts.errors import Denied
from contracts.signing.blocks import USUAL, BlockFormat
from contracts.signing.copying import CopyRules
from contracts.values import Role
from services.kernel.commit import command
from services.kernel.context import current, require
from services.kernel.following import Following
from services.signing.domain import Agency, agency_id

STAFF = (Role.OFFICER, Role.CLERK, Role.LEADER, Role.UNIT_HEAD, Role.FORM_CHECKER)
SEE_ALL = {Role.OPERATOR, Role.AUDITOR}


class Agencies(Following):
    """Agencies that sign."""

    def _learn(self, told: AgencyRegistered) -> None:
        agency = self._agency(told.agency)
        agency.learn(told.name, told.notation)
        self.save(agency)

    @command()
    def name_copy_signers(self, *, persons: list[str]) -> None:
        agency = self._agency(require(Role.LEADER).agency)
        agency.name_signers(persons)
        self.save(agency)

    @command()
    def set_block_format(
        self,
        *,
        attachment: str = USUAL.attachment,
        copy: str = USUAL.copy,
        digitised: str = USUAL.digitised,
        time: str = USUAL.time,
    ) -> None:
        agency = self._agency(require(Role.LEADER, Role.CLERK).agency)
        agency.set_format(
            BlockFormat(attachment=attachment, copy=copy, digitised=digitised, time=time)
        )
        self.save(agency)

    def get_copy_rules(self, *, agency: str) -> CopyRules:
        self._check_reader(agency)
        known = self._agency(agency)
        return CopyRules(agency=agency, signers=known.signers, format=known.format)

    def wording(self, agency: str) -> BlockFormat:
        """How an agency words its text blocks, for workers."""
        return self._agency(agency).format

    def _agency(self, agency: str) -> Agency:
        """What is known of an agency; nothing yet of one that is asked about first."""
        known = self.find(Agency, agency_id(agency))
        return known or Agency.begin(Agency.Begun, agency_id(agency), agency=agency)

    def _check_reader(self, agency: str) -> None:
        if not current().roles & SEE_ALL and require(*STAFF).agency != agency:
            raise Denied(why=f"belongs to agency {agency}")
