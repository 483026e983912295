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


@dataclass(slots=True)
class Request:
    """One request with all that hangs on it, by module."""

    record: Record
    below: dict[str, list[Record]] = field(default_factory=dict)

    def first(self, module: str) -> Record | None:
        """The module's first row, or None."""
        rows = self.below.get(module, [])
        return rows[0] if rows else None

    def all(self, module: str) -> list[Record]:
        """The module's rows."""
        return self.below.get(module, [])


def requests_by_person(tables: Tables) -> dict[str, list[Request]]:
    """Person's id to her requests; a row that hangs on nothing is reported."""
    found: dict[str, list[Request]] = {}
    by_id: dict[str, Request] = {}
    persons = {record.text("persontableid") for record in tables.of("person")}
    for record in tables.of("requests"):
        person = record.text("persontableid")
        if person not in persons:
            tables.problems.append(_orphan(record, "persontableid", "person"))
            continue
        request = Request(record)
        found.setdefault(person, []).append(request)
        by_id.setdefault(record.text("requeststableid"), request)
    owners: dict[str, Mapping[str, Request]] = {"requests": by_id}
    for module in _BELOW_REQUESTS:
        owners[module] = _hang(tables, module, owners)
    return found


def _hang(
    tables: Tables, module: str, owners: Mapping[str, Mapping[str, Request]]
) -> dict[str, Request]:
    """Hang a module's rows on their requests; the module's own ids to those requests.

    An export names the row above; the workbooks name the request on every row.
    """
    parent = layout().modules[module].parent
    mine: dict[str, Request] = {}
    for record in tables.of(module):
        above = record.text(f"{parent}tableid")
        key, owner = f"{parent}tableid", owners[parent].get(above) if above else None
        if owner is None and record.text("requeststableid"):
            key, owner = "requeststableid", owners["requests"].get(record.text("requeststableid"))
        if owner is None:
            tables.problems.append(_orphan(record, key, parent if above else "requests"))
            continue
        owner.below.setdefault(module, []).append(record)
        if own := record.text(f"{module}tableid"):
            mine[own] = owner
    return mine


def _orphan(record: Record, key: str, parent: str) -> CellProblem:
    return record.problem(key, record.text(key), f"no row of {parent} has this id")
