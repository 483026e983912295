"""Standard questions and their answers: saved measures and tables, over the days asked for.

An answer is counted as the board return is and published as one: a part of it is a return that
has only what was asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.measures.board import BoardReturn, Line, Period, Result

PERIOD, CALENDAR, SCHOOL = "period", "calendar year", "school year"
BY: Mapping[str, str] = MappingProxyType(
    {
        PERIOD: "over the period as a whole",
        CALENDAR: "year by year, from January to December",
        SCHOOL: "year by year, from September to August",
    }
)
"""What an answer is cut into, in words."""

_SEPTEMBER = 9
_MOST = 12
"""So many years at most are asked for at once."""
HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is asked again and again.

    Attributes:
        key: what it is asked for by, `phase-transfers`.
        words: the question as people put it.
        asked_by: who asks it.
        by: a key of `BY`.
        measures: refs of the catalogue, those of figures beside a measure with their suffix.
        tables: keys of tables; `{year}` in one stands for the year of the part.
        method: how it is counted, in whole sentences.
        caveats: what to know of the figures, a sentence or two each.
    """

    key: str
    words: str
    asked_by: tuple[str, ...]
    by: str
    measures: tuple[str, ...]
    tables: tuple[str, ...]
    method: str
    caveats: tuple[str, ...]

    def tables_of(self, period: Period) -> tuple[str, ...]:
        """The keys of its tables for a part."""
        return tuple(one.replace("{year}", str(period.end.year)) for one in self.tables)


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """One period of an answer: as the team sees it, and as it may be published."""

    team: BoardReturn
    public: BoardReturn
    by: str = PERIOD

    @property
    def words(self) -> str:
        """The period as a heading: the year, or from and to; "so far" on one that runs."""
        return part_words(self.team.period, self.team.as_at, self.by)


@dataclass(frozen=True, slots=True)
class AnswerFigure:
    """One figure of an answer, beside what may be published of it.

    Attributes:
        number: its place, by which lists know it.
        when: the part it is of, in words.
        of: the measure or the table it stands in.
        what: the line of the table, or the statement of the measure.
        team, public: the same figure with every number, and as it goes out.
    """

    number: int
    when: str
    of: str
    what: str
    team: Result | Line
    public: Result | Line
    definition: str

    @property
    def words(self) -> str:
        """What it is: the statement of the measure, or the line after its table."""
        return self.what if isinstance(self.team, Result) else f"{self.of}: {self.what}"


@dataclass(frozen=True, slots=True)
class Answer:
    """A question answered.

    Attributes:
        published: whether it was written to be sent, and is remembered.
    """

    question: Question
    since: date
    until: date
    parts: tuple[AnswerPart, ...]
    council: str = ""
    published: bool = False

    @property
    def narrowed(self) -> int:
        """How many hidden numbers can be worked out more nearly than they should."""
        return sum(part.public.narrowed for part in self.parts)

    @property
    def figures(self) -> tuple[AnswerFigure, ...]:
        """Every figure, part by part."""
        return tuple(
            AnswerFigure(number, *one) for number, one in enumerate(self._figures(), start=1)
        )

    def _figures(self) -> Iterator[tuple[str, str, str, Result | Line, Result | Line, str]]:
        for part in self.parts:
            shown = {one.ref: one for one in part.public.measures}
            for one in part.team.measures:
                public = shown[one.ref]
                yield part.words, one.ref, one.statement, one, public, one.definition
            tables = {table.key: table for table in part.public.tables}
            for table in part.team.tables:
                lines = {line.key: line for line in tables[table.key].lines}
                for line in table.lines:
                    shown_line = lines.get(line.key) or Line(line.key, line.label, None)
                    definition = " ".join(filter(None, (table.definition, line.note)))
                    yield part.words, table.title, line.label, line, shown_line, definition


def periods_of(question: Question, since: date, until: date, today: date) -> tuple[Period, ...]:
    """The periods that a question is answered for: one, or each year that lies in it.

    Raises:
        Refused: the period ends before it starts, begins after today, or has too many years.
    """
    whole = Period(since, until)
    if since > today:
        raise Refused(f"{day_words(since)} has not come yet.", "since")
    if question.by == PERIOD:
        return (whole,)
    found = []
    start = since
    while start <= until and start <= today:
        end = min(_year_end(question.by, start), until)
        found.append(Period(start, end))
        start = end + timedelta(days=1)
    if len(found) > _MOST:
        raise Refused(f"Ask for {_MOST} years at most at once.", "since")
    return tuple(found)


def _year_end(by: str, day: date) -> date:
    if by == CALENDAR:
        return date(day.year, 12, 31)
    return date(day.year + (day.month >= _SEPTEMBER), 8, 31)


def part_words(period: Period, as_at: date, by: str) -> str:
    """A part in words: "2024", "2024/25", "1 Sep 2026 to 30 Nov 2026"; with "so far" while it runs.

    A year that is not asked for whole is told by its days.
    """
    so_far = ", so far" if as_at < period.end else ""
    year = period.start.year
    if by == CALENDAR and (period.start, period.end) == (date(year, 1, 1), date(year, 12, 31)):
        return f"{year}{so_far}"
    if by == SCHOOL and (period.start, period.end) == (
        date(year, _SEPTEMBER, 1),
        date(year + 1, 8, 31),
    ):
        return f"{year}/{(year + 1) % 100:02}{so_far}"
    return f"{day_words(period.start)} to {day_words(period.end)}{so_far}"


def number_words(count: int | None, *, hidden: bool) -> str:
    """A count as it stands in an answer."""
    if count is None:
        return HIDDEN if hidden else ""
    return f"{count:,}"


def figure_words(figure: Result | Line) -> str:
    """A figure as people read it: "12 of 30 (40.0%)", "31.2 weeks (45)", "hidden"."""
    if isinstance(figure, Result):
        count, of, value = figure.numerator, figure.denominator, figure.value
        if count is None and not figure.hidden and value is None:
            return "not recorded"
        unit = ""
    else:
        count, of = figure.count, figure.of
        value, unit = (figure.value, figure.unit) if figure.value is not None else (None, "")
    if unit and value is not None:
        number = f"{value:,.0f}" if unit.startswith("£") else f"{value:,.1f}"
        said = f"{unit[0]}{number}{unit[1:]}" if unit.startswith("£") else f"{number} {unit}"
        return f"{said} ({count:,})" if count is not None else said
    if count is None:
        by_hand = isinstance(figure, Result) and not figure.hidden and value is not None
        return f"{value:,.1f}" if by_hand and value is not None else HIDDEN
    if of is None:
        return f"{count:,}"
    share = f" ({count / of:.1%})" if of else ""
    return f"{count:,} of {of:,}{share}"
