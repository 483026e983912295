"""Measures that records answer, of drawn caseloads, against a plain count of what was drawn.

Rows are those of `test_drawn`: a case, the day of what is counted, and whether it counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

import pytest
from dateutil.relativedelta import relativedelta

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.measures.board import Result
from caseworker_app.domain.measures.caseload_tables import caseload_tables
from caseworker_app.domain.measures.results import results
from tests.domain.measures.drawing import Drawn
from tests.domain.measures.drawing_records import (
    FIVE,
    INSIDE,
    PROGRESS,
    SCHOOLS,
    TEMPLATES,
    THRESHOLDS,
    WEIGHTS,
    Aim,
    Answered,
    Given,
    Looked,
    Spent,
    Whole,
    beside,
    draw_beside,
    draw_whole,
)
from tests.domain.measures.making import caseload, catalogue, counts, table
from tests.domain.measures.test_drawn import PERIODS, Asked, Row, cohort

ANSWERS, SAT = draw_beside(5)
FEW = 4


@cache
def children() -> tuple[tuple[Whole, ...], tuple[CaseFile, ...]]:
    drawn = [both for seed in (11, 13) for both in draw_whole(seed, 120)]
    return tuple(one for one, _ in drawn), tuple(file for _, file in drawn)


@cache
def counted(period: tuple[str, str, str]) -> dict[str, Result]:
    start, end, as_at = period
    load = caseload(*children()[1], start=start, end=end, as_at=as_at, beside=beside(ANSWERS, SAT))
    return {one.ref: one for one in results(load, catalogue())}


def stands(since: date | None, until: date | None, day: date) -> bool:
    return (since is None or since <= day) and (until is None or until >= day)


def aims_on(one: Whole, day: date) -> list[Aim]:
    return [aim for aim in one.aims if stands(aim.set_on, aim.ended, day)]


def given_on(one: Whole, day: date) -> list[Given]:
    return [given for given in one.given if stands(given.since, given.until, day)]


def of_live(asked: Asked, one: Whole, counts: Callable[[Whole, date], bool]) -> list[Row]:
    if not asked.live(one.told):
        return []
    return [(one.told.reference, None, counts(one, asked.as_at))]


def whole_thread(asked: Asked, one: Whole) -> list[Row]:
    def counts(one: Whole, day: date) -> bool:
        aims = aims_on(one, day)
        hopes = {each.key for each in one.hopes if stands(each.since, each.until, day)}
        needs = {each.key for each in one.needs if stands(each.since, each.until, day)}
        served = {key for each in given_on(one, day) for key in each.aims}
        return bool(aims) and not any(
            aim.hope not in hopes or needs.isdisjoint(aim.needs) or aim.key not in served
            for aim in aims
        )

    return of_live(asked, one, counts)


def smart(asked: Asked, one: Whole) -> list[Row]:
    def counts(one: Whole, day: date) -> bool:
        marks = [[aim.smart[name] for name in FIVE] for aim in aims_on(one, day)]
        return bool(marks) and {mark for each in marks for mark in each} == {"yes"}

    return of_live(asked, one, counts)


def costed(asked: Asked, one: Whole) -> list[Row]:
    def counts(one: Whole, day: date) -> bool:
        given = given_on(one, day)
        return bool(given) and not any(each.cost is None or not each.funder for each in given)

    return of_live(asked, one, counts)


def last_met(asked: Asked, one: Whole) -> date | None:
    met = [each.meeting for each in asked.reviews(one.told) if each.meeting is not None]
    return max(met, default=None)


def looked_at(asked: Asked, one: Whole) -> list[Row]:
    met = last_met(asked, one)
    if met is None or not asked.live(one.told):
        return []
    # What was written at that meeting is not judged by it.
    stood = [aim for aim in one.aims if aim.set_on < met and (not aim.ended or aim.ended >= met)]
    said = [aim.said.get(met, ("", ""))[1] for aim in stood]
    return [(one.told.reference, met, bool(said) and "" not in said)]


def judged(asked: Asked, one: Whole) -> list[Row]:
    met = last_met(asked, one)
    if met is None or not asked.live(one.told):
        return []
    found = [aim.said[met][0] for aim in one.aims if met in aim.said]
    return [(one.told.reference, met, how in ("achieved", "on_track")) for how in found]


def short_breaks(asked: Asked, one: Whole) -> list[Row]:
    if not asked.live(one.told):
        return []
    aims = {aim.key for aim in aims_on(one, asked.as_at)}
    return [
        (one.told.reference, None, bool(aims & set(given.aims)))
        for given in given_on(one, asked.as_at)
        if given.short_break
    ]


def budgets(asked: Asked, one: Whole) -> list[Row]:
    runs = [
        each
        for each in one.budgets
        if each.what != "refused"
        and each.since is not None
        and stands(each.since, each.until, asked.as_at)
    ]
    return [(one.told.reference, None, True)] if runs and asked.live(one.told) else []


def converted(asked: Asked, one: Whole) -> list[Row]:
    was = [each for on, each in one.versions.items() if on <= asked.as_at]
    if TEMPLATES[0] not in was or not asked.live(one.told):
        return []
    return [(one.told.reference, None, was[-1] == TEMPLATES[-1])]


def marks_of(looked: Looked, asked: Asked) -> dict[str, str]:
    marks = dict(looked.marks)
    second = [each for each in looked.second if each[0] <= asked.as_at]
    if second:
        marks |= second[-1][1]
    return marks


def score_of(looked: Looked, asked: Asked) -> float | None:
    marks, weights = marks_of(looked, asked), WEIGHTS[looked.tool]
    if weights.keys() - marks.keys():
        return None
    apply = {code: weight for code, weight in weights.items() if marks[code] != "na"}
    if not apply:
        return None
    worth = {"met": 1.0, "partly": 0.5, "not": 0.0}
    return sum(worth[marks[code]] * apply[code] for code in apply) / sum(apply.values()) * 100


def meets(looked: Looked, asked: Asked) -> bool:
    score = score_of(looked, asked)
    return score is not None and score >= THRESHOLDS[looked.tool]


def audits(asked: Asked, one: Whole, since: date | None = None) -> list[Looked]:
    return [
        each for each in one.looked if each.on <= asked.as_at and (not since or each.on >= since)
    ]


def new_plans(passes: Callable[[Looked, Asked], bool]) -> Callable[[Asked, Whole], list[Row]]:
    def rows(asked: Asked, one: Whole) -> list[Row]:
        if one.told.plan is None or not asked.holds(one.told.plan):
            return []
        made = audits(asked, one, one.told.plan)
        return [(one.told.reference, made[-1].on, passes(made[-1], asked))] if made else []

    return rows


def is_met(code: str) -> Callable[[Looked, Asked], bool]:
    return lambda looked, asked: marks_of(looked, asked).get(code) == "met"


def care(asked: Asked, one: Whole) -> list[Row]:
    made = audits(asked, one)
    passes = is_met("care")
    return [(one.told.reference, made[-1].on, passes(made[-1], asked))] if made else []


def old_plans(asked: Asked, one: Whole) -> list[Row]:
    first = one.told.plan or one.told.made
    if not asked.live(one.told) or first is None or first >= date(2018, 4, 1):
        return []
    return [(one.told.reference, None, any(meets(each, asked) for each in audits(asked, one)))]


def at_transfer(asked: Asked, one: Whole) -> list[Row]:
    rows = []
    for day, years in (((2, 15), (0, 7)), ((3, 31), (12,))):
        every = [date(year, *day) for year in range(2022, 2029)]
        inside = [each for each in every if asked.start <= each <= asked.end]
        by = inside[-1] if inside else next(each for each in every if each > asked.end)
        falls = by.year in {cohort(one.told.born) + year for year in years}
        if falls and asked.live(one.told, min(by - timedelta(2), asked.as_at)):
            review = own_review(asked.reviews(one.told), by)
            if review is not None and review.meeting is not None:
                done = bool(audits(asked, one, review.meeting))
                rows.append((one.told.reference, review.meeting, done))
    return rows


def own_review(reviews: list[Drawn], by: date) -> Drawn | None:
    """The review that a move's final plan ended, else the newest of the twelve months before."""
    opens, closes = date(by.year - 1, 9, 1), date(by.year, 8, 31)
    ended = [one for one in reviews if one.final is not None and opens <= one.final <= closes]
    decided = [one for one in ended if one.decision is not None]
    if ended:
        return (decided or ended)[0]
    began = by - relativedelta(months=12)
    own = [one for one in reviews if one.any and (one.meeting or one.decision or began) >= began]
    return own[-1] if own else None


def age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def doing(asked: Asked, one: Whole) -> str:
    started = [each for each in one.routes if each.more == "started"]
    runs = [each for each in started if stands(each.since, each.until, asked.as_at)]
    if runs:
        return max(runs, key=lambda each: each.since or date.min).what
    planned = [
        each
        for each in one.routes
        if each.more == "planned" and (each.until is None or each.until >= asked.as_at)
    ]
    return min(planned, key=lambda each: each.since or date.max).what if planned else ""


def routes(asked: Asked, one: Whole) -> list[Row]:
    if not asked.live(one.told) or not 16 <= age(one.told.born, asked.as_at) <= 25:
        return []
    return [(one.told.reference, None, doing(asked, one) not in ("", "unknown"))]


def begun(what: str) -> Callable[[Asked, Whole], list[Row]]:
    def rows(asked: Asked, one: Whole) -> list[Row]:
        after = asked.as_at - relativedelta(months=12)
        some = [
            each
            for each in one.routes
            if each.what == what
            and each.more == "started"
            and each.since is not None
            and after < each.since <= asked.as_at
        ]
        return [(one.told.reference, None, True)] if some else []

    return rows


def transition(asked: Asked, one: Whole) -> list[Row]:
    eighteen = one.told.born.replace(year=one.told.born.year + 18)
    if not asked.holds(eighteen) or not asked.live(one.told, eighteen):
        return []
    known = [each for each in one.adult if each[0] <= asked.as_at]
    if not known or known[-1][1] != "yes":
        return []
    plan = known[-1][2]
    return [(one.told.reference, eighteen, plan is not None and plan < eighteen)]


def outside(asked: Asked, one: Whole) -> list[Row]:
    if not asked.live(one.told) or not 19 <= age(one.told.born, asked.as_at) <= 25:
        return []
    told = [each for each in one.homes if each.what and stands(each.since, each.until, asked.as_at)]
    return [(one.told.reference, None, True)] if told and told[-1].what == "no" else []


def year_9(asked: Asked, one: Whole) -> list[Row]:
    rows = []
    for _, _, met in asked.meetings(one.told):
        school_year = met.year - (met.month < 9)
        if school_year - cohort(one.told.born) == 9:
            rows.append((one.told.reference, met, one.areas.get(met, 0) == 4))
    return rows


def of_school_age(asked: Asked, one: Whole) -> bool:
    return 0 <= asked.as_at.year - (asked.as_at.month < 9) - cohort(one.told.born) <= 11


def suspended(asked: Asked, one: Whole) -> list[Row]:
    if not asked.live(one.told) or not of_school_age(asked, one):
        return []
    out = any(not permanent and asked.holds(on) for on, permanent, _ in one.out)
    return [(one.told.reference, None, out)]


def excluded(asked: Asked, one: Whole) -> list[Row]:
    if not asked.live(one.told):
        return []
    out = any(
        permanent and upheld == "yes" and asked.holds(on) for on, permanent, upheld in one.out
    )
    return [(one.told.reference, None, True)] if out else []


def place_on(asked: Asked, one: Whole) -> Spent | None:
    there = [each for each in one.places if stands(each.since, each.until, asked.as_at)]
    return there[-1] if there else None


def placed(kind: str) -> Callable[[Asked, Whole], list[Row]]:
    def rows(asked: Asked, one: Whole) -> list[Row]:
        place = place_on(asked, one)
        there = place is not None and SCHOOLS[place.what][0] == kind
        return [(one.told.reference, None, True)] if there and asked.live(one.told) else []

    return rows


def away(asked: Asked, one: Whole) -> list[Row]:
    place = place_on(asked, one)
    if not asked.live(one.told) or place is None or not SCHOOLS[place.what][1]:
        return []
    return [(one.told.reference, None, SCHOOLS[place.what][1] != INSIDE)]


COUNTS: dict[str, Callable[[Asked, Whole], list[Row]]] = {
    "W1.1d": new_plans(is_met("advice")),
    "W1.1e": whole_thread,
    "W1.2c": care,
    "W1.2e": new_plans(meets),
    "W1.5a": at_transfer,
    "W1.5b": converted,
    "W1.5c": looked_at,
    "W1.6d": routes,
    "W1.7d": transition,
    "S1.2a": placed("special"),
    "S1.2b": placed("post16"),
    "S2.2": old_plans,
    "S2.2b": smart,
    "S3.1a": budgets,
    "S3.1b": costed,
    "S3.2a": suspended,
    "S3.2b": excluded,
    "S5.2a": begun("internship"),
    "S5.2b": begun("supported_apprenticeship"),
    "S5.3b": outside,
    "I2.3": year_9,
    "C1": judged,
    "C2": short_breaks,
    "C3": away,
}


@pytest.mark.parametrize("ref", COUNTS)
@pytest.mark.parametrize("period", PERIODS, ids=lambda one: "..".join(filter(None, one)))
def test_a_measure_counts_what_the_records_say(ref: str, period: tuple[str, str, str]) -> None:
    found, asked = counted(period)[ref], Asked(*period)
    wanted = [row for one in children()[0] for row in COUNTS[ref](asked, one)]
    assert sorted(((one.reference, one.on, one.counts) for one in found.things), key=str) == sorted(
        wanted, key=str
    )
    assert found.numerator == sum(counts for _, _, counts in wanted)
    assert found.denominator in (None, len(wanted))


def _said(asked: Asked, field: str, asks: Callable[[Answered], bool]) -> list[str]:
    some = [one for one in ANSWERS if asks(one) and asked.holds(one.on)]
    return [said for one in some if (said := getattr(one, field))]


@pytest.mark.parametrize(
    ("ref", "field", "good", "asks"),
    [
        ("W1.8b", "reflects", ("strongly_agree", "agree"), lambda _: True),
        ("W1.8c", "involved", ("strongly_agree", "agree"), lambda _: True),
        (
            "S2.1b",
            "rating",
            ("very_good", "good"),
            lambda one: (one.about, one.given_by) == ("assessment", "parent"),
        ),
    ],
)
@pytest.mark.parametrize("period", PERIODS, ids=lambda one: "..".join(filter(None, one)))
def test_what_families_said_is_counted_where_enough_said_it(
    ref: str,
    field: str,
    good: tuple[str, ...],
    asks: Callable[[Answered], bool],
    period: tuple[str, str, str],
) -> None:
    said = _said(Asked(*period), field, asks)
    found = counted(period)[ref]
    if 0 < len(said) <= FEW:
        assert (found.numerator, found.denominator) == (None, None)
    else:
        assert (found.numerator, found.denominator) == (
            sum(one in good for one in said),
            len(said),
        )


@pytest.mark.parametrize("period", PERIODS, ids=lambda one: "..".join(filter(None, one)))
def test_panels_of_the_year_are_counted(period: tuple[str, str, str]) -> None:
    as_at = Asked(*period).as_at
    held = [one for one in SAT if as_at - relativedelta(months=12) < one.on <= as_at]
    found = counted(period)["S4.3a"]
    assert held
    assert (found.numerator, found.denominator) == (
        sum(one.represented for one in held),
        len(held),
    )


@pytest.mark.parametrize("period", PERIODS[3:6], ids=lambda one: "..".join(filter(None, one)))
def test_tables_of_routes_places_outside_and_outcomes_say_which(
    period: tuple[str, str, str],
) -> None:
    start, end, as_at = period
    load = caseload(*children()[1], start=start, end=end, as_at=as_at, beside=beside(ANSWERS, SAT))
    asked, tables = Asked(*period), caseload_tables(load)
    on = [doing(asked, one) for one in children()[0] if routes(asked, one)]
    assert counts(table(tables, "pathway")) == Counter(one or "not_recorded" for one in on)
    kinds = Counter(
        SCHOOLS[place.what][0] or "not_recorded"
        for one in children()[0]
        if any(there for _, _, there in away(asked, one))
        and (place := place_on(asked, one)) is not None
    )
    assert counts(table(tables, "outside_area")) == kinds
    said = Counter(
        (aim.said[met][0], aim.area)
        for one in children()[0]
        if asked.live(one.told) and (met := last_met(asked, one)) is not None
        for aim in one.aims
        if met in aim.said
    )
    for progress in PROGRESS:
        by_area = {area: many for (how, area), many in said.items() if how == progress}
        assert counts(table(tables, f"outcomes_{progress}")) == by_area
