"""A backup takes the store's place from the File menu, and what it replaces is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from caseworker_app.services.commands import RecordFact
from caseworker_app.services.session import Session
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.stores.restoring import RestoreDialog
from tests.support.borough import PASSPHRASE, PATIENCE_MS, Borough, dialog, wait_until_still
from tests.support.window import named

Ask = Callable[[Callable[[Session], Any]], Any]
DAY, MAINTAIN = date(2026, 11, 20), {"outcome": "maintain"}


@pytest.fixture
def backup(ask: Ask, tmp_path: Path) -> Path:
    """A backup of the store, made before another fact was recorded."""
    made = tmp_path / "friday.backup"
    ask(lambda session: session.backup(made))
    return made


def record_later(ask: Ask, child: str) -> None:
    def call(session: Session) -> Any:
        seen = session.case(child).child.version
        return session.submit(RecordFact(child, seen, "review_decision_sent", DAY, MAINTAIN))

    ask(call)


def count_facts(ask: Ask, child: str) -> int:
    return len(ask(lambda session: session.case(child)).facts)


def choose(window: MainWindow, backup: Path) -> RestoreDialog:
    window.run_action("store.restore")
    dialog(QFileDialog).fileSelected.emit(str(backup))
    return dialog(RestoreDialog)


def test_the_store_goes_back_to_the_backup_and_what_it_replaced_is_kept(
    window: MainWindow, borough: Borough, backup: Path, ask: Ask, qtbot: QtBot
) -> None:
    grace = borough.ids["Okafor"]
    before = count_facts(ask, grace)
    record_later(ask, grace)
    assert count_facts(ask, grace) == before + 1

    form = choose(window, backup)
    words = " ".join(one.text() for one in form.findChildren(QLabel))
    assert "is kept in the same folder" in words
    named(form, QLineEdit, "Passphrase").setText(PASSPHRASE)
    form.go.click()
    qtbot.waitUntil(lambda: "Restored" in window.bar.words.text(), timeout=PATIENCE_MS)
    wait_until_still(window, qtbot)

    assert count_facts(ask, grace) == before
    kept = list(Path(borough.where).parent.glob("*.before-restore-*"))
    assert any(one.name in window.bar.words.text() for one in kept)


@pytest.mark.parametrize("broken", [False, True])
def test_a_wrong_passphrase_or_a_damaged_backup_changes_nothing(
    window: MainWindow, borough: Borough, backup: Path, ask: Ask, qtbot: QtBot, *, broken: bool
) -> None:
    grace = borough.ids["Okafor"]
    record_later(ask, grace)
    count = count_facts(ask, grace)
    if broken:
        backup.write_bytes(backup.read_bytes()[:2000])

    form = choose(window, backup)
    form.go.click()
    assert said(form) == "Enter the passphrase."
    named(form, QLineEdit, "Passphrase").setText(PASSPHRASE if broken else "no idea at all")
    form.go.click()
    wanted = "damaged" if broken else "passphrase"
    qtbot.waitUntil(lambda: wanted in said(form) and form.go.isEnabled(), timeout=PATIENCE_MS)
    form.reject()

    assert window.jobs.is_open
    assert count_facts(ask, grace) == count
    assert not list(Path(borough.where).parent.glob("*.before-restore-*"))


def said(form: RestoreDialog) -> str:
    labels = form.findChildren(QLabel)
    return "".join(one.text() for one in labels if one.objectName() == "problem")
