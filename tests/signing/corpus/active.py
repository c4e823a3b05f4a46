"""Active content, signed with the rest: the signature is good, and the reader is warned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.signing.corpus.catalogue import Workshop, case
from tests.signing.corpus.paper import (
    CATALOG,
    FIRST,
    FONT,
    FORM,
    TEXT,
    Paper,
    Stream,
    letter,
    ref,
)
from tests.signing.corpus.valid import form_box

JAVASCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\);) >>"
ADDRESS = b"http://127.0.0.1:9/"


def active(*reasons: str, verdicts: str = "WARN") -> Callable[[Any], Any]:
    """Enter a letter with something active in it, signed."""

    def enter(prepare: Callable[[Paper], None]) -> Callable[[Paper], None]:
        def make(shop: Workshop) -> bytes:
            paper = letter()
            prepare(paper)
            return paper.save().sign(shop.by()).content

        make.__module__, make.__name__ = __name__, prepare.__name__
        make.__doc__ = prepare.__doc__
        case(verdicts, *reasons)(make)
        return prepare

    return enter


def _catalog(name: str, reasons: tuple[str, ...], **entries: bytes) -> None:
    def prepare(paper: Paper) -> None:
        paper.touch(CATALOG).update(entries)

    prepare.__name__ = name
    active(*reasons)(prepare)


def _link(name: str, action: bytes, *reasons: str) -> None:
    def prepare(paper: Paper) -> None:
        link = {"Type": b"/Annot", "Subtype": b"/Link", "Rect": b"[72 400 200 420]"}
        paper.annotate(FIRST, paper.put(link | {"A": action}))

    prepare.__name__ = name
    active(*reasons)(prepare)


_catalog("script_on_opening", ("JAVASCRIPT",), OpenAction=JAVASCRIPT)
_catalog("script_on_closing", ("JAVASCRIPT",), AA=b"<< /WC %s >>" % JAVASCRIPT)
_catalog(
    "script_by_name", ("JAVASCRIPT",), Names=b"<< /JavaScript << /Names [(a) %s] >> >>" % JAVASCRIPT
)
_catalog("script_escaped", ("JAVASCRIPT",), OpenAction=b"<< /S /J#61vaScript /J#53 (1) >>")
_catalog("launch_on_opening", ("LAUNCH",), OpenAction=b"<< /S /Launch /F (cmd.exe) >>")
_catalog(
    "files_embedded",
    ("EMBEDDED_FILE",),
    Names=b"<< /EmbeddedFiles << /Names [(a) << /Type /Filespec /EF << /F 9 0 R >> >>] >> >>",
)
_catalog("layers", ("OPTIONAL_CONTENT",), OCProperties=b"<< /OCGs [] /D << /ON [] >> >>")
_link("link_launches", b"<< /S /Launch /Win << /F (cmd.exe) /P (/c calc) >> >>", "LAUNCH")
_link("link_sends_the_form", b"<< /S /SubmitForm /F (%s) >>" % ADDRESS, "SUBMIT_FORM")
_link(
    "link_to_another_file",
    b"<< /S /GoToR /F (other.pdf) /D [0 /Fit] >>",
    "GO_TO_REMOTE",
)
_link(
    "link_into_an_embedded_file",
    b"<< /S /GoToE /T << /R /C /N (a) >> /D [0 /Fit] >>",
    "GO_TO_EMBEDDED",
)
_link("link_imports_data", b"<< /S /ImportData /F (a.fdf) >>", "IMPORT_DATA")
_link("link_hides_a_field", b"<< /S /Hide /T (amount) >>", "HIDE_ACTION")
_link("link_switches_layers", b"<< /S /SetOCGState /State [/ON] >>", "OPTIONAL_CONTENT")
_link(
    "script_after_other_actions",
    b"<< /S /GoTo /D [3 0 R /Fit] /Next [<< /S /GoTo /D [3 0 R /Fit] /Next %s >>] >>" % JAVASCRIPT,
    "JAVASCRIPT",
)
_link("link_renders_a_script", b"<< /S /Rendition /JS (1) >>", "JAVASCRIPT", "RICH_MEDIA")


@active("JAVASCRIPT")
def script_as_a_stream(paper: Paper) -> None:
    """The script is a stream of its own."""
    script = paper.put(Stream(b"app.alert(1);", {}))
    paper.touch(CATALOG)["OpenAction"] = b"<< /S /JavaScript /JS %s >>" % ref(script)


@active("JAVASCRIPT")
def script_of_a_page(paper: Paper) -> None:
    """The second page's action."""
    paper.touch(4)["AA"] = b"<< /O %s >>" % JAVASCRIPT


@active("JAVASCRIPT")
def script_of_a_field(paper: Paper) -> None:
    """A field that calculates."""
    paper.add_field("amount", FT=b"/Tx", AA=b"<< /C %s >>" % JAVASCRIPT)


@active("JAVASCRIPT")
def script_of_an_outline(paper: Paper) -> None:
    """A bookmark with a script."""
    item = paper.put({"Title": b"(a)", "A": JAVASCRIPT})
    tree = paper.put({"Type": b"/Outlines", "First": ref(item), "Last": ref(item), "Count": b"1"})
    paper.touch(CATALOG)["Outlines"] = ref(tree)


@active("XFA")
def form_of_the_other_kind(paper: Paper) -> None:
    """The form has an XFA part."""
    paper.add_field("amount", FT=b"/Tx")
    data = paper.put(Stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>", {}))
    paper.touch(FORM)["XFA"] = ref(data)


@active("EMBEDDED_FILE")
def file_attached_to_the_page(paper: Paper) -> None:
    """A paper clip with a program inside."""
    inside = paper.put(Stream(b"MZ\x90", {"Type": b"/EmbeddedFile"}))
    spec = b"<< /Type /Filespec /F (a.exe) /EF << /F %s >> >>" % ref(inside)
    clip = {"Type": b"/Annot", "Subtype": b"/FileAttachment", "Rect": b"[0 0 9 9]", "FS": spec}
    paper.annotate(FIRST, paper.put(clip))


@active("EXTERNAL_STREAM")
def picture_from_elsewhere(paper: Paper) -> None:
    """A picture whose bytes lie in another file."""
    kind = {"Type": b"/XObject", "Subtype": b"/Image", "Width": b"1", "Height": b"1"}
    kind |= {"ColorSpace": b"/DeviceGray", "BitsPerComponent": b"8"}
    elsewhere = b"<< /FS /URL /F (%sa.png) >>" % ADDRESS
    picture = paper.put(Stream(b"", kind | {"F": elsewhere}))
    _show(paper, picture)


@active("EXTERNAL_STREAM")
def page_from_another_file(paper: Paper) -> None:
    """A form that shows a page of another file (reference XObject)."""
    place = b"<< /F (other.pdf) /Page 0 /ID [<00> <00>] >>"
    _show(paper, paper.put(Stream(b"", form_box(100, 100) | {"Ref": place})))


def _show(paper: Paper, number: int) -> None:
    known = b"<< /Font << /F1 %s >> /XObject << /X %s >> >>" % (ref(FONT), ref(number))
    paper.touch(FIRST)["Resources"] = known
    paper.touch(TEXT).data += b" q /X Do Q"


@active("RICH_MEDIA")
def film_on_the_page(paper: Paper) -> None:
    """Rich media."""
    film = {"Type": b"/Annot", "Subtype": b"/RichMedia", "Rect": b"[0 0 99 99]"}
    paper.annotate(FIRST, paper.put(film | {"RichMediaContent": b"<< >>"}))


@active("JAVASCRIPT")
def script_in_an_object_stream(paper: Paper) -> None:
    """The script's action is packed."""
    action = paper.put({"S": b"/JavaScript", "JS": b"(app.alert\\(1\\))"})
    paper.touch(CATALOG)["OpenAction"] = ref(action)
    paper.save("stream", packed=[action, CATALOG])


@active(verdicts="TRUSTED WARN")
def address_on_opening(paper: Paper) -> None:
    """An address that is opened with the letter: told at the most."""
    paper.touch(CATALOG)["OpenAction"] = b"<< /S /URI /URI (%s) >>" % ADDRESS


@active(verdicts="TRUSTED")
def link_to_an_address(paper: Paper) -> None:
    """A link to a page of the web, as in nearly every letter."""
    link = {"Type": b"/Annot", "Subtype": b"/Link", "Rect": b"[72 400 200 420]"}
    action = b"<< /S /URI /URI (%s) >>" % ADDRESS
    paper.annotate(FIRST, paper.put(link | {"A": action}))


@active(verdicts="TRUSTED WARN")
def link_within_the_letter(paper: Paper) -> None:
    """A link to the letter's own second page is nothing active."""
    link = {"Type": b"/Annot", "Subtype": b"/Link", "Rect": b"[72 400 200 420]"}
    paper.annotate(FIRST, paper.put(link | {"Dest": b"[4 0 R /Fit]"}))


@active(verdicts="TRUSTED WARN")
def word_javascript_on_the_page(paper: Paper) -> None:
    """The word alone, in a text, is nothing active."""
    paper.touch(TEXT).data += b" % /JavaScript /Launch"


@case("WARN", "EMBEDDED_FILE")
def orphan_file_inside(shop: Workshop) -> bytes:
    """An embedded file that nothing leads to was signed along."""
    paper = letter()
    paper.put(Stream(b"MZ\x90", {"Type": b"/EmbeddedFile"}))
    return paper.save().sign(shop.by()).content


@case("UNSIGNED", "JAVASCRIPT")
def unsigned_with_a_script(shop: Workshop) -> bytes:
    """Nobody signed it; the warning is told all the same."""
    paper = letter()
    paper.touch(CATALOG)["OpenAction"] = JAVASCRIPT
    return paper.save().content


@case("MODIFIED", "CHANGE_NOT_PERMITTED")
def script_added_after_the_signature(shop: Workshop) -> bytes:
    """What comes later is no warning but a change."""
    paper = shop.signed
    paper.touch(CATALOG)["OpenAction"] = JAVASCRIPT
    return paper.save().content


def _kind_by_reference(kind: bytes, reason: str, **entries: bytes) -> None:
    def prepare(paper: Paper) -> None:
        name = paper.put(b"/" + kind)
        paper.touch(CATALOG)["OpenAction"] = ref(paper.put({"S": ref(name)} | entries))

    prepare.__name__ = f"{kind.decode().lower()}_by_reference"
    prepare.__doc__ = "The kind of the action is an object of its own."
    active(reason)(prepare)


_kind_by_reference(b"Launch", "LAUNCH", F=b"(cmd.exe)")
_kind_by_reference(b"SubmitForm", "SUBMIT_FORM", F=b"(http://127.0.0.1:9/)")
_kind_by_reference(b"GoToR", "GO_TO_REMOTE", F=b"(other.pdf)")
_kind_by_reference(b"JavaScript", "JAVASCRIPT", JS=b"(1)")


@active("EMBEDDED_FILE")
def kind_of_an_embedded_file_by_reference(paper: Paper) -> None:
    """The stream's kind is an object of its own."""
    kind = paper.put(b"/EmbeddedFile")
    inside = paper.put(Stream(b"MZ\x90", {"Type": ref(kind)}))
    paper.touch(CATALOG)["AF"] = b"[<< /Type /Filespec /F (a.exe) /EF << /F %s >> >>]" % ref(inside)


@active("LAUNCH")
def action_written_inside_a_stream(paper: Paper) -> None:
    """The table leads into the inside of a stream, where the action is spelled out."""
    action = b"40 0 obj\n<< /S /Launch /F (cmd.exe) >>\nendobj\n"
    paper.touch(CATALOG)["OpenAction"] = ref(40)
    paper.objects[39] = Stream(b"x" * 20 + b"\n" + action, {})
    at, _ = paper.write_objects([*sorted(paper.fresh), 39])
    at[40] = paper.content.index(b"40 0 obj", at[39])
    paper.objects[40] = b"null"
    paper.fresh.clear()
    paper.end_with_table(at, {})


@active("LAUNCH")
def action_under_other_letters(paper: Paper) -> None:
    """Every letter of the words is escaped."""
    paper.touch(CATALOG)["OpenAction"] = b"<< /#53 /#4C#61#75#6E#63#68 /#46 (cmd.exe) >>"


@active("JAVASCRIPT")
def action_in_an_annotation_of_an_annotation(paper: Paper) -> None:
    """A note's pop-up that nobody lists on the page acts when it is closed."""
    popup = paper.put({"Type": b"/Annot", "Subtype": b"/Popup", "AA": b"<< /C %s >>" % JAVASCRIPT})
    note = {"Type": b"/Annot", "Subtype": b"/Text", "Rect": b"[9 9 19 19]", "Popup": ref(popup)}
    paper.annotate(FIRST, paper.put(note))
