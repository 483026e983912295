"""Charts painted: each mark is there, in every theme, and told apart without its colour."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from caseworker_app.domain.charts import Chart
from caseworker_app.ui.charts.drawn import paint, picture_of
from caseworker_app.ui.charts.plan import Placed, Plan, plan_of
from caseworker_app.ui.theme import tokens
from tests.support.charts import BESIDE, COLUMNS, EVERY, STACKED


def painted(chart: Chart, theme: str, strong: Placed | None = None) -> tuple[QImage, Plan]:
    colours = tokens.load(theme)
    font = QFont()
    font.setPointSizeF(10.0)
    plan = plan_of(chart, 540.0, font)
    image = QImage(540, int(plan.height) + 2, QImage.Format.Format_RGB32)
    image.fill(QColor(colours["panel"]))
    painter = QPainter(image)
    paint(painter, chart, plan, lambda token: QColor(colours[token]), font, strong)
    painter.end()
    return image, plan


def inside(image: QImage, one: Placed) -> set[str]:
    """The colours in the middle of a mark."""
    box = one.box.adjusted(2, 2, -2, -2).toRect()
    return {
        image.pixelColor(x, y).name()
        for x in range(box.left(), box.right())
        for y in range(box.top(), box.bottom())
    }


@pytest.mark.parametrize("theme", tokens.NAMES)
@pytest.mark.parametrize("chart", [STACKED, BESIDE, COLUMNS], ids=lambda one: one.key)
def test_the_first_series_is_filled_and_each_further_one_has_a_pattern(
    qapp: QApplication, chart: Chart, theme: str
) -> None:
    image, plan = painted(chart, theme)
    for one in plan.marks:
        if one.box.width() > 12 and one.box.height() > 8:
            found = inside(image, one)
            assert (len(found) == 1) is (one.series == 0), (chart.key, one.series)


@pytest.mark.parametrize("theme", tokens.NAMES)
def test_every_tone_stands_out_from_its_ground(theme: str) -> None:
    colours = tokens.load(theme)
    for tone in ("accent", "red", "amber", "green", "blue", "grey"):
        assert tokens.contrast(colours[tone], colours["panel"]) >= 3.0
    for tone, ground in (("red", "redbg"), ("amber", "amberbg"), ("green", "greenbg")):
        assert tokens.contrast(colours[tone], colours[ground]) >= 3.0


def test_a_mark_that_the_keyboard_is_on_has_a_ring(qapp: QApplication) -> None:
    for chart in EVERY:
        bare, plan = painted(chart, tokens.LIGHT)
        ringed, _ = painted(chart, tokens.LIGHT, plan.marks[0])
        assert bare != ringed


def test_a_picture_to_take_along_has_its_title_and_is_light(qapp: QApplication) -> None:
    font = QFont()
    font.setPointSizeF(10.0)
    plain = picture_of(BESIDE, 540.0, font)
    titled = picture_of(BESIDE, 540.0, font, titled=True)
    assert titled.height() > plain.height()
    assert titled.pixelColor(1, 1).name() == tokens.load(tokens.LIGHT)["panel"]
    assert plain.width() == 1080
