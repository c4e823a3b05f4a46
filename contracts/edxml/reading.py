"""From elements to words by the marks of the words: names without namespace, in any order.

What is not understood becomes a caution; what is missing is remembered and judged by the caller.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar
from xml.etree.ElementTree import Element

import msgspec

from contracts.edxml.cautions import CautionCode, Notes, shown
from contracts.edxml.days import FORMS, day_told, instant_told
from contracts.edxml.refusals import FieldUnreadable
from contracts.edxml.trees import attribute, children, local, namespace, text_of
from contracts.edxml.wire import On, Slot, slots
from contracts.values import Coded

S = TypeVar("S", bound=msgspec.Struct)

_READ_ELSEWHERE = {"Secret", "ContactInfo"}
_TRUE, _FALSE = {"1", "true", "yes"}, {"0", "false", "no", ""}
_LOOK_ALIKES = str.maketrans("ÐƉð", "ĐĐđ") | str.maketrans(
    "АВЕКМНОРСТХаеорсхΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTXaeopcxABEZHIKMNOPTYX"
)


def words(text: str) -> str:
    """Text as the house keeps it: precomposed and trimmed (R4.2)."""
    return unicodedata.normalize("NFC", text).strip()


class Reader:
    """Reads groups of one message, keeping notes. `spoken` are elements read by other hands."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self._simple: dict[type, Callable[[str, Slot, str], Any]] = {
            str: self._text,
            int: self._whole,
            bool: self._flag,
            date: self._day,
            datetime: self._instant,
        }

    def group(self, element: Element | None, struct: type[S], path: str, *spoken: str) -> S:
        """The words of an element; a missing one is blank and its needed words are missed."""
        if element is None:
            element = Element("")
        told = {slot.name: self._slot(element, slot, path) for slot in slots(struct)}
        self._tell_strangers(element, struct, path, spoken)
        return struct(**told)

    def _slot(self, element: Element, slot: Slot, path: str) -> Any:
        where = f"{path}/{slot.on.element}"
        found = list(children(element, *slot.on.names()))
        if slot.many:
            return self._many(found, slot, where)
        if len(found) > 1:
            self.notes.caution(CautionCode.ELEMENT_REPEATED, where)
        if slot.is_group():
            if not found and not slot.required:
                return slot.default
            return self.group(found[0] if found else None, slot.kind, where)
        text = words(text_of(found[0]) if found else _as_attribute(element, slot.on))
        if not text and slot.required:
            self.notes.missing.append(where)
            return date.min if slot.kind is date else slot.kind()
        return self._word(text, slot, where) if text else slot.default

    def _many(self, found: list[Element], slot: Slot, where: str) -> list[Any]:
        if slot.on.item:
            found = [item for holder in found for item in _items(holder, slot.on.item)]
            where = f"{where}/{slot.on.item}"
        if slot.is_group():
            found = [item for item in found if words(text_of(item)) or item.attrib]
            numbered = [f"{where}[{n}]" for n in range(1, len(found) + 1)]
            return [self.group(e, slot.kind, w) for e, w in zip(found, numbered, strict=True)]
        texts = [words(text_of(item)) for item in found]
        return [self._word(text, slot, where) for text in texts if text]

    def _word(self, text: str, slot: Slot, where: str) -> Any:
        if slot.is_code():
            return self._code(text, slot, where)
        return self._simple[slot.kind](text, slot, where)

    def _text(self, text: str, slot: Slot, where: str) -> str:
        if slot.on.nominal and len(text) > slot.on.nominal:
            self.notes.caution(CautionCode.TEXT_LONG, where, len(text))
        return text

    def _whole(self, text: str, slot: Slot, where: str) -> int:
        if re.fullmatch(r"\+?\d{1,9}", text, re.ASCII):
            return int(text)
        self.notes.caution(CautionCode.VALUE_UNREADABLE, where, text)
        return 0

    def _flag(self, text: str, slot: Slot, where: str) -> bool:
        told = text.lower()
        if told not in _TRUE | _FALSE:
            self.notes.caution(CautionCode.VALUE_UNREADABLE, where, text)
        return told in _TRUE

    def _day(self, text: str, slot: Slot, where: str) -> Any:
        try:
            return day_told(text)
        except ValueError:
            return self._unreadable(text, slot, where, FORMS)

    def _instant(self, text: str, slot: Slot, where: str) -> Any:
        try:
            return instant_told(text)
        except ValueError:
            return self._unreadable(text, slot, where, FORMS)

    def _code(self, text: str, slot: Slot, where: str) -> Any:
        codes: type[Coded] = slot.kind
        told = str(int(text)) if re.fullmatch(r"\d{1,4}", text, re.ASCII) else text.casefold()
        for member in codes:
            if told in (member.value, member.vi.casefold()):
                return member
        return self._unreadable(text, slot, where, ", ".join(codes))

    def _unreadable(self, text: str, slot: Slot, where: str, known: str) -> Any:
        if slot.required or slot.on.strict:
            raise FieldUnreadable(
                where=where, value=shown(text), why_vi=f"cần {known}", why_en=f"expected {known}"
            )
        self.notes.caution(CautionCode.VALUE_UNREADABLE, where, text)
        return slot.default

    def _tell_strangers(
        self, element: Element, struct: type[msgspec.Struct], path: str, spoken: tuple[str, ...]
    ) -> None:
        known = {name for slot in slots(struct) for name in slot.on.names()}
        known |= _READ_ELSEWHERE | set(spoken)
        for item in element:
            if local(item) not in known:
                self.notes.caution(CautionCode.ELEMENT_UNKNOWN, path, local(item))
            elif namespace(item) != namespace(element):
                self.notes.caution(CautionCode.NAMESPACE_MIXED, path)


def letters_put_right(text: str) -> str:
    """The text with look-alike letters replaced by those that are meant: Ð by Đ (R4.2)."""
    return text.translate(_LOOK_ALIKES)


def _as_attribute(element: Element, on: On) -> str:
    return next((v for v in (attribute(element, name) for name in on.names()) if v), "")


def _items(holder: Element, name: str) -> list[Element]:
    """The items of a list, by their name or its spelling with a small first letter."""
    return list(children(holder, name, name[0].lower() + name[1:]))
