"""Compound files (OLE2): Word and Excel before 2007, and the objects other documents embed."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable, Iterator
from typing import Final

import olefile

from contracts.gate import GateCode, GateFinding
from services.intake.adapters.findings import Unfit, damaged, found, placed
from services.intake.adapters.kinds import archive_in, content_of, program_in
from services.intake.adapters.macros import is_empty_project
from services.intake.adapters.policy import GatePolicy

Inner = Callable[[str, bytes, GatePolicy, int], Iterator[GateFinding]]
FAILURES: Final = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
    struct.error,
)
_RUNS: Final = {
    "0003000C-0000-0000-C000-000000000046": "Package",
    "F20DA720-C02F-11CE-927B-0800095AE340": "Package",
    "00000300-0000-0000-C000-000000000046": "link",
    "8856F961-340A-11D0-A96B-00C04FD705A2": "browser",
    "EAB22AC3-30C1-11CF-A7EB-0000C05BAE0B": "browser",
    "D27CDB6E-AE6D-11CF-96B8-444553540000": "Flash",
    "06290BD3-48AA-11D2-8432-006008C3FBFC": "scriptlet",
    "C62A69F0-16DC-11CE-9E98-00AA00574A4F": "form",
}
_LOOP = re.compile(r"(?i)double reference|referenced twice|out of range|loop")
_CONTENTS: Final = ("Package", "CONTENTS", "Contents", "EmbeddedOdf", "package_stream")
_PACKAGE = re.compile(rb"....\x02\0[\x20-\xff]", re.DOTALL)
_LONG_FONT = re.compile(rb"\x08[\x01-\x0f\x80-\xff][\0-\x03][^\0]{36,}", re.DOTALL)
_PROJECT = re.compile(r"^(?:macros|vba|_vba_project|_vba_project_cur)$", re.IGNORECASE)


class Compound:
    """An opened compound file."""

    def __init__(self, content: bytes) -> None:
        try:
            self._ole = olefile.OleFileIO(io.BytesIO(content))
            self.streams = self._ole.listdir(streams=True, storages=False)
            self.storages = [[], *self._ole.listdir(streams=False, storages=True)]
            self._ole.loadminifat()
            self._check_chains()
        except FAILURES as failure:
            raise damaged("OLE2", type(failure).__name__) from None
        if any(_LOOP.search(str(issue)) for _, issue in self._ole.parsing_issues):
            raise damaged("OLE2", "loop of entries")

    def _check_chains(self) -> None:
        """Every stream has sectors enough, and shares none with itself or another."""
        ole, used = self._ole, set[tuple[bool, int]]()
        for entry in filter(None, ole.direntries):
            if entry.entry_type != olefile.STGTY_STREAM or not entry.size:
                continue
            small = entry.size < ole.minisectorcutoff
            table = ole.minifat if small else ole.fat
            sector = entry.isectStart
            for _ in range(-(-entry.size // (ole.minisectorsize if small else ole.sectorsize))):
                if sector >= len(table) or (small, sector) in used:
                    raise damaged("OLE2", "chain of sectors")
                used.add((small, sector))
                sector = table[sector]

    def read(self, *path: str) -> bytes:
        """The bytes of a stream; refuses one whose chain of sectors is broken."""
        try:
            with self._ole.openstream(list(path)) as stream:
                return bytes(stream.read())
        except FAILURES as failure:
            raise damaged("OLE2", type(failure).__name__, "/".join(path)) from None

    def class_of(self, storage: list[str]) -> str:
        """The class identifier of a storage, upper case, empty when it has none."""
        try:
            entry = self._ole._find(storage) if storage else 0
            return str(self._ole.direntries[entry].clsid).upper()
        except FAILURES:
            return ""

    def within(self, storage: list[str]) -> dict[str, str]:
        """Streams that lie straight in a storage, by their names in lower case."""
        depth = len(storage)
        own = [path for path in self.streams if path[:depth] == storage and len(path) == depth + 1]
        return {path[-1].lower(): path[-1] for path in own}


def check_storages(
    compound: Compound, policy: GatePolicy, depth: int, inner: Inner, *, root: bool
) -> Iterator[GateFinding]:
    """Macros anywhere, and every embedded object; `root`, the file itself is one of them."""
    yield from _check_macros(compound)
    for storage in compound.storages:
        if (storage or root) and not any(_PROJECT.match(step) for step in storage):
            yield from _check_object(compound, storage, policy, depth, inner)


def _check_macros(compound: Compound) -> Iterator[GateFinding]:
    """Every project must be empty: one storage of modules, beside it what describes it."""
    places = {
        "/".join(path[: _step(path) + 1]): path[: _step(path) + 1]
        for path in compound.storages + compound.streams
        if _step(path) >= 0
    }
    for where, project in places.items():
        depth = len(project)
        inside = [path[depth:] for path in compound.streams if path[:depth] == project]
        strange = [p for p in inside if len(p) > 2 or (len(p) == 2 and p[0].upper() != "VBA")]
        modules = {
            path[-1]: compound.read(*project, *path) for path in inside if path[0].upper() == "VBA"
        }
        if strange or not is_empty_project(modules):
            yield found(GateCode.MACRO, where)
        else:
            yield found(GateCode.OBJECT_KEPT, f"{where} ∅")


def _step(path: list[str]) -> int:
    """At which step a path enters a Visual Basic project; -1 when it does not."""
    return next((at for at, step in enumerate(path) if _PROJECT.match(step)), -1)


def check_object(
    content: bytes, policy: GatePolicy, depth: int, inner: Inner
) -> Iterator[GateFinding]:
    """An object that another document embeds as a compound file of its own."""
    if depth > policy.archive.depth:
        raise Unfit(GateCode.ARCHIVE_NESTED, f"> {policy.archive.depth}")
    yield from check_storages(Compound(content), policy, depth, inner, root=True)


def _check_object(
    compound: Compound, storage: list[str], policy: GatePolicy, depth: int, inner: Inner
) -> Iterator[GateFinding]:
    """A storage: known documents and pictures may stay, what runs, links or is unknown may not."""
    where, streams = "/".join(storage), compound.within(storage)
    if kind := _RUNS.get(compound.class_of(storage)):
        yield found(GateCode.EMBEDDED_OBJECT, f"{where} {kind}".strip())
    elif not storage or (storage[-1][:1] in "_M" and "\x01compobj" in streams):
        yield found(GateCode.OBJECT_KEPT, where)
    for name in streams.values():
        yield from _check_stream(compound, storage, name, policy, depth, inner)


def _check_stream(
    compound: Compound, storage: list[str], name: str, policy: GatePolicy, depth: int, inner: Inner
) -> Iterator[GateFinding]:
    where = "/".join(storage)
    if name == "\x01Ole":
        yield from _check_link(where, compound.read(*storage, name))
    elif name == "\x01Ole10Native":
        if _PACKAGE.match(compound.read(*storage, name)):
            yield found(GateCode.EMBEDDED_OBJECT, f"{where} Package".strip())
    elif name == "Equation Native":
        if not _is_equation(compound.read(*storage, name)):
            yield found(GateCode.EMBEDDED_OBJECT, f"{where} Equation".strip())
    elif name in _CONTENTS:
        content = compound.read(*storage, name)
        if content_of(content) in ("zip", "pdf"):
            yield from placed(where, inner("", content, policy, depth + 1))
        elif kind := program_in(content) or archive_in(content):
            yield found(GateCode.EXECUTABLE, f"{where} {name}", content=kind)


def _is_equation(stream: bytes) -> bool:
    """Whether an equation is as its editor writes one: its size right, no font with a long name."""
    header, size = struct.unpack_from("<H6xI", stream.ljust(12, b"\0"))
    whole = header == 28 and header + size <= len(stream) <= header + size + 4096
    return whole and not _LONG_FONT.search(stream, header)


def _check_link(where: str, stream: bytes) -> Iterator[GateFinding]:
    """The link of a linked object: to a file it is told, to another machine it is refused."""
    if not len(stream) >= 8 or not stream[4] & 1:
        return
    text = stream.replace(b"\0", b"").lower()
    if re.search(rb"https?:|ftp:|\\\\[a-z0-9]", text):
        yield found(GateCode.REMOTE_CONTENT, where, target="OLE")
    else:
        yield found(GateCode.LINKED_FILE, where, target="OLE")
