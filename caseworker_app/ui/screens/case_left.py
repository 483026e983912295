"""The strip below the banner of a case: what files and likenesses leave to a person."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.undecided import Undecided
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.deciding import ANSWERS, answer, answers
from caseworker_app.ui.screens.base import Frame

_SHOWN, _SHOWN_LOW = 2, 1
"""More than these, or in a low window more than one, open in a list of their own."""
_LOW = 640


class CaseLeft(QFrame):
    """A sentence and its two answers a line; hidden when nothing is left."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName("Left to you")
        self._frame = frame
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 6, 12, 6)
        self._column.setSpacing(4)
        self._lines: list[QWidget] = []
        self.hide()

    def show_rows(self, rows: Sequence[Undecided]) -> None:
        """Show what is left of one child."""
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        room = _SHOWN if self.window().height() >= _LOW else _SHOWN_LOW
        self._lines = [self._line(one) for one in rows[:room]]
        for line in self._lines:
            self._column.addWidget(line)
        if len(rows) > room:
            self._add_more(self._lines[-1], len(rows) - room)
        self.setVisible(bool(rows))

    def _line(self, one: Undecided) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = QLabel(f"\u26a0 {one.words}")
        words.setWordWrap(True)
        row.addWidget(words, 1)
        for given in answers(one):
            text = ANSWERS[given].replace("&", "")
            button = QPushButton(text)
            button.setAccessibleName(f"{text}: {one.words}")
            stands_for(button, "case.edit")
            button.setAutoDefault(False)
            button.clicked.connect(
                lambda _=False, given=given: answer(self._frame, one, given, self)
            )
            row.addWidget(button)
        return line

    def _add_more(self, line: QWidget, count: int) -> None:
        """At the end of the last line, the way to what has no room here."""
        button = QPushButton(f"{count} more…")
        button.setAccessibleName(f"{count} more left to you…")
        button.setObjectName("link")
        button.setAutoDefault(False)
        button.clicked.connect(self._open)
        room = line.layout()
        if room is not None:
            room.addWidget(button)

    def _open(self) -> None:
        from caseworker_app.ui.dialogs.left import open_left_dialog

        open_left_dialog(self._frame, self.window())
