"""The council's own rules of a folder brought into a store, once, by whoever may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from caseworker_app.services import commands as do


def bring_in(found: Iterable[tuple[str, Mapping[str, Any]]]) -> do.Together:
    """The command that adds records to a store: the name of the kind of each, and its fields."""
    commands = tuple(do.AddRecord(kind, fields) for kind, fields in found)
    return do.Together(commands, "the council's own rules brought in from a folder")
