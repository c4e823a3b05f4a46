"""Two agencies whose people, gateways and neighbours act at random, rightly and wrongly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid5

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from contracts.dispatch import DocumentIssued, RecallOrdered
from contracts.intake import CompletionResult, OfficeRules, Origin
from contracts.intake import IncomingAct as Act
from contracts.intake import IncomingState as State
from contracts.tracking import DocumentTaken, Letter, RecallTaken, UpdateTaken
from contracts.values import (
    DocumentKind,
    LegalValue,
    RefusalCode,
    Role,
    Secrecy,
    Urgency,
    Verdict,
    delivery_id,
)
from contracts.working_time import VIETNAM
from services.intake.domain import IncomingDocument
from services.kernel.context import Circumstances, the_service
from tests.intake.office import (
    ASKED,
    DUE,
    FILE,
    GATEWAY,
    HOA,
    LAN,
    LETTER,
    MINH,
    ON_AXIS,
    OURS,
    REPORT,
    THEIRS,
    WAY,
    Office,
    issued,
    verified,
)
from tests.intake.witness import AN, BINH, TAM, Tally, Witness

FRIDAY = datetime(2024, 12, 27, 15, 0, tzinfo=VIETNAM)
"""Before a weekend and the new year."""

CLOCK = [timedelta(minutes=20), timedelta(hours=3), timedelta(days=1), timedelta(days=4)]
MOST = 10
NUMBERS = st.integers(0, MOST + 1)
CHANCE = st.integers(0, 9)
PEOPLE = [HOA, LAN, MINH, TAM, AN, BINH, GATEWAY]
URGENCIES = st.sampled_from([Urgency.ORDINARY, Urgency.ORDINARY, *Urgency])
AGENCIES = st.sampled_from([OURS, THEIRS])
SPACE, NEVER = UUID(int=0x7AB1E), UUID(int=404)
DOERS = {
    OURS: {Role.CLERK: HOA, Role.LEADER: LAN, Role.OFFICER: MINH},
    THEIRS: {Role.CLERK: BINH, Role.LEADER: AN, Role.OFFICER: AN},
}
ACTS: dict[Act, tuple[Role, str]] = {
    Act.REFUSE: (Role.CLERK, "ARRIVED"),
    Act.DECIDE_DUPLICATE: (Role.CLERK, "ARRIVED"),
    Act.REGISTER: (Role.CLERK, "ARRIVED"),
    Act.PRESENT: (Role.CLERK, "REGISTERED"),
    Act.TRANSFER_DIRECTLY: (Role.CLERK, "REGISTERED"),
    Act.FILE: (Role.CLERK, "REGISTERED"),
    Act.TAKE_OVER: (Role.LEADER, "REGISTERED"),
    Act.DIRECT: (Role.LEADER, "PRESENTED"),
    Act.RETURN: (Role.LEADER, "PRESENTED"),
    Act.TRANSFER: (Role.CLERK, "DIRECTED"),
    Act.START: (Role.OFFICER, "ASSIGNED"),
    Act.SEND_BACK: (Role.OFFICER, "ASSIGNED"),
    Act.EXTEND: (Role.LEADER, "IN_PROGRESS"),
    Act.REASSIGN: (Role.LEADER, "IN_PROGRESS"),
    Act.COMPLETE: (Role.OFFICER, "IN_PROGRESS"),
    Act.REOPEN: (Role.LEADER, "COMPLETED"),
    Act.CANCEL: (Role.CLERK, "RECALL_PENDING"),
    Act.DECLINE_RECALL: (Role.LEADER, "RECALL_PENDING"),
    Act.NAME_FOLLOWER: (Role.LEADER, "REGISTERED"),
    Act.EXPECT_PAPER: (Role.CLERK, "REGISTERED"),
    Act.RECEIVE_PAPER: (Role.CLERK, "ASSIGNED"),
    Act.APPLY_UPDATE: (Role.CLERK, "IN_PROGRESS"),
    Act.DECLINE_UPDATE: (Role.CLERK, "IN_PROGRESS"),
}
"""Who usually does each act, and in which state it is sensible."""

WRONG: list[dict[str, Any]] = [
    {"reason": " "},
    {"reason": ""},
    {"assignment": {"lead": "Văn thư", "coordinators": ["Văn thư"]}},
    {"due_on": date(2024, 1, 1)},
    {"leader": "an"},
    {"note": "x" * 5000},
    {"document_id": NEVER},
    {"result": "OTHERWISE"},
    {"update_id": UUID(int=405)},
    {"book": "Sổ lạ"},
]


def few(life: Life) -> bool:
    """Whether there is room for more documents: few of them go far."""
    return len(life.witness.states) < MOST


class Life(RuleBasedStateMachine):
    """Two agencies, their people, and all that comes to them."""

    tally: ClassVar[Tally]
    new_store: ClassVar[Callable[[], dict[str, str]]]

    def __init__(self) -> None:
        super().__init__()
        self.office = Office(now=FRIDAY, env=type(self).new_store())
        self.witness = Witness(self.office, self.tally)
        self.letters: list[DocumentIssued] = []
        self.origins: dict[UUID, Origin] = {}
        self.updates: list[tuple[UUID, UUID]] = []
        self.orders: list[UUID] = []
        self.minted = 0

    def mint(self) -> UUID:
        self.minted += 1
        return uuid5(SPACE, str(self.minted))

    def some(self, number: int) -> UUID:
        """One of the latest documents, or one that never was."""
        here = self.witness.here()
        return here[number % len(here)] if here else NEVER

    def agency_of(self, id: UUID) -> str:
        return self.witness.agency.get(id, OURS)

    def origin(self, number: int, chance: int) -> Origin:
        """Of a new document; now and then it looks like an earlier one, or is the same."""
        fresh = self.mint()
        code = int(fresh) % 9_000_000
        origin = Origin(
            agency="G11",
            agency_name="Bộ Y tế",
            document_id=fresh,
            document_code=f"G11.2024.{code:07d}",
            notation=f"{code}/BYT-VP",
            issued_on=date(2024, 12, 26),
        )
        known = list(self.origins.values())
        if known and chance < 3:
            earlier = known[number % len(known)]
            same = {"agency": earlier.agency, "notation": earlier.notation}
            origin = msgspec.structs.replace(origin, **same, issued_on=earlier.issued_on)
            origin = earlier if chance == 0 else origin
        self.origins[origin.document_id] = origin
        return origin

    # -- what comes ---------------------------------------------------------------------------

    @precondition(few)
    @rule(urgency=URGENCIES, chance=CHANCE, number=NUMBERS)
    def a_letter_is_issued(self, urgency: Urgency, chance: int, number: int) -> None:
        """By another agency of the platform, to one or both; it may answer or replace."""
        to = (OURS, THEIRS) if chance < 4 else (OURS,)
        id, reply = self.mint(), DUE if chance % 2 else None
        letter = issued(id, to, urgency=urgency, reply=reply, at=self.office.now)
        if self.letters and chance == 9:
            replaced = self.letters[number % len(self.letters)].document_id
            letter = msgspec.structs.replace(letter, replaces=[replaced])
        self.letters.append(letter)
        self.witness.told("dispatch", letter)

    @rule(number=NUMBERS)
    def a_letter_is_told_again(self, number: int) -> None:
        if self.letters:
            self.witness.told("dispatch", self.letters[number % len(self.letters)])

    @rule(number=NUMBERS)
    def a_reply_is_issued(self, number: int) -> None:
        id = self.some(number)
        sender = self.agency_of(id)
        reply = issued(self.mint(), (ON_AXIS,), sender=sender, answers=(id,), at=self.office.now)
        self.witness.told("dispatch", reply)
        for act in (Act.START, Act.COMPLETE):
            self._does(act, id, DOERS[sender][Role.OFFICER], {})

    @precondition(few)
    @rule(urgency=URGENCIES, chance=CHANCE, number=NUMBERS, mark=CHANCE, agency=AGENCIES)
    def the_gateway_hands_in(
        self, urgency: Urgency, chance: int, number: int, mark: int, agency: str
    ) -> None:
        secrecy = Secrecy.SECRET if mark == 0 else Secrecy.NONE
        self.office.shelf.upload(LETTER)
        replaces = list(self.origins)[number % 3 :][:1] if mark == 9 else []
        said = {"kind": DocumentKind.LETTER, "subject": "Về việc phòng dịch" if mark - 8 else ""}
        said |= {"files": [FILE] if mark - 7 else [], "urgency": urgency, "secrecy": secrecy}
        who = HOA if chance == 9 else GATEWAY
        origin = self.origin(number, chance)
        self.witness.asks(
            who, "receive_document", agency=agency, origin=origin, replaces=replaces, **said
        )

    @precondition(few)
    @rule(chance=CHANCE, number=NUMBERS, agency=AGENCIES)
    def tracking_takes(self, chance: int, number: int, agency: str) -> None:
        origin, marked = self.origin(number, chance), chance == 9
        id = delivery_id(origin.document_id, agency)
        letter = Letter(
            kind=DocumentKind.LETTER,
            subject="Về việc góp ý",
            files=[] if marked else [FILE],
            secrecy=Secrecy.SECRET if marked else Secrecy.NONE,
        )
        self.witness.told(
            "tracking", DocumentTaken(delivery_id=id, agency=agency, origin=origin, letter=letter)
        )

    @precondition(few)
    @rule(chance=CHANCE, number=NUMBERS, clerk=st.sampled_from([HOA, BINH, MINH]))
    def paper_comes(self, chance: int, number: int, clerk: Circumstances) -> None:
        if chance > 3:
            self.office.digitise(FILE, clerk.actor.agency)
            self.witness.look("PaperDigitised")
        self.witness.asks(
            clerk,
            "register_paper",
            document_id=self.some(number) if chance == 9 else self.mint(),
            origin=self.origin(number, chance),
            kind=DocumentKind.LETTER,
            subject="Về việc phòng, chống bão",
            scan=FILE,
            book="citizens" if number % 2 else "incoming",
            duplicate_note="Bản giấy" if chance > 1 else "",
        )

    # -- what machines find -------------------------------------------------------------------

    @rule(number=NUMBERS, chance=CHANCE)
    def the_gate_judges(self, number: int, chance: int) -> None:
        id = self.some(number)
        document, gate = self.office.app.find(IncomingDocument, id), the_service("intake")
        if document is None or not document.waits_for_gate():
            return
        if chance > 1:
            files = [msgspec.structs.replace(f, sealed_for_id=id) for f in document.files]
            self.witness.worker(gate, "admit_files", document_id=id, files=files, report=REPORT)
            return
        code = RefusalCode.MALWARE if chance else RefusalCode.UNREADABLE
        said = {"gate": "DAMAGED", "code": code, "reason": "Tệp hỏng", "report": REPORT}
        self.witness.worker(gate, "reject_files", document_id=id, **said)

    @rule(number=NUMBERS, chance=CHANCE, verdict=st.sampled_from(Verdict))
    def signing_judges(self, number: int, chance: int, verdict: Verdict) -> None:
        document = self.office.app.find(IncomingDocument, self.some(number))
        if document is None:
            return
        good = verified(document.id, files=tuple(document.files))
        odd = {"verdict": verdict, "legal_value": LegalValue.SIGNED_ONLY}
        self.witness.told("signing", good if chance > 2 else msgspec.structs.replace(good, **odd))

    @rule(number=NUMBERS)
    def the_worker_destroys(self, number: int) -> None:
        document = self.office.app.find(IncomingDocument, self.some(number))
        if document and document.cancelling:
            self.office.shelf.destroy(document.id)
            gate = the_service("intake")
            self.witness.worker(gate, "record_destruction", document_id=document.id)

    @rule(step=st.sampled_from(CLOCK))
    def time_passes(self, step: timedelta) -> None:
        self.office.now += step

    # -- what people do -----------------------------------------------------------------------

    @rule(number=NUMBERS, chance=CHANCE, act=st.sampled_from(list(ACTS)), who=NUMBERS)
    def somebody_acts(self, number: int, chance: int, act: Act, who: int) -> None:
        """Whoever, whatever, in whatever state."""
        people = [*PEOPLE, *(DOERS[OURS][ACTS[act][0]] for _ in range(5))]
        self._does(act, self.some(number), people[who], WRONG[number % 10] if chance < 2 else {})

    @rule(number=NUMBERS, picks=st.lists(NUMBERS, min_size=1, max_size=4), chance=CHANCE)
    def the_right_ones_act(self, number: int, picks: list[int], chance: int) -> None:
        """Acts in their turn by whoever is to do them; now and then the same command once more."""
        id = self.some(number)
        for pick in picks:
            state = self.witness.states.get(id)
            sensible = [act for act, (_, turn) in ACTS.items() if turn == state]
            if sensible:
                act = sensible[pick % len(sensible)]
                who = DOERS[self.agency_of(id)][ACTS[act][0]]
                self._does(act, id, who, {}, again=chance == 0)

    @rule(number=NUMBERS, far=st.integers(1, len(WAY)))
    def a_document_goes_its_way(self, number: int, far: int) -> None:
        """Checked, then from the register to its close, as far as this."""
        id = self.some(number)
        document = self.office.app.find(IncomingDocument, id)
        if document is None or document.state is not State.ARRIVED or document.gate:
            return
        self.the_gate_judges(number, 9)
        self.signing_judges(number, 9, Verdict.TRUSTED)
        for _, act in [(None, Act.DECIDE_DUPLICATE), *WAY][: far + 1]:
            self._does(act, id, DOERS[self.agency_of(id)][ACTS[act][0]], {})

    def _does(
        self, act: Act, id: UUID, who: Circumstances, wrong: dict[str, Any], again: bool = False
    ) -> None:
        said = {"document_id": id} | ASKED.get(act, {})
        if act is Act.PRESENT:
            said["leader"] = DOERS[self.agency_of(id)][Role.LEADER].actor.person
        if act is Act.REGISTER:
            said |= {"overrule": "Đã xác minh", "book": "citizens" if id.int % 3 else "incoming"}
        if act is Act.COMPLETE:
            document = self.office.app.find(IncomingDocument, id)
            replied = document is not None and document.replies
            results = list(CompletionResult)
            said["result"] = CompletionResult.REPLIED if replied else results[id.int % 3]
        if act in (Act.APPLY_UPDATE, Act.DECLINE_UPDATE):
            of_it = [update for known, update in self.updates if known == id]
            said["update_id"] = of_it[-1] if of_it else UUID(int=405)
        if act is Act.TAKE_OVER:
            said["from_document_id"] = self._replaced_by(id)
        said |= {name: value for name, value in wrong.items() if name in said}
        self.witness.asks(who, act.value, again=again, **said)

    def _replaced_by(self, id: UUID) -> UUID:
        found = [self.office.app.find(IncomingDocument, one) for one in self.witness.here()]
        old = [one.id for one in found if one and one.superseded_by_id == id]
        return old[-1] if old else self.some(id.int)

    @rule(number=NUMBERS)
    def its_paper_follows(self, number: int) -> None:
        id = self.some(number)
        for act in (Act.EXPECT_PAPER, Act.RECEIVE_PAPER):
            self._does(act, id, DOERS[self.agency_of(id)][Role.CLERK], {})

    @precondition(lambda life: life.letters)
    @rule(number=NUMBERS, far=st.integers(1, len(WAY)))
    def a_letter_is_replaced(self, number: int, far: int) -> None:
        """Its replacement is registered; the leader may give it the open work."""
        old = self.letters[number % len(self.letters)]
        before = delivery_id(old.document_id, OURS)
        if before in self.witness.here():
            self.a_document_goes_its_way(self.witness.here().index(before), len(WAY) - 2)
        letter = issued(self.mint(), (OURS,), at=self.office.now)
        self.witness.told("dispatch", msgspec.structs.replace(letter, replaces=[old.document_id]))
        here = self.witness.here()
        self.a_document_goes_its_way(len(here) - 1, far)
        self._does(Act.TAKE_OVER, here[-1], LAN, {})

    @rule(chance=CHANCE, agency=AGENCIES, who=st.sampled_from([LAN, AN, HOA]))
    def rules_are_laid(self, chance: int, agency: str, who: Circumstances) -> None:
        rules = OfficeRules(
            transfers_directly=chance > 3,
            follower=f"truc-{chance % 3}",
            declines_recalls=chance != 4,
        )
        self.witness.asks(who, "set_office_rules", agency=agency, rules=rules)

    # -- what senders want back or correct ----------------------------------------------------

    @rule(number=NUMBERS, chance=CHANCE)
    def a_recall_comes(self, number: int, chance: int) -> None:
        """Over the gateway or by tracking, of what came or did not come, once or again."""
        document = self.office.app.find(IncomingDocument, self.some(number))
        agency = document.agency if document else OURS
        origin = self.origin(number, 9) if chance < 2 or not document else document.origin
        if chance == 2 and self.office.app.find(
            IncomingDocument, delivery_id(origin.document_id, agency)
        ):
            origin = msgspec.structs.replace(origin, agency="G12")
        order = self.orders[-1] if chance == 3 and self.orders else self.mint()
        self.orders.append(order)
        said = {"agency": agency, "origin": origin, "order_id": order, "reason": "Ban hành nhầm"}
        if chance > 6:
            id = delivery_id(origin.document_id, agency)
            self.witness.told("tracking", RecallTaken(delivery_id=id, **said))
        else:
            self.witness.asks(MINH if chance == 4 else GATEWAY, "receive_recall", **said)

    @rule(number=NUMBERS)
    def dispatch_recalls(self, number: int) -> None:
        if not self.letters:
            return
        letter = self.letters[number % len(self.letters)]
        names = {"document_id", "agency", "agency_name", "number", "kind", "subject", "urgency"}
        facts = {name: getattr(letter, name) for name in names | {"signer", "addressees"}}
        order = RecallOrdered(
            order_id=self.mint(), reason="Ban hành nhầm", ordered_at=self.office.now, **facts
        )
        self.witness.told("dispatch", order)

    @rule(number=NUMBERS, chance=CHANCE)
    def a_correction_comes(self, number: int, chance: int) -> None:
        document = self.office.app.find(IncomingDocument, self.some(number))
        if document is None:
            return
        self.office.shelf.upload(LETTER)
        update, reply = self.mint(), DUE if chance == 8 else document.reply
        self.updates.append((document.id, update))
        said = {"agency": document.agency, "origin": document.origin, "update_id": update}
        if chance > 4:
            letter = Letter(kind=document.kind, subject="Sửa", files=[FILE], reply=reply)
            told = UpdateTaken(delivery_id=document.id, letter=letter, reason="Sai", **said)
            self.witness.told("tracking", told)
        else:
            more = {"subject": "Sửa", "files": [FILE] if chance else [], "reply": reply}
            who = HOA if chance == 1 else GATEWAY
            self.witness.asks(who, "receive_update", reason="Sai biểu mẫu", **said, **more)

    @rule(number=NUMBERS, chance=CHANCE)
    def machines_judge_a_correction(self, number: int, chance: int) -> None:
        if not self.updates:
            return
        id, update = self.updates[-1 - number % len(self.updates)]
        if not self.office.app.noted_update(update):
            return
        ids, gate = {"document_id": id, "update_id": update}, the_service("intake")
        if chance == 0:
            self.witness.worker(gate, "reject_update", **ids, gate="DAMAGED", report=REPORT)
            return
        self.witness.worker(gate, "admit_update", **ids, files=[FILE], report=REPORT)
        if chance > 2:
            self.witness.told("signing", verified(update))
        if chance > 5:
            clerk = DOERS[self.agency_of(id)][Role.CLERK]
            act = Act.APPLY_UPDATE if chance < 9 else Act.DECLINE_UPDATE
            said = {"document_id": id, "update_id": update} | ASKED.get(act, {})
            self.witness.asks(clerk, act.value, **said | {"update_id": update})

    def teardown(self) -> None:
        try:
            self.witness.check_past()
            self.witness.check_lists()
            self.witness.check_numbers()
            self.witness.check_strangers()
        finally:
            self.office.app.close()
