"""A typeface inside a PDF whose letters are addressed by their Unicode numbers.

The character codes of a page's text are then the text itself (UTF-16), so that whoever checks a
filled field reads what it shows from the same bytes, without trusting any map in the file.
A typeface is cut down to the letters a field may need once a process, not once a signature.
"""

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

from services.signing.adapters.appearance.fonts import font_file
from services.signing.adapters.pdf.objects import Dictionary, Reference, dictionary, stream
from services.signing.adapters.refusals import GlyphMissing

CAPITALS = (
    "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬBCDĐEÈÉẺẼẸÊỀẾỂỄỆFGHIÌÍỈĨỊJKLMNOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢPQRSTUÙÚỦŨỤƯỪỨỬỮỰVWXYỲÝỶỸỴZ"
)
LETTERS = CAPITALS + CAPITALS.lower() + "0123456789 .,;:/-–+()'\"&"


@dataclass(frozen=True)
class Typeface:
    """The cut-down font program and what is needed to set a line in it; units of 1/1000 em."""

    name: str
    program: bytes
    widths: dict[str, int]
    glyphs: dict[str, int]
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    italic_angle: float

    def width(self, text: str) -> int:
        """Width of a line in 1/1000 em; refuses a letter that would print as a box."""
        missing = [letter for letter in text if letter not in self.widths]
        if missing:
            raise GlyphMissing(letters="".join(missing), typeface=self.name)
        return sum(self.widths[letter] for letter in text)

    def embed(self, writer: Any) -> Reference:
        """Write the font into a document; the reference of its dictionary."""
        descendant = dictionary(
            Type="Font",
            Subtype="CIDFontType2",
            BaseFont=self.name,
            CIDSystemInfo=dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=writer.add_object(self._descriptor(writer)),
            DW=0,
            W=[part for letter in sorted(self.widths) for part in self._width_entry(letter)],
            CIDToGIDMap=writer.add_object(stream(self._glyph_map())),
        )
        font = dictionary(
            Type="Font",
            Subtype="Type0",
            BaseFont=self.name,
            Encoding="Identity-H",
            DescendantFonts=[writer.add_object(descendant)],
            ToUnicode=writer.add_object(stream(_TO_UNICODE)),
        )
        reference: Reference = writer.add_object(font)
        return reference

    def _descriptor(self, writer: Any) -> Dictionary:
        program = stream(self.program, Length1=len(self.program))
        return dictionary(
            Type="FontDescriptor",
            FontName=self.name,
            Flags=4 | (64 if self.italic_angle else 0),
            FontBBox=self.box,
            ItalicAngle=self.italic_angle,
            Ascent=self.ascent,
            Descent=self.descent,
            CapHeight=self.ascent,
            StemV=80,
            FontFile2=writer.add_object(program),
        )

    def _width_entry(self, letter: str) -> tuple[int, list[int]]:
        return ord(letter), [self.widths[letter]]

    def _glyph_map(self) -> bytes:
        table = bytearray(2 * (max(map(ord, self.glyphs)) + 1))
        for letter, glyph in self.glyphs.items():
            table[2 * ord(letter) : 2 * ord(letter) + 2] = glyph.to_bytes(2, "big")
        return bytes(table)


@lru_cache
def typeface(face: str) -> Typeface:
    """A face of Tinos cut down to ``LETTERS``; made once a process (about a tenth of a second)."""
    font = TTFont(font_file(face), recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=[], name_IDs=[6], notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(text=LETTERS)
    cutter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return _described(font, out.getvalue(), f"VANBAN+Tinos-{face}")


def _described(font: TTFont, program: bytes, name: str) -> Typeface:
    scale = 1000 / font["head"].unitsPerEm
    names = {chr(code): glyph for code, glyph in font.getBestCmap().items() if chr(code) in LETTERS}
    head, across = font["head"], font["hhea"]
    return Typeface(
        name=name,
        program=program,
        widths={letter: round(font["hmtx"][names[letter]][0] * scale) for letter in names},
        glyphs={letter: font.getGlyphID(names[letter]) for letter in names},
        box=(
            round(head.xMin * scale),
            round(head.yMin * scale),
            round(head.xMax * scale),
            round(head.yMax * scale),
        ),
        ascent=round(across.ascent * scale),
        descent=round(across.descent * scale),
        italic_angle=float(font["post"].italicAngle),
    )


_RANGES = b"".join(b"<%02X00> <%02XFF> <%02X00>\n" % (page, page, page) for page in range(0x20))
_TO_UNICODE = (
    b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
32 beginbfrange
%sendbfrange endcmap CMapName currentdict /CMap defineresource pop end end
"""
    % _RANGES
)
