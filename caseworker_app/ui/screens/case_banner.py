"""The banner over a case: whose it is, always in view, so that nobody writes to the wrong child."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from caseworker_app.domain.codes import NEEDS
from caseworker_app.domain.deadlines import Deadline, State, one_a_notice
from caseworker_app.domain.lateness import days_words
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.people import Child
from caseworker_app.domain.target_ids import sharpened
from caseworker_app.domain.yeargroup import year_words
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.models.column import long_date

_ROOMY, _NARROWEST = 900, 480


class CaseBanner(QFrame):
    """Name, birthday, age, year; reference, setting, need, caseworker; the way to the next child.

    Signals:
        previous, following: go to the child before or after in the list one came from.
        record: record something.
        note: write a note.
    """

    previous = Signal()
    following = Signal()
    record = Signal()
    note = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName("Child")
        self.name = WrappedLabel()
        self.name.setObjectName("title")
        self.born = QLabel()
        self.born.setTextFormat(Qt.TextFormat.RichText)
        self.facts = WrappedLabel()
        self.facts.setObjectName("dim")
        self.late = ElidedLabel()
        self.late.setObjectName("problem")
        self.place = ElidedLabel()
        self.place.setObjectName("dim")
        self.place.setAlignment(Qt.AlignmentFlag.AlignRight)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.name)
        top.addWidget(self.born)
        top.addWidget(self.late, 1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(top)
        words.addWidget(self.facts)
        self.back = _button("\u2039 Previous", "Previous child in the list (Alt+Up)")
        self.back.setAccessibleName("Previous")
        self.back.clicked.connect(self.previous)
        self.next = _button("Next \u203a", "Next child in the list (Alt+Down)")
        self.next.setAccessibleName("Next")
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
        self.note_button = _button("Note…", "Write a note, and what was promised (Ctrl+J)")
        stands_for(self.note_button, "note.new")
        self.note_button.clicked.connect(self.note)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.back, self.next, self.note_button, self.record_button):
            buttons.addWidget(button)
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addLayout(buttons)
        right.addWidget(self.place)
        row.addLayout(right)

    def minimumSizeHint(self) -> QSize:
        """As narrow as with short buttons, which it has where there is little room."""
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the name have the room: short words on the buttons in a narrow window."""
        super().resizeEvent(event)
        narrow = self.width() < _ROOMY
        self.back.setText("\u2039" if narrow else "\u2039 Previous")
        self.next.setText("\u203a" if narrow else "Next \u203a")
        self.record_button.setText("Record…" if narrow else "Record…  Ctrl+R")

    def show_view(self, view: CaseView) -> None:
        """Show a child."""
        child = view.file.child
        forename = f", {child.forename}" if child.forename else ""
        self.name.setText(f"{child.surname.upper()}{forename}")
        age = view.age_on(view.as_at)
        parts = [
            f"born <b>{long_date(child.born)}</b>" if child.born else "date of birth not recorded"
        ]
        if age is not None:
            parts.append(str(age))
        if view.year_group is not None:
            parts.append(year_words(view.year_group))
        self.born.setText(" · ".join(parts))
        worker = view.caseworker or "no caseworker"
        setting = view.setting or "no setting recorded"
        upn = f"UPN {child.upn}" if child.upn else "no UPN"
        facts = (child.reference, upn, setting, need_words(child), worker)
        self.facts.setText("  ·  ".join(facts))
        late = late_words(view.file.deadlines, view.as_at)
        self.late.set_words(late, late.partition(",")[0])

    def set_place(self, words: str) -> None:
        """Where in which list the child stands, "3 of 41 in Overdue"; "" for none."""
        self.place.set_words(words)
        self.place.setVisible(bool(words))

    def set_neighbours(self, *, before: bool, after: bool) -> None:
        """Whether there is a child before and after in the list one came from."""
        self.back.setEnabled(before)
        self.next.setEnabled(after)


class WrappedLabel(QLabel):
    """Words on one line where there is room, and on more where there is not; none is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)

    def sizeHint(self) -> QSize:
        """All on one line, which Qt would not ask for where lines may break."""
        words = self.fontMetrics().size(0, self.text())
        return QSize(words.width() + 2, super().minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As narrow as there is room."""
        return QSize(40, self.fontMetrics().height())


class ElidedLabel(QLabel):
    """One line that ends in … when there is no room; a tool tip and a reader have all of it."""

    def __init__(self) -> None:
        super().__init__()
        self._short = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_words(self, words: str, short: str = "") -> None:
        """Show words; the `short` ones in their place where there is no room for all."""
        self._short = short or words
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
        metrics, room = self.fontMetrics(), self.width()
        words = self.text() if metrics.horizontalAdvance(self.text()) <= room else self._short
        fitted = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, fitted)


def late_words(deadlines: Iterable[Deadline], today: date) -> str:
    """How many dates are late and the longest by how much, behind a sign; "" for none."""
    late = [
        (today - one.due).days
        for one in one_a_notice(deadlines)
        if one.state(today) is State.OVERDUE and not sharpened(one.rule)
    ]
    if not late:
        return ""
    if len(late) == 1:
        return f"\u25b2 1 late, {days_words(late[0])}"
    return f"\u25b2 {len(late)} late, longest {days_words(max(late))}"


def need_words(child: Child) -> str:
    """Primary and secondary need, "Autistic spectrum disorder, then MLD"."""
    first = NEEDS.get(child.need, child.need) or "need not recorded"
    return f"{first}, then {child.secondary_need}" if child.secondary_need else first


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button
