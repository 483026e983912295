"""The columns of a list of records, from the declaration of their kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from caseworker_app.domain.kinds import FieldSpec, Kind
from caseworker_app.domain.names import folded
from caseworker_app.domain.rows import RecordRow
from caseworker_app.ui.models.column import Column, no_date_last

_WIDTHS = {"day": 110, "number": 90, "money": 100, "yes or no": 110, "choice": 170, "link": 200}
_FIGURES = ("number", "money")


def columns_of(kind: Kind) -> tuple[Column[RecordRow], ...]:
    """A column for each field that lists show; the first text takes the room that is left.

    A row is named by the first text that every record has, or else by its first choice.
    """
    shown = [one for one in kind.fields if one.listed and one.by_hand]
    wide = next((one for one in shown if one.type == "text"), shown[0])
    sure = [one for one in shown if one.type == "text" and one.needed]
    choices = [one for one in shown if one.type == "choice"]
    name = (*sure, *choices, wide)[0]
    return tuple(_column(one, stretch=one is wide, strong=one is name) for one in shown)


def searched(kind: Kind) -> Callable[[RecordRow], str]:
    """What the filter of a list looks in: the fields that say so, and who is pointed at."""
    names: Sequence[str] = [
        one.name for one in kind.fields if one.search or one.type in ("link", "choice")
    ]
    return lambda row: " ".join(row.words[name] for name in names if row.words[name])


def _column(spec: FieldSpec, *, stretch: bool, strong: bool) -> Column[RecordRow]:
    return Column(
        spec.name,
        spec.label,
        lambda row: row.words[spec.name].replace("\n", " "),
        _order(spec),
        "right" if spec.type in _FIGURES else "left",
        width=_WIDTHS.get(spec.type, 180),
        style="strong" if strong else "",
        stretch=stretch,
    )


def _order(spec: FieldSpec) -> Callable[[RecordRow], Any]:
    name = spec.name
    if spec.type == "day":
        return lambda row: no_date_last(getattr(row.record, name))
    if spec.type in _FIGURES:
        # What says nothing stands before the least figure.
        return lambda row: (getattr(row.record, name) is not None, getattr(row.record, name) or 0)
    return lambda row: folded(row.words[name])
