"""Disputes: one begun from what the clock knows, and its place on the case page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from pytestqt.qtbot import QtBot

from caseworker_app.services.commands import AddRecord, RecordFact, Together
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.record import RecordDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.case import CaseScreen
from caseworker_app.ui.screens.disputes import DisputesScreen
from tests.support.borough import PATIENCE_MS, Borough, dialog, shown, wait_until_still

Ask = Callable[[Callable[[Session], Any]], Any]


def test_an_appeal_becomes_a_dispute_and_stands_on_the_case(
    window: MainWindow, qtbot: QtBot, go: Callable[[str], Any], borough: Borough, ask: Ask
) -> None:
    child_id = borough.ids["Patel"]
    seen = ask(lambda session: session.case(child_id).child.version)
    fact = RecordFact(child_id, seen, "appeal_registered", date(2026, 3, 2), {})
    window.jobs.submit(fact)
    asked = {"child_id": child_id, "about": "assessment", "sent_on": date(2026, 2, 9)}
    answer = {"about": "assessment", "on": date(2026, 2, 20), "token": "C1", "known": True}
    window.jobs.submit(
        Together(
            (
                AddRecord("invitation", {**asked, "way": "letter", "token": "C1"}),
                AddRecord("feedback", answer),
                AddRecord("feedback", {**answer, "known": False}),
            ),
            "what they said",
        )
    )
    screen: DisputesScreen = go("disputes")
    (row,) = screen.model.rows()
    assert row.state == "not recorded"
    window.run_action("entry.new")
    qtbot.waitUntil(lambda: bool(shown(RecordDialog)), timeout=PATIENCE_MS)
    form = dialog(RecordDialog)
    form.fields["about"].setCurrentIndex(form.fields["about"].findText("Content of the plan"))
    form.accept()
    qtbot.waitUntil(lambda: screen.model.rows()[0].record is not None, timeout=PATIENCE_MS)
    assert screen.model.total == 1
    window.open_case(child_id)
    wait_until_still(window, qtbot)
    case = window.page()
    assert isinstance(case, CaseScreen)
    case.tabs.setCurrentWidget(case.family)
    # Of the two answers the one that the family keeps from the case is not here.
    assert [line.kind.name for line in case.family.model.rows()] == [
        *("dispute", "feedback", "invitation"),
    ]
