"""Where everything of a chart stands, at every width and size of text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication

from caseworker_app.domain.charts import Chart
from caseworker_app.ui.charts.plan import Plan, plan_of, small
from tests.support.charts import BESIDE, COLUMNS, EVERY, LINE, STACKED


def font(points: float = 10.0) -> QFont:
    made = QFont()
    made.setPointSizeF(points)
    return made


def planned(chart: Chart, width: float = 540.0, points: float = 10.0) -> Plan:
    return plan_of(chart, width, font(points))


@pytest.mark.parametrize("chart", EVERY, ids=lambda one: one.key)
@pytest.mark.parametrize(("width", "points"), [(280, 10), (540, 10), (540, 15), (1100, 10)])
def test_nothing_stands_outside_the_room_or_is_cut(
    qapp: QApplication, chart: Chart, width: float, points: float
) -> None:
    found = planned(chart, width, points)
    metrics = QFontMetricsF(small(font(points)))
    for one in found.words:
        assert one.box.left() >= 0
        assert one.box.right() <= width + 1, one.text
        assert 0 <= one.box.top() < one.box.bottom() <= found.height + 1
        needs = metrics.boundingRect(one.box.adjusted(0, 0, 0, 500), one.flags, one.text)
        assert needs.height() <= one.box.height() + 1, one.text
    for placed in found.marks:
        assert placed.box.right() <= width + 1
        assert placed.box.bottom() <= found.height + 1


def test_bars_are_as_long_as_their_numbers(qapp: QApplication) -> None:
    found = planned(BESIDE)
    lengths = {(one.series, one.category): one.box.width() for one in found.marks}
    assert lengths[0, 0] / lengths[0, 1] == pytest.approx(7 / 2)
    assert lengths[0, 0] / lengths[1, 0] == pytest.approx(7)
    assert lengths[1, 1] == 0


def test_the_pieces_of_a_stack_follow_each_other(qapp: QApplication) -> None:
    found = planned(STACKED)
    first, second = found.of(0, 1), found.of(1, 1)
    assert first is not None
    assert second is not None
    assert second.box.left() == pytest.approx(first.box.right())
    assert found.of(1, 0) is None  # Nothing to draw, and nothing to click.
    assert [one.text for one in found.words if one.text in ("3", "4")] == ["3", "4"]


def test_points_stand_by_their_share_and_a_month_of_nothing_has_none(qapp: QApplication) -> None:
    found = planned(LINE)
    low, high = found.of(0, 0), found.of(0, 2)
    assert low is not None
    assert high is not None
    assert found.of(0, 1) is None
    assert found.target is not None
    target = found.target[0].y()
    whole, quarter = high.box.center().y(), low.box.center().y()
    assert target - whole == pytest.approx((quarter - whole) * 0.1 / 0.75)
    assert found.legend[-1][1].text == "Target: at least 90%"


def test_a_share_of_which_there_is_no_room_to_say_all_says_the_share(qapp: QApplication) -> None:
    shares = replace(BESIDE, series=(LINE.series[0],), shares=True, categories=LINE.categories)
    for width, said in ((1100.0, "1 of 4 (25%)"), (300.0, "25%")):
        assert said in [one.text for one in planned(shares, width).words]


def test_columns_grow_with_the_room_and_never_below_what_they_need(qapp: QApplication) -> None:
    low, high = planned(COLUMNS), plan_of(COLUMNS, 540.0, font(), 600.0)
    assert low.height == high.height
    one, other = low.of(0, 2), high.of(0, 2)
    assert one is not None
    assert other is not None
    assert other.box.height() > one.box.height()
    assert other.box.bottom() < 600


def test_a_click_finds_the_mark_below_it(qapp: QApplication) -> None:
    for chart in EVERY:
        found = planned(chart)
        for one in found.marks:
            if one.box.width() > 2 and one.box.height() > 2 and chart is not LINE:
                assert found.at(one.box.center()) is one
        assert found.at(QPointF(-50, -50)) is None


def test_a_small_bar_is_found_by_its_words(qapp: QApplication) -> None:
    nought = planned(COLUMNS).of(1, 1)
    assert nought is not None
    assert nought.box.height() == 0
    assert nought.hit.height() >= 10
