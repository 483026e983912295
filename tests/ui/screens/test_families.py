"""Families: invitations recorded for several, an answer that opens no case, and what was done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from pytestqt.qtbot import QtBot

from caseworker_app.services.commands import AddRecord, Together
from caseworker_app.ui.dialogs.invite import InviteDialog
from caseworker_app.ui.dialogs.record import RecordDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.families import FamiliesScreen
from tests.support.borough import PATIENCE_MS, Borough, dialog, shown, wait_until_still


def test_families_are_invited_and_what_they_say_is_counted_and_acted_on(
    window: MainWindow, qtbot: QtBot, go: Callable[[str], Any], borough: Borough
) -> None:
    window.jobs.submit(
        AddRecord(
            "invitation",
            {
                "child_id": borough.ids["Patel"],
                "about": "assessment",
                "sent_on": date(2026, 2, 9),
                "way": "letter",
                "token": "AA11",
            },
        )
    )
    fields = {"about": "assessment", "on": date(2026, 11, 1), "rating": "good", "themes": "chasing"}
    answers = [{**fields, "token": "AA11", "known": at == 0} for at in range(2)]
    answers += [fields] * 4
    window.jobs.submit(Together(tuple(AddRecord("feedback", one) for one in answers), "answers"))
    screen: FamiliesScreen = go("families")
    opens = [bool(row.child_id) for row in screen.answers.model.rows()]
    assert sorted(opens) == [False] * 5 + [True]
    for row in screen.answers.model.rows():
        screen.answers.table.select_id(row.id)
        assert ("case.open" in window.offered()) == (row.child_id == borough.ids["Patel"])
    screen.tabs.setCurrentWidget(screen.themes)
    (theme,) = screen.themes.model.rows()
    assert (theme.words, theme.said) == ("chasing", 6)
    window.run_action("entry.new")
    qtbot.waitUntil(lambda: bool(shown(RecordDialog)), timeout=PATIENCE_MS)
    form = dialog(RecordDialog)
    form.fields["done"].setPlainText("We ring a week before each date.")
    form.accept()
    qtbot.waitUntil(lambda: screen.did.model.total == 1, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: screen.themes.model.rows()[0].done is not None, timeout=PATIENCE_MS)
    screen.tabs.setCurrentWidget(screen.due)
    wait_until_still(window, qtbot)
    assert screen.due.model.total == 0  # no plan and no decision of the last six months
    fact = {"child_id": borough.ids["Okafor"], "about": "review", "sent_on": date(2026, 11, 1)}
    window.jobs.submit(AddRecord("invitation", {**fact, "way": "call"}))
    wait_until_still(window, qtbot)
    screen.tabs.setCurrentWidget(screen.asked)
    assert [row.answered for row in screen.asked.model.rows()] == [False, True]
    assert InviteDialog.guide == "Families"
