"""A date as people type it, with a calendar for those who would rather pick."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.typed_dates import Reading, echo, read
from caseworker_app.ui.models.column import long_date
from caseworker_app.ui.widgets.doubt import DoubtLabel

_NARROW = 340
"""The line, its button, and two lines of words beside them."""


class DateField(QWidget):
    """A line to type a date in any British form, a calendar, and how the text was understood.

    What was typed gives way to the date with its year as soon as one leaves the line: "t" and "mon"
    mean another day tomorrow.

    Signals:
        changed: another date, or none, is understood.
    """

    changed = Signal()

    def __init__(
        self,
        today: Callable[[], date],
        value: date | None = None,
        parent: QWidget | None = None,
        *,
        coming: bool = False,
    ) -> None:
        """Make a field.

        Args:
            today: the day the window works on.
            value: the date at first.
            parent: as for any widget.
            coming: "mon", or a day and month without a year, mean the next such day, not the
                latest.
        """
        super().__init__(parent)
        self._coming = coming
        self._today = today
        self.line = QLineEdit()
        self.line.setPlaceholderText("15/10, t, -3, mon")
        self.line.setMinimumWidth(150)
        self.line.setMaximumWidth(200)
        self.pick = QPushButton()
        self.pick.setObjectName("pick")
        self.pick.setAccessibleName("Pick a date from a calendar")
        self.pick.setToolTip("Pick a date from a calendar (Alt+Down)")
        self.pick.setAutoDefault(False)
        # Alt+Down opens it from the line, so that Tab goes straight on.
        self.pick.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.understood = QLabel()
        self.understood.setObjectName("dim")
        self.understood.setWordWrap(True)
        self._question = DoubtLabel()
        self._beside = QHBoxLayout()
        self._beside.addWidget(self.line)
        self._beside.addWidget(self.pick)
        self._beside.addWidget(self.understood, 1)
        self._beside.addStretch(0)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self._column.addLayout(self._beside)
        self._column.addWidget(self._question)
        self.setFocusProxy(self.line)
        self._reading = Reading()
        self._wrong = self._doubt = ""
        self.line.textChanged.connect(self._read)
        self.line.editingFinished.connect(self._settle)
        self.pick.clicked.connect(self._open_calendar)
        self.set_value(value)

    @property
    def value(self) -> date | None:
        """The date understood, or None when there is none."""
        return self._reading.day

    @property
    def problem(self) -> str:
        """Why the text is no date; "" when it is one, or when nothing is typed."""
        return self._reading.problem

    @property
    def lacking(self) -> str:
        """Why there is no date that could be used: what is wrong with it, or that it is needed."""
        return self.problem or ("" if self.value is not None else "Enter a date.")

    def set_value(self, day: date | None) -> None:
        """Put a date into the field."""
        self.line.setText(long_date(day))
        self._read()

    def put_text(self, text: str) -> None:
        """Put a text into the field as if it were typed."""
        self.line.setText(text)
        self._settle()

    def set_doubt(self, sentence: str) -> None:
        """Add to what is read aloud of the date what goes badly with it, "" for nothing."""
        self._doubt = sentence
        self._describe()

    def set_wrong(self, sentence: str) -> None:
        """Say what is wrong of the date to whoever reads the field aloud, "" for nothing."""
        self._wrong = sentence
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put how the date is understood below the line where it would break word by word."""
        super().resizeEvent(event)
        is_below = self._column.indexOf(self.understood) >= 0
        if is_below != (self.width() < _NARROW):
            if is_below:
                self._column.removeWidget(self.understood)
                self._beside.insertWidget(2, self.understood, 1)
            else:
                self._beside.removeWidget(self.understood)
                self._column.insertWidget(1, self.understood)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the calendar."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._open_calendar()
            return
        super().keyPressEvent(event)

    def _read(self) -> None:
        before, today = self.value, self._today()
        self._reading = read(self.line.text(), today, "coming" if self._coming else "past")
        day = self.value
        self._question.ask(self._reading.doubt)
        self._tell()
        if before != day:
            self.changed.emit()

    def _settle(self) -> None:
        """Show the date with its year instead of what was typed; what was read of it stands."""
        text = long_date(self.value)
        if text and text != self.line.text():
            self.line.blockSignals(True)  # noqa: FBT003
            self.line.setText(text)
            self.line.blockSignals(False)  # noqa: FBT003

    def _tell(self) -> None:
        """Say how the text is understood, or why it is not where that is not said below already."""
        day, problem = self.value, self.problem
        told = "" if problem == self._wrong else problem
        self.understood.setText(told if day is None else echo(day, self._today()))
        self._describe()

    def _describe(self) -> None:
        said = (self._wrong, self.understood.text(), self._reading.doubt, self._doubt)
        self.line.setAccessibleDescription(". ".join(filter(None, said)))

    def _open_calendar(self) -> None:
        popup = _Calendar(self.value or self._today(), self)
        popup.chosen.connect(self.set_value)
        popup.move(self.line.mapToGlobal(QPoint(0, self.line.height())))
        popup.show()


class _Calendar(QFrame):
    """The calendar that drops down below the field; Enter or a click chooses, Esc leaves."""

    chosen = Signal(object)

    def __init__(self, day: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("card")
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName("Calendar")
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        plain = QTextCharFormat()
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekend, plain)
        self.calendar.setMinimumSize(290, 230)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.clicked.connect(self._choose)
        self.calendar.activated.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.calendar)
        self.setFocusProxy(self.calendar)

    def _choose(self, day: QDate) -> None:
        self.chosen.emit(date(day.year(), day.month(), day.day()))
        self.close()
