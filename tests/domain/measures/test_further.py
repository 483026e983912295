"""What is asked of councils beside their own measures, on small caseloads made by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.declarations.brought_in import Attendance
from caseworker_app.domain.declarations.growing_up import ADULT_AREAS, Adulthood
from caseworker_app.domain.declarations.money import PersonalBudget
from caseworker_app.domain.declarations.placements import Placement
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.people import Setting, Transfer
from tests.domain.measures.making import board, case, counts, day, fact, line, measured, table

PLAN = fact("plan_sent", "2024-01-15")


def fixed(on: str, meeting: str) -> Fact:
    return Fact("review_meeting_fixed", day(on), {"meeting": day(meeting)})


def test_a_meeting_is_told_four_weeks_ahead_where_its_date_was_set_28_days_before() -> None:
    held = fact("review_meeting_held", "2026-10-29")
    files = [
        case("28", PLAN, fixed("2026-10-01", "2026-10-29"), held),
        case("27", PLAN, fixed("2026-10-02", "2026-10-29"), held),
        case(
            "anew", PLAN, fixed("2026-09-01", "2026-10-05"), fixed("2026-10-06", "2026-10-29"), held
        ),
        case("not known", PLAN, held),
    ]
    found = measured(*files)["B1"]
    assert (found.cases, found.of_cases) == (("28",), ("27", "28", "anew"))
    assert measured(files[-1])["B1"].numerator is None


@pytest.mark.parametrize(("decided", "counts_"), [("2026-05-22", True), ("2026-05-21", False)])
def test_a_child_under_five_is_reviewed_within_six_months(decided: str, counts_: bool) -> None:
    reviewed = (PLAN, fact("review_decision_sent", decided, outcome="maintain"))
    young = case("A", *reviewed, born=day("2021-11-23"))
    older = case("B", *reviewed, born=day("2021-11-22"))
    new = case("C", fact("plan_sent", "2026-06-01"), born=day("2023-01-01"))
    found = measured(young, older, new)["B2"]
    assert found.of_cases == ("A", "C")
    assert ("A" in found.cases) is counts_
    assert "C" in found.cases


def test_a_plan_is_old_three_years_after_its_newest_final() -> None:
    files = [
        case("old", fact("plan_sent", "2023-11-21")),
        case("on the day", fact("plan_sent", "2023-11-22")),
        case("amended", fact("plan_sent", "2020-01-01"), fact("amended_plan_sent", "2025-01-01")),
        case(
            "came", Fact("plan_transferred_in", day("2022-01-10"), {"plan_made": day("2019-01-01")})
        ),
        case("over", fact("plan_sent", "2020-01-01"), fact("plan_ceased", "2026-01-01")),
    ]
    found = measured(*files)["B3"]
    assert found.cases == ("came", "old")
    assert found.denominator == 4


def test_reviews_from_year_10_and_those_of_year_9_make_every_review_from_year_9() -> None:
    held = Fact("review_meeting_held", day("2026-10-01"), {}, None, "7")
    said = Adulthood(id="1", child_id="1", review_id="7", **dict.fromkeys(ADULT_AREAS, True))
    born = {"8": "2014-09-01", "9": "2013-08-31", "10": "2012-08-31", "13": "2009-08-31"}
    files = [
        case(year, PLAN, held, born=day(on) - timedelta(0), kept=(said,) if year == "10" else ())
        for year, on in born.items()
    ]
    found = measured(*files)
    assert (found["B4"].cases, found["B4"].of_cases) == (("10",), ("10", "13"))
    assert found["I2.3"].denominator == 1


@pytest.mark.parametrize(("final", "done"), [("2026-04-01", 1), ("2026-04-02", 0)])
def test_a_move_between_post_16_settings_is_finished_five_months_ahead(
    final: str, done: int
) -> None:
    moving = case(
        *("A", PLAN, fact("amended_plan_sent", final)),
        born=day("2008-02-02"),
        setting=Setting("College", "post16"),
        transfer=Transfer("post16_to_post16", day("2026-09-01")),
    )
    found = measured(moving, start="2026-01-01", end="2026-06-30")["B5"]
    assert (found.numerator, found.denominator) == (done, 1)
    assert measured(moving, start="2026-01-01", end="2026-03-31")["B5"].denominator == 0


def test_disputes_of_the_period_are_counted_one_by_one() -> None:
    files = [
        case(
            "A",
            PLAN,
            fact("appeal_registered", "2026-09-01"),
            fact("appeal_registered", "2026-10-01"),
            fact("mediation_held", "2026-08-31"),
            fact("tribunal_order", "2026-10-10", order="change_content"),
        ),
        case("B", PLAN, fact("mediation_held", "2026-11-01")),
        case("C", PLAN, fact("tribunal_order", "2026-10-11", order="dismiss_cease")),
    ]
    found = measured(*files)
    assert (found["B8"].numerator, found["B8"].cases) == (2, ("A",))
    assert (found["B9"].numerator, found["B9"].cases) == (1, ("B",))
    assert (found["B10"].cases, found["B10"].denominator) == (("A",), 2)


def test_who_is_often_absent_went_to_less_than_nine_in_ten_half_days() -> None:
    def there(reference: str, *terms: tuple[str, int, int], **given: Any) -> CaseFile:
        kept = [
            Attendance(id=str(at), child_id="1", term=term, possible=of, attended=went)
            for at, (term, of, went) in enumerate(terms)
        ]
        return case(reference, PLAN, kept=kept, **given)

    files = [
        there("just", ("Autumn 2026", 100, 90)),
        there("under", ("Autumn 2026", 100, 89)),
        there("before", ("Summer 2026", 100, 10)),
        there("both", ("Autumn 2026", 100, 80), ("Summer 2026", 100, 100)),
        there("grown", ("Autumn 2026", 100, 1), born=day("2005-01-01")),
    ]
    found = measured(*files)["B11"]
    assert (found.cases, found.of_cases) == (("both", "under"), ("both", "just", "under"))
    year = measured(*files, start="2026-01-01")["B11"]
    assert year.cases == ("before", "under")
    assert measured(case("A", PLAN))["B11"].numerator is None


def test_where_children_live_at_their_setting_or_it_is_independent() -> None:
    def placed(reference: str, residential: int | None, kind: str, until: str = "") -> CaseFile:
        kept = Placement(
            id="1",
            child_id="1",
            arrangement="EHE",
            rank="1",
            residential=residential,
            until=day(until) if until else None,
        )
        return case(reference, PLAN, kept=(kept,), setting=Setting("Elm", "special", type=kind))

    files = [
        placed("A", 38, "Other independent special school"),
        placed("B", 38, "Non-maintained special school", "2026-11-21"),
        placed("C", None, "Community special school"),
        placed("D", None, ""),
    ]
    found = measured(*files)
    assert (found["B12"].cases, found["B12"].denominator) == (("A",), None)
    assert (found["B13"].cases, found["B13"].of_cases) == (("A", "B"), ("A", "B", "C"))


def test_a_share_of_the_people_waits_for_their_number() -> None:
    files = [
        case("A", PLAN, born=day("2001-11-23")),
        case("B", PLAN, born=day("2001-11-22")),
        case("C", PLAN, born=None),
    ]
    found = measured(*files)["B6"]
    assert (found.cases, found.denominator) == (("A",), None)


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ((), "under_6_months"),
        ((fact("review_decision_sent", "2026-06-01", outcome="maintain"),), ""),
        ((fact("review_decision_sent", "2026-06-01", outcome="amend"),), "under_6_months"),
        (
            (
                fact("review_decision_sent", "2026-06-01", outcome="amend"),
                fact("amended_plan_sent", "2026-07-01"),
            ),
            "",
        ),
        ((fact("amended_plan_sent", "2026-07-01"),), "under_6_months"),
    ],
)
def test_a_review_is_not_finished_while_anything_of_it_is_to_be_sent(
    facts: tuple[Fact, ...], key: str
) -> None:
    held = case("A", PLAN, fact("review_meeting_held", "2026-05-23"), *facts)
    found = table(board([held]).tables, "meetings_unfinished")
    assert counts(found) == ({key: 1} if key else {})


def test_unfinished_meetings_stand_in_bands_of_6_12_and_24_months() -> None:
    days = ["2026-05-23", "2026-05-22", "2025-11-23", "2025-11-22", "2024-11-23", "2024-11-22"]
    files = [case(on, PLAN, fact("review_meeting_held", on)) for on in days]
    found = table(board(files).tables, "meetings_unfinished")
    assert counts(found) == {
        "under_6_months": 1,
        "under_12_months": 2,
        "under_24_months": 2,
        "24_months_and_over": 1,
    }


def test_advice_is_in_time_by_who_gives_it() -> None:
    def asked(source: str, received: str) -> tuple[Fact, ...]:
        back = (fact("advice_received", received, source=source),) if received else ()
        return (fact("advice_requested", "2026-09-01", source=source), *back)

    begun = (
        fact("request_received", "2026-08-01"),
        fact("assessment_decision_sent", "2026-08-31", outcome="assess"),
    )
    files = [
        case("A", *begun, *asked("ep", "2026-10-13"), *asked("health", "2026-10-14")),
        case("B", *begun, *asked("ep", "")),
        case("C", *begun, fact("advice_requested", "2026-11-01", source="ep")),
    ]
    found = table(board(files).tables, "advice_6_weeks")
    ep, health = line(found, "advice_ep"), line(found, "advice_health")
    assert (ep.count, ep.of, health.count, health.of) == (1, 2, 0, 1)
    assert line(found, "advice_school").of == 0


def test_plans_begun_and_ended_in_the_period_by_how_and_why() -> None:
    files = [
        case("A", fact("plan_sent", "2026-09-01")),
        case("B", fact("plan_sent", "2026-09-02", first="no")),
        case(
            "C",
            fact("plan_transferred_in", "2026-09-03"),
            fact("plan_ceased", "2026-11-22", reason="5"),
        ),
        case("D", PLAN, fact("plan_ceased", "2026-09-01", reason="3")),
        case("E", PLAN, fact("plan_ceased", "2026-08-31", reason="3")),
        case("F", PLAN, fact("plan_ceased", "2026-10-01")),
    ]
    tables = board(files).tables
    assert counts(table(tables, "plans_begun")) == {"first": 1, "later": 1, "moved_in": 1}
    assert counts(table(tables, "plans_ended")) == {"5": 1, "3": 1, "not_recorded": 1}


def test_live_plans_stand_by_age_sex_and_way_of_budget() -> None:
    budget = PersonalBudget(
        id="1", child_id="1", part="care", way="direct", since=day("2026-01-01")
    )
    over = PersonalBudget(
        id="2",
        child_id="1",
        part="care",
        way="organised",
        since=date(2025, 1, 1),
        until=date(2026, 1, 1),
    )
    files = [
        case("A", PLAN, born=day("2021-11-22"), sex="F", kept=(budget, over)),
        case("B", PLAN, born=day("2021-11-23"), sex="M"),
        case("C", PLAN, born=None),
        case("D", PLAN, born=day("2000-11-22"), sex="M"),
    ]
    tables = board(files).tables
    assert counts(table(tables, "age")) == {
        "under_5": 1,
        "5_to_10": 1,
        "over_25": 1,
        "not_recorded": 1,
    }
    assert counts(table(tables, "sex")) == {"F": 1, "M": 2, "not_recorded": 1}
    assert counts(table(tables, "budgets")) == {"direct": 1}
    assert "budgets" not in {one.key for one in board(files[1:]).tables}
