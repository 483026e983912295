from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCalendarWidget, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.domain.outcome import Failed
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.form import Form, labelled

TODAY = date(2026, 11, 22)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form()
    qtbot.addWidget(made)
    return made


def buddies(form: Form) -> dict[str, QWidget]:
    return {label.text(): label.buddy() for label in form.findChildren(QLabel) if label.buddy()}


def test_a_row_ties_label_name_and_hint_to_its_field(form: Form) -> None:
    line = form.add("&Surname", QLineEdit(), "As on the birth certificate.")
    assert buddies(form) == {"&Surname": line}
    assert line.accessibleName() == "Surname"
    assert line.accessibleDescription() == "As on the birth certificate."


def test_a_date_field_hands_its_label_on_to_its_line(form: Form) -> None:
    field = form.add("&Date", DateField(lambda: TODAY))
    assert buddies(form) == {"&Date": field.line}
    assert field.line.accessibleName() == "Date"


def test_a_refusal_stands_beside_its_field_and_goes_again(form: Form, qtbot: QtBot) -> None:
    line = form.add("&Surname", QLineEdit(), key="surname")
    other = form.add("&Forename", QLineEdit(), key="forename")
    form.show()
    assert form.show_failed(Failed("refused", "Enter a surname.", "surname"))
    problems = [label for label in form.findChildren(QLabel) if label.objectName() == "problem"]
    assert [label.text() for label in problems if label.isVisible()] == ["Enter a surname."]
    assert line.property("wrong") is True
    assert not other.property("wrong")
    form.clear_problems()
    assert not [label for label in problems if label.isVisible()]
    assert line.property("wrong") is False


def test_a_refusal_about_no_field_of_the_form_is_left_to_the_caller(form: Form) -> None:
    form.add("&Surname", QLineEdit(), key="surname")
    assert not form.show_failed(Failed("refused", "No.", "upn"))
    assert not form.show_failed(Failed("unavailable", "The store is locked."))


def test_a_combo_box_in_a_bar_is_found_by_its_label(qtbot: QtBot) -> None:
    box = QComboBox()
    qtbot.addWidget(box)
    label = labelled("C&aseworker", box)
    qtbot.addWidget(label)
    assert label.buddy() is box
    assert box.accessibleName() == "Caseworker"


@pytest.mark.parametrize(
    ("typed", "value", "understood"),
    [
        ("13/11/2026", date(2026, 11, 13), "Friday 13 November 2026"),
        ("13 nov", date(2026, 11, 13), "Friday 13 November 2026"),
        ("2026-02-29", None, "This is not a date"),
        ("today", TODAY, "Sunday 22 November 2026"),
        ("8 dec", date(2025, 12, 8), "Monday 8 December 2025"),
        ("soon", None, "This is not a date"),
        ("", None, ""),
    ],
)
def test_a_date_is_understood_as_typed_and_said_back(
    qtbot: QtBot, typed: str, value: date | None, understood: str
) -> None:
    field = DateField(lambda: TODAY)
    qtbot.addWidget(field)
    qtbot.keyClicks(field.line, typed)
    assert (field.value, field.understood.text()) == (value, understood)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("8 dec", date(2026, 12, 8)),
        ("3/1", date(2027, 1, 3)),
        ("22/11", TODAY),
        ("8 dec 2025", date(2025, 12, 8)),
        ("29 feb", None),
    ],
)
def test_a_coming_day_without_a_year_is_the_next_one(
    qtbot: QtBot, typed: str, value: date | None
) -> None:
    field = DateField(lambda: TODAY, coming=True)
    qtbot.addWidget(field)
    qtbot.keyClicks(field.line, typed)
    assert field.value == value


def test_a_date_can_be_picked_from_the_calendar_by_keys(qtbot: QtBot) -> None:
    field = DateField(lambda: TODAY, date(2026, 11, 13))
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = field.findChild(QCalendarWidget)
    assert calendar.selectedDate() == QDate(2026, 11, 13)
    calendar.setSelectedDate(QDate(2026, 12, 4))
    calendar.activated.emit(calendar.selectedDate())
    assert field.value == date(2026, 12, 4)
    assert field.line.text() == "4 Dec 2026"
