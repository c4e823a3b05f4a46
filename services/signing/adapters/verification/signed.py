# mypy: allow-untyped-calls
"""One signature as it stands in the file: its dictionary, its container, and what it restricts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from asn1crypto import cms, x509
from pyhanko.pdf_utils import generic
from pyhanko.sign.fields import FieldMDPSpec, MDPPerm
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_self_reported_ts,
)

from services.signing.adapters.pdf.objects import entry

STAMP = "/ETSI.RFC3161"


@dataclass
class SignedObject:
    """A signature that could be read. ``others`` are the certificates beside the signer's."""

    dictionary: Any
    field: Any
    container: bytes
    signed: cms.SignedData
    info: cms.SignerInfo
    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]

    @property
    def is_stamp(self) -> bool:
        """Whether it is a time stamp over the document."""
        return str(entry(self.dictionary, "/SubFilter", "")) == STAMP

    @property
    def algorithm(self) -> str:
        """By what the covered bytes are digested: a stamp says it of what it stamps."""
        if self.is_stamp:
            imprint = self.signed["encap_content_info"]["content"].parsed["message_imprint"]
            return str(imprint["hash_algorithm"]["algorithm"].native)
        return str(self.info["digest_algorithm"]["algorithm"].native)

    @property
    def claimed_at(self) -> datetime | None:
        """When the signer says it signed: in the container, else in the dictionary."""
        told: datetime | None = extract_self_reported_ts(self.info)
        if told is None and "/M" in self.dictionary:
            told = generic.parse_pdf_date(str(self.dictionary["/M"]), strict=False)
        return told

    @cached_property
    def permission(self) -> MDPPerm | None:
        """What the signer lets happen to the document afterwards (DocMDP); nothing said: None."""
        for parameters in self._parameters("/DocMDP"):
            return MDPPerm(int(entry(parameters, "/P", 2)))
        lock = entry(self.field, "/Lock", {})
        return MDPPerm(int(lock["/P"])) if "/P" in lock else None

    @cached_property
    def locked(self) -> FieldMDPSpec | None:
        """Which fields the signer locks (FieldMDP), or the field's own lock names."""
        for parameters in self._parameters("/FieldMDP"):
            return FieldMDPSpec.from_pdf_object(parameters)
        lock = entry(self.field, "/Lock", {})
        return FieldMDPSpec.from_pdf_object(lock) if "/Action" in lock else None

    def _parameters(self, method: str) -> Iterator[Any]:
        for reference in entry(self.dictionary, "/Reference", ()):
            held = reference.get_object()
            if entry(held, "/TransformMethod") == method:
                yield entry(held, "/TransformParams", {})


def read_signed(field: Any) -> SignedObject:
    """The signature in a field; raises what the library raises."""
    dictionary = field["/V"]
    raw = dictionary.raw_get("/Contents", decrypt=generic.EncryptedObjAccess.RAW)
    container = bytes(raw.original_bytes)
    message = cms.ContentInfo.load(container)
    if message["content_type"].native != "signed_data":
        raise ValueError("the container holds no signature")
    signed = message["content"]
    found = extract_certs_for_validation(signed)
    return SignedObject(
        dictionary,
        field,
        container,
        signed,
        extract_signer_info(signed),
        found.signer_cert,
        tuple(found.other_certs),
    )
