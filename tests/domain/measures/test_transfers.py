from __future__ import annotations

from typing import Any

import pytest

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.measures.moves import BEFORE_16
from caseworker_app.domain.people import Setting
from tests.domain.measures.making import board, case, caseload, counts, day, fact, measured, table

YEAR_6 = day("2014-11-11")
YEAR_11 = day("2009-11-11")
PRIMARY = Setting("Old Ford School", "primary", 6)
YEAR_2026 = {"start": "2026-01-01", "end": "2026-06-30"}


def moving(reference: str, *facts: Fact, **given: Any) -> CaseFile:
    """A child in Year 6 in January 2026, with a plan since 2020."""
    return case(reference, fact("plan_sent", "2020-01-15"), *facts, **{"born": YEAR_6} | given)


def reviewed(final: str, meeting: str = "2025-10-01") -> tuple[Fact, ...]:
    return (
        fact("review_meeting_held", meeting),
        fact("review_decision_sent", "2025-10-20", outcome="amend"),
        fact("amendment_notice_sent", "2025-10-20"),
        fact("amended_plan_sent", final),
    )


@pytest.mark.parametrize(
    ("final", "common", "strict"),
    [("2026-02-14", 1, 1), ("2026-02-15", 1, 0), ("2026-02-16", 0, 0)],
)
def test_the_14th_is_strict_the_15th_common_the_16th_late(
    final: str, common: int, strict: int
) -> None:
    found = measured(moving("A", *reviewed(final)), **YEAR_2026)
    assert (found["W1.6a"].numerator, found["W1.6a"].denominator) == (common, 1)
    assert (found["W1.6a-strict"].numerator, found["W1.6a-strict"].denominator) == (strict, 1)


@pytest.mark.parametrize(
    ("final", "common", "strict"),
    [("2026-03-30", 1, 1), ("2026-03-31", 1, 0), ("2026-04-01", 0, 0)],
)
def test_into_post_16_the_30th_is_strict_and_the_31st_common(
    final: str, common: int, strict: int
) -> None:
    found = measured(moving("A", *reviewed(final), born=YEAR_11), **YEAR_2026)
    assert found["W1.6a"].denominator == 0
    assert (found["W1.6b"].numerator, found["W1.6b"].denominator) == (common, 1)
    assert (found["W1.6b-strict"].numerator, found["W1.6b-strict"].denominator) == (strict, 1)


@pytest.mark.parametrize(
    ("final", "standing"),
    [
        ("2025-08-31", "none"),
        ("2025-09-01", "in_time"),
        ("2026-08-31", "late"),
        ("2026-09-01", "none"),
    ],
)
def test_a_move_is_finished_in_the_twelve_months_before_its_september(
    final: str, standing: str
) -> None:
    facts = (
        fact("review_meeting_held", "2025-07-01"),
        fact("review_decision_sent", "2025-07-20", outcome="amend"),
        fact("amendment_notice_sent", "2025-07-20"),
        fact("amended_plan_sent", final),
    )
    found = caseload(moving("A", *facts), start="2026-01-01", end="2026-11-22")
    (move,) = found.moves(BEFORE_16)
    assert move.standing == standing
    alone = caseload(
        moving("A", fact("amended_plan_sent", final)), start="2026-01-01", end="2026-11-22"
    )
    (move,) = alone.moves(BEFORE_16)
    assert move.standing == ("none" if standing == "none" else "no_review")


def test_a_final_plan_with_no_review_behind_it_does_not_count() -> None:
    found = measured(moving("A", fact("amended_plan_sent", "2026-01-20")), **YEAR_2026)
    assert (found["W1.6a"].numerator, found["W1.6a"].denominator) == (0, 1)


def test_a_review_finished_in_the_twelve_months_is_for_the_move_however_early_it_met() -> None:
    early = moving("A", *reviewed("2025-11-30", meeting="2025-02-01"))
    assert measured(early, **YEAR_2026)["W1.6a"].numerator == 1


def test_a_plan_amended_with_no_decision_on_record_does_not_finish_the_move() -> None:
    undecided = moving(
        "A", fact("review_meeting_held", "2025-10-01"), fact("amended_plan_sent", "2025-12-01")
    )
    found = measured(undecided, **YEAR_2026)["W1.6a"]
    assert (found.numerator, found.denominator) == (0, 1)
    assert [one.why for one in found.things] == ["final plan, no decision on record, 1 Dec 2025"]


@pytest.mark.parametrize(("ended", "counted"), [("2026-02-13", 0), ("2026-02-14", 1)])
def test_the_plan_was_live_before_the_strict_day(ended: str, counted: int) -> None:
    left = moving("A", fact("plan_ceased", ended))
    assert measured(left, **YEAR_2026)["W1.6a"].denominator == counted
    sent = case("B", fact("plan_sent", ended), born=YEAR_6)
    assert measured(sent, **YEAR_2026)["W1.6a"].denominator == 1 - counted


def test_a_final_plan_after_the_as_at_date_does_not_count_yet() -> None:
    sent = moving("A", *reviewed("2026-02-10"))
    before = measured(sent, **YEAR_2026, as_at="2026-02-09")["W1.6a"]
    assert (before.numerator, before.denominator) == (0, 1)
    assert measured(sent, **YEAR_2026, as_at="2026-02-10")["W1.6a"].numerator == 1


def test_who_left_before_the_date_is_not_counted_and_who_left_after_it_is() -> None:
    before = moving("A", fact("plan_ceased", "2026-02-01"))
    after = moving("B", fact("plan_ceased", "2026-03-01"))
    found = measured(before, after, **YEAR_2026)["W1.6a"]
    assert found.of_cases == ("B",)


@pytest.mark.parametrize(
    ("start", "end", "year", "so_far"),
    [
        ("2026-01-01", "2026-12-31", 2026, False),
        ("2026-02-15", "2026-03-01", 2026, False),
        ("2025-09-01", "2026-02-14", 2026, True),
        ("2026-02-16", "2026-03-30", 2027, True),
        ("2026-09-01", "2026-11-22", 2027, True),
        ("2024-09-01", "2026-11-22", 2026, False),
    ],
)
def test_the_year_is_that_of_the_date_in_the_period_else_the_next_and_the_title_says_it(
    start: str, end: str, year: int, so_far: bool
) -> None:
    files = (moving("A"), moving("B", born=day("2015-11-11")))
    found = measured(*files, start=start, end=end)["W1.6a"]
    assert found.of_cases == (("A",) if year == 2026 else ("B",))
    said = f"({year}, so far)" if so_far else f"({year})"
    assert found.statement.endswith(said)


def test_a_row_a_cohort_for_this_year_and_the_next() -> None:
    files = [
        moving("A", *reviewed("2026-01-10"), setting=PRIMARY),
        moving("B", *reviewed("2026-03-10")),
        moving("C", *reviewed("2026-02-15")),
        moving("D", fact("amended_plan_sent", "2026-01-20")),
        moving("E"),
        moving("F", born=day("2015-11-11")),
        moving("G", born=YEAR_11),
    ]
    made = board(files, **YEAR_2026)
    this_year = table(made.transfers, "transfers_between_schools_2026")
    assert counts(this_year) == {
        "in_time": 1,
        "last_day": 1,
        "late": 1,
        "no_review": 1,
        "none": 1,
    }
    assert this_year.total == 5
    assert counts(table(made.transfers, "transfers_between_schools_2027")) == {"none": 1}
    assert counts(table(made.transfers, "transfers_into_post_16_2026")) == {"none": 1}
    lines = {one.reference: one.standing for one in made.lists.transfers}
    assert lines["D"] == "Final plan, no review on record"
    assert "F" not in lines


def test_the_list_has_the_moves_that_the_measures_count() -> None:
    files = (
        moving("A"),
        moving("B", born=YEAR_11),
        moving("C", born=day("2015-11-11")),
        moving("D", born=day("2010-11-11")),
    )
    made = board(files, start="2026-02-16", end="2026-03-31")
    counted = {one.ref: one.of_cases for one in made.measures}
    assert (counted["W1.6a"], counted["W1.6b"]) == (("C",), ("B",))
    assert sorted(one.reference for one in made.lists.transfers) == ["B", "C"]


def test_the_tables_have_the_years_of_the_measures_however_late_they_are_seen() -> None:
    made = board([moving("A")], start="2024-09-01", end="2025-03-31", as_at="2026-11-22")
    keys = {one.key for one in made.transfers}
    assert {f"transfers_into_school_{year}" for year in (2025, 2026, 2027)} <= keys
