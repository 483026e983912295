"""Going through a chart by key and mouse, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caseworker_app.domain.charts import Chart
from caseworker_app.ui.charts.canvas import ChartCanvas
from caseworker_app.ui.charts.card import EVERY as WHOLE_LINE
from caseworker_app.ui.charts.card import ChartCard
from caseworker_app.ui.theme.themes import Themes
from tests.support.charts import BESIDE, COLUMNS, EVERY, LINE, STACKED

KEY = Qt.Key


@pytest.fixture
def themes(qapp: QApplication) -> Themes:
    return Themes(qapp, "light")


def canvas(chart: Chart, themes: Themes, qtbot: QtBot) -> tuple[ChartCanvas, list[tuple[int, int]]]:
    made = ChartCanvas(chart, themes)
    qtbot.addWidget(made)
    opened: list[tuple[int, int]] = []
    made.opened.connect(lambda series, category: opened.append((series, category)))
    made.resize(560, 300)
    made.show()
    made.setFocus()
    made.go(made.plan.marks[0].series, made.plan.marks[0].category)
    return made, opened


@pytest.mark.parametrize(
    ("chart", "keys", "here"),
    [
        (STACKED, [KEY.Key_Down, KEY.Key_Right], (1, 1)),
        (STACKED, [KEY.Key_End], (0, 1)),
        (BESIDE, [KEY.Key_Down], (1, 0)),
        (BESIDE, [KEY.Key_Down, KEY.Key_Down, KEY.Key_Up], (1, 0)),
        (COLUMNS, [KEY.Key_Right, KEY.Key_Up], (1, 1)),
        (COLUMNS, [KEY.Key_End, KEY.Key_Home, KEY.Key_Left], (0, 0)),
        (LINE, [KEY.Key_Right], (0, 2)),
    ],
)
def test_arrows_go_from_mark_to_mark_and_enter_opens(
    themes: Themes, qtbot: QtBot, chart: Chart, keys: list[Qt.Key], here: tuple[int, int]
) -> None:
    made, opened = canvas(chart, themes, qtbot)
    for key in keys:
        qtbot.keyClick(made, key)
    qtbot.keyClick(made, KEY.Key_Return)
    assert opened == [here]
    assert made.accessibleDescription().startswith(chart.spoken(*here))


def test_every_mark_is_reached_by_arrows_alone(themes: Themes, qtbot: QtBot) -> None:
    for chart in EVERY:
        made, _ = canvas(chart, themes, qtbot)
        every = {(one.series, one.category) for one in made.plan.marks}
        first = made.plan.marks[0]
        reached, waiting = set(), [(first.series, first.category)]
        while waiting:
            here = waiting.pop()
            if here in reached:
                continue
            reached.add(here)
            for key in (KEY.Key_Left, KEY.Key_Right, KEY.Key_Up, KEY.Key_Down):
                made.go(*here)
                qtbot.keyClick(made, key)
                now = made.current()
                assert now is not None
                waiting.append((now.series, now.category))
        assert reached == every, chart.key


def test_a_click_opens_what_it_is_on(themes: Themes, qtbot: QtBot) -> None:
    made, opened = canvas(COLUMNS, themes, qtbot)
    one = made.plan.of(1, 2)
    assert one is not None
    at = one.box.center().toPoint() + QPoint(6, 6)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=at)
    assert opened == [(1, 2)]


def test_a_chart_says_what_it_is_and_what_it_shows(themes: Themes, qtbot: QtBot) -> None:
    made = ChartCanvas(BESIDE, themes)
    qtbot.addWidget(made)
    assert made.accessibleName() == "Work by caseworker: chart"
    assert made.accessibleDescription().startswith("Two hold nine.")


def test_a_card_changes_between_chart_and_table_and_back(themes: Themes, qtbot: QtBot) -> None:
    card = ChartCard(STACKED, themes, as_table=False)
    qtbot.addWidget(card)
    opened: list[tuple[int, int]] = []
    card.opened.connect(lambda _, series, category: opened.append((series, category)))
    card.resize(560, 400)
    card.show()
    card.show_as(table=True)
    table = card.table
    assert table is not None
    assert card.canvas is not None
    assert card.canvas.isHidden()
    model = table.rows_model
    assert [column.title for column in model.columns] == [
        "When", "Annual reviews", "Assessments", "Together",
    ]  # fmt: skip
    shown = [[column.text(row) for column in model.columns] for row in model.rows()]
    assert shown == [
        ["Over 12, up to 52 weeks late", "3", "0", "3"],
        ["Due within 1 week", "2", "2", "4"],
    ]
    for column in (1, 2, 0, 3):
        table.setCurrentIndex(model.index(1, column))
        qtbot.keyClick(table, KEY.Key_Return)
    assert opened == [(0, 1), (1, 1), (WHOLE_LINE, 1), (WHOLE_LINE, 1)]
    card.show_as(table=False)
    assert table.isHidden()
    assert card.table is None
    assert not card.canvas.isHidden()


@pytest.mark.parametrize("table", [False, True])
def test_a_card_counted_anew_shows_the_new_numbers_in_its_place(
    themes: Themes, qtbot: QtBot, *, table: bool
) -> None:
    card = ChartCard(STACKED, themes, as_table=table)
    qtbot.addWidget(card)
    before = card.table if table else card.canvas
    more = replace(STACKED, series=STACKED.series[::-1], sentence="Counted anew.")
    renamed = tuple(
        replace(one, name=was.name) for one, was in zip(more.series, STACKED.series, strict=True)
    )
    card.set_chart(replace(more, series=renamed))
    assert (card.table if table else card.canvas) is before
    assert card.sentence.text() == "Counted anew."
    if card.table is not None:
        model = card.table.rows_model
        assert [model.columns[1].text(row) for row in model.rows()] == ["0", "2"]
    card.set_chart(BESIDE)
    assert (card.table is None) is not table
    if card.table is not None:
        assert card.table.rows_model.columns[0].title == "Caseworker"


def test_nothing_of_a_card_is_a_window_of_its_own(themes: Themes, qtbot: QtBot) -> None:
    before = {one for one in QApplication.topLevelWidgets() if one.isVisible()}
    card = ChartCard(BESIDE, themes, as_table=False)
    qtbot.addWidget(card)
    card.show_as(table=True)
    assert {one for one in QApplication.topLevelWidgets() if one.isVisible()} == before


def test_how_it_is_counted_is_told_when_asked(themes: Themes, qtbot: QtBot) -> None:
    card = ChartCard(BESIDE, themes, as_table=False)
    qtbot.addWidget(card)
    card.show()
    assert card.note.isHidden()
    card.how.click()
    assert not card.note.isHidden()
    assert card.note.text() == "Every plan once."
    bare = ChartCard(STACKED, themes, as_table=False)
    qtbot.addWidget(bare)
    assert bare.how.isHidden()
