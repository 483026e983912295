"""Commands that tests give often, said shortly."""

from __future__ import annotations

from collections.abc import Sequence

from caseworker_app.domain.people import Closure
from caseworker_app.services.commands import AddRecord, ChangeRecord, Reassign


def add_setting(
    name: str,
    kind: str | None = None,
    last_year: int | None = None,
    urn: str = "",
    closures: Sequence[Closure] = (),
) -> AddRecord:
    """Add a setting."""
    fields = {"name": name, "kind": kind, "last_year": last_year, "urn": urn}
    return AddRecord("setting", {**fields, "closures": tuple(closures)})


def change_setting(
    key: str,
    seen: int,
    name: str,
    kind: str | None,
    last_year: int | None,
    urn: str = "",
    closures: Sequence[Closure] = (),
) -> ChangeRecord:
    """Replace all that is known of a setting."""
    fields = add_setting(name, kind, last_year, urn, closures).fields
    return ChangeRecord("setting", key, seen, fields)


def add_caseworker(name: str, email: str = "") -> AddRecord:
    """Add somebody who holds cases."""
    return AddRecord("caseworker", {"name": name, "email": email})


def reassign(child_ids: Sequence[str], caseworker_id: str | None) -> Reassign:
    """Give children to a caseworker, whatever version was seen."""
    return Reassign(dict.fromkeys(child_ids), caseworker_id)
