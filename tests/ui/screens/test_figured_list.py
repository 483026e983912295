"""What Assessments and Phase transfer share: figures, filters, and what an empty list says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from caseworker_app.domain.consulting import told_by_facts
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.people import Setting
from caseworker_app.domain.phase_transfer import TransferRow, moves, transfer_rows
from caseworker_app.domain.twenty_weeks import TrackRow, track_rows
from caseworker_app.domain.whose import Scope
from caseworker_app.services.commands import RecordFact
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.consult import ConsultDialog
from caseworker_app.ui.dialogs.draft_list import DraftList
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.models.figured import Figured
from caseworker_app.ui.runtime.dialog_keys import press_main
from caseworker_app.ui.screens import assessments_columns, transfers_columns
from caseworker_app.ui.screens.assessments import AssessmentsScreen
from caseworker_app.ui.screens.base import Screen
from tests.support.borough import PATIENCE_MS, Borough, dialog, shown, wait_until_still
from tests.support.clock import child, count, fact
from tests.support.commands import reassign

TODAY = date(2026, 11, 28)


def figures(listed: Figured[Any], rows: list[Any]) -> dict[str, int]:
    return {one.key: sum(map(one.counts, rows)) for one in listed.figures}


def track(*facts: Fact) -> TrackRow:
    of, held = child("2018-01-02"), in_order(facts)
    (row,) = track_rows(of, held, count(*held, of=of), TODAY)
    return row


def move(*facts: Fact) -> TransferRow:
    of, school = child("2015-10-01"), Setting("Ash Primary", "primary", 6)
    held = in_order((fact("plan_sent", "2024-03-01"), *facts))
    dates = moves(count(*held, of=of, setting=school), TODAY)
    (row,) = transfer_rows(of, held, dates, TODAY, asked=told_by_facts(held), setting=school)
    return row


def test_each_figure_counts_a_move_once() -> None:
    rows = [
        move(),
        move(fact("consultation_received", "2026-10-01", setting="A")),
        move(fact("amended_plan_sent", "2026-11-20", setting="A")),
    ]
    found = {"all": 3, "settled": 1, "consulted": 1, "untouched": 1, "late": 0}
    assert figures(transfers_columns.LIST, rows) == found


def test_an_assessment_without_an_open_date_has_no_exception_claimed() -> None:
    late = track(
        fact("request_received", "2026-08-03"),
        fact("assessment_decision_sent", "2026-09-10", outcome="assess"),
        fact("advice_requested", "2026-09-11", source="ep"),
    )
    excused = track(
        fact("request_received", "2026-10-26"),
        fact("exception", "2026-10-28", ground="EXC-C", until="2026-11-20"),
    )
    idle = replace(late, due=None, state="no date open", tone="quiet", advice=())
    found = {"all": 3, "late": 1, "soon": 1, "advice": 1, "again": 0, "excused": 1}
    assert figures(assessments_columns.LIST, [late, excused, idle]) == found


@pytest.fixture
def assessments(
    go: Callable[[str], Any], borough: Borough, ask: Callable[[Callable[[Session], Any]], Any]
) -> AssessmentsScreen:
    """The screen with Silva's assessment, which is late, and Patel's, which is not."""
    patel = borough.ids["Patel"]

    def add(session: Session) -> None:
        seen = session.case(patel).child.version
        session.carry_out(RecordFact(patel, seen, "request_received", date(2026, 11, 2)))

    ask(add)
    found: AssessmentsScreen = go("assessments")
    return found


def test_assessments_are_narrowed_by_a_figure_and_by_who_holds_them(
    assessments: AssessmentsScreen, window: MainWindow, borough: Borough, qtbot: QtBot
) -> None:
    ((_, worker),) = assessments.boxes
    assert assessments.count.text() == "2 assessments"
    assessments.cards._cards["late"].click()
    assert [row.surname for row in assessments.model.rows()] == ["Silva"]
    assert assessments.context().counts == "1 of 2 assessments · late"
    assessments.chips.removed.emit("card")
    assert assessments.model.shown == 2
    window.jobs.submit(reassign([borough.ids["Patel"]], None))
    wait_until_still(window, qtbot)
    worker.setCurrentIndex(worker.findText("Unassigned"))
    assert [row.surname for row in assessments.model.rows()] == ["Patel"]
    assert assessments.cards._cards["late"].accessibleName() == "0 late"
    assessments.cards._cards["late"].click()
    assert assessments.empty.text() == "No assessment fits: take a filter away."
    window.whose.choose(Scope.MINE, assessments.model.all_rows()[0].caseworker_id)
    wait_until_still(window, qtbot)
    assert worker.currentText() == "All"
    assert [row.surname for row in assessments.model.rows()] == ["Silva"]


def test_a_list_that_is_empty_because_all_is_others_says_so(
    assessments: AssessmentsScreen, window: MainWindow, qtbot: QtBot
) -> None:
    window.whose.choose(Scope.UNASSIGNED)
    wait_until_still(window, qtbot)
    assert "Case, Assigned to shows everyone's (2)." in assessments.empty.text()
    assert assessments.said.text() == ""
    assert "record.done" not in window.offered()


@pytest.mark.parametrize(
    "key", ["today", "cases", "reviews", "assessments", "dashboard", "forecast", "families"]
)
def test_whose_cases_are_shown_is_a_filter_that_is_seen_and_taken_away(
    window: MainWindow, go: Callable[[str], Any], qtbot: QtBot, key: str
) -> None:
    screen = go(key)
    if key == "families":
        screen.tabs.setCurrentWidget(screen.due)
    assert _whose_chips(screen) == []
    window.whose.choose(Scope.UNASSIGNED)
    wait_until_still(window, qtbot)
    (chip,) = _whose_chips(screen)
    assert chip.accessibleName() == "Remove the filter: Unassigned"
    chip.click()
    wait_until_still(window, qtbot)
    assert window.whose.now.choice.scope is Scope.EVERYONE
    assert _whose_chips(screen) == []


def _whose_chips(screen: Screen) -> list[QPushButton]:
    chips = screen.findChildren(QPushButton, "chip")
    return [one for one in chips if one.isVisibleTo(screen) and "Unassigned" in one.text()]


def test_every_assessment_selected_is_consulted_about(
    assessments: AssessmentsScreen, window: MainWindow, qtbot: QtBot
) -> None:
    assessments.table.selectAll()
    window.run_action("transfer.consult")
    qtbot.waitUntil(lambda: bool(shown(ConsultDialog)), timeout=PATIENCE_MS)
    box = dialog(ConsultDialog)
    assert {row.surname for row in box._rows} == {"Silva", "Patel"}

    # Left with Esc it stays among the drafts, and goes on about the same two.
    (first, *_) = box._settings
    box.picker.tick(first)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shown(ConsultDialog), timeout=PATIENCE_MS)
    window.run_action("drafts")
    drafts = dialog(DraftList)
    qtbot.waitUntil(lambda: drafts.model.total == 1, timeout=PATIENCE_MS)
    (draft,) = drafts.model.all_rows()
    assert draft.child.endswith(" and 1 more")
    press_main(drafts)
    qtbot.waitUntil(lambda: bool(shown(ConsultDialog)), timeout=PATIENCE_MS)
    box = dialog(ConsultDialog)
    assert {row.surname for row in box._rows} == {"Silva", "Patel"}
    qtbot.waitUntil(box.offer.isVisible, timeout=PATIENCE_MS)
    box.offer.go_on.click()
    assert box.picker.chosen() == (first,)
    press_main(box)
    wait_until_still(window, qtbot)
    assert {len(row.asked) for row in assessments.model.rows()} == {1}
