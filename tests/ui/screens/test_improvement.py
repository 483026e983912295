"""Improvement plan: a ready plan loaded, its measures counted, a note, and who owes what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from caseworker_app.domain.paper import Paper
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.record import RecordDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens import improvement
from caseworker_app.ui.screens.improvement import ImprovementScreen
from tests.support.borough import PATIENCE_MS, dialog, shown, wait_until_still
from tests.support.sessions import done

Ask = Callable[[Callable[[Session], Any]], Any]


def test_a_ready_plan_is_followed_noted_and_reported(
    window: MainWindow,
    qtbot: QtBot,
    go: Callable[[str], Any],
    ask: Ask,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen: ImprovementScreen = go("improvement")
    wait_until_still(window, qtbot)
    assert "improve.report" not in screen.offers()
    window.run_action("improve.load")
    screen.ready.actions()[0].trigger()
    screen.ready.close()
    wait_until_still(window, qtbot)
    assert screen.measures.model.total == 80
    # The measures that it names are counted by themselves.
    assert screen.found.fed
    assert next(row for row in screen.found.rows if row.measure.measure == "W1.4e").figure
    assert screen.owed.model.total

    assert screen.table.select_id(screen.found.rows[0].id)
    # Its action can be changed, and another one begins in its workstream.
    for action, ref in (("improve.action", "1.1"), ("improve.new_action", "")):
        window.run_action(action)
        qtbot.waitUntil(lambda: bool(shown(RecordDialog)), timeout=PATIENCE_MS)
        form: RecordDialog = dialog(RecordDialog)
        texts = form.form.texts()
        assert texts["ref"] == ref
        assert texts["workstream_id"]
        form.reject()
        wait_until_still(window, qtbot)
    window.run_action("improve.note")
    qtbot.waitUntil(lambda: bool(shown(RecordDialog)), timeout=PATIENCE_MS)
    dialog(RecordDialog).reject()
    key = screen.found.rows[0].id
    fields = {"measure_id": key, "on": window.today(), "status": "done", "words": "So it is."}

    def note(session: Session) -> None:
        done(session, do.AddRecord("progress", {**fields, "by": "A. Ford"}))

    ask(note)
    before = screen._results
    window.refresh()
    wait_until_still(window, qtbot)
    # F5 counts the figures anew.
    assert screen.found.fed
    assert screen._results is not before
    assert screen.found.rows[0].words == "Done"
    assert [one.ref for one in screen.notes.model.rows()] == ["1.1a"]
    screen.overdue_alone.setChecked(True)
    assert screen.measures.model.shown < 80

    papers: list[Paper] = []
    monkeypatch.setattr(improvement, "print_paper", lambda _, paper, *__: papers.append(paper))
    screen.tabs.setCurrentWidget(screen.streams)
    window.run_action("improve.report")
    wait_until_still(window, qtbot)
    assert papers[0].title == "Highlight report: Plans and annual reviews"
    assert "1.1a, " in papers[0].words()
    screen.ready.actions()[0].trigger()
    wait_until_still(window, qtbot)
    assert screen.measures.model.total == 80
