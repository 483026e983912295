from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from caseworker_app.ui.dialogs.calculator import CalculatorDialog
from caseworker_app.ui.main_window import MainWindow
from tests.support.borough import dialog


@pytest.fixture
def calculator(window: MainWindow, qtbot: QtBot) -> CalculatorDialog:
    window.run_action("tools.calculator")
    shown: CalculatorDialog = dialog(CalculatorDialog)
    shown.kind_box.choose("review_meeting_held")
    shown.on.line.setText("16 Oct 2026")
    qtbot.waitUntil(lambda: date(2026, 11, 13) in days(shown).values(), timeout=20_000)
    return shown


def days(shown: CalculatorDialog) -> dict[str, date]:
    return {row.deadline.rule: row.deadline.due for row in shown.model.rows()}


def test_every_date_that_follows_is_listed(calculator: CalculatorDialog) -> None:
    found = days(calculator)
    assert found["AR-06"] == date(2026, 10, 30)
    assert found["AR-07"] == date(2026, 11, 13)
    assert list(found.values()) == sorted(found.values())
    calculator.close()


def test_each_date_has_its_reason(calculator: CalculatorDialog) -> None:
    for row in calculator.model.rows():
        calculator.table.select_id(row.key)
        assert row.deadline.version.source in calculator.why.toPlainText()
    calculator.close()


def test_dates_go_to_the_clipboard_and_to_paper(calculator: CalculatorDialog) -> None:
    calculator.copy()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Review meeting held, Friday 16 October 2026\n")
    assert "Friday 13 November 2026\t" in text
    assert "Friday 13 November 2026" in calculator.document().toPlainText()
    calculator.close()


def test_what_the_kind_asks_besides_changes_the_dates(
    calculator: CalculatorDialog, qtbot: QtBot
) -> None:
    calculator.kind_box.choose("tribunal_order")
    qtbot.waitUntil(lambda: "AR-07" not in days(calculator), timeout=20_000)
    order = calculator._fields._fields["tribunal_order:order"]
    order.setCurrentIndex(order.findData("change_content"))
    qtbot.waitUntil(lambda: "TRB-05" in days(calculator), timeout=20_000)
    assert days(calculator)["TRB-05"] == date(2026, 11, 20)
    calculator.close()


def test_no_day_gives_no_dates(calculator: CalculatorDialog, qtbot: QtBot) -> None:
    calculator.on.line.setText("some day")
    qtbot.waitUntil(lambda: not calculator.model.total)
    assert not calculator._copy.isEnabled()
    calculator.close()


def test_birth_and_setting_bring_the_phase_transfers(
    calculator: CalculatorDialog, qtbot: QtBot
) -> None:
    calculator.kind_box.choose("plan_sent")
    calculator.born.line.setText("10 Sep 2016")
    # Year 6 in 2027/28: the secondary school by 14 February 2028.
    qtbot.waitUntil(lambda: days(calculator).get("PT-02") == date(2028, 2, 14), timeout=20_000)
    calculator.setting.setCurrentIndex(calculator.setting.findData("all_through"))
    # A school that goes on to Year 13 is left once more, by 30 March 2035.
    qtbot.waitUntil(lambda: days(calculator)["PT-03"] == date(2035, 3, 30), timeout=20_000)
    calculator.close()


def test_another_theme_after_it_was_closed_is_no_trouble(
    calculator: CalculatorDialog, window: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(calculator.destroyed):
        calculator.close()
    window.run_action("theme.dark")
