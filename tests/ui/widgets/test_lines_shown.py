"""Many lines come bit by bit, and a preview of many says how many more there are."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from caseworker_app.domain.preview import Part, Preview
from caseworker_app.ui.widgets.lines_shown import LinesShown
from caseworker_app.ui.widgets.preview import PreviewPane

LINES = [f"Child {number}" for number in range(1201)]


def test_all_lines_come_in_order_and_other_lines_take_their_place(qtbot: QtBot) -> None:
    shown = LinesShown("Who would move", LINES)
    qtbot.addWidget(shown)
    assert shown.toPlainText().splitlines() == LINES[:500]
    qtbot.waitUntil(lambda: shown.blockCount() == len(LINES))
    assert shown.toPlainText().splitlines() == LINES
    shown.show_lines(LINES)
    shown.show_lines(["Nobody"])
    qtbot.wait(0)
    assert shown.toPlainText() == "Nobody"


def test_a_preview_says_how_many_more_there_are(qtbot: QtBot) -> None:
    pane = PreviewPane()
    qtbot.addWidget(pane)
    pane.show_preview(Preview("All of them.", (Part("Written in", tuple(LINES)),)))
    said = pane.toPlainText().splitlines()
    assert "Written in (1,201)" in said[1]
    assert said[-2:] == ["Child 299", "and 901 more"]
