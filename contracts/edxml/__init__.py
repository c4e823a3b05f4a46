"""The language spoken with other systems (edXML, QCVN 102:2016): bytes to words and back.

    told = read(data)           # Reading: message, family, dialect, digest, cautions
    data = write(told.message)  # always the 2016 family; the same words give the same bytes

A message is a `Document` or a `Status`. What cannot be read or written is a typed `EdxmlRefused`.
Nothing here speaks to a network.
"""

from .cautions import Caution, CautionCode
from .identity import fingerprint
from .limits import LIMITS, Limits
from .messages import Reading, read
from .payloads import attached
from .refusals import (
    AttachmentOverinflated,
    DoctypePresent,
    EdxmlRefused,
    EncodingUnknown,
    FieldsMissing,
    FieldUnreadable,
    FormatForeign,
    LayerMissing,
    LimitPassed,
    LookAlike,
    MessageEmpty,
    MessageTooLarge,
    MessageUnfit,
    NamespaceUnknown,
    XmlMalformed,
)
from .words import (
    Attachment,
    Business,
    BusinessAction,
    Changes,
    Code,
    Damage,
    Dialect,
    Document,
    DocumentType,
    Family,
    Hop,
    Message,
    OtherInfo,
    Party,
    Promulgation,
    ReceiverAct,
    ReceiverChange,
    Replaced,
    ResponseFor,
    Signatory,
    Staff,
    Status,
)
from .writing import document_id, write

__all__ = [
    "LIMITS",
    "Attachment",
    "AttachmentOverinflated",
    "Business",
    "BusinessAction",
    "Caution",
    "CautionCode",
    "Changes",
    "Code",
    "Damage",
    "Dialect",
    "DoctypePresent",
    "Document",
    "DocumentType",
    "EdxmlRefused",
    "EncodingUnknown",
    "Family",
    "FieldUnreadable",
    "FieldsMissing",
    "FormatForeign",
    "Hop",
    "LayerMissing",
    "LimitPassed",
    "Limits",
    "LookAlike",
    "Message",
    "MessageEmpty",
    "MessageTooLarge",
    "MessageUnfit",
    "NamespaceUnknown",
    "OtherInfo",
    "Party",
    "Promulgation",
    "Reading",
    "ReceiverAct",
    "ReceiverChange",
    "Replaced",
    "ResponseFor",
    "Signatory",
    "Staff",
    "Status",
    "XmlMalformed",
    "attached",
    "document_id",
    "fingerprint",
    "read",
    "write",
]
