"""The window backs its store up by itself: on closing, and what went wrong is told next time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.store.kept_backups import made
from caseworker_app.store.places import backups_folder
from caseworker_app.ui.dialogs.backups import BackupsDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.runtime.preferences import BACKUP_TROUBLE, SECOND_PLACE
from tests.support.borough import PATIENCE_MS, Borough


def test_closing_backs_up_and_copies_to_the_second_place(
    window: MainWindow, borough: Borough, tmp_path: Path
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    window.preferences.keep(SECOND_PLACE, str(second))
    window.attended = True
    window.jobs.ask(lambda session: session.set_council("Elsewhere"), lambda _: None, owner=window)
    window.close()
    folder = backups_folder(Path(borough.where))
    assert len(made(folder)) == 1
    assert len(made(second / folder.name)) == 1
    (line,) = (second / f"{Path(borough.where).name}.heads").read_text("ascii").splitlines()
    assert len(line.split()) == 4
    assert window.preferences.get(BACKUP_TROUBLE) == ""


def test_what_went_wrong_at_closing_is_told_at_the_next_start(
    window: MainWindow, borough: Borough
) -> None:
    backups_folder(Path(borough.where)).write_bytes(b"in the way")
    window.attended = True
    window.close()
    said = window.preferences.get(BACKUP_TROUBLE)
    assert said.startswith("No backup was made when Caseworker was last closed.")
    window.backing_up.begin()
    assert said in window.bar.words.text()
    assert window.preferences.get(BACKUP_TROUBLE) == ""


def test_the_dialog_says_where_they_are_and_takes_a_folder_alone(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.backing_up.back_up()
    window.run_action("store.backups")
    dialog = window.findChild(BackupsDialog)
    assert isinstance(dialog, QWidget)
    qtbot.waitUntil(lambda: dialog.made.text().startswith("1 in "), timeout=PATIENCE_MS)
    dialog.second.setText(str(tmp_path / "none"))
    dialog.accept()
    assert window.preferences.get(SECOND_PLACE) == ""
    dialog.second.setText(str(tmp_path))
    dialog.accept()
    assert window.preferences.get(SECOND_PLACE) == str(tmp_path)
