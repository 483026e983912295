"""A date as people type it, with a calendar for those who would rather pick."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
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

from caseworker_app.domain import british_dates
from caseworker_app.ui.models.column import full_date, long_date


class DateField(QWidget):
    """A line to type a date in any British form, a calendar, and how the text was understood.

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
            coming: a day and month without a year mean the next such day, not the latest.
        """
        super().__init__(parent)
        self._coming = coming
        self._today = today
        self.line = QLineEdit()
        self.line.setPlaceholderText("13/11/2026, 13 Nov")
        self.line.setMinimumWidth(150)
        self.line.setMaximumWidth(200)
        self.pick = QPushButton()
        self.pick.setObjectName("pick")
        self.pick.setAccessibleName("Pick a date from a calendar")
        self.pick.setToolTip("Pick a date from a calendar (Alt+Down)")
        self.pick.setAutoDefault(False)
        self.understood = QLabel()
        self.understood.setObjectName("dim")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line)
        row.addWidget(self.pick)
        row.addWidget(self.understood, 1)
        self.setFocusProxy(self.line)
        self._value: date | None = None
        self._sentence = self._doubt = ""
        self.line.textChanged.connect(self._read)
        self.pick.clicked.connect(self._open_calendar)
        self.set_value(value)

    @property
    def value(self) -> date | None:
        """The date understood, or None when there is none."""
        return self._value

    @property
    def problem(self) -> str:
        """Why the text is no date; "" when it is one, or when nothing is typed."""
        return self._sentence

    def set_value(self, day: date | None) -> None:
        """Put a date into the field."""
        self.line.setText(long_date(day))
        self._read()

    def set_doubt(self, sentence: str) -> None:
        """Add to what is read aloud of the date what goes badly with it, "" for nothing."""
        self._doubt = sentence
        self._describe()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the calendar."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._open_calendar()
            return
        super().keyPressEvent(event)

    def _read(self) -> None:
        text = self.line.text().strip()
        before = self._value
        self._value, self._sentence = None, ""
        if text:
            self._value = self._typed(text)
            if self._value is None:
                self._sentence = "This is not a date"
        self.understood.setText(full_date(self._value) or self._sentence)
        self._describe()
        if before != self._value:
            self.changed.emit()

    def _describe(self) -> None:
        said = (self.understood.text(), self._doubt)
        self.line.setAccessibleDescription(". ".join(filter(None, said)))

    def _typed(self, text: str) -> date | None:
        today = self._today()
        day = british_dates.typed(text, today)
        yearless = british_dates.parse(text) is None
        if self._coming and day is not None and yearless and day < today and text[0].isdigit():
            return british_dates.parse(f"{text} {today.year + (day.year == today.year)}")
        return day

    def _open_calendar(self) -> None:
        popup = _Calendar(self._value or self._today(), self)
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
