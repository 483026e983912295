"""Each row of the return brought under its request, and each request under its child."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from caseworker_app.domain.incoming import CellProblem
from caseworker_app.imports.sen2.layout import layout
from caseworker_app.imports.sen2.tables import Record, Tables

_BELOW_REQUESTS = (
    "assessment",
    "namedplan",
    "plandetail",
    "activeplans",
    "placementdetail",
    "senneed",
)


_SHARED = "rows of {} of more than one child have this id"
_TORN = "the ids of this row lead to more than one child"


@dataclass(slots=True)
class Request:
    """One request with all that hangs on it, by module."""

    record: Record
    below: dict[str, list[Record]] = field(default_factory=dict)

    @property
    def person(self) -> str:
        """The id of the person whose it is."""
        return self.record.text("persontableid")

    def first(self, module: str) -> Record | None:
        """The module's first row, or None."""
        rows = self.below.get(module, [])
        return rows[0] if rows else None

    def all(self, module: str) -> list[Record]:
        """The module's rows."""
        return self.below.get(module, [])


Owners = Mapping[str, Request | None]
"""An id of a module to the request its row hangs on; None where rows of two requests share it."""


def requests_by_person(tables: Tables) -> dict[str, list[Request]]:
    """Person's id to the requests that name it; a row that hangs on nothing is reported.

    Rows are joined by their ids alone, never by their order, and never by an id that two share.
    """
    found: dict[str, list[Request]] = {}
    by_id: dict[str, Request | None] = {}
    persons = {record.text("persontableid") for record in tables.of("person")} - {""}
    for record in tables.of("requests"):
        person = record.text("persontableid")
        if person not in persons:
            tables.problems.append(_orphan(record, "persontableid", "person"))
            continue
        request = Request(record)
        found.setdefault(person, []).append(request)
        _own(by_id, record.text("requeststableid"), request)
    owners: dict[str, Owners] = {"requests": by_id}
    for module in _BELOW_REQUESTS:
        owners[module] = _hang(tables, module, owners)
    return found


def _own(by_id: dict[str, Request | None], key: str, request: Request) -> None:
    """Note whose an id is; an id of two persons' requests is nobody's."""
    known = by_id.get(key, request)
    ours = known is not None and known.person == request.person
    by_id[key] = known if ours else None


def _hang(tables: Tables, module: str, owners: Mapping[str, Owners]) -> Owners:
    """Hang a module's rows on their requests; the module's own ids to those requests.

    An export names the row above; the workbooks name the request on every row.
    """
    parent = layout().modules[module].parent
    mine: dict[str, Request | None] = {}
    for record in tables.of(module):
        named = [
            (key, name, owners[name].get(record.text(key)))
            for key, name in ((f"{parent}tableid", parent), ("requeststableid", "requests"))
            if record.text(key)
        ]
        found = [owner for _, _, owner in named if owner is not None]
        if not found:
            key, name, _ = named[0] if named else (f"{parent}tableid", "requests", None)
            shared = bool(named) and record.text(key) in owners[name]
            tables.problems.append(
                record.problem(key, record.text(key), _SHARED.format(name))
                if shared
                else _orphan(record, key, name)
            )
            continue
        if any(owner.person != found[0].person for owner in found):
            key = named[0][0]
            tables.problems.append(record.problem(key, record.text(key), _TORN))
            continue
        found[0].below.setdefault(module, []).append(record)
        if own := record.text(f"{module}tableid"):
            _own(mine, own, found[0])
    return mine


def _orphan(record: Record, key: str, parent: str) -> CellProblem:
    return record.problem(key, record.text(key), f"no row of {parent} has this id")
