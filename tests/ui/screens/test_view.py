"""Larger text, a narrow window, order and columns of a list: kept as the person left them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.runtime.preferences import ZOOM, columns_of
from caseworker_app.ui.widgets.side_bar import NARROW


def _choose(title: str, words: str) -> None:
    """Trigger an entry of the menu that is open."""
    menus = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu)]
    (menu,) = (one for one in menus if one.isVisible() and one.accessibleName().startswith(title))
    (entry,) = (one for one in menu.actions() if one.text() == words)
    entry.trigger()
    menu.hide()


def test_text_is_enlarged_and_a_narrow_window_shows_icons(
    window: MainWindow, go: Callable[[str], Any], qtbot: QtBot
) -> None:
    cases = go("cases")
    row = cases.table.rowHeight(0)
    points = QApplication.font().pointSizeF()
    for _ in range(3):
        window.run_action("zoom.in")
    assert window.preferences.get(ZOOM) == "150"
    assert QApplication.font().pointSizeF() == points * 1.5
    assert cases.table.rowHeight(0) > row
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(911, 512)
    qtbot.waitUntil(lambda: window.side.narrow)
    assert (window.width(), window.height()) == (911, 512)
    assert window.side.width() == NARROW
    item = window.side.list.item(1)
    assert item.text() == "Cases"
    assert item.toolTip().startswith("Cases")
    window.run_action("zoom.reset")
    assert QApplication.font().pointSizeF() == points


def test_a_list_is_put_in_order_and_its_columns_are_chosen_by_keyboard(
    window: MainWindow, go: Callable[[str], Any]
) -> None:
    cases = go("cases")
    keys = [column.key for column in cases.model.columns]
    window.run_action("table.sort")
    _choose("Sort by", "Born")
    assert cases.model.sorted_by == (keys.index("born"), False)
    window.run_action("table.sort")
    _choose("Sort by", "Born (ascending)")
    assert cases.model.sorted_by == (keys.index("born"), True)

    window.run_action("table.columns")
    _choose("Columns", "Need")
    assert cases.table.isColumnHidden(keys.index("need"))
    kept = window.preferences.get(columns_of("cases"))
    assert json.loads(kept)["shown"] == {"need": False}

    window.run_action("table.columns")
    _choose("Columns", "As they were at first")
    assert window.preferences.get(columns_of("cases")) == ""
    assert cases.table.widths.is_shown("need")

    cases.table.widths.remember(kept, lambda _: None)
    assert cases.table.isColumnHidden(keys.index("need"))
    cases.table.widths.remember("no such thing", lambda _: None)
