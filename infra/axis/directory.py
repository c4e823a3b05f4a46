"""The directory operations of the axis: which agencies there are, under which codes."""

from collections.abc import Callable
from sqlite3 import Row

import msgspec

from contracts.axis import AxisCode, Checked, Operation, Registration
from infra.axis.answers import Refusal, Told, success
from infra.axis.store import Fault, Store

CENTER = "00.53.W00"
"""The code of this data centre."""


def agency_of(store: Store, code: str) -> Row:
    """The agency of a code, new or old. Refusals: `Refusal` (the receiver is unknown)."""
    if (agency := store.agency(code)) is None:
        raise Refusal(AxisCode.RECEIVER_UNKNOWN, f"{AxisCode.RECEIVER_UNKNOWN.vi}: {code}")
    return agency


class Directory:
    """Answers about agencies; `stamp` tells the time as the axis writes it."""

    def __init__(self, store: Store, stamp: Callable[[], str]) -> None:
        self._store, self._stamp = store, stamp

    def list_agencies(self, asked: Checked, body: bytes, fault: Fault | None) -> Told:
        new = asked.arguments["operation"] == Operation.LIST_AGENCIES_QD20
        old = "code102" if new else "oldCode"
        rows = [dict(row) for row in self._store.agencies()]
        shown = ("id", "code", "name", "mail") if new else ("id", "pid", "code", "name", "mail")
        return success(
            data=[{name: r[name] for name in shown} | {old: r["old_code"]} for r in rows]
        )

    def synchronize(self, asked: Checked, body: bytes, fault: Fault | None) -> Told:
        rows = self._store.agencies(deleted=True)
        same = ("id", "pid", "code", "name", "mail", "version")
        return success(
            data=[
                {name: row[name] for name in same}
                | {"centerCode": CENTER, "deleted": bool(row["deleted"])}
                | {"modifyDate": row["modified"], "isAgency": True}
                for row in rows
            ]
        )

    def register(self, asked: Checked, body: bytes, fault: Fault | None) -> Told:
        try:
            told = msgspec.json.decode(body, type=Registration)
        except msgspec.DecodeError as error:
            raise Refusal(AxisCode.FILE_INVALID, str(error)) from None
        parent = self._store.agency(told.parent) if told.parent else None
        agency = {"id": told.id, "code": told.code, "name": told.name, "mail": told.mail}
        pid = parent["id"] if parent else ""
        self._store.enrol(agency | {"pid": pid, "modified": self._stamp(), "deleted": 0})
        return success()

    def delete(self, asked: Checked, body: bytes, fault: Fault | None) -> Told:
        agency = agency_of(self._store, asked.arguments.get("agencycode", ""))
        self._store.enrol({"code": agency["code"], "deleted": 1, "modified": self._stamp()})
        return success()
