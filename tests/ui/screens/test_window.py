from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from caseworker_app import bootstrap
from caseworker_app.services.commands import RecordFact
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.runtime.preferences import THEME, Preferences
from caseworker_app.ui.screens.specs import PLACES
from caseworker_app.ui.starting import open_window
from caseworker_app.ui.stores.dialogs import (
    ChangePassphraseDialog,
    NewStoreDialog,
    PassphraseDialog,
)
from tests.support.borough import PASSPHRASE, PATIENCE_MS, TODAY, Borough, dialog, wait_until_still
from tests.support.window import activate, named

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def first(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """The window with no store."""
    made = open_window(bootstrap.application(), None, TODAY, Preferences(tmp_path / "options"))
    qtbot.addWidget(made)
    yield made
    made.jobs.close()


def problems(parent: QLabel) -> list[str]:
    labels = parent.findChildren(QLabel)
    return [one.text() for one in labels if one.objectName() == "problem" and one.isVisible()]


def wait_open(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.page() is not None, timeout=PATIENCE_MS)
    wait_until_still(window, qtbot)


def test_with_no_store_there_are_three_ways_to_begin_and_nowhere_to_go(first: MainWindow) -> None:
    assert first.pages.currentWidget() is first.first
    assert not first.side.isVisible()
    texts = [one.text().replace("&", "") for one in first.first.findChildren(QPushButton)]
    assert texts == ["Make a store…", "Open a store…", "Look round"]
    assert not first.binder.actions["go.cases"].isEnabled()
    assert first.binder.actions["store.open"].isEnabled()


def test_a_new_store_is_made_once_the_form_is_in_order(
    first: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    first.first.chosen.emit("new")
    form = dialog(NewStoreDialog)
    where = tmp_path / "made.store"
    named(form, QLineEdit, "File").setText(str(where))
    form.go.click()
    (said,) = problems(form)
    assert said.startswith("The new passphrase is too short: take at least 8 characters")
    named(form, QLineEdit, "Passphrase").setText("orchard lantern pebble")
    assert form.strength.text() == "This passphrase is strong."
    named(form, QLineEdit, "Again").setText("orchard lantern")
    form.go.click()
    assert problems(form) == ["The two passphrases differ."]
    named(form, QLineEdit, "Again").setText("orchard lantern pebble")
    form.go.click()
    wait_open(first, qtbot)
    assert where.exists()
    assert first.side.isVisible()
    page = first.page()
    assert page is not None
    assert page.key == "today"
    assert "File, Import brings in" in page.empty.text()  # type: ignore[attr-defined]


def test_a_wrong_passphrase_is_said_plainly_and_asked_for_again(
    first: MainWindow, borough: Borough, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CASEWORKER_PASSPHRASE")
    first.keeper.open(borough.where)
    qtbot.waitUntil(lambda: bool(first.findChildren(PassphraseDialog)), timeout=PATIENCE_MS)
    form = dialog(PassphraseDialog)
    form.go.click()
    assert problems(form) == ["Enter the passphrase."]
    named(form, QLineEdit, "Passphrase").setText("no idea at all")
    form.go.click()
    qtbot.waitUntil(lambda: "Nothing was changed" in "".join(problems(form)), timeout=PATIENCE_MS)
    assert first.page() is None
    named(form, QLineEdit, "Passphrase").setText(PASSPHRASE)
    form.go.click()
    wait_open(first, qtbot)
    assert first.keeper.where == borough.where


def test_leaving_the_passphrase_leads_to_the_first_page(
    first: MainWindow, borough: Borough, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CASEWORKER_PASSPHRASE")
    first.keeper.open(borough.where)
    qtbot.waitUntil(lambda: bool(first.findChildren(PassphraseDialog)), timeout=PATIENCE_MS)
    dialog(PassphraseDialog).reject()
    assert first.pages.currentWidget() is first.first


def test_a_store_that_is_not_there_is_named(
    first: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    first.keeper.open(str(tmp_path / "gone.store"))
    qtbot.waitUntil(lambda: "gone.store" in first.first.words.text(), timeout=PATIENCE_MS)
    assert first.page() is None


def test_another_store_that_does_not_open_leaves_this_one_open(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    rubbish = tmp_path / "rubbish.store"
    rubbish.write_bytes(b"rubbish" * 400)
    window.keeper.open(str(rubbish))
    qtbot.waitUntil(lambda: "rubbish.store" in window.bar.words.text(), timeout=PATIENCE_MS)
    assert window.page() is not None
    assert window.keeper.where != str(rubbish)
    wait_until_still(window, qtbot)


def test_a_backup_can_be_restored_and_opened(
    window: MainWindow, borough: Borough, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "copy.backup"
    window.run_action("store.backup")
    asked = window.findChild(QFileDialog)
    asked.close()
    asked.fileSelected.emit(str(target))
    qtbot.waitUntil(lambda: "Backed up to" in window.bar.words.text(), timeout=PATIENCE_MS)
    restored = str(tmp_path / "restored.store")
    bootstrap.restore(target, restored)
    session = bootstrap.open_session(restored, today=TODAY)
    assert [row.surname for row in session.cases()] == ["Okafor", "Patel", "Silva"]
    session.close()


def test_the_store_is_proved_from_the_menu(window: MainWindow, qtbot: QtBot) -> None:
    window.run_action("tools.check")
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=PATIENCE_MS)
    box = window.findChild(QMessageBox)
    assert "The store is sound" in box.text()
    box.close()


def test_the_passphrase_can_be_changed(
    window: MainWindow, borough: Borough, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.run_action("store.passphrase")
    form = dialog(ChangePassphraseDialog)
    named(form, QLineEdit, "Passphrase now").setText("not this one")
    for name in ("New passphrase", "Again"):
        named(form, QLineEdit, name).setText("velvet thunder meadow")
    form.go.click()
    qtbot.waitUntil(lambda: bool(problems(form)), timeout=PATIENCE_MS)
    named(form, QLineEdit, "Passphrase now").setText(PASSPHRASE)
    form.go.click()
    qtbot.waitUntil(lambda: "was changed" in window.bar.words.text(), timeout=PATIENCE_MS)
    window.close()
    session = bootstrap.open_session(borough.where, passphrase="velvet thunder meadow", today=TODAY)
    session.close()


def test_every_place_is_a_key_away_and_the_side_bar_follows(
    window: MainWindow, qtbot: QtBot
) -> None:
    activate(window, qtbot)
    for number, place in enumerate(PLACES, 1):
        window.binder.actions[f"go.{place}"].trigger()
        wait_until_still(window, qtbot)
        page = window.page()
        assert page is not None
        assert page.key == place
        assert window.side.list.currentRow() == number - 1


def test_a_change_to_a_hidden_screen_is_there_when_it_is_shown(
    window: MainWindow, borough: Borough, qtbot: QtBot
) -> None:
    cases = window.show_screen("cases")
    wait_until_still(window, qtbot)
    today = window.show_screen("today")
    grace = borough.ids["Okafor"]
    row = next(one for one in cases.model.all_rows() if one.id == grace)  # type: ignore[attr-defined]
    command = RecordFact(
        grace, row.version, "review_decision_sent", date(2026, 11, 20), {"outcome": "maintain"}
    )
    window.jobs.submit(command)
    wait_until_still(window, qtbot)
    after = next(one for one in cases.model.all_rows() if one.id == grace)  # type: ignore[attr-defined]
    assert after.version == row.version + 1
    assert not [one for one in today.model.rows() if one.rule == "AR-07"]  # type: ignore[attr-defined]


def test_a_refusal_nobody_handles_is_said_in_the_bar(
    window: MainWindow, borough: Borough, qtbot: QtBot
) -> None:
    command = RecordFact(borough.ids["Okafor"], 0, "plan_sent", date(2026, 11, 20))
    window.jobs.submit(command)
    qtbot.waitUntil(lambda: bool(window.bar.words.text()), timeout=PATIENCE_MS)
    assert window.bar.isVisible()


def test_themes_are_chosen_from_the_menu_and_kept(window: MainWindow) -> None:
    before = window.theme.choice
    for name in ("dark", "contrast", "light"):
        window.run_action(f"theme.{name}")
        assert window.theme.theme.name == name
        assert window.binder.actions[f"theme.{name}"].isChecked()
        assert window.preferences.get(THEME) == name
    window.theme.choose(before)


def test_closing_leaves_no_thread_and_a_store_that_opens(
    window: MainWindow, borough: Borough, qtbot: QtBot
) -> None:
    window.close()
    names = [thread.name for thread in threading.enumerate()]
    assert not [name for name in names if name.startswith(("database", "files"))]
    session = bootstrap.open_session(borough.where, today=TODAY)
    assert session.check() == ()
    session.close()
