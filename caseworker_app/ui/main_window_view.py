"""What a person does to see better: the size of the text, and the order and columns of a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.ui.runtime.preferences import ZOOM, columns_of
from caseworker_app.ui.widgets.column_menu import choose_columns, choose_order
from caseworker_app.ui.widgets.late_tabs import TabPlace
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.window import Window

_STEPS = tuple(int(one) for one in ZOOM.choices)
_NORMAL = int(ZOOM.default)


class ViewActions:
    """The part of the View menu that works on any screen."""

    def __init__(self, window: Window) -> None:
        self._window = window
        window.theme.zoom(int(window.preferences.get(ZOOM)))

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done now, by action id."""
        offered: dict[str, Callable[[], None]] = {
            "zoom.in": partial(self._step, 1),
            "zoom.out": partial(self._step, -1),
            "zoom.reset": lambda: self._zoom(_NORMAL),
        }
        if self._window.page() is not None:
            offered["table.sort"] = partial(self._on_table, choose_order)
            offered["table.columns"] = partial(self._on_table, choose_columns)
        return offered

    def remember_columns(self, screen: QWidget, key: str) -> None:
        """Have each table of a screen as the person left it, and keep what they change.

        The lists of a tab that was not shown yet keep their numbers, and come when it is.
        """
        at = 0
        for part in screen.findChildren(QWidget):
            if isinstance(part, RowsTable):
                self._remember(part, key, at)
                at += 1
            elif isinstance(part, TabPlace) and part.made is None:
                part.begun.connect(partial(self._remember_later, part, key, at))
                at += part.tables

    def _remember_later(self, place: TabPlace[QWidget], key: str, at: int) -> None:
        for number, table in enumerate(place.findChildren(RowsTable), at):
            self._remember(table, key, number)

    def _remember(self, table: RowsTable, key: str, at: int) -> None:
        preferences, option = self._window.preferences, columns_of(f"{key}.{at}" if at else key)
        table.widths.remember(preferences.get(option), partial(preferences.keep, option))

    def _step(self, by: int) -> None:
        now = self._window.theme.zoomed
        at = min(range(len(_STEPS)), key=lambda number: abs(_STEPS[number] - now))
        self._zoom(_STEPS[max(0, min(len(_STEPS) - 1, at + by))])

    def _zoom(self, percent: int) -> None:
        self._window.theme.zoom(percent)
        self._window.preferences.keep(ZOOM, str(percent))
        self._window.say(f"The text is shown at {percent} %.")

    def _on_table(self, choose: Callable[[RowsTable], None]) -> None:
        table = self._table()
        if table is None:
            self._window.say("There is no list here to sort.")
        else:
            choose(table)

    def _table(self) -> RowsTable | None:
        """The list the keyboard is in, or the first that can be seen."""
        at = QApplication.focusWidget()
        if isinstance(at, RowsTable):
            return at
        page = self._window.page()
        tables = page.findChildren(RowsTable) if page is not None else []
        return next((one for one in tables if one.isVisible()), None)
