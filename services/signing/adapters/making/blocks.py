# mypy: allow-untyped-calls
"""The agency signs where no leader does: an attachment of its own, a copy, a digitised paper.

A new field at the top right of the first page takes the signature and shows words alone. What was
signed before stays as it was; a file without any signature is made fit first (regulation 4.3).
"""

from datetime import datetime
from itertools import count
from typing import Final

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.timestamps import TimeStamper

from services.signing.adapters import refusals
from services.signing.adapters.appearance.block import Block, block_of
from services.signing.adapters.keys.key import Signer, SigningKey
from services.signing.adapters.making.acts import check_signer, finish, open_to_sign
from services.signing.adapters.making.form import add_field, open_form
from services.signing.adapters.making.normal import normalised
from services.signing.adapters.making.phases import Pending, leave_open
from services.signing.adapters.pdf.fields import BLOCKS, fields_of
from services.signing.adapters.pdf.objects import dictionary
from services.signing.adapters.pdf.opening import (
    LIBRARY_FAILURES,
    Limits,
    byte_ranges,
    unreadable,
)
from services.signing.adapters.pdf.pages import (
    POINTS_PER_MM,
    Box,
    Page,
    page_nodes,
    page_of,
    rectangle_of,
)
from services.signing.adapters.trust.trusted import TrustSet

EDGE: Final = 5 * POINTS_PER_MM
"""What is left free at the right and above; office printers print no further."""
BAND: Final = 20 * POINTS_PER_MM
"""How far down the blocks may reach: the head of a letter begins there (regulation 4.6)."""


def sign_with_block(
    pdf: bytes,
    mark: str,
    text: str,
    key: SigningKey,
    at: datetime,
    authority: TimeStamper | None,
    trusted: TrustSet,
) -> bytes:
    """The agency signs a file and shows ``text`` at the top right of its first page.

    ``mark`` goes into the name of the signature's field and says what kind of file it makes.
    Returns the file with one more revision. Refuses what cannot be read, a certificate that is not
    an agency's or not good at ``at``, letters that cannot be printed and a page without room.
    """
    pending = begin_block(pdf, mark, text, key, at, trusted)
    return finish(pending, key.sign(pending.attributes), at, authority, trusted)


def begin_block(
    pdf: bytes, mark: str, text: str, signer: Signer, at: datetime, trusted: TrustSet
) -> Pending:
    """All of the signature but the value. Refuses what ``sign_with_block`` refuses."""
    check_signer(signer, "agency", trusted, at)
    block = block_of(text)
    first = not byte_ranges(pdf)
    writer = open_to_sign(normalised(pdf, Limits()).pdf if first else pdf)
    try:
        if first:
            open_form(writer)
        name = _add_field(writer, mark, block)
    except LIBRARY_FAILURES as failure:
        raise unreadable(failure) from failure
    return leave_open(writer, name, signer, at)


def _add_field(writer: IncrementalPdfFileWriter, mark: str, block: Block) -> str:
    page = page_of(next(page_nodes(writer)))
    rectangle = page.rectangle(_place(writer, page, block))
    name = _free_name(writer, mark)
    shown = block.appearance(writer, page.upright(block.width, block.height))
    add_field(writer, name, 0, rectangle, FT="Sig", AP=dictionary(N=shown))
    return name


def _place(writer: IncrementalPdfFileWriter, page: Page, block: Block) -> Box:
    """Below the blocks that stand there already."""
    right, top = page.width - EDGE, page.height - EDGE / 2
    for name, field in fields_of(writer).items():
        if name.startswith(BLOCKS):
            top = min(top, page.box(rectangle_of(field))[1])
    place = (right - block.width, top - block.height, right, top)
    if place[1] < page.height - BAND or not page.holds(place):
        raise refusals.BlockRoomMissing(text=" ".join(block.lines))
    return place


def _free_name(writer: IncrementalPdfFileWriter, mark: str) -> str:
    taken = fields_of(writer)
    names = (f"{BLOCKS}{mark}_{number}" for number in count(1))
    return next(name for name in names if name not in taken)
