"""Encrypted letters: opened by the empty password, by one nobody knows, or by no means at all."""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from tests.signing.corpus.catalogue import Workshop, case
from tests.signing.corpus.paper import CATALOG, INFORMATION, TEXT, Paper, Stream, letter, ref, text

FILLER = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
OWNER, IDENTIFIER, RIGHTS = b"\x11" * 32, b"\x55" * 16, -44


def rc4(key: bytes, data: bytes) -> bytes:
    """The old stream cipher, which the password's check still needs."""
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def file_key(password: bytes) -> bytes:
    """The file's key that follows from a password (revision 4, 128 bits)."""
    padded = (password + FILLER)[:32]
    key = hashlib.md5(padded + OWNER + RIGHTS.to_bytes(4, "little", signed=True) + IDENTIFIER)
    found = key.digest()
    for _ in range(50):
        found = hashlib.md5(found).digest()
    return found


def password_check(key: bytes) -> bytes:
    """What the file keeps to tell a right password."""
    found = hashlib.md5(FILLER + IDENTIFIER).digest()
    for step in range(20):
        found = rc4(bytes(byte ^ step for byte in key), found)
    return found + bytes(16)


def encrypted(number: int, data: bytes, key: bytes) -> bytes:
    """A stream's data under AES, by the key of its object."""
    own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0sAlT").digest()
    padder = PKCS7(128).padder()
    padded = padder.update(data) + padder.finalize()
    start = hashlib.md5(data).digest()
    engine = Cipher(algorithms.AES(own), modes.CBC(start)).encryptor()
    return start + engine.update(padded) + engine.finalize()


def locked(password: bytes = b"", paper: Paper | None = None, **entries: bytes) -> Paper:
    """The letter under a password; strings stay open, streams are encrypted."""
    paper = paper or letter()
    key = file_key(password)
    filters = b"<< /StdCF << /CFM /AESV2 /AuthEvent /DocOpen /Length 16 >> >>"
    word = {"Filter": b"/Standard", "V": b"4", "R": b"4", "Length": b"128", "P": b"%d" % RIGHTS}
    word |= {"CF": filters, "StmF": b"/StdCF", "StrF": b"/Identity"}
    word |= {"O": b"<%s>" % OWNER.hex().encode()}
    word |= {"U": b"<%s>" % password_check(key).hex().encode()} | entries
    paper.cipher = lambda number, data: encrypted(number, data, key)
    paper.trailer |= {"Encrypt": ref(paper.put(word))}
    return paper.save()


@case("WARN", "ENCRYPTED_WITH_EMPTY_PASSWORD")
def empty_password(shop: Workshop) -> bytes:
    """Anyone can open it; it was signed so."""
    return locked().sign(shop.by()).content


@case("WARN", "ENCRYPTED_WITH_EMPTY_PASSWORD", roles=True)
def empty_password_signed_and_sealed(shop: Workshop) -> bytes:
    """The pair, in a file anyone can open."""
    paper = locked().sign(shop.by(), "leader")
    return paper.sign(shop.by(shop.people.agency), "agency").content


@case("UNSIGNED", "ENCRYPTED_WITH_EMPTY_PASSWORD")
def empty_password_unsigned(shop: Workshop) -> bytes:
    """Anyone can open it; nobody signed."""
    return locked().content


@case("MODIFIED", "CHANGE_NOT_PERMITTED")
def empty_password_changed_later(shop: Workshop) -> bytes:
    """The text was replaced after the signature."""
    paper = locked().sign(shop.by())
    paper.put(Stream(text(b"Pay nine hundred billion dong."), {}), TEXT)
    return paper.save().content


@case("BROKEN", "DIGEST_DIFFERS")
def empty_password_damaged(shop: Workshop) -> bytes:
    """A byte of an encrypted stream was turned."""
    content = locked().sign(shop.by()).content
    place = content.index(b"stream\n") + 40
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


@case("REJECTED", "ENCRYPTED")
def unknown_password(shop: Workshop) -> bytes:
    """Nobody here knows the password: it is not called unsigned."""
    return locked(b"secret").content


@case("REJECTED", "ENCRYPTED")
def unknown_password_signed(shop: Workshop) -> bytes:
    """Signed, under a password nobody here knows."""
    return locked(b"secret").sign(shop.by()).content


def _unopenable(title: str, meaning: str, **entries: bytes) -> None:
    def make(shop: Workshop) -> bytes:
        return locked(**entries).sign(shop.by()).content

    make.__module__, make.__name__, make.__doc__ = __name__, title, meaning
    case("REJECTED", "ENCRYPTED", "UNPARSABLE")(make)


_unopenable(
    "for_certificates",
    "Only holders of certain keys may open it.",
    Filter=b"/Adobe.PubSec",
    SubFilter=b"/adbe.pkcs7.s5",
    Recipients=b"[<3080>]",
)
_unopenable("handler_nobody_knows", "By a method nobody knows.", Filter=b"/Fancy.Lock")
_unopenable("revision_nobody_knows", "By a revision nobody knows.", R=b"99")
_unopenable(
    "method_nobody_knows", "By a filter nobody knows.", CF=b"<< /StdCF << /CFM /ROT13 >> >>"
)
_unopenable("filter_missing", "By a filter that is not there.", CF=b"<< >>")
_unopenable("check_too_short", "The password's check is cut short.", U=b"<00>")
_unopenable("rights_no_number", "The rights are no number.", P=b"/All")
_unopenable("everything_null", "The words of encryption are null.", Filter=b"null", V=b"null")


@case("REJECTED MODIFIED FORGED", "ENCRYPTED", "UNPARSABLE")
def words_of_encryption_missing(shop: Workshop) -> bytes:
    """The trailer names words of encryption that are not there."""
    paper = letter()
    paper.trailer["Encrypt"] = b"999 0 R"
    return paper.save().sign(shop.by()).content


@case("REJECTED MODIFIED FORGED BROKEN")
def encrypted_after_the_signature(shop: Workshop) -> bytes:
    """A later revision says that all of it is encrypted."""
    return locked(paper=shop.signed).content


@case("REJECTED MODIFIED FORGED BROKEN")
def opened_after_the_signature(shop: Workshop) -> bytes:
    """A later revision says that none of it is encrypted."""
    paper = locked().sign(shop.by())
    del paper.trailer["Encrypt"]
    paper.cipher = None
    paper.touch(INFORMATION)["ModDate"] = b"(D:20260616)"
    return paper.save().content


@case("WARN", "SUBMIT_FORM")
def sends_itself_away(shop: Workshop) -> bytes:
    """Open parts of an encrypted letter send it away when it is opened (2019)."""
    paper = letter()
    action = b"<< /S /SubmitForm /F (http://127.0.0.1:9/) /Flags 256 >>"
    paper.touch(CATALOG)["OpenAction"] = action
    return locked(paper=paper).sign(shop.by()).content
