"""What somebody else put into a field meanwhile, beside what is typed there, to be taken or not."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from caseworker_app.ui.widgets.doubt import DoubtLabel


class Theirs(QWidget):
    """Says what stands in the store now. What is typed stays unless the button is pressed.

    Signals:
        taken: theirs is to stand in the field.
    """

    taken = Signal()

    def __init__(self, field: str, words: str) -> None:
        """Make the line.

        Args:
            field: what the field is called.
            words: what it holds in the store now, as one reads it; "" for nothing.
        """
        super().__init__()
        self.said = DoubtLabel()
        stands = f"“{words}”" if words else "nothing"
        self.said.ask(f"In the store now: {stands}. Yours stays unless you take that.")
        self.take = QPushButton("Take theirs")
        self.take.setAutoDefault(False)
        self.take.setAccessibleName(f"Take theirs for {field}")
        self.take.setToolTip("Put what stands in the store into the field, in place of yours")
        self.take.clicked.connect(self.taken)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.said, 1)
        row.addWidget(self.take)
