# mypy: allow-untyped-calls
"""What a file brings along for later years: certificates and proof of revocation.

It stands in the document's security store (DSS), beside a signature's certificates and in its
attributes. All of it is what strangers say: it completes paths to our anchors and shows, where its
authority signed it, what was revoked; when it is proven to have existed is told by time stamps.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, TypeVar

from asn1crypto import cms, core, crl, ocsp, pdf, x509
from pyhanko.sign.general import find_cms_attribute_iter

from services.signing.adapters.pdf.objects import Reference, Stream, entry
from services.signing.adapters.pdf.opening import LIBRARY_FAILURES, OpenedPdf
from services.signing.adapters.trust.answers import RevocationAnswer, read_answer
from services.signing.adapters.trust.lists import RevocationList, read_list
from services.signing.adapters.trust.revocation import Brought
from services.signing.adapters.verification.signed import SignedObject

T = TypeVar("T")
ARCHIVED: Final = pdf.CMSAttributeType.map("1.2.840.113583.1.1.8")
VALUES: Final = "1.2.840.113549.1.9.16.2.24"
MOST: Final = 256


class _Lists(core.SequenceOf):  # type: ignore[misc]
    _child_spec = crl.CertificateList


class _Answers(core.SequenceOf):  # type: ignore[misc]
    _child_spec = ocsp.BasicOCSPResponse


class _RevocationValues(core.Sequence):  # type: ignore[misc]
    """``RevocationValues`` of CAdES (ETSI EN 319 122-1)."""

    _fields = (
        ("lists", _Lists, {"explicit": 0, "optional": True}),
        ("answers", _Answers, {"explicit": 1, "optional": True}),
        ("others", core.Any, {"explicit": 2, "optional": True}),
    )


@dataclass
class Kept:
    """What one revision of the file brought along."""

    certificates: list[x509.Certificate] = field(default_factory=list)
    lists: list[RevocationList] = field(default_factory=list)
    answers: list[RevocationAnswer] = field(default_factory=list)


class Store:
    """All that a file brings along, by the revision that brought it."""

    def __init__(self) -> None:
        self._kept: dict[int, Kept] = {}
        self.strange = 0
        """How many of what stands in the document's store nobody can read as what it should be."""

    def take_from_document(self, opened: OpenedPdf) -> None:
        """Take in the document's security store, each piece by itself."""
        store = entry(opened.reader.root, "/DSS", {})
        for key, take in (("/Certs", _certificate), ("/CRLs", _list), ("/OCSPs", _answer)):
            for reference in list(entry(store, key, ()) or ())[:MOST]:
                try:
                    held = reference.get_object()
                    if isinstance(reference, Reference) and isinstance(held, Stream):
                        revision = opened.reader.xrefs.get_last_change(reference.reference)
                        self.strange += not take(self._at(revision), held.data)
                except LIBRARY_FAILURES:
                    self.strange += 1

    def take_from_signature(self, revision: int, found: SignedObject) -> None:
        """Take in what a signature and its time stamps bring along."""
        kept = self._at(revision)
        for signed in (found.signed, *stamps_of(found)):
            kept.certificates += [
                one.chosen
                for one in list(signed["certificates"] or ())[:MOST]
                if isinstance(one.chosen, x509.Certificate)
            ]
            for der in _lists_beside(signed):
                _list(kept, der)
            for info in list(signed["signer_infos"])[:1]:
                _take_attributes(kept, info)

    def as_known(self, known_by: Callable[[int], datetime]) -> Brought:
        """All of it, each with the instant by which its revision is known to have existed."""
        certificates, lists, answers = [], [], []
        for revision, kept in self._kept.items():
            at = known_by(revision)
            certificates += kept.certificates
            lists += [replace(one, proven_at=at) for one in kept.lists]
            answers += [replace(one, proven_at=at) for one in kept.answers]
        return Brought(tuple(certificates[:MOST]), tuple(lists), tuple(answers))

    def _at(self, revision: int) -> Kept:
        return self._kept.setdefault(revision, Kept())


def stamps_of(found: SignedObject) -> list[cms.SignedData]:
    """The time stamps over a signature's value."""
    attributes = found.info["unsigned_attrs"]
    tokens = find_cms_attribute_iter(attributes, "signature_time_stamp_token")
    return [token["content"] for token in tokens]


def token_of(found: SignedObject) -> cms.SignedData | None:
    """The first stamp over a signature's value, or the stamp that a document stamp is."""
    return found.signed if found.is_stamp else next(iter(stamps_of(found)), None)


def _take_attributes(kept: Kept, info: cms.SignerInfo) -> None:
    for archived in find_cms_attribute_iter(info["signed_attrs"], ARCHIVED):
        for one in archived["crl"] or ():
            _list(kept, one.dump())
        for one in archived["ocsp"] or ():
            _answer(kept, one.dump())
    for attribute in info["unsigned_attrs"] or ():
        if attribute["type"].dotted == VALUES:
            for value in attribute["values"]:
                _take_values(kept, _RevocationValues.load(value.dump()))


def _take_values(kept: Kept, values: Any) -> None:
    for one in values["lists"] or ():
        _list(kept, one.dump())
    kept.answers += [RevocationAnswer(one) for one in values["answers"] or ()]


def _lists_beside(signed: cms.SignedData) -> Iterator[bytes]:
    for one in list(signed["crls"] or ())[:MOST]:
        if isinstance(one.chosen, crl.CertificateList):
            yield one.chosen.dump()


def _certificate(kept: Kept, der: bytes) -> bool:
    try:
        read = x509.Certificate.load(der, strict=True)
        read.subject.native  # noqa: B018
    except LIBRARY_FAILURES:
        return False
    kept.certificates.append(read)
    return True


def _list(kept: Kept, der: bytes) -> bool:
    return _taken(kept.lists, read_list(der)) or _is_one(crl.CertificateList, der)


def _answer(kept: Kept, der: bytes) -> bool:
    return _taken(kept.answers, read_answer(der)) or _is_one(ocsp.OCSPResponse, der)


def _taken(into: list[T], found: T | None) -> bool:
    if found is not None:
        into.append(found)
    return found is not None


def _is_one(kind: type[core.Asn1Value], der: bytes) -> bool:
    """Whether it is one of this kind, if of no use: an authority that could not answer says so."""
    try:
        kind.load(der, strict=True).native  # noqa: B018
    except LIBRARY_FAILURES:
        return False
    return True
