"""Printing of any list: the columns and rows as they are shown, with what they were filtered by."""

from __future__ import annotations

from PySide6.QtCore import QTime

from caseworker_app.domain.paper import Paper, PaperTable, Part
from caseworker_app.ui.leaving import Leaving
from caseworker_app.ui.models.column import full_date
from caseworker_app.ui.models.rows_model import HEADING
from caseworker_app.ui.screens.base import Frame, Screen
from caseworker_app.ui.widgets.table import RowsTable


def table_of(screen: Screen | None) -> RowsTable | None:
    """The list of a screen, where it has one with a row in it."""
    table = getattr(screen, "table", None)
    return table if isinstance(table, RowsTable) and table.rows_model.shown else None


def foot(frame: Frame, who: str) -> str:
    """Who made a document and when."""
    return f"{who}, {full_date(frame.today())}, {QTime.currentTime().toString('HH:mm')}"


def list_paper(screen: Screen, table: RowsTable, made: str) -> Paper:
    """What a list shows, as a document: its columns in their order, its rows and group titles."""
    model, head = table.rows_model, table.horizontalHeader()
    order = [head.logicalIndex(at) for at in range(head.count())]
    columns = [model.columns[at] for at in order if not table.isColumnHidden(at)]
    rows: list[tuple[str, ...]] = []
    for line in range(model.rowCount()):
        row = model.row_at(line)
        if row is None:
            rows.append((str(model.index(line, 0).data(HEADING) or ""),))
        else:
            rows.append(tuple(column.text(row) for column in columns))
    strong = next((at for at, one in enumerate(columns) if one.style == "strong"), 0)
    headings = tuple(column.title for column in columns)
    part = Part("", table=PaperTable(headings, tuple(rows), strong))
    personal = screen.area != "setup"
    return Paper(screen.title, screen.context().counts, (part,), made, personal=personal)


def print_list(frame: Frame, screen: Screen) -> None:
    """Print the list of a screen, where it may leave."""
    table = table_of(screen)
    if table is None:
        return

    from caseworker_app.ui.printing import print_paper

    def show(who: str) -> None:
        paper = list_paper(screen, table, foot(frame, who))
        leaving = Leaving(paper.title, screen.area, screen.trail(), paper.words(), "printed")
        print_paper(frame, paper, leaving, screen)

    frame.jobs.ask(lambda session: session.who, show, owner=screen)
