"""The report on paper: whatever was found is read on it, in both languages, with page numbers."""

import subprocess
from typing import Any

import msgspec
import pytest

from contracts.signing.reasons import REASONS, sentence
from contracts.signing.report import Expected, ReasonGiven, Report
from infra.local.machines import require_poppler
from services.signing.adapters.evidence.identity import identified
from services.signing.adapters.evidence.paper.sheet import LONGEST
from services.signing.adapters.evidence.paper.writing import QUESTIONS, write_report
from services.signing.adapters.verification.judging import judge
from tests.signing.adapters.evidence.conftest import Archive, archived
from tests.signing.adapters.evidence.test_replaying import flipped
from tests.signing.conftest import Desk

DIGEST = "ab" * 32


def text_of(pdf: bytes) -> str:
    """The words on all pages, as another program reads them, with single spaces."""
    tool = str(require_poppler().with_name("pdftotext"))
    ran = subprocess.run(
        [tool, "-raw", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return " ".join(ran.stdout.decode().split())


def told(report: Report, etsi: bytes | None = None) -> str:
    """The words of the report on paper."""
    return text_of(write_report(report, DIGEST, etsi))


def changed(report: Report, **facts: Any) -> Report:
    """The report with its first signature saying something else."""
    first, *others = report.signatures
    return msgspec.structs.replace(
        report, signatures=[msgspec.structs.replace(first, **facts), *others]
    )


def test_it_says_who_signed_when_and_what_came_of_it(archive: Archive) -> None:
    text = told(archive.report)
    for words in (
        "Kết luận: Hợp lệ Conclusion: Trusted",
        "Giá trị pháp lý: Như bản gốc văn bản giấy. Legal value: Equal to the paper original.",
        "Chữ ký số 1: Hồ Văn Cũ. Hợp lệ",
        "Signature 2: Văn phòng UBND tỉnh. Trusted",
        "2019-06-03T10:00:00+07:00, theo dấu thời gian",
        f"SHA-256 / fingerprint: {archive.report.document.sha256}",
        archive.report.signatures[0].serial,
    ):
        assert words in text


def test_the_six_answers_are_told_in_words(archive: Archive) -> None:
    text = told(archive.report)
    for found in archive.report.signatures:
        for name, (vi, en) in QUESTIONS.items():
            answer = getattr(found, name)
            assert f"{vi}: {answer.vi}." in text and f"{en}: {answer.en}." in text


def test_whose_it_says_it_is_is_told(archive: Archive) -> None:
    said = Expected(agency="H47.05", agency_name="Sở Nội vụ", signer="Nguyễn Văn An")
    text = told(identified(archive.report, said))
    assert "By its own words of: Sở Nội vụ; H47.05; Nguyễn Văn An" in text
    assert "Chứng thư là của Hồ Văn Cũ, không phải của Nguyễn Văn An như văn bản ghi." in text


def test_everything_relied_on_is_listed_with_its_digest(archive: Archive) -> None:
    text = told(archive.report)
    for piece in archive.report.materials:
        assert piece.sha256 in text and piece.title in text
    assert DIGEST in text


def test_every_reason_is_a_sentence_in_both_languages(archive: Archive) -> None:
    reasons = [ReasonGiven(code=code, data={"offset": 7}) for code in REASONS]
    text = told(changed(archive.report, reasons=reasons)).replace(" ", "")
    for one in reasons:
        for language in ("vi", "en"):
            assert sentence(one.code, one.data, language).replace(" ", "") in text
    pages = text.count("·Page")
    assert pages > 2 and f"Trang1/{pages}·Page1of{pages}" in text


def test_a_broken_file_says_why(desk: Desk, sealed: bytes) -> None:
    damaged = flipped(sealed, sealed.index(b"stream") + 40)
    text = told(archived(damaged, desk).report)
    assert "Kết luận: Không toàn vẹn" in text
    assert "nội dung đã bị thay đổi. (DIGEST_DIFFERS)" in text


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("<b>Nguyễn</b> & con", "<b>Nguyễn</b> & con"),
        ("A\x00n\u202etxt", "Antxt"),
        ("漢字 An", "?? An"),
        ("N" * 5000, "N" * 15),
    ],
)
def test_words_of_strangers_are_shown_as_words(archive: Archive, hostile: str, shown: str) -> None:
    text = told(changed(archive.report, signer=hostile))
    assert shown in text
    assert "N" * (LONGEST + 1) not in text.replace(" ", "")


def test_a_file_that_could_not_be_read_has_its_paper(desk: Desk) -> None:
    text = told(archived(b"no PDF", desk).report)
    assert "Tệp không phải là PDF" in text and "Page 1 of 1" in text


def test_the_paper_names_the_xml_and_is_always_the_same(archive: Archive, desk: Desk) -> None:
    first, second = (write_report(archive.report, DIGEST, b"<xml/>") for _ in range(2))
    assert first == second
    assert "của báo cáo XML / of the XML report" in text_of(first)
    assert "báo cáo XML" not in told(archive.report)
    assert judge(first, desk.trust(), desk.at).verdict == "UNSIGNED"
