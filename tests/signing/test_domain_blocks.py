"""An agency's own wording of its text blocks, and the words it must not leave out."""

from datetime import UTC, datetime

import pytest

from contracts.signing.blocks import BlockFormat, BlockFormatIncomplete, BlockKind
from services.signing.domain.blocks import check_format, worded

AT = datetime(2024, 12, 31, 18, 0, 5, tzinfo=UTC)


def test_the_usual_format_is_complete() -> None:
    check_format(BlockFormat())


def test_the_time_is_that_of_vietnam_in_the_agencys_own_order() -> None:
    own = BlockFormat(digitised="Số hóa: {agency} ({time})", time="dd.MM.yyyy HH:mm:ss")
    check_format(own)
    text = worded(own, BlockKind.DIGITISED, AT, agency="Sở 100% {time}")
    assert text == "Số hóa: Sở 100% {time} (01.01.2025 01:00:05 +07:00)"


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"attachment": "{time}"}, "attachment", "number"),
        ({"copy": "{form}; {agency}; {time}; {number}"}, "copy", "number"),
        ({"copy": "{form} {form}; {agency}; {time}"}, "copy", "form"),
        ({"digitised": "{agency}"}, "digitised", "time"),
        ({"time": "dd/MM/yyyy HH:mm"}, "time", "ss"),
        ({"time": "dd/MM/yyyy dd HH:mm:ss"}, "time", "dd"),
    ],
)
def test_a_format_that_leaves_out_or_repeats_a_word_is_refused(
    wrong: dict[str, str], field: str, words: str
) -> None:
    with pytest.raises(BlockFormatIncomplete) as refused:
        check_format(BlockFormat(**wrong))
    assert refused.value.data == {"field": field, "words": words}
