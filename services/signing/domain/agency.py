"""What signing knows of an agency: its name, who signs its copies, how it words its blocks."""

from __future__ import annotations

from dataclasses import field
from uuid import UUID

from contracts.signing.blocks import BlockFormat
from contracts.signing.copying import AgencyNotKnown, CopySignersAlreadyNamed
from contracts.values import named_id
from services.kernel.aggregate import Aggregate
from services.signing.domain.blocks import check_format


def agency_id(agency: str) -> UUID:
    """Identity of what is known of an agency."""
    return named_id("agency", agency)


class Agency(Aggregate, service="signing"):
    """An agency that signs (cơ quan), as accounts tells of it and as it rules itself."""

    agency: str
    name: str = ""
    notation: str = ""
    signers: list[str] = field(default_factory=list)
    format: BlockFormat = field(default_factory=BlockFormat)

    class Begun(Aggregate.Created):
        agency: str

    class Learnt(Aggregate.Event):
        """Name and notation of the directory."""

        name: str
        notation: str

        def apply(self, agency: Agency) -> None:
            agency.name, agency.notation = self.name, self.notation

    class SignersNamed(Aggregate.Event):
        """The head lets these persons sign copies, no others (N30-27)."""

        signers: list[str]

        def apply(self, agency: Agency) -> None:
            agency.signers = self.signers

    class FormatSet(Aggregate.Event):
        format: BlockFormat

        def apply(self, agency: Agency) -> None:
            agency.format = self.format

    def learn(self, name: str, notation: str) -> None:
        """Accounts told; told again the same, it is nothing."""
        if (name, notation) != (self.name, self.notation):
            self.trigger_event(self.Learnt, name=name, notation=notation)

    def name_signers(self, persons: list[str]) -> None:
        """Set who signs copies, in place of those named before."""
        named = sorted(set(persons))
        if named == self.signers:
            raise CopySignersAlreadyNamed(persons=", ".join(named))
        self.trigger_event(self.SignersNamed, signers=named)

    def set_format(self, format: BlockFormat) -> None:
        """Word the text blocks anew. Refusals: `BlockFormatIncomplete`."""
        check_format(format)
        self.trigger_event(self.FormatSet, format=format)

    def check_known(self) -> None:
        """Refuse while the directory has not told name and notation."""
        if not self.name:
            raise AgencyNotKnown(agency=self.agency)
