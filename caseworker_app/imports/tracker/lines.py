"""Lines of a table that are no child's: totals, notes, and headings of sections."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from caseworker_app.imports.files.sheets import Cell, Row, as_shown
from caseworker_app.imports.tracker.events import OF_REVIEW, ONCE
from caseworker_app.imports.tracker.names import is_person
from caseworker_app.imports.tracker.plan import Plan, shape
from caseworker_app.imports.tracker.row import Values
from caseworker_app.imports.tracker.words import plain, squeeze, words


def tells_of_a_child(row: Row, values: Values, plan: Plan) -> bool:
    """Whether a row is about a child, rather than a total, a section or a note."""
    filled = [cell for cell in row if cell != "" and as_shown(cell)] if len(values) < 4 else row
    if ("born", 0) in values:
        return len(filled) > 3 or not _is_aside(filled)
    told = {name for name, _ in values}
    if _is_aside(filled):
        return False
    if "upn" in told or {"surname", "forename"} <= told:
        return True
    if "reference" in told and shape(str(values["reference", 0][0])) in plan.shapes:
        return True
    named = told & {"surname", "forename", "name"}
    if named and len(filled) > 1:
        return len(told) > 1 or len(filled) > 2
    if named:
        return _like_a_name(str(next(values[key][0] for key in values if key[0] in named)))
    # Without any name: a row with days of events in it is a child's, and has to be parked.
    dated = [name for name in told if name in ONCE or name in OF_REVIEW]
    return bool(dated) and len(told) > 2


def _is_aside(filled: Sequence[Cell]) -> bool:
    """Whether a row begins as a total or a remark does."""
    first = next((squeeze(cell) for cell in filled if isinstance(cell, str) and cell), "").lower()
    return first.endswith(":") or any(
        first.startswith(start) and not first[len(start) : len(start) + 1].isalnum()
        for start in words().asides
    )


def _like_a_name(text: str) -> bool:
    """Whether a text alone in its row is a name: notes and titles have no comma, or more words."""
    short = len(text.split()) <= 4 and not text.endswith((".", ":"))
    return short and "," in text and not any(mark.isdigit() for mark in text)


def section(row: Row) -> str:
    """What the only filled cell of a row says, where it may head the rows under it; or ""."""
    if len(row) > 1 and row[0] != "" and row[1] != "":
        return ""
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
