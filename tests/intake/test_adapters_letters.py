"""Vietnamese letters (R4.2): which are legacy, which pretend, and which are neither."""

from __future__ import annotations

import unicodedata

import pytest

from services.intake.adapters import is_visible, legacy_encoding, lookalikes, proposed
from services.intake.adapters.findings import shown
from services.intake.adapters.letters import is_legacy_font
from services.intake.adapters.secrecy import secret_mark

UNICODE = "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc. Kính gửi: Sở Nội vụ"
TCVN3 = "Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc"
VNI = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do"
OTHERS = {
    "French": "Noël à l'œuvre: «très naïf», où êtes-vous, Mme Müller?",
    "German": "Prüfung größerer Häuser, äußerst schön, Übung für Ärzte, Straße",
    "science": "5 µm, 3 m², 2 m³, ±1 °C, Microsoft® Windows® Office™ © 2024",
    "Portuguese": "Ações não são informações; coração, maçã, pão",
}


@pytest.mark.rule("R4.2")
def test_text_typed_in_a_legacy_encoding_is_found_out() -> None:
    assert legacy_encoding(TCVN3) == "TCVN3"
    assert legacy_encoding(VNI) == "VNI"
    assert legacy_encoding("QuyÕt ®Þnh", least=2) == "TCVN3"


@pytest.mark.rule("R4.2")
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_text_is_never_taken_for_legacy(form: str) -> None:
    assert legacy_encoding(unicodedata.normalize(form, UNICODE)) == ""


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_other_languages_are_not_taken_for_legacy(text: str) -> None:
    assert legacy_encoding(text) == ""


@pytest.mark.rule("R4.2")
def test_letters_that_pretend_are_told_with_those_they_are_taken_for() -> None:
    assert lookalikes("QÐ-UBND, Ɖà Nẵng") == {"Ð": "Đ", "Ɖ": "Đ"}
    assert lookalikes("Qu\u0443\u1ebft") == {"\u0443": "y"}
    assert lookalikes("\u0391BC") == {"\u0391": "A"}
    assert proposed("12/Q\u00d0-UBND") == "12/Q\u0110-UBND"
    assert lookalikes(UNICODE) == {}
    assert lookalikes("Документ о сотрудничестве") == {}
    assert proposed(UNICODE) == UNICODE


def test_fonts_of_legacy_letters_are_known_by_their_names() -> None:
    assert all(map(is_legacy_font, (".VnTime", ".VnTimeH", "VNI-Times", " .VnArial NarrowH")))
    assert not any(map(is_legacy_font, ("Times New Roman", "Vni", "Venice", "Arial")))


def test_what_cannot_be_seen_is_spelt() -> None:
    assert shown("a\u202eb\x1b\u200b\n") == "a<U+202E>b<U+001B><U+200B><U+000A>"
    assert shown("Quye\u0302\u0301t") == "Quyết"
    assert shown("x" * 500) == "x" * 120 + "…"
    assert shown("a\udcff\ue000\ufeff\u3164\U000e0041") == (
        "a<U+DCFF><U+E000><U+FEFF><U+3164><U+E0041>"
    )
    assert all(is_visible(letter) for letter in UNICODE + " 12/QĐ-UBND (ký) €😀")


@pytest.mark.parametrize(
    ("lines", "mark"),
    [
        (["UBND TỈNH", "TUYỆT MẬT", "Kế hoạch"], "TUYỆT MẬT"),
        (["  TỐI   MẬT  "], "TỐI MẬT"),
        (["ĐỘ MẬT: MẬT"], "MẬT"),
        ([unicodedata.normalize("NFD", "MẬT.")], "MẬT"),
        (["MẬT", "TỐI MẬT", "TUYỆT MẬT"], ""),
        (["Tài liệu MẬT của tỉnh"], ""),
        (["Mật", "Mật ong"], ""),
        (["dòng"] * 40 + ["MẬT"], ""),
        ([], ""),
    ],
)
def test_a_secrecy_mark_stands_alone_among_the_first_lines(lines: list[str], mark: str) -> None:
    assert secret_mark(lines) == mark
