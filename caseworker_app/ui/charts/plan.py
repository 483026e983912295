"""Where everything of a chart stands in a room of a size: bars, points, words and lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil, floor, log10

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from caseworker_app.domain.charts import Chart, Mark

WRAP = Qt.TextFlag.TextWordWrap
_LEFT_WRAPPED = int(Qt.AlignmentFlag.AlignLeft) | int(WRAP)

SWATCH, SIGN = 12.0, 15.0
"""How wide a sample of the legend is, and the sign of a late category with its gap."""

_GAP, _ABOVE = 8.0, 6.0
_LEAST_BAR, _MOST_BAR, _BETWEEN = 10.0, 17.0, 9.0
_COLUMN_SHARE, _MOST_COLUMN = 0.84, 46.0
_LABELS_SHARE, _ENDS_SHARE = 0.42, 0.2
_UPRIGHT = 188.0
"""How high the room of columns and points is, the words below them included."""

_LINES = 4
"""So many lines of the grid at most, nought apart."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark and where it stands.

    Attributes:
        box: what is painted; of a point a square around it.
        hit: where a click means it, at least so large that a hand finds it.
    """

    series: int
    category: int
    mark: Mark
    box: QRectF
    hit: QRectF


@dataclass(frozen=True, slots=True)
class Words:
    """Words in a box.

    Attributes:
        tone: the token of their colour.
        flags: how they stand in it, as `QPainter.drawText` takes it.
        late: a sign stands before them.
    """

    text: str
    box: QRectF
    tone: str = "text"
    flags: int = _LEFT_WRAPPED
    late: bool = False


@dataclass(slots=True)
class Plan:
    """Where everything stands.

    Attributes:
        marks: series by series.
        lines: of the grid and the ground line, with the token of each.
        legend: the samples, a box a series and one for the target, each with its words.
        target: the line to reach, or None.
        height: how high the chart is.
    """

    marks: list[Placed] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    lines: list[tuple[QPointF, QPointF, str]] = field(default_factory=list)
    legend: list[tuple[QRectF, Words]] = field(default_factory=list)
    target: tuple[QPointF, QPointF] | None = None
    height: float = 0.0

    def at(self, point: QPointF) -> Placed | None:
        """The mark that a click at a point means; where several do, the smallest."""
        hit = [one for one in self.marks if one.hit.contains(point)]
        return min(hit, key=lambda one: one.hit.width() * one.hit.height(), default=None)

    def of(self, series: int, category: int) -> Placed | None:
        """A mark by its place."""
        for one in self.marks:
            if (one.series, one.category) == (series, category):
                return one
        return None


def small(font: QFont) -> QFont:
    """The font of numbers and axes."""
    made = QFont(font)
    made.setPointSizeF(max(7.5, font.pointSizeF() * 0.9))
    return made


def plan_of(chart: Chart, width: float, font: QFont, height: float = 0.0) -> Plan:
    """Where everything of a chart stands.

    Args:
        chart: what is drawn.
        width: of the room.
        font: of the words; numbers and axes are a little smaller.
        height: of the room, where there is more than is needed; columns and points grow with it.
    """
    metrics = QFontMetricsF(small(font))
    planning = _Bars if chart.shape == "bars" else _Upright
    return planning(chart, width, metrics).plan(height)


class _Planning:
    """What both shapes share: the legend above."""

    def __init__(self, chart: Chart, width: float, metrics: QFontMetricsF) -> None:
        self._chart, self._width, self._metrics = chart, width, metrics
        self._line = metrics.height()
        self._plan = Plan()

    def _legend(self) -> float:
        """Place the legend, and give where it ends; one series needs no telling apart."""
        names = [one.name for one in self._chart.series]
        if self._chart.target is not None:
            names.append(self._chart.target_words)
        if len(names) == 1 or not self._chart.series:
            return 0.0
        left, top = 0.0, 0.0
        for name in names:
            wide = self._metrics.horizontalAdvance(name) + 2
            if left and left + SWATCH + 6 + wide > self._width:
                left, top = 0.0, top + self._line + 3
            sample = QRectF(left, top + (self._line - SWATCH) / 2, SWATCH, SWATCH)
            words = QRectF(left + SWATCH + 6, top, wide, self._line)
            flat = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self._plan.legend.append((sample, Words(name, words, flags=flat)))
            left += SWATCH + 6 + wide + 16
        return top + self._line + _GAP


class _Bars(_Planning):
    """Lying bars: words before each, the number behind."""

    _brief = False

    def plan(self, height: float) -> Plan:
        """Where everything stands; it is as high as it needs to be, whatever room there is."""
        del height
        chart, width = self._chart, self._width
        top = self._legend()
        sign = SIGN if chart.late else 0.0
        labels = self._label_width() + sign
        ends = self._ends_width()
        if chart.shares and ends > width * _ENDS_SHARE:
            self._brief = True
            ends = self._ends_width()
        left = labels + _GAP
        room = max(24.0, self._width - left - ends - 10)
        scale = room / self._most()
        first = top
        for at, words in enumerate(chart.categories):
            high = self._row_height(words, labels - sign)
            box = QRectF(sign, top, labels - sign, high)
            flags = _LEFT_WRAPPED | int(Qt.AlignmentFlag.AlignVCenter)
            self._plan.words.append(Words(words, box, flags=flags, late=at in chart.late))
            (self._stacked if chart.stacked else self._beside)(at, left, top, high, scale)
            top += high
        self._plan.lines.append((QPointF(left, first), QPointF(left, top), "edge"))
        self._plan.height = top + 2
        return self._plan

    def _ends_width(self) -> float:
        return max((self._metrics.horizontalAdvance(one) for one in self._ends()), default=0.0)

    def _said(self, mark: Mark) -> str:
        """What stands behind a bar: the whole, or where room is short the share alone."""
        return f"{mark.value:.0%}" if self._brief and mark.value is not None else mark.words

    def _label_width(self) -> float:
        widest = max(map(self._metrics.horizontalAdvance, self._chart.categories), default=0.0)
        return min(widest + 2, self._width * _LABELS_SHARE)

    def _row_height(self, words: str, width: float) -> float:
        room = QRectF(0, 0, max(20.0, width), 1000)
        lines = self._metrics.boundingRect(room, _LEFT_WRAPPED, words).height()
        many = 1 if self._chart.stacked else len(self._chart.series)
        bars = many * max(_LEAST_BAR, self._line if many > 1 else 0.0)
        return max(lines + 6, bars + _BETWEEN, _MOST_BAR + _BETWEEN if many == 1 else 0.0)

    def _most(self) -> float:
        chart = self._chart
        if chart.shares:
            return 1.0
        if chart.stacked:
            return max((chart.total(at) for at in range(len(chart.categories))), default=0) or 1.0
        return max((mark.value or 0 for mark in chart.marks()), default=0) or 1.0

    def _ends(self) -> Iterator[str]:
        chart = self._chart
        if chart.stacked:
            yield from (f"{chart.total(at):,.0f}" for at in range(len(chart.categories)))
        else:
            yield from map(self._said, chart.marks())

    def _stacked(self, at: int, left: float, top: float, high: float, scale: float) -> None:
        thick = min(_MOST_BAR, high - 4)
        middle, x = top + high / 2, left
        for number, series in enumerate(self._chart.series):
            mark = series.marks[at]
            wide = (mark.value or 0) * scale
            box = QRectF(x, middle - thick / 2, wide, thick)
            if mark.value:
                self._place(number, at, mark, box, QRectF(x, top, max(wide, 6.0), high))
            x += wide
        self._number(f"{self._chart.total(at):,.0f}", x, middle)

    def _beside(self, at: int, left: float, top: float, high: float, scale: float) -> None:
        many = len(self._chart.series)
        slot = (high - _BETWEEN) / many
        thick = min(_MOST_BAR, slot - 1)
        for number, series in enumerate(self._chart.series):
            mark = series.marks[at]
            middle = top + _BETWEEN / 2 + slot * (number + 0.5)
            wide = (mark.value or 0) * scale
            box = QRectF(left, middle - thick / 2, wide, thick)
            hit = QRectF(0 if many == 1 else left, middle - slot / 2, self._width, slot)
            self._place(number, at, mark, box, hit)
            self._number(self._said(mark), left + wide, middle)

    def _place(self, series: int, at: int, mark: Mark, box: QRectF, hit: QRectF) -> None:
        self._plan.marks.append(Placed(series, at, mark, box, hit))

    def _number(self, words: str, x: float, middle: float) -> None:
        wide = self._metrics.horizontalAdvance(words) + 2
        box = QRectF(x + 6, middle - self._line / 2, wide, self._line)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._plan.words.append(Words(words, box, flags=flags))


class _Upright(_Planning):
    """Columns or points over time, above a ground line with the words of each below."""

    _numbered = False

    def plan(self, height: float) -> Plan:
        """Where everything stands; it fills the room, and needs a certain height."""
        chart = self._chart
        top = self._legend() + self._line + _ABOVE
        needed = top + _UPRIGHT
        whole = max(height, needed)
        below = self._line + 8
        ground = whole - below
        most, step = _scale(chart)
        left = self._grid(most, step, top, ground)
        slot = (self._width - left) / max(1, len(chart.categories))
        self._below(left, slot, ground)
        scale = (ground - top) / most
        # Numbers over all columns or over none: a few of them would say that the others are none.
        self._numbered = self._has_room_for_numbers(slot)
        if chart.target is not None:
            y = ground - chart.target * scale
            self._plan.target = QPointF(left, y), QPointF(self._width, y)
        draw = self._points if chart.shape == "line" else self._columns
        for at in range(len(chart.categories)):
            draw(at, left + slot * at, slot, ground, scale)
        self._plan.height = needed
        return self._plan

    def _grid(self, most: float, step: float, top: float, ground: float) -> float:
        """Place the lines and their numbers, and give where the marks begin."""
        values = [step * number for number in range(round(most / step) + 1)]
        said = [f"{value:.0%}" if self._chart.shares else f"{value:,.0f}" for value in values]
        wide = max(map(self._metrics.horizontalAdvance, said)) + 2
        for value, words in zip(values, said, strict=True):
            y = ground - (ground - top) * value / most
            tone = "edge" if not value else "line"
            self._plan.lines.append((QPointF(wide + 6, y), QPointF(self._width, y), tone))
            box = QRectF(0, y - self._line / 2, wide, self._line)
            flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._plan.words.append(Words(words, box, "dim", flags))
        return wide + 6

    def _below(self, left: float, slot: float, ground: float) -> None:
        """Place the words below, every so many where not all have room."""
        words = self._chart.short or self._chart.categories
        widest = max(map(self._metrics.horizontalAdvance, words), default=0.0)
        every = max(1, ceil((widest + 6) / slot)) if slot else 1
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        last = len(words) - 1
        for at, text in enumerate(words):
            if (last - at) % every:
                continue
            wide = max(slot, widest + 4)
            x = min(max(0.0, left + slot * (at + 0.5) - wide / 2), self._width - wide)
            self._plan.words.append(
                Words(text, QRectF(x, ground + 4, wide, self._line), "dim", flags)
            )

    def _columns(self, at: int, x: float, slot: float, ground: float, scale: float) -> None:
        chart = self._chart
        many = 1 if chart.stacked else len(chart.series)
        wide = min(_MOST_COLUMN, slot * _COLUMN_SHARE / many)
        start = x + (slot - wide * many) / 2
        up = 0.0
        for number, series in enumerate(chart.series):
            mark = series.marks[at]
            high = (mark.value or 0) * scale
            left = start if chart.stacked else start + wide * number
            box = QRectF(left, ground - up - high, wide - (0 if chart.stacked else 1), high)
            if mark.value or not chart.stacked:
                tall = max(high, 10.0)
                hit = QRectF(left, ground - up - tall, wide, tall)
                self._plan.marks.append(Placed(number, at, mark, box, hit))
            if chart.stacked:
                up += high
            else:
                self._above(mark.words, left + wide / 2, ground - high, wide)
        if chart.stacked:
            self._above(f"{chart.total(at):,.0f}", x + slot / 2, ground - up, slot)

    def _has_room_for_numbers(self, slot: float) -> bool:
        """Whether the widest number over a column is no wider than the column."""
        chart = self._chart
        if chart.stacked:
            said = [f"{chart.total(at):,.0f}" for at in range(len(chart.categories))]
            return max(map(self._metrics.horizontalAdvance, said), default=0.0) <= slot
        wide = min(_MOST_COLUMN, slot * _COLUMN_SHARE / max(1, len(chart.series)))
        words = (mark.words for mark in chart.marks())
        return max(map(self._metrics.horizontalAdvance, words), default=0.0) <= wide - 1

    def _above(self, words: str, middle: float, y: float, room: float) -> None:
        """A number over a column."""
        if self._numbered:
            flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            box = QRectF(middle - room / 2 - 2, y - self._line - 1, room + 4, self._line)
            self._plan.words.append(Words(words, box, flags=flags))

    def _points(self, at: int, x: float, slot: float, ground: float, scale: float) -> None:
        middle = x + slot / 2
        for number, series in enumerate(self._chart.series):
            mark = series.marks[at]
            if mark.value is None:
                continue
            y = ground - mark.value * scale
            box = QRectF(middle - 4.5, y - 4.5, 9, 9)
            hit = QRectF(middle - slot / 2, y - 9, slot, 18)
            self._plan.marks.append(Placed(number, at, mark, box, hit))


def _scale(chart: Chart) -> tuple[float, float]:
    """The value at the top of the grid, and from line to line: round numbers."""
    if chart.shares:
        return 1.0, 0.25
    places = range(len(chart.categories))
    if chart.stacked:
        most = max((chart.total(at) for at in places), default=0)
    else:
        most = max((mark.value or 0 for mark in chart.marks()), default=0)
    if most <= _LINES:
        return max(1.0, most), 1.0
    rough = most / _LINES
    power = 10.0 ** floor(log10(rough))
    step = next(one * power for one in (1, 2, 5, 10) if one * power >= rough)
    step = max(1.0, step)
    return ceil(most / step) * step, step
