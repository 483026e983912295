"""What a forecast of plans assumes and gives, as text and in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from caseworker_app.domain.declarations.placements import Placement
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.people import Setting
from caseworker_app.domain.place_planning.assumptions import Assumptions, read_assumptions
from caseworker_app.domain.place_planning.back_test import compared
from caseworker_app.domain.place_planning.history import Move, PlacesHistory, Teaches
from caseworker_app.domain.place_planning.kinds_of_place import KINDS, UNRECORDED, kind_of_place
from caseworker_app.domain.place_planning.projection import (
    Band,
    January,
    Projection,
    read_projection,
)


def band(middle: float, spread: float = 0) -> Band:
    low, high = middle - spread, middle + spread
    return Band(middle, low, low, middle, high, high)


def test_assumptions_are_read_again_as_they_were_kept() -> None:
    some = Assumptions(growth=2.5, special=120, trend=False, rates_from=4, seed=11)
    assert read_assumptions(some.text) == some
    assert "+2.5 % a year" in some.words
    assert "no trend" in some.words


@pytest.mark.parametrize(
    ("text", "field"),
    [("no", "assumptions"), ("[1]", "assumptions"), ('{"new": 1}', "assumptions")],
)
def test_what_is_no_assumption_is_refused(text: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        read_assumptions(text)
    assert refused.value.field == field


def test_a_figure_out_of_bounds_is_refused_by_its_field() -> None:
    with pytest.raises(Refused, match="Ceasing goes from 0 to 300; 301 is outside") as refused:
        Assumptions(ceasing=301)
    assert refused.value.field == "ceasing"


def test_a_forecast_is_read_again_as_it_was_kept() -> None:
    one = January(2026, band(5, 2), {"A": band(5, 2)}, {"T": band(5)}, {"-1": band(5)}, band(9.5))
    whole = Projection((one, replace(one, cost=None)), ("So it is.",))
    assert read_projection(whole.text) == whole
    with pytest.raises(Refused):
        read_projection('{"years": [1]}')


def test_a_forecast_is_held_against_what_came() -> None:
    teaches = {"A": Teaches(0, 9, frozenset({"T"}), frozenset())}
    moves = [Move(2023, "A", "T", 1, "A", "T", 2) for _ in range(40)]
    moves += [Move(2024, "A", "T", 2, "A", "T", 3) for _ in range(40)]
    moves += [Move(2024, "NONSEND", "NONSEND", 1, "A", "T", 2) for _ in range(10)]
    history = PlacesHistory(moves, {}, teaches)
    start, later = (
        January(year, each, {"A": each}, {"T": each}, {"3": band(40), "2": band(7)})
        for year, each in ((2024, band(40)), (2025, band(44, 8)))
    )
    found = compared(Projection((start, later)), history)
    total, *others = found.compared
    assert (total.truth, total.error, total.held) == (50, -6, True)
    assert [(one.code, one.held) for one in found.large] == [("A", True), ("T", True)]
    assert [one.truth for one in others if one.part == "years_taught"] == [40, 10]
    assert found.carried_on == 40
    assert "there were 50, so it was out by -6" in found.words
    assert "2 of 2 settings and needs" in found.words


@pytest.mark.parametrize(
    ("kind", "more", "taught", "is_kind"),
    [
        ("primary", {}, 3, "primary"),
        ("primary", {}, 9, UNRECORDED),
        ("all_through", {}, 6, "primary"),
        ("all_through", {}, 7, "secondary"),
        ("primary", {"unit": True}, 3, "unit"),
        ("secondary", {"resourced": True}, 8, "resourced"),
        ("post16", {}, 13, "college"),
        ("none", {}, 13, "other"),
        (None, {}, 3, UNRECORDED),
    ],
)
def test_a_place_is_of_a_kind(
    kind: str | None, more: dict[str, bool], taught: int, is_kind: str
) -> None:
    placement = Placement(child_id="1", rank="1", setting_id="1", **more)
    assert kind_of_place(placement, Setting("Mill Lane", kind), taught) == is_kind
    assert is_kind in KINDS


def test_an_arrangement_is_no_school() -> None:
    home = Placement(child_id="1", rank="1", arrangement="EHE")
    assert kind_of_place(home, None, 5) == "other"
    assert kind_of_place(replace(home, arrangement="EYP"), None, -1) == "early"
