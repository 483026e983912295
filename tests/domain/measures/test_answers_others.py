from __future__ import annotations

from typing import Any

import pytest

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.declarations.choices import Choice
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.measures.caseload_tables import caseload_tables
from caseworker_app.domain.measures.catalogue import Rating
from caseworker_app.domain.people import Setting
from tests.domain.measures.making import case, caseload, counts, fact, measured

SPECIAL = Setting("Bow Bridge School", "special", 14)
COLLEGE = Setting("Isle College", "post16")
UNKNOWN = Setting("Somewhere")


def assessed(reference: str, request: str, plan: str, *more: Fact, **given: Any) -> CaseFile:
    return case(
        reference, fact("request_received", request), fact("plan_sent", plan), *more, **given
    )


def test_twenty_weeks_is_140_days_and_the_141st_is_late() -> None:
    found = measured(
        assessed("A", "2026-06-01", "2026-10-19"), assessed("B", "2026-06-01", "2026-10-20")
    )["S2.1a"]
    assert (found.cases, found.denominator, found.value) == (("A",), 2, 0.5)


def test_plans_with_an_exception_leave_both_counts_of_the_second_figure_even_when_in_time() -> None:
    claimed = fact("exception", "2026-07-01", ground="EXC-C", note="seen")
    missed = fact("exception", "2026-07-01", ground="EXC-E", note="seen")
    found = measured(
        assessed("A", "2026-06-01", "2026-10-01"),
        assessed("B", "2026-06-01", "2026-10-01", claimed),
        assessed("C", "2026-05-01", "2026-11-01", claimed),
        assessed("D", "2026-06-01", "2026-11-01", missed),
    )
    assert (found["S2.1a"].numerator, found["S2.1a"].denominator) == (2, 4)
    second = found["S2.1a-without-exceptions"]
    assert (second.cases, second.of_cases) == (("A",), ("A", "D"))


def test_only_a_plan_that_begins_a_time_of_being_live_is_a_first_plan() -> None:
    again = assessed("A", "2025-01-01", "2025-05-01", fact("plan_sent", "2026-10-01"))
    assert measured(again)["S2.1a"].denominator == 0
    after_ceasing = assessed(
        "B",
        "2024-01-01",
        "2024-05-01",
        fact("plan_ceased", "2026-01-10"),
        fact("request_received", "2026-06-01"),
        fact("plan_sent", "2026-10-01"),
    )
    assert measured(after_ceasing)["S2.1a"].cases == ("B",)


def test_a_plan_without_a_request_is_in_neither_count_and_told_beside() -> None:
    alone = case("A", fact("plan_sent", "2026-10-01"))
    found = measured(alone, assessed("B", "2026-06-01", "2026-10-19"))
    assert (found["S2.1a"].cases, found["S2.1a"].of_cases) == (("B",), ("B",))
    assert (found["S2.1a-no-request"].cases, found["S2.1a-no-request"].denominator) == (
        ("A",),
        None,
    )
    assert (found["S2.1a-all"].cases, found["S2.1a-all"].of_cases) == (("B",), ("A", "B"))


def test_where_no_request_is_recorded_at_all_there_is_no_figure() -> None:
    found = measured(case("A", fact("plan_sent", "2026-10-01")))
    for ref in ("S2.1a", "S2.1a-without-exceptions", "S2.1a-all", "I2.2", "I2.2-open"):
        assert found[ref].numerator is None
        assert found[ref].note == "Not recorded yet: requests for assessment."


def test_a_period_whose_plans_have_no_request_is_answered_where_others_have_one() -> None:
    alone = case("A", fact("plan_sent", "2026-10-01"))
    found = measured(alone, assessed("B", "2025-06-01", "2025-10-19"))
    assert (found["S2.1a"].numerator, found["S2.1a"].denominator) == (0, 0)
    assert found["S2.1a-no-request"].cases == ("A",)
    assert (found["S2.1a-all"].numerator, found["S2.1a-all"].of_cases) == (0, ("A",))


def test_where_no_kind_of_setting_is_recorded_places_are_not_nought() -> None:
    found = measured(case("A", fact("plan_sent", "2024-01-01"), setting=UNKNOWN))["S1.2a"]
    assert (found.numerator, found.answered) == (None, False)


OVERTURNED = {
    "order": fact("tribunal_order", "2026-07-01", order="make_plan"),
    "agreement": fact("mediation_agreement", "2026-07-01", matters="assess"),
    "concession": fact("appeal_conceded", "2026-07-01", order="assess"),
}
REFUSED = {
    "to assess": fact("assessment_decision_sent", "2026-02-10", outcome="refuse"),
    "to issue": fact("refusal_to_issue_sent", "2026-04-20"),
}


@pytest.mark.parametrize("how", OVERTURNED)
@pytest.mark.parametrize("what", REFUSED)
def test_a_plan_after_an_overturned_refusal_is_in_neither_count_and_told_beside(
    how: str, what: str
) -> None:
    overturned = assessed("A", "2026-01-05", "2026-10-01", REFUSED[what], OVERTURNED[how])
    found = measured(overturned, assessed("B", "2026-06-01", "2026-10-19"))
    assert found["S2.1a"].of_cases == ("B",)
    assert found["S2.1a-overturned"].cases == ("A",)
    assert (found["S2.1a-all"].cases, found["S2.1a-all"].of_cases) == (("B",), ("A", "B"))


def test_a_plan_on_a_new_request_after_a_refusal_counts_from_the_new_one() -> None:
    anew = assessed(
        *("A", "2026-01-05", "2026-10-01", REFUSED["to assess"]),
        fact("request_received", "2026-06-01"),
    )
    found = measured(anew)
    assert (found["S2.1a"].cases, found["S2.1a-overturned"].numerator) == (("A",), 0)


def test_places_count_live_plans_by_kind_and_say_when_a_kind_is_missing() -> None:
    live = fact("plan_sent", "2024-01-01")
    files = [
        case("A", live, setting=SPECIAL),
        case("B", live, fact("plan_ceased", "2026-01-01"), setting=SPECIAL),
        case("C", live, setting=COLLEGE, born=fact("x", "2007-01-01").on),
    ]
    found = measured(*files)
    assert (found["S1.2a"].cases, found["S1.2a"].denominator) == (("A",), None)
    assert (found["S1.2b"].cases, found["S1.2b"].value) == (("C",), 1)
    told = "Not rated until the places commissioned are told; these are pupils."
    assert found["S1.2a"].note == told
    assert "not recorded" in measured(*files, case("D", live, setting=UNKNOWN))["S1.2a"].note


def test_a_plan_ceased_on_the_as_at_date_is_no_longer_live_and_the_day_before_it_is() -> None:
    ends = case("A", fact("plan_sent", "2024-01-01"), fact("plan_ceased", "2026-11-22"))
    assert measured(ends, end="2026-11-22")["W1.4e"].denominator == 0
    assert measured(ends, end="2026-11-21")["W1.4e"].denominator == 1


def test_a_decision_to_cease_ends_nothing() -> None:
    told = case(
        "A",
        fact("plan_sent", "2024-01-01"),
        fact("review_meeting_held", "2024-11-01"),
        fact("review_decision_sent", "2024-11-20", outcome="cease"),
        fact("cease_notice_sent", "2024-11-20"),
    )
    assert measured(told)["W1.4e"].denominator == 1


def test_a_plan_transferred_in_is_live_from_that_day() -> None:
    moved = case("A", fact("plan_transferred_in", "2026-10-01"))
    assert measured(moved, end="2026-09-30")["W1.4e"].denominator == 0
    assert measured(moved, end="2026-10-01")["W1.4e"].denominator == 1


@pytest.mark.parametrize("as_at", ["2026-08-31", "2026-09-01", "2026-11-22"])
@pytest.mark.parametrize(
    "born",
    ["2022-08-31", "2022-09-01", "2021-08-31", "2021-09-01", "2011-08-31", "2010-09-01"],
)
def test_school_age_is_reception_to_year_11_as_the_table_beside_it_has_them(
    born: str, as_at: str
) -> None:
    pupil = case("A", fact("plan_sent", "2026-01-01"), born=fact("x", born).on)
    found = measured(pupil, start="2026-01-01", end=as_at)["S2.4"]
    tables = caseload_tables(caseload(pupil, start="2026-01-01", end=as_at))
    years = counts(next(one for one in tables if one.key == "year_group"))
    # The school year that a child is 5 in, on its first day, is Year 1.
    begins = int(as_at[:4]) - (as_at[5:7] < "09")
    fifth = int(born[:4]) + 5 + (born[5:7] >= "09")
    year = 1 + begins - fifth
    assert years == {str(year): 1}
    assert found.numerator == int(0 <= year <= 11)
    assert found.rating is Rating.NONE


def test_personal_budgets_from_a_direct_payment_or_the_sen2_record() -> None:
    live = fact("plan_sent", "2024-01-01")
    files = [
        case("A", live, fact("direct_payment_started", "2024-03-01")),
        case("B", live, sen2={"pb": "1"}),
        case("C", live, sen2={"pb": "0"}),
        case("D", fact("direct_payment_started", "2023-03-01"), live),
    ]
    assert measured(*files)["S3.1a"].cases == ("A", "B")


def test_personal_budgets_nobody_recorded_are_not_nought() -> None:
    found = measured(case("A", fact("plan_sent", "2024-01-01")))["S3.1a"]
    assert found.numerator is None
    assert found.note == "Not recorded yet: personal budgets."


def test_backlog_is_open_past_140_days_against_the_first_day_of_the_period() -> None:
    files = [
        case("still", fact("request_received", "2026-01-05")),
        case("cleared", fact("request_received", "2026-01-05"), fact("plan_sent", "2026-10-01")),
        case("new", fact("request_received", "2026-07-04")),
        case("on the day", fact("request_received", "2026-07-05")),
        case(
            "refused",
            fact("request_received", "2026-01-05"),
            fact("assessment_decision_sent", "2026-02-01", outcome="refuse"),
        ),
        case(
            "withdrawn",
            fact("request_received", "2026-01-05"),
            fact("request_withdrawn", "2026-09-15"),
        ),
    ]
    told = measured(*files, end="2026-11-22")
    found = told["I2.2"]
    assert found.cases == ("still",)
    assert found.of_cases == ("cleared", "still", "withdrawn")
    assert found.rating is Rating.RED
    assert "1 Sep 2026, the first day of the period" in found.note
    assert told["I2.2-open"].cases == ("new", "still")


def test_no_backlog_is_on_target() -> None:
    issued = assessed("A", "2025-01-01", "2025-05-01")
    assert measured(issued)["I2.2"].rating is Rating.GREEN


def test_a_backlog_that_grew_is_never_over_a_hundred_per_cent() -> None:
    asked = ("2026-01-05", "2026-05-04", "2026-06-01")
    files = [case(f"A{number}", fact("request_received", on)) for number, on in enumerate(asked)]
    found = measured(*files, start="2026-09-01", end="2026-11-22")
    assert (found["I2.2"].numerator, found["I2.2"].denominator) == (1, 1)
    assert found["I2.2-open"].numerator == 3


def test_the_backlog_date_that_is_set_stands_before_the_first_day_of_the_period() -> None:
    files = [
        case("A", fact("request_received", "2020-01-05"), fact("plan_sent", "2026-10-01")),
        case("B", fact("request_received", "2020-01-05")),
        case("C", fact("request_received", "2020-09-30"), fact("plan_sent", "2026-10-02")),
    ]
    found = measured(*files, backlog_on="2020-09-30")
    assert (found["I2.2"].cases, found["I2.2"].of_cases) == (("B",), ("A", "B"))
    assert found["I2.1"].of_cases == ()
    assert "Backlog date: 30 Sep 2020." in found["I2.2"].note
    assert measured(*files, backlog_on="2020-09-29")["I2.1"].of_cases == ("C",)


def test_a_figure_of_a_period_that_still_runs_says_so_far() -> None:
    def said(ref: str, as_at: str) -> bool:
        found = measured(assessed("A", "2026-06-01", "2026-10-19"), as_at=as_at)[ref]
        return found.statement.endswith(", so far")

    assert said("S2.1a", "2026-11-21")
    assert said("S2.1a-all", "2026-11-21")
    assert not said("S2.1a", "2026-11-22")
    assert not said("W1.4e", "2026-11-21")


def test_a_plan_sent_after_the_as_at_date_is_not_issued_yet() -> None:
    file = assessed("A", "2026-06-01", "2026-10-19")
    assert measured(file, as_at="2026-10-18")["S2.1a"].denominator == 0
    assert measured(file, as_at="2026-10-19")["S2.1a"].numerator == 1


def test_a_plan_transferred_in_is_no_first_plan_nor_is_one_sent_after_it() -> None:
    request = fact("request_received", "2026-06-01")
    moved = case(
        "A", request, fact("plan_transferred_in", "2026-09-10"), fact("plan_sent", "2026-10-01")
    )
    assert measured(moved)["S2.1a"].denominator == 0


def test_a_plan_that_sen2_calls_historical_is_no_first_plan_of_the_period() -> None:
    plan = fact("plan_sent", "2026-10-01")
    noted = case("A", plan, sen2={"receiveddate": "2020-01-05", "assessmentoutcome": "H"})
    marked = case("B", plan, sen2={"assessmentoutcome": "H"})
    asked = assessed("C", "2026-06-01", "2026-10-01", sen2={"assessmentoutcome": "Y"})
    assert measured(noted, marked, asked)["S2.1a"].of_cases == ("C",)


def test_plans_outside_the_area_go_by_the_authority_of_their_setting() -> None:
    ours = Choice(of_list="la numbers inside the area", code="204", words="Hackney", id="1")
    left = Choice(
        of_list="la numbers inside the area", code="211", words="Long gone", ended=True, id="2"
    )
    plan = fact("plan_sent", "2024-10-01")
    files = (
        case("in", plan, setting=Setting("A", "special", la_number="204")),
        case("out", plan, setting=Setting("B", "special", la_number="211")),
        case("no number", plan, setting=SPECIAL),
        case("no setting", plan),
    )
    found = measured(*files, beside=(ours, left))["C3"]
    assert (found.cases, found.denominator) == (("out",), 2)
    assert found.note.startswith("2 live plans are not counted")
    for beside in ((), (left,)):
        assert measured(*files, beside=beside)["C3"].numerator is None
    tables = {one.key: one for one in caseload_tables(caseload(*files, beside=(ours,)))}
    assert counts(tables["outside_area"]) == {"special": 1}
    assert "outside_area" not in {one.key for one in caseload_tables(caseload(*files))}
