"""A window follows what is done in another, and nothing moves under the person's hands."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from caseworker_app import bootstrap
from caseworker_app.domain.outcome import Failed
from caseworker_app.services.commands import ChangeChild, SetCouncil
from caseworker_app.services.session import Session
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.cases import CasesScreen
from tests.support.borough import PASSPHRASE, PATIENCE_MS, TODAY, Borough, wait_until_still
from tests.support.sessions import done


@pytest.fixture
def other(borough: Borough) -> Session:
    return bootstrap.open_session(borough.where, passphrase=PASSPHRASE, today=TODAY)


def test_another_windows_change_comes_and_the_row_one_is_in_stays(
    window: MainWindow, other: Session, qtbot: QtBot
) -> None:
    screen = window.show_screen("cases")
    assert isinstance(screen, CasesScreen)
    wait_until_still(window, qtbot)
    window.following.look()
    wait_until_still(window, qtbot)
    model = screen.table.rows_model
    first, last = model.id_at(0), model.id_at(model.rowCount() - 1)
    screen.table.select_id(last)
    before = [model.id_at(line) for line in range(model.rowCount())]
    seen = other.case(first).child
    done(other, ChangeChild(first, seen.version, {"surname": "Zzz-last"}))
    window.following.look()
    qtbot.waitUntil(lambda: "Zzz-last" in str(model.row_at(0)), timeout=PATIENCE_MS)
    assert [model.id_at(line) for line in range(model.rowCount())] == before
    assert screen.table.current_row() is not None
    other.close()


def test_much_at_once_waits_for_the_person(
    window: MainWindow, other: Session, qtbot: QtBot
) -> None:
    window.following.look()
    wait_until_still(window, qtbot)
    done(other, SetCouncil("Elsewhere"))
    window.following.look()
    qtbot.waitUntil(lambda: "Press F5 to see it" in window.bar.words.text(), timeout=PATIENCE_MS)
    other.close()


def test_a_store_out_of_reach_is_told_once_and_so_is_its_coming_back(window: MainWindow) -> None:
    told: list[str] = []
    window.following.lost.connect(told.append)
    gone = Failed("unavailable", "The database cannot be reached.")
    for _ in range(3):
        window.following._failed(gone)
    assert len(told) == 1
    assert "tries again" in window.bar.words.text()
    window.following._came(None)
    assert window.bar.words.text() == "Connected again."
