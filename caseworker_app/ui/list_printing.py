"""Any list printed or written to a workbook as it is shown: its columns, rows and group titles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.paper import Cell, Paper, PaperTable, Part
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.protect import ask_save_protected
from caseworker_app.ui.leaving import Leaving, before_leaving
from caseworker_app.ui.models.column import Column, full_date, long_date
from caseworker_app.ui.models.grouped_model import GroupedModel
from caseworker_app.ui.models.rows_model import HEADING
from caseworker_app.ui.screens.base import Frame, Screen
from caseworker_app.ui.widgets.table import RowsTable, table_of


def foot(frame: Frame, who: str) -> str:
    """Who made a document and when."""
    return f"{who}, {full_date(frame.today())}, {QTime.currentTime().toString('HH:mm')}"


def table_part(table: RowsTable) -> Part:
    """What a list shows: its columns in their order, its rows and group titles."""
    return _part(_columns(table, hidden=False), _lines(table))


def _columns(table: RowsTable, *, hidden: bool) -> list[Column[Any]]:
    """The columns of a list in their order, with those that had no room where that is asked."""
    head = table.horizontalHeader()
    order = [head.logicalIndex(at) for at in range(head.count())]
    return [table.rows_model.columns[at] for at in order if hidden or not table.isColumnHidden(at)]


def _lines(table: RowsTable) -> list[object]:
    """The rows of a list as they stand, a group's title as a text."""
    model = table.rows_model
    if not isinstance(model, GroupedModel):
        return list(model.rows())
    found: list[object] = []
    for line in range(model.rowCount()):
        row = model.row_at(line)
        found.append(str(model.index(line, 0).data(HEADING) or "") if row is None else row)
    return found


def _part(columns: Sequence[Column[Any]], lines: Sequence[object]) -> Part:
    """A table of lines; runs on any thread."""
    rows: list[tuple[Cell, ...]] = [
        (line,) if isinstance(line, str) else tuple(_cell(column, line) for column in columns)
        for line in lines
    ]
    strong = next((at for at, one in enumerate(columns) if one.style == "strong"), 0)
    headings = tuple(column.title for column in columns)
    return Part("", table=PaperTable(headings, tuple(rows), strong))


def _cell(column: Column[Any], row: object) -> Cell:
    """What a cell shows; a day as a day."""
    words = column.text(row)
    day = column.order(row)
    return day if isinstance(day, date) and words == long_date(day) else words


def print_list(frame: Frame, screen: Screen) -> None:
    """Print the list of a screen as it is shown, where it may leave."""
    from caseworker_app.ui.printing import print_paper, too_long

    table = table_of(screen)
    if table is None or _is_unread(frame, screen):
        return
    if said := too_long(table.rows_model.shown):
        frame.say(said)
        return
    _with_paper(frame, screen, _columns(table, hidden=False), _lines(table), "printed", print_paper)


def export_list(frame: Frame, screen: Screen) -> None:
    """Ask where to, and write the list of a screen as a workbook, where it may leave.

    Columns that had no room in the window are in it too.
    """
    table = table_of(screen)
    if table is not None and not _is_unread(frame, screen):
        columns, lines = _columns(table, hidden=True), _lines(table)
        _with_paper(frame, screen, columns, lines, "written", write_workbook)


def _is_unread(frame: Frame, screen: Screen) -> bool:
    """Whether a list is not whole yet, which is said: it would leave as if it were."""
    if screen.unread:
        frame.say(screen.unread)
    return bool(screen.unread)


def _with_paper(
    frame: Frame,
    screen: Screen,
    columns: Sequence[Column[Any]],
    lines: Sequence[object],
    way: str,
    go: Callable[[Frame, Paper, Leaving, QWidget], None],
) -> None:
    """Go on with a list as a document, made off the window's thread: it may have many rows."""
    title, about, ids = screen.title, screen.context().counts, screen.trail()
    area = screen.area

    def make(session: Session) -> tuple[Paper, Leaving]:
        made = foot(frame, session.who)
        part = _part(columns, lines)
        paper = Paper(title, about, (part,), made, personal=area != "setup" or bool(ids))
        return paper, Leaving(title, area, ids, paper.words(), way)

    def show(found: tuple[Paper, Leaving]) -> None:
        go(frame, *found, screen)

    frame.jobs.ask(make, show, owner=screen)


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
        title = f"Export {paper.title}"
        ask_save_protected(frame, owner, title, name, "Excel workbooks (*.xlsx)", save)

    before_leaving(frame, leaving, ask, owner)
