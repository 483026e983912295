"""Every screen, tab, dialog and menu of a watched window, most of them a first and a second time.

Besides: a search in each list, and what is done over every case there is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QTabWidget, QWidget
from window_work import settle

from caseworker_app.ui.actions.catalogue import every_action
from caseworker_app.ui.screens.specs import places

if TYPE_CHECKING:
    from watchdog import Watchdog

    from caseworker_app.ui.main_window import MainWindow

TIMES = ("first", "second")
PASTED = 20
TYPED = "oak"
OVER_MANY = ("case.set", "case.reassign", "note.new")
"""What is done over many cases at once."""
_ALSO = ("palette", "history", "help.keys", "help.guide", "help.about")
_NEVER = frozenset({"quit", "print", "export", "case.edit", "setting.closures", "tools.recompute"})
"""What opens a dialog of the system's, ends the window, or opens none."""
_NO_DIALOGS = ("store.", "table.")

DIALOGS = tuple(
    one.id
    for one in every_action()
    if (one.text.endswith("…") or one.id in _ALSO)
    and one.id not in _NEVER
    and not one.id.startswith(_NO_DIALOGS)
)


def everywhere(window: MainWindow, watch: Watchdog, child_id: str) -> None:
    """Go to every screen and a case, turn to every tab of theirs, and open every dialog."""
    for time in TIMES:
        for key in (one.key for one in places()):
            watch.do(f"{key}, {time} time", partial(window.show_screen, key))
            settle(window)
        watch.do(f"case, {time} time", partial(window.open_case, child_id))
        settle(window)
        watch.do("from a case back to its list", window.back_to_list)
        settle(window)
    opened: set[str] = set()
    for key in (one.key for one in places()):
        page = window.show_screen(key)
        settle(window)
        _tabs(window, watch, page, key, opened)
    window.open_case(child_id)
    settle(window)
    _tabs(window, watch, window.page(), "case", opened)
    for key in (one.key for one in places()):
        _search(window, watch, key)
    _over_every_case(window, watch)
    _menus(window, watch)


def paste(window: MainWindow, watch: Watchdog, day: date) -> None:
    """Paste twenty dates into Annual reviews, and take them back."""
    screen: Any = window.show_screen("reviews")
    settle(window)
    table = screen.table
    table.setFocus()
    column = [one.key for one in screen.model.columns].index("report")
    table.setCurrentIndex(screen.model.index(0, column))
    QApplication.clipboard().setText("\n".join([f"{day:%d/%m/%Y}"] * PASTED))
    for what in ("paste", "undo"):
        words = f"a paste of {PASTED}" if what == "paste" else f"undo of a paste of {PASTED}"
        watch.do(words, partial(window.run_action, what))
        settle(window)


def _search(window: MainWindow, watch: Watchdog, key: str) -> None:
    """Type a word in the search of a place that has one, and take it back."""
    page: Any = window.show_screen(key)
    settle(window)
    search = getattr(page, "search", None)
    if search is None:
        return
    for letter in TYPED:
        watch.until_painted(f"a letter in {key}", partial(QTest.keyClicks, search, letter))
    watch.until_painted(f"a search emptied in {key}", search.clear)
    settle(window)


def _over_every_case(window: MainWindow, watch: Watchdog) -> None:
    """Select every case there is, and open what is done over many."""
    page: Any = window.show_screen("cases")
    settle(window)
    watch.until_painted("every case selected", page.table.selectAll)
    settle(window)
    for action_id in OVER_MANY:
        before = set(_seen())
        watch.do(f"{action_id} over every case", partial(window.run_action, action_id))
        settle(window)
        opened = [one for one in _seen() if one not in before]
        if not opened:
            raise SystemExit(f"{action_id} over every case opened nothing")
        _shut(opened, watch, f"shutting {action_id} over every case")
        settle(window)
    page.table.clearSelection()
    page.table.go_first()
    settle(window)


def _menus(window: MainWindow, watch: Watchdog) -> None:
    """Open every menu of the bar, and shut it."""
    for action in window.menuBar().actions():
        menu = action.menu()
        if isinstance(menu, QMenu):
            name = action.text().replace("&", "")
            watch.until_painted(f"menu {name}", partial(menu.popup, QPoint()))
            watch.until_painted(f"shutting menu {name}", menu.close)
    settle(window)


def _tabs(
    window: MainWindow, watch: Watchdog, page: QWidget | None, key: str, opened: set[str]
) -> None:
    """Turn to each tab of a page twice, and open the dialogs that each offers."""
    tabs = None if page is None else page.findChild(QTabWidget)
    if tabs is None:
        _dialogs(window, watch, key, opened)
        return
    for time in TIMES:
        for number in range(tabs.count()):
            name = tabs.tabText(number).replace("&", "").rstrip(" •")
            watch.do(f"{key}, tab {name}, {time} time", partial(tabs.setCurrentIndex, number))
            settle(window)
            if time == TIMES[-1]:
                _dialogs(window, watch, key, opened)
                tabs.setCurrentIndex(number)


def _dialogs(window: MainWindow, watch: Watchdog, key: str, opened: set[str]) -> None:
    """Open what no other screen offered before, twice each, as the selection stands."""
    page: Any = window.page()
    table = getattr(page, "table", None)
    if table is not None:
        table.go_first()
        settle(window)
    for action_id in DIALOGS:
        if action_id in opened or action_id not in window.offered():
            continue
        for time in TIMES:
            before = set(_seen())
            watch.do(f"dialog {action_id}, {time} time", partial(window.run_action, action_id))
            settle(window)
            _shut([one for one in _seen() if one not in before], watch, f"shutting {action_id}")
            settle(window)
            if window.page() is not page:
                window.show_screen(key)
                settle(window)
        opened.add(action_id)


def _seen() -> list[QDialog]:
    tops = QApplication.topLevelWidgets()
    return [one for one in tops if isinstance(one, QDialog) and one.isVisible()]


def _shut(dialogs: list[QDialog], watch: Watchdog, what: str) -> None:
    for one in dialogs:
        close: Callable[[], object] = one.reject
        watch.do(what, close)
