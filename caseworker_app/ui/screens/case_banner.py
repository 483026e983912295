"""The banner over a case: whose it is, always in view, so that nobody writes to the wrong child."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from caseworker_app.domain.codes import NEEDS
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.people import Child
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.year_box import year_words
from caseworker_app.ui.models.column import long_date


class CaseBanner(QFrame):
    """Name, birthday, age, year; reference, setting, need, caseworker; the way to the next child.

    Signals:
        previous, following: go to the child before or after in the list one came from.
        record: record something.
    """

    previous = Signal()
    following = Signal()
    record = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName("Child")
        self.name = QLabel()
        self.name.setObjectName("title")
        self.born = QLabel()
        self.born.setTextFormat(Qt.TextFormat.RichText)
        self.facts = ElidedLabel()
        self.facts.setObjectName("dim")
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.name)
        top.addWidget(self.born)
        top.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(top)
        words.addWidget(self.facts)
        self.back = _button("\u2039 Previous", "The child before in the list (Alt+Up)")
        self.back.clicked.connect(self.previous)
        self.next = _button("Next \u203a", "The next child in the list (Alt+Down)")
        self.next.clicked.connect(self.following)
        self.record_button = _button("Record…  Ctrl+R", "Record what happened (Ctrl+R)")
        stands_for(self.record_button, "record.fact")
        self.record_button.setObjectName("primary")
        self.record_button.setAccessibleName("Record…")
        self.record_button.clicked.connect(self.record)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 9, 12, 9)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        row.addSpacing(6)
        row.addWidget(self.record_button)

    def show_view(self, view: CaseView) -> None:
        """Show a child."""
        child = view.file.child
        forename = f", {child.forename}" if child.forename else ""
        self.name.setText(f"{child.surname.upper()}{forename}")
        age = view.age_on(view.as_at)
        parts = [f"born <b>{long_date(child.born)}</b>" if child.born else "birthday not recorded"]
        if age is not None:
            parts.append(str(age))
        if view.year_group is not None:
            parts.append(year_words(view.year_group))
        self.born.setText(" · ".join(parts))
        worker = view.caseworker or "no caseworker"
        setting = view.setting or "no setting recorded"
        self.facts.set_words("   ·   ".join((child.reference, setting, need_words(child), worker)))

    def set_neighbours(self, *, before: bool, after: bool) -> None:
        """Whether there is a child before and after in the list one came from."""
        self.back.setEnabled(before)
        self.next.setEnabled(after)


class ElidedLabel(QLabel):
    """One line that ends in … when there is no room; a tool tip and a reader have all of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_words(self, words: str) -> None:
        """Show words."""
        self.setText(words)
        self.setToolTip(words)

    def minimumSizeHint(self) -> QSize:
        """As narrow as there is room."""
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as fits."""
        del event
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        fitted = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, fitted)


def need_words(child: Child) -> str:
    """Primary and secondary need, "Autistic spectrum disorder, then MLD"."""
    first = NEEDS.get(child.need, child.need) or "need not recorded"
    return f"{first}, then {child.secondary_need}" if child.secondary_need else first


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button
