"""Every kind of record beside children, settings and caseworkers, a module of this folder each.

A module that stands here is found; nothing lists them.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from caseworker_app.domain import people
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kinds import Kind, declared


@cache
def _load() -> None:
    # Who is pointed at comes first.
    assert people
    for one in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        import_module(f"{__name__}.{one.name}")


def every_kind() -> tuple[Kind, ...]:
    """Every kind of record that is declared, those pointed at before those that point."""
    _load()
    return declared()


def kind_of_list(name: str) -> Kind:
    """A kind that is kept as a list of its own: any but cases. Raises `Refused`."""
    known = {one.name: one for one in every_kind() if one.name != "child"}
    if name not in known:
        raise Refused(f"{name!r} is not a kind of record: {', '.join(sorted(known))}.", "kind")
    return known[name]
