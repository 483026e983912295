"""How the dashboard leaves the window: printed, as a workbook, and a chart as a picture."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QFont, QImageWriter
from PySide6.QtWidgets import QWidget

from caseworker_app import files
from caseworker_app.domain.chart_paper import paper_of
from caseworker_app.domain.charts import Chart, Dashboard
from caseworker_app.domain.errors import Unavailable
from caseworker_app.domain.paper import Paper
from caseworker_app.services.session import Session
from caseworker_app.ui.charts.drawn import picture_of
from caseworker_app.ui.leaving import Leaving, before_leaving
from caseworker_app.ui.list_printing import foot, table_part, write_workbook
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.files import ask_save
from caseworker_app.ui.widgets.table import RowsTable

_WIDTH, _SCALE = 720.0, 2.5
"""A picture fits a page of a document that stands upright, sharp on a screen and on paper."""


def print_dashboard(frame: Frame, dashboard: Dashboard, owner: QWidget) -> None:
    """Show every chart with its numbers as it would be printed, where it may leave."""
    from caseworker_app.ui.printing import print_paper

    def show(paper: Paper) -> None:
        print_paper(frame, paper, _leaving("Dashboard", paper, "printed"), owner)

    frame.jobs.ask(lambda session: _paper(frame, session, dashboard), show, owner=owner)


def write_dashboard(frame: Frame, dashboard: Dashboard, owner: QWidget) -> None:
    """Ask where to, and write the numbers of every chart as a workbook, where they may leave."""

    def show(paper: Paper) -> None:
        write_workbook(frame, paper, _leaving("Dashboard", paper, "written"), owner)

    frame.jobs.ask(lambda session: _paper(frame, session, dashboard), show, owner=owner)


def write_cases(
    frame: Frame, table: RowsTable, words: str, child_ids: tuple[str, ...], owner: QWidget
) -> None:
    """Ask where to, and write the cases behind a mark as a workbook, where cases may leave.

    They name children, so the right is that of the cases and not that of the board's figures.
    """
    part = table_part(table)

    def make(session: Session) -> Paper:
        return Paper("Cases of the dashboard", words, (part,), foot(frame, session.who))

    def show(paper: Paper) -> None:
        leaving = Leaving(paper.title, "children", child_ids, paper.words(), "written")
        write_workbook(frame, paper, leaving, owner)

    frame.jobs.ask(make, show, owner=owner)


def save_picture(frame: Frame, chart: Chart, owner: QWidget) -> None:
    """Ask where to, and write one chart as a picture, where it may leave."""
    words = f"{chart.title}\n{chart.sentence}"

    def save(name: str) -> None:
        target = Path(name)

        def written(_: None) -> None:
            frame.say(f"Wrote {target.name}. Small numbers in it are not hidden.")

        font = owner.font()
        frame.jobs.files(lambda: _write(chart, target, font), written, frame.tell_failed, owner)

    def ask() -> None:
        name = f"{chart.title} {frame.today().isoformat()}.png"
        ask_save(owner, "Save the chart as a picture", name, "Pictures (*.png)", save)

    before_leaving(frame, Leaving(chart.title, "board", (), words, "written"), ask, owner)


def _write(chart: Chart, target: Path, font: QFont) -> None:
    """Write a picture, whole or not at all; runs off the window's thread.

    Raises:
        Unavailable: it cannot be written; what stood there before stands there still.
    """
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(held, QByteArray(b"png"))
    if not writer.write(picture_of(chart, _WIDTH, font, _SCALE, titled=True)):
        raise Unavailable("The picture could not be made.")
    with files.plain_errors(target), files.replacing(target) as part:
        part.write_bytes(bytes(held.data().data()))


def _paper(frame: Frame, session: Session, dashboard: Dashboard) -> Paper:
    return paper_of(dashboard, foot(frame, session.who))


def _leaving(what: str, paper: Paper, way: str) -> Leaving:
    return Leaving(what, "board", (), paper.words(), way)
