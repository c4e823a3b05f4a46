"""The report sealed by the platform's own key: PAdES B-T in a field that does not show."""

import io
from datetime import datetime
from typing import Final

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.sign.timestamps import TimeStamper

from services.signing.adapters.keys.key import SigningKey
from services.signing.adapters.making.phases import sign_field

FIELD: Final = "vanban_report"


def seal_report(pdf: bytes, key: SigningKey, at: datetime, authority: TimeStamper) -> bytes:
    """The report with one more revision, which the key signs and the authority stamps."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    append_signature_field(writer, SigFieldSpec(FIELD))
    return sign_field(writer, FIELD, key, at, authority)
