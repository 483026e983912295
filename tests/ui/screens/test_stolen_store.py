"""A store that is taken away under an open window: no false "saved", nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from caseworker_app.domain.outcome import Done
from caseworker_app.ui.dialogs.child import ChildDialog
from caseworker_app.ui.main_window import MainWindow
from tests.support.borough import PATIENCE_MS, Borough, dialog, wait_until_still


def _deleted(path: Path) -> None:
    path.unlink()


def _replaced(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    other.replace(path)


@pytest.mark.parametrize("harm", [_deleted, _replaced])
def test_nothing_is_called_saved_and_the_form_keeps_what_was_typed(
    window: MainWindow, borough: Borough, qtbot: QtBot, harm: Callable[[Path], None]
) -> None:
    told: list[object] = []
    window.hub.done.connect(lambda done, _: told.append(done))
    window.run_action("case.new")
    wait_until_still(window, qtbot)
    form = dialog(ChildDialog)
    fields = form.fields._fields
    fields["surname"].setText("Évans")
    fields["forename"].setText("Siân")
    fields["born"].line.setText("1/2/2016")
    harm(Path(borough.where))

    form.go.click()
    wait_until_still(window, qtbot)

    def said() -> bool:
        return "nothing was saved" in _words(window)

    qtbot.waitUntil(said, timeout=PATIENCE_MS)
    assert not [one for one in told if isinstance(one, Done)]
    assert form.isVisible()
    assert fields["surname"].text() == "Évans"
    assert form.go.isEnabled()
    form.reject()


def _words(window: MainWindow) -> str:
    """All that stands on labels and in boxes of the window now."""
    from PySide6.QtWidgets import QApplication, QLabel

    return " ".join(
        label.text()
        for top in QApplication.topLevelWidgets()
        for label in top.findChildren(QLabel)
        if label.isVisible()
    )
