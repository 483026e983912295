"""Every kind of record beside children, settings and caseworkers, a module of this folder each.

A module that stands here is found; nothing lists them.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from caseworker_app.domain import people
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
