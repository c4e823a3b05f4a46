"""Whether the signatures are those of whom the document says (regulation 4.4 item 7).

A mismatch is a warning for the clerk, who may refuse the document; it never makes a good signature
bad. Of several leaders or agencies (văn bản liên tịch) one must be whom the document names.
Whom our directory does not know is compared by the name in his certificate.
"""

import unicodedata
from collections.abc import Callable

import msgspec

from contracts.signing.answers import SignatureKind, Weight
from contracts.signing.report import Expected, ReasonGiven, Report, SignatureFound
from contracts.values import Verdict

MISMATCH = "IDENTITY_MISMATCH"
Same = Callable[[SignatureFound], bool]
Told = Callable[[SignatureFound], str]


def identified(report: Report, expected: Expected | None) -> Report:
    """The report with a warning at each signature that is not whom the document says."""
    if expected is None:
        return report
    named = [one for one in report.signatures if one.kind is SignatureKind.SIGNATURE and one.signer]
    reasons: dict[str, list[ReasonGiven]] = {}
    for field, reason in _mismatches(named, expected):
        reasons.setdefault(field, []).append(reason)
    signatures = [_warned(one, reasons.get(one.field, [])) for one in report.signatures]
    verdict = _at_best_warn(report.verdict) if reasons else report.verdict
    return msgspec.structs.replace(
        report, expected=expected, signatures=signatures, verdict=verdict
    )


def _mismatches(named: list[SignatureFound], expected: Expected) -> list[tuple[str, ReasonGiven]]:
    leaders = [one for one in named if one.role == "person"]
    seals = [one for one in named if one.role == "agency"]
    strangers = [one for one in named if not one.role]
    agency, name = expected.agency_name or expected.agency, expected.signer
    found = _none(seals, lambda one: one.holder == f"agency:{expected.agency}", agency)
    of_agency = [one for one in leaders if one.agency]
    found += _none(of_agency, lambda one: one.agency == expected.agency, agency, _agency)
    if name:
        found += _none(strangers, lambda one: _alike(one.signer, name, agency), name)
        found += _none(leaders, lambda one: _alike(one.signer, name), name)
    if expected.post:
        posted = [one for one in leaders if one.post and _alike(one.signer, name)]
        found += _none(posted, lambda one: _alike(one.post, expected.post), expected.post, _post)
    return found


def _none(
    signatures: list[SignatureFound], same: Same, expected: str, told: Told | None = None
) -> list[tuple[str, ReasonGiven]]:
    """A warning at each of these signatures, if none of them is the expected one."""
    if any(map(same, signatures)):
        return []
    return [(one.field, _reason(expected, told(one) if told else one.signer)) for one in signatures]


def _agency(found: SignatureFound) -> str:
    return f"{found.organisation or found.signer} ({found.agency})"


def _post(found: SignatureFound) -> str:
    return found.post


def _reason(expected: str, found: str) -> ReasonGiven:
    told = {"expected": expected, "found": found}
    return ReasonGiven(code=MISMATCH, weight=Weight.WARNING, data=dict(told))


def _warned(found: SignatureFound, reasons: list[ReasonGiven]) -> SignatureFound:
    if not reasons:
        return found
    verdict = _at_best_warn(found.verdict)
    return msgspec.structs.replace(found, verdict=verdict, reasons=[*found.reasons, *reasons])


def _at_best_warn(verdict: Verdict) -> Verdict:
    return Verdict.WARN if verdict is Verdict.TRUSTED else verdict


def _alike(found: str, *names: str) -> bool:
    """Whether a name is one of these, or a part of it, or has it as a part."""
    folded = _folded(found)
    return any(folded in of or of in folded for of in map(_folded, names) if folded and of)


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
