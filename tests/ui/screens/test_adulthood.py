"""Adulthood: what shouts, the year chosen, forms from the row, and the case page's place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from caseworker_app.services import commands as do
from caseworker_app.services.cases import adulthood
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.record import RecordDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.adulthood import AdulthoodScreen
from caseworker_app.ui.screens.case import CaseScreen
from tests.support.borough import (
    PATIENCE_MS,
    Borough,
    dialog,
    seen_unread,
    shown,
    wait_until_still,
)

Ask = Callable[[Callable[[Session], Any]], Any]


def test_a_year_9_review_is_told_of_from_the_list_and_stands_on_the_case(
    window: MainWindow,
    qtbot: QtBot,
    go: Callable[[str], Any],
    borough: Borough,
    ask: Ask,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    child_id = borough.ids["Okafor"]
    seen = ask(lambda session: session.case(child_id).child.version)
    # In Year 9, with a review of October that nobody has said anything of.
    window.jobs.submit(do.ChangeChild(child_id, seen, {"born": date(2013, 3, 3)}))
    wait_until_still(window, qtbot)
    screen: AdulthoodScreen = go("adulthood")
    (row,) = screen.model.rows()
    assert (row.areas.words, row.areas.tone) == ("Year 9: not recorded", "shout")
    assert "nothing recorded of the four areas" in screen.said.text()
    window.run_action("growing.areas")
    qtbot.waitUntil(lambda: bool(shown(RecordDialog)), timeout=PATIENCE_MS)
    form = dialog(RecordDialog)
    for name in ("employment", "living", "community", "health"):
        form.fields[name].setCurrentIndex(form.fields[name].findText("Yes"))
    form.accept()
    qtbot.waitUntil(lambda: screen.model.rows()[0].areas.words == "all four", timeout=PATIENCE_MS)
    # Every year of a large council is read a year at a time, and leaves when it is whole.
    with monkeypatch.context() as large:
        large.setattr(adulthood, "AT_ONCE", 0)
        said = seen_unread(window, screen)
        for year in ("9", ""):
            screen.years.setCurrentIndex(screen.years.findData(year))
            screen.years.activated.emit(0)
            wait_until_still(window, qtbot)
        qtbot.waitUntil(lambda: bool(said) and not screen.unread, timeout=PATIENCE_MS)
        assert said[0] == "1 young person so far"
        assert said[1].startswith("The later year groups are still being read")
    assert (screen.unread, screen.count.text()) == ("", "1 young person")
    screen.years.setCurrentIndex(screen.years.findData("10"))
    screen.years.activated.emit(0)
    wait_until_still(window, qtbot)
    assert screen.model.total == 0
    window.open_case(child_id)
    wait_until_still(window, qtbot)
    case = window.page()
    assert isinstance(case, CaseScreen)
    case.tabs.setCurrentWidget(case.growing)
    (line,) = case.growing.model.rows()
    assert line.on == date(2026, 10, 16)
    assert case.growing.steps.total > 0
    window.run_action("entry.remove")
    wait_until_still(window, qtbot)
    assert "growing.pathway" in window.offered()
