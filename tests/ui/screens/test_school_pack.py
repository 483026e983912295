from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from pytestqt.qtbot import QtBot

from caseworker_app.domain.errors import Cancelled
from caseworker_app.domain.school_pack import Written, terms
from caseworker_app.services.cases.packs import settings_with_children, write_each
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.school_pack import (
    Kinds,
    SchoolPackDialog,
    writing,
)
from caseworker_app.ui.main_window import MainWindow
from tests.support.borough import PATIENCE_MS, TODAY, dialog, shown, wait_until_still


def said(folder: Path) -> dict[str, set[str]]:
    """The children that each workbook of a folder names, by its setting."""
    found: dict[str, set[str]] = {}
    for one in folder.glob("*.xlsx"):
        book = openpyxl.load_workbook(one)
        rows = [row for sheet in book for row in sheet.iter_rows(min_row=5, values_only=True)]
        found[one.name.split(", ")[1]] = {str(row[0]).split(",")[0] for row in rows}
    return found


def test_every_setting_gets_a_file_of_its_own_children_alone(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.run_action("school.pack")
    qtbot.waitUntil(lambda: bool(shown(SchoolPackDialog)), timeout=PATIENCE_MS)
    box = dialog(SchoolPackDialog)
    box.setting.setCurrentIndex(0)
    box.term.setCurrentIndex(1)
    folder = tmp_path / "packs"
    folder.mkdir()
    box.write_into(folder)
    wait_until_still(window, qtbot)
    qtbot.waitUntil(lambda: len(list(folder.iterdir())) == 4, timeout=PATIENCE_MS)
    assert said(folder) == {"Ben Jonson": {"Patel", "Silva"}, "Mile End Gate": {"Okafor"}}
    assert all(one.read_bytes().startswith(b"%PDF") for one in folder.glob("*.pdf"))


def test_stopped_it_says_what_was_not_looked_at(
    ask: Callable[[Callable[[Session], Any]], Any], window: MainWindow, tmp_path: Path
) -> None:
    def stop(done: int, total: int, words: str) -> None:
        if done == 1:
            raise Cancelled("Stopped.")

    def write(session: Session) -> Written:
        every = settings_with_children(session)
        write = writing(window.application, session, Kinds(pdf=False), tmp_path)
        return write_each(session, every, terms(TODAY)[1], "T.", write, stop)

    found = ask(write)
    assert found == Written(1, 0, 1)
    assert found.words == "1 school pack written. Stopped: 1 not looked at."
