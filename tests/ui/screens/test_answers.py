"""The Answers screen: a question explained, answered, opened to its cases, and written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from caseworker_app.domain.permissions import Person
from caseworker_app.ui.actions.catalogue import every_action
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.answers import AnswersScreen
from tests.support.borough import Borough, dialog, wait_until_still


@pytest.fixture
def screen(go: Callable[[str], Any]) -> AnswersScreen:
    found: AnswersScreen = go("answers")
    return found


def _ask(screen: AnswersScreen, window: MainWindow, qtbot: QtBot, key: str) -> None:
    assert screen.table.select_id(key)
    screen.ask()
    wait_until_still(window, qtbot)


def test_a_question_is_explained_answered_and_opened_to_its_cases(
    screen: AnswersScreen, window: MainWindow, borough: Borough, qtbot: QtBot
) -> None:
    assert screen.model.total > 20
    assert screen.days() == (date(2021, 1, 1), date(2026, 11, 22))
    assert screen.empty.text().startswith("Enter on a question")
    screen.period.setCurrentIndex(screen.period.findData("year"))
    screen._choose_period()
    _ask(screen, window, qtbot, "plans-now")
    assert screen.method.text().startswith("Plans live on the last day")
    rows = {row.words: row for row in screen.figures.rows()}
    row = rows["Live plans by sex: Not recorded"]
    assert row.team.count == 2
    assert row.public.count is None
    screen.below.select_id(str(row.number))
    behind = screen.cases.model.rows()
    assert len(behind) == 2
    screen.cases.table.opened.emit(behind[0])
    wait_until_still(window, qtbot)
    page = window.page()
    assert page is not None
    assert page.context().child_ids == (behind[0].case.id,)


def test_the_page_is_written_and_a_change_makes_the_draft_old(
    screen: AnswersScreen, window: MainWindow, borough: Borough, qtbot: QtBot, tmp_path: Path
) -> None:
    _ask(screen, window, qtbot, "review-decisions")
    assert "a draft until it is written" in screen.said.text()
    target = tmp_path / "answer.xlsx"
    window.run_action("export")
    dialog(QFileDialog).fileSelected.emit(str(target))
    wait_until_still(window, qtbot)
    assert load_workbook(target).sheetnames[-1] == "Method"
    assert window.bar.words.text().startswith("Wrote answer.xlsx; what it published")
    screen.table.select_id("appeals")
    assert screen.figures.total == 0


def test_whoever_may_not_send_answers_is_not_offered_it() -> None:
    export = next(one for one in every_action() if one.id == "export")
    assert export.asks is not None
    assert export.asks.let(Person("D.", frozenset({"data"})), "returns")
    assert not export.asks.let(Person("S.", frozenset({"senior"})), "returns")
