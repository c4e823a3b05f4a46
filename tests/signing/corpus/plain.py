"""Honest files as many tools write them: odd spellings, old habits, and nothing wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from asn1crypto import cms, core, tsp

from tests.signing.corpus.catalogue import LEADER_BOX, Workshop, case
from tests.signing.corpus.container import hashed, time_stamp
from tests.signing.corpus.paper import (
    CATALOG,
    FIRST,
    FONT,
    FORM,
    HEAD,
    INFORMATION,
    PAGES,
    TEXT,
    Paper,
    Stream,
    letter,
    ref,
    refs,
    runs,
    written,
)
from tests.signing.corpus.valid import add_proof, form_box


def signed_by(change: Callable[[Any], Any], shop: Workshop, **other: Any) -> bytes:
    """The letter with a container changed before it is closed."""
    return shop.letter.sign(shop.by(edit=change, **other)).content


@case("TRUSTED")
def rsa_without_digest_in_its_name(shop: Workshop) -> bytes:
    """The algorithm is plain RSA, as OpenSSL and iText name it."""

    def rename(signed: cms.SignedData) -> None:
        signed["signer_infos"][0]["signature_algorithm"] = {"algorithm": "rsassa_pkcs1v15"}

    return signed_by(rename, shop)


@case("TRUSTED")
def rsa_without_digest_in_the_older_encoding(shop: Workshop) -> bytes:
    """The same as the Government's files have it."""

    def rename(signed: cms.SignedData) -> None:
        signed["signer_infos"][0]["signature_algorithm"] = {"algorithm": "rsassa_pkcs1v15"}

    made = shop.by(edit=rename, attribute=False)
    return shop.letter.sign(made, SubFilter=b"/adbe.pkcs7.detached").content


@case("TRUSTED")
def algorithms_without_parameters(shop: Workshop) -> bytes:
    """No NULL behind the digest's name."""

    def bare(signed: cms.SignedData) -> None:
        kind = {"algorithm": "sha256", "parameters": None}
        signed["digest_algorithms"] = [kind]
        signed["signer_infos"][0]["digest_algorithm"] = kind

    return signed_by(bare, shop)


@case("TRUSTED")
def signer_named_by_key(shop: Workshop) -> bytes:
    """The signer is named by his key's identifier, not by issuer and number."""

    def rename(signed: cms.SignedData) -> None:
        own = shop.people.leader.asn1.key_identifier
        info = signed["signer_infos"][0]
        info["version"] = "v3"
        info["sid"] = cms.SignerIdentifier("subject_key_identifier", core.OctetString(own))

    return signed_by(rename, shop)


@case("TRUSTED WARN")
def certificate_bound_by_the_old_attribute(shop: Workshop) -> bytes:
    """The certificate is bound by the attribute of before 2007, which knows SHA-1 only."""
    named = tsp.ESSCertID({"cert_hash": hashed("sha1", shop.people.leader.der)})
    old = {"type": "signing_certificate", "values": [tsp.SigningCertificate({"certs": [named]})]}
    made = shop.by(attribute=False, attributes=lambda found: [*found, cms.CMSAttribute(old)])
    return shop.letter.sign(made).content


@case("TRUSTED")
def more_attributes_than_usual(shop: Workshop) -> bytes:
    """A mime type among the signed attributes, and one nobody knows."""
    kind = {"type": "1.2.3.4.5", "values": [core.UTF8String("x")]}
    made = shop.by(attributes=lambda found: [*found, cms.CMSAttribute(kind)])
    return shop.letter.sign(made).content


@case("TRUSTED")
def capital_digits(shop: Workshop) -> bytes:
    """The container in capital letters."""
    content = shop.signed.content
    return re.sub(rb"/Contents <[0-9a-f]+>", lambda m: b"/Contents " + m[0][10:].upper(), content)


@case("TRUSTED")
def container_before_range(shop: Workshop) -> bytes:
    """The container stands before the ByteRange in the dictionary."""
    paper = shop.letter
    number = paper.add_field("Signature1")
    room = b"<%s>" % (b"0" * 12000)
    value = {"Type": b"/Sig", "Contents": room, "Filter": b"/Adobe.PPKLite"}
    value |= {"SubFilter": b"/ETSI.CAdES.detached", "M": b"(D:20260615030000Z)"}
    value |= {"ByteRange": b"[0 0000000000 0000000000 0000000000]"}
    paper.touch(number)["V"] = ref(paper.put(value))
    return paper.finish(shop.by()).content


@case("TRUSTED")
def talkative_dictionary(shop: Workshop) -> bytes:
    """Name, reason, place and the tool's own words, some in UTF-16."""
    words = {"Name": b"<FEFF004E0067007500791EC5006E>", "Reason": b"(Ban h\\340nh)"}
    words |= {"Location": b"(Qu\\\n\\(a\\)ng Nam)", "ContactInfo": b"(0)"}
    build = b"<< /App << /Name /Word /REx (16.0) >> /Filter << /Name /Adobe.PPKLite >> >>"
    return shop.letter.sign(shop.by(), Prop_Build=build, **words).content


@case("TRUSTED")
def without_date(shop: Workshop) -> bytes:
    """No claimed time at all, only the stamp."""
    return shop.letter.sign(shop.by(), M=b"").content


@case("TRUSTED")
def without_type(shop: Workshop) -> bytes:
    """The dictionary does not say that it is a signature: the type may be left out."""
    return shop.letter.sign(shop.by(), Type=b"").content


@case("TRUSTED")
def filter_of_another_house(shop: Workshop) -> bytes:
    """Another house's filter, the usual encoding."""
    return shop.letter.sign(shop.by(), Filter=b"/VGCA.Sign").content


@case("TRUSTED")
def name_with_brackets(shop: Workshop) -> bytes:
    """A name as form designers give it, under two parents."""
    paper = letter()
    number = paper.add_field("Signature1", Rect=LEADER_BOX)
    paper.objects[number]["T"] = b"(Ch\\374 k\\375[0])"
    inner = paper.put({"T": b"(#subform[0])", "Kids": refs([number])})
    outer = paper.put({"T": b"(form1[0])", "Kids": refs([inner])})
    paper.objects[inner]["Parent"] = ref(outer)
    paper.objects[number]["Parent"] = ref(inner)
    paper.objects[FORM]["Fields"] = refs([outer])
    return paper.save().sign(shop.by()).content


@case("TRUSTED")
def seeded_field(shop: Workshop) -> bytes:
    """A field that says how it wants to be signed, and which fields it will lock."""
    paper = letter()
    seed = b"<< /Type /SV /SubFilter [/ETSI.CAdES.detached /adbe.pkcs7.detached] /Ff 0 >>"
    paper.add_field("Signature1", Rect=LEADER_BOX, SV=seed, MK=b"<< /BC [0 0 1] >>", DA=b"()")
    return paper.save().sign(shop.by()).content


@case("TRUSTED")
def layered_look(shop: Workshop) -> bytes:
    """A look in Acrobat's layers."""
    paper = letter()
    layer = paper.put(Stream(b"% DSBlank", form_box(130, 50)))
    inner = b"<< /XObject << /n0 %s /n2 %s >> >>" % (ref(layer), ref(layer))
    frame = paper.put(Stream(b"q /n0 Do Q q /n2 Do Q", form_box(130, 50) | {"Resources": inner}))
    outer = b"<< /XObject << /FRM %s >> >>" % ref(frame)
    look = paper.put(Stream(b"q /FRM Do Q", form_box(130, 50) | {"Resources": outer}))
    paper.add_field("Signature1", Rect=LEADER_BOX, AP=b"<< /N %s >>" % ref(look))
    return paper.save().sign(shop.by()).content


@case("TRUSTED")
def annotations_apart(shop: Workshop) -> bytes:
    """The page's annotations are an array of its own, used by both signatures."""
    paper = letter()
    paper.add_field("leader", Rect=LEADER_BOX)
    apart = paper.put(paper.objects[FIRST].pop("Annots"))
    paper.objects[FIRST]["Annots"] = ref(apart)
    paper.save().sign(shop.by(), "leader")
    widget = {"Type": b"/Annot", "Subtype": b"/Widget", "FT": b"/Sig", "T": b"(second)"}
    number = paper.put(widget | {"Rect": b"[80 120 160 170]", "P": ref(FIRST), "F": b"132"})
    paper.put(refs([paper.fields["leader"], number]), apart)
    paper.touch(FORM)["Fields"] = refs([paper.fields["leader"], number])
    paper.fields["second"] = number
    return paper.sign(shop.by(shop.people.second), "second").content


@case("TRUSTED")
def version_1_4(shop: Workshop) -> bytes:
    """An old version, and no binary comment."""
    return letter(head=b"%PDF-1.4\n").save().sign(shop.by()).content


@case("TRUSTED")
def version_2_0(shop: Workshop) -> bytes:
    """The newest version."""
    return letter(head=HEAD.replace(b"1.7", b"2.0")).save().sign(shop.by()).content


@case("TRUSTED")
def windows_line_breaks(shop: Workshop) -> bytes:
    """Every line of the structure ends with two bytes."""
    return _breaking(b"\r\n").sign(shop.by()).content


@case("TRUSTED")
def old_macintosh_line_breaks(shop: Workshop) -> bytes:
    """Every line of the structure ends with a carriage return."""
    return _breaking(b"\r").sign(shop.by()).content


def _rows(lines: dict[int, bytes], run: list[int]) -> bytes:
    return b"".join(lines[number] for number in run)


def _breaking(end: bytes) -> Paper:
    """The letter with these line breaks; a stream's first may not be a carriage return alone."""
    paper = letter(head=HEAD.replace(b"\n", end))
    at = {}
    for number in sorted(paper.fresh):
        at[number] = len(paper.content)
        head, word, data = written(paper.objects[number]).partition(b"\nstream\n")
        if word:
            data = data.removesuffix(b"\nendstream") + end + b"endstream"
            word = end + b"stream" + (b"\r\n" if end == b"\r" else end)
        paper.content += b"%d 0 obj" % number + end + head + word + data + end + b"endobj" + end
    start, last = len(paper.content), end.rjust(2)
    lines = {number: b"%010d 00000 n" % place + last for number, place in at.items()}
    lines[0] = b"0000000000 65535 f" + last
    table = [
        b"%d %d" % (run[0], len(run)) + end + b"".join(map(lines.get, run)) for run in runs(lines)
    ]
    trailer = b"<< /Size %d /Root 1 0 R /Info 8 0 R >>" % paper.size()
    parts = [b"xref", b"".join(table) + b"trailer", trailer, b"startxref", b"%d" % start, b"%%EOF"]
    paper.content += end.join(parts) + end
    paper.starts.append(start)
    paper.fresh.clear()
    return paper


@case("TRUSTED")
def free_objects(shop: Workshop) -> bytes:
    """Objects were deleted before it was signed."""
    paper = letter()
    gone = paper.put({"Type": b"/Nothing"})
    paper.save()
    start = len(paper.content)
    paper.content += b"xref\n0 1\n%010d 65535 f \n%d 1\n0000000000 00001 f \n" % (gone, gone)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Prev %d >>\n" % (paper.size(), paper.starts[-1])
    paper.content += trailer + b"startxref\n%d\n%%%%EOF\n" % start
    paper.starts.append(start)
    return paper.sign(shop.by()).content


@case("TRUSTED WARN")
def without_identifier(shop: Workshop) -> bytes:
    """No identifier in the trailer."""
    paper = letter()
    del paper.trailer["ID"]
    return paper.save().sign(shop.by()).content


@case("TRUSTED")
def without_information(shop: Workshop) -> bytes:
    """Neither information nor descriptive data."""
    paper = letter()
    del paper.trailer["Info"]
    del paper.objects[CATALOG]["Metadata"]
    return paper.save().sign(shop.by()).content


@case("TRUSTED")
def pages_in_a_tree(shop: Workshop) -> bytes:
    """Pages in two levels, size and resources inherited, turned by 90 degrees."""
    paper = letter()
    page = paper.objects[FIRST]
    above = {"Type": b"/Pages", "Count": b"2", "Parent": ref(PAGES), "Rotate": b"90"}
    above |= {"MediaBox": page.pop("MediaBox"), "Resources": page.pop("Resources")}
    middle = paper.put(above | {"Kids": paper.objects[PAGES]["Kids"]})
    paper.objects[PAGES]["Kids"] = refs([middle])
    for number in (3, 4):
        paper.objects[number]["Parent"] = ref(middle)
    return paper.save().sign(shop.by()).content


@case("TRUSTED")
def length_apart(shop: Workshop) -> bytes:
    """A stream's length is an object of its own."""
    paper = letter()
    data = paper.objects[TEXT].data
    length = paper.put(b"%d" % len(data))
    paper.put(b"<< /Length %s >>\nstream\n%s\nendstream" % (ref(length), data), TEXT)
    return paper.save().sign(shop.by()).content


@case("TRUSTED")
def date_of_change_with_the_second_signature(shop: Workshop) -> bytes:
    """The second signature's tool writes its date and its name."""
    paper = shop.signed
    paper.touch(INFORMATION).update({"ModDate": b"(D:20260616)", "Producer": b"(other)"})
    return paper.sign(shop.by(shop.people.second), "second").content


@case("TRUSTED")
def form_resources_with_the_second_signature(shop: Workshop) -> bytes:
    """The second signature's tool adds its usual fonts to the form, as Acrobat does."""
    paper = shop.signed
    resources = b"<< /Font << /Helv %s >> >>" % ref(FONT)
    paper.touch(FORM).update({"DR": resources, "DA": b"(/Helv 0 Tf 0 g)"})
    return paper.sign(shop.by(shop.people.second), "second").content


@case("TRUSTED WARN")
def extension_named_with_the_proof(shop: Workshop) -> bytes:
    """The tool that adds proof names the extension it uses."""
    paper = shop.signed
    word = b"<< /ESIC << /BaseVersion /1.7 /ExtensionLevel 5 >> >>"
    paper.touch(CATALOG)["Extensions"] = word
    return add_proof(shop, paper).content


@case("TRUSTED", roles=True)
def ten_signatures(shop: Workshop) -> bytes:
    """Nine leaders and the agency."""
    paper = shop.letter
    for place in range(9):
        paper.sign(shop.by(shop.people.second), f"s{place}", room=4000)
    return paper.sign(shop.by(shop.people.agency), "agency", room=4000).content


@case("TRUSTED WARN")
def two_stamps_on_one_signature(shop: Workshop) -> bytes:
    """Two authorities' stamps, both good."""

    def more(signed: cms.SignedData) -> None:
        info = signed["signer_infos"][0]
        token = time_stamp(shop.people.time, info["signature"].native)
        first = info["unsigned_attrs"][0]["values"][0]
        kind = {"type": "signature_time_stamp_token", "values": [first, token]}
        info["unsigned_attrs"] = [cms.CMSAttribute(kind)]

    return signed_by(more, shop)


@case("TRUSTED WARN")
def date_that_is_none(shop: Workshop) -> bytes:
    """The claimed time is no date."""
    return shop.letter.sign(shop.by(), M=b"(yesterday)").content
