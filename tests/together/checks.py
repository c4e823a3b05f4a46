"""What must be true of the story, however disturbed it was told; each check takes an outcome."""

from __future__ import annotations

import io
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader

from contracts.dispatch import OutgoingState
from contracts.intake import IncomingState
from contracts.reporting import LateKind
from contracts.tracking import DeliveryState
from contracts.values import LegalValue, Verdict
from contracts.working_time import Calendar, day_of, transfer_due
from services.intake.domain import IncomingDocument
from services.kernel.aggregate import MAPPER
from tests.together.ledger import Stored
from tests.together.outcome import ANSWERER, REFUSER, SENDER, Outcome

REASON = "Tệp văn bản bị thay đổi trên đường truyền, đề nghị gửi lại."
SUBJECT = "Công văn: báo cáo tình hình gửi, nhận và xử lý văn bản điện tử"
REPLY_SUBJECT = f"Công văn: trả lời đề nghị {SUBJECT.removeprefix('Công văn: ')}"
TRACE = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]")
COUNTS = Counter(
    {
        "accounts.Agency.Registered": 3,
        "accounts.AgencyListed": 3,
        "accounts.Person.Registered": 13,
        "accounts.UserNameGiven": 13,
        "accounts.Person.SessionOpened": 13,
        "dispatch.Correspondent.Learnt": 3,
        "dispatch.OutgoingDocument.Drafted": 2,
        "dispatch.OutgoingDocument.Submitted": 2,
        "dispatch.OutgoingDocument.ContentApproved": 2,
        "dispatch.OutgoingDocument.FormApproved": 2,
        "dispatch.OutgoingDocument.SignatureRequested": 4,
        "dispatch.OutgoingDocument.Signed": 2,
        "dispatch.OutgoingDocument.Numbered": 2,
        "dispatch.OutgoingDocument.Registered": 2,
        "dispatch.OutgoingDocument.Sealed": 2,
        "dispatch.OutgoingDocument.Issued": 2,
        "dispatch.OutgoingDocument.RefusalNoted": 1,
        "signing.Agency.Begun": 3,
        "signing.Agency.Learnt": 3,
        "signing.AnchorSet.Begun": 1,
        "signing.AnchorSet.Proposed": 3,
        "signing.AnchorSet.Added": 3,
        "signing.Certificate.Requested": 6,
        "signing.Certificate.Granted": 6,
        "signing.Certificate.Activated": 6,
        "signing.CertificateListed": 6,
        "signing.FingerprintTaken": 6,
        "signing.HolderListed": 6,
        "signing.Custody.Begun": 3,
        "signing.Custody.Entrusted": 3,
        "signing.RevocationSources.Begun": 1,
        "signing.RevocationSources.SourceSet": 2,
        "signing.RevocationLearnt": 2,
        "signing.Signature.Requested": 4,
        "signing.Signature.Made": 4,
        "signing.Verification.Requested": 3,
        "signing.Verification.Concluded": 3,
        "signing.Proof.Established": 4,
        "intake.IncomingDocument.Arrived": 3,
        "intake.DocumentNoted": 6,
        "intake.DocumentSeen": 5,
        "intake.IncomingDocument.FilesAdmitted": 3,
        "intake.IncomingDocument.ChecksRecorded": 3,
        "intake.IncomingDocument.Registered": 2,
        "intake.IncomingDocument.Presented": 1,
        "intake.IncomingDocument.Directed": 1,
        "intake.IncomingDocument.Transferred": 1,
        "intake.IncomingDocument.HandlingStarted": 1,
        "intake.IncomingDocument.Answered": 1,
        "intake.IncomingDocument.Completed": 1,
        "intake.IncomingDocument.Refused": 1,
        "tracking.Peer.Learnt": 3,
        "tracking.WireNamed": 2,
        "tracking.Record.Learnt": 5,
        "tracking.Record.FilesLearnt": 3,
        "tracking.Package.Owed": 1,
        "tracking.Delivery.Begun": 3,
        "tracking.Delivery.Opened": 3,
        "tracking.LineListed": 3,
        "tracking.Delivery.StatusRecorded": 9,
        "tracking.Delivery.Answered": 1,
        "kernel.NumberTaken": 4,
        "kernel.CommandAnswered": 97,
    }
)
"""Every event of the whole story. Commands: 16 of the directory, 13 sessions, 29 of trust, 18 of
dispatch, 9 of intake, 12 results of workers."""
_OF_TRUST = ("Anchor", "Certificate", "Custody", "Fingerprint", "Holder", "Revocation")
OF_TRUST = tuple(f"signing.{word}" for word in _OF_TRUST)
"""Topics of what is entrusted before the story begins."""


def the_answerer_tells_every_status_once(end: Outcome) -> None:
    """01, 03, 04, 05, 06 in order, each at the instant of the act behind it."""
    line, document = end.lines[ANSWERER.code], end.arrived
    told = {str(status.code): status.at for status in line.history}
    assert [str(status.code) for status in line.history] == ["01", "03", "04", "05", "06"]
    assert [status.at for status in line.history] == sorted(told.values())
    assert line.issued_at < told["01"] == document.entered_at == line.acknowledged_at
    assert told["04"] == document.transferred_at
    assert not any(status.reason for status in line.history)
    assert (line.state, line.sent_at) == (DeliveryState.COMPLETED, line.issued_at)
    assert line.reply_due_on == end.story.reply_due_on


def the_refuser_tells_why(end: Outcome) -> None:
    """01, then 02 with the very words of the clerk who refused."""
    line = end.lines[REFUSER.code]
    assert [str(status.code) for status in line.history] == ["01", "02"]
    assert line.history[1].reason == REASON
    assert line.state is DeliveryState.REFUSED
    (refused,) = _of_topic(end, "intake.IncomingDocument.Refused")
    assert (refused.said["reason"], refused.at) == (REASON, line.history[1].at)
    assert line.answered_on is None


def the_reply_comes_back_linked(end: Outcome) -> None:
    """The reply stands at the request's arrival, and its day on the sender's line."""
    assert end.arrived.replies == [end.story.reply_id]
    assert [link.document_id for link in end.reply.answers] == [end.story.arrival_id]
    assert end.reply.answers[0].notation == end.request_number.notation
    assert end.lines[ANSWERER.code].answered_on == day_of(end.reply_issued_at)
    assert [str(status.code) for status in end.reply_line.history] == ["01", "03"]


def every_document_is_where_it_ends(end: Outcome) -> None:
    """Issued and completed; refused; the reply registered, with the verdicts of signing."""
    assert {end.request.state, end.reply.state} == {OutgoingState.ISSUED}
    assert end.arrived.state is IncomingState.COMPLETED
    assert end.refused.state is IncomingState.REFUSED
    assert end.reply_arrived.state is IncomingState.REGISTERED
    assert end.arrived.verdict is end.reply_arrived.verdict is Verdict.TRUSTED
    assert end.arrived.legal_value is end.reply_arrived.legal_value is LegalValue.ORIGINAL
    assert end.refused.verdict is Verdict.BROKEN
    assert end.refused.number is None


def every_series_begins_with_one(end: Outcome) -> None:
    """Four series, outgoing and incoming of two agencies: number 1 in each."""
    taken = _of_topic(end, "kernel.NumberTaken")
    assert [event.version for event in taken] == [1, 1, 1, 1]
    assert len({event.aggregate_id for event in taken}) == 4
    assert end.request_number.notation == "01/SNV-VTLT"
    assert end.reply.number is not None
    assert end.reply.number.notation == "01/UBND-VP"
    assert end.arrived.number is not None
    assert end.reply_arrived.number is not None
    assert (end.arrived.number.number, end.reply_arrived.number.number) == (1, 1)


def the_outgoing_register_has_its_ten_columns(end: Outcome) -> None:
    """Of the request, with what its recipients answered."""
    (line,) = end.books[SENDER.code].outgoing
    day = end.request_number.issued_on
    assert (line.notation, line.issued_on) == ("01/SNV-VTLT", day)
    assert (line.kind_and_subject, line.signer) == (SUBJECT, "Nguyễn Văn An, Giám đốc")
    assert line.recipients == f"{ANSWERER.name}; {REFUSER.name}"
    assert (line.kept_by, line.copies) == ("Phòng Văn thư - Lưu trữ", 2)
    assert (line.passed_on, line.acknowledged) == (day_of(end.request_issued_at), "2/2")
    assert line.remarks == f"{REFUSER.name}: {REASON}"
    assert (line.number, line.document_id) == (1, end.story.document_id)


def the_incoming_register_has_its_ten_columns(end: Outcome) -> None:
    """Of the request where it was answered."""
    (line,) = end.books[ANSWERER.code].incoming
    assert end.arrived.transferred_at is not None
    assert (line.arrived_on, line.number) == (day_of(end.arrived.effective_at), 1)
    assert (line.author, line.notation) == (SENDER.name, "01/SNV-VTLT")
    assert (line.issued_on, line.kind_and_subject) == (end.request_number.issued_on, SUBJECT)
    assert line.received_by_unit == "Phòng Nội vụ"
    assert line.transferred_on == day_of(end.arrived.transferred_at)
    assert (line.acknowledged, line.remarks) == ("Phạm Minh Châu", "01/UBND-VP")
    assert line.document_id == end.story.arrival_id


def the_registers_hold_nothing_else(end: Outcome) -> None:
    """The reply stands in two registers; what was refused stands in none."""
    (sent,) = end.books[ANSWERER.code].outgoing
    (got,) = end.books[SENDER.code].incoming
    assert (sent.notation, sent.kind_and_subject) == ("01/UBND-VP", REPLY_SUBJECT)
    assert (sent.acknowledged, sent.copies, sent.remarks) == ("1/1", 1, "")
    assert (got.number, got.author, got.notation) == (1, ANSWERER.name, "01/UBND-VP")
    assert (got.received_by_unit, got.transferred_on, got.acknowledged) == ("", None, "")
    assert (end.books[REFUSER.code].incoming, end.books[REFUSER.code].outgoing) == ([], [])


def nothing_is_late_but_the_reply_will_be(end: Outcome) -> None:
    """Now nothing; in a month the reply, which waits for its transfer since its arrival."""
    assert [books.late for books in end.books.values()] == [[], [], []]
    (matter,) = (it for books in end.books.values() for it in books.late_in_a_month)
    due = transfer_due(Calendar.of("A"), end.reply_arrived.entered_at, paperless=True)
    assert (matter.kind, matter.document_id) == (LateKind.TRANSFER, end.story.reply_arrival_id)
    assert (matter.agency, matter.due_at) == (SENDER.code, due.due_at)
    assert matter.escalated_at is None


def the_indicators_come_out_right(end: Outcome) -> None:
    """I5 sent and arrived, I7 refused, I16 transferred in two working hours."""
    sender, answerer = end.books[SENDER.code].figures, end.books[ANSWERER.code].figures
    assert (sender["I5"], sender["I7"], answerer["I16"]) == ((2, 2), (1, 2), (1, 1))
    assert (answerer["I5"], answerer["I7"]) == ((1, 1), (0, 1))
    assert set(end.books[REFUSER.code].figures.values()) == {(0, 0)}


def the_final_file_is_an_original(end: Outcome) -> None:
    """Leader and agency signed it, both hold, and it is byte for byte what was issued."""
    assert (end.report.verdict, end.report.legal_value) == ("TRUSTED", "ORIGINAL")
    leader, seal = end.report.signatures
    assert (leader.holder, leader.verdict) == (f"person:{SENDER.leader}", "TRUSTED")
    assert (leader.integrity, leader.changes, leader.time) == ("INTACT", "PERMITTED", "PROVEN")
    assert (seal.holder, seal.verdict) == (f"agency:{SENDER.code}", "TRUSTED")
    assert (seal.coverage, seal.changes) == ("WHOLE_FILE", "NONE")
    assert end.report.sha256 == end.request.file.sha256 == end.arrived.files[0].sha256


def number_and_date_are_seen_on_the_page(end: Outcome) -> None:
    """Both fields are filled, drawn and shown."""
    form = PdfFileReader(io.BytesIO(end.pdf)).root["/AcroForm"]["/Fields"]
    fields = {str(field.get_object()["/T"]): field.get_object() for field in form}
    day = end.request_number.issued_on
    written = f"ngày {day:%d} tháng {day.month if day.month > 2 else f'0{day.month}'}"
    assert str(fields["vanban_number"]["/V"]) == "01/SNV-VTLT"
    assert str(fields["vanban_date"]["/V"]) == f"{written} năm {day.year}"
    for name in ("vanban_number", "vanban_date"):
        assert re.search(rb"BT\b.*\bT[jJ]\b.*\bET", fields[name]["/AP"]["/N"].data, re.DOTALL)
        assert not int(fields[name].get("/F", 0)) & 0b10_0010  # hidden, or not to be viewed


def the_history_is_one_unbroken_chain(end: Outcome) -> None:
    """Actor, time and trace at every line; each names the digest of the bytes before it."""
    stored = {(e.service, e.aggregate_id, e.version): e for e in end.events}
    lines = [*end.history, *end.reply_history]
    assert (len(end.history), len(end.reply_history)) == (46, 25)
    times = [line.entry.at for line in end.history]
    assert times == sorted(times)
    tips: dict[Any, str] = defaultdict(str)
    for line in sorted(lines, key=lambda line: line.entry.version):
        entry, of = line.entry, (line.service, line.aggregate_id)
        kept = stored[*of, entry.version]
        assert entry.actor.person and TRACE.fullmatch(entry.trace)
        assert (entry.topic, entry.at, entry.digest) == (kept.topic, kept.at, kept.digest)
        assert entry.after == kept.said["after"] == tips[of]
        tips[of] = entry.digest


def people_act_in_their_posts(end: Outcome) -> None:
    """Who acted stands in the history by name, post and agency of that moment."""
    acted = {(line.service, line.entry.topic.split(".")[-1]): line for line in end.history}
    issued, directed = acted["dispatch", "Issued"], acted["intake", "Directed"]
    assert (issued.entry.actor.post, issued.entry.actor.agency) == ("Văn thư", SENDER.code)
    assert directed.entry.actor.name == ANSWERER.leader_name
    assert (directed.entry.actor.post, directed.entry.actor.agency) == ("Chủ tịch", ANSWERER.code)


def the_history_replays_to_the_same_state(end: Outcome) -> None:
    """The stored events alone give the document its people saw."""
    document: IncomingDocument | None = None
    for event in end.events:
        if event.aggregate_id == end.story.arrival_id and event.service == "intake":
            document = MAPPER.to_domain_event(event.as_stored()).mutate(document)
    assert document is not None
    assert document.view() == end.arrived


def nothing_is_lost_and_nothing_doubled(end: Outcome) -> None:
    """Every event of the story once; one arrival at each recipient."""
    assert end.counts == COUNTS
    arrived = {event.aggregate_id for event in _of_topic(end, "intake.IncomingDocument.Arrived")}
    story = end.story
    assert arrived == {story.arrival_id, story.refused_id, story.reply_arrival_id}


EVERYTHING: tuple[Callable[[Outcome], None], ...] = (
    the_answerer_tells_every_status_once,
    the_refuser_tells_why,
    the_reply_comes_back_linked,
    every_document_is_where_it_ends,
    every_series_begins_with_one,
    the_outgoing_register_has_its_ten_columns,
    the_incoming_register_has_its_ten_columns,
    the_registers_hold_nothing_else,
    nothing_is_late_but_the_reply_will_be,
    the_indicators_come_out_right,
    the_final_file_is_an_original,
    number_and_date_are_seen_on_the_page,
    the_history_is_one_unbroken_chain,
    people_act_in_their_posts,
    the_history_replays_to_the_same_state,
    nothing_is_lost_and_nothing_doubled,
)


def _of_topic(end: Outcome, topic: str) -> list[Stored]:
    return [event for event in end.events if event.topic == topic]
