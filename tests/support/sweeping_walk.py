"""Going to every screen and dialog of a window, at a size, to look at each with `sweeping`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QTabWidget, QWidget

from caseworker_app.ui import fitting
from caseworker_app.ui.actions.catalogue import every_action
from caseworker_app.ui.main_window import MainWindow
from tests.support import sweeping

Still = Callable[[], None]
Faults = Callable[[QWidget, QSize], list[str]]
_ALSO = ("palette", "history", "help.keys", "help.guide", "help.about")
_NEVER = ("quit", "print", "store.open", "store.restore", "store.backup", "export")
"""What opens a dialog of the system's, or ends the window."""

DIALOGS = tuple(
    spec.id
    for spec in every_action()
    if (spec.text.endswith("…") or spec.id in _ALSO) and spec.id not in _NEVER
)


class Walk:
    """Looks at screens and dialogs of one window in a room; faults come with where they are."""

    def __init__(
        self, window: MainWindow, room: QSize, still: Still, faults: Faults = sweeping.faults
    ) -> None:
        """Begin with nothing looked at; `faults` says what is wrong with what stands there."""
        self.window, self.room, self.still, self._faults = window, room, still, faults
        self.looked: list[str] = []
        self._whole_room = fitting.room_for

    def __enter__(self) -> Walk:
        fitting.room_for = lambda widget: self.room  # noqa: ARG005
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.window.resize(self.room)
        return self

    def __exit__(self, *trouble: object) -> None:
        fitting.room_for = self._whole_room

    def screen(self, key: str, *, keys: bool = False) -> list[str]:
        """The faults of a screen, tab by tab."""
        page = self.window.show_screen(key)
        self.still()
        return list(self._tabs(page, key, keys=keys))

    def case(self, child_id: str, *, keys: bool = False) -> list[str]:
        """The faults of a case, tab by tab."""
        self.window.open_case(child_id)
        self.still()
        page = self.window.page()
        return [] if page is None else list(self._tabs(page, "case", keys=keys))

    def dialogs(self, wanted: Collection[str]) -> list[str]:
        """The faults of the dialogs that the screen in front offers, of those wanted."""
        found: list[str] = []
        here = self.window.page()
        for action_id in wanted:
            if action_id not in self.window.offered():
                continue
            before = set(QApplication.topLevelWidgets())
            self.window.run_action(action_id)
            self.still()
            for dialog in _opened(before):
                if not isinstance(dialog, (QFileDialog, QMessageBox)):
                    found += self._look(dialog, f"dialog {action_id}")
                _close(dialog)
            self.still()
            if self.window.page() is not here and here is not None:
                self.window.show_screen(here.key)
        return found

    def _tabs(self, page: QWidget, key: str, *, keys: bool) -> Iterator[str]:
        tabs = next(iter(page.findChildren(QTabWidget)), None)
        for number in range(tabs.count() if tabs is not None else 1):
            name = key
            if tabs is not None:
                if not tabs.isTabVisible(number):
                    continue
                tabs.setCurrentIndex(number)
                name = f"{key}, {tabs.tabText(number).replace('&', '')}"
                self.still()
            yield from self._look(self.window, name)
            if keys and number == 0:
                self.window.activateWindow()
                QApplication.processEvents()
                page.take_focus()  # type: ignore[attr-defined]
                yield from (f"{name}: {one}" for one in sweeping.trapped(self.window, page))

    def _look(self, root: QWidget, name: str) -> list[str]:
        self.looked.append(name)
        return [f"{name}: {one}" for one in self._faults(root, self.room)]


def _opened(before: set[QWidget]) -> list[QDialog]:
    return [
        one
        for one in QApplication.topLevelWidgets()
        if one not in before and isinstance(one, QDialog) and one.isVisible()
    ]


def _close(dialog: QDialog) -> None:
    QDialog.done(dialog, 0)
    dialog.deleteLater()
    QApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
