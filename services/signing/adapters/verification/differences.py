# mypy: allow-untyped-calls
"""The differences between revisions that are let pass: stricter than the library's own rules.

Information about the document and its descriptive data (XMP) may change in date and tool only, no
object may be left unused, and of ordinary form fields only the two that were prepared for the clerk
may be filled: once, in the very revision that the agency seals, and showing exactly their value in
the typeface the leader signed with.
"""

import io
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.metadata import model
from pyhanko.pdf_utils.metadata.xmp_xml import parse_xmp
from pyhanko.pdf_utils.reader import RawPdfPath
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    GenericFieldModificationRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    WhitelistRule,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.rules.form_field_rules import is_field_visible
from pyhanko.sign.diff_analysis.rules_api import Context, ReferenceUpdate

from services.signing.adapters.appearance.text import TEXT_FIELDS, TextField
from services.signing.adapters.pdf.objects import Stream, entry
from services.signing.adapters.pdf.opening import LIBRARY_FAILURES
from services.signing.adapters.pdf.pages import page_of, size_seen
from services.signing.adapters.refusals import SigningRefused

ORPHANS: Final = "CHANGE_LEAVES_ORPHANS"
VERSION: Final = "CHANGE_RAISES_VERSION"
FORM: Final = "CHANGE_FILLS_FORM"
_NOT_TURNED: Final = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_INFORMATION: Final = frozenset({"/ModDate", "/Producer"})
_DESCRIPTION: Final = frozenset(
    {
        model.XMP_MODDATE,
        model.PDF_PRODUCER,
        model.ExpandedName(ns=model.NS["xmp"], local_name="MetadataDate"),
        model.ExpandedName(ns="http://ns.adobe.com/xap/1.0/mm/", local_name="InstanceID"),
    }
)
"""What a tool writes into the description with each update: when, by what, and its name."""

_LETTERS: Final = frozenset({"/DA", "/DR"})
_PACKING: Final = frozenset({"/Length", "/Filter", "/DecodeParms"})
_APPEARANCE: Final = frozenset({"/Type", "/Subtype", "/BBox", "/Matrix", "/Resources", "/Length"})


def rules(sealed: frozenset[int], passing: frozenset[str]) -> StandardDiffPolicy:
    """The rules; ``sealed`` are the revisions an agency's seal covers last, ``passing`` the codes
    of the deviations let pass."""
    proof = ModificationLevel.LTA_UPDATES
    entries = {"/AcroForm", "/DSS", "/Extensions"} | ({"/Version"} if VERSION in passing else set())
    fields = GenericFieldModificationRule()
    return StandardDiffPolicy(
        global_rules=[
            CatalogModificationRule(frozenset(entries)),
            _InformationRule().as_qualified(proof),
            _DescriptionRule().as_qualified(proof),
            XrefStreamRule().as_qualified(proof),
            ObjectStreamRule().as_qualified(proof),
            DSSCompareRule().as_qualified(proof),
        ],
        form_rule=_FormRule(
            field_rules=[
                _NewSignatureFieldRule(),
                _SignatureRule(allow_in_place_appearance_stream_changes=False),
                fields if FORM in passing else _PreparedFieldRule(sealed),
            ]
        ),
        ignore_orphaned_objects=ORPHANS in passing,
    )


class _InformationRule(DocInfoRule):
    """Information about the document may change in its date of change and the tool's name."""

    def apply(self, old: Any, new: Any) -> Iterable[Any]:
        yield from super().apply(old, new)
        before, after = _information(old), _information(new)
        if before != after:
            raise SuspiciousModification("document information changed")


def _information(revision: Any) -> dict[str, str]:
    reference = revision.trailer_view.get_value_as_reference("/Info", optional=True)
    entries: Any = revision(reference) if reference is not None else {}
    return {str(key): repr(entries.raw_get(key)) for key in entries if key not in _INFORMATION}


class _DescriptionRule(WhitelistRule):
    """Descriptive data may be written anew if they say the same but for date of change and tool."""

    def apply(self, old: Any, new: Any) -> Iterable[Any]:
        reference = old.root.get_value_as_reference("/Metadata", optional=True)
        if reference is None:
            return
        try:
            same = _described(old(reference)) == _described(new(reference))
        except LIBRARY_FAILURES:
            return
        if same:
            place = Context.from_absolute(old, RawPdfPath("/Root", "/Metadata"))
            yield ReferenceUpdate(reference, context_checked=place)


def _described(held: Any) -> tuple[dict[str, str], dict[Any, list[Any]]]:
    """The stream's entries but for its packing, and every property but for date and tool."""
    entries = {key: repr(held.raw_get(key)) for key in held if key not in _PACKING}
    properties = defaultdict(list)
    for described in parse_xmp(io.BytesIO(held.read_data(DecodePurpose.XMP_METADATA))):
        for name, value in described:
            if name not in _DESCRIPTION:
                properties[name].append(value)
    if not properties:
        raise ValueError("nothing is described")
    return entries, properties


class _NewSignatureFieldRule(SigFieldCreationRule):
    """A signature field may be added together with its signature; an empty one must not show."""

    def apply(self, context: Any) -> Iterable[Any]:
        """Approve new fields that come signed; the old ones keep their order."""
        before, now = _fields(context.old), _fields(context.new)
        if now[: len(before)] != before:
            raise SuspiciousModification("the form's fields stand in another order")
        for name, spec in context.field_specs.items():
            if (
                spec.old_field_ref
                and spec.new_field_ref
                and spec.old_field_ref != spec.new_field_ref
            ):
                raise SuspiciousModification(f"field {name} is another object now")
            fresh = spec.field_type == "/Sig" and spec.old_field_ref is None
            if fresh and "/V" not in spec.new_field and is_field_visible(spec.new_field):
                raise SuspiciousModification(f"empty visible signature field {name}")
        yield from super().apply(context)


def _fields(revision: Any) -> list[Any]:
    return list(entry(entry(revision.root, "/AcroForm", {}), "/Fields", ()))


class _FormRule(FormUpdatingRule):
    """What letters look like by default may be said where there is nothing but signatures to fill:
    tools do so with their first signature."""

    def apply(self, old: Any, new: Any) -> Iterable[Any]:
        """Approve the fields' own changes, and of the form's entries these at most."""
        said = set(entry(old.root, "/AcroForm", {}))
        bare = all(entry(field.get_object(), "/FT") == "/Sig" for field in _fields(old))
        self.ignored_acroform_keys = {"/Fields"} | (_LETTERS - said if bare else set())
        yield from super().apply(old, new)


class _SignatureRule(SigFieldModificationRule):
    """A signature brings objects of its own; what was there before it may not name as such."""

    def check_form_field(self, fq_name: str, spec: Any, context: Any) -> Iterable[Any]:
        """Approve a signing of a field, but of older objects only at the places looked at."""
        for level, update in super().check_form_field(fq_name, spec, context):
            fresh = context.old.is_ref_unassignable(update.updated_ref)
            if fresh or update.context_checked is not None:
                yield level, update


class _PreparedFieldRule(GenericFieldModificationRule):
    """The number and the day: filled once, under the agency's seal, showing what they say."""

    def __init__(self, sealed: frozenset[int]) -> None:
        super().__init__(
            allow_in_place_appearance_stream_changes=False,
            always_modifiable=frozenset(),
            value_update_keys=frozenset({"/V", "/AP"}),
        )
        self._sealed = sealed

    def check_form_field(self, fq_name: str, spec: Any, context: Any) -> Iterable[Any]:
        """Approve a filling of a prepared field; every other change of a field is suspicious."""
        if spec.field_type == "/Sig" or not spec.new_field_ref or not spec.old_field_ref:
            return
        touched = self._touched(spec.new_field_ref, context)
        if not touched:
            return
        field = TEXT_FIELDS.by_name().get(fq_name)
        empty = not {"/V", "/AP"} & set(spec.old_field)
        once = len(touched) == 1 and touched <= self._sealed
        if not (field and empty and once and _shows_its_value(field, spec, context.old)):
            raise SuspiciousModification(f"field {fq_name} was filled otherwise than by the seal")
        yield from super().check_form_field(fq_name, spec, context)

    def _touched(self, reference: Any, context: Any) -> set[int]:
        """The revisions after the signed one, up to the one compared, that rewrite the field."""
        xrefs = context.new.reader.xrefs
        later = range(context.old.revision + 1, context.new.revision + 1)
        return {number for number in later if reference in xrefs.explicit_refs_in_revision(number)}


def _shows_its_value(field: TextField, spec: Any, old: Any) -> bool:
    """Whether the appearance is, byte for byte, what this field prints for its value."""
    new = spec.new_field
    width, height = size_seen(spec.old_field)
    shown = entry(new, "/AP", {})
    drawn = entry(shown, "/N")
    if set(shown) != {"/N"} or not isinstance(drawn, Stream) or not set(drawn) <= _APPEARANCE:
        return False
    try:
        content = field.content(str(entry(new, "/V", "")), width, height)
    except SigningRefused:
        return False
    upright = page_of(spec.old_field["/P"]).upright(width, height) or _NOT_TURNED
    in_place = _same(drawn["/BBox"], (0, 0, width, height))
    in_place = in_place and _same(entry(drawn, "/Matrix", _NOT_TURNED), upright)
    return bool(drawn.data == content) and in_place and _same_font(field, drawn, old)


def _same(numbers: Any, wanted: tuple[float, ...]) -> bool:
    """Whether these are the numbers, but for what writing them rounds away."""
    return all(abs(float(a) - b) < 0.01 for a, b in zip(numbers, wanted, strict=True))


def _same_font(field: TextField, drawn: Any, old: Any) -> bool:
    """Whether the only thing the appearance uses is the typeface prepared before signing."""
    resources = drawn["/Resources"]
    fonts = entry(resources, "/Font", {})
    key = "/" + field.font
    if set(resources) != {"/Font"} or set(fonts) != {key}:
        return False
    prepared = old.root["/AcroForm"]["/DR"]["/Font"].raw_get(key)
    return bool(fonts.raw_get(key) == prepared)
