from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.growing_up import growing_up, now_words
from caseworker_app.domain.people import Child
from tests.support.stores import TODAY


def child(born: date | None, **more: object) -> Child:
    return Child("TH-1", "Okafor", "Grace", born, **more)  # type: ignore[arg-type]


def test_the_days_that_count_stand_in_order_with_what_they_mean() -> None:
    steps = {one.what: one for one in growing_up(child(date(2014, 3, 3)), TODAY)}
    assert steps["Turns 16"].on == date(2030, 3, 3)
    assert steps["Turns 18"].on == date(2032, 3, 3)
    assert steps["Starts Year 7"].on == date(2025, 9, 1)
    assert steps["Starts Year 7"].past
    assert not steps["Starts Year 9"].past
    assert "adulthood" in steps["Starts Year 9"].why
    assert steps["Compulsory school age ends"].on == date(2030, 6, 28)


def test_a_year_taught_in_moves_the_years_of_school_and_is_said() -> None:
    behind = child(date(2014, 3, 3), actual_year=7, actual_year_why="ill", actual_year_on=TODAY)
    steps = {one.what: one.on for one in growing_up(behind, TODAY)}
    assert steps["Starts Year 9"] == date(2028, 9, 1)
    assert now_words(behind, TODAY) == (
        "12 years old, in Year 7 though Year 8 is usual at that age (ill)."
    )
    assert now_words(child(date(2014, 3, 3)), TODAY) == "12 years old, in Year 8."


def test_nothing_is_said_without_a_date_of_birth() -> None:
    assert growing_up(child(None), TODAY) == ()
    assert "not recorded" in now_words(child(None), TODAY)


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)))
def test_whoever_it_is_the_days_come_in_order(born: date) -> None:
    steps = growing_up(child(born), TODAY)
    assert list(steps) == sorted(steps, key=lambda one: one.on)
    assert all(one.past is (one.on < TODAY) for one in steps)
