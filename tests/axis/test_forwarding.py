"""What the axis forwards keeps its words and loses its bytes, as messages off the real one show."""

from __future__ import annotations

import re

import pytest

from contracts.edxml import Damage, Document, fingerprint, read
from infra.axis.forwarding import Habits, forwarded
from tests.contracts import test_edxml_reading as reading
from tests.contracts.edxml_letters import (
    CLAUSE_ORDER,
    PDF,
    attachment,
    changed,
    letter,
    reference,
    status,
    zipped,
)

PLAIN = Habits()
AT = "2024/04/26 11:00:00"
SIGNATURE = (
    '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo><SignatureMethod '
    'Algorithm="urn:a"/><Reference URI=""><DigestValue>aGE=</DigestValue></Reference>'
    "</SignedInfo><SignatureValue>xyz=</SignatureValue></Signature>"
)


def passed(text: str, habits: Habits = PLAIN) -> str:
    """The message as its receiver gets it."""
    return forwarded(text.encode(), habits, AT).decode()


def document(text: str) -> Document:
    """The document in a message."""
    found = read(text.encode()).message
    assert isinstance(found, Document)
    return found


MESSAGES = {
    "a letter": letter(),
    "in the order of clauses": letter(CLAUSE_ORDER),
    "a recall": letter(trace=reading.BUSINESS[reading.BusinessAction.RECALL] + reading.TRACE),
    "an update": letter(trace=reading.BUSINESS[reading.BusinessAction.UPDATE] + reading.TRACE),
    "a replacement": letter(trace=reading.BUSINESS[reading.BusinessAction.REPLACE]),
    "a status": status("16"),
    "a status in its own wrapper": status("05", "Status"),
    **{name: put_on(letter()) for name, put_on in reading.DRESSES.items()},
}


@pytest.mark.parametrize("name", MESSAGES)
def test_words_survive_and_bytes_do_not(name: str) -> None:
    text = MESSAGES[name]
    assert passed(text) != text
    before, after = read(text.encode()).message, read(passed(text).encode()).message
    assert fingerprint(after) == fingerprint(before)


def test_header_words_stand_in_one_order_and_strangers_are_gone() -> None:
    odd = changed(letter(CLAUSE_ORDER), "<edXML:Subject>", "<!-- x --><edXML:Odd/><edXML:Subject>")
    odd = changed(odd, "<edXML:Reference>", '<edXML:Reference id="1">')
    text = passed(odd)
    assert "<!--" not in text and "Odd" not in text and 'id="1"' not in text
    assert text.index("DocumentId") < text.index("CodeNumber") < text.index("ToPlaces")


def test_direction_is_told_and_a_blank_reply_is_collapsed() -> None:
    silent = changed(letter(), "<edXML:Direction>false</edXML:Direction>", "")
    silent = re.sub(r"<edXML:ResponseFor>.*?</edXML:ResponseFor>", "", silent)
    blank = "<edXML:ResponseFor><edXML:OrganId></edXML:OrganId></edXML:ResponseFor>"
    text = passed(changed(silent, "<edXML:SteeringType>", f"{blank}<edXML:SteeringType>"))
    assert "<edXML:Direction>false</edXML:Direction>" in text
    assert text.index("PageAmount") < text.index("Direction") < text.index("Appendixes")
    assert "<edXML:ResponseFor />" in text


def test_no_verifier_finds_the_signature_any_more() -> None:
    text = passed(letter(signature=SIGNATURE))
    assert "<Signature>" in text and "xmldsig" not in text and "xyz=" in text
    assert "xyz=" in document(text).signature
    assert document(text).missing == []


@pytest.mark.parametrize(
    ("station", "code"), [("00.53.W00", "00.53.W00"), ("null", ""), (None, "")]
)
def test_a_station_is_added(station: str | None, code: str) -> None:
    trace = document(passed(letter(), Habits(station=station))).trace
    assert [hop.agency for hop in trace] == ["000.00.05.H47", code]


def test_an_older_release_zips_every_file_and_keeps_the_manifest() -> None:
    files = attachment() + attachment(zipped(("a", b"1")), "2", "b.zip", "application/zip")
    text = letter(references=reference() + reference("2", "b.zip"), attachments=files)
    zipping = passed(text, Habits(zips=True))
    assert zipping.count("application/pdf") == 2 and zipping.count("application/zip") == 2
    first, second = document(zipping).attachments
    assert (first.content, first.declared_type) == (PDF, "application/zip")
    assert second.content == document(text).attachments[1].content
    assert fingerprint(document(zipping)) == fingerprint(document(text))


def test_what_is_damaged_is_forwarded_as_it_is() -> None:
    text = letter(attachments=attachment("!!!"))
    assert document(passed(text)).attachments[0].damage is Damage.NOT_BASE64
    assert document(passed(text, Habits(zips=True))).attachments[0].damage is Damage.EMPTY
