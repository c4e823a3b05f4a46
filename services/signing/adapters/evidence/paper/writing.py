"""What the report says on paper: who signed, when, what was checked, what it was relied on."""

import hashlib
from datetime import datetime

from contracts.signing.answers import SignatureKind, Time
from contracts.signing.reasons import sentence
from contracts.signing.report import Material, ReasonGiven, Report, SignatureFound
from contracts.values import SignerRole
from services.signing.adapters.evidence.paper.sheet import Sheet

QUESTIONS = {
    "integrity": ("Tính toàn vẹn", "Integrity"),
    "coverage": ("Phạm vi ký", "Coverage"),
    "changes": ("Thay đổi sau khi ký", "Changes afterwards"),
    "trust": ("Chứng thư", "Certificate"),
    "time": ("Thời gian ký", "Signing time"),
    "policy": ("Yêu cầu kỹ thuật", "Technical demands"),
}
ROLES = {"person": SignerRole.LEADER, "agency": SignerRole.AGENCY}


def write_report(report: Report, digest: str, etsi: bytes | None) -> bytes:
    """The report as a PDF. `digest` names its JSON, the evidence of record; `etsi` is its XML."""
    sheet = Sheet()
    sheet.title("BÁO CÁO KIỂM TRA CHỮ KÝ SỐ", "REPORT ON THE VERIFICATION OF DIGITAL SIGNATURES")
    _conclusion(sheet, report)
    for number, found in enumerate(report.signatures, 1):
        _signature(sheet, number, found)
    _relied_on(sheet, report.materials)
    _again(sheet, report, digest, etsi)
    return sheet.pdf(f"Báo cáo kiểm tra chữ ký số: {report.document.name}", digest)


def _conclusion(sheet: Sheet, report: Report) -> None:
    verdict, value = report.verdict, report.legal_value
    sheet.heading(f"Kết luận: {verdict.vi}", f"Conclusion: {verdict.en}")
    sheet.pair(f"Giá trị pháp lý: {value.vi}.", f"Legal value: {value.en}.")
    sheet.pair(
        "Kết luận về tệp là kết luận xấu nhất trong các chữ ký của tệp.",
        "The conclusion on the file is the worst one on any of its signatures.",
    )
    _reasons(sheet, report.reasons)
    sheet.gap()
    sheet.fact("Tệp", "File", report.document.name)
    sheet.fact("SHA-256", "fingerprint", report.document.sha256)
    sheet.fact("Dung lượng (byte)", "Size (bytes)", f"{report.document.size}")
    sheet.fact("Số trang", "Pages", f"{report.pages or '?'}")
    sheet.fact("Thời điểm kiểm tra", "Verified at", _instant(report.verified_at))
    sheet.fact("Số chữ ký", "Signatures", f"{len(report.signatures)}")
    if said := report.expected:
        told = (said.agency_name, said.agency, said.signer, said.post)
        sheet.fact("Văn bản ghi là của", "By its own words of", "; ".join(filter(None, told)))
    sheet.gap()


def _signature(sheet: Sheet, number: int, found: SignatureFound) -> None:
    who, role = found.signer or found.field, ROLES.get(found.role)
    sheet.heading(
        f"{found.kind.vi} {number}: {who}. {found.verdict.vi}",
        f"{found.kind.en} {number}: {who}. {found.verdict.en}",
    )
    if role:
        sheet.pair(f"Tư cách: {role.vi}.", f"In the capacity of: {role.en}.")
    elif found.fingerprint and found.kind is SignatureKind.SIGNATURE:
        sheet.pair(
            "Danh bạ không biết chứng thư này thuộc về ai.",
            "The directory does not know whose certificate this is.",
        )
    _when(sheet, found)
    for name, (vi, en) in QUESTIONS.items():
        answer = getattr(found, name)
        sheet.pair(f"{vi}: {answer.vi}.", f"{en}: {answer.en}.")
    _reasons(sheet, found.reasons)
    if found.post:
        sheet.fact("Chức vụ theo chứng thư", "Post by the certificate", found.post)
    sheet.fact("Tổ chức", "Organisation", found.organisation or "–")
    sheet.fact("Chứng thư số", "Certificate serial", found.serial or "–")
    sheet.fact("SHA-256 của chứng thư", "of the certificate", found.fingerprint or "–")
    sheet.fact("Ô chữ ký", "Field", found.field)
    if found.byte_range:
        sheet.fact("Vùng ký", "Byte range", " ".join(map(str, found.byte_range)))
    sheet.gap()


def _when(sheet: Sheet, found: SignatureFound) -> None:
    if found.signed_at is None:
        return
    at = _instant(found.signed_at)
    if found.time is Time.PROVEN:
        sheet.pair(
            f"Ký lúc {at}, theo dấu thời gian của {found.proven_by}.",
            f"Signed at {at}, by the time stamp of {found.proven_by}.",
        )
    else:
        sheet.pair(f"Ký lúc {at}, theo lời người ký.", f"Signed at {at}, as the signer claims.")


def _reasons(sheet: Sheet, reasons: list[ReasonGiven]) -> None:
    for one in reasons:
        sheet.pair(
            f"{one.weight.vi}: {sentence(one.code, one.data, 'vi')} ({one.code})",
            f"{one.weight.en}: {sentence(one.code, one.data, 'en')} ({one.code})",
        )


def _relied_on(sheet: Sheet, materials: list[Material]) -> None:
    sheet.heading("Căn cứ của kết luận", "What the conclusion relies on")
    sheet.pair(
        "Mỗi căn cứ được lưu thành một tệp theo giá trị SHA-256 của nó.",
        "Each piece is kept as a file under its SHA-256.",
    )
    for piece in materials:
        held = " – ".join(_instant(at) for at in (piece.valid_from, piece.valid_until) if at)
        sheet.fact(piece.kind.vi, piece.kind.en, piece.title or "–")
        sheet.note("; ".join(filter(None, (held, f"SHA-256 {piece.sha256}", *piece.fields))))
    sheet.gap()


def _again(sheet: Sheet, report: Report, digest: str, etsi: bytes | None) -> None:
    sheet.heading("Kiểm tra lại", "Checking again")
    sheet.pair(
        "Từ báo cáo JSON, tệp văn bản và các căn cứ nêu trên, lệnh “vanban revalidate” cho lại"
        " đúng kết luận này, không cần mạng và không phụ thuộc ngày kiểm tra lại.",
        "From the JSON report, the file and the pieces above, “vanban revalidate” gives this very"
        " conclusion again, without a network and on whatever day.",
    )
    sheet.fact("SHA-256 của báo cáo JSON", "of the JSON report", digest)
    if etsi is not None:
        told = hashlib.sha256(etsi).hexdigest()
        sheet.fact("SHA-256 của báo cáo XML", "of the XML report", told)
    sheet.fact("Chính sách", "Policy", report.policy)
    sheet.fact("Phần mềm", "Software", report.engine)
    sheet.fact("Phiên bản danh sách tin cậy", "Version of the trusted roots", report.trust_version)


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
