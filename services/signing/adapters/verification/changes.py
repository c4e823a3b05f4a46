# mypy: allow-untyped-calls
"""What happened to a file after a signature, and whether it may (regulation 4.4 item 2)."""

from typing import Any, Final

from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel, SuspiciousModification
from pyhanko.sign.fields import MDPPerm

from services.signing.adapters.appearance.text import TEXT_FIELDS
from services.signing.adapters.pdf.opening import LIBRARY_FAILURES, OpenedPdf
from services.signing.adapters.verification.covers import HIDDEN, covering
from services.signing.adapters.verification.differences import FORM, ORPHANS, VERSION, rules
from services.signing.adapters.verification.profile import Profile
from services.signing.adapters.verification.report import Changes, Reason
from services.signing.adapters.verification.signed import SignedObject

Answer = tuple[Changes, tuple[Reason, ...]]
DEVIATIONS: Final = frozenset({ORPHANS, VERSION})
_FILLING: Final = frozenset({MDPPerm.FILL_FORMS, MDPPerm.ANNOTATE})


def changes_after(
    opened: OpenedPdf,
    revision: int,
    sealed: frozenset[int],
    signature: SignedObject,
    profile: Profile,
) -> Answer:
    """What happened after ``revision``; ``sealed`` are those an agency's seal covers last."""
    xrefs = opened.reader.xrefs
    later = range(revision + 1, int(xrefs.total_revisions))
    if not later:
        return "NONE", ()
    if any(xrefs.get_xref_data(number).hybrid is not None for number in later):
        return _forbidden("HYBRID_REVISION_AFTER_SIGNATURE")
    try:
        changes, reasons = _reviewed(opened, revision, sealed, signature, profile)
        if changes in ("FURTHER_SIGNATURES", "PERMITTED"):
            return _looked_at(opened, revision, signature, profile, (changes, reasons))
        return changes, reasons
    except LIBRARY_FAILURES as failure:
        return _forbidden("CHANGE_UNREADABLE", error=type(failure).__name__)


def _reviewed(
    opened: OpenedPdf,
    revision: int,
    sealed: frozenset[int],
    signature: SignedObject,
    profile: Profile,
) -> Answer:
    def review(passing: frozenset[str]) -> DiffResult | SuspiciousModification:
        return rules(sealed, passing).review_file(
            opened.reader, revision, signature.locked, signature.permission
        )

    found = review(frozenset())
    if not isinstance(found, SuspiciousModification):
        return _judged(found, signature.permission)
    certified = frozenset({FORM}) if signature.permission in _FILLING else frozenset()
    known = DEVIATIONS | certified
    loosely = review(known)
    if isinstance(loosely, SuspiciousModification):
        return _forbidden("CHANGE_NOT_PERMITTED", after_revision=revision)
    needed = {one for one in known if isinstance(review(known - {one}), SuspiciousModification)}
    needed = needed or set(known)
    changes, reasons = _judged(loosely, signature.permission)
    signed = {VERSION} if changes == "FURTHER_SIGNATURES" else set()
    if changes == "NOT_PERMITTED" or needed - certified - signed - profile.tolerated:
        failed = tuple(Reason(code=code) for code in sorted(needed - certified))
        return "NOT_PERMITTED", reasons + failed
    told = (Reason(code=code, weight="WARNING") for code in sorted(needed))
    return "PERMITTED", (*reasons, *told)


def _judged(found: DiffResult, allowed: Any) -> Answer:
    level = found.modification_level
    if allowed is not None and level.value > allowed.value:
        return _forbidden("CHANGE_FORBIDDEN_BY_CERTIFICATION", allowed=allowed.value)
    if level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES):
        return "VALIDATION_DATA", ()
    if level != ModificationLevel.FORM_FILLING:
        return _forbidden("CHANGE_NOT_PERMITTED")
    filled = found.changed_form_fields & TEXT_FIELDS.by_name().keys()
    return ("PERMITTED" if filled else "FURTHER_SIGNATURES"), ()


def _looked_at(
    opened: OpenedPdf, revision: int, signature: SignedObject, profile: Profile, answer: Answer
) -> Answer:
    """The same, with what the looks of later signatures cover of what this one signed."""
    changes, reasons = answer
    span = [int(edge) for edge in signature.dictionary["/ByteRange"]]
    found = covering(opened, revision, span[2] + span[3])
    large, hiding = (
        {one.data["field"] for one in found if one.code in codes}
        for codes in (frozenset({"SIGNATURE_COVERS_PAGE"}), HIDDEN)
    )
    if large & hiding and "SIGNATURE_HIDES_PAGE" not in profile.tolerated:
        return "NOT_PERMITTED", (*reasons, *found, Reason(code="SIGNATURE_HIDES_PAGE"))
    return changes, (*reasons, *found)


def _forbidden(code: str, **data: str | int | float) -> Answer:
    return "NOT_PERMITTED", (Reason(code=code, data=data),)
