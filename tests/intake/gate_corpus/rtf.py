"""Rich Text as Word, WordPad and LibreOffice write it."""

from __future__ import annotations

LINES = r"\u7912?y ban nh\u226?n d\u226?n t\u7881?nh\par C\'f4ng v\u259?n\par"


def rtf(body: str = "", head: str = "", lines: str = LINES) -> bytes:
    """A small document with a body added."""
    fonts = r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil Arial;}}"
    return (
        f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{fonts}{head}\\pard\\f0\\fs24 {lines}{body}}}".encode()
    )


SAX_READER = (
    "0105000002000000180000004d73786d6c322e534158584d4c5265616465722e362e300000000000000000000060000d0"
    "cf11e0a1b11ae1000000000000000000000000000000003e000300feff090006000000"
)
WORD_HEAD = (
    r"{\colortbl;\red0\green0\blue0;}{\stylesheet{\ql \f0\fs24 Normal;}}"
    r"{\*\template C:\\Users\\vanthu\\AppData\\Roaming\\Microsoft\\Templates\\Normal.dotm}"
    r"{\*\themedata 504b030414000600080000002100e9de0fbfff0000001c02000013000000}"
    r"{\*\datastore " + SAX_READER + "}"
    r"{\*\generator Microsoft Word 16.0;}{\info{\author V\u259?n th\u432?}}"
)
