"""Any list printed or written to a workbook as it is shown: its columns, rows and group titles."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.paper import Cell, Paper, PaperTable, Part
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.ui.leaving import Leaving, before_leaving
from caseworker_app.ui.models.column import Column, full_date, long_date
from caseworker_app.ui.models.rows_model import HEADING
from caseworker_app.ui.screens.base import Frame, Screen
from caseworker_app.ui.widgets.files import ask_save
from caseworker_app.ui.widgets.table import RowsTable


def table_of(screen: Screen | None) -> RowsTable | None:
    """The list of a screen, where it has one with a row in it."""
    table = getattr(screen, "table", None)
    return table if isinstance(table, RowsTable) and table.rows_model.shown else None


def foot(frame: Frame, who: str) -> str:
    """Who made a document and when."""
    return f"{who}, {full_date(frame.today())}, {QTime.currentTime().toString('HH:mm')}"


def table_part(table: RowsTable) -> Part:
    """What a list shows: its columns in their order, its rows and group titles."""
    model, head = table.rows_model, table.horizontalHeader()
    order = [head.logicalIndex(at) for at in range(head.count())]
    columns = [model.columns[at] for at in order if not table.isColumnHidden(at)]
    rows: list[tuple[Cell, ...]] = []
    for line in range(model.rowCount()):
        row = model.row_at(line)
        if row is None:
            rows.append((str(model.index(line, 0).data(HEADING) or ""),))
        else:
            rows.append(tuple(_cell(column, row) for column in columns))
    strong = next((at for at, one in enumerate(columns) if one.style == "strong"), 0)
    headings = tuple(column.title for column in columns)
    return Part("", table=PaperTable(headings, tuple(rows), strong))


def list_paper(screen: Screen, table: RowsTable, made: str) -> Paper:
    """What a list shows, as a document."""
    part = table_part(table)
    personal = screen.area != "setup"
    return Paper(screen.title, screen.context().counts, (part,), made, personal=personal)


def _cell(column: Column[object], row: object) -> Cell:
    """What a cell shows; a day as a day."""
    words = column.text(row)
    day = column.order(row)
    return day if isinstance(day, date) and words == long_date(day) else words


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


def export_list(frame: Frame, screen: Screen) -> None:
    """Ask where to, and write the list of a screen as a workbook, where it may leave."""
    table = table_of(screen)
    if table is None:
        return

    def show(who: str) -> None:
        paper = list_paper(screen, table, foot(frame, who))
        leaving = Leaving(paper.title, screen.area, screen.trail(), paper.words())
        write_workbook(frame, paper, leaving, screen)

    frame.jobs.ask(lambda session: session.who, show, owner=screen)


def write_workbook(frame: Frame, paper: Paper, leaving: Leaving, owner: QWidget) -> None:
    """Ask where to, and write a document as a workbook, where it may leave."""
    ids = leaving.child_ids

    def save(name: str) -> None:
        target = Path(name)

        def make(session: Session, progress: Progress) -> None:
            frame.application.write_paper(
                session, paper, target, area=leaving.area, child_ids=ids, progress=progress
            )

        def made(_: None) -> None:
            frame.say(f"Wrote {target.name}.")

        frame.jobs.long("Writing the workbook", make, made, frame.tell_failed, owner)

    def ask() -> None:
        name = f"{paper.title} {frame.today().isoformat()}.xlsx"
        ask_save(owner, f"Export {paper.title}", name, "Excel workbooks (*.xlsx)", save)

    before_leaving(frame, leaving, ask, owner)
