from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from caseworker_app.domain.kinds import kind_named
from caseworker_app.ui.dialogs.bring_in import BringInDialog, bring_in_published
from caseworker_app.ui.dialogs.department_files import DepartmentFilesDialog
from caseworker_app.ui.dialogs.record import RecordDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.returns import ReturnsScreen
from caseworker_app.ui.screens.returns_period import PERIODS
from tests.domain.department.test_as_published import timeliness
from tests.services.imports.test_published_file import saved
from tests.support.borough import PATIENCE_MS, Borough, dialog, shown, wait_until_still


@pytest.fixture
def returns(go: Callable[[str], Any], qtbot: QtBot) -> ReturnsScreen:
    screen: ReturnsScreen = go("returns")
    qtbot.waitUntil(lambda: screen.measures.model.total > 0, timeout=PATIENCE_MS)
    return screen


def measure(screen: ReturnsScreen, ref: str) -> Any:
    return next(row for row in screen.measures.model.rows() if row.ref == ref)


def type_council(screen: ReturnsScreen, name: str) -> None:
    screen.council.selectAll()
    QTest.keyClicks(screen.council, name)


def test_the_figures_of_this_term_are_counted_at_once(returns: ReturnsScreen) -> None:
    asked = returns.asked()
    assert asked is not None
    assert (asked.since, asked.until) == (date(2026, 9, 1), date(2026, 11, 22))
    late = measure(returns, "W1.4g")
    assert (late.numerator, late.denominator) == (0, 1)
    assert returns.said.text().startswith("2 live plans on 22 Nov 2026")


def test_a_measure_shows_its_definition_and_opens_its_cases(
    returns: ReturnsScreen, window: MainWindow, borough: Borough, qtbot: QtBot
) -> None:
    returns.measures.table.select_id("W1.4g")
    assert returns.measures.definition.text() == measure(returns, "W1.4g").definition
    behind = returns.measures.cases.model.rows()
    assert [(row.case.surname, row.thing.counts) for row in behind] == [("Okafor", False)]
    returns.measures.cases.table.opened.emit(behind[0])
    wait_until_still(window, qtbot)
    page = window.page()
    assert page is not None
    assert page.context().child_ids == (borough.ids["Okafor"],)


def test_many_cases_come_a_moment_later_and_those_of_the_figure_chosen_last_stay(
    returns: ReturnsScreen, window: MainWindow, qtbot: QtBot
) -> None:
    view = returns.measures.cases
    one = measure(returns, "W1.4g").things[0]
    view.show_things((one,) * 1500 + (replace(one, counts=True, why="met"),))
    assert (view.model.total, view.heading.text()) == (0, "Cases")
    view.table.setFocus()
    wait_until_still(window, qtbot)
    assert view.heading.text() == "Cases: 1 counted, 1,500 not"
    assert [row.thing.counts for row in view.model.rows()][-2:] == [False, True]
    assert view.table.current_row() == view.model.row_at(0)

    view.show_things((one,) * 1001)
    view.show_things((one,))
    wait_until_still(window, qtbot)
    assert view.model.total == 1


def test_a_line_of_a_table_opens_its_cases(returns: ReturnsScreen) -> None:
    view = returns.tables
    view.table.select_id("primary_need")
    assert {line.key: line.count for line in view.lines.rows()}["SLCN"] == 2
    view.lines_table.select_id("SLCN")
    assert {row.case.surname for row in view.cases.model.rows()} == {"Okafor", "Patel"}


def test_other_dates_count_anew(returns: ReturnsScreen, qtbot: QtBot) -> None:
    returns._fields["from"].line.setText("1/11/2026")
    returns.refresh()
    qtbot.waitUntil(lambda: "1 Nov 2026 to" in returns.said.text(), timeout=PATIENCE_MS)
    assert measure(returns, "W1.4g").denominator == 0


def test_a_bad_period_is_told_and_nothing_is_counted(returns: ReturnsScreen) -> None:
    returns._fields["to"].line.setText("31/02")
    assert returns.asked() is None
    assert returns.said.text() == "Until: February has 28 days, or 29 in a leap year."
    returns._fields["to"].line.setText("1/1/2026")
    assert returns.asked() is None
    assert returns.said.text() == "The period ends before it starts."


def test_the_workbook_is_written_and_can_be_read(
    returns: ReturnsScreen, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    type_council(returns, "Example Borough")
    target = tmp_path / "board é.xlsx"
    window.run_action("export")
    save = dialog(QFileDialog)
    save.fileSelected.emit(str(target))
    save.reject()
    qtbot.waitUntil(lambda: "Saved" in window.bar.words.text(), timeout=PATIENCE_MS)
    box = dialog(QMessageBox)
    assert box.text() == "Saved board é.xlsx."
    box.reject()
    book = load_workbook(target)
    texts = {
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value
    }
    assert "Example Borough" in texts
    assert any("W1.4g" in text for text in texts)


def test_the_councils_own_workbook_is_filled_and_what_was_left_is_told(
    returns: ReturnsScreen, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    book, own, target = Workbook(), tmp_path / "ours.xlsx", tmp_path / "filled.xlsx"
    for name, cell in (("return_live", "$A$1"), ("measure_X9", "$A$2")):
        book.defined_names[name] = DefinedName(name, attr_text=f"Sheet!{cell}")
    book.save(own)
    window.run_action("returns.template")
    ask = dialog(QFileDialog)
    ask.fileSelected.emit(str(own))
    ask.reject()
    save = dialog(QFileDialog)
    save.fileSelected.emit(str(target))
    save.reject()
    qtbot.waitUntil(lambda: "Saved" in window.bar.words.text(), timeout=PATIENCE_MS)
    box = dialog(QMessageBox)
    assert "measure_X9 was left as it was" in box.informativeText()
    box.reject()
    filled = load_workbook(target)["Sheet"]["A1"].value
    assert filled in ("hidden", 0) or filled >= 5


def test_figures_older_than_a_change_say_so(
    returns: ReturnsScreen, window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "undo" in window.offered(), timeout=PATIENCE_MS)
    window.run_action("undo")
    qtbot.waitUntil(lambda: returns.said.text().startswith("Changed since"), timeout=PATIENCE_MS)
    window.run_action("refresh")
    qtbot.waitUntil(lambda: "live plans" in returns.said.text(), timeout=PATIENCE_MS)


def test_the_councils_name_is_kept_in_the_store_and_shown_again(
    returns: ReturnsScreen, window: MainWindow, qtbot: QtBot
) -> None:
    assert returns.council.text() == ""
    type_council(returns, "Example Borough")
    returns.refresh()
    qtbot.waitUntil(lambda: not returns.council.isModified(), timeout=PATIENCE_MS)
    kept: list[str] = []
    window.jobs.ask(lambda session: session.council(), kept.append)
    qtbot.waitUntil(lambda: bool(kept), timeout=PATIENCE_MS)
    assert kept == ["Example Borough"]
    assert returns.council.text() == "Example Borough"


def test_a_period_that_is_over_is_seen_on_its_last_day(returns: ReturnsScreen) -> None:
    over = next(
        key
        for key, (_, days) in PERIODS.items()
        if days(date(2026, 11, 22))[1] < date(2026, 11, 22)
    )
    returns.period.setCurrentIndex(returns.period.findData(over))
    returns._choose_period()
    asked = returns.asked()
    assert asked is not None
    assert asked.as_at == asked.until < date(2026, 11, 22)


def test_the_backlog_date_of_the_council_stands_before_the_first_day_of_the_period(
    returns: ReturnsScreen, window: MainWindow, qtbot: QtBot
) -> None:
    assert "the first day of the period" in measure(returns, "I2.2").note
    for day in (date(2026, 3, 31), date(2026, 4, 30)):
        window.run_action("returns.backlog")
        qtbot.waitUntil(lambda: bool(shown(RecordDialog)), timeout=PATIENCE_MS)
        form: RecordDialog = dialog(RecordDialog)
        form.fields["on"].set_value(day)
        form.fields["decided_by"].setText("SEND Board, May 2026")
        form.accept()
        qtbot.waitUntil(lambda: not shown(RecordDialog), timeout=PATIENCE_MS)
        returns.refresh()
        words = f"Backlog date: {day.day} {day:%b %Y}."
        qtbot.waitUntil(
            lambda words=words: words in measure(returns, "I2.2").note, timeout=PATIENCE_MS
        )


def test_england_stands_beside_the_measures_that_have_a_twin(
    returns: ReturnsScreen, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    returns.tabs.setCurrentIndex(2)
    assert returns.beside.empty.text().startswith("Nothing is published")
    path = saved(tmp_path / "timeliness_20_week.csv", timeliness())
    bring_in_published(window, kind_named("published_figure"), (path,), window)
    qtbot.waitUntil(lambda: bool(shown(BringInDialog)), timeout=PATIENCE_MS)
    asking = dialog(BringInDialog)
    assert "timeliness_20_week.csv: 9 rows read" in asking.said.text()
    asking.go.click()
    wait_until_still(window, qtbot)
    returns.refresh()
    wait_until_still(window, qtbot)
    assert {row.one.ref for row in returns.beside.model.rows()} >= {"S2.1a", "S2.1a-all"}
    returns.beside.table.select_id("S2.1a")
    table = returns.beside.area_table()
    assert table is not None
    model = table.model()
    cells = [
        [model.index(line, column).data() for column in range(model.columnCount())]
        for line in range(model.rowCount())
    ]
    assert cells[0][:2] == ["England", "58.7%"]
    assert "not available" in {cell for line in cells for cell in line}
    assert "overturned" in returns.beside.differs.text()
    returns.measures.table.select_id("S2.1a")
    assert "England 45.9% in 2024" in returns.measures.note.text()


def test_the_files_in_the_departments_shape_are_written(
    returns: ReturnsScreen, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    returns.write_department()
    asking = dialog(DepartmentFilesDialog)
    assert asking.suppress.isChecked()
    asking.write(tmp_path / "files.xlsx")
    wait_until_still(window, qtbot)
    assert "caseload" in load_workbook(tmp_path / "files.xlsx").sheetnames
    asking = DepartmentFilesDialog(window, window)
    asking.write(tmp_path / "files")
    wait_until_still(window, qtbot)
    assert (tmp_path / "files" / "requests.csv").is_file()
