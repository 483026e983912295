"""Lines of a table that are no child's: totals, notes, and headings of sections."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from caseworker_app.imports.files.sheets import Row, as_shown
from caseworker_app.imports.tracker.events import OF_REVIEW, ONCE
from caseworker_app.imports.tracker.names import is_person
from caseworker_app.imports.tracker.plan import Plan
from caseworker_app.imports.tracker.row import Values
from caseworker_app.imports.tracker.words import plain, squeeze, words


def tells_of_a_child(row: Row, values: Values, plan: Plan) -> bool:
    """Whether a row is about a child, rather than a total, a section or a note."""
    if ("born", 0) in values:
        return True
    filled = [cell for cell in row if cell != "" and as_shown(cell)]
    told = {name for name, _ in values}
    first = next((as_shown(cell) for cell in filled if isinstance(cell, str)), "")
    if _is_total(first):
        return False
    if "upn" in told or {"surname", "forename"} <= told:
        return True
    named = told & {"surname", "forename", "name"}
    if "reference" in told and _like_a_reference(str(values["reference", 0][0])):
        return len(filled) > 1 or bool(plan.fields & {"born", "name", "surname"})
    if named:
        if len(filled) > 1:
            return len(told) > 1 or len(filled) > 2
        name = str(next(values[key][0] for key in values if key[0] in named))
        return "," in name and len(name.split()) <= 4 and not name.endswith((".", ":"))
    # Without any name: a row with days of events in it is a child's, and has to be parked.
    dated = [name for name in told if name in ONCE or name in OF_REVIEW]
    return bool(dated) and len(told) > 2


def _is_total(text: str) -> bool:
    low = squeeze(text).lower()
    return any(
        low.startswith(start) and not low[len(start) : len(start) + 1].isalnum()
        for start in words().totals
    )


def _like_a_reference(text: str) -> bool:
    return any(mark.isdigit() for mark in text) and len(text) <= 30 and len(text.split()) <= 3


def section(row: Row) -> str:
    """What the only filled cell of a row says, where it may head the rows under it; or ""."""
    filled = [cell for cell in row if cell != ""]
    if len(filled) != 1 or not isinstance(filled[0], str):
        return ""
    text = squeeze(filled[0]).rstrip(":")
    return text if text and len(text) <= 80 and not text.endswith(".") else ""


def told_by_sections(rows: Sequence[Row], has: Collection[str]) -> str:
    """The field that lines of their own tell for the rows under them, or "".

    A tracker kept by school or by officer may have no column for it.

    Args:
        rows: the rows under the headings.
        has: fields that the table tells already.
    """
    lines = {
        line
        for row, after in pairwise(rows)
        if (line := section(row)) and sum(1 for cell in after if cell != "") > 1
    }
    settings = sum(1 for line in lines if not words().setting.isdisjoint(plain(line).split()))
    if lines and "setting" not in has and settings * 2 >= len(lines):
        return "setting"
    people = sum(1 for line in lines if is_person(line))
    return "caseworker" if people > 1 and "caseworker" not in has and people == len(lines) else ""
