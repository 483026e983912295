"""The pages before they are printed: named controls, pages that come by and by, and a printer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.domain.paper import Paper, PaperTable, Part
from caseworker_app.ui.print_preview import PreviewDialog
from caseworker_app.ui.printing import set_up
from tests.support import sweeping

_ROWS = 70


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


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_told_of(
    preview: PreviewDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    preview._printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    preview._printer.setOutputFileName(str(tmp_path / "no folder" / "printed.pdf"))
    preview.print_pages()
    qtbot.waitUntil(lambda: "takes nothing" in preview.said.text())
    assert preview.print_button.isEnabled()
