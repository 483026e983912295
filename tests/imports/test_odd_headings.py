"""Headings that only the cells, their neighbours or a second look can place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.imports.made.books import events, parked, problems, read

FIRST = date(2026, 1, 12)
WHO = ["Ref", "Surname", "Forename", "DOB"]


def _rows(count: int, more: Any) -> list[list[object]]:
    """Children with a reference, a name and a birthday, and what `more` says of the nth."""
    return [
        [f"EH-{700 + 3 * at}", f"Sur{'abcdefghijklmno'[at]}n", "Al", _born(at), *more(at)]
        for at in range(count)
    ]


def _born(at: int) -> date:
    return date(2012, 1 + at % 12, 4)


def _review(at: int) -> list[object]:
    held = FIRST + timedelta(days=9 * at)
    return [
        held - timedelta(days=400),
        held,
        held + timedelta(days=9),
        held + timedelta(days=20),
        "MAC"[at % 2],
        held + timedelta(days=25),
        held + timedelta(days=50),
    ]


REVIEW = (
    *("plan_sent", "review_meeting_held", "review_report_received", "review_decision_sent"),
    *("outcome", "amendment_notice_sent", "amended_plan_sent"),
)


@pytest.mark.parametrize(
    "headings",
    [
        ("Fin EHCP", "A/R mtg", "Pwk", "A/R letter", "O/C", "AN", "AF"),
        ("EHCP isued", "Anual review", "Reprot", "Desision ltr", "Outcom", "Ntc", "Ammended plan"),
        ("PlanIssued", "ARMeeting", "ARReport", "DecisionOut", "MAC", "NoticeOut", "FinalOut"),
        ("Plan at 1/9/26", "AR1", "Rprt", "4wk letter", "4wk decision", "Draft", "12wk final"),
        ("Orig. plan", "Rvw mtg", "School return", "Dcsn date", "Dcsn", "Amds out", "Am. final"),
    ],
)
def test_short_joined_and_misspelt_headings_are_placed(
    headings: tuple[str, ...], tmp_path: Path
) -> None:
    got = read(tmp_path, [[*WHO, *headings], *_rows(12, _review)])
    told = list(got.mapping["Tracker"].values())
    assert told == ["reference", "surname", "forename", "born", *REVIEW]
    assert got.problems == ()


@pytest.mark.parametrize(
    "heading",
    [
        "EP report received",
        "Funding end date",
        "Placement end date",
        "Date school chased",
        "Panel decision date",
        "LAC review date",
        "Transport review date",
    ],
)
def test_a_date_of_other_business_is_no_fact(heading: str, tmp_path: Path) -> None:
    rows = _rows(8, lambda at: [FIRST, FIRST + timedelta(days=at)])
    got = read(tmp_path, [[*WHO, "EHCP issued", heading], *rows])
    assert {kind for case in got.cases for kind, _, _ in events(case)} == {"plan_sent"}
    assert got.problems == ()


@pytest.mark.parametrize("told", ["TBC", "Autumn term", "November", "31/06/2026"])
def test_what_is_due_in_words_stays_a_comment(told: str, tmp_path: Path) -> None:
    got = read(tmp_path, [[*WHO, "EHCP issued", "Next AR due"], *_rows(6, lambda _: [FIRST, told])])
    assert got.problems == ()
    assert f"Next AR due: {told}" in got.cases[0].comment


def test_a_column_that_names_each_row_is_the_reference(tmp_path: Path) -> None:
    head = ["PID", *WHO[1:], "EHCP issued"]
    got = read(tmp_path, [head, *_rows(9, lambda _: [FIRST])])
    assert got.mapping["Tracker"]["PID"] == "reference"
    assert got.cases[1].reference == "EH-703"


def test_row_numbers_and_dates_are_no_references(tmp_path: Path) -> None:
    rows = [
        [at + 1, f"S{'abcdefgh'[at]}d", "Al", f"0{at + 1}/02/2014", f"{10 + at}/10/2026"]
        for at in range(8)
    ]
    got = read(tmp_path, [["Number", "Surname", "Forename", "DOB", "Chase no 2"], *rows])
    assert "reference" not in got.mapping["Tracker"].values()


def test_few_names_that_come_often_are_the_caseworkers(tmp_path: Path) -> None:
    officers = ("M Costa", "J. Smith", "Priya Shah")
    rows = _rows(12, lambda at: [officers[at % 3], FIRST])
    got = read(tmp_path, [[*WHO, "EHSO", "EHCP issued"], *rows])
    assert got.cases[0].caseworker == "M Costa"


def test_an_officer_is_no_child(tmp_path: Path) -> None:
    head = ["Name of child", "DOB", "Name of officer", "EHCP issued"]
    rows = [[f"Al Fry{'abcdefghij'[at]}", f"0{1 + at % 9}/02/2014", "Jo Smith"] for at in range(10)]
    got = read(tmp_path, [head, *([*row, FIRST] for row in rows)])
    assert (got.cases[0].surname, got.cases[0].caseworker) == ("Frya", "Jo Smith")


def test_first_and_final_plan_are_told_by_their_order(tmp_path: Path) -> None:
    head = [*WHO, "Final plan", "Review held", "Plan issued"]
    first, later = FIRST - timedelta(days=300), FIRST + timedelta(days=70)
    got = read(tmp_path, [head, *_rows(8, lambda _: [first, FIRST, later])])
    assert [kind for kind, _, _ in events(got.cases[0])] == [
        *("plan_sent", "review_meeting_held", "amended_plan_sent")
    ]
    assert events(got.cases[0])[0][1] == first.isoformat()


def test_yes_and_no_under_a_strange_heading_are_no_outcome(tmp_path: Path) -> None:
    head = [*WHO, "Decision sent", "Regulation 21 applies"]
    got = read(tmp_path, [head, *_rows(8, lambda at: [FIRST, "YN"[at % 2]])])
    assert events(got.cases[0]) == [("review_decision_sent", "2026-01-12", "")]


def test_a_group_that_says_nothing_changes_no_heading(tmp_path: Path) -> None:
    head = [["Child", "", "", "", "Other", ""], [*WHO, "Need", "EHCP issued"]]
    got = read(tmp_path, [*head, *_rows(4, lambda _: ["ASD", FIRST])])
    assert (got.cases[0].need, got.cases[0].secondary_need) == ("ASD", "")


def test_reviews_numbered_at_the_end_of_their_headings_are_apart(tmp_path: Path) -> None:
    old = ("1/2/25", "20/2/25", "M")
    steps = ("AR held", "Letter sent", "Outcome")
    head = ["Ref", "Name", "DOB", *(f"{step} {number}" for number in "12" for step in steps)]
    got = read(
        tmp_path,
        [
            head,
            *(
                [f"T{at}", f"A{'bcde'[at]}, B", "1/1/15", *old, "1/2/26", "20/2/26", "A"]
                for at in range(4)
            ),
        ],
    )
    assert events(got.cases[0]) == [
        ("review_meeting_held", "2025-02-01", ""),
        ("review_decision_sent", "2025-02-20", "maintain"),
        ("review_meeting_held", "2026-02-01", ""),
        ("review_decision_sent", "2026-02-20", "amend"),
    ]


def test_a_second_table_with_more_headings_is_no_repeat_of_the_first(tmp_path: Path) -> None:
    head: list[object] = ["Ref", "Name", "DOB", "EHCP issued", "AR held"]
    rows: list[list[object]] = [
        head,
        ["T1", "A, B", "1/1/15", "1/3/20", "1/2/26"],
        [],
        [*head, "Decision sent", "Outcome"],
        ["T2", "C, D", "1/1/15", "1/3/20", "1/2/26", "1/3/26", "M"],
    ]
    assert events(read(tmp_path, rows).cases[1])[-1] == (
        *("review_decision_sent", "2026-03-01"),
        "maintain",
    )


def test_staff_with_a_day_each_and_a_signature_are_no_children(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [
        *_rows(3, lambda _: [FIRST]),
        [],
        ["Completed by:", "J Smith"],
        ["Date:", FIRST],
    ]
    got = read(
        tmp_path,
        {
            "Tracker": [[*WHO, "EHCP issued"], *rows],
            "Staff": [["Name", "Role", "Start date"], ["J Smith", "Officer", date(2020, 1, 1)]],
        },
    )
    assert (parked(got), problems(got), len(got.cases)) == ([], [], 3)


def test_on_a_list_of_requests_a_second_decision_is_no_review(tmp_path: Path) -> None:
    head = ["Request received", "Decision made by", "Decision letter", "Decision", "Draft", "Final"]
    after = (0, 42, 40, None, 100, 135)
    day = [FIRST + timedelta(days) if days is not None else "Y" for days in after]
    got = read(tmp_path, [[*WHO, *head], *_rows(8, lambda _: day)])
    assert [kind for kind, _, _ in events(got.cases[0])] == [
        *("request_received", "assessment_decision_sent", "draft_served", "plan_sent")
    ]


@pytest.mark.parametrize("heading", ["SIMS no", "SEND No", "Number"])
def test_numbers_that_never_come_twice_are_references(heading: str, tmp_path: Path) -> None:
    rows = [[52_483 + 7 * at, *row[1:]] for at, row in enumerate(_rows(8, lambda _: [FIRST]))]
    got = read(tmp_path, [[heading, *WHO[1:], "EHCP issued"], *rows])
    assert got.mapping["Tracker"][heading] == "reference"


def test_a_date_by_which_something_is_due_is_no_fact(tmp_path: Path) -> None:
    head = [*WHO, "EHCP issued", "AR held", "Letter by", "Letter on", "Final by", "Final on"]
    days = (-400, 0, 28, 20, 84, 70)
    rows = _rows(8, lambda _: [FIRST + timedelta(day) for day in days])
    assert events(read(tmp_path, [head, *rows]).cases[0])[2:] == [
        ("review_decision_sent", "2026-02-01", ""),
        ("amended_plan_sent", "2026-03-23", ""),
    ]


def test_schools_under_a_strange_heading_are_the_setting(tmp_path: Path) -> None:
    schools = ("Ash Lea School", "Moor End Academy", "Hill Nursery")
    rows = _rows(9, lambda at: [FIRST, schools[at % 3]])
    got = read(tmp_path, [[*WHO, "EHCP issued", "Whereabouts"], *rows])
    assert got.cases[1].setting == "Moor End Academy"


def test_numbers_under_a_heading_about_needs_are_no_needs(tmp_path: Path) -> None:
    got = read(tmp_path, [[*WHO, "SEN2 code"], *_rows(8, lambda at: [at + 20])])
    assert got.problems == ()
