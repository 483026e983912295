"""The pages before they are printed: named controls, pages that come by and by, and a printer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF, QSizeF, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.domain.paper import Paper, PaperTable, Part
from caseworker_app.ui.paging import Sheets
from caseworker_app.ui.print_preview import _KEPT, PagesView, PreviewDialog
from caseworker_app.ui.printing import set_up
from tests.support import sweeping

_ROWS = 70
_SHEET = QSizeF(600, 400)


def _paper() -> Paper:
    rows = tuple((f"Child {at}", "A line") for at in range(_ROWS))
    return Paper("Agenda", "Of a panel", (Part("", table=PaperTable(("Child", "Said"), rows)),))


@pytest.fixture
def preview(qtbot: QtBot) -> Iterator[PreviewDialog]:
    """Some pages, all of them set; the window over which they stand lives as long."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 700)
    printer = QPrinter()
    set_up(printer, _paper())
    dialog = PreviewDialog(printer, _paper(), window)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.view.whole)
    yield dialog
    window.close()


def test_every_control_has_a_name_and_is_in_the_screen(preview: PreviewDialog) -> None:
    checks = (sweeping.nameless, sweeping.unlabelled, sweeping.cut, sweeping.overlapping)
    assert [fault for check in checks for fault in check(preview)] == []
    assert sweeping.outside(preview, preview.size()) == []
    assert preview.accessibleName() == "Print Agenda"


def test_its_pages_are_gone_through_turned_and_made_larger(
    preview: PreviewDialog, qtbot: QtBot
) -> None:
    wide = preview.view.count
    assert wide > 1
    assert preview.said.text() == f"Page 1 of {wide}"
    qtbot.keyClick(preview.view, Qt.Key.Key_End)
    assert preview.said.text() == f"Page {wide} of {wide}"
    preview.way.setCurrentIndex(preview.way.findData("portrait"))
    qtbot.waitUntil(lambda: preview.view.whole)
    assert preview.view.count < wide
    before = preview.view.verticalScrollBar().maximum()
    preview.view.zoom_by(2)
    assert preview.view.verticalScrollBar().maximum() > before


def test_the_pages_wanted_are_printed(preview: PreviewDialog, qtbot: QtBot, tmp_path: Path) -> None:
    printer, target = preview._printer, tmp_path / "printed.pdf"
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printer.setFromTo(2, 2)
    with qtbot.waitSignal(preview.accepted):
        preview.print_pages()
    assert target.read_bytes().count(b"/Type /Page\n") == 1


def to_file(preview: PreviewDialog, target: Path) -> QPrinter:
    printer = preview._printer
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    return printer


def test_closed_while_it_prints_the_printer_is_let_go_of(
    preview: PreviewDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    printer = to_file(preview, tmp_path / "printed.pdf")
    preview.print_pages()
    assert not preview.way.isEnabled()
    preview._timer.stop()
    while printer.printerState() is not QPrinter.PrinterState.Active:
        next(preview._work)
    preview.reject()
    assert printer.printerState() is not QPrinter.PrinterState.Active
    assert not preview._timer.isActive()


def test_pages_that_there_are_not_are_told_of(
    preview: PreviewDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    to_file(preview, tmp_path / "printed.pdf").setFromTo(70, 80)
    preview.print_pages()
    qtbot.waitUntil(lambda: "There is no page 70" in preview.said.text())
    assert preview.print_button.isEnabled()
    assert preview.way.isEnabled()


def test_printed_while_the_pages_are_being_set_all_of_them_come(
    preview: PreviewDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "printed.pdf"
    to_file(preview, target)
    count = preview.view.count
    preview._set_anew()
    with qtbot.waitSignal(preview.accepted):
        preview.print_pages()
    assert preview.view.whole
    assert target.read_bytes().count(b"/Type /Page\n") == count


def test_a_page_drawn_before_all_were_set_gets_its_foot_when_it_is_seen_again(
    qtbot: QtBot,
) -> None:
    view, sheets = PagesView(), Sheets(_paper(), _SHEET)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.fit("page")
    view.show_sheets(sheets, _SHEET, QMarginsF())
    view.show()
    steps = sheets.steps()
    while sheets.count <= 1:
        next(steps)
    view.grow()
    qtbot.waitUntil(lambda: 0 in view._drawn)
    for _ in steps:
        pass
    view.grow(whole=True)
    view.go(2)
    qtbot.waitUntil(lambda: 2 in view._drawn and not view._timer.isActive())
    view.go(-2)
    qtbot.waitUntil(lambda: not view._old)


def test_more_pages_in_view_than_are_kept_are_drawn_once(qtbot: QtBot) -> None:
    view, sheets = PagesView(), Sheets(_paper(), QSizeF(200, 60))
    qtbot.addWidget(view)
    view.resize(300, 900)
    view.show_sheets(sheets, QSizeF(200, 60), QMarginsF())
    view.fit("50")
    for _ in sheets.steps():
        pass
    view.show()
    view.grow(whole=True)
    seen = len(view._seen())
    qtbot.waitUntil(lambda: len(view._drawn) == seen and not view._timer.isActive())
    assert seen > _KEPT


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_told_of(
    preview: PreviewDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    preview._printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    preview._printer.setOutputFileName(str(tmp_path / "no folder" / "printed.pdf"))
    preview.print_pages()
    qtbot.waitUntil(lambda: "takes nothing" in preview.said.text())
    assert preview.print_button.isEnabled()
