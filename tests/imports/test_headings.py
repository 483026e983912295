"""Which column holds what: by the heading's words, by likeness, and by what stands under it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.imports.made.books import events, read

HEADINGS = {
    "reference": "Case Ref",
    "surname": "Surname",
    "forename": "Forename",
    "born": "DOB",
    "upn": "UPN",
    "setting": "School",
    "need": "Primary need",
    "caseworker": "Case officer",
    "plan_sent": "EHCP issued",
    "review_meeting_held": "AR meeting date",
    "review_report_received": "AR report received",
    "review_decision_sent": "Decision letter sent",
    "outcome": "Outcome",
    "amendment_notice_sent": "Amendment notice",
    "amended_plan_sent": "Final amended plan",
}

ODD = {
    "reference": ("Mosaic No", "Unique Ref", "LA Case Number", "Client No."),
    "surname": ("Child's last name", "Surname of CYP", "Surnmae"),
    "forename": ("First name(s)", "Given names", "YP First Name"),
    "born": ("D of B", "DoB (dd/mm/yy)", "DateOfBirth", "Birthdate"),
    "setting": ("Sch", "Where educated", "Placement (Sept 26)", "On roll at"),
    "need": ("SEN Category", "Main Need", "Prim. Need", "SEND Type"),
    "caseworker": ("EHCCo", "SEN C/W", "Plan co", "LA Officer", "Lead"),
    "plan_sent": ("Final issued", "EHCP start", "1st EHCP", "EHCP Date"),
    "review_meeting_held": ("Last AR", "Review mtg", "AR mtg held", "AR date"),
    "review_report_received": ("Paperwork recd", "AR forms back", "AR Docs In"),
    "review_decision_sent": ("Dec letter", "LA response", "Letter to parents"),
    "outcome": ("Mtn/Amd/Cse", "LA Decision (M / A / C)", "AR result", "Dec."),
    "amendment_notice_sent": ("AN sent", "Amended draft sent", "Reg 22 letter"),
    "amended_plan_sent": ("Finalised", "Revised EHCP", "Final (amended)"),
}
OTHERS = ("Parent's name", "Home address", "SENCO", "Tel. no", "RAG", "Age")


def _table(headings: dict[str, str]) -> list[list[object]]:
    first = date(2026, 1, 5)
    rows: list[list[object]] = [list(headings.values())]
    for at in range(12):
        day = first + timedelta(days=11 * at)
        values = {
            "reference": f"TH{4000 + at}",
            "surname": ("Osei", "Green", "Patel")[at % 3],
            "forename": ("Mei", "Arlo", "Ruby", "Noah")[at % 4],
            "born": date(2008 + at, 3, 1 + at),
            "upn": f"A{211000000000 + at}",
            "setting": ("Phoenix School", "The Bridge")[at % 2],
            "need": ("ASC", "SpLD", "Hearing Impairment")[at % 3],
            "caseworker": ("R. Haque", "T. Adeola")[at % 2],
            "plan_sent": day - timedelta(days=300),
            "review_meeting_held": day,
            "review_report_received": day + timedelta(days=9),
            "review_decision_sent": day + timedelta(days=20),
            "outcome": ("Amend", "A", "maintain")[at % 3],
            "amendment_notice_sent": day + timedelta(days=25),
            "amended_plan_sent": day + timedelta(days=60),
        }
        rows.append([values.get(field, "x") for field in headings])
    return rows


@pytest.mark.parametrize(
    ("field", "text"), [(field, text) for field, texts in ODD.items() for text in texts]
)
def test_a_heading_in_other_words_is_placed(field: str, text: str, tmp_path: Path) -> None:
    headings = {**HEADINGS, field: text}
    got = read(tmp_path, _table(headings))
    assert got.mapping["Tracker"] == {text: name for name, text in headings.items()}
    assert got.problems == ()


@pytest.mark.parametrize(
    ("sent", "outcome"),
    [("AR decision", "Decision"), ("Decision", "AR decision"), ("Decision", "LA decision")],
)
def test_what_a_column_holds_tells_a_date_from_an_outcome(
    sent: str, outcome: str, tmp_path: Path
) -> None:
    headings = {**HEADINGS, "review_decision_sent": sent, "outcome": outcome}
    mapping = read(tmp_path, _table(headings)).mapping["Tracker"]
    assert mapping[sent] == "review_decision_sent"
    assert mapping[outcome] == "outcome"


@pytest.mark.parametrize(
    "text", ["Parent's name", "Home address", "SENCO", "Tel. no", "RAG", "Age"]
)
def test_what_the_application_has_no_place_for_is_told(text: str, tmp_path: Path) -> None:
    got = read(tmp_path, _table({**HEADINGS, "other": text}))
    assert got.unmapped == {"Tracker": (text,)}
    assert text not in got.mapping["Tracker"]


def test_a_heading_is_told_as_it_was_found(tmp_path: Path) -> None:
    got = read(tmp_path, [["Child's\nSurname", "First  name", "D.O.B"], ["A", "B", "1/1/15"]])
    assert list(got.mapping["Tracker"]) == ["Child's\nSurname", "First  name", "D.O.B"]


def test_headings_under_a_group_are_read_with_it(tmp_path: Path) -> None:
    got = read(
        tmp_path,
        [
            ["Child", "", "EHCP", "Annual review", "", "Decision", ""],
            ["Name", "DOB", "Issued", "Date", "Report", "Date", "M/A/C"],
            ["Small, Bo", "1/2/2015", "1/3/2020", "1/2/2026", "9/2/2026", "20/2/2026", "M"],
        ],
    )
    assert events(got.cases[0]) == [
        ("plan_sent", "2020-03-01", ""),
        ("review_meeting_held", "2026-02-01", ""),
        ("review_report_received", "2026-02-09", ""),
        ("review_decision_sent", "2026-02-20", "maintain"),
    ]


def test_reviews_of_two_years_side_by_side_are_two_reviews(tmp_path: Path) -> None:
    years, steps = ("2024/25", "2025/26"), ("AR meeting", "Decision sent", "Outcome")
    got = read(
        tmp_path,
        [
            ["Ref", "Name", "DOB", *(f"{step} {year}" for year in years for step in steps)],
            ["1", "A, B", "1/1/15", "1/2/25", "20/2/25", "M", "1/2/26", "20/2/26", "A"],
            ["2", "C, D", "1/1/15", "1/3/25", "20/3/25", "M", None, None, None],
        ],
    )
    assert events(got.cases[0]) == [
        ("review_meeting_held", "2025-02-01", ""),
        ("review_decision_sent", "2025-02-20", "maintain"),
        ("review_meeting_held", "2026-02-01", ""),
        ("review_decision_sent", "2026-02-20", "amend"),
    ]
    assert len(got.cases[1].facts) == 2


def test_a_date_beside_an_outcome_is_the_decision(tmp_path: Path) -> None:
    got = read(
        tmp_path,
        [["Name", "DOB", "Outcome", "Date"], ["A, B", "1/1/15", "Amend", "20/2/26"]],
    )
    assert events(got.cases[0]) == [("review_decision_sent", "2026-02-20", "amend")]


def test_two_tables_on_one_sheet_each_have_their_headings(tmp_path: Path) -> None:
    got = read(
        tmp_path,
        [
            ["Phoenix School"],
            ["Ref", "Surname", "First name", "DOB", "AR date"],
            ["T1", "A", "B", "1/1/15", "1/2/26"],
            [],
            ["Bow School"],
            ["Name", "D.O.B", "Ref", "Outcome", "Decision sent", "Meeting held"],
            ["C, D", "1/1/16", "T2", "M", "1/3/26", "1/2/26"],
        ],
    )
    assert [events(case) for case in got.cases] == [
        [("review_meeting_held", "2026-02-01", "")],
        [
            ("review_meeting_held", "2026-02-01", ""),
            ("review_decision_sent", "2026-03-01", "maintain"),
        ],
    ]


def test_a_table_may_stand_anywhere_on_its_sheet(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Tracker"], *[[] for _ in range(40)]]
    rows += [[None, None, "Ref", "Surname", "Forename", "DOB"], [None, None, 7, "A", "B", "1/1/15"]]
    got = read(tmp_path, rows)
    assert [(case.reference, case.place.row) for case in got.cases] == [("7", 43)]


def test_the_same_headings_may_stand_in_other_columns(tmp_path: Path) -> None:
    rows = [["Ref", "Name", "DOB"], ["T1", "A, B", "1/1/15"]]
    moved = [["", *rows[0]], ["", "T2", "C, D", "1/1/16"]]
    got = read(tmp_path, {"One": rows, "Two": moved})
    assert [case.reference for case in got.cases] == ["T1", "T2"]


def test_a_sheet_of_children_without_headings_is_not_passed_over(tmp_path: Path) -> None:
    child = ["Phoenix School", "1/2/26"]
    got = read(
        tmp_path,
        {
            "One": [["Ref", "Surname", "Forename", "DOB"], ["T1", "A", "B", "1/1/15"]],
            "Two": [[f"T{at}", "C", "D", f"1/1/{at}", *child] for at in range(10, 14)],
            "Key": [["M = maintain"], ["A = amend"]],
            "Numbers": [["School", "Due", "Late"], ["Phoenix School", 3, 1]],
        },
    )
    assert [(one.place.sheet, one.place.row) for one in got.problems] == [("Two", 0)]
    assert "no row of headings" in got.problems[0].why


def test_what_is_due_is_no_fact(tmp_path: Path) -> None:
    head = ["Name", "DOB", "AR due", "Decision due", "Final plan due", "Next AR booked"]
    days = ["1/2/26", "1/3/26", "1/4/26", "1/2/27"]
    got = read(tmp_path, [head, ["A, B", "1/1/15", *days], ["C, D", "1/1/16", *days]])
    assert [case.facts for case in got.cases] == [(), ()]
    assert "AR due: 01/02/2026" in got.cases[0].comment


def test_yes_and_no_are_no_dates(tmp_path: Path) -> None:
    head = ["Name", "DOB", "Final plan issued?", "AR date"]
    rows = [[f"A{at * 'b'}, B", "1/1/15", "YN"[at % 2], "1/2/26"] for at in range(6)]
    got = read(tmp_path, [head, *rows])
    assert got.problems == ()
    assert got.unmapped == {"Tracker": ("Final plan issued?",)}


def test_a_final_plan_after_the_review_is_the_amended_one(tmp_path: Path) -> None:
    head = [
        "Name",
        "DOB",
        "AR date",
        "Outcome",
        "Decision sent",
        "Draft issued",
        "Final plan issued",
    ]
    days = ["1/2/26", "A", "20/2/26", "20/2/26", "1/4/26"]
    rows = [[f"A{at * 'b'}, B", "1/1/15", *days] for at in range(6)]
    got = read(tmp_path, [head, *rows])
    assert [kind for kind, _, _ in events(got.cases[0])] == [
        *("review_meeting_held", "review_decision_sent"),
        *("amendment_notice_sent", "amended_plan_sent"),
    ]


def test_lists_of_people_and_schools_are_left_out(tmp_path: Path) -> None:
    got = read(
        tmp_path,
        {
            "Contacts": [["Name", "School", "Phone"], ["Jo Cole", "Phoenix School", "1234"]],
            "Schools": [["School", "Ref", "Officer"], ["Phoenix School", "S1", "R. Ho"]],
            "Team": [["Case officer", "Children", "Late"], ["R. Ho", 120, 4], ["S. Bo", 90, 2]],
            "Tracker": [["Ref", "Name", "DOB"], ["T1", "A, B", "1/1/15"]],
        },
    )
    assert len(got.cases) == 1
    assert (got.parked, got.problems) == ((), ())
    assert list(got.mapping) == ["Tracker"]
    assert [note for note in got.notes if note.startswith("Schools")] == [
        "Schools: no list of children, left out."
    ]


@pytest.mark.parametrize("decision", ["6 week decision", "Decision date", "Decision letter sent"])
@pytest.mark.parametrize("outcome", ["Agreed to assess?", "Decision", "Outcome"])
def test_a_list_of_requests_tells_of_assessments(
    decision: str, outcome: str, tmp_path: Path
) -> None:
    head = ["Name", "DOB", "Request received", decision, outcome, "Draft issued", "Final issued"]
    rows = [
        [f"A{at * 'b'}, B", "1/1/15", "1/2/26", "9/3/26", "YN"[at % 2], "1/5/26", "20/6/26"]
        for at in range(6)
    ]
    got = read(tmp_path, [[*head, "20 week due"], *([*row, "21/6/26"] for row in rows)])
    assert got.problems == ()
    assert events(got.cases[0]) == [
        ("request_received", "2026-02-01", ""),
        ("assessment_decision_sent", "2026-03-09", "assess"),
        ("draft_served", "2026-05-01", ""),
        ("plan_sent", "2026-06-20", ""),
    ]
