"""What a review says of each outcome and of the provision, a key each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from caseworker_app.domain.declarations.thread import KEPT, PROGRESS
from caseworker_app.ui.widgets.field_text import HoldsText

RIGHT = {"yes": "Still right", "no": "Not right any more"}
_PROGRESS_KEYS = {
    Qt.Key.Key_A: "achieved",
    Qt.Key.Key_T: "on_track",
    Qt.Key.Key_S: "some",
    Qt.Key.Key_N: "none",
    Qt.Key.Key_X: "not_looked_at",
}
_KEPT_KEYS = {Qt.Key.Key_K: "kept", Qt.Key.Key_R: "rewritten"}
_RIGHT_KEYS = {Qt.Key.Key_Y: "yes", Qt.Key.Key_N: "no"}
_SIGNS = {
    "achieved": "\u2713",
    "on_track": "\u2197",
    "some": "\u25d0",
    "none": "\u2717",
    "not_looked_at": "\u2013",
    "yes": "\u2713",
    "no": "\u2717",
}
"""Before the words, so that a column is read at a glance; words never stand alone."""

_LINE, _SAID, _KEPT, _ANEW, _WORDS = range(5)
_HEADINGS = ("Outcome or provision", "How far", "Kept", "Rewritten as", "Words")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CLEAR = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_EDITABLE = Qt.ItemFlag.ItemIsEditable


@dataclass(frozen=True, slots=True)
class Asked:
    """One row.

    Attributes:
        key: "outcome/4" or "provision/7".
        letter: of its section.
        words: what the plan says.
        before: what the last review said of it, or "".
    """

    key: str
    letter: str
    words: str
    before: str = ""

    @property
    def is_outcome(self) -> bool:
        """Whether it is an outcome, and not provision."""
        return self.key.startswith("outcome/")


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one row; "" for what was not.

    Attributes:
        said: how far an outcome has come, or whether provision is still right.
        kept: of an outcome.
        anew: the outcome in other words.
        words: what was said beside.
    """

    said: str = ""
    kept: str = ""
    anew: str = ""
    words: str = ""


class ReviewTable(QTableWidget, HoldsText):
    """A, T, S, N or X says how far an outcome has come, K or R what becomes of it; Enter writes.

    Signals:
        changed: something was said.
    """

    changed = Signal()

    def __init__(self, asked: Sequence[Asked]) -> None:
        super().__init__(len(asked), len(_HEADINGS))
        self._asked = tuple(asked)
        self._said: list[str] = [""] * len(asked)
        self._kept: list[str] = [""] * len(asked)
        self.setHorizontalHeaderLabels(list(_HEADINGS))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.setAccessibleName("Outcomes and provision at the review")
        self.setAccessibleDescription(
            "Of an outcome: A achieved, T on track, S some progress, N no progress, X not looked "
            "at; then K kept or R rewritten. Of provision: Y still right, N not right. "
            "Enter writes words."
        )
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        head = self.horizontalHeader()
        head.setAccessibleName(f"{self.accessibleName()}: columns")
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in (_SAID, _KEPT):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for at, one in enumerate(self._asked):
            words = "\n".join(filter(None, (f"{one.letter}: {one.words}", one.before)))
            for column in range(len(_HEADINGS)):
                item = QTableWidgetItem(words if column == _LINE else "")
                if column in (_LINE, _SAID, _KEPT) or (column == _ANEW and not one.is_outcome):
                    item.setFlags(item.flags() & ~_EDITABLE)
                self.setItem(at, column, item)
            self._show(at)
        self.itemChanged.connect(self._edited)
        if self._asked:
            self.setCurrentCell(0, _LINE)

    def said(self) -> Mapping[str, Said]:
        """What was said, by the key of the row; rows of which nothing was said are left out."""
        every = {one.key: self._of(at) for at, one in enumerate(self._asked)}
        return {key: one for key, one in every.items() if one != Said()}

    def held(self) -> str:
        """Everything said, as text."""
        rows = [[key, one.said, one.kept, one.anew, one.words] for key, one in self.said().items()]
        return json.dumps(rows) if rows else ""

    def hold(self, text: str) -> bool:
        """Put it back. False where a line is not in the plan any more."""
        at_key = {one.key: at for at, one in enumerate(self._asked)}
        rows = json.loads(text) if text else []
        with QSignalBlocker(self):
            for key, said, kept, anew, words in rows:
                at = at_key.get(key)
                if at is not None:
                    self._said[at], self._kept[at] = said, kept
                    self._cell(at, _ANEW).setText(anew)
                    self._cell(at, _WORDS).setText(words)
                    self._show(at)
        self.viewport().update()
        self.changed.emit()
        return all(row[0] in at_key for row in rows)

    def go_to(self, key: str, *, anew: bool = False) -> None:
        """Go to a row by its key; with `anew` to its new words."""
        for at, one in enumerate(self._asked):
            if one.key == key:
                self.setCurrentCell(at, _ANEW if anew else _LINE)
                self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say by one key; Enter writes words."""
        key, at = Qt.Key(event.key()), self.currentRow()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if not plain or at < 0 or not self._take(key, at):
            super().keyPressEvent(event)

    def _take(self, key: Qt.Key, at: int) -> bool:
        """Follow a key. False where it means nothing here."""
        outcome = self._asked[at].is_outcome
        if key in _ENTER and self.state() == self.State.EditingState:
            # It shuts the cell, which Qt does once this has returned, and goes on.
            QTimer.singleShot(0, self, lambda: self._next(at))
        elif key in _ENTER:
            column = _ANEW if self.currentColumn() == _ANEW and outcome else _WORDS
            self._write(at, column)
        elif key in _CLEAR:
            self._said[at] = self._kept[at] = ""
            self._told(at)
        elif outcome and key in _PROGRESS_KEYS:
            self._said[at] = _PROGRESS_KEYS[key]
            self._told(at)
        elif outcome and key in _KEPT_KEYS:
            self._kept[at] = _KEPT_KEYS[key]
            self._told(at)
            if self._kept[at] == "kept":
                self._next(at)
            else:
                self._rewrite(at)
        elif not outcome and key in _RIGHT_KEYS:
            self._said[at] = _RIGHT_KEYS[key]
            self._told(at)
            self._next(at)
        else:
            return False
        return True

    def _rewrite(self, at: int) -> None:
        """Begin the new words from those that stand in the plan."""
        item = self._cell(at, _ANEW)
        if not item.text():
            item.setText(self._asked[at].words)
        self._write(at, _ANEW)

    def _write(self, at: int, column: int) -> None:
        self.setCurrentCell(at, column)
        # The key that opened the cell is not typed into it.
        QTimer.singleShot(0, self, lambda: self.editItem(self._cell(at, column)))

    def _next(self, at: int) -> None:
        if at + 1 < len(self._asked):
            self.setCurrentCell(at + 1, _LINE)

    def _told(self, at: int) -> None:
        self._show(at)
        self.changed.emit()

    def _show(self, at: int) -> None:
        outcome, said, kept = self._asked[at].is_outcome, self._said[at], self._kept[at]
        words = (PROGRESS if outcome else RIGHT).get(said, "")
        item = self._cell(at, _SAID)
        with QSignalBlocker(self):
            item.setText(f"{_SIGNS[said]} {words}" if said else "")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words or "Not said")
            self._cell(at, _KEPT).setText(KEPT.get(kept, ""))
        self.viewport().update()

    def _of(self, at: int) -> Said:
        kept = self._kept[at]
        anew = self._text(at, _ANEW) if kept == "rewritten" else ""
        return Said(self._said[at], kept, anew, self._text(at, _WORDS))

    def _text(self, at: int, column: int) -> str:
        return self._cell(at, column).text().strip()

    def _cell(self, at: int, column: int) -> QTableWidgetItem:
        item = self.item(at, column)
        assert item is not None
        return item

    def _edited(self, item: QTableWidgetItem) -> None:
        if item.column() in (_ANEW, _WORDS):
            self.changed.emit()
