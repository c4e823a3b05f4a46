"""From what an attachment holds on the wire to the file that was meant, and whether it is whole."""

from __future__ import annotations

import base64
import hashlib
from typing import NamedTuple
from zipfile import ZipFile, ZipInfo

from contracts.edxml import sniffing
from contracts.edxml.cautions import CautionCode, Notes
from contracts.edxml.limits import MEBIBYTE, Limits
from contracts.edxml.refusals import AttachmentOverinflated
from contracts.edxml.words import Attachment, Damage

_USUAL_RATIO = 200
_HARMLESS = 10 * MEBIBYTE
_REPLACEMENT = b"\xef\xbf\xbd"
_ENCRYPTED = 1
_LOOSE_TYPES = {"", sniffing.UNKNOWN}


class Parcel(NamedTuple):
    """One attachment as it came: names for it, the declared type, bytes or nothing decodable."""

    content_id: str
    name: str
    description: str
    declared_type: str
    payload: bytes | None


def base64_told(text: str | bytes) -> bytes | None:
    """The bytes behind base64, line breaks and missing padding forgiven; nothing if it is none."""
    raw = text.encode("ascii", "replace") if isinstance(text, str) else text
    packed = b"".join(raw.split()).rstrip(b"=")
    try:
        return base64.b64decode(packed + b"=" * (-len(packed) % 4), validate=True)
    except ValueError:
        return None


class Unpacking:
    """Unpacks the attachments of one message within its limits."""

    def __init__(self, limits: Limits, notes: Notes) -> None:
        self._left, self._limit = limits.inflated, limits.inflated
        self._notes = notes

    def unpacked(self, parcel: Parcel, where: str) -> Attachment:
        """The file that was meant, with what its bytes are and what is wrong with them."""
        payload = parcel.payload
        damage = Damage.NOT_BASE64 if payload is None else None
        content, broken = self._out_of_zip(payload or b"", parcel.name, where)
        media_type = sniffing.media_type(content)
        damage = damage or broken or damage_of(content, parcel.name, media_type)
        if damage:
            told = (f"{parcel.name}: {damage.vi}", f"{parcel.name}: {damage.en}")
            self._notes.caution(CautionCode.FILE_DAMAGED, where, *told)
        elif not _agree(parcel, media_type):
            self._notes.caution(CautionCode.TYPE_OTHERWISE, where, parcel.declared_type)
        return attached(
            parcel.name,
            content,
            content_id=parcel.content_id,
            description=parcel.description,
            declared_type=parcel.declared_type,
            damage=damage,
        )

    def _out_of_zip(self, payload: bytes, name: str, where: str) -> tuple[bytes, Damage | None]:
        if not sniffing.is_zip(payload):
            return payload, None
        archive = sniffing.opened_zip(payload)
        if archive is None and not sniffing.is_crowded(payload):
            return payload, Damage.BROKEN_ZIP
        if sniffing.extension(name) == "zip" or sniffing.media_type(payload) != sniffing.ZIP:
            return payload, None
        if archive is None or (entry := only_entry(archive)) is None:
            self._notes.caution(CautionCode.ZIP_KEPT, where, name)
            return payload, None
        inflated = self._inflated(archive, entry, name, len(payload))
        if inflated is None:
            return payload, Damage.BROKEN_ZIP
        return inflated, None

    def _inflated(self, archive: ZipFile, entry: ZipInfo, name: str, packed: int) -> bytes | None:
        most = min(self._left, max(_HARMLESS, _USUAL_RATIO * packed))
        try:
            with archive.open(entry) as stream:
                content = stream.read(most + 1)
        except sniffing.UNREADABLE:
            return None
        if len(content) > most:
            raise AttachmentOverinflated(name=name, limit=most)
        self._left -= len(content)
        return content


def only_entry(archive: ZipFile) -> ZipInfo | None:
    """The one file in a zip that holds nothing else and can be read; its name is never a path."""
    entries = archive.infolist()
    readable = len(entries) == 1 and not entries[0].is_dir()
    return entries[0] if readable and not entries[0].flag_bits & _ENCRYPTED else None


def attached(
    name: str,
    content: bytes,
    *,
    content_id: str = "",
    description: str = "",
    declared_type: str = "",
    damage: Damage | None = None,
) -> Attachment:
    """An attachment of these bytes, with its media type, size and digest."""
    return Attachment(
        name=name,
        content=content,
        content_id=content_id,
        description=description,
        declared_type=declared_type,
        media_type=sniffing.media_type(content),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        damage=damage,
    )


def damage_of(content: bytes, name: str, media_type: str) -> Damage | None:
    """What shows that these bytes are not those of a file of this name, or nothing."""
    expected = sniffing.BY_EXTENSION.get(sniffing.extension(name))
    binary = expected is not None or media_type == sniffing.PDF
    if not content:
        return Damage.EMPTY
    if binary and _REPLACEMENT in content and _is_utf8(content):
        return Damage.TEXT_CONVERSION
    shapeless = media_type in (sniffing.UNKNOWN, "text/plain")
    if expected and media_type not in expected and (shapeless or expected == {sniffing.PDF}):
        return Damage.NOT_AS_NAMED
    if media_type == sniffing.PDF and b"%%EOF" not in content[-4096:]:
        return Damage.TRUNCATED
    return None


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _agree(parcel: Parcel, media_type: str) -> bool:
    """Whether the name and the declared type fit what the bytes are.

    The axis has words of its own, made of the extension; a wrapping zip may be declared or not.
    """
    kind = sniffing.extension(parcel.name)
    expected = sniffing.BY_EXTENSION.get(kind, {media_type})
    told = parcel.declared_type.partition(";")[0].strip().lower()
    own = told.rpartition("/")[2] in (kind, "xsl", "xslx")
    wrapped = told == sniffing.ZIP and sniffing.is_zip(parcel.payload or b"")
    return media_type in expected and (told in _LOOSE_TYPES | {media_type} or own or wrapped)
