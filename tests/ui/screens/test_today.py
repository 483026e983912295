from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from caseworker_app.domain.alert_row import AlertRow
from caseworker_app.domain.folding import fold
from caseworker_app.domain.today import LATE, Section, is_done, section_of
from caseworker_app.domain.whose import Scope
from caseworker_app.services.commands import AddRecord, ChangeRecord, Command
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.record_fact import RecordFactDialog
from caseworker_app.ui.dialogs.snooze import SnoozeDialog
from caseworker_app.ui.dialogs.this_is_me import ThisIsMeDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.models import alert_columns as alerts
from caseworker_app.ui.runtime.preferences import TODAY_FOLDED, TODAY_GROUP, WHOSE
from caseworker_app.ui.runtime.whose import WhoseCases
from caseworker_app.ui.screens.today import TodayScreen
from tests.support.borough import PATIENCE_MS, TODAY, Borough, dialog, wait_until_still
from tests.support.window import activate, named

Ask = Callable[[Callable[[Session], Any]], Any]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def today(window: MainWindow, qtbot: QtBot, go: Callable[[str], Any]) -> TodayScreen:
    activate(window, qtbot)
    return go("today")


@pytest.fixture
def all_dates(window: MainWindow, today: TodayScreen, qtbot: QtBot) -> TodayScreen:
    today.window_length.setCurrentIndex(today.window_length.findData(""))
    wait_until_still(window, qtbot)
    return today


def done(window: MainWindow, qtbot: QtBot, command: Command) -> None:
    window.jobs.submit(command)
    wait_until_still(window, qtbot)


def child_rules(today: TodayScreen, child_id: str) -> set[str]:
    return {row.rule for row in today.model.rows() if row.child_id == child_id}


def card(today: TodayScreen, words: str) -> QPushButton:
    found = [one for one in today.cards.findChildren(QPushButton) if words in one.accessibleName()]
    assert len(found) == 1
    return found[0]


def test_it_opens_with_what_the_desk_says_and_the_keyboard_in_the_list(
    window: MainWindow, today: TodayScreen, ask: Ask
) -> None:
    rows = ask(lambda session: fold(session.weigh(session.alerts(28))))
    open_now = [row for row in today.model.all_rows() if not is_done(row)]
    assert sorted(open_now, key=str) == sorted(rows, key=str)
    late = [row for row in rows if section_of(row) in LATE]
    assert card(today, "overdue").accessibleName() == f"{len(late)} overdue"
    assert isinstance(today.table.current_row(), AlertRow)
    assert today.table.hasFocus()
    assert window.counts.text() == f"{len(rows)} lines"


def test_enter_opens_the_case(window: MainWindow, today: TodayScreen, qtbot: QtBot) -> None:
    row = today.table.current_row()
    assert isinstance(row, AlertRow)
    qtbot.keyClick(today.table, Qt.Key.Key_Return)
    wait_until_still(window, qtbot)
    case = window.page()
    assert case is not None
    assert case.key == "case"
    assert case.context().child_ids == (row.child_id,)
    window.run_action("case.back")
    assert window.page() is today


def test_recording_what_meets_a_date_takes_it_off_the_list_and_undo_brings_it_back(
    window: MainWindow, today: TodayScreen, borough: Borough, qtbot: QtBot, ask: Ask
) -> None:
    grace = borough.ids["Okafor"]
    before = child_rules(today, grace)
    assert "AR-07" in before
    wanted = next(row for row in today.model.rows() if (row.child_id, row.rule) == (grace, "AR-07"))
    today.table.select_id(f"{grace}/AR-07/{wanted.episode}")
    window.run_action("record.done")
    wait_until_still(window, qtbot)
    form = dialog(RecordFactDialog)
    assert form.kind_box.kind == "review_decision_sent"
    form.on.line.setText("20 nov")
    outcome = named(form, QComboBox, "Outcome")
    outcome.setCurrentIndex(outcome.findData("maintain"))
    form.accept()
    qtbot.waitUntil(lambda: "AR-07" not in child_rules(today, grace))
    assert "Undo" in window.binder.actions["undo"].text()
    assert window.bar.isVisible()
    assert window.saved.text().startswith("Saved ")
    facts = ask(lambda session: session.case(grace)).facts
    assert (facts[-1].kind, facts[-1].on) == ("review_decision_sent", date(2026, 11, 20))
    wait_until_still(window, qtbot)
    qtbot.waitUntil(window.binder.actions["undo"].isEnabled)
    window.run_action("undo")
    qtbot.waitUntil(lambda: child_rules(today, grace) == before)


def test_a_figure_shows_its_own_rows_and_its_chip_takes_the_filter_away(
    window: MainWindow, all_dates: TodayScreen, qtbot: QtBot
) -> None:
    today = all_dates
    total = today.model.shown
    qtbot.mouseClick(card(today, "overdue"), Qt.MouseButton.LeftButton)
    late = sum(section_of(row) in LATE for row in today.model.all_rows())
    assert 0 < today.model.shown == late < total
    assert today.chips.words() == ["Overdue"]
    assert "Overdue" in window.counts.text()
    chip = today.chips.findChild(QPushButton)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert today.model.shown == total
    assert today.chips.words() == []


def test_this_is_me_shows_and_counts_my_cases_everywhere_and_is_remembered(
    window: MainWindow, today: TodayScreen, qtbot: QtBot, ask: Ask, go: Callable[[str], Any]
) -> None:
    (haque,) = ask(lambda session: session.caseworkers())
    done(window, qtbot, AddRecord("caseworker", {"name": "A. Ali"}))
    window.run_action("whose.mine")
    wait_until_still(window, qtbot)
    form = dialog(ThisIsMeDialog)
    assert "kept on this computer" in form.findChild(QLabel).text()
    form.who.setCurrentText("A. Ali")
    form.accept()
    wait_until_still(window, qtbot)
    assert window.side.whose.accessibleName() == "Cases shown: A. Ali"
    assert (today.model.total, today.urgent(), today.heading.text()) == (0, 0, "Today")
    assert "Case, Assigned to shows everyone's" in today.empty.text()
    window.run_action("whose.everyone")
    wait_until_still(window, qtbot)
    assert today.model.total == len(today.model.all_rows()) > 0
    window.whose.choose(Scope.MINE, haque.id)
    wait_until_still(window, qtbot)
    assert today.heading.text() == f"Today · {today.urgent()}"
    cases, reviews = go("cases"), go("reviews")
    for scope, me in ((Scope.MINE, None), (Scope.UNASSIGNED, None), (Scope.EVERYONE, None)):
        window.whose.choose(scope, me)
        qtbot.waitUntil(lambda scope=scope: window.whose.now.choice.scope is scope)
        qtbot.waitUntil(lambda: window.side.count("cases") == str(cases.model.total))
        late = [row for row in reviews.model.counted_rows() if row.tone in ("late", "soon")]
        assert window.side.count("reviews") == str(len(late))
        assert window.side.count("today") == str(today.urgent() or "")
        children = {row.child_id for row in today.model.counted_rows()}
        assert children <= {row.id for row in cases.model.counted_rows()}
    window.whose.choose(Scope.MINE)
    wait_until_still(window, qtbot)
    assert "Haque" not in window.preferences.get(WHOSE)
    again = WhoseCases(window.jobs, window.hub, window.preferences, window)
    again.opened(window.keeper.where)
    again.ask()
    wait_until_still(window, qtbot)
    assert again.now == window.whose.now


def test_the_kept_group_and_fold_come_back(
    window: MainWindow, all_dates: TodayScreen, qtbot: QtBot
) -> None:
    today = all_dates
    assert Section.RIGHTS in today.model.folded
    today.table.go_first()
    today.table.fold_here()
    assert "rights" in window.preferences.get(TODAY_FOLDED)
    folded = today.model.folded
    qtbot.keyClick(today.table, Qt.Key.Key_Return)
    assert today.model.folded == folded - {min(folded)}
    today.grouped_by.setCurrentIndex(1)
    assert window.preferences.get(TODAY_GROUP) == "caseworker"
    assert today.model.titles[0] == "R. Haque"
    again = TodayScreen(window)
    again.receive(today.model.all_rows())
    assert again.model.titles == today.model.titles


def test_a_manager_sees_the_lines_by_team(
    window: MainWindow, today: TodayScreen, ask: Callable[[Callable[[Session], Any]], Any]
) -> None:
    def team(session: Session) -> None:
        north = session.carry_out(AddRecord("team", {"name": "North"})).rows_of("team")[0].id
        haque = next(one for one in session.caseworkers() if one.name == "R. Haque")
        session.carry_out(ChangeRecord("caseworker", haque.id, haque.version, {"team_id": north}))

    ask(team)
    today.grouped_by.setCurrentIndex(today.grouped_by.findData("team"))
    ask(lambda _: True)
    assert today.model.titles[0] == "North"
    assert window.preferences.get(TODAY_GROUP) == "team"


def test_typing_filters_and_down_goes_to_the_list(
    window: MainWindow, today: TodayScreen, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    qtbot.waitUntil(today.search.hasFocus)
    qtbot.keyClicks(today.search, "okafor")
    assert {row.surname for row in today.model.rows()} == {"Okafor"}
    qtbot.keyClick(today.search, Qt.Key.Key_Down)
    assert today.table.hasFocus()
    assert isinstance(today.table.current_row(), AlertRow)
    today.search.setFocus()
    qtbot.keyClicks(today.search, " nobody at all")
    assert not today.model.shown
    assert today.empty.text().startswith("No date fits these filters.")
    qtbot.keyClick(today.search, Qt.Key.Key_Escape)
    assert today.model.shown == today.model.total


def test_up_and_down_pass_over_the_headings(all_dates: TodayScreen, qtbot: QtBot) -> None:
    today, table = all_dates, all_dates.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Home, CTRL)
    seen = [table.current_row()]
    for _ in range(today.model.rowCount()):
        qtbot.keyClick(table, Qt.Key.Key_Down)
        if table.current_row() != seen[-1]:
            seen.append(table.current_row())
    # A folded section's heading is gone to, as Enter opens it there.
    assert [row for row in seen if row is not None] == today.model.rows()
    assert len(today.model.heading_lines()) > 1


def test_another_length_reads_anew(all_dates: TodayScreen, ask: Ask) -> None:
    today = all_dates
    open_now = [row for row in today.model.all_rows() if not is_done(row)]
    assert len(open_now) == len(ask(lambda session: fold(session.alerts())))
    assert any(row.days > 28 for row in today.model.all_rows())


def test_what_goes_up_to_a_manager_is_counted_and_shown_alone(today: TodayScreen) -> None:
    wanted = [row for row in today.model.all_rows() if alerts.is_escalated(row)]
    assert wanted
    today.cards._cards["escalate"].click()
    assert sorted(today.model.rows(), key=str) == sorted(wanted, key=str)
    assert all(alerts.why(row).count("escalate: ") == 1 for row in wanted)
    today.cards._cards["escalate"].click()


def test_a_date_that_passes_by_itself_has_nothing_to_record(
    all_dates: TodayScreen, window: MainWindow
) -> None:
    today = all_dates
    today.model.fold(Section.RIGHTS, on=False)
    by_rule = {row.rule: row for row in today.model.rows()}
    passing, decision = by_rule["AGE-02"], by_rule["AR-07"]
    assert today.table.select_id(f"{passing.child_id}/AGE-02/{passing.episode}")
    assert not today.done_button.isEnabled()
    assert "passes by itself" in today.done_button.toolTip()
    assert not window.binder.actions["record.done"].isEnabled()
    assert today.table.select_id(f"{decision.child_id}/AR-07/{decision.episode}")
    assert today.done_button.isEnabled()
    assert window.binder.actions["record.done"].isEnabled()


def test_a_line_is_put_off_with_a_reason_and_comes_back_by_one_key(
    window: MainWindow, today: TodayScreen, borough: Borough, qtbot: QtBot
) -> None:
    late = next(row for row in today.model.rows() if section_of(row) is Section.UNDECIDED)
    today.table.select_id(alerts.identity(late))
    before = today.urgent()
    window.run_action("record.snooze")
    form = dialog(SnoozeDialog)
    qtbot.waitUntil(lambda: "born" in form.top.text(), timeout=PATIENCE_MS)
    assert late.reference in form.top.text()
    form.accept()
    assert form.isVisible(), "a snooze says why"
    form.why.setText("the panel sits on Tuesday")
    form.accept()
    qtbot.waitUntil(lambda: today.model.size(Section.SNOOZED) == 1, timeout=PATIENCE_MS)
    assert today.urgent() == before - 1
    today.model.fold(Section.SNOOZED, on=False)
    today.table.select_id(alerts.identity(late))
    assert "until 29 Nov 2026: the panel sits" in alerts.why(today.table.current_row())
    window.run_action("record.wake")
    qtbot.waitUntil(lambda: today.urgent() == before, timeout=PATIENCE_MS)


def test_done_today_records_at_once_and_asks_where_there_is_an_answer(
    window: MainWindow, today: TodayScreen, borough: Borough, qtbot: QtBot, ask: Ask
) -> None:
    grace = borough.ids["Okafor"]
    fields = {"child_id": grace, "to_whom": "Ms O.", "what": "ring back", "by_when": TODAY}
    done(window, qtbot, AddRecord("promise", fields))
    (line,) = (row for row in today.model.rows() if row.record)
    today.table.select_id(line.record)
    window.run_action("record.today")
    qtbot.waitUntil(lambda: not [row for row in today.model.rows() if row.record])
    kept = next(row for row in today.model.all_rows() if row.record == f"done/{line.record}")
    assert (kept.what, alerts.why(kept)[:8]) == ("Promise kept: ring back", "recorded")
    assert Section.DONE in today.model.folded
    report = next(row for row in today.model.all_rows() if row.rule == "AR-06")
    today.table.select_id(alerts.identity(report))
    window.run_action("record.today")
    qtbot.waitUntil(lambda: "AR-06" not in child_rules(today, grace), timeout=PATIENCE_MS)
    last = ask(lambda session: session.case(grace)).facts[-1]
    assert (last.kind, last.on) == ("review_report_received", TODAY)
    decision = next(row for row in today.model.all_rows() if row.rule == "AR-07")
    today.table.select_id(alerts.identity(decision))
    window.run_action("record.today")
    wait_until_still(window, qtbot)
    assert dialog(RecordFactDialog).kind_box.kind == "review_decision_sent"
