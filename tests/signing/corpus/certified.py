"""Certified letters (DocMDP 1, 2, 3), locked fields (FieldMDP), and what follows them."""

from __future__ import annotations

from typing import Any

from tests.signing.corpus.catalogue import LEADER_BOX, Workshop, case
from tests.signing.corpus.changed import AMOUNT, FILLED, TICKED, furnished
from tests.signing.corpus.paper import (
    CATALOG,
    FIRST,
    FORM,
    TEXT,
    Paper,
    Stream,
    letter,
    ref,
    text,
)
from tests.signing.corpus.valid import add_proof, add_stamp, form_box

FORBIDDEN = ("CHANGE_NOT_PERMITTED", "CHANGE_FORBIDDEN_BY_CERTIFICATION")
FILLED_IN = (*FORBIDDEN, "CHANGE_FILLS_FORM")
LIE = text(b"Pay nine hundred billion dong.")


def certified(shop: Workshop, level: int, **entries: bytes) -> Paper:
    """A furnished letter certified by the leader."""
    return shop.certified(level, furnished(), **entries)


def fill(paper: Paper) -> Paper:
    """The field is filled in and shows what it holds."""
    paper.touch(AMOUNT)["V"] = b"(200)"
    look = Stream(b"/Tx BMC BT /F1 12 Tf (200) Tj ET EMC", form_box(128, 20))
    paper.put(look, FILLED)
    return paper.save()


def note(paper: Paper, kind: bytes = b"/FreeText") -> Paper:
    """A note on the page."""
    look = paper.put(Stream(LIE, form_box(500, 100)))
    box = {"Type": b"/Annot", "Subtype": kind, "Rect": b"[60 640 560 760]", "Contents": b"(x)"}
    paper.annotate(FIRST, paper.put(box | {"AP": b"<< /N %s >>" % ref(look)}))
    return paper.save()


for _level, _verdicts in ((1, "TRUSTED"), (2, "TRUSTED WARN"), (3, "TRUSTED WARN")):

    def _alone(shop: Workshop, level: int = _level) -> bytes:
        return certified(shop, level).content

    def _proof(shop: Workshop, level: int = _level) -> bytes:
        return add_proof(shop, certified(shop, level)).content

    def _stamp(shop: Workshop, level: int = _level) -> bytes:
        return add_stamp(shop, certified(shop, level)).content

    def _text(shop: Workshop, level: int = _level) -> bytes:
        paper = certified(shop, level)
        paper.put(Stream(LIE, {}), TEXT)
        return paper.save().content

    def _note(shop: Workshop, level: int = _level) -> bytes:
        return note(certified(shop, level)).content

    def _redacted(shop: Workshop, level: int = _level) -> bytes:
        return note(certified(shop, level), b"/Redact").content

    def _filled(shop: Workshop, level: int = _level) -> bytes:
        return fill(certified(shop, level)).content

    _wanted: list[tuple[Any, str, str, tuple[str, ...]]] = [
        (_alone, "alone", _verdicts, ()),
        (_proof, "then_proof", _verdicts, ()),
        (_text, "then_text_replaced", "MODIFIED", FORBIDDEN),
        (_note, "then_note_added", "MODIFIED", FORBIDDEN),
        (_redacted, "then_blackened", "MODIFIED", FORBIDDEN),
        (_filled, "then_field_filled", "MODIFIED" if _level == 1 else "WARN", FILLED_IN),
        (_stamp, "then_stamp", "TRUSTED WARN MODIFIED", ()),
    ]
    for _make, _title, _expected, _reasons in _wanted:
        _make.__module__, _make.__name__ = __name__, f"level_{_level}_{_title}"
        case(_expected, *_reasons)(_make)


@case("MODIFIED", *FORBIDDEN)
def level_1_then_second_signature(shop: Workshop) -> bytes:
    """Nothing may follow, not even a signature."""
    return certified(shop, 1).sign(shop.by(shop.people.agency), "agency").content


@case("MODIFIED", *FORBIDDEN)
def level_1_then_second_signature_in_a_prepared_field(shop: Workshop) -> bytes:
    """Nor one in a field that stood ready."""
    paper = furnished()
    paper.add_field("agency")
    paper.save()
    return shop.certified(1, paper).sign(shop.by(shop.people.agency), "agency").content


@case("TRUSTED WARN", roles=True)
def level_2_then_second_signature_in_a_prepared_field(shop: Workshop) -> bytes:
    """A signature in a field that stood ready is a filling of the form."""
    paper = furnished()
    paper.add_field("agency", Rect=b"[320 40 450 90]")
    paper.save()
    return shop.certified(2, paper).sign(shop.by(shop.people.agency), "agency").content


@case("TRUSTED WARN MODIFIED", roles=True)
def level_2_then_second_signature_in_its_own_field(shop: Workshop) -> bytes:
    """A signature that brings its field: some tools allow it."""
    return certified(shop, 2).sign(shop.by(shop.people.agency), "agency").content


@case("MODIFIED WARN", *FORBIDDEN, "SIGNATURE_COVERS_PAGE", "SIGNATURE_COVERS_TEXT")
def level_2_sneaky_signature(shop: Workshop) -> bytes:
    """A stranger's own signature, with a look that rewrites the page (2021)."""
    paper = certified(shop, 2)
    look = paper.put(Stream(b"1 g 0 0 500 300 re f 0 g " + LIE, form_box(500, 300)))
    paper.add_field("stranger", Rect=b"[60 500 560 800]", AP=b"<< /N %s >>" % ref(look))
    return paper.sign(shop.by(shop.people.stranger), "stranger").content


@case("MODIFIED", *FORBIDDEN)
def level_2_sneaky_field_never_signed(shop: Workshop) -> bytes:
    """The same, and nobody even signed."""
    paper = certified(shop, 2)
    look = paper.put(Stream(b"1 g 0 0 500 300 re f", form_box(500, 300)))
    paper.add_field("stranger", Rect=b"[60 500 560 800]", AP=b"<< /N %s >>" % ref(look))
    return paper.save().content


@case("UNTRUSTED FORGED BROKEN REJECTED MODIFIED", roles=True)
def level_2_sneaky_signature_of_nobody(shop: Workshop) -> bytes:
    """The second signature is by a key nobody knows."""
    paper = certified(shop, 2)
    paper.add_field("stranger", Rect=b"[320 40 450 90]")
    people = shop.people
    unknown = people.issue("X", people.twin)
    return paper.sign(shop.by(unknown), "stranger").content


@case("MODIFIED", *FORBIDDEN)
def level_3_then_covering_note(shop: Workshop) -> bytes:
    """A white note with another text over the page (2021)."""
    paper = certified(shop, 3)
    look = paper.put(Stream(b"1 g 0 0 500 300 re f 0 g " + LIE, form_box(500, 300)))
    box = {"Type": b"/Annot", "Subtype": b"/Stamp", "Rect": b"[60 500 560 800]", "F": b"644"}
    paper.annotate(FIRST, paper.put(box | {"AP": b"<< /N %s >>" % ref(look)}))
    return paper.save().content


@case("MODIFIED", *FORBIDDEN)
def level_2_then_field_added(shop: Workshop) -> bytes:
    """Fields may be filled in, not added."""
    paper = certified(shop, 2)
    paper.add_field("more", FT=b"/Tx", V=b"(x)", Rect=b"[60 640 560 760]")
    return paper.save().content


@case("MODIFIED", *FORBIDDEN)
def level_2_then_certification_taken_away(shop: Workshop) -> bytes:
    """The catalog no longer says that it is certified, and the field is filled in."""
    paper = certified(shop, 1)
    del paper.touch(CATALOG)["Perms"]
    return fill(paper).content


@case("MODIFIED", *FORBIDDEN)
def level_1_then_level_raised(shop: Workshop) -> bytes:
    """A second certification allows more than the first."""
    return shop.certified(3, _second(certified(shop, 1))).content


def _second(paper: Paper) -> Paper:
    del paper.fields["Signature1"]
    paper.add_field("Signature1", T=b"(Certification2)", Rect=LEADER_BOX)
    return paper


@case("WARN TRUSTED MODIFIED", roles=True)
def certified_after_approved(shop: Workshop) -> bytes:
    """Certification after a signature: it must be the first."""
    paper = shop.letter.sign(shop.by(shop.people.second), "first")
    return shop.certified(2, paper).content


@case("TRUSTED WARN MODIFIED POLICY REJECTED")
def level_out_of_range(shop: Workshop) -> bytes:
    """A level that there is not."""
    return certified(shop, 9).content


@case("TRUSTED WARN")
def level_missing(shop: Workshop) -> bytes:
    """A certification that names no level allows what level 2 does."""
    reference = b"[<< /Type /SigRef /TransformMethod /DocMDP >>]"
    paper = letter()
    paper.add_field("Signature1")
    paper.save()
    paper.touch(CATALOG)["Perms"] = b"<< /DocMDP %s >>" % ref(max(paper.objects) + 1)
    return paper.sign(shop.by(), Reference=reference).content


def locked(shop: Workshop, action: bytes, level: bytes = b"") -> Paper:
    """A letter whose signature locks fields: All, Include or Exclude of the amount."""
    names = b"" if action == b"All" else b"/Fields [(amount)]"
    parameters = b"<< /Type /TransformParams /V /1.2 /Action /%s %s >>" % (action, names)
    reference = b"<< /Type /SigRef /TransformMethod /FieldMDP /Data %s" % ref(CATALOG)
    word = reference + b" /TransformParams %s >>" % parameters
    paper = furnished()
    lock = b"<< /Type /SigFieldLock /Action /%s %s %s >>" % (action, names, level)
    paper.touch(paper.fields["Signature1"])["Lock"] = lock
    paper.save()
    return paper.sign(shop.by(), Reference=b"[%s]" % word)


@case("TRUSTED WARN")
def all_fields_locked(shop: Workshop) -> bytes:
    """All fields are locked, and nothing follows."""
    return locked(shop, b"All").content


@case("MODIFIED", *FORBIDDEN)
def all_fields_locked_then_filled(shop: Workshop) -> bytes:
    """All fields are locked, and one is filled in."""
    return fill(locked(shop, b"All")).content


@case("MODIFIED", *FORBIDDEN)
def amount_locked_then_filled(shop: Workshop) -> bytes:
    """The amount is locked, and filled in."""
    return fill(locked(shop, b"Include")).content


@case("MODIFIED WARN", *FORBIDDEN)
def amount_locked_then_other_ticked(shop: Workshop) -> bytes:
    """The amount is locked, another field is changed."""
    paper = locked(shop, b"Include")
    paper.touch(TICKED).update(V=b"/Yes", AS=b"/Yes")
    return paper.save().content


@case("MODIFIED", *FORBIDDEN)
def others_locked_then_ticked(shop: Workshop) -> bytes:
    """All but the amount are locked, and another is changed."""
    paper = locked(shop, b"Exclude")
    paper.touch(TICKED).update(V=b"/Yes", AS=b"/Yes")
    return paper.save().content


@case("MODIFIED", *FORBIDDEN)
def lock_taken_away(shop: Workshop) -> bytes:
    """The lock is taken from the signed field."""
    paper = locked(shop, b"All")
    del paper.touch(paper.fields["Signature1"])["Lock"]
    return paper.save().content


@case("MODIFIED", *FORBIDDEN)
def prepared_field_given_another_place(shop: Workshop) -> bytes:
    """The field that stood ready for the seal is moved when the seal is made."""
    paper = shop.prepared.sign(shop.by(), "leader")
    paper.touch(paper.fields["agency"])["Rect"] = b"[60 500 560 800]"
    assert paper.objects[FORM]
    return paper.sign(shop.by(shop.people.agency), "agency").content
