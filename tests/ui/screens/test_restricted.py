"""A restricted case in the window: it asks why, and is not there for whom it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from caseworker_app import bootstrap
from caseworker_app.services import commands as do
from caseworker_app.ui.dialogs.record import RecordDialog
from caseworker_app.ui.dialogs.restricted import ReasonDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.runtime.preferences import Preferences
from caseworker_app.ui.screens.cases import CasesScreen
from caseworker_app.ui.starting import open_window
from tests.support.borough import PATIENCE_MS, TODAY, Borough, dialog, shown, wait_until_still

ANN, HERS = "Ann Lee", "seven very plain ducks swim"


def _window(where: str, role: str, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    session = bootstrap.open_session(where, today=TODAY)
    bootstrap.add_person(session, ANN, [role], new=HERS)
    session.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEWORKER_PASSPHRASE", HERS)
        made = open_window(bootstrap.application(), where, TODAY, Preferences(tmp_path / "options"))
        qtbot.addWidget(made)
        qtbot.waitUntil(lambda: made.jobs.is_open, timeout=PATIENCE_MS)
    wait_until_still(made, qtbot)
    return made


@pytest.fixture
def restricted(borough: Borough) -> Borough:
    """Okafor's case is restricted."""
    session = bootstrap.open_session(borough.where, today=TODAY)
    child = borough.ids["Okafor"]
    session.carry_out(do.AddRecord("restriction", {"child_id": child, "why": "x", "since": TODAY}))
    session.close()
    return borough


def test_it_asks_why_and_opens_then(restricted: Borough, qtbot: QtBot, tmp_path: Path) -> None:
    window = _window(restricted.where, "senior", qtbot, tmp_path)
    child = restricted.ids["Okafor"]
    window.open_case(child)
    qtbot.waitUntil(lambda: bool(shown(ReasonDialog)), timeout=PATIENCE_MS)
    form = dialog(ReasonDialog)
    form.go.click()
    wait_until_still(window, qtbot)
    said = [one.text() for one in form.findChildren(QLabel, "problem") if not one.isHidden()]
    assert said == ["Say why you open it."]
    form.reject()
    wait_until_still(window, qtbot)
    page = window.page()
    assert page is not None
    assert page.key != "case"

    window.open_case(child)
    qtbot.waitUntil(lambda: bool(shown(ReasonDialog)), timeout=PATIENCE_MS)
    form = dialog(ReasonDialog)
    form.why.setText("the tribunal asked")
    form.go.click()
    wait_until_still(window, qtbot)
    page = window.page()
    assert page is not None
    assert page.context().child_ids == (child,)
    window.run_action("case.restrict")
    wait_until_still(window, qtbot)
    assert dialog(RecordDialog)._record is not None
    dialog(RecordDialog).reject()
    window.close()
    window.jobs.close()


def test_for_whom_it_is_not_it_is_not_there(
    restricted: Borough, qtbot: QtBot, tmp_path: Path
) -> None:
    window = _window(restricted.where, "data", qtbot, tmp_path)
    screen = window.show_screen("cases")
    wait_until_still(window, qtbot)
    assert isinstance(screen, CasesScreen)
    assert {row.surname for row in screen.table.rows_model.all_rows()} == {"Patel", "Silva"}
    window.open_case(restricted.ids["Okafor"])
    wait_until_still(window, qtbot)
    assert "ask a manager" in window.bar.words.text()
    assert not window.binder.actions["case.restrict"].isVisible()
    window.close()
    window.jobs.close()
