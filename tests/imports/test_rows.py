"""Which rows are children, which are one child, and what comes of cells that say too much."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caseworker_app.domain.incoming import Conflict, Place
from tests.imports.made.books import events, parked, problems, read

HEAD = ["Ref", "Surname", "Forename", "DOB", "School", "Case Officer", "AR date"]


def test_totals_notes_and_repeated_headings_are_no_children(tmp_path: Path) -> None:
    got = read(
        tmp_path,
        [
            HEAD,
            ["TH1001", "Small", "Bo", "1/1/15", "X School", "P. Lee", "1/2/26"],
            [],
            HEAD,
            ["TH1002", "Count", "Al", "1/1/16", "X School", "P. Lee", None],
            ["TOTAL", 2],
            ["Sub-total", None, None, None, "X School", 2],
            ["Y6", 24],
            ["Last updated", None, None, "22/11/2026"],
            ["Year 6, Autumn"],
            ["Please keep this up to date"],
            [None, None, None, None, None, None, "see SR"],
        ],
    )
    assert [case.reference for case in got.cases] == ["TH1001", "TH1002"]
    assert (got.rows_read, got.parked, got.problems) == (2, (), ())


def test_a_row_without_name_or_birthday_is_parked_and_its_faults_are_told(tmp_path: Path) -> None:
    got = read(
        tmp_path,
        [
            HEAD,
            ["T1", "Small", "Bo", None, "X School", "P. Lee", "TBC"],
            ["T2", None, None, "1/1/15", "X School", "P. Lee", "1/2/26"],
            ["T3", None, None, None, "X School", "P. Lee", "1/2/26"],
            ["T4", "Small", "Al", "31/06/2015", "X School", "P. Lee", "n/a"],
        ],
    )
    assert got.cases == ()
    assert parked(got) == [
        ("Tracker", 2, "no date of birth"),
        ("Tracker", 3, "no name"),
        ("Tracker", 4, "no name and no date of birth"),
        ("Tracker", 5, "no date of birth"),
    ]
    assert problems(got) == [("Tracker", 2, "AR date", "TBC"), ("Tracker", 5, "DOB", "31/06/2015")]
    assert got.rows_read == 4


def test_the_same_child_on_two_sheets_is_one_and_the_first_is_believed(tmp_path: Path) -> None:
    got = read(
        tmp_path,
        {
            "Main": [
                HEAD,
                ["T1", "Small", "Bo", "1/1/15", "X School", "P. Lee", None],
                ["T2", "Green", "Al", "1/1/16", "Y School", "R. Ho", "1/2/26"],
            ],
            "Y6": [
                HEAD,
                ["t 1", "SMALL", "Bo", "1/1/15", "Z School", "", "1/3/26"],
                ["T2", "Green", "Al", "1/1/16", "y school", "S. Bo", "8/2/26"],
            ],
        },
    )
    first, second = got.cases
    assert (first.surname, first.setting, first.caseworker) == ("Small", "X School", "P. Lee")
    assert events(first) == [("review_meeting_held", "2026-03-01", "")]
    assert events(second) == [("review_meeting_held", "2026-02-01", "")]
    place = Place("tracker.xlsx", "Y6", 2)
    assert got.conflicts == (
        Conflict(place, "T1", "setting", "X School", "Z School"),
        Conflict(Place("tracker.xlsx", "Y6", 3), "T2", "caseworker", "R. Ho", "S. Bo"),
        Conflict(
            Place("tracker.xlsx", "Y6", 3), "T2", "review_meeting_held", "01/02/2026", "08/02/2026"
        ),
    )


def test_a_reference_used_for_another_child_parks_the_second(tmp_path: Path) -> None:
    got = read(
        tmp_path,
        [HEAD, ["T1", "Small", "Bo", "1/1/15"], ["T1", "Green", "Al", "2/2/16"]],
    )
    assert [case.surname for case in got.cases] == ["Small"]
    why = (
        "the reference of Small, Bo (T1), Tracker, row 2; Green, Al (T1) has another name and "
        "another birthday"
    )
    assert parked(got) == [("Tracker", 3, why)]
    assert got.parked[0].case == "Green, Al (T1)"
    assert got.rows_read == len(got.cases) + got.further_rows + len(got.parked)


def test_children_without_reference_are_known_by_upn_or_by_name_and_birthday(
    tmp_path: Path,
) -> None:
    got = read(
        tmp_path,
        [
            ["Surname", "Forename", "DOB", "UPN", "AR date"],
            ["O'Neill", "Zoë", "1/1/15", "A123456789012", "1/2/26"],
            ["O\u2019NEILL", "Zoe", "1/1/15", None, None],
            ["Green", "Al", "2/2/15", "A123456789012", "3/2/26"],
            ["O'Neill", "Zoë", "1/1/15", "B123456789012", "1/3/26"],
        ],
    )
    assert [(case.surname, case.upn) for case in got.cases] == [
        ("O'Neill", "A123456789012"),
        ("Green", ""),
        ("O'Neill", "B123456789012"),
    ]
    assert problems(got) == [("Tracker", 4, "UPN", "A123456789012")]


def test_a_row_for_each_review_makes_one_child_with_all_of_them(tmp_path: Path) -> None:
    head = ["Case Ref", "Surname", "First name", "DOB", "Review date", "Decision date", "Outcome"]
    child = ["1", "A", "B", "1/1/15"]
    got = read(
        tmp_path,
        [
            head,
            [*child, "1/2/24", "20/2/24", "M"],
            [*child, "1/2/25", "20/2/25", "A"],
            [*child, "1/2/26", None, None],
        ],
    )
    assert [day for _, day, _ in events(got.cases[0])] == [
        *("2024-02-01", "2024-02-20", "2025-02-01", "2025-02-20", "2026-02-01")
    ]
    assert got.conflicts == ()
    assert got.cases[0].one_cycle


def test_a_sheet_without_birthdays_adds_to_children_known_by_reference(tmp_path: Path) -> None:
    got = read(
        tmp_path,
        {
            "Reviews": [
                ["Ref", "Name", "AR date", "Outcome", "Decision letter"],
                ["T1", "Bo Small", "1/2/26", "M", "1/3/26"],
                ["T9", "Who Knows", "1/2/26", "M", "1/3/26"],
            ],
            "List": [["Ref", "Surname", "Forename", "DOB"], ["T1", "Small", "Bo", "1/1/15"]],
        },
    )
    assert len(got.cases) == 1
    assert len(got.cases[0].facts) == 2
    assert parked(got) == [("Reviews", 3, "no date of birth")]


def test_one_cell_may_tell_decision_and_day(tmp_path: Path) -> None:
    got = read(
        tmp_path,
        [
            ["Name", "DOB", "AR date", "Decision"],
            ["Smith, Jo", "3/4/2015", "5/1/26", "Amend 12/02/26"],
            ["Lee, Al", "3/5/2015", "5/1/26", "12/02/26 - maintain"],
            ["Ng, Al", "3/6/2015", "5/1/26", "ceased"],
            ["Ng, Bo", "3/6/2015", "5/1/26", "12/2/26"],
            ["Ng, Cy", "3/6/2015", "5/1/26", "perhaps"],
        ],
    )
    assert [events(case)[1:] for case in got.cases] == [
        [("review_decision_sent", "2026-02-12", "amend")],
        [("review_decision_sent", "2026-02-12", "maintain")],
        [],
        [("review_decision_sent", "2026-02-12", "")],
        [],
    ]
    assert got.cases[2].comment == "Decision: Cease (no date)"
    assert problems(got) == [("Tracker", 6, "Decision", "perhaps")]


def test_days_that_cannot_be_are_told_and_left_out(tmp_path: Path) -> None:
    got = read(
        tmp_path,
        [
            ["Ref", "Name", "DOB", "AR date", "EHCP issued", "Next AR due"],
            ["1", "A, B", "1/1/2027", None, None, None],
            ["2", "A, C", "1/1/1926", None, None, None],
            ["3", "A, D", "1/1/2016", "23/11/26", "31/12/15", "1/6/27"],
            ["4", "A, E", "1/1/2016", "22/11/26", "1/1/16", None],
        ],
    )
    assert [(case.reference, len(case.facts)) for case in got.cases] == [("3", 0), ("4", 2)]
    assert [(row, why) for _, row, why in parked(got)] == [
        (2, "no date of birth"),
        (3, "no date of birth"),
    ]
    assert [(one.place.row, one.why) for one in got.problems] == [
        (2, "after today"),
        (3, "too long ago for a child or young person"),
        (4, "before the date of birth"),
        (4, "after today"),
    ]
    assert got.cases[0].comment == "Next AR due: 01/06/2027"


@pytest.mark.parametrize(
    ("written", "need", "second"),
    [
        ("ASD/SLCN", "ASD", "SLCN"),
        ("SEMH & MLD", "SEMH", "MLD"),
        ("Autism (ASC)", "ASD", ""),
        ("1. Hearing impairment", "HI", ""),
        ("ADHD", "SEMH", ""),
        ("Speech, Language and Communication Needs", "SLCN", ""),
        ("SLD - Severe learning difficulty", "SLD", ""),
        ("ASD - high functioning", "ASD", ""),
        ("SEMH (anxiety)", "SEMH", ""),
        ("S&L", "SLCN", ""),
    ],
)
def test_needs_in_words_and_codes(written: str, need: str, second: str, tmp_path: Path) -> None:
    got = read(tmp_path, [["Name", "DOB", "Need"], ["A, B", "1/1/15", written]])
    assert (got.cases[0].need, got.cases[0].secondary_need) == (need, second)


@pytest.mark.parametrize(
    "written",
    [
        "BESD",
        "ASD or MLD?",
        "Learning difficulties",
        "C&I",
        "?",
        "ASD?",
        "ASD - awaiting diagnosis",
    ],
)
def test_a_need_that_is_no_code_is_not_guessed(written: str, tmp_path: Path) -> None:
    got = read(tmp_path, [["Name", "DOB", "Need"], ["A, B", "1/1/15", written]])
    assert got.cases[0].need == ""
    assert problems(got) == [("Tracker", 2, "Need", written)]


@pytest.mark.parametrize("written", ["", " ", "-", "n/a", "N/A", "none", "\u00a0"])
def test_a_blank_is_no_problem(written: str, tmp_path: Path) -> None:
    head = ["Name", "DOB", "Need", "AR date", "Outcome", "UPN", "School", "NCY"]
    got = read(tmp_path, [head, ["A, B", "1/1/15", *[written] * 6]])
    assert got.problems == ()
    assert got.cases[0].facts == ()
    assert got.cases[0].setting == ""


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("Amend - change of placement", "amend"),
        ("Maintain (no amendments)", "maintain"),
        ("Cease: aged out", "cease"),
    ],
)
def test_an_outcome_may_be_explained(written: str, outcome: str, tmp_path: Path) -> None:
    head = ["Name", "DOB", "Outcome", "Decision sent"]
    got = read(tmp_path, [head, ["A, B", "1/1/15", written, "1/2/26"]])
    assert events(got.cases[0]) == [("review_decision_sent", "2026-02-01", outcome)]


@pytest.mark.parametrize("written", ["Cease?", "Amend - TBC", "pending", "Maintain (proposed)"])
def test_a_doubted_outcome_is_told(written: str, tmp_path: Path) -> None:
    head = ["Name", "DOB", "Outcome", "Decision sent"]
    got = read(tmp_path, [head, ["A, B", "1/1/15", written, "1/2/26"]])
    assert problems(got) == [("Tracker", 2, "Outcome", written)]


def test_a_year_group_in_letters_is_no_problem(tmp_path: Path) -> None:
    years = ("Year R", "Year N", "Yr 6", "NC Year 11", "Y13")
    rows = [[f"A{'bcdef'[at]}, B", "1/1/15", year] for at, year in enumerate(years)]
    assert read(tmp_path, [["Name", "DOB", "NC Year"], *rows]).problems == ()


def test_yes_and_no_under_amend_are_outcomes(tmp_path: Path) -> None:
    got = read(
        tmp_path,
        [
            ["Name", "DOB", "Amend? Y/N", "Decision date"],
            *(
                [f"A{'bcdefg'[at]}, B", date(2015, 1, 1 + at), "YN"[at % 2], "1/2/26"]
                for at in range(6)
            ),
        ],
    )
    assert [events(case)[0][2] for case in got.cases] == ["amend", "maintain"] * 3


def test_the_sheet_or_a_line_of_its_own_may_name_the_school(tmp_path: Path) -> None:
    head = ["Name", "DOB"]
    got = read(
        tmp_path,
        {
            "Phoenix School": [head, ["A, B", "1/1/15"]],
            "Primary": [
                head,
                ["Bow Locks Primary"],
                ["C, D", "1/1/15"],
                ["The Bridge"],
                ["E, F", "1/1/15"],
                ["Wharf School:"],
                ["G, H", "1/1/15"],
            ],
        },
    )
    assert [case.setting for case in got.cases] == [
        *("Phoenix School", "Bow Locks Primary", "The Bridge", "Wharf School")
    ]
    assert got.mapping["Phoenix School"]["(sheet name)"] == "setting"
