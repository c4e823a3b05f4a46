"""`vanban verify-pdf`: judge the signatures of PDF files. Needs no running platform, no network.

Exit code 0: every file is TRUSTED. 1: one or more are not; one that is not there or cannot be read
is REJECTED like a bad one, and takes no other file's verdict with it. 2: the command was
miswritten, or a certificate or list cannot be read.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from contracts.signing.reasons import sentence
from contracts.values import Verdict
from contracts.working_time import VIETNAM
from services.cli.loading import loaded
from services.signing.adapters.pdf.opening import Limits
from services.signing.adapters.trust.loading import certificates_in, lists_in
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.verification.indication import indication_of
from services.signing.adapters.verification.process import verify, warm
from services.signing.adapters.verification.report import (
    Reason,
    SignatureReport,
    VerificationReport,
)
from services.signing.adapters.verification.stamps import instant

QUESTIONS: Final = ("integrity", "coverage", "changes", "trust", "time", "policy")
TOLD_BESIDE: Final = (
    "field",
    "kind",
    "verdict",
    "indication",
    "subindication",
    "signer",
    "organisation",
    "serial",
    "signed_at",
    "proven_by",
)


def register(app: typer.Typer) -> None:
    """Hang `verify-pdf` under the main command."""
    app.command("verify-pdf")(verify_pdf)


def _instant(text: str) -> datetime:
    """ISO 8601; without an offset it is Vietnamese time."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=VIETNAM)


def _named(help: str) -> Any:
    return typer.Option(exists=True, dir_okay=False, metavar="FILE", help=help)


Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help="PDF.")]
Roots = Annotated[list[Path], _named("Gốc tin cậy / trusted roots, PEM, DER.")]
Authorities = Annotated[
    list[Path] | None, _named("Gốc của dấu thời gian, mặc định như --trust / roots of time stamps.")
]
Issuers = Annotated[list[Path] | None, _named("CA trung gian / issuing authorities, PEM, DER.")]
Lists = Annotated[list[Path] | None, _named("Danh sách thu hồi / revocation lists, PEM, DER.")]
Instant = Annotated[
    Any, typer.Option(parser=_instant, metavar="INSTANT", help="Thời điểm, ISO 8601 / as of.")
]


def verify_pdf(
    files: Files,
    trust: Roots,
    tsa_trust: Authorities = None,
    intermediate: Issuers = None,
    crl: Lists = None,
    at: Instant = None,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON / print JSON.")] = False,
) -> None:
    """Kiểm tra chữ ký số trên tệp PDF / judge the signatures of PDF files, offline."""
    trusted = TrustSet(
        version="",
        signer_anchors=loaded(trust, certificates_in),
        timestamp_anchors=loaded(tsa_trust or trust, certificates_in),
        intermediates=loaded(intermediate, certificates_in),
        revocation_lists=loaded(crl, lists_in),
    )
    warm()
    asked_at = at or datetime.now(UTC)
    told = [(path, _judged(path, trusted, asked_at)) for path in files]
    _print_json(told) if as_json else _print(told)
    if any(report.verdict != "TRUSTED" for _, report in told):
        raise typer.Exit(1)


def _judged(path: Path, trusted: TrustSet, at: datetime) -> VerificationReport:
    """The verdict on what stands there; a file beyond the limit is refused before it is read."""
    limits = Limits()
    try:
        if not path.is_file():
            return _unread(at, Reason(code="FILE_NOT_FOUND"))
        size = path.stat().st_size
        if size > limits.max_bytes:
            data: dict[str, str | int | float] = {"bytes": size, "limit": limits.max_bytes}
            return _unread(at, Reason(code="TOO_LARGE", data=data))
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        return _unread(at, Reason(code="FILE_NOT_READ", data={"error": type(error).__name__}))
    return verify(content, trusted, at, limits)


def _unread(at: datetime, reason: Reason) -> VerificationReport:
    told = indication_of(SignatureReport(field="", verdict="REJECTED", reasons=[reason]))
    return VerificationReport(
        verdict="REJECTED",
        indication=told.status.name,
        subindication=told.standard_name,
        verified_at=instant(at),
        reasons=[reason],
    )


def _print_json(told: list[tuple[Path, VerificationReport]]) -> None:
    """Every letter beyond ASCII is escaped, so that a name can deceive nobody."""
    typer.echo(json.dumps([_plain(*each) for each in told], indent=2))


def _plain(path: Path, report: VerificationReport) -> dict[str, Any]:
    return {
        "file": str(path),
        "verdict": report.verdict,
        "legal_value": report.legal_value,
        "indication": report.indication,
        "subindication": report.subindication,
        "sha256": report.sha256,
        "verified_at": report.verified_at,
        "signatures": [_signature(one) for one in report.signatures],
        "reasons": [_reason(one) for one in report.reasons],
    }


def _signature(one: SignatureReport) -> dict[str, Any]:
    beside = {name: getattr(one, name) for name in TOLD_BESIDE}
    answers = {question: getattr(one, question) for question in QUESTIONS}
    return beside | answers | {"reasons": [_reason(reason) for reason in one.reasons]}


def _reason(reason: Reason) -> dict[str, Any]:
    said = {language: sentence(reason.code, reason.data, language) for language in ("vi", "en")}
    return msgspec.to_builtins(reason) | said  # type: ignore[no-any-return]


def _print(told: list[tuple[Path, VerificationReport]]) -> None:
    table = Table("Tệp / file", "Kết luận / verdict", "Chữ ký / signatures", "Lý do / reasons")
    for path, report in told:
        verdict = Verdict(report.verdict)
        words = f"{verdict.value}\n{verdict.vi}\n{verdict.en}"
        colour = {"TRUSTED": "green", "WARN": "yellow"}.get(report.verdict, "red")
        reasons = report.reasons + [why for one in report.signatures for why in one.reasons]
        table.add_row(
            Text(ascii(str(path))[1:-1] if not str(path).isprintable() else str(path)),
            Text(words, style=colour),
            Text("\n".join(map(_answers, report.signatures))),
            Text("\n".join(_both(why) for why in reasons)),
        )
    Console().print(table)


def _answers(one: SignatureReport) -> str:
    answers = " · ".join(f"{question} {getattr(one, question)}" for question in QUESTIONS)
    return f"{one.field}: {one.verdict}\n{one.signer} {one.signed_at}\n{answers}"


def _both(why: Reason) -> str:
    return "\n".join(sentence(why.code, why.data, language) for language in ("vi", "en"))
