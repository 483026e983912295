"""A drawn sample of `dev.py prove sweep`: screens and dialogs on small and magnified screens."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.ui.dialogs.form_dialog import FormDialog
from caseworker_app.ui.fitting import FittingDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.specs import PLACES
from caseworker_app.ui.theme import tokens
from tests.support import sweeping
from tests.support.borough import Borough, wait_until_still
from tests.support.sweeping_walk import DIALOGS, Walk, every_dialog, refuse

_SCREENS, _DIALOGS = 3, 3


@pytest.mark.parametrize(
    ("size", "theme"), list(zip(sweeping.SIZES, tokens.NAMES, strict=True)), ids=str
)
def test_nothing_is_nameless_cut_pale_or_off_the_screen(
    window: MainWindow, borough: Borough, qtbot: QtBot, size: str, theme: str
) -> None:
    window.theme.choose(theme)
    with Walk(window, sweeping.SIZES[size], lambda: wait_until_still(window, qtbot)) as walk:
        found = []
        for key in random.sample(PLACES, _SCREENS):
            found += walk.screen(key)
        found += walk.case(borough.ids["Okafor"])
        here = [one for one in DIALOGS if one in window.offered()]
        found += walk.dialogs(random.sample(here, _DIALOGS))
    window.theme.choose(tokens.LIGHT)
    assert found == []


def _page(qtbot: QtBot) -> QWidget:
    page = QWidget()
    page.setFixedSize(300, 200)
    qtbot.addWidget(page)
    return page


def test_the_sweep_sees_what_is_wrong(qtbot: QtBot) -> None:
    page = _page(qtbot)
    one, other = QLabel("Words upon words", page), QLabel("More words", page)
    one.setGeometry(0, 0, 60, 20)
    other.setGeometry(40, 4, 200, 20)
    field = QLineEdit(page)
    field.setGeometry(250, 100, 120, 30)
    faint = QPushButton("Faint", page)
    faint.setAccessibleName("")
    faint.setStyleSheet("color: silver; background: white; border: none;")
    faint.setGeometry(10, 60, 100, 30)
    page.show()
    found = sweeping.faults(page, QSize(280, 200))
    for part in ("larger than", "outside", "cut: ", "overlap", "pale: ", "no name"):
        assert any(part in fault for fault in found), (part, found)


def test_a_refused_form_has_room_for_every_word(qtbot: QtBot) -> None:
    form = FormDialog("A form", "Record")
    qtbot.addWidget(form)
    form.form.add("&Why", QLineEdit(), "Kept with the case, and read by whoever comes after you.")
    form.form.add("&Kind", QComboBox())
    form.show()
    before = form.height()
    assert refuse(form.form) == 2
    qtbot.waitUntil(lambda: sweeping.cut(form) + sweeping.overlapping(form) == [])
    assert form.height() > before


def test_every_dialog_keeps_within_the_screen() -> None:
    assert [one for one in every_dialog() if not issubclass(one, FittingDialog)] == []


def test_the_sweep_is_silent_where_nothing_is_wrong(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    label, field = QLabel("&Name"), QLineEdit()
    label.setBuddy(field)
    column.addWidget(label)
    column.addWidget(field)
    page.show()
    found = sweeping.outside(page, QSize(900, 500)) + sweeping.nameless(page)
    assert found + sweeping.cut(page) + sweeping.overlapping(page) == []
