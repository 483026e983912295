from __future__ import annotations

from collections import Counter

import pytest

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.measures.caseload_tables import year_label
from caseworker_app.domain.people import Setting
from tests.domain.measures.making import board, case, counts, day, fact, line, table

PLAN = fact("plan_sent", "2025-01-15")


def plan_of(reference: str, on: str) -> CaseFile:
    return case(reference, fact("plan_sent", on))


@pytest.mark.parametrize(
    ("plan", "key"),
    [
        ("2026-02-24", "later"),
        ("2026-02-23", "in_3_months"),
        ("2025-12-23", "in_1_month"),
        ("2025-12-24", "in_3_months"),
        ("2025-11-23", "in_1_month"),
        ("2025-11-22", "late_to_1_month"),
        ("2025-10-23", "late_to_1_month"),
        ("2025-10-22", "late_to_3_months"),
        ("2025-08-22", "late_to_6_months"),
        ("2025-05-22", "late_to_12_months"),
        ("2024-11-22", "late_over_12_months"),
    ],
)
def test_a_plan_stands_in_the_band_of_its_review_date(plan: str, key: str) -> None:
    stock = table(board([plan_of("A", plan)]).annual_reviews, "review_stock")
    assert counts(stock) == {key: 1}


def test_outcomes_of_the_periods_meetings() -> None:
    files = [
        case("A", PLAN, fact("review_meeting_held", "2026-09-02")),
        *(
            case(
                f"{outcome}",
                PLAN,
                fact("review_meeting_held", "2026-09-02"),
                fact("review_decision_sent", "2026-09-20", outcome=outcome),
            )
            for outcome in ("maintain", "amend", "cease")
        ),
        case(
            "Z",
            PLAN,
            fact("review_meeting_held", "2026-09-02"),
            fact("review_decision_sent", "2026-09-20"),
        ),
    ]
    outcomes = table(board(files).annual_reviews, "review_outcomes")
    assert counts(outcomes) == {"maintain": 1, "amend": 1, "cease": 1, "unsaid": 1, "none": 1}
    assert outcomes.total == 5


def test_the_law_waits_for_the_28th_day_and_the_department_counts_decisions() -> None:
    files = [
        case("A", PLAN, fact("review_meeting_held", "2026-11-10")),
        case(
            "B",
            PLAN,
            fact("review_meeting_held", "2026-09-10"),
            fact("review_decision_sent", "2026-09-20", outcome="maintain"),
        ),
    ]
    clocks = table(board(files).annual_reviews, "two_clocks")
    law, dfe = line(clocks, "law_4_weeks"), line(clocks, "dfe_4_weeks")
    assert (law.count, law.of, law.share) == (1, 1, 1.0)
    assert (dfe.count, dfe.of, dfe.share) == (1, 1, 1.0)
    late = case("C", PLAN, fact("review_meeting_held", "2026-10-25"))
    clocks = table(board([*files, late]).annual_reviews, "two_clocks")
    law, dfe = line(clocks, "law_4_weeks"), line(clocks, "dfe_4_weeks")
    assert (law.count, law.of) == (1, 2)
    assert (dfe.count, dfe.of) == (1, 1)
    assert (line(clocks, "dfe_outstanding").count, line(clocks, "dfe_not_due").count) == (1, 1)


def test_the_anniversary_itself_is_late_by_the_law_and_in_time_by_the_common_reading() -> None:
    on_the_day = board([plan_of("A", "2025-11-22")])
    clocks = table(on_the_day.annual_reviews, "two_clocks")
    assert line(clocks, "law_12_months").count == 0
    assert line(clocks, "common_12_months").count == 1


def test_the_steps_of_a_review_each_against_its_own_limit() -> None:
    amended = case(
        "A",
        PLAN,
        fact("review_meeting_held", "2026-08-01"),
        fact("review_report_received", "2026-08-15"),
        fact("review_decision_sent", "2026-09-02", outcome="amend"),
        fact("amendment_notice_sent", "2026-09-02"),
        fact("amended_plan_sent", "2026-10-27"),
    )
    steps = table(board([amended]).annual_reviews, "review_steps")
    # 1 August + 28 days is 29 August; + 84 days is 24 October. 2 September + 56 is 28 October.
    assert (line(steps, "notice_4_weeks").count, line(steps, "notice_4_weeks").of) == (0, 1)
    assert (line(steps, "final_8_weeks").count, line(steps, "final_8_weeks").of) == (1, 1)
    assert (line(steps, "final_12_weeks").count, line(steps, "final_12_weeks").of) == (0, 1)
    assert line(steps, "meeting_to_decision").value == 32
    assert line(steps, "report_to_decision").value == 18


def test_requests_and_the_twenty_weeks() -> None:
    asked = fact("request_received", "2026-06-01")
    files = [
        case("A", asked, fact("assessment_decision_sent", "2026-07-13", outcome="assess")),
        case("B", asked, fact("assessment_decision_sent", "2026-09-10", outcome="refuse")),
        case("C", fact("request_received", "2026-09-01")),
        case(
            "D",
            fact("request_received", "2026-09-01"),
            fact("request_withdrawn", "2026-09-09"),
        ),
        case(
            "E",
            asked,
            fact("assessment_decision_sent", "2026-07-14", outcome="assess"),
            fact("refusal_to_issue_sent", "2026-09-21"),
        ),
        case("F", asked, fact("plan_sent", "2026-10-20")),
    ]
    made = board(files)
    assert counts(table(made.assessments, "requests")) == {"waiting": 1, "withdrawn": 1}
    in_time = table(made.assessments, "assessment_timeliness")
    assert (line(in_time, "decision_6_weeks").count, line(in_time, "decision_6_weeks").of) == (0, 1)
    assert (line(in_time, "refusal_16_weeks").count, line(in_time, "refusal_16_weeks").of) == (1, 1)
    assert line(in_time, "weeks_to_issue").value == pytest.approx(141 / 7)
    assert counts(table(made.assessments, "issued")) == {"20_to_52_weeks": 1}
    assert counts(table(made.assessments, "open_assessments")) == {
        "6_to_16_weeks": 1,
        "20_to_30_weeks": 1,
    }


def test_what_each_caseworker_holds_and_what_of_it_is_late_is_for_managers() -> None:
    late = (PLAN, fact("review_meeting_held", "2026-09-01"))
    files = [
        case("A", *late, caseworker="Rosa Okafor"),
        case("B", PLAN, caseworker="Noor Ali"),
        case("C", PLAN, caseworker="Noor Ali", need=""),
        case("D", fact("request_received", "2026-03-01"), caseworker="Ann Lee"),
        case("E", fact("request_received", "2026-11-01"), caseworker=""),
    ]
    whole = board(files, audience=Audience.MANAGERS)
    made = {one.key: counts(one) for one in whole.caseload if one.managers}
    assert made["caseworker"] == {"Noor Ali": 2, "Rosa Okafor": 1}
    assert made["caseworker_undecided"] == {"Rosa Okafor": 1}
    assert made["caseworker_assessments"] == {"Ann Lee": 1, "not_recorded": 1}
    assert made["caseworker_past_20_weeks"] == {"Ann Lee": 1}
    by_row = Counter(row.caseworker or "not_recorded" for row in whole.overdue)
    assert made["caseworker_overdue"] == dict(by_row)
    mend = Counter(row.caseworker or "not_recorded" for row in whole.to_mend)
    assert made["caseworker_to_mend"] == dict(mend)
    lines = [[line.key for line in one.lines] for one in whole.caseload if one.managers]
    assert lines == [["Noor Ali", "Rosa Okafor", "Ann Lee", "not_recorded"]] * 7
    assert not any(one.managers for one in board(files).tables)


def test_the_age_of_plans_and_the_reviews_of_under_fives() -> None:
    files = [
        case("A", fact("plan_sent", "2022-01-01")),
        case("B", fact("plan_sent", "2022-01-01"), fact("amended_plan_sent", "2026-01-10")),
        case("C", fact("plan_sent", "2024-11-22"), born=day("2022-01-01")),
        case("D", fact("plan_sent", "2023-11-22"), born=day("2022-01-01")),
        case("E", fact("plan_sent", "2026-06-01"), born=day("2022-01-01")),
    ]
    whole = board(files)
    made = {one.key: counts(one) for one in whole.caseload}
    assert made["plan_age"] == {"within_1": 2, "within_2": 1, "within_3": 1, "over_3": 1}
    assert made["under_five_reviews"] == {"within_6_months": 1, "longer_ago": 2}
    found = {one.ref: one for one in whole.measures}
    assert (found["B3"].numerator, found["B2"].numerator, found["B2"].denominator) == (1, 1, 3)


def test_medians_stand_beside_means() -> None:
    files = [
        case(f"A{n}", fact("request_received", "2026-01-05"), fact("plan_sent", on))
        for n, on in enumerate(("2026-09-07", "2026-09-14", "2026-11-16"))
    ]
    timely = table(board(files).assessments, "assessment_timeliness")
    assert line(timely, "weeks_to_issue").value == pytest.approx((35 + 36 + 45) / 3)
    assert line(timely, "median_weeks_to_issue").value == 36


def test_the_caseload_by_need_setting_kind_year_group_and_caseworker() -> None:
    bow, unknown = Setting("Bow School", "secondary", 11), Setting("Bow", None)
    files = [
        case("A", PLAN, setting=bow),
        case("B", PLAN, setting=bow, need="SLCN", caseworker="Noor Ali"),
        case("C", PLAN, setting=unknown, need="", born=day("2021-09-02")),
        case("D", PLAN, need="DS", born=None, caseworker=""),
        case("E", PLAN, fact("plan_ceased", "2026-01-01")),
        case("F", PLAN, born=day("2003-01-01")),
    ]
    made = {one.key: one for one in board(files, audience=Audience.MANAGERS).caseload}
    need = {one.key: one.count for one in made["primary_need"].lines}
    assert need["ASD"] == 2
    assert (need["SLCN"], need["DS"], need["not_recorded"]) == (1, 1, 1)
    assert need["NSA"] == 0
    assert made["primary_need"].total == 5
    assert counts(made["setting"]) == {"Bow School": 2, "Bow": 1, "not_recorded": 2}
    assert counts(made["setting_kind"]) == {"secondary": 2, "not_recorded": 3}
    assert counts(made["year_group"]) == {"8": 2, "0": 1, "15": 1, "not_recorded": 1}
    assert counts(made["caseworker"]) == {"Rosa Okafor": 3, "Noor Ali": 1, "not_recorded": 1}


def test_a_code_of_newer_returns_is_a_line_only_where_it_is_used() -> None:
    need = table(board([case("A", PLAN)]).caseload, "primary_need")
    assert "DS" not in {one.key for one in need.lines}


def test_year_groups_in_words() -> None:
    labels = [year_label(year) for year in (None, -2, -1, 0, 6, 14, 15)]
    assert labels == [
        "",
        "2 years before Reception",
        "Nursery",
        "Reception",
        "Year 6",
        "Year 14",
        "After Year 14",
    ]


def test_overdue_duties_longest_first_and_their_counts() -> None:
    late = case("A", PLAN, fact("review_meeting_held", "2026-10-01"))
    fine = case("B", fact("plan_sent", "2026-10-01"))
    made = board([late, fine])
    assert [(row.reference, row.rule, row.days) for row in made.overdue] == [
        ("A", "AR-01", 312),
        ("A", "AR-06", 38),
        ("A", "AR-07", 24),
    ]
    assert counts(table(made.overdue_counts, "overdue_by_time")) == {
        "to_4_weeks": 1,
        "to_12_weeks": 1,
        "to_52_weeks": 1,
    }


def test_one_amendment_notice_is_one_overdue_thing() -> None:
    noticed = case(
        "A",
        fact("plan_sent", "2025-12-10"),
        fact("review_meeting_held", "2026-07-01"),
        fact("review_report_received", "2026-07-02"),
        fact("review_decision_sent", "2026-07-20", outcome="amend"),
        fact("amendment_notice_sent", "2026-07-20"),
    )
    late = {one.rule for one in noticed.deadlines if one.state(day("2026-11-22")) == "overdue"}
    assert late == {"AR-09", "AR-10", "AR-11"}
    made = board([noticed])
    assert [row.rule for row in made.overdue] == ["AR-09", "AR-11"]
    by_duty = counts(table(made.overdue_counts, "overdue_by_duty"))
    assert by_duty == {"AR-09": 1, "AR-11": 1}


def test_every_line_opens_the_cases_behind_it() -> None:
    files = [case(f"C{n}", PLAN, need="ASD" if n % 2 else "SLD") for n in range(6)]
    for one in board(files).tables:
        for found in one.lines:
            assert len(found.cases) <= (found.count or 0)
            assert bool(found.cases) == bool(found.count)
