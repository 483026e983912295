"""How counts of one sheet hang together with those of another, so that hiding one hides its twins.

What follows from a table alone is not here: that the lines of a partition make its total, that
those who do not count are the rest of those who might, that counts of the same cases are one. A sum
is used where its numbers do add up.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from enum import Enum
from types import MappingProxyType

from caseworker_app.domain.adulthood import NOT_KNOWN
from caseworker_app.domain.declarations.growing_up import PATHWAYS
from caseworker_app.domain.declarations.thread import ON_THE_WAY, PROGRESS
from caseworker_app.domain.measures.board import Period
from caseworker_app.domain.measures.moves import BEFORE_16, INTO_POST_16, year_of
from caseworker_app.domain.measures.suppression import Cell, Sum

NUMERATOR, DENOMINATOR, OF, TOTAL = "numerator", "denominator", "of", "total"
"""The last part of a count's name: of a measure the first two, of a table's line or the table."""

OUTCOME_TABLES = "outcomes_"
"""How the keys of the tables of outcomes begin; what a review found of them follows."""

FILE_DAY, FILE_YEAR = "file_day_", "file_year_"
"""How the names of counts in files of the Department's shape begin: as at the day, of the year."""

NESTED: tuple[tuple[Cell, Cell], ...] = (
    (("W1.6a-strict", NUMERATOR), ("W1.6a", NUMERATOR)),
    (("W1.6b-strict", NUMERATOR), ("W1.6b", NUMERATOR)),
    (("S2.1a-without-exceptions", NUMERATOR), ("S2.1a", NUMERATOR)),
    (("S2.1a", NUMERATOR), ("S2.1a-all", NUMERATOR)),
    (("I2.1", NUMERATOR), ("S2.1a", NUMERATOR)),
    (("I2.2", NUMERATOR), ("I2.2-open", NUMERATOR)),
    (("W1.4g", NUMERATOR), ("two_clocks", "dfe_4_weeks")),
    (("two_clocks", "law_12_months"), ("two_clocks", "common_12_months")),
    (("meetings_undecided", TOTAL), ("meetings_unfinished", TOTAL)),
    (("meetings_undecided", "over_24_months"), ("meetings_unfinished", "24_months_and_over")),
    (("S2.1a-all", DENOMINATOR), ("plans_begun", "first")),
)
"""Counts that lie inside another, so that the difference is a count of children too."""

BOUNDED: tuple[tuple[tuple[Cell, ...], Cell], ...] = (
    ((("I2.1", DENOMINATOR),), ("S2.1a", DENOMINATOR)),
    ((("W1.4g", DENOMINATOR),), ("W1.4f", DENOMINATOR)),
    ((("B1", DENOMINATOR),), ("W1.4f", DENOMINATOR)),
    ((("I2.3", DENOMINATOR), ("B4", DENOMINATOR)), ("W1.4f", DENOMINATOR)),
    ((("B6", NUMERATOR),), ("live",)),
    ((("B13", DENOMINATOR),), ("live",)),
    ((("S2.4", NUMERATOR),), ("S2.4", DENOMINATOR)),
    ((("two_clocks", "dfe_completed", OF),), ("live",)),
    ((("two_clocks", "dfe_completed", OF),), ("two_clocks", "law_12_months", OF)),
    (
        (("two_clocks", "dfe_outstanding"), ("two_clocks", "dfe_not_due")),
        ("review_outcomes", "none"),
    ),
)
"""Counts that together are at most another; how many are left over is nobody's to hide."""

INNER: frozenset[Cell] = frozenset(
    {
        ("outside_area", TOTAL),
        ("meetings_undecided", TOTAL),
        *((f"{OUTCOME_TABLES}{code}", TOTAL) for code in PROGRESS),
        ("S2.1a-without-exceptions", DENOMINATOR),
        ("S2.1a-all", DENOMINATOR),
        ("assessment_timeliness", "plan_20_weeks_all", OF),
        ("issued", TOTAL),
        ("plans_begun", TOTAL),
        ("plans_ended", TOTAL),
        ("two_clocks", "dfe_4_weeks", OF),
        ("dfe_outcomes", TOTAL),
        ("dfe_decisions", TOTAL),
        ("assessment_timeliness", "plan_20_weeks_without_exceptions", OF),
    }
)
"""Denominators and totals that are another and a count beside it: a small one hides them too."""

WITHIN: tuple[tuple[str, str], ...] = (("outside_area", "setting_kind"),)
"""Tables whose lines lie inside the lines of another of the same key."""


class Over(Enum):
    """What a count is over, which says how it goes with other returns."""

    DAY = "as at the day"
    EXACT = "what came in the period, for good"
    GROWING = "what came in the period and was settled since, so that it may be more later"
    SHRINKING = "what came in the period and is not settled yet, so that it may be less later"
    OWN = "something that no other return tells of"


_OVER: Mapping[Cell, Over] = MappingProxyType(
    {
        ("review_outcomes", "none"): Over.SHRINKING,
        ("review_outcomes", TOTAL): Over.EXACT,
        ("requests", "waiting"): Over.SHRINKING,
        ("requests", TOTAL): Over.EXACT,
        ("appeals", "open"): Over.SHRINKING,
        ("appeals", TOTAL): Over.EXACT,
        ("issued",): Over.EXACT,
        ("assessment_timeliness",): Over.EXACT,
        ("review_steps", "meeting_to_decision"): Over.EXACT,
        ("review_steps", "report_to_decision"): Over.EXACT,
        ("review_steps", "mean_meeting_to_decision"): Over.EXACT,
        ("review_steps", "mean_report_to_decision"): Over.EXACT,
        ("two_clocks", "law_12_months"): Over.DAY,
        ("two_clocks", "common_12_months"): Over.DAY,
        ("two_clocks", "dfe_completed"): Over.OWN,
        ("two_clocks", "dfe_completed", OF): Over.DAY,
        ("two_clocks", "dfe_outstanding"): Over.OWN,
        ("two_clocks", "dfe_outstanding", OF): Over.EXACT,
        ("two_clocks", "dfe_not_due"): Over.OWN,
        ("two_clocks", "dfe_not_due", OF): Over.EXACT,
        ("W1.4f", DENOMINATOR): Over.EXACT,
        # Live plans of the day, though the suspensions among them are of the period.
        ("S3.2a", DENOMINATOR): Over.DAY,
        ("I2.1",): Over.EXACT,
        # Each backlog date has its own.
        ("I2.2",): Over.OWN,
        # Told by the tables of the years they are of.
        **dict.fromkeys((("W1.6a",), ("W1.6a-strict",), ("W1.6b",), ("W1.6b-strict",)), Over.OWN),
        **{
            (ref,): Over.EXACT
            for ref in ("S2.1a", "S2.1a-all", "S2.1a-without-exceptions", "S2.1a-no-request")
        },
        ("S2.1a-overturned",): Over.EXACT,
        **dict.fromkeys(
            [
                (key,)
                for key in (
                    *("live", "primary_need", "setting_kind", "year_group", "setting", "pathway"),
                    *("outside_area", "review_stock", "meetings_undecided", "open_assessments"),
                    *("dfe_reviews", "dfe_outcomes", "dfe_decisions", "data_to_mend"),
                    *("overdue_by_duty", "overdue_by_time", "meetings_unfinished", "age", "sex"),
                    *("advice_waiting", "otherwise", "costs", "budgets", "plan_age"),
                    "under_five_reviews",
                )
            ],
            Over.DAY,
        ),
    }
)
"""By table or measure, by its line or by one of its figures; the nearest name counts.

Of measures only what the catalogue does not say.
"""


def over(cell: Cell, of_the_day: Container[Cell] = ()) -> Over:
    """What a count is over; of one that nobody said it of, what came in the period.

    Args:
        cell: its name.
        of_the_day: the counts of measures that the catalogue says are not over the period.
    """
    if cell[0].startswith(("transfers_", OUTCOME_TABLES, FILE_DAY)):
        return Over.DAY
    near = (_OVER.get(cell[:length]) for length in range(len(cell), 0, -1))
    usual = Over.DAY if cell in of_the_day else Over.GROWING
    return next((one for one in near if one is not None), usual)


def whole_of(cell: Cell, counts: Container[Cell]) -> Cell | None:
    """The denominator or total that a count is a part of, of those there are."""
    if is_whole(cell):
        return None
    tried = ((cell[0], DENOMINATOR), (*cell, OF), (cell[0], TOTAL))
    return next((one for one in tried if one in counts), None)


def is_whole(cell: Cell) -> bool:
    """Whether a count is a total or a denominator."""
    return cell[-1] in (DENOMINATOR, OF, TOTAL)


OF_LIVE = (
    *("primary_need", "setting_kind", "year_group", "setting", "review_stock", "age", "sex"),
    *("otherwise", "plan_age"),
)
"""Tables whose lines are all live plans."""
_NONE = "not_recorded"
_PAST_TWENTY = ("20_to_30_weeks", "30_to_52_weeks", "over_52_weeks")
_NOT_LATE = ("later", "in_3_months", "in_1_month")
_LONG_HELD = ("to_6_months", "to_12_months", "to_24_months", "over_24_months")
_SCHOOL_YEARS = tuple(str(year) for year in range(12))
_ISSUED = ("in_20_weeks", "20_to_52_weeks", "over_52_weeks")


def adding_up(period: Period) -> Iterator[Sum]:
    """Counts of one sheet that are the sum of counts on another, in the return of a period."""
    before_16, into_post_16 = (
        [f"transfers_{role}_{year_of(role, period)}" for role in roles]
        for roles in (BEFORE_16, INTO_POST_16)
    )
    for ref, tables in (("W1.6a", before_16), ("W1.6b", into_post_16)):
        yield Sum((ref, DENOMINATOR), tuple((table, TOTAL) for table in tables))
        yield Sum((f"{ref}-strict", DENOMINATOR), ((ref, DENOMINATOR),))
        in_time = _lines(tables, "in_time")
        yield Sum((f"{ref}-strict", NUMERATOR), in_time)
        yield Sum((ref, NUMERATOR), (*in_time, *_lines(tables, "last_day")))
    known = [code for code in PATHWAYS if code != NOT_KNOWN]
    yield Sum(("W1.6d", NUMERATOR), _of("pathway", known))
    yield Sum(("W1.6d", DENOMINATOR), (("pathway", TOTAL),))
    yield Sum(("I2.2-open", NUMERATOR), _of("open_assessments", _PAST_TWENTY))
    yield Sum(("S2.4", NUMERATOR), _of("year_group", _SCHOOL_YEARS))
    yield Sum(("two_clocks", "law_12_months"), _of("review_stock", _NOT_LATE))
    yield Sum(("data_to_mend", "decision"), _of("meetings_undecided", _LONG_HELD))
    yield Sum(("S1.2a", NUMERATOR), (("setting_kind", "special"),))
    yield Sum(("S1.2b", NUMERATOR), (("setting_kind", "post16"),))
    yield Sum(("B2", DENOMINATOR), (("age", "under_5"),))
    yield Sum(("B3", DENOMINATOR), (("live",),))
    yield Sum(("B3", NUMERATOR), (("plan_age", "over_3"),))
    yield Sum(("B2", DENOMINATOR), (("under_five_reviews", TOTAL),))
    yield Sum(("B2", NUMERATOR), (("under_five_reviews", "within_6_months"),))
    yield Sum(("C3", NUMERATOR), (("outside_area", TOTAL),))
    judged = {code: (f"{OUTCOME_TABLES}{code}", TOTAL) for code in PROGRESS}
    yield Sum(("C1", DENOMINATOR), tuple(judged.values()))
    yield Sum(("C1", NUMERATOR), tuple(judged[code] for code in ON_THE_WAY))
    plain = ("assessment_timeliness", "plan_20_weeks_without_exceptions", OF)
    exceptions = ("assessment_timeliness", "exceptions")
    yield Sum(("assessment_timeliness", "plan_20_weeks", OF), (plain, exceptions))
    yield Sum(("assessment_timeliness", "weeks_to_issue"), _of("issued", _ISSUED))
    weeks = ("assessment_timeliness", "weeks_to_issue")
    yield Sum(weeks, (("assessment_timeliness", "median_weeks_to_issue"),))
    for step in ("meeting_to_decision", "report_to_decision"):
        yield Sum(("review_steps", step), (("review_steps", f"mean_{step}"),))
    every = ("assessment_timeliness", "plan_20_weeks_all")
    yield Sum(("issued", "in_20_weeks"), (every,))
    yield Sum(("issued", TOTAL), ((*every, OF),))
    yield Sum(("S2.1a-all", NUMERATOR), (every,))
    yield Sum(("S2.1a-all", DENOMINATOR), ((*every, OF),))
    yield Sum(("S2.1a-no-request", NUMERATOR), _of("issued", ("no_request",)))
    left_out = [(f"S2.1a-{one}", NUMERATOR) for one in ("no-request", "overturned")]
    yield Sum(("S2.1a-all", DENOMINATOR), (("S2.1a", DENOMINATOR), *left_out))
    yield Sum(("W1.4g", DENOMINATOR), (("two_clocks", "law_4_weeks", OF),))
    yield Sum(("W1.4g", NUMERATOR), (("two_clocks", "law_4_weeks"),))
    meetings = ("review_outcomes", TOTAL)
    yield Sum(("W1.4f", DENOMINATOR), (meetings,))
    undecided = _of("two_clocks", ("dfe_outstanding", "dfe_not_due"))
    for one in undecided:
        yield Sum((*one, OF), (meetings,))
    yield Sum(meetings, (("two_clocks", "dfe_4_weeks", OF), ("review_outcomes", "none")))
    expected = ("dfe_reviews", TOTAL)
    yield Sum(expected, (("two_clocks", "dfe_completed", OF),))
    yield Sum(expected, (("dfe_reviews", "no_meeting"), ("dfe_outcomes", TOTAL)))
    decided = _of("dfe_reviews", ("this_year", "last_year", "earlier"))
    yield Sum(("dfe_decisions", TOTAL), decided)
    on_request = ("assessment_timeliness", "plan_20_weeks", OF)
    yield Sum(("S2.1a", DENOMINATOR), (on_request,))
    yield Sum(("S2.1a", DENOMINATOR), ((*exceptions, OF),))
    yield Sum(("S2.1a", NUMERATOR), (on_request[:-1],))
    for figure, last in ((plain[:-1], NUMERATOR), (plain, DENOMINATOR)):
        yield Sum(("S2.1a-without-exceptions", last), (figure,))
    yield Sum(("B8", NUMERATOR), (("appeals", TOTAL),))
    for table in OF_LIVE:
        yield Sum(("live",), ((table, TOTAL),))
    for clock in ("law_12_months", "common_12_months"):
        yield Sum(("live",), (("two_clocks", clock, OF),))
    yield Sum(("live",), (("W1.4e", DENOMINATOR),))
    yield Sum(("overdue_by_duty", TOTAL), (("overdue_by_time", TOTAL),))
    yield Sum(("primary_need", _NONE), _of("data_to_mend", ("need",)))
    yield Sum(("setting", _NONE), _of("data_to_mend", ("setting",)))
    yield Sum(("setting_kind", _NONE), _of("data_to_mend", ("setting", "setting_kind")))
    yield Sum(("review_stock", "no_date"), _of("data_to_mend", ("history", "review_date")))


def _of(table: str, lines: tuple[str, ...] | list[str]) -> tuple[Cell, ...]:
    return tuple((table, line) for line in lines)


def _lines(tables: list[str], line: str) -> tuple[Cell, ...]:
    return tuple((table, line) for table in tables)
