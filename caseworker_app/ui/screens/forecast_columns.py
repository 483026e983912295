"""The grid and the list of the forecast, as rows and columns. Plain Python, no Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from caseworker_app.domain.forecast import Remaining
from caseworker_app.domain.names import folded
from caseworker_app.ui.models.column import LATE, OK, SOON, Column, long_date

WEEKS = 10
"""How many weeks the grid holds, this one included."""

_NEAR = 7
_PASSED = date.min


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step still to take.

    Attributes:
        week: the Monday of its last day's week.
        passed: the last day has gone by.
        left: days from today to the last day.
    """

    key: str
    child_id: str
    child: str
    words: str
    latest: date
    week: date
    passed: bool
    left: int
    duty: str
    due: date
    caseworker: str
    setting: str
    caseworker_id: str = ""

    @property
    def chip(self) -> str:
        """How long is left, "12 days", "3 days past"."""
        if self.left == 0:
            return "today"
        days = "1 day" if abs(self.left) == 1 else f"{abs(self.left):,} days"
        return days if self.left > 0 else f"{days} past"

    @property
    def tone(self) -> str:
        """The tone of the chip."""
        if self.passed:
            return LATE
        return SOON if self.left <= _NEAR else OK

    @property
    def search(self) -> str:
        """What the filter looks in."""
        return f"{self.child}\n{self.caseworker}\n{self.words} {self.duty} {self.setting}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the grid.

    Attributes:
        key: the caseworker or setting, "" for none, or None for the line of all.
        counts: steps by the Monday of their last day; those that have passed under `passed`.
    """

    name: str
    key: str | None
    counts: Counter[date]
    passed: int

    @property
    def total(self) -> int:
        """Every step of the line."""
        return self.passed + sum(self.counts.values())


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def step_rows(steps: Iterable[Remaining], today: date) -> list[StepRow]:
    """Steps as rows, in the order given."""
    return [
        StepRow(
            key=f"{number}",
            child_id=step.file.child.id,
            child=step.file.child.name,
            words=step.words[:1].upper() + step.words[1:],
            latest=step.latest,
            week=step.week,
            passed=step.breaches,
            left=(step.latest - today).days,
            duty=step.deadline.version.title,
            due=step.deadline.due,
            caseworker=step.caseworker,
            setting=step.setting,
            caseworker_id=step.caseworker_id,
        )
        for number, step in enumerate(steps)
    ]


def lines_of(steps: Iterable[Remaining], by: Callable[[Remaining], str]) -> list[Line]:
    """A line for all, then one a name, by name."""
    counts: dict[str, Counter[date]] = {}
    for step in steps:
        own = counts.setdefault(by(step), Counter())
        own[_PASSED if step.breaches else step.week] += 1
    every: Counter[date] = Counter()
    for own in counts.values():
        every.update(own)
    lines = [_line("All", None, every)]
    lines += [
        _line(name or "Unassigned", name, counts[name]) for name in sorted(counts, key=folded)
    ]
    return lines


def line_columns(weeks: Sequence[date]) -> tuple[Column[Line], ...]:
    """The name, what has passed, a column a week, and the total."""
    name: Column[Line] = Column("name", "", lambda line: line.name, style="strong", stretch=True)
    passed: Column[Line] = Column(
        "passed",
        "Passed",
        lambda line: f"{line.passed:,}" if line.passed else "",
        lambda line: -line.passed,
        tone=lambda line: LATE if line.passed else "",
        width=84,
    )
    total: Column[Line] = Column(
        "total", "All", lambda line: f"{line.total:,}", lambda line: -line.total, "right", width=62
    )
    return (name, passed, *map(_week_column, weeks), total)


def step_columns() -> tuple[Column[StepRow], ...]:
    """What to do by when, for whom and for which date."""
    return (
        Column(
            "left", "Left", lambda r: r.chip, lambda r: r.latest, tone=lambda r: r.tone, width=142
        ),
        Column("latest", "Last day", lambda r: long_date(r.latest), lambda r: r.latest, width=104),
        Column("child", "Child", lambda row: row.child, width=150, style="strong"),
        Column("words", "What to do", lambda row: row.words, width=190),
        Column("duty", "For", lambda row: row.duty, stretch=True),
        Column("due", "Legal date", lambda r: long_date(r.due), lambda r: r.due, width=104),
        Column("caseworker", "Caseworker", lambda row: row.caseworker, width=110, style="dim"),
        Column("setting", "Setting", lambda row: row.setting, width=124, style="dim"),
    )


def _line(name: str, key: str | None, counts: Counter[date]) -> Line:
    weeks = Counter({week: count for week, count in counts.items() if week != _PASSED})
    return Line(name, key, weeks, counts[_PASSED])


def _week_column(week: date) -> Column[Line]:
    return Column(
        week.isoformat(),
        long_date(week).rpartition(" ")[0],
        lambda line: f"{line.counts[week]:,}" if line.counts[week] else "",
        lambda line: -line.counts[week],
        "right",
        spoken=lambda line: f"{line.counts[week]} in the week of {long_date(week)}",
        width=62,
    )
