"""The dashboard's numbers are the board return's: the same counts, of the same cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.charts import Chart, Dashboard
from caseworker_app.domain.dashboard.months import months_to
from caseworker_app.domain.dashboard.whole import AUDITS, WORKLOAD, dashboard
from caseworker_app.domain.declarations.placements import Placement
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.measures.board import BoardReturn, Line, Period
from caseworker_app.domain.people import Setting
from caseworker_app.services.returns import board_return
from tests.domain.measures.making import MADE, case, caseload, catalogue, fact
from tests.support.invented import files_of

TODAY = date(2026, 11, 22)
PLAN = fact("plan_sent", "2025-01-15")


def drawn(files: tuple[CaseFile, ...], **given: Any) -> Dashboard:
    day = TODAY.isoformat()
    load = caseload(*files, start=day, end=day)
    return dashboard(load, catalogue(), given.pop("places", {}), **given)


def returned(files: tuple[CaseFile, ...], since: date, until: date) -> BoardReturn:
    return board_return.board(
        files,
        Period(since, until),
        TODAY,
        catalogue(),
        made_at=MADE,
        audience=Audience.MANAGERS,
    )


@pytest.fixture(scope="module", params=[(100, 3), (60, 11)])
def borough(request: pytest.FixtureRequest) -> tuple[CaseFile, ...]:
    children, seed = request.param
    return files_of(TODAY, children, seed)


@pytest.fixture(scope="module")
def whole(borough: tuple[CaseFile, ...]) -> Dashboard:
    return drawn(borough)


@pytest.fixture(scope="module")
def year(borough: tuple[CaseFile, ...]) -> BoardReturn:
    return returned(borough, date(2025, 11, 1), TODAY)


def by_words(chart: Chart, series: int = 0) -> dict[str, tuple[int, tuple[str, ...]]]:
    """What is drawn by the words of its category: the number, and the cases behind it."""
    marks = zip(chart.categories, chart.series[series].marks, strict=True)
    return {
        words: (sum(one.counts for one in mark.things), cases(mark.things))
        for words, mark in marks
        if mark.things
    }


def cases(things: Any) -> tuple[str, ...]:
    return tuple(sorted(one.reference for one in things if one.counts))


def lines(made: BoardReturn, key: str) -> dict[str, Line]:
    table = next(one for one in made.tables if one.key == key)
    return {one.label: one for one in table.lines if one.things}


def counted(found: dict[str, Line]) -> dict[str, tuple[int | None, tuple[str, ...]]]:
    return {words: (one.count, cases(one.things)) for words, one in found.items()}


@pytest.mark.parametrize(
    ("chart", "table"),
    [
        ("review_stock", "review_stock"),
        ("open_assessments", "open_assessments"),
        ("meetings_unfinished", "meetings_unfinished"),
        ("setting_kind", "setting_kind"),
        ("workload", "caseworker"),
    ],
)
def test_what_stands_on_the_day_is_what_the_return_says(
    whole: Dashboard, year: BoardReturn, chart: str, table: str
) -> None:
    found = by_words(whole.chart(chart))
    if "Unassigned" in found:
        found["Not recorded"] = found.pop("Unassigned")
    assert found == counted(lines(year, table))


def test_the_steps_of_reviews_are_those_of_a_return_over_the_same_months(
    whole: Dashboard, year: BoardReturn
) -> None:
    shares = {words: one for words, one in lines(year, "review_steps").items() if one.of}
    assert by_words(whole.chart("review_steps")) == counted(shares)
    drawn_at = {w: whole.chart("review_steps").mark(0, at) for at, w in enumerate(shares)}
    assert {words: mark.value for words, mark in drawn_at.items()} == {
        words: one.share for words, one in shares.items()
    }


def test_overdue_duties_are_those_of_the_return(whole: Dashboard, year: BoardReturn) -> None:
    chart = whole.chart("overdue_coming")
    late = {
        words: sorted(
            (one.reference, one.on) for series in chart.series for one in series.marks[at].things
        )
        for at, words in enumerate(chart.categories)
        if at in chart.late and chart.total(at)
    }
    assert late == {
        words: sorted((one.reference, one.on) for one in line.things)
        for words, line in lines(year, "overdue_by_time").items()
    }
    assert chart.sentence.startswith(f"{len(year.overdue):,} duties are overdue on 22 Nov 2026")


def test_each_month_is_a_return_of_that_month(
    borough: tuple[CaseFile, ...], whole: Dashboard
) -> None:
    months = months_to(TODAY)
    for at in (0, 5, len(months.firsts) - 1):
        first = months.firsts[at]
        last = min(TODAY, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
        made = returned(borough, first, last)
        flows = {
            ("flow_requests", 0): "requests",
            ("flow_reviews", 0): "review_outcomes",
            ("flow_plans", 0): "plans_begun",
            ("flow_plans", 1): "plans_ended",
        }
        for (key, series), table in flows.items():
            things = [one for line in lines(made, table).values() for one in line.things]
            assert cases(whole.chart(key).mark(series, at).things) == cases(things), (key, first)
        by_ref = {one.ref: one for one in made.measures}
        for series, ref in enumerate(("S2.1a", "S2.1a-without-exceptions")):
            mark, told = whole.chart("twenty_weeks").mark(series, at), by_ref[ref]
            counts = sum(one.counts for one in mark.things)
            assert (counts, len(mark.things)) == (told.numerator, told.denominator)


def test_growing_up_and_quality_are_the_measures_of_the_return(
    whole: Dashboard, year: BoardReturn
) -> None:
    told = {one.statement.removesuffix(", so far"): one for one in year.measures}
    for key in ("quality", "adulthood"):
        chart = whole.chart(key)
        for at, words in enumerate(chart.categories):
            mark = chart.mark(0, at)
            assert mark.value == told[words.removesuffix(", so far")].value


def test_what_came_less_what_went_is_by_how_much_more_wait(borough: tuple[CaseFile, ...]) -> None:
    # Two dashboards a month apart, of the same facts: what waits differs by the flow between.
    before, after = (
        dashboard(caseload(*borough, start=on, end=on), catalogue(), {})
        for on in ("2026-09-30", "2026-10-31")
    )
    for key in ("flow_requests", "flow_assessments", "flow_reviews", "flow_amendments"):
        chart = after.chart(key)
        came, went = (series.marks[-1].value or 0 for series in chart.series)
        assert waiting(chart) - waiting(before.chart(key)) == came - went, key


def waiting(chart: Chart) -> int:
    words = chart.sentence.rpartition(". On ")[2].split()
    return int(words[3].replace(",", ""))


def test_what_one_may_not_see_is_left_out_and_told() -> None:
    files = (case("A", PLAN),)
    shown = drawn(files, without=frozenset({AUDITS, WORKLOAD}))
    assert not {"quality", "workload"} & {one.key for one in shown.charts}
    assert len(shown.notes) == 2
    assert {"quality", "workload"} <= {one.key for one in drawn(files).charts}


def test_whose_cases_it_is_of_is_said() -> None:
    assert drawn((case("A", PLAN),)).about == "1 live plan on 22 Nov 2026"
    assert drawn((), whose="R. Haque").about == "R. Haque: 0 live plans on 22 Nov 2026"


def test_an_empty_caseload_is_told_in_whole_sentences() -> None:
    for chart in drawn(()).charts:
        assert chart.empty
        assert chart.sentence.endswith(".")
        assert "None" not in chart.sentence


def test_places_are_held_against_the_children_there() -> None:
    special = Setting("Bow School", "special")
    mainstream = Setting("Ash Primary", "primary")
    unit = Placement(id="1", child_id="B", setting_id="9", rank="1", unit=True)
    ended = replace(unit, id="2", until=date(2026, 7, 1))
    files = (
        case("A", PLAN, setting=special),
        case("B", PLAN, setting=mainstream, kept=[unit]),
        case("C", PLAN, setting=mainstream, kept=[ended]),
    )
    chart = drawn(files, places={"special": 0, "unit": 3}).chart("places")
    told = {
        words: tuple(series.marks[at].words for series in chart.series)
        for at, words in enumerate(chart.categories)
    }
    assert told == {
        "Special school": ("1", "0"),
        "SEN unit": ("1", "3"),
        "Resourced provision": ("0", "not told"),
        "Further education": ("0", "not told"),
    }
    assert chart.late == {0}
    assert "More children than places: special school." in chart.sentence


def test_a_date_is_missed_where_a_step_is_late_already() -> None:
    # The meeting of L was to be fixed by 7 November, so that all that follows has its time.
    begun = fact("plan_sent", "2026-01-15")
    held = fact("review_meeting_held", "2026-11-20")
    late = case("L", fact("plan_sent", "2025-12-20"))
    files = (case("A", begun, held), case("B", begun), late)
    chart = drawn(files).chart("breaches")
    on_course, behind = (
        {(one.reference, one.on) for mark in series.marks for one in mark.things}
        for series in chart.series
    )
    assert on_course >= {("A", date(2027, 1, 14)), ("B", date(2027, 1, 14))}
    assert behind == {("L", date(2026, 12, 19))}
    why = next(one.why for mark in chart.series[1].marks for one in mark.things)
    assert why.endswith(": fix the meeting and invite by 7 Nov 2026")
