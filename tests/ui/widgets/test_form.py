from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QCalendarWidget, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.domain.outcome import Failed
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.doubt import DoubtLabel
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


def test_a_form_that_is_shown_comes_to_rest(form: Form) -> None:
    form.add("&Surname", QLineEdit(), "As on the birth certificate.", key="surname")
    form.show()
    form.show_problem("surname", "Enter a surname.")
    asked: list[QEvent] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if watched is form and event.type() == QEvent.Type.LayoutRequest:
                asked.append(event)
            return False

    watch = Watch()
    form.installEventFilter(watch)
    for _ in range(50):
        QApplication.processEvents()
    # Laying its rows out anew must not ask for that again, or the processor is never idle.
    assert len(asked) < 5


def test_a_refusal_stands_beside_its_field_and_goes_again(form: Form, qtbot: QtBot) -> None:
    line = form.add("&Surname", QLineEdit(), key="surname")
    other = form.add("&Forename", QLineEdit(), key="forename")
    form.show()
    assert form.show_failed(Failed("refused", "Enter a surname.", "surname"))
    problems = [label for label in form.findChildren(QLabel) if label.objectName() == "problem"]
    assert [label.text() for label in problems if label.isVisible()] == ["Enter a surname."]
    assert line.property("wrong") is True
    assert not other.property("wrong")
    assert line.accessibleDescription() == "Enter a surname."
    qtbot.keyClicks(other, "Grace")
    assert line.property("wrong") is False
    form.show_problem("surname", "Enter a surname.")
    qtbot.keyClicks(other, "e")
    assert line.property("wrong") is True
    qtbot.keyClicks(line, "O")
    assert not [label for label in problems if label.isVisible()]
    assert (line.property("wrong"), line.accessibleDescription()) == (False, "")


def test_what_is_wrong_with_a_date_follows_what_is_typed_until_it_is_one(
    form: Form, qtbot: QtBot
) -> None:
    field = form.add("&Date", DateField(lambda: TODAY), key="on")
    form.show()
    qtbot.keyClicks(field.line, "31/2/2026")
    form.show_problem("on", field.problem)
    (problem,) = (one for one in form.findChildren(QLabel) if one.objectName() == "problem")
    assert field.line.accessibleDescription() == "February 2026 has 28 days."
    assert field.understood.text() == ""
    field.line.setText("31/4/2026")
    assert problem.text() == "April 2026 has 30 days."
    field.line.setText("30/4/2026")
    assert not problem.isVisible()
    assert field.line.accessibleDescription() == "Thursday 30 April 2026, over 6 months ago"


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
        ("13/11/2026", date(2026, 11, 13), "Friday 13 November 2026, 9 days ago"),
        ("13 nov", date(2026, 11, 13), "Friday 13 November 2026, 9 days ago"),
        ("2026-02-29", None, "February 2026 has 28 days."),
        ("today", TODAY, "Sunday 22 November 2026, today"),
        ("8 dec", date(2025, 12, 8), "Monday 8 December 2025, over 11 months ago"),
        ("mon", date(2026, 11, 16), "Monday 16 November 2026, 6 days ago"),
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
        ("29 feb", date(2028, 2, 29)),
    ],
)
def test_a_coming_day_without_a_year_is_the_next_one(
    qtbot: QtBot, typed: str, value: date | None
) -> None:
    field = DateField(lambda: TODAY, coming=True)
    qtbot.addWidget(field)
    qtbot.keyClicks(field.line, typed)
    assert field.value == value


def test_a_short_date_gives_way_to_the_day_it_meant_and_its_doubt_stands(qtbot: QtBot) -> None:
    field = DateField(lambda: TODAY)
    qtbot.addWidget(field)
    qtbot.keyClicks(field.line, "next fri")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert (field.line.text(), field.value) == ("27 Nov 2026", date(2026, 11, 27))
    field.line.setText("w/c 13 oct")
    assert field.findChild(DoubtLabel).text() == (
        "That is a Tuesday: the week begins on Monday 12 October 2026."
    )
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.line.text() == "13 Oct 2026"
    assert "the week begins" in field.line.accessibleDescription()


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
