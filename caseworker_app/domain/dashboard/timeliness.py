"""Charts of time: first plans in twenty weeks by month, the steps of reviews, and what is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from caseworker_app.domain.charts import Chart, Mark, Series, of_lines, of_table, share_of
from caseworker_app.domain.dashboard.months import Months
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.measures.assessment_answers import excused, plans_on_request, timed
from caseworker_app.domain.measures.board import Table
from caseworker_app.domain.measures.catalogue import Measure, read_target, target_words
from caseworker_app.domain.measures.counting import Caseload, FirstPlan

GROUP = "In time"
AGES = "How long cases have been open"
TWENTY_WEEKS = "S2.1a"
"""The measure of first plans in twenty weeks."""

_LATE_ASSESSMENTS = frozenset({"20_to_30_weeks", "30_to_52_weeks", "over_52_weeks"})
_LATE_MEETINGS = frozenset({"under_12_months", "under_24_months", "24_months_and_over"})


def twenty_weeks(caseload: Caseload, months: Months, measure: Measure | None) -> Chart:
    """The share of first plans sent in twenty weeks, by the month they were sent in.

    Args:
        caseload: over the months.
        months: to count by.
        measure: of the catalogue, for its target; None draws none.
    """
    plans = list(plans_on_request(caseload))
    plain = [one for one in plans if not excused(one[0], one[1])]
    target = None if measure is None else read_target(measure.target)
    return Chart(
        "twenty_weeks",
        GROUP,
        "First plans within 20 weeks",
        _said(plans, plain, months),
        "line",
        "Month",
        "First plans",
        months.words,
        (
            Series("All on a request", _by_month(months, plans)),
            Series("Without those excused", _by_month(months, plain), "green"),
        ),
        months.short,
        shares=True,
        target=target.number if target is not None and target.share else None,
        target_words="" if measure is None else f"Target: {target_words(measure.target)}",
        note="As measure S2.1a counts: first final plans with a request on record and no refusal "
        "before them, by the month in which the plan was sent.",
    )


def review_steps(table: Table, months: Months) -> Chart:
    """The steps of reviews against their limits, from the table of the board return."""
    lines = [one for one in table.lines if one.of is not None]
    marks = of_lines(lines, shares=True)
    since = day_words(months.firsts[0])
    known = [
        (one.label, mark) for one, mark in zip(lines, marks, strict=True) if mark.value is not None
    ]
    least = min(known, key=lambda one: one[1].value or 0.0, default=None)
    said = f"No step of a review fell due since {since}."
    if least is not None:
        said = f"Since {since}, least in time: {_lower(least[0])}, {least[1].words}."
    return Chart(
        table.key,
        GROUP,
        "Steps of reviews in time",
        said,
        "bars",
        table.heading,
        "In time",
        tuple(one.label for one in lines),
        (Series("In time", marks),),
        shares=True,
        note=f"Each of those whose limit came since {since}, as in the board return.",
    )


def open_assessments(table: Table, caseload: Caseload) -> Chart:
    """Assessments open by time since the request, from the table of the board return."""
    late = {line.key: line.key in _LATE_ASSESSMENTS for line in table.lines}
    every = sum(len(line.things) for line in table.lines)
    past = sum(len(line.things) for line in table.lines if late[line.key])
    said = (
        f"{every:,} assessments are open on {day_words(caseload.as_at)}; {past:,} of them are past "
        "their 20 weeks."
    )
    return of_table(table, AGES, said, "Assessments", late=late)


def unfinished_reviews(table: Table, caseload: Caseload) -> Chart:
    """Meetings whose review is not finished, from the table of the board return."""
    late = {line.key: line.key in _LATE_MEETINGS for line in table.lines}
    every = sum(len(line.things) for line in table.lines)
    past = sum(len(line.things) for line in table.lines if late[line.key])
    said = (
        f"{every:,} review meetings have been held and are not finished on "
        f"{day_words(caseload.as_at)}; {past:,} of them were held 6 months ago or more."
    )
    chart = of_table(table, AGES, said, "Meetings", late=late)
    return replace(chart, title="Review meetings not finished")


def _by_month(months: Months, plans: Iterable[FirstPlan]) -> tuple[Mark, ...]:
    return tuple(
        share_of(map(timed, some)) for some in months.sorted_out(plans, lambda one: one[2])
    )


def _said(plans: list[FirstPlan], plain: list[FirstPlan], months: Months) -> str:
    since = day_words(months.firsts[0])
    if not plans:
        return f"No first plan with a request on record was sent since {since}."
    whole, rest = share_of(map(timed, plans)), share_of(map(timed, plain))
    leaving = f"; leaving out those that an exception excuses, {rest.words}" if plain else ""
    return (
        f"Since {since}, {whole.words} first plans were sent within 20 weeks of the request"
        f"{leaving}."
    )


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
