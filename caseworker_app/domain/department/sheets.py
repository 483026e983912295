"""Things counted to the rows of a file: of everybody, and of each line of each breakdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.department.layout import (
    HIDDEN,
    Layout,
    Layouts,
    Topic,
    Value,
    in_per_cent,
    ordered,
)
from caseworker_app.domain.department.published_values import LOCAL
from caseworker_app.domain.department.units import COUNTED, Asked, Unit, with_years
from caseworker_app.domain.measures.counting import Caseload

_COUNTRY = ("E92000001", "England")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: of whom, and its figures by column.

    Attributes:
        topic, line: keys; both "" for the row of everybody.
        heading, words: what the file has of these.
    """

    topic: str
    line: str
    heading: str
    words: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of a year."""

    layout: Layout
    rows: tuple[SheetRow, ...]

    @property
    def everybody(self) -> SheetRow:
        """The row of all."""
        return self.rows[0]


@dataclass(frozen=True, slots=True)
class DepartmentReturn:
    """The files of a calendar year and the survey day after it.

    Attributes:
        council: name; la_number: three digits, or "" where nobody told it.
        as_at: the survey day, or the day it was made where that lies ahead.
        suppressed: small numbers are hidden.
        notes: how it is read, in sentences.
        lacking: what could not be told of how many, in sentences; the team's alone.
        narrowed: as in `BoardReturn`.
    """

    council: str
    la_number: str
    year: int
    survey_day: date
    as_at: date
    suppressed: bool
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...]
    lacking: tuple[str, ...] = ()
    narrowed: int = 0

    def sheet(self, name: str) -> Sheet:
        """A file by its name. Raises `KeyError`."""
        for one in self.sheets:
            if one.layout.name == name:
                return one
        raise KeyError(name)

    def head(self, layout: Layout, row: SheetRow) -> tuple[str, ...]:
        """What a row has before its figures; "" where nobody told it."""
        after = f"{(self.year + 1) % 100:02}"
        day = (f"{self.year}{after}", "Academic year")
        when = day if layout.over == "day" else (str(self.year), "Calendar year")
        where = (LOCAL, *_COUNTRY, "", "", "", self.la_number, self.council)
        return (*when, *where, row.heading, row.words)


def of_year(layouts: Layouts, year: int) -> Layouts:
    """The files with the years of a return in the names of their columns."""

    def named(one: str) -> str:
        return with_years(one, year)

    def several(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(named, names))

    files = tuple(
        replace(
            one,
            columns=several(one.columns),
            totals={named(key): several(parts) for key, parts in one.totals.items()},
            also={named(key): tuple(map(several, ways)) for key, ways in one.also.items()},
            shares={
                named(key): (named(part), several(whole))
                for key, (part, whole) in one.shares.items()
            },
            inside={named(key): named(outer) for key, outer in one.inside.items()},
            bounds=tuple((several(parts), several(whole)) for parts, whole in one.bounds),
        )
        for one in layouts.files
    )
    return replace(layouts, files=files)


def department_return(
    caseload: Caseload,
    layouts: Layouts,
    year: int,
    survey_day: date,
    *,
    council: str = "",
    la_number: str = "",
) -> tuple[DepartmentReturn, Mapping[str, tuple[Unit, ...]]]:
    """Count every file, nothing hidden; with the things behind each, by the name of its file.

    Args:
        caseload: as known on the survey day or, where that lies ahead, today; its period is the
            calendar year.
        layouts: as they are read.
        year: the calendar year.
        survey_day: of the January after it.
        council: its name.
        la_number: its number.
    """
    known = of_year(layouts, year)
    asked = Asked(caseload, year, known)
    units = {one.name: tuple(COUNTED[one.name](asked)) for one in known.files}
    sheets = tuple(Sheet(one, tuple(_rows(one, units[one.name]))) for one in known.files)
    so_far = (
        (f"So far: counted as at {day_words(caseload.as_at)}, before the survey day.",)
        if caseload.as_at < survey_day
        else ()
    )
    lacking = tuple(
        f"{count:,} {'time' if count == 1 else 'times'}: {words}."
        for words, count in sorted(asked.lacking.items())
    )
    made = DepartmentReturn(
        council=council,
        la_number=la_number,
        year=year,
        survey_day=survey_day,
        as_at=caseload.as_at,
        suppressed=False,
        sheets=sheets,
        notes=(*so_far, *layouts.readings),
        lacking=lacking,
    )
    return made, units


def recounted(made: DepartmentReturn, units: Mapping[str, tuple[Unit, ...]]) -> DepartmentReturn:
    """The files with the figures of other things behind each."""
    sheets = (
        Sheet(one.layout, tuple(_rows(one.layout, units[one.layout.name]))) for one in made.sheets
    )
    return replace(made, sheets=tuple(sheets))


def on_line(topic: Topic, units: Iterable[Unit]) -> dict[str, list[Unit]]:
    """The things of each line of a breakdown, in the order of the file.

    Lines of nothing are there too: a row that is missing would say that one hidden is not nought.
    """
    found: dict[str, list[Unit]] = {line: [] for line in (*topic.words, "")}
    for unit in units:
        found[topic.line(getattr(unit.who, topic.by))].append(unit)
    for total, parts in topic.totals.items():
        found[total] = [unit for part in parts for unit in found[part]]
    return found


def _rows(layout: Layout, units: Sequence[Unit]) -> Iterator[SheetRow]:
    heading, words = layout.everybody
    yield SheetRow("", "", heading, words, figures(layout, units))
    for topic in layout.topics:
        for line, some in on_line(topic, units).items():
            values = figures(layout, some)
            yield SheetRow(topic.key, line, topic.heading, topic.says(line), values)


def figures(layout: Layout, units: Iterable[Unit]) -> dict[str, Value]:
    """The figures of a row, column by column."""
    counts = Counter(column for unit in units for column in unit.columns)
    for total in ordered(layout.totals):
        counts[total] = sum(counts[part] for part in layout.totals[total])
    values: dict[str, Value] = {}
    for column in layout.columns:
        if column in layout.shares:
            part, whole = layout.shares[column]
            values[column] = in_per_cent(counts[part], sum(counts[one] for one in whole))
        else:
            values[column] = counts[column]
    return values


def without(row: SheetRow, layout: Layout, hidden: Iterable[str]) -> SheetRow:
    """A row with some counts hidden, and the shares that would give them away."""
    gone = set(hidden)
    values = dict(row.values)
    for column in layout.columns:
        part, whole = layout.shares.get(column, ("", ()))
        if column in gone or part in gone or gone & set(whole):
            values[column] = HIDDEN
    return replace(row, values=values)
