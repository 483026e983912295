"""Which annual reviews are shown: caseworker, state, the values of cells. Plain Python, no Qt."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from caseworker_app.domain.parties import WHO
from caseworker_app.domain.rows import ReviewRow
from caseworker_app.ui.screens.reviews_columns import COLUMNS, FILTERS, KEYS, same_value

UNASSIGNED = "\0"
"""Stands for nobody where a caseworker is chosen."""
_CELL = "cell "
_SEVERAL = 2
_TITLES = {column.key: column.title for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """What narrows the list.

    Attributes:
        worker: a caseworker's name, `UNASSIGNED`, or "" for everyone.
        state: a key of `FILTERS`.
        cells: by column, the value that its cells have.
    """

    worker: str = ""
    state: str = ""
    cells: tuple[tuple[str, str], ...] = ()

    def keep(self) -> Callable[[ReviewRow], bool] | None:
        """Whether a row is shown; None where nothing narrows the list."""
        tests = [_by_value(key, value) for key, value in self.cells]
        if self.worker:
            worker = "" if self.worker == UNASSIGNED else self.worker
            tests.append(lambda row: row.caseworker == worker)
        if self.state:
            tests.append(FILTERS[self.state][1])
        if len(tests) < _SEVERAL:
            # One test asked directly: fifty thousand rows are asked at once.
            return tests[0] if tests else None
        return lambda row: all(test(row) for test in tests)

    def chips(self) -> dict[str, str]:
        """A chip for each thing that narrows the list: its key and its words."""
        found: dict[str, str] = {}
        if self.worker:
            found["worker"] = "Unassigned" if self.worker == UNASSIGNED else self.worker
        if self.state:
            found["state"] = FILTERS[self.state][0]
        for key, value in self.cells:
            found[_CELL + key] = f"{_TITLES[key]}: {value or 'empty'}"
        return found

    def by_cell(self, key: str, row: ReviewRow) -> ReviewFilter:
        """Narrowed to rows whose cell in a column says what this one says."""
        cells = tuple(one for one in self.cells if one[0] != key)
        return replace(self, cells=(*cells, (key, same_value(key, row))))

    def without(self, chip: str) -> ReviewFilter:
        """The same with what a chip stands for taken away."""
        if chip == "worker":
            return replace(self, worker="")
        if chip == "state":
            return replace(self, state="")
        key = chip.removeprefix(_CELL)
        return replace(self, cells=tuple(one for one in self.cells if one[0] != key))

    def dump(self) -> str:
        """As a saved view keeps it."""
        return json.dumps({"worker": self.worker, "state": self.state, "cells": dict(self.cells)})


def _by_value(key: str, value: str) -> Callable[[ReviewRow], bool]:
    if key == "with":
        held = {code for code, words in WHO.items() if words == value} or {""}
        return lambda row: row.holder in held
    text = next(column.text for column in COLUMNS if column.key == key)
    return lambda row: text(row) == value


def load_filter(text: str) -> ReviewFilter:
    """A filter as a saved view kept it; what is not known any more is left out."""
    try:
        found = json.loads(text or "{}")
        cells = tuple((str(k), str(v)) for k, v in dict(found.get("cells", {})).items())
        state, worker = str(found.get("state", "")), str(found.get("worker", ""))
    except (ValueError, TypeError, AttributeError):
        return ReviewFilter()
    known = tuple(one for one in cells if one[0] in KEYS)
    return ReviewFilter(worker, state if state in FILTERS else "", known)
