"""A return without the names of some cases: they are counted in it, and stand in no list of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from caseworker_app.domain.measures.board import Thing

T = TypeVar("T")
_REFERENCES = frozenset({"cases", "of_cases"})
"""The fields that hold references alone."""


def unnamed(figures: T, references: Collection[str]) -> T:
    """Figures in which some cases are counted as before and are not named.

    Args:
        figures: a return, or any part of one.
        references: of the cases that are not to be named.
    """
    return _without(figures, frozenset(references)) if references else figures


def _without(value: Any, references: frozenset[str]) -> Any:  # noqa: ANN401
    if isinstance(value, Thing):
        # It is counted where it stands, but is of nobody.
        return replace(value, reference="") if value.reference in references else value
    if isinstance(value, tuple):
        return tuple(_without(one, references) for one in value if _stays(one, references))
    if is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for field in fields(value):
            held = getattr(value, field.name)
            if field.name in _REFERENCES:
                now: Any = tuple(one for one in held if one not in references)
            else:
                now = _without(held, references)
            if now != held:
                changed[field.name] = now
        return replace(value, **changed) if changed else value
    return value


def _stays(one: object, references: frozenset[str]) -> bool:
    return isinstance(one, Thing) or getattr(one, "reference", "") not in references
