"""Good signatures at every level, by every accepted algorithm, in every honest kind of file."""

from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric import ec

from tests.signing.corpus.catalogue import AGENCY_BOX, LEADER_BOX, Workshop, case
from tests.signing.corpus.container import Stamp, document_stamp
from tests.signing.corpus.paper import (
    CATALOG,
    FIRST,
    FONT,
    FORM,
    INFORMATION,
    PAGES,
    TEXT,
    Paper,
    Stream,
    letter,
    ref,
    refs,
)
from tests.signing.corpus.people import AT, revocation_list

DOCUMENT_STAMP = {"SubFilter": b"/ETSI.RFC3161", "Type": b"/DocTimeStamp"}


def add_proof(shop: Workshop, paper: Paper, **entries: bytes) -> Paper:
    """A revision with a document security store: certificates and revocation lists."""
    people = shop.people
    proofs = [revocation_list(people.issuing, [people.revoked]), revocation_list(people.root)]
    bundle = [people.issuing.der, people.root.der, people.time.der, people.time_root.der]
    lists = [paper.put(Stream(one, {})) for one in proofs]
    certificates = [paper.put(Stream(one, {})) for one in bundle]
    store = {"Type": b"/DSS", "Certs": refs(certificates), "CRLs": refs(lists)}
    paper.touch(CATALOG)["DSS"] = ref(paper.put(store | entries))
    return paper.save()


def add_stamp(
    shop: Workshop, paper: Paper, title: str = "Stamp1", stamp: Stamp | None = None
) -> Paper:
    """A document time stamp in a revision of its own."""
    made = document_stamp(stamp or Stamp(shop.people.time))
    return paper.sign(made, title, room=3000, M=b"", **DOCUMENT_STAMP)


@case("TRUSTED")
def level_b(shop: Workshop) -> bytes:
    """No time stamp: the claimed time is all there is."""
    return shop.letter.sign(shop.by(stamp=None)).content


@case("TRUSTED")
def level_t(shop: Workshop) -> bytes:
    """With a time stamp."""
    return shop.signed.content


@case("TRUSTED")
def level_lt(shop: Workshop) -> bytes:
    """With proof for later."""
    return add_proof(shop, shop.signed).content


@case("TRUSTED")
def level_lta(shop: Workshop) -> bytes:
    """With proof for later and a document time stamp over it."""
    return add_stamp(shop, add_proof(shop, shop.signed)).content


@case("TRUSTED")
def level_lta_prolonged(shop: Workshop) -> bytes:
    """Prolonged once more years later."""
    paper = add_stamp(shop, add_proof(shop, shop.signed))
    return add_stamp(shop, add_proof(shop, paper), "Stamp2").content


@case("TRUSTED")
def proof_with_index(shop: Workshop) -> bytes:
    """The store has an entry for the signature (VRI)."""
    index = b"<< /%s << /TU (D:20260615100000Z) >> >>" % (b"A" * 40)
    return add_proof(shop, shop.signed, VRI=index).content


@case("TRUSTED")
def document_stamp_without_store(shop: Workshop) -> bytes:
    """A document time stamp straight after the signature."""
    return add_stamp(shop, shop.signed).content


@case("TRUSTED", roles=True)
def leader_and_agency(shop: Workshop) -> bytes:
    """The pair that equals the paper original, in fields prepared beforehand."""
    return shop.sealed.content


@case("TRUSTED", roles=True)
def leader_and_agency_with_proof(shop: Workshop) -> bytes:
    """The pair, archived."""
    return add_stamp(shop, add_proof(shop, shop.sealed)).content


@case("TRUSTED", roles=True)
def each_brings_its_field(shop: Workshop) -> bytes:
    """Neither field was prepared: each signature adds its own, small and beside the text."""
    paper = shop.letter
    paper.add_field("leader", Rect=LEADER_BOX)
    paper.sign(shop.by(), "leader")
    paper.add_field("agency", Rect=b"[80 120 160 190]")
    return paper.sign(shop.by(shop.people.agency), "agency").content


@case("TRUSTED", roles=True)
def two_leaders_then_agency(shop: Workshop) -> bytes:
    """A joint document: all leaders first, then the seal."""
    paper = shop.letter.sign(shop.by(), "one").sign(shop.by(shop.people.second), "two")
    return paper.sign(shop.by(shop.people.agency), "three").content


@case("TRUSTED")
def shown_by_a_picture(shop: Workshop) -> bytes:
    """The signature shows an appearance that was signed with it."""
    paper = shop.letter
    drawn = paper.put(Stream(b"0 0 1 RG 0 0 m 130 50 l S", form_box(130, 50)))
    paper.add_field("leader", Rect=LEADER_BOX, AP=b"<< /N %s >>" % ref(drawn))
    return paper.sign(shop.by(), "leader").content


def form_box(width: int, height: int) -> dict[str, bytes]:
    """The dictionary of a form that an appearance is."""
    box = b"[0 0 %d %d]" % (width, height)
    return {"Type": b"/XObject", "Subtype": b"/Form", "BBox": box}


@case("TRUSTED")
def cross_reference_stream(shop: Workshop) -> bytes:
    """Modern cross-references throughout."""
    paper = letter().save("stream")
    return paper.sign(shop.by(), style="stream").content


@case("TRUSTED")
def object_streams(shop: Workshop) -> bytes:
    """Most objects are packed; the signature's own are not."""
    paper = letter().save("stream", packed=[CATALOG, PAGES, FIRST, FONT, INFORMATION])
    return paper.sign(shop.by(), style="stream").content


@case("TRUSTED")
def table_after_stream(shop: Workshop) -> bytes:
    """An old-fashioned tool signs a modern file: seen often, read by all."""
    return letter().save("stream").sign(shop.by()).content


@case("TRUSTED")
def info_date_changed_by_store(shop: Workshop) -> bytes:
    """The update with proof for later also writes its date and its tool's name."""
    paper = shop.signed
    paper.touch(INFORMATION).update({"ModDate": b"(D:20260616)", "Producer": b"(other)"})
    return add_proof(shop, paper).content


@case("TRUSTED")
def saved_twice_before_signing(shop: Workshop) -> bytes:
    """Edited honestly before it was signed."""
    paper = shop.letter
    paper.touch(TEXT).data += b" "
    return paper.save().sign(shop.by()).content


@case("TRUSTED")
def form_object_inside_catalog(shop: Workshop) -> bytes:
    """The form is a part of the catalog, not an object of its own."""
    paper = letter()
    number = paper.add_field("leader", Rect=LEADER_BOX)
    del paper.objects[FORM]
    paper.fresh.discard(FORM)
    paper.touch(CATALOG)["AcroForm"] = b"<< /Fields [%s] /SigFlags 3 >>" % ref(number)
    return paper.save().sign(shop.by(), "leader").content


@case("TRUSTED")
def field_under_a_parent(shop: Workshop) -> bytes:
    """The signature's field hangs below another field and inherits its kind."""
    paper = letter()
    number = paper.add_field("leader", Rect=LEADER_BOX)
    parent = paper.put({"T": b"(office)", "FT": b"/Sig", "Kids": refs([number])})
    paper.objects[FORM]["Fields"] = refs([parent])
    field = paper.objects[number]
    del field["FT"]
    field["Parent"] = ref(parent)
    return paper.save().sign(shop.by(), "leader").content


@case("TRUSTED")
def widget_apart_from_field(shop: Workshop) -> bytes:
    """Field and widget are two objects."""
    paper = letter()
    widget = paper.add_field("leader", Rect=LEADER_BOX)
    shown = paper.objects[widget]
    field = paper.put({"FT": shown.pop("FT"), "T": shown.pop("T"), "Kids": refs([widget])})
    shown["Parent"] = ref(field)
    paper.objects[FORM]["Fields"] = refs([field])
    paper.fields["leader"] = field
    return paper.save().sign(shop.by(), "leader").content


@case("TRUSTED")
def rsa_pss(shop: Workshop) -> bytes:
    """RSA with PSS, as SIM cards sign."""
    return shop.letter.sign(shop.by(pss=True)).content


@case("TRUSTED")
def rsa_sha384(shop: Workshop) -> bytes:
    """SHA-384."""
    return shop.letter.sign(shop.by(digest="sha384")).content


@case("TRUSTED")
def rsa_pss_sha512(shop: Workshop) -> bytes:
    """SHA-512 with PSS."""
    return shop.letter.sign(shop.by(digest="sha512", pss=True)).content


@case("TRUSTED")
def ecdsa_p256(shop: Workshop) -> bytes:
    """ECDSA on P-256."""
    return shop.letter.sign(shop.by(shop.people.curve(ec.SECP256R1))).content


@case("TRUSTED")
def ecdsa_p384(shop: Workshop) -> bytes:
    """ECDSA on P-384 with SHA-384."""
    return shop.letter.sign(shop.by(shop.people.curve(ec.SECP384R1), digest="sha384")).content


@case("TRUSTED")
def ecdsa_p521(shop: Workshop) -> bytes:
    """ECDSA on P-521 with SHA-512."""
    return shop.letter.sign(shop.by(shop.people.curve(ec.SECP521R1), digest="sha512")).content


@case("TRUSTED")
def ed25519(shop: Workshop) -> bytes:
    """Ed25519 with SHA-512, as RFC 8419 has it."""
    return shop.letter.sign(shop.by(shop.people.edwards, digest="sha512")).content


@case("TRUSTED")
def claimed_a_little_before(shop: Workshop) -> bytes:
    """Claimed a quarter of an hour after the stamp: clocks differ."""
    return shop.letter.sign(shop.by(claimed=AT + timedelta(minutes=14))).content


@case("TRUSTED")
def stamped_within_a_day(shop: Workshop) -> bytes:
    """Stamped 23 hours after the claimed time."""
    return shop.letter.sign(shop.by(claimed=AT - timedelta(hours=23))).content


@case("TRUSTED")
def whole_chain_inside(shop: Workshop) -> bytes:
    """The container brings issuer and root along."""
    people = shop.people
    chain = [people.leader, people.issuing, people.root]
    return shop.letter.sign(shop.by(certificates=chain)).content


@case("TRUSTED")
def empty_field_left_over(shop: Workshop) -> bytes:
    """A prepared field that nobody signed yet."""
    return shop.prepared.sign(shop.by(), "leader").content


@case("TRUSTED", roles=True)
def seal_in_the_place_covers_a_third(shop: Workshop) -> bytes:
    """The seal brought its own field where it belongs: over a third of the leader's signature."""
    paper = shop.letter
    paper.add_field("leader", Rect=LEADER_BOX)
    paper.sign(shop.by(), "leader")
    paper.add_field("agency", Rect=AGENCY_BOX)
    return paper.sign(shop.by(shop.people.agency), "agency").content
