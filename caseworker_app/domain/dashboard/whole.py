"""The whole dashboard: every chart of one day's caseload, in the order it is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from caseworker_app.domain.charts import Chart, Dashboard, Headline
from caseworker_app.domain.dashboard import dates, flow, timeliness, work
from caseworker_app.domain.dashboard.months import months_to
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations.growing_up import Pathway
from caseworker_app.domain.declarations.placements import Placement
from caseworker_app.domain.kinds import Kind, kind_of
from caseworker_app.domain.measures.assessment_tables import assessment_tables
from caseworker_app.domain.measures.board import Result, Table
from caseworker_app.domain.measures.caseload_tables import caseload_tables
from caseworker_app.domain.measures.catalogue import Measure
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.measures.every_answer import EVERY_ANSWER
from caseworker_app.domain.measures.results import results
from caseworker_app.domain.measures.review_tables import review_tables

AUDITS, WORKLOAD = "audits", "workload"
"""What not everybody may see: what audits found, and how work is shared out."""

NOT_SEEN: Mapping[str, str] = {
    AUDITS: "What audits found is not shown: it is for those who may read every audit.",
    WORKLOAD: "Work by caseworker is not shown: it is for those who may hand work over.",
}
"""What is said where it is left out."""


HEADLINES = (
    ("overdue", "duties overdue", "late"),
    ("soon", "due in 4 weeks", "soon"),
    ("missed", "dates likely to be missed", "late"),
    ("reviews", "reviews overdue", "late"),
    ("past_20", "assessments past 20 weeks", "late"),
)
"""The numbers that are read first: key, words and tone."""


def kinds_read() -> tuple[Kind, ...]:
    """The kinds of record that the charts look at, each once."""
    refs = (*work.QUALITY_REFS, *work.ADULTHOOD_REFS)
    read: list[type[Any]] = [one for ref in refs for one in EVERY_ANSWER[ref].reads]
    return tuple(dict.fromkeys(map(kind_of, [*read, Pathway, Placement])))


def dashboard(
    caseload: Caseload,
    catalogue: Iterable[Measure],
    commissioned: Mapping[str, int],
    *,
    whose: str = "",
    without: Collection[str] = (),
) -> Dashboard:
    """Every chart of a caseload on its day.

    The figures are those of the board return: of stock on the same day, of flow in the same month.

    Args:
        caseload: with the cases that are shown; its period is not looked at.
        catalogue: every measure.
        commissioned: places of this school year by kind.
        whose: whose cases these are, "" for everyone's.
        without: the parts that whoever asks may not see, of `AUDITS` and `WORKLOAD`.
    """
    measures = {one.ref: one for one in catalogue}
    charts = tuple(_charts(caseload, measures, commissioned, without))
    of = f"{whose}: " if whose else ""
    live = len(caseload.live)
    plans = "1 live plan" if live == 1 else f"{live:,} live plans"
    about = f"{of}{plans} on {day_words(caseload.as_at)}"
    unseen = tuple(NOT_SEEN[one] for one in NOT_SEEN if one in without)
    return Dashboard(about, live, charts, tuple(_headlines(charts)), unseen)


def _headlines(charts: Iterable[Chart]) -> Iterator[Headline]:
    """What presses, each out of its chart."""
    by_key = {one.key: one for one in charts}
    duties, due = by_key["overdue_coming"], by_key["breaches"]
    reviews, assessed = by_key["review_stock"], by_key["open_assessments"]
    ahead = [at for at in range(len(duties.categories)) if at not in duties.late]
    marks = (
        duties.behind(sorted(duties.late)),
        duties.behind(ahead[:-1]),
        due.behind(range(len(due.categories)), (1,)),
        reviews.behind(sorted(reviews.late)),
        assessed.behind(sorted(assessed.late)),
    )
    for (key, words, tone), mark in zip(HEADLINES, marks, strict=True):
        yield Headline(key, words, tone, mark)


def _charts(
    caseload: Caseload,
    measures: Mapping[str, Measure],
    commissioned: Mapping[str, int],
    without: Collection[str],
) -> Iterator[Chart]:
    months = months_to(caseload.as_at)
    year = replace(caseload, period=months.period)
    reviews, assessed = _by_key(review_tables(year)), _by_key(assessment_tables(year))
    plans = _by_key(caseload_tables(year))
    yield dates.overdue_and_coming(year)
    yield dates.breaches(year)
    yield dates.reviews_due(reviews["review_stock"], len(year.live), year.as_at)
    yield timeliness.twenty_weeks(year, months, measures.get(timeliness.TWENTY_WEEKS))
    yield timeliness.review_steps(reviews["review_steps"], months)
    yield timeliness.open_assessments(assessed["open_assessments"], year)
    yield timeliness.unfinished_reviews(reviews["meetings_unfinished"], year)
    yield from flow.flow_charts(year, months)
    if WORKLOAD not in without:
        yield work.workload(year)
    if AUDITS not in without:
        yield work.quality(_results(year, measures, work.QUALITY_REFS), months.firsts[0])
    yield work.adulthood(_results(year, measures, work.ADULTHOOD_REFS), months.firsts[0])
    if "pathway" in plans:
        yield work.pathways(plans["pathway"])
    yield work.places(year, commissioned)
    yield work.by_setting(plans["setting_kind"])


def _by_key(tables: Iterable[Table]) -> dict[str, Table]:
    return {one.key: one for one in tables}


def _results(
    caseload: Caseload, measures: Mapping[str, Measure], refs: Collection[str]
) -> tuple[Result, ...]:
    wanted = (replace(measures[ref], beside=()) for ref in refs if ref in measures)
    return results(caseload, wanted)
