"""Charts on paper and in workbooks: each with its sentence, its picture and its table."""

from __future__ import annotations

from caseworker_app.domain.charts import Chart, Dashboard, Mark
from caseworker_app.domain.paper import Cell, Paper, PaperTable, Part

TEAM_ONLY = "For the council's own team: small numbers are not hidden. Not for publication."
"""What stands on each dashboard that leaves the window."""

TOTAL = "Together"


def table_of(chart: Chart) -> PaperTable:
    """The numbers of a chart as rows; where its marks add up, with their sum."""
    headings = (chart.heading, *(one.name for one in chart.series))
    rows: list[tuple[Cell, ...]] = []
    for at, words in enumerate(chart.categories):
        cells: list[Cell] = [words, *(_cell(one.marks[at]) for one in chart.series)]
        if chart.adds_up:
            cells.append(int(chart.total(at)))
        rows.append(tuple(cells))
    if chart.adds_up:
        headings = (*headings, TOTAL)
    return PaperTable(headings, tuple(rows), empty=chart.sentence)


def part_of(chart: Chart) -> Part:
    """A chart with its sentence and its table; where there is nothing to tell, the sentence."""
    lines = (chart.sentence, chart.note) if chart.note else (chart.sentence,)
    if not chart.is_told:
        return Part(chart.title, lines)
    drawn = None if chart.empty else chart
    return Part(chart.title, lines, table_of(chart), chart=drawn)


def paper_of(dashboard: Dashboard, foot: str) -> Paper:
    """The whole dashboard; it names no child, but counts few of them now and then."""
    about = f"{dashboard.about}. {TEAM_ONLY}"
    parts = [*map(part_of, dashboard.charts), *(Part("", (note,)) for note in dashboard.notes)]
    return Paper("Dashboard", about, tuple(parts), foot, personal=False, wide=False)


def paper_of_one(chart: Chart, about: str, foot: str) -> Paper:
    """One chart of it alone."""
    part = part_of(chart)
    named = Part("", part.lines, part.table, chart=part.chart)
    return Paper(chart.title, f"{about}. {TEAM_ONLY}", (named,), foot, personal=False, wide=False)


def _cell(mark: Mark) -> Cell:
    """A count as a number, a share in words."""
    plain = mark.words.replace(",", "")
    return int(plain) if plain.isdecimal() else mark.words
