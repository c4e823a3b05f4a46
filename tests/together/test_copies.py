"""A recipient copies what it received, digitises a paper and extends a proof, from outside."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from contracts.values import Role, SignatureLevel
from infra.local.world import World
from services.cli.cast import ANSWERER
from services.cli.story import Story
from services.kernel.vault import Vault
from services.signing.adapters.verification.judging import judge
from tests.together.copying import Copied
from tests.together.outcome import Outcome
from tests.trust import trust_of


@pytest.mark.rule("N30-25..27")
def test_a_true_copy_has_the_recipients_signature_over_those_of_the_original(
    copied: Copied, outcome: Outcome, story: Story, world: World
) -> None:
    copy = copied.copy
    assert copy.number is not None and copy.file is not None
    assert copy.number.notation == "01/SY-UBND"
    pdf = Vault(world.s3_url).read_ref(copy.file)
    assert pdf.startswith(outcome.pdf)
    report = judge(pdf, trust_of(world.pki_folder), datetime.now(UTC))
    assert (report.verdict, report.legal_value) == ("TRUSTED", "ORIGINAL")
    assert report.signatures[-1].holder == f"agency:{ANSWERER.code}"
    listed = story.holder(ANSWERER, Role.CLERK).signing.list_copies(
        agency=ANSWERER.code, year=story.today.year
    )
    assert [one.copy_id for one in listed] == [copy.copy_id]


@pytest.mark.rule("R8.2a-2")
def test_a_scanned_paper_has_the_agencys_signature(copied: Copied, world: World) -> None:
    file = copied.paper.file
    assert file is not None
    pdf = Vault(world.s3_url).read_ref(file)
    report = judge(pdf, trust_of(world.pki_folder), datetime.now(UTC))
    assert (report.verdict, report.legal_value) == ("TRUSTED", "SEALED")


def test_an_arrived_document_is_made_to_last(
    copied: Copied, outcome: Outcome, world: World
) -> None:
    assert (copied.proof.level, copied.proof.holds_until_at.year) == (SignatureLevel.B_LTA, 2048)
    (file,) = copied.proof.files
    pdf = Vault(world.s3_url).read_ref(file)
    assert pdf.startswith(outcome.pdf) and len(pdf) > len(outcome.pdf)
    assert judge(pdf, trust_of(world.pki_folder), datetime.now(UTC)).verdict == "TRUSTED"
