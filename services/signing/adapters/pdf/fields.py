# mypy: allow-untyped-calls
"""The form's fields by name, and the names of the two that hold signatures."""

from typing import Any, Final

from services.signing.adapters.pdf.objects import Dictionary, entry

LEADER: Final = "vanban_leader"
AGENCY: Final = "vanban_agency"
BLOCKS: Final = "vanban_block_"
"""How the names of those begin that show words at the top right of page 1, and no picture.

What follows says on what: an attachment, a digitised paper, or a copy with the sign of its form.
"""


def fields_of(handler: Any) -> dict[str, Dictionary]:
    """The form's outermost fields by name, of a reader, a writer or an earlier revision."""
    form = entry(handler.root, "/AcroForm", {})
    fields = (reference.get_object() for reference in entry(form, "/Fields", ()))
    return {str(entry(field, "/T", "")): field for field in fields}
