"""Saving a list under a password: the box in the question, the form, what is remembered."""

from __future__ import annotations

from pathlib import Path

import msoffcrypto
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from caseworker_app import protecting
from caseworker_app.ui.dialogs.protect import PasswordDialog
from caseworker_app.ui.dialogs.school_pack import SchoolPackDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.runtime.preferences import PROTECT
from tests.support.borough import PATIENCE_MS, dialog, shown, wait_until_still
from tests.ui.screens.conftest import borough, founded, window

__all__ = ["borough", "founded", "window"]


def encrypted(path: Path) -> bool:
    with path.open("rb") as file:
        return bool(msoffcrypto.OfficeFile(file).is_encrypted())


def problems(form: PasswordDialog) -> str:
    labels = form.findChildren(QLabel, "problem")
    return " ".join(one.text() for one in labels if one.isVisible())


def ask_for_file(window: MainWindow, qtbot: QtBot) -> tuple[QFileDialog, QCheckBox]:
    window.show_screen("assessments")
    wait_until_still(window, qtbot)
    window.run_action("export")
    qtbot.waitUntil(lambda: bool(shown(QFileDialog)), timeout=PATIENCE_MS)
    found = dialog(QFileDialog)
    return found, next(one for one in found.findChildren(QCheckBox) if "password" in one.text())


def test_a_list_is_saved_under_a_password_and_the_choice_is_remembered(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    question, box = ask_for_file(window, qtbot)
    assert not box.isChecked()
    assert box.isEnabled()
    box.setChecked(True)
    out = tmp_path / "assessments.xlsx"
    question.fileSelected.emit(str(out))
    question.reject()
    form = dialog(PasswordDialog)

    form.password.setText("ducks")
    form.accept()
    assert "at least 8" in problems(form)
    form.password.setText("password1")
    form.again.setText("password1")
    form.accept()
    assert "easy to guess" in problems(form)
    form.made_up.click()
    assert form.password.text() == form.again.text()
    assert "strong" in form.strength.text()
    form.again.setText("other")
    form.accept()
    assert "differ" in problems(form)
    form.again.setText(form.password.text())
    form.accept()
    qtbot.waitUntil(out.exists, timeout=PATIENCE_MS)
    wait_until_still(window, qtbot)
    assert encrypted(out)

    question, box = ask_for_file(window, qtbot)
    assert box.isChecked()
    box.setChecked(False)
    # As if it had been refused before it was written.
    protecting.protect(out, "four quiet yellow ducks")
    question.fileSelected.emit(str(out))
    question.reject()
    wait_until_still(window, qtbot)
    qtbot.waitUntil(lambda: not encrypted(out), timeout=PATIENCE_MS)
    assert window.preferences.get(PROTECT) == "no"


def test_school_packs_ask_for_one_password_for_every_workbook(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.run_action("school.pack")
    qtbot.waitUntil(lambda: bool(shown(SchoolPackDialog)), timeout=PATIENCE_MS)
    box = dialog(SchoolPackDialog)
    box.setting.setCurrentIndex(0)
    box.term.setCurrentIndex(1)
    box.pdf.setChecked(False)
    box.protect.setChecked(True)
    box.choose(tmp_path)
    form = dialog(PasswordDialog)
    form.made_up.click()
    form.accept()
    wait_until_still(window, qtbot)
    qtbot.waitUntil(lambda: len(list(tmp_path.glob("*.xlsx"))) == 2, timeout=PATIENCE_MS)
    assert all(encrypted(one) for one in tmp_path.glob("*.xlsx"))
