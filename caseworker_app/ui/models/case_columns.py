"""The case list: its columns, and what its search looks in."""

from __future__ import annotations

from caseworker_app.domain.codes import NEEDS
from caseworker_app.domain.deadlines import State
from caseworker_app.domain.rows import CaseRow
from caseworker_app.domain.searching import hay_of
from caseworker_app.domain.yeargroup import year_letters, year_words
from caseworker_app.ui.models.column import (
    LATE,
    OK,
    QUIET,
    Column,
    by_name,
    long_date,
    no_date_last,
)

_STATUS = {
    "live": "plan",
    "assessment": "assessment",
    "ceased": "ceased",
    "no plan": "no plan",
}
_NO_YEAR = 99
_SETTING = 160
"""The setting goes after the caseworker and before what is next, where room is short."""


def year_shown(year: int | None) -> str:
    """A year group as a narrow column has it, "" for none."""
    return "" if year is None else year_letters(year)


def year_spoken(year: int | None) -> str:
    """The same in words, as a screen reader says it."""
    return "" if year is None else year_words(year)


def identity(row: CaseRow) -> str:
    """A child's id."""
    return row.id


def search_text(row: CaseRow) -> str:
    """Name, reference, UPN and setting, in the lines that `haystack` asks for."""
    return f"{row.surname}\n{row.forename}\n{row.reference}\n{row.upn}\n{row.setting}"


def folded(rows: tuple[CaseRow, ...]) -> list[str]:
    """What the search looks in, for every row; slow enough to be made on the database thread."""
    return [hay_of(search_text(row), row.born) for row in rows]


def due_tone(row: CaseRow) -> str:
    """Red for an overdue date, grey for a claimed exception."""
    if row.next_state == State.OVERDUE:
        return LATE
    if row.next_state == State.EXCEPTION_CLAIMED:
        return QUIET
    return OK if row.next_due is not None else ""


def _due_spoken(row: CaseRow) -> str:
    late = ", overdue" if due_tone(row) == LATE else ""
    return long_date(row.next_due) + late


CASE_COLUMNS: tuple[Column[CaseRow], ...] = (
    Column("reference", "Reference", lambda row: row.reference, width=90),
    Column("child", "Child", lambda row: row.name, by_name, width=160, style="strong"),
    Column(
        "born",
        "Born",
        lambda row: long_date(row.born),
        lambda row: no_date_last(row.born),
        width=104,
    ),
    Column(
        "year",
        "Year",
        lambda row: year_shown(row.nc_year),
        lambda row: _NO_YEAR if row.nc_year is None else row.nc_year,
        spoken=lambda row: year_spoken(row.nc_year),
        width=50,
    ),
    Column(
        "setting",
        "Setting",
        lambda row: row.setting,
        width=150,
        style="dim",
        stretch=True,
        weight=_SETTING,
    ),
    Column(
        "need",
        "Need",
        lambda row: row.need,
        spoken=lambda row: NEEDS.get(row.need, row.need),
        width=62,
    ),
    Column("caseworker", "Caseworker", lambda row: row.caseworker, width=106, style="dim"),
    Column("status", "Status", lambda row: _STATUS.get(row.status, row.status), width=100),
    Column("next", "Next", lambda row: row.next_what, width=190),
    Column(
        "due",
        "Due",
        lambda row: long_date(row.next_due),
        lambda row: no_date_last(row.next_due),
        tone=due_tone,
        spoken=_due_spoken,
        width=136,
    ),
)
