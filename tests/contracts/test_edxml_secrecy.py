"""Marks of state secrets in a message are recognised, and ordinary words are not taken for them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from contracts.edxml import CautionCode, MessageUnfit, OtherInfo, attached, write
from contracts.values import Secrecy
from tests.contracts.edxml_letters import PDF, attachment, changed, letter, reference
from tests.contracts.test_edxml import DOCUMENT
from tests.contracts.test_edxml_reading import document, noticed

SECRET, TOP, UTMOST = Secrecy.SECRET, Secrecy.TOP_SECRET, Secrecy.UTMOST_SECRET


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ("Mật", SECRET),
        ("TỐI MẬT", TOP),
        ("tuyệt  mật", UTMOST),
        ("Tài liệu mật", SECRET),
        ("Bí mật nhà nước", SECRET),
        ("Độ mật: Tối mật", TOP),
        ("Trong tỉnh", Secrecy.NONE),
        ("Bảo mật", Secrecy.NONE),
        ("Không mật", Secrecy.NONE),
        ("Mật độ cao", Secrecy.NONE),
        ("Giải mật", Secrecy.NONE),
    ],
)
def test_a_scope_that_is_a_mark_is_recognised(told: str, level: Secrecy) -> None:
    text = changed(letter(), "Trong tỉnh", told)
    assert document(text).secrecy is level
    assert (CautionCode.SECRECY_MARKED in noticed(text)) is (level is not Secrecy.NONE)


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ("[Mật] V/v kế hoạch", SECRET),
        ("TUYỆT MẬT - V/v kế hoạch", UTMOST),
        ("Tối mật: báo cáo", TOP),
        ("MẬT V/v diễn tập", SECRET),
        ("Mật", SECRET),
        ("Báo cáo (TỐI MẬT) quý I", TOP),
        ("Báo cáo, độ mật: Mật", SECRET),
        ("V/v bảo vệ bí mật nhà nước", Secrecy.NONE),
        ("V/v tăng cường bảo mật thông tin", Secrecy.NONE),
        ("BẢO MẬT THÔNG TIN", Secrecy.NONE),
        ("V/v đổi mật khẩu (mật khẩu cũ hết hạn)", Secrecy.NONE),
        ("Mật độ dân số", Secrecy.NONE),
        ("Mật ong rừng", Secrecy.NONE),
        ("V/v xác định độ mật của tài liệu", Secrecy.NONE),
        ("V/v tiêu hủy tài liệu tối mật", Secrecy.NONE),
    ],
)
def test_a_subject_counts_only_where_a_mark_stands_alone(told: str, level: Secrecy) -> None:
    assert document(changed(letter(), "V/v góp ý dự thảo quy chế mẫu", told)).secrecy is level


@pytest.mark.parametrize(
    ("told", "level"),
    [
        *[("Mật", SECRET), ("Tuyệt mật", UTMOST), ("1", SECRET), ("2", TOP), ("3", UTMOST)],
        *[("có", SECRET), ("true", SECRET)],
        *[("0", Secrecy.NONE), ("", Secrecy.NONE), ("Thường", Secrecy.NONE)],
    ],
)
def test_the_field_for_it_is_believed_and_doubt_counts_as_secret(told: str, level: Secrecy) -> None:
    text = changed(
        letter(), "<edXML:Priority>", f"<edXML:Secret>{told}</edXML:Secret><edXML:Priority>"
    )
    assert document(text).secrecy is level


@pytest.mark.parametrize("place", ["Công văn<", "Góp ý trước ngày 10/5", "Dự thảo<"])
def test_a_mark_is_found_wherever_it_stands(place: str) -> None:
    mark = place.replace("Công văn", "Công văn Mật").replace("Góp ý", "(Mật) Góp ý")
    mark = mark.replace("Dự thảo", "[Mật] Dự thảo")
    assert document(changed(letter(), place, mark)).secrecy is SECRET


def test_a_mark_on_a_file_counts_and_the_highest_wins() -> None:
    text = letter(references=reference(name="[Tối mật] kh.pdf"), attachments=attachment(name=""))
    assert document(text).secrecy is TOP
    assert document(changed(text, "Trong tỉnh", "Mật")).secrecy is TOP


@pytest.mark.parametrize(
    "marked",
    [
        replace(DOCUMENT, secrecy=SECRET),
        replace(DOCUMENT, subject="[Mật] V/v kế hoạch"),
        replace(DOCUMENT, other=OtherInfo(scope="Tối mật")),
        replace(DOCUMENT, attachments=[attached("(Tuyệt mật) a.pdf", PDF)]),
    ],
)
def test_a_marked_document_is_not_written(marked: object) -> None:
    with pytest.raises(MessageUnfit) as no:
        write(marked)  # type: ignore[arg-type]
    assert no.value.data["fields"] == ["message.secrecy"]
