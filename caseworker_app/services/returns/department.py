"""The files of the Department's shape: case files in, figures out, and these as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from caseworker_app.domain.caseload import CaseFile, Records, nothing
from caseworker_app.domain.declarations.council_details import CouncilDetails, newest
from caseworker_app.domain.department.layout import Layouts
from caseworker_app.domain.department.protecting import Units, protect
from caseworker_app.domain.department.published_values import HEAD
from caseworker_app.domain.department.sheets import DepartmentReturn, department_return
from caseworker_app.domain.department.units import READS
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kinds import Kind, kind_of
from caseworker_app.domain.measures.board import Period
from caseworker_app.domain.measures.case_view import view
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.measures.editions import Edition
from caseworker_app.services.without_collector import without_collector

_FIRST, _LAST = 1990, 2100


def kinds_read() -> tuple[Kind, ...]:
    """The kinds of record that are looked at, beside cases with their facts."""
    return tuple(kind_of(one) for one in (*READS, CouncilDetails))


def survey_day(layouts: Layouts, year: int, given: date | None = None) -> date:
    """The survey day after a calendar year: the one given, else the return's own.

    Raises:
        Refused: it is not known of that year, or the one given is no day of the January after it.
    """
    if not _FIRST <= year <= _LAST:
        raise Refused(f"{year} is no year of a return.", "year")
    if given is None:
        if year not in layouts.days:
            raise Refused(f"The survey day of {year + 1} is not known; give it.", "survey_day")
        return layouts.days[year]
    if (given.year, given.month) != (year + 1, 1):
        said = f"The survey day of the calendar year {year} lies in January {year + 1}."
        raise Refused(said, "survey_day")
    return given


def department(
    files: Iterable[CaseFile],
    layouts: Layouts,
    year: int,
    day: date,
    as_at: date,
    *,
    beside: Records | None = None,
    council: str = "",
    suppress: bool = True,
    earlier: Sequence[Edition] = (),
    keep: Callable[[Edition], None] | None = None,
    behind: Callable[[Units], None] | None = None,
) -> DepartmentReturn:
    """Count the files of a calendar year.

    Args:
        files: every case, with its deadlines and the records that are looked at.
        layouts: what the files look like.
        year: the calendar year.
        day: the survey day after it.
        as_at: that day, or today where it lies ahead.
        beside: the records that belong to no child, by kind.
        council: its name.
        suppress: for publication: hide small numbers.
        earlier: the returns published before, which these files must not give away.
        keep: given what is to be kept of them where they are published.
        behind: given the things behind each file.
    """
    period = Period(date(year, 1, 1), date(year, 12, 31))
    with without_collector():
        views = tuple(view(file, as_at) for file in files)
        caseload = Caseload(views, period, as_at, beside or nothing())
        details = newest(caseload.of(CouncilDetails))
        made, units = department_return(
            caseload,
            layouts,
            year,
            day,
            council=council,
            la_number=details.la_number if details else "",
        )
    if behind is not None:
        behind(units)
    if not suppress:
        return made
    public, edition = protect(made, units, period, earlier)
    if keep is not None:
        keep(edition)
    return public


def as_json(made: DepartmentReturn) -> dict[str, Any]:
    """The files as one JSON document: of each row what stands before its figures, and these.

    A figure is a number, or a code in its place: "c" hidden, "z" a share of nothing.
    """
    return {
        "year": made.year,
        "survey_day": made.survey_day.isoformat(),
        "as_at": made.as_at.isoformat(),
        "suppressed": made.suppressed,
        "files": {
            sheet.layout.name: [
                {**dict(zip(HEAD, made.head(sheet.layout, row), strict=True)), **row.values}
                for row in sheet.rows
            ]
            for sheet in made.sheets
        },
        "notes": [*made.notes, *made.lacking],
    }
