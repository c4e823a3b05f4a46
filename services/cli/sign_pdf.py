"""`vanban sign-pdf`: sign one PDF with a key of one's own. Needs no running platform.

Exit code 0: signed, and our own verification passed. 1: refused, with what to do. 2: miswritten.
"""

from __future__ import annotations

import hashlib
import json
import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NamedTuple
from urllib.parse import unquote

import typer
from rich.console import Console
from rich.table import Table

from contracts.values import Placement
from services.cli.loading import loaded
from services.signing.adapters.appearance.picture import Picture, picture_within
from services.signing.adapters.keys.algorithms import algorithm_of
from services.signing.adapters.keys.key import SigningKey
from services.signing.adapters.keys.secrets import read_pin
from services.signing.adapters.keys.software import key_of_pkcs12, load_certificates
from services.signing.adapters.keys.tokens import Token, key_in_token
from services.signing.adapters.making.single import in_corner, sign_alone
from services.signing.adapters.pdf.pages import POINTS_PER_MM
from services.signing.adapters.refusals import SigningRefused
from services.signing.adapters.timestamps.remote import RemoteTimeAuthority
from services.signing.adapters.trust.loading import certificates_in, lists_in
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.verification.report import VerificationReport

ME = "sign-pdf"
CORNER_MM = (45.0, 45.0)
"""How large a picture is shown in a corner, at most."""


class Level(StrEnum):
    """How the signature proves its time."""

    B_B = "B-B"
    B_T = "B-T"


class Corner(StrEnum):
    """Where on the page the picture goes."""

    TOP_LEFT = "top-left"
    TOP_RIGHT = "top-right"
    BOTTOM_LEFT = "bottom-left"
    BOTTOM_RIGHT = "bottom-right"


def register(app: typer.Typer) -> None:
    """Hang `sign-pdf` under the main command."""
    app.command("sign-pdf")(sign_pdf)


def _box(text: str) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(edge) for edge in text.split(","))
    return x0, y0, x1, y1


class KeyInToken(NamedTuple):
    """Where a key lies: the module, the token's label, the key's label."""

    module: Path
    token: str
    label: str


def _uri(text: str) -> KeyInToken:
    """`pkcs11:token=…;object=…?module-path=…` (RFC 7512)."""
    scheme, _, rest = text.partition(":")
    path, _, query = rest.partition("?")
    words = dict(word.split("=", 1) for word in [*path.split(";"), *query.split("&")] if word)
    named = [unquote(words.get(name, "")) for name in ("module-path", "token", "object")]
    if scheme != "pkcs11" or not all(named):
        raise ValueError(text)
    return KeyInToken(Path(named[0]), *named[1:])


def _file(help: str) -> Any:
    return typer.Option(exists=True, dir_okay=False, readable=True, help=help)


Pdf = Annotated[Path, typer.Argument(exists=True, dir_okay=False, metavar="FILE", help="PDF.")]
Out = Annotated[Path, typer.Option(dir_okay=False, help="Tệp kết quả / the result.")]
P12 = Annotated[Path | None, _file("Khóa PKCS#12 / key file.")]
Uri = Annotated[
    Any,
    typer.Option(
        parser=_uri,
        metavar="URI",
        help="Khóa trong thiết bị / pkcs11:token=…;object=…?module-path=…",
    ),
]
Certificate = Annotated[Path | None, _file("Chứng thư của khóa / certificate of that key, PEM.")]
PinFile = Annotated[
    Path | None, _file("Tệp 0600 có PIN, mật khẩu; không có thì hỏi / else it is asked.")
]
Box = Annotated[
    Any, typer.Option(parser=_box, metavar="X0,Y0,X1,Y1", help="Ô / points from below left.")
]
Picture_ = Annotated[Path | None, _file("PNG nền trong suốt / transparent PNG.")]
Roots = Annotated[list[Path] | None, _file("Gốc tin cậy / trusted roots, PEM, DER.")]
Issuers = Annotated[list[Path] | None, _file("CA trung gian / issuing authorities, PEM, DER.")]
Lists = Annotated[list[Path] | None, _file("Danh sách thu hồi / revocation list, PEM, DER.")]


def sign_pdf(
    file: Pdf,
    out: Out,
    p12: P12 = None,
    pkcs11: Uri = None,
    certificate: Certificate = None,
    pin_file: PinFile = None,
    pss: Annotated[bool, typer.Option("--pss", help="RSA-PSS.")] = False,
    level: Annotated[Level, typer.Option(help="Mức / level.")] = Level.B_B,
    tsa: Annotated[str, typer.Option(metavar="URL", help="Cấp dấu thời gian / for B-T.")] = "",
    picture: Picture_ = None,
    page: Annotated[int, typer.Option(min=1, help="Trang / page.")] = 1,
    placement: Annotated[Corner, typer.Option(help="Góc / corner.")] = Corner.BOTTOM_RIGHT,
    box: Box = None,
    trust: Roots = None,
    issuer: Issuers = None,
    crl: Lists = None,
    force: Annotated[bool, typer.Option("--force", help="Ghi đè / overwrite.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON / print JSON.")] = False,
) -> None:
    """Ký số một tệp PDF, không cần hệ thống / sign a PDF with a key of one's own.

    The key is a file (--p12) or lies in a token (--pkcs11 with --certificate). Without --trust the
    self-check leaves trust out.
    """
    if out.exists() and not force:
        raise typer.BadParameter(f"{out}: đã có / is there; --force", param_hint="--out")
    if (level is Level.B_T) != bool(tsa):
        raise typer.BadParameter("B-T ⇔ --tsa", param_hint="--level")
    if (p12 is None) == (pkcs11 is None) or (pkcs11 is None) != (certificate is None):
        raise typer.BadParameter("--p12 | --pkcs11 --certificate", param_hint="--p12")
    trusted = _trusted(trust or [], issuer or [], crl or [])
    try:
        key = _key(p12, pkcs11, certificate, pin_file, pss)
        pdf, authority = file.read_bytes(), RemoteTimeAuthority(tsa) if tsa else None
        image, place = _shown(pdf, picture, page - 1, placement, box)
        at = datetime.now(UTC)
        signed, report = sign_alone(pdf, key, at, authority, trusted, place, image)
    except SigningRefused as refused:
        raise _refused(refused, as_json) from None
    _write(out, signed)
    told = _told(out, signed, key, report, checked_trust=bool(trust))
    typer.echo(json.dumps(told, ensure_ascii=False, indent=2)) if as_json else _print(told)


def _key(
    p12: Path | None,
    pkcs11: KeyInToken | None,
    certificate: Path | None,
    pin_file: Path | None,
    pss: bool,
) -> SigningKey:
    if p12 is not None:
        return key_of_pkcs12(ME, p12.read_bytes(), _pin(pin_file).encode() or None, pss=pss)
    assert pkcs11 is not None and certificate is not None
    own = load_certificates(certificate.read_bytes())[0]
    token = Token(pkcs11.module, pkcs11.token, lambda: _pin(pin_file))
    return key_in_token(ME, own, algorithm_of(own, pss=pss), token, pkcs11.label)


def _pin(file: Path | None) -> str:
    if file is not None:
        return read_pin(file)
    if not sys.stdin.isatty():
        raise typer.BadParameter("không có bàn phím / no terminal", param_hint="--pin-file")
    asked: str = typer.prompt("PIN, mật khẩu / password", hide_input=True, default="")
    return asked


def _shown(
    pdf: bytes, picture: Path | None, page: int, corner: Corner, box: Any
) -> tuple[Picture | None, Placement | None]:
    """The picture as large as its place allows, and that place; neither without a picture."""
    if picture is None:
        return None, None
    png = picture.read_bytes()
    if box is None:
        image = picture_within(png, *CORNER_MM)
        return image, in_corner(pdf, page, corner, image)
    x0, y0, x1, y1 = box
    image = picture_within(png, (x1 - x0) / POINTS_PER_MM, (y1 - y0) / POINTS_PER_MM)
    return image, Placement(page=page, box=box)


def _trusted(roots: list[Path], issuers: list[Path], lists: list[Path]) -> TrustSet:
    anchors = loaded(roots, certificates_in)
    return TrustSet(
        version="",
        signer_anchors=anchors,
        timestamp_anchors=anchors,
        intermediates=loaded(issuers, certificates_in),
        revocation_lists=loaded(lists, lists_in),
    )


def _write(out: Path, signed: bytes) -> None:
    """All or nothing: whoever looks finds the old file or the whole new one."""
    fresh = out.with_name(f".{out.name}.new")
    fresh.write_bytes(signed)
    fresh.replace(out)


def _told(
    out: Path, signed: bytes, key: SigningKey, report: VerificationReport, checked_trust: bool
) -> dict[str, Any]:
    """What was made and what our own verification says of it; the last signature is the new one."""
    made = report.signatures[-1]
    questions = ("integrity", "coverage", "changes", "trust", "time", "policy")
    return {
        "file": str(out),
        "sha256": hashlib.sha256(signed).hexdigest(),
        "size": len(signed),
        "field": made.field,
        "signer": made.signer,
        "algorithm": key.algorithm.value,
        "signed_at": made.signed_at,
        "proven_by": made.proven_by,
        "signatures": len(report.signatures),
        "verdict": report.verdict if checked_trust else "TRUST_NOT_CHECKED",
        "answers": {question: getattr(made, question) for question in questions},
        "reasons": [reason.code for one in report.signatures for reason in one.reasons],
    }


def _print(told: dict[str, Any]) -> None:
    table = Table(show_header=False, title=f"[green]✓[/] {told['file']}")
    answers = " · ".join(f"{name} {answer}" for name, answer in told["answers"].items())
    for label, value in (
        ("Người ký / signer", told["signer"]),
        ("Thuật toán / algorithm", told["algorithm"]),
        ("Thời điểm / at", f"{told['signed_at']} {told['proven_by']}"),
        ("Tự kiểm tra / self-check", f"{told['verdict']}\n{answers}"),
        ("Ghi chú / remarks", ", ".join(told["reasons"])),
        ("SHA-256", told["sha256"]),
    ):
        table.add_row(label, value)
    Console().print(table)


def _refused(refused: SigningRefused, as_json: bool) -> typer.Exit:
    told = {"code": refused.code, "vi": refused.message("vi"), "en": refused.message("en")}
    if as_json:
        typer.echo(json.dumps({"refused": told}, ensure_ascii=False, indent=2))
    else:
        screen = Console(stderr=True, highlight=False)
        screen.print(f"[red]✗[/] {told['code']}: {told['vi']}\n  {told['en']}")
    return typer.Exit(1)
