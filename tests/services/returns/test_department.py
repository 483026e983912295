"""The files of the Department's shape for one store: days, editions, and the figures as JSON."""

from __future__ import annotations

import json
from datetime import date

import pytest

from caseworker_app import paths
from caseworker_app.domain.declarations.council_details import CouncilDetails
from caseworker_app.domain.declarations.placements import Placement
from caseworker_app.domain.department.sheets import DepartmentReturn
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.measures.editions import Edition
from caseworker_app.domain.people import Setting
from caseworker_app.reports.department_layout import load_layouts
from caseworker_app.services.returns.department import as_json, department, survey_day
from tests.domain.measures.making import by_kind, case, fact

LAYOUTS = load_layouts(paths.resources())
SURVEY = date(2026, 1, 15)
SPECIAL = Setting("Cedar", "special", type="Community special school", urn="100001")
ACADEMY = Setting("Bow", "secondary", type="Academy converter", urn="100002")


def made(*files: object, suppress: bool = False, **more: object) -> DepartmentReturn:
    given = {"council": "Town", "suppress": suppress, **more}
    return department(files, LAYOUTS, 2025, SURVEY, SURVEY, **given)  # type: ignore[arg-type]


def figures(name: str, *files: object) -> dict[str, object]:
    """The figures of everybody in a file that are not nought."""
    values = made(*files).sheet(name).everybody.values
    return {column: value for column, value in values.items() if value not in (0, "z")}


def test_the_survey_day_is_that_of_the_return_or_the_one_given() -> None:
    assert survey_day(LAYOUTS, 2026) == date(2027, 1, 21)
    assert survey_day(LAYOUTS, 2024) == date(2025, 1, 16)
    assert survey_day(LAYOUTS, 2030, date(2031, 1, 16)) == date(2031, 1, 16)
    for year, day in ((2030, None), (1066, None), (2026, date(2026, 1, 15))):
        with pytest.raises(Refused):
            survey_day(LAYOUTS, year, day)


def test_a_plan_in_time_with_an_exception_is_in_one_count_and_not_in_the_other() -> None:
    asked = fact("request_received", "2025-03-03")
    late = case("A", asked, fact("plan_sent", "2025-07-22"))
    on_time = case("B", asked, fact("plan_sent", "2025-07-21"))
    excused = case(
        "C", asked, fact("exception", "2025-04-01", ground="EXC-E"), fact("plan_sent", "2025-07-21")
    )
    year_on = case("D", fact("request_received", "2024-03-03"), fact("plan_sent", "2025-07-22"))
    assert figures("timeliness_20_week", late, on_time, excused, year_on) == {
        "plans_issued_den": 4,
        "plans_issued_den_ex": 3,
        "plans_issued_within_20_weeks": 2,
        "plans_issued_20_weeks_ex": 1,
        "pc_plans_issued_within_20_weeks": 50,
        "PC_plans_issued_20_weeks_ex": 33.3,
        "plans_issued_gt20weeks_ltYear": 1,
        "plans_issued_gt20weeks_ltYear_ex": 1,
        "pc_plans_issued_gt20weeks_ltYear": 25,
        "PC_plans_issued_gt20weeks_ltYear_ex": 33.3,
        "plans_issued_gt_1_year": 1,
        "plans_issued_gt_1_year_ex": 1,
        "pc_plans_issued_gt_1_year": 25,
        "PC_plans_issued_gt_1_year_ex": 33.3,
    }


def test_plans_stand_where_people_are_taught() -> None:
    plan = fact("plan_sent", "2024-03-04")
    unit = Placement(child_id="1", setting_id="2", rank="1", unit=True)
    home = Placement(child_id="1", arrangement="EHE", rank="1", since=date(2025, 9, 1))
    out = Placement(child_id="1", arrangement="NIEO", rank="1")
    found = figures(
        "caseload",
        case("A", plan, setting=SPECIAL),
        case("B", plan, setting=ACADEMY, kept=[unit]),
        case("C", plan, setting=ACADEMY, kept=[home]),
        case("D", plan, born=date(2012, 1, 1), kept=[out]),
        case("E", plan, setting=Setting("Unknown", "secondary", urn="100003")),
        case("F", fact("plan_sent", "2024-03-04"), fact("plan_ceased", "2025-12-01")),
    )
    counts = {column: value for column, value in found.items() if not column.endswith("_pc")}
    assert counts == {
        "ehcplans": 5,
        "special_la_maintained": 1,
        "special_total": 1,
        "mainstream_academy_senunit": 1,
        "mainstream_total": 1,
        "elective_home_education": 1,
        "neet_other_csa": 1,
        "ed_elsewhere": 2,
        "placement_unknown": 1,
    }
    lacking = made(case("E", plan, setting=Setting("X", "secondary", urn="1"))).lacking
    assert lacking == ("1 time: place not told: setting without a type.",)


def test_a_meeting_without_a_decision_is_in_no_four_week_share() -> None:
    plan = fact("plan_sent", "2024-03-04")
    files = [
        case(
            "A",
            plan,
            fact("review_meeting_held", "2025-02-03"),
            fact("review_decision_sent", "2025-03-03", outcome="amend"),
        ),
        case(
            "B",
            plan,
            fact("review_meeting_held", "2025-02-03"),
            fact("review_decision_sent", "2025-03-04", outcome="maintain"),
        ),
        case("C", plan, fact("review_meeting_held", "2025-02-03")),
        case("D", plan, fact("review_meeting_held", "2026-01-05")),
        case("E", plan),
        case("F", fact("plan_sent", "2025-06-02")),
    ]
    assert figures("annual_reviews", *files) == {
        "total_ehc_plans": 6,
        "review_expected": 5,
        "review_not_expected": 1,
        "review_meeting_26": 1,
        "review_meeting_25": 3,
        "total_review_meeting": 4,
        "no_review_meeting": 1,
        "review_decision25": 2,
        "review_decision_not_due": 1,
        "review_decision_outstanding": 1,
        "outcome_amend": 1,
        "outcome_maintan": 1,
        "no_outcome": 2,
        "number_decsion_4weeks": 1,
        "number_decision_gt_4weeks": 1,
        "pc_decsion_4weeks": 50,
        "pc_decision_gt_4weeks": 50,
    }


def test_requests_and_refusals_that_went_further() -> None:
    refused = case(
        "A",
        fact("request_received", "2025-01-06"),
        fact("assessment_decision_sent", "2025-02-18", outcome="refuse"),
        fact("mediation_held", "2025-03-03"),
        fact("appeal_registered", "2025-04-01"),
    )
    open_ = case("B", fact("request_received", "2025-12-01"))
    assert figures("requests", refused, open_) == {
        "requests_received_in_year": 2,
        "requests_decided_not_to_assess": 1,
        "requests_decision_not_made": 1,
        "request_not_assess_pc": 50,
        "request_outstanding_pc": 50,
        "request_outcome_over_6_weeks": 1,
        "request_outcome_over_6_weeks_pc": 100,
        "mediation_related_request": 1,
        "tribunal_related_request": 1,
        "tribunal_after_mediation_request": 1,
    }


def test_the_document_has_each_row_with_its_figures_and_hides_what_the_files_hide() -> None:
    files = [case(f"C{one:02}", fact("plan_sent", "2025-03-04"), sex="F") for one in range(9)]
    files.append(case("D", fact("plan_sent", "2025-03-04"), sex="M"))
    beside = by_kind([CouncilDetails(la_number="211")])
    kept: list[Edition] = []
    told = json.loads(
        json.dumps(as_json(made(*files, suppress=True, beside=beside, keep=kept.append)))
    )
    assert (told["year"], told["survey_day"], told["suppressed"]) == (2025, "2026-01-15", True)
    assert len(kept) == 1
    by_sex = {
        row["breakdown"]: row["new_ehc_plans"]
        for row in told["files"]["newplans"]
        if row["breakdown_topic"] == "Sex"
    }
    assert by_sex == {"Female": "c", "Male": "c", "Unknown": 0}
    first = told["files"]["newplans"][0]
    assert (first["old_la_code"], first["new_ehc_plans"]) == ("211", 10)
    again = made(*files, suppress=True, beside=beside, earlier=kept)
    assert again.sheets == made(*files, suppress=True, beside=beside).sheets
