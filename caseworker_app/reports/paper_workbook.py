"""A document as a workbook: a sheet for each of its tables, days as days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from caseworker_app.domain.charts import Chart
from caseworker_app.domain.paper import PERSONAL, Paper, PaperTable, Part
from caseworker_app.reports import drawn_charts
from caseworker_app.reports import target as target_file
from caseworker_app.reports.looks import clean, new_workbook
from caseworker_app.reports.pages import Column, Kind, Page, Value
from caseworker_app.reports.sheet import write_page
from caseworker_app.reports.target import Progress

_SHEET_LETTERS, _FOOT_LETTERS, _WIDEST = 31, 80, 60
_ABOUT = "About"
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def write(paper: Paper, target: Path, progress: Progress | None = None) -> None:
    """Write a document beside its place and put it there when it is whole.

    Raises:
        Refused: the target is a folder, stands in no folder, or does not end in .xlsx.
        Unavailable: it cannot be written; what stood there before stands there still.
        Cancelled: `progress` raised it; nothing is left behind.
    """
    target_file.check(target, ".xlsx")
    workbook = new_workbook()
    workbook.properties.title = clean(paper.title)
    workbook.properties.creator = "Caseworker"
    tick = target_file.counter(paper.size, progress)
    foot = clean(paper.foot)[:_FOOT_LETTERS].replace("&", "&&")
    with target_file.whole(target) as part, target_file.saved(workbook, part):
        for page in _pages(paper):
            write_page(workbook, page, (foot, PERSONAL if paper.personal else ""), tick)


def _pages(paper: Paper) -> Iterator[Page]:
    """A sheet for each table; lines without one stand in a table of their own."""
    used: set[str] = set()
    if any(part.chart is not None for part in paper.parts):
        yield _list_of_charts(paper, used)
    for number, part in enumerate(paper.parts, start=1):
        table = part.table
        if table is None:
            table = PaperTable(("Note",), tuple((line,) for line in part.lines))
        title = part.title or paper.title
        about = " ".join((paper.about, *(part.lines if part.table else ()))).strip()
        heading = title if title == paper.title else f"{paper.title}: {title}"
        name = _sheet_name(part, paper, number, used)
        if part.chart is not None:
            yield _of_chart(part.chart, name, heading)
            continue
        columns = tuple(
            Column(words, _kind(table, at), _WIDEST) for at, words in enumerate(table.headings)
        )
        rows = [_padded(row, len(columns)) for row in table.rows]
        yield Page(name, heading, about, "", columns, rows, table.empty)


def _list_of_charts(paper: Paper, used: set[str]) -> Page:
    """The first sheet: what each chart shows, and how it is counted."""
    used.add(_ABOUT.casefold())
    columns = (Column("Chart", "lined", 30), Column("What it shows", "lined", 70))
    notes = (Column("How it is counted", "lined_note", 70),)
    rows = [
        (part.title, part.chart.sentence, part.chart.note) for part in paper.parts if part.chart
    ]
    return Page(_ABOUT, paper.title, paper.about, "", (*columns, *notes), rows)


def _of_chart(chart: Chart, name: str, heading: str) -> Page:
    """A chart with its numbers, for which a share is a number and not words."""
    about = chart.sentence
    columns, rows = drawn_charts.columns_of(chart), drawn_charts.rows_of(chart)
    draw = drawn_charts.drawing(chart)
    return Page(name, heading, about, "", columns, rows, chart.sentence, draw)


def _kind(table: PaperTable, at: int) -> Kind:
    """How a column looks, by what stands in it."""
    held = [row[at] for row in table.rows if len(row) > at and row[at] not in (None, "")]
    if held and all(isinstance(one, date) for one in held):
        return "date"
    return "count" if held and all(isinstance(one, int) for one in held) else "text"


def _padded(row: tuple[Value, ...], width: int) -> tuple[Value, ...]:
    return (*row, *[None] * (width - len(row)))


def _sheet_name(part: Part, paper: Paper, number: int, used: set[str]) -> str:
    """A name that Excel takes, and that no other sheet has."""
    plain = _NOT_IN_NAMES.sub(" ", clean(part.title or paper.title))
    words = " ".join(plain.split()).strip("' ") or "Sheet"
    name = words[:_SHEET_LETTERS].rstrip("' ")
    if name.casefold() in used:
        name = f"{words[: _SHEET_LETTERS - 4]} {number}"
    used.add(name.casefold())
    return name
