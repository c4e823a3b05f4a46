"""Words of the text block (khối thông tin chữ ký): what stands at the top right of page 1.

A separate attachment, a copy and a digitised paper show no picture of the agency's seal but a few
words (NĐ 30/2020, Phụ lục I; regulation 4.3). No law fixes the signs between them: each agency has
its own format, or this one.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from contracts.errors import Refused
from contracts.values import Coded

Pattern = Annotated[str, Meta(pattern=r"\S", max_length=200)]
"""A text with words in braces, to be filled in."""


class BlockKind(Coded):
    """On what kind of file the block stands."""

    ATTACHMENT = "attachment", "Văn bản kèm theo", "Separate attachment"
    COPY = "copy", "Bản sao", "Copy"
    DIGITISED = "digitised", "Văn bản số hóa", "Digitised paper"


class BlockFormat(Struct, frozen=True, kw_only=True):
    """How an agency words its blocks (mẫu thông tin chữ ký số).

    `attachment` holds `{number}` and `{time}`, `copy` holds `{form}`, `{agency}` and `{time}`,
    `digitised` holds `{agency}` and `{time}`. `time` holds `dd`, `MM`, `yyyy`, `HH`, `mm` and `ss`;
    the zone `+07:00` always follows.
    """

    attachment: Pattern = "Số: {number}; {time}"
    copy: Pattern = "{form}; {agency}; {time}"
    digitised: Pattern = "{agency}; {time}"
    time: Pattern = "dd/MM/yyyy HH:mm:ss"


USUAL = BlockFormat()
"""How an agency words its blocks that never said otherwise."""


class BlockFormatIncomplete(Refused):
    """A format leaves out a word that must be shown, or holds one that nobody knows."""

    vi = "Mẫu {field} thiếu hoặc thừa {words}. Hãy sửa mẫu."
    en = "The format {field} lacks or has too many {words}. Correct it."
