"""Going to every screen, tab and dialog of a window, at a size, to look at each with `sweeping`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QSize,
    Qt,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QMessageBox,
    QTabWidget,
    QWidget,
)

from caseworker_app import ui
from caseworker_app.ui import fitting
from caseworker_app.ui.actions.catalogue import every_action
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.widgets.form import Form
from caseworker_app.ui.widgets.table import RowsTable
from tests.support import sweeping

Still = Callable[[], None]
Faults = Callable[[QWidget, QSize], list[str]]
_ALSO = ("palette", "history", "help.keys", "help.guide", "help.about")
_NEVER = ("quit", "print", "store.open", "store.backup", "export")
"""What opens a dialog of the system's alone, or ends the window."""
_OF_A_PAGE = ("entry.import",)
"""What asks for a file that one page takes and another refuses."""
_NONE = ("case.edit", "setting.closures", "tools.recompute", "table.sort", "table.columns")
"""What goes to a tab, says in the message bar what came of it, or opens a menu."""

DIALOGS = tuple(
    spec.id
    for spec in every_action()
    if (spec.text.endswith("…") or spec.id in _ALSO) and spec.id not in _NEVER + _NONE
)

REFUSAL = "This is not a date: 31/2/2026. February 2026 has 28 days, so say which day it was."
_ASKED = "This is before the child was born. It is recorded as it stands unless you change it."


class Walk:
    """Looks at screens and dialogs of one window in a room; faults come with where they are."""

    def __init__(
        self,
        window: MainWindow,
        room: QSize,
        still: Still,
        faults: Faults = sweeping.faults,
        files: Mapping[str, Path] | None = None,
    ) -> None:
        """Begin with nothing looked at.

        Args:
            window: the window.
            room: what the screen has room for.
            still: waits until nothing is under way.
            faults: says what is wrong with what stands there.
            files: what to choose where an action asks for a file, by action id.
        """
        self.window, self.room, self.still, self._faults = window, room, still, faults
        self.looked: list[str] = []
        self.classes: set[type[QWidget]] = set()
        """Of the dialogs that were looked at."""
        self.opened: set[str] = set()
        """The actions that opened one."""
        self._dumb: set[tuple[QWidget | None, str]] = set()
        """What was tried on which page."""
        self._files = files or {}
        self._whole_room = fitting.room_for

    def __enter__(self) -> Walk:
        fitting.room_for = lambda widget: self.room  # noqa: ARG005
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.window.resize(self.room)
        return self

    def __exit__(self, *trouble: object) -> None:
        fitting.room_for = self._whole_room

    def screen(self, key: str, *, keys: bool = False, wanted: Collection[str] = ()) -> list[str]:
        """The faults of a screen, tab by tab, and of the dialogs wanted that are offered there."""
        page = self.window.show_screen(key)
        self.still()
        return list(self._screen(page, key, keys=keys, wanted=wanted))

    def case(self, child_id: str, *, keys: bool = False, wanted: Collection[str] = ()) -> list[str]:
        """The same of a case."""
        self.window.open_case(child_id)
        self.still()
        page = self.window.page()
        return [] if page is None else list(self._screen(page, "case", keys=keys, wanted=wanted))

    def forget(self) -> None:
        """Try again what opened nothing where it was tried: more is there, or selected, now."""
        self._dumb.clear()

    def dialogs(self, wanted: Collection[str], *, keys: bool = False) -> list[str]:
        """The faults of the dialogs that the screen in front offers, of those wanted."""
        found: list[str] = []
        here = self.window.page()
        for action_id in wanted:
            if action_id not in self.window.offered() or (here, action_id) in self._dumb:
                continue
            self._dumb.add((here, action_id))
            before = set(QApplication.topLevelWidgets())
            self.window.run_action(action_id)
            self.still()
            for dialog in _opened(before):
                if isinstance(dialog, QFileDialog) and action_id in self._files:
                    dialog.fileSelected.emit(str(self._files[action_id]))
                    self.still()
            for dialog in _opened(before):
                if action_id not in _OF_A_PAGE or not isinstance(dialog, QFileDialog):
                    self.opened.add(action_id)
                if isinstance(dialog, QMessageBox):
                    found += self._look(dialog, f"dialog {action_id}")
                elif not isinstance(dialog, QFileDialog):
                    found += self.dialog(dialog, f"dialog {action_id}", keys=keys)
                close(dialog)
            while (popup := QApplication.activePopupWidget()) is not None:
                self.opened.add(action_id)
                popup.close()
            self.still()
            if self.window.page() is not here and here is not None:
                self.window.show_screen(here.key)
        return found

    def dialog(self, dialog: QDialog, name: str, *, keys: bool = False) -> list[str]:
        """The faults of a dialog that stands there: tab by tab, and with every field refused."""
        self.classes.add(type(dialog))
        found = list(self._tabs(dialog, dialog, name))
        if keys:
            dialog.activateWindow()
            QApplication.processEvents()
            found += [f"{name}: {one}" for one in sweeping.trapped(dialog, dialog)]
        forms = [form for form in dialog.findChildren(Form) if form.isVisibleTo(dialog)]
        if sum([refuse(form) for form in forms]):
            self.still()
            found += self._look(dialog, f"{name}, refused")
        return found

    def _screen(
        self, page: QWidget, key: str, *, keys: bool, wanted: Collection[str]
    ) -> Iterator[str]:
        for name, tab in self._each_tab(page, key):
            choose_rows(page)
            self.still()
            yield from self._look(self.window, name)
            if keys:
                self.window.activateWindow()
                QApplication.processEvents()
                page.take_focus()  # type: ignore[attr-defined]
                yield from (f"{name}: {one}" for one in sweeping.trapped(self.window, self.window))
            left = [one for one in wanted if one not in self.opened]
            if left:
                yield from self.dialogs(left, keys=keys)
                if tab is not None:
                    tab[0].setCurrentIndex(tab[1])

    def _tabs(self, root: QWidget, within: QWidget, name: str) -> Iterator[str]:
        for one, _ in self._each_tab(within, name):
            yield from self._look(root, one)

    def _each_tab(
        self, page: QWidget, key: str
    ) -> Iterator[tuple[str, tuple[QTabWidget, int] | None]]:
        """Go to each tab that is there, and those within it; its name, and which it is."""
        tabs = next((one for one in page.findChildren(QTabWidget) if one.isVisibleTo(page)), None)
        if tabs is None:
            yield key, None
            return
        for number in range(tabs.count()):
            if tabs.isTabVisible(number):
                tabs.setCurrentIndex(number)
                self.still()
                name = f"{key}, {tabs.tabText(number).replace('&', '')}"
                for inner, at in self._each_tab(tabs.widget(number), name):
                    yield inner, at or (tabs, number)

    def _look(self, root: QWidget, name: str) -> list[str]:
        self.looked.append(name)
        return [f"{name}: {one}" for one in self._faults(root, self.room)]


def choose_rows(page: QWidget, many: int = 1) -> None:
    """Choose the first rows of every list that is seen; of one that has a row, only for several."""
    for view in page.findChildren(QAbstractItemView):
        model, chosen = view.model(), view.selectionModel()
        if model is None or chosen is None or not view.isVisibleTo(page):
            continue
        if isinstance(view.parentWidget().parentWidget(), QComboBox) or not model.rowCount():
            continue
        if not view.currentIndex().isValid():
            if isinstance(view, RowsTable):
                view.go_first()
            else:
                view.setCurrentIndex(_first_line(model))
        if many > 1:
            at = view.currentIndex().row()
            last = model.index(min(at + many, model.rowCount()) - 1, model.columnCount() - 1)
            whole = QItemSelection(model.index(at, 0), last)
            chosen.select(whole, QItemSelectionModel.SelectionFlag.Select)


def _first_line(model: QAbstractItemModel) -> QModelIndex:
    """The first row of a list; of a tree, the first that has none below it."""
    at = model.index(0, 0)
    for top in range(model.rowCount()):
        below = model.index(top, 0)
        while model.rowCount(below):
            below = model.index(0, 0, below)
        if below.parent().isValid():
            return below
    return at


def refuse(form: Form) -> int:
    """Say of every field of a form that is seen what is wrong, and what is asked; how many."""
    fields = [key for key in form.texts() if form.field(key) is not None]
    for key in fields:
        form.show_problem(key, REFUSAL)
        form.ask(key, _ASKED)
    return len(fields)


def every_dialog() -> set[type[QDialog]]:
    """The dialogs of the program: every class of one that no other stands on."""
    for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        importlib.import_module(module.name)
    return set(_leaves(QDialog))


def _leaves(kind: type[QDialog]) -> Iterator[type[QDialog]]:
    below = [one for one in kind.__subclasses__() if one.__module__.startswith("caseworker_app")]
    for one in below:
        yield from _leaves(one)
    if not below and kind is not QDialog:
        yield kind


def _opened(before: set[QWidget]) -> list[QDialog]:
    return [
        one
        for one in QApplication.topLevelWidgets()
        if one not in before and isinstance(one, QDialog) and one.isVisible()
    ]


def close(dialog: QDialog) -> None:
    """Put a dialog away, unasked."""
    QDialog.done(dialog, 0)
    dialog.deleteLater()
    QApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
