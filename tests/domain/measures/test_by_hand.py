from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from caseworker_app.domain.declarations.promised import HandValue
from caseworker_app.domain.measures.board import Result
from caseworker_app.domain.measures.by_hand import (
    Standing,
    Told,
    entries,
    is_due,
    series,
)
from caseworker_app.domain.measures.catalogue import Rating
from caseworker_app.domain.measures.hiding import hide_small
from caseworker_app.domain.measures.results import results
from caseworker_app.domain.people import Setting
from tests.domain.measures.making import board, case, caseload, catalogue, day, fact


def value(measure: str, on: str, **said: Any) -> HandValue:
    since = said.pop("since", None)
    given = {"source": "Survey", "by": "Ann Lee", **said}
    return HandValue(measure=measure, since=since and day(since), on=day(on), **given)


def told(*values: HandValue, **more: Any) -> dict[str, Result]:
    known = Told(values=values, **more)
    return {one.ref: one for one in results(caseload(), catalogue(), known)}


def test_the_latest_figure_up_to_the_day_answers_with_its_trend() -> None:
    found = told(
        value("w4.2c", "2026-06-30", value="900"),
        value("W4.2c", "2026-09-30", value="1100"),
        value("W4.2c", "2026-12-31", value="5"),
    )["W4.2c"]
    assert (found.numerator, found.value, found.rating) == (1100, 1100.0, Rating.GREEN)
    assert [one.value for one in found.trend] == [900, 1100]
    assert found.note == "30 Sep 2026: Survey. Up from 900 on 30 Jun 2026."
    assert told()["W4.2c"].note.startswith("Not recorded yet")


def test_a_share_is_told_by_its_counts_or_in_per_cent() -> None:
    counted = told(value("W4.7b", "2026-10-01", numerator="30", denominator="40"))["W4.7b"]
    assert (counted.numerator, counted.denominator, counted.value) == (30, 40, 0.75)
    assert counted.rating is Rating.GREEN
    bare = told(value("W4.7b", "2026-10-01", value="58.7"))["W4.7b"]
    assert (bare.numerator, bare.denominator, bare.rating) == (None, None, Rating.RED)
    assert bare.value == pytest.approx(0.587)
    assert bare.answered
    assert bare.shared


@pytest.mark.parametrize(
    ("ref", "figures", "rating"),
    [
        ("W4.1b", (("2025-10-01", "100"), ("2026-10-01", "110")), Rating.GREEN),
        ("W4.1b", (("2025-10-01", "100"), ("2026-10-01", "105")), Rating.AMBER),
        ("W4.1b", (("2026-09-01", "100"), ("2026-10-01", "200")), Rating.NONE),
        ("W4.7a", (("2026-09-30", "16600"), ("2026-10-31", "16800")), Rating.GREEN),
        ("S1.1", (("2026-10-01", "-10"),), Rating.RED),
        ("S3.2d", (("2026-10-01", "0.5"),), Rating.GREEN),
        ("S2.3b", (("2026-06-30", "30"), ("2026-09-30", "30")), Rating.AMBER),
        ("S2.3b", (("2026-06-30", "30"), ("2026-09-30", "20")), Rating.GREEN),
        ("S4.3b", (("2026-09-30", "20"),), Rating.NONE),
    ],
)
def test_targets_in_words_that_say_something_are_rated(
    ref: str, figures: tuple[tuple[str, str], ...], rating: Rating
) -> None:
    assert told(*(value(ref, on, value=said) for on, said in figures))[ref].rating is rating


def test_a_milestone_goes_by_the_plan_or_a_later_figure() -> None:
    done = Standing(done=True, on=day("2026-10-01"), words="1 Oct 2026: done, by Ann Lee")
    by_plan = told(standings={"W1.1a": done})["W1.1a"]
    assert (by_plan.value, by_plan.rating) == (1.0, Rating.GREEN)
    undone = told(value("W1.1a", "2026-11-01", value="0"), standings={"W1.1a": done})["W1.1a"]
    assert (undone.value, undone.rating) == (0.0, Rating.RED)
    assert told(standings={"W1.1a": done})["W1.1b"].numerator is None


def test_what_cases_lack_is_told_by_hand() -> None:
    live = [case(f"C{n}", fact("plan_sent", "2025-01-01")) for n in range(4)]
    known = Told(values=(value("S2.4", "2026-10-01", value="100", source="Census"),))
    found = {one.ref: one for one in results(caseload(*live), catalogue(), known)}["S2.4"]
    assert (found.numerator, found.denominator, found.value) == (4, 100, 0.04)
    assert found.rating is Rating.AMBER
    assert "Census" in found.note
    bare = {one.ref: one for one in results(caseload(*live), catalogue(), Told())}["S2.4"]
    assert (bare.denominator, bare.rating) == (None, Rating.NONE)
    by_population = Told(pupils=(200.0, "Projection, 2026"))
    found = {one.ref: one for one in results(caseload(*live), catalogue(), by_population)}["S2.4"]
    assert found.value == 0.02
    assert found.rating is Rating.GREEN


def test_pupils_are_rated_by_the_places_commissioned_for_them() -> None:
    school = Setting("Oak School", kind="special")
    live = [case("C1", fact("plan_sent", "2025-01-01"), setting=school)]

    def rated(known: Told) -> Result:
        return {one.ref: one for one in results(caseload(*live), catalogue(), known)}["S1.2a"]

    assert rated(Told()).rating is Rating.NONE
    assert rated(Told(places={"special": 700})).rating is Rating.GREEN
    by_hand = Told(values=(value("S1.2a", "2026-10-01", value="500"),), places={"special": 700})
    assert rated(by_hand).rating is Rating.RED
    assert (rated(by_hand).numerator, "500" in rated(by_hand).note) == (1, True)


def test_a_public_return_hides_few_people_and_no_other_figure() -> None:
    figures = (
        value("W4.3a", "2026-10-01", value="3"),
        value("S5.3a", "2026-10-01", value="3"),
        value("W4.7b", "2026-10-01", numerator="39", denominator="40"),
    )
    whole = board([], suppress=False)
    known = Told(values=figures)
    measures = results(caseload(), catalogue(), known)

    public = {one.ref: one for one in hide_small(replace(whole, measures=measures)).measures}
    for ref, hidden in (("W4.3a", True), ("S5.3a", False), ("W4.7b", True)):
        assert public[ref].hidden is hidden
        assert (public[ref].value is None) is hidden
        assert len(public[ref].trend) == (not hidden)


def test_every_figure_by_hand_has_an_entry_of_its_own() -> None:
    refs = [one.ref for one in entries(catalogue())]
    assert len(refs) == len(set(refs))
    assert {"S2.4", "S1.2a", "W1.1a", "W2.3b", "W2.3b-additions"} <= set(refs)
    assert "W1.4g" not in refs


def test_figures_of_one_day_stand_in_the_order_of_their_period() -> None:
    found = series(
        [
            value("X", "2026-10-31", since="2026-10-01", value="2"),
            value("X", "2026-10-31", value="1"),
        ],
        "X",
        day("2026-12-01"),
    )
    assert [one.value for one in found] == [1, 2]
    assert found[1].when == "1 Oct 2026 to 31 Oct 2026"


@pytest.mark.parametrize(
    ("cycle", "last", "due"),
    [
        ("monthly", None, True),
        ("monthly", "2026-10-01", False),
        ("monthly", "2026-08-31", True),
        ("yearly", "2025-12-01", False),
        ("", "2020-01-01", False),
    ],
)
def test_a_figure_is_due_once_its_cycle_and_a_month_are_over(
    cycle: str, last: str | None, due: bool
) -> None:
    assert is_due(cycle, last and day(last), date(2026, 11, 22)) is due
