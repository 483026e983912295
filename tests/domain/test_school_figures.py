"""School records as figures: who missed how much, what was reached, and nothing small shown."""

from __future__ import annotations

import tomllib

import pytest

from caseworker_app import paths
from caseworker_app.domain.declarations.brought_in import STAGES
from caseworker_app.domain.school_figures import (
    ALL,
    HIDDEN,
    MISSED_10,
    MISSED_50,
    OLDER,
    TOLD,
    Pupil,
    Result,
    by_subject,
    by_year_group,
    read_standards,
    school_year_of,
)

STANDARDS = read_standards(
    tomllib.loads(
        (paths.resources() / "catalogue" / "expected_standard.toml").read_text(encoding="utf-8")
    )
)


def test_absence_is_counted_from_ten_and_from_fifty_per_cent_missed() -> None:
    missed = [(100, 91), (100, 90), (100, 51), (100, 50), (0, 0)]
    pupils = [Pupil(7, *one) for one in missed for _ in range(6)]
    year_7, everybody = by_year_group(pupils)
    assert (year_7.name, everybody.name) == ("Year 7", ALL)
    assert year_7.counts == everybody.counts
    assert (year_7.counts[TOLD], year_7.counts[MISSED_10], year_7.counts[MISSED_50]) == (24, 18, 6)
    assert year_7.attendance == pytest.approx((91 + 90 + 51 + 50) / 400)


def test_a_small_number_is_hidden_and_what_would_give_it_away() -> None:
    pupils = [Pupil(7, 100, 95)] * 20 + [Pupil(8, 100, 80)] * 3 + [Pupil(8, 100, 95)] * 9
    pupils += [Pupil(19)] * 6
    lines = {one.name: one for one in by_year_group(pupils)}
    assert list(lines) == ["Year 7", "Year 8", OLDER, ALL]
    assert lines["Year 8"].words(MISSED_10) == HIDDEN
    # All years would give it away, where the other groups are shown.
    shown = [one.counts[MISSED_10] for name, one in lines.items() if name != "Year 8"]
    assert None in shown
    assert by_year_group(()) == ()


def test_few_with_attendance_show_no_share() -> None:
    year_9, _ = by_year_group([Pupil(9, 100, 40)] * 2 + [Pupil(9)] * 8)
    assert year_9.attendance is None
    assert year_9.attendance_words == HIDDEN


@pytest.mark.parametrize(
    ("stage", "value", "reached"),
    [
        ("ks2", "EXS", True),
        ("ks2", " gds ", True),
        ("ks2", "WTS", False),
        ("ks2", "99", False),
        ("ks2", "100", True),
        ("ks2", "7", None),
        ("ks4", "4", True),
        ("ks4", "3", False),
        ("ks4", "B", True),
        ("ks4", "Merit", None),
        ("early", "GLD", True),
        ("early", "Emerging", False),
    ],
)
def test_results_are_read_by_the_standard_of_their_stage(
    stage: str, value: str, reached: bool | None
) -> None:
    assert STANDARDS[stage].reads(value) is reached


def test_subjects_tell_how_many_reach_what_is_expected_and_what_was_not_understood() -> None:
    reading = [Result("ks2", "Reading", "EXS")] * 12 + [Result("ks2", "reading", "WTS")] * 8
    reading += [Result("ks2", "Reading", "absent")] * 5
    lines = by_subject(
        [*reading, Result("post16", "Art", "Merit"), *[Result("ks4", "Maths", "4")] * 2],
        STANDARDS,
        tuple(STAGES),
    )
    assert [(one.stage, one.what, one.reached_words) for one in lines] == [
        ("ks2", "Reading", "12 of 20 (60%)"),
        ("ks4", "Maths", HIDDEN),
        ("post16", "Art", "no standard is set"),
    ]
    assert lines[0].unread == ("absent",) * 5
    assert lines[2].results_words == HIDDEN


def test_a_term_says_its_school_year() -> None:
    years = {"Autumn 2026": 2026, "Spring 2027": 2026, "Summer 2027": 2026}
    assert {term: school_year_of(term) for term in years} == years
