"""Choosing several settings: a field that filters, and a list of boxes to tick."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from caseworker_app.domain.names import folded
from caseworker_app.domain.people import Setting
from caseworker_app.ui.widgets.field_text import HoldsText

_ID = int(Qt.ItemDataRole.UserRole)
_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class SettingPicker(QWidget, HoldsText):
    """Several settings of many; those ticked are named below.

    Signals:
        changed: what is ticked changed.
    """

    changed = Signal()

    def __init__(self, settings: Sequence[Setting], notes: Mapping[str, str]) -> None:
        """Make the list; `notes` has for the id of a setting what is to be said behind it."""
        super().__init__()
        self.search = _Filter()
        self.search.setPlaceholderText("Type part of a name; Down and Space tick")
        self.search.setAccessibleName("Find a setting")
        self.search.setAccessibleDescription("Filters the list below; Down goes to it")
        self.list = QListWidget()
        self.list.setAccessibleName("Settings")
        self.list.setAccessibleDescription("Space ticks the setting to consult")
        self.list.setMinimumHeight(200)
        self.list.setSpacing(2)
        for one in settings:
            note = notes.get(one.id, "")
            item = QListWidgetItem(f"{one.name} ({note})" if note else one.name, self.list)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_OFF)
            item.setData(_ID, one.id)
        self.said = QLabel()
        self.said.setObjectName("hint")
        self.said.setWordWrap(True)
        # Room for the names of a few, or a form does not give it when they are ticked.
        self.said.setMinimumHeight(2 * self.said.fontMetrics().lineSpacing() + 4)
        self._names = {one.id: one.name for one in settings}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.search, self.list, self.said):
            column.addWidget(part)
        self.setFocusProxy(self.search)
        self.search.textChanged.connect(self._filter)
        self.search.downwards.connect(self._to_list)
        self.list.itemChanged.connect(self._changed)
        self._changed()

    def chosen(self) -> tuple[str, ...]:
        """The ids of the settings ticked, in the order of the list."""
        items = (self.list.item(at) for at in range(self.list.count()))
        return tuple(str(one.data(_ID)) for one in items if one.checkState() == _ON)

    def tick(self, setting_id: str) -> None:
        """Tick a setting."""
        self._tick((setting_id,))

    def held(self) -> str:
        """The names of the settings ticked, one a line."""
        return "\n".join(self._names[key] for key in self.chosen())

    def hold(self, text: str) -> bool:
        """Tick the settings of these names. False where one is not in the list any more."""
        names = set(text.splitlines())
        self._tick({key for key, name in self._names.items() if name in names})
        return names <= set(self._names.values())

    def _tick(self, ids: Collection[str]) -> None:
        for at in range(self.list.count()):
            if self.list.item(at).data(_ID) in ids:
                self.list.item(at).setCheckState(_ON)

    def _filter(self, text: str) -> None:
        words = folded(text).split()
        for at in range(self.list.count()):
            item = self.list.item(at)
            name = folded(item.text())
            item.setHidden(not all(word in name for word in words))

    def _to_list(self) -> None:
        first = next(
            (at for at in range(self.list.count()) if not self.list.item(at).isHidden()), -1
        )
        if first >= 0:
            self.list.setCurrentRow(first)
            self.list.setFocus()

    def _changed(self) -> None:
        names = [self._names[key] for key in self.chosen()]
        self.said.setText(f"{len(names)} ticked: {', '.join(names)}" if names else "None ticked.")
        self.changed.emit()


class _Filter(QLineEdit):
    downwards = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes to the list."""
        if event.key() == Qt.Key.Key_Down:
            self.downwards.emit()
        else:
            super().keyPressEvent(event)
