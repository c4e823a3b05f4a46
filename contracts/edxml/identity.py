"""What a message is, whatever stations rewrote on its way: the digest of its words and files."""

from __future__ import annotations

import hashlib

from msgspec import json as packed
from msgspec.structs import replace

from contracts.edxml.words import Attachment, Document, Message


def fingerprint(message: Message) -> str:
    """SHA-256 over everything the sender said: two arrivals of one message have the same.

    Stations, the signature in the XML and how files were wrapped say nothing of it. A message has
    no identity of its own, and the axis may hold it twice when an answer was lost.
    """
    if isinstance(message, Document):
        files = [_bare(file) for file in message.attachments]
        message = replace(message, trace=[], signature="", attachments=files)
    return hashlib.sha256(packed.encode(message)).hexdigest()


def _bare(file: Attachment) -> Attachment:
    """A file without its bytes, which its digest names, and without how it was sent."""
    return Attachment(name=file.name, content=b"", description=file.description, sha256=file.sha256)
