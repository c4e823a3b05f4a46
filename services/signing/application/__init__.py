"""What signing does when asked and when told; the heavy work itself is the worker's."""

from __future__ import annotations

from typing import Any, ClassVar

from contracts.accounts import AgencyRegistered
from contracts.dispatch import SignatureRequested
from contracts.envelope import Envelope
from contracts.intake import FilesAdmitted
from services.kernel.application import in_postgres
from services.kernel.events import Publish
from services.kernel.joblog import JobLog
from services.kernel.prompts import Prompts
from services.kernel.vault import Vault
from services.signing.application.copies import Copies
from services.signing.application.evidence import Evidence
from services.signing.application.jobs import QUEUE, TOPICS, Job, means
from services.signing.application.papers import Papers
from services.signing.application.rounds import REVOCATION, Rounds
from services.signing.application.sessions import Sessions
from services.signing.application.signatures import Signatures
from services.signing.application.trust import CurrentTrust
from services.signing.domain import AnchorSet, RevocationSources
from services.signing.events import publish
from services.signing.settings import SigningSettings

__all__ = ["QUEUE", "REVOCATION", "Job", "Rounds", "Signing", "build"]


class Signing(Signatures, Sessions, Evidence, Copies, Papers, CurrentTrust):
    """Signatures to make and to verify, copies, what became of them, and whom to trust."""

    name = "signing"
    tells: ClassVar[Publish] = publish
    sources = ("accounts", "dispatch", "intake")

    def __init__(self, *args: Any, files: Vault, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.files = files
        self.jobs = JobLog(self, TOPICS, means, self.name)

    def policy(self, event: Any, envelope: Envelope) -> None:
        """Dispatch asks for signatures, arrivals at intake for verification; accounts tells who is.

        Events of no concern are passed over.
        """
        match event:
            case AgencyRegistered():
                self._learn(event)
            case SignatureRequested():
                self._ask(event, envelope)
            case FilesAdmitted():
                self._examine(event)

    def concerned(self, aggregate: Any) -> set[str]:
        """Whom we trust concerns no agency alone: operators and auditors read that history."""
        shared = isinstance(aggregate, AnchorSet | RevocationSources)
        return set() if shared else super().concerned(aggregate)


def build(settings: SigningSettings) -> Signing:
    """The application of this process."""
    return Signing(
        in_postgres(settings.database_url),
        written=Prompts(settings.broker_url, Signing.name).ring,
        files=Vault(settings.s3_url),
    )
