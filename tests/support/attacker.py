"""Somebody who has every edition that was published, and works out what is hidden in them.

Written from the words of the guide and of the definitions, and knows nothing of how numbers were
hidden: every figure of every edition is a whole number of a programme, every relation a reader
knows of is a row of it, and each hidden figure is made as small and as large as it can be.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations, permutations
from typing import Any

from caseworker_app.domain.measures.board import BoardReturn, Table
from caseworker_app.domain.measures.tidy import Place, rows_of
from caseworker_app.services.returns.board_return import as_json
from tests.support.ends import Tied

THRESHOLD = 5
ROUNDED = 0.0005 + 1e-9
"""So far from the truth is a share of three digits at most."""

ONE_DAY = timedelta(days=1)

Name = tuple[Any, ...]

SCHOOL_COHORTS = ("transfers_into_school", "transfers_between_schools")
OTHER_COHORTS = ("transfers_into_post_16",)
COUNTS_ALONE = ("data_to_mend",)
"""Tables whose lines are out of nothing."""
ALL_OF_LIVE = (
    *("primary_need", "setting_kind", "year_group", "setting", "review_stock"),
    *("age", "sex", "plan_age"),
)

SAME: tuple[tuple[Name, tuple[Name, ...]], ...] = (
    (("W1.4e", "den"), (("live",),)),
    (("two_clocks", "law_12_months", "of"), (("live",),)),
    (("two_clocks", "common_12_months", "of"), (("live",),)),
    (("W1.4f", "den"), (("review_outcomes", "total"),)),
    (("two_clocks", "dfe_outstanding", "of"), (("review_outcomes", "total"),)),
    (("two_clocks", "dfe_not_due", "of"), (("review_outcomes", "total"),)),
    (
        ("review_outcomes", "total"),
        (
            ("two_clocks", "dfe_4_weeks", "of"),
            ("review_outcomes", "none"),
        ),
    ),
    (("dfe_reviews", "total"), (("two_clocks", "dfe_completed", "of"),)),
    (("dfe_reviews", "total"), (("dfe_reviews", "no_meeting"), ("dfe_outcomes", "total"))),
    (
        ("dfe_decisions", "total"),
        (("dfe_reviews", "this_year"), ("dfe_reviews", "last_year"), ("dfe_reviews", "earlier")),
    ),
    (("two_clocks", "law_4_weeks", "of"), (("W1.4g", "den"),)),
    (("two_clocks", "law_4_weeks"), (("W1.4g", "num"),)),
    (("S1.2a", "num"), (("setting_kind", "special"),)),
    (("S1.2b", "num"), (("setting_kind", "post16"),)),
    (("C3", "num"), (("outside_area", "total"),)),
    (("C1", "num"), (("outcomes_achieved", "total"), ("outcomes_on_track", "total"))),
    (
        ("C1", "den"),
        (
            *(("outcomes_achieved", "total"), ("outcomes_on_track", "total")),
            *(("outcomes_some", "total"), ("outcomes_none", "total")),
            ("outcomes_not_looked_at", "total"),
        ),
    ),
    (("B2", "den"), (("age", "under_5"),)),
    (("B2", "den"), (("under_five_reviews", "total"),)),
    (("B2", "num"), (("under_five_reviews", "within_6_months"),)),
    (("B3", "den"), (("live",),)),
    (("B3", "num"), (("plan_age", "over_3"),)),
    (
        ("assessment_timeliness", "weeks_to_issue"),
        (("assessment_timeliness", "median_weeks_to_issue"),),
    ),
    *(
        (("review_steps", step), (("review_steps", f"mean_{step}"),))
        for step in ("meeting_to_decision", "report_to_decision")
    ),
    (("S2.1a-all", "den"), (("issued", "total"),)),
    (("S2.1a-all", "num"), (("issued", "in_20_weeks"),)),
    (
        ("S2.1a-all", "den"),
        (("S2.1a", "den"), ("S2.1a-no-request", "num"), ("S2.1a-overturned", "num")),
    ),
    (("S2.1a-no-request", "num"), (("issued", "no_request"),)),
    (("assessment_timeliness", "plan_20_weeks_all", "of"), (("issued", "total"),)),
    (("assessment_timeliness", "plan_20_weeks_all"), (("issued", "in_20_weeks"),)),
    (("assessment_timeliness", "plan_20_weeks", "of"), (("S2.1a", "den"),)),
    (("assessment_timeliness", "exceptions", "of"), (("S2.1a", "den"),)),
    (("assessment_timeliness", "plan_20_weeks"), (("S2.1a", "num"),)),
    (
        ("S2.1a", "den"),
        (
            ("assessment_timeliness", "plan_20_weeks_without_exceptions", "of"),
            ("assessment_timeliness", "exceptions"),
        ),
    ),
    (
        ("S2.1a-without-exceptions", "den"),
        (("assessment_timeliness", "plan_20_weeks_without_exceptions", "of"),),
    ),
    (
        ("S2.1a-without-exceptions", "num"),
        (("assessment_timeliness", "plan_20_weeks_without_exceptions"),),
    ),
    (
        ("issued", "total"),
        (("assessment_timeliness", "weeks_to_issue"), ("issued", "no_request")),
    ),
    (
        ("I2.2-open", "num"),
        (
            ("open_assessments", "20_to_30_weeks"),
            ("open_assessments", "30_to_52_weeks"),
            ("open_assessments", "over_52_weeks"),
        ),
    ),
    (
        ("two_clocks", "law_12_months"),
        (
            ("review_stock", "later"),
            ("review_stock", "in_3_months"),
            ("review_stock", "in_1_month"),
        ),
    ),
    (("overdue_by_duty", "total"), (("overdue_by_time", "total"),)),
    (("primary_need", "not_recorded"), (("data_to_mend", "need"),)),
    (("setting", "not_recorded"), (("data_to_mend", "setting"),)),
    (
        ("setting_kind", "not_recorded"),
        (("data_to_mend", "setting"), ("data_to_mend", "setting_kind")),
    ),
    (
        ("review_stock", "no_date"),
        (("data_to_mend", "history"), ("data_to_mend", "review_date")),
    ),
    (("S2.4", "num"), tuple(("year_group", str(year)) for year in range(12))),
    *(((table, "total"), (("live",),)) for table in ALL_OF_LIVE),
)
"""Figures that are one, or the sum of others, whatever the cases are."""

NOT_MORE: tuple[tuple[Name, Name], ...] = (
    (("W1.6a-strict", "num"), ("W1.6a", "num")),
    (("W1.6b-strict", "num"), ("W1.6b", "num")),
    (("S2.1a-without-exceptions", "num"), ("S2.1a", "num")),
    (("S2.1a", "num"), ("S2.1a-all", "num")),
    (("I2.1", "num"), ("S2.1a", "num")),
    (("I2.1", "den"), ("S2.1a", "den")),
    (("I2.2", "num"), ("I2.2-open", "num")),
    (("W1.4g", "num"), ("two_clocks", "dfe_4_weeks")),
    (("W1.4g", "den"), ("W1.4f", "den")),
    (("two_clocks", "law_12_months"), ("two_clocks", "common_12_months")),
    (("two_clocks", "dfe_completed", "of"), ("live",)),
)
"""Figures that are never more than others."""


@dataclass
class Reading:
    """The figures of one edition as somebody reads them.

    Attributes:
        shown: each figure, None where it is hidden.
        named: figures that are at least one, for they would not be named otherwise.
        shares: those told without their two counts, to three digits, by the measure's ref.
        elsewhere: what the rows for other programs and the JSON tell of each figure.
    """

    board: BoardReturn
    shown: dict[Name, int | None] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)
    named: set[Name] = field(default_factory=set)
    elsewhere: dict[Name, int] = field(default_factory=dict)


def read(board: BoardReturn) -> Reading:
    """Every figure of an edition, hidden or not."""
    found = Reading(board)
    found.elsewhere.update((*_of_rows(rows_of(board, Place())), *_of_json(as_json(board))))
    if board.live is not None or any(table.key in ALL_OF_LIVE for table in board.tables):
        found.shown[("live",)] = board.live
    for one in board.measures:
        if one.by_hand or not one.answered:
            continue
        if one.shared and one.numerator is None and one.value is not None:
            found.shares[one.ref] = one.value
        counted = one.hidden or one.numerator is not None
        if counted:
            found.shown[one.ref, "num"] = one.numerator
        if one.denominator is not None or (one.hidden and one.shared):
            found.shown[one.ref, "den"] = one.denominator
    for table in board.tables:
        for line in table.lines:
            found.shown[table.key, line.key] = line.count
            if table.key == "setting":
                found.named.add((table.key, line.key))
            if table.kind == "figures" and not line.unit and table.key not in COUNTS_ALONE:
                found.shown[table.key, line.key, "of"] = line.of
        if table.kind == "partition":
            found.shown[table.key, "total"] = table.total
    return found


def _of_rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Name, int]]:
    """What tidy rows tell, their shares held against their denominators."""
    for row in rows:
        measure, line = row["measure"], row["breakdown"]
        if measure == "live":
            name: Name = ("live",)
        elif row["breakdown_topic"] == "Total":
            name = (measure, "num")
        else:
            name = (measure, line)
        of = (measure, "den") if name[-1] == "num" else (*name, "of")
        yield from _numbers(name, of, row["numerator"], row["denominator"], row["value"])


def _of_json(told: Mapping[str, Any]) -> Iterator[tuple[Name, int]]:
    """What the JSON tells, by its figures and by how many cases it lists."""
    for one in told["measures"]:
        name, of = (one["ref"], "num"), (one["ref"], "den")
        yield from _numbers(name, of, one["numerator"], one["denominator"], one["value"])
        if one.get("rows"):
            yield of, len(one["rows"])
            yield name, sum(row["counts"] for row in one["rows"])
    for key, table in told["tables"].items():
        for line, count in table.items():
            if isinstance(count, dict):
                numbers = count["count"], count["of"], count["value"]
                yield from _numbers((key, line), (key, line, "of"), *numbers)
            elif count is not None:
                yield (key, line), count


def _numbers(
    name: Name, of: Name, count: int | None, whole: int | None, value: float | None
) -> Iterator[tuple[Name, int]]:
    if whole is not None:
        yield of, whole
    if count is not None:
        yield name, count
    elif value is not None and whole is not None:
        yield name, round(value * whole)
    elif value is not None and value == int(value):
        yield name, int(value)


@dataclass(frozen=True)
class Found:
    """What is known of one hidden figure of one edition: its least and greatest whole value."""

    edition: int
    name: Name
    least: int
    greatest: int

    @property
    def narrow(self) -> bool:
        """Whether that says more than it may."""
        return self.greatest - self.least < THRESHOLD


class Attacker:
    """All editions in one programme.

    Args:
        editions: as they were published.
        kinds: of what kind each setting is known to be.
        whole: the same with nothing hidden. What a reader believes and is not so, where a case was
            mended since, is left out: it leads nowhere.
    """

    def __init__(
        self,
        editions: Sequence[Reading],
        kinds: Mapping[str, str],
        whole: Sequence[Reading] = (),
    ) -> None:
        self._editions = editions
        self._true = {
            (number, *name): value
            for number, edition in enumerate(whole)
            for name, value in edition.shown.items()
        }
        self._kinds = kinds
        self._tied = Tied()
        self._column: dict[Name, int] = {}
        self._known: dict[Name, int | None] = {}
        for number, edition in enumerate(editions):
            for name, value in edition.shown.items():
                least = 1 if name in edition.named else 0
                self._number((number, *name), value, least, edition.elsewhere.get(name))
        for number, edition in enumerate(editions):
            for ref, value in edition.shares.items():
                self._share(number, ref, value)
        for number, edition in enumerate(editions):
            for row in self.relations(edition):
                self._row(number, *row)
        for total, parts, more in across(self._editions):
            if all(name in self._column for name in (total, *parts)):
                self._add(total, parts, more)
        for one, other in permutations(range(len(editions)), 2):
            self._flow(one, other)

    def _share(self, number: int, ref: str, value: float) -> None:
        """A share without its counts: they are whole numbers all the same."""
        part, whole = ((number, ref, name) for name in ("num", "den"))
        for name, least in ((part, 0), (whole, 1)):
            self._column[name] = self._tied.number(least)
        columns = self._column[part], self._column[whole]
        for end, low, high in (
            (value - ROUNDED, 0.0, math.inf),
            (value + ROUNDED, -math.inf, 0.0),
        ):
            self._tied.row(dict(zip(columns, (1.0, -end), strict=True)), low, high)

    def _flow(self, now: int, then: int) -> None:
        """Plans live on two days differ by those begun and ended between."""
        board, before = self._editions[now].board, self._editions[then].board
        if before.as_at != board.period.start - ONE_DAY or board.as_at > board.period.end:
            return
        names = [
            *((now, "live"), (now, "plans_ended", "total")),
            *((then, "live"), (now, "plans_begun", "total")),
        ]
        if any(name not in self._column for name in names):
            return
        signs = (1, 1, -1, -1)
        if sum(sign * self._true.get(name, 0) for sign, name in zip(signs, names, strict=True)):
            return
        columns = [self._column[name] for name in names]
        self._tied.row(dict(zip(columns, signs, strict=True)), 0.0, 0.0)

    def _number(
        self, name: Name, value: int | None, least: int = 0, elsewhere: int | None = None
    ) -> None:
        known = elsewhere if value is None else value
        self._column[name] = (
            self._tied.number(least) if known is None else self._tied.number(known, known)
        )
        self._known[name] = value

    def _row(self, number: int, total: Name, parts: Iterable[Name], more: int) -> None:
        there = [part for part in parts if (number, *part) in self._column]
        if (number, *total) in self._column and there:
            self._add((number, *total), [(number, *part) for part in there], more)

    def _add(self, total: Name, parts: Sequence[Name], more: int) -> None:
        """The total is its parts, or at least (`more` 1) or at most (-1) what they make."""
        if self._true:
            left = self._true[total] - sum(self._true[part] for part in parts)
            if left < 0 if more else left:
                return
        factors: dict[int, int] = {self._column[total]: 1}
        for part in parts:
            factors[self._column[part]] = factors.get(self._column[part], 0) - 1
        low, high = (0.0, math.inf) if more > 0 else (-math.inf, 0.0) if more else (0.0, 0.0)
        self._tied.row(factors, low, high)

    def relations(self, edition: Reading) -> Iterator[tuple[Name, list[Name], int]]:
        board = edition.board
        yield from ((total, list(parts), 0) for total, parts in SAME)
        yield from ((outer, [inner], 1) for inner, outer in NOT_MORE)
        undecided = [("two_clocks", "dfe_outstanding"), ("two_clocks", "dfe_not_due")]
        yield ("review_outcomes", "none"), undecided, 1
        for one in board.measures:
            if one.ref != "I2.2":  # a backlog may grow
                yield (one.ref, "den"), [(one.ref, "num")], 1
        for table in board.tables:
            lines = [(table.key, line.key) for line in table.lines]
            if table.kind == "partition" and lines:
                yield (table.key, "total"), lines, 0
            for line in lines:
                yield (*line, "of"), [line], 1
        for ref, cohorts, by in (
            ("W1.6a", SCHOOL_COHORTS, (2, 15)),
            ("W1.6b", OTHER_COHORTS, (3, 31)),
        ):
            end = board.period.end
            last = date(end.year, *by)
            year = end.year if board.period.holds(last) or end < last else end.year + 1
            tables = [f"{cohort}_{year}" for cohort in cohorts]
            strict = [(table, "in_time") for table in tables]
            yield (ref, "den"), [(table, "total") for table in tables], 0
            yield (f"{ref}-strict", "den"), [(ref, "den")], 0
            yield (f"{ref}-strict", "num"), strict, 0
            yield (ref, "num"), [*strict, *((table, "last_day") for table in tables)], 0
        yield from self._places(edition)

    def _places(self, edition: Reading) -> Iterator[tuple[Name, list[Name], int]]:
        kinds: dict[str, list[Name]] = {}
        table = next((one for one in edition.board.tables if one.key == "setting"), None)
        if table is None or not table.lines:
            return
        for line in table.lines:
            kinds.setdefault(self._kinds.get(line.key, ""), []).append((table.key, line.key))
        for kind, some in kinds.items():
            if kind:
                yield ("setting_kind", kind), some, 0
        for name in edition.shown:
            if name[0] == "outside_area" and len(name) == 2:
                yield ("setting_kind", name[1]), [name], 1

    def attack(self) -> list[Found]:
        """What is known of every hidden figure, narrow or not.

        The least and greatest value of a narrow one are exact; a wide one may be wider than told.
        """
        hidden = {self._column[name]: name for name, value in self._known.items() if value is None}
        true = {
            self._column[name]: value
            for name, value in self._true.items()
            if value is not None and name in self._column
        }
        ends = self._tied.ends(hidden, THRESHOLD, true)
        return [Found(name[0], name[1:], *ends[column]) for column, name in hidden.items()]


OF_THE_DAY = (
    *("live", *ALL_OF_LIVE, "pathway", "outside_area", "meetings_undecided", "open_assessments"),
    *("overdue_by_duty", "overdue_by_time", "data_to_mend", "W1.4e", "S1.2a", "S1.2b", "C3"),
    *("dfe_reviews", "dfe_outcomes", "dfe_decisions", "S2.4", "B2", "B3", "under_five_reviews"),
)
"""Figures as at the day, whatever the period."""
FOR_GOOD: tuple[Name, ...] = (
    *(("review_outcomes", "total"), ("requests", "total"), ("issued",), ("W1.4f", "den")),
    *(("assessment_timeliness",), ("S2.1a",), ("S2.1a-all",), ("I2.1",)),
    *(("S2.1a-without-exceptions",), ("review_steps", "meeting_to_decision")),
)
"""What came in the period, and is not decided anew later."""
SETTLED_LATER: tuple[Name, ...] = (
    *(("review_outcomes", "maintain"), ("review_outcomes", "amend"), ("review_outcomes", "cease")),
    *(("requests", "assess"), ("requests", "refuse"), ("W1.4f", "num"), ("W1.4g",)),
    *(("two_clocks", "law_4_weeks"), ("two_clocks", "dfe_4_weeks"), ("review_steps",)),
)
"""What came in the period and is settled then or later, so that it is never less later."""


def across(editions: Sequence[Reading]) -> Iterator[tuple[Name, list[Name], int]]:
    """What one edition says of another: the same day, the same period, one period of two."""
    numbered = list(enumerate(editions))
    for one, other in combinations(numbered, 2):
        yield from _same_day(one, other)
    for (one, first), (whole, second) in permutations(numbered, 2):
        if _goes_on(first.board, second.board):
            for name in first.shown:
                if _is(name, (*FOR_GOOD, *SETTLED_LATER)):
                    yield (whole, *name), [(one, *name)], 1
    for some in permutations(numbered, 3):
        yield from _joined(*some)


def _same_day(
    one: tuple[int, Reading], other: tuple[int, Reading]
) -> Iterator[tuple[Name, list[Name], int]]:
    first, second = one[1], other[1]
    same_period = first.board.period == second.board.period
    if first.board.as_at == second.board.as_at:
        for name in first.shown.keys() & second.shown.keys():
            if same_period or name[0] in OF_THE_DAY:
                yield (one[0], *name), [(other[0], *name)], 0


def _goes_on(first: BoardReturn, second: BoardReturn) -> bool:
    """Whether a return holds the period of another, as at a later day."""
    inside = second.period.holds(first.period.start) and second.period.holds(first.period.end)
    return inside and first.as_at <= second.as_at


def _joined(
    first: tuple[int, Reading], second: tuple[int, Reading], third: tuple[int, Reading]
) -> Iterator[tuple[Name, list[Name], int]]:
    """What two editions say of a third whose period is theirs, one after the other."""
    start, end, both = (one.board.period for _, one in (first, second, third))
    if (start.start, end.end) != (both.start, both.end) or end.start - start.end != ONE_DAY:
        return
    later = third[1].board.as_at >= max(first[1].board.as_at, second[1].board.as_at)
    for name in third[1].shown:
        parts = [(first[0], *name), (second[0], *name)]
        if _is(name, FOR_GOOD):
            yield (third[0], *name), parts, 0
        elif later and _is(name, SETTLED_LATER):
            yield (third[0], *name), parts, 1


def _is(name: Name, among: Sequence[Name]) -> bool:
    return any(name[: len(one)] == one for one in among)


def totals(board: BoardReturn) -> list[Name]:
    """The figures that stand wherever they are of five or more.

    They are the number of live plans, every denominator but those that are the rest of a count
    shown beside them, and every total of a table that is no part of another's, and is not what the
    live plans of two days leave of another.
    """
    rests = (
        *("S2.1a-without-exceptions", "S2.1a-all"),
        *("plan_20_weeks_without_exceptions", "plan_20_weeks_all", "dfe_4_weeks"),
    )
    parts = (
        "outside_area",
        "meetings_undecided",
        "issued",
        "plans_begun",
        "plans_ended",
        *("outcomes_achieved", "outcomes_on_track", "outcomes_some", "outcomes_none"),
        "outcomes_not_looked_at",
        "dfe_outcomes",
        "dfe_decisions",
        *(table.key for table in board.tables if table.group),
    )
    return [
        name
        for name in read(board).shown
        if (name == ("live",) or name[-1] in ("den", "of", "total"))
        and not set(rests) & set(name)
        and not (name[-1] == "total" and name[0] in parts)
    ]


def kinds_of(whole: BoardReturn) -> dict[str, str]:
    """The kind of each setting, as a public register has it."""
    tables: dict[str, Table] = {table.key: table for table in whole.tables}
    found = {}
    for line in tables["setting"].lines if "setting" in tables else ():
        for kind in tables["setting_kind"].lines:
            if set(line.cases) <= set(kind.cases):
                found[line.key] = kind.key
    return found


def attacked(editions: Sequence[BoardReturn], whole: Sequence[BoardReturn]) -> list[Found]:
    """What the editions together say of each hidden figure; `whole` are they, nothing hidden."""
    kinds = {name: kind for one in whole if one.tables for name, kind in kinds_of(one).items()}
    return Attacker([read(one) for one in editions], kinds, [read(one) for one in whole]).attack()


def narrowed(editions: Sequence[BoardReturn], whole: Sequence[BoardReturn]) -> list[Found]:
    """The hidden figures of which the editions together say more than they may."""
    return [one for one in attacked(editions, whole) if one.narrow]
