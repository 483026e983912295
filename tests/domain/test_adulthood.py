"""Who grows up: areas of the last review, pathway, adult services and capacity, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.adulthood import (
    AFTER_11,
    AFTER_14,
    AdultRow,
    Assessed,
    Known,
    Person,
    Route,
    Transition,
    adult_row,
    in_full,
    now_or_next,
    settled_on,
)
from caseworker_app.domain.declarations.growing_up import ADULT_AREAS

TODAY = date(2026, 11, 22)
# In Year 9 this school year: born from September 2012 to August 2013.
NINE = Person("1", "A1", "Okafor", "Grace", date(2013, 3, 3))
EVERY = frozenset(ADULT_AREAS)


def row(born: date, **known: object) -> AdultRow:
    made = adult_row(replace(NINE, born=born), Known(**known), TODAY)  # type: ignore[arg-type]
    assert made is not None
    return made


def at_age(years: int, days: int = 0) -> date:
    """The birthday of somebody who is so old, and so many days, today."""
    return TODAY.replace(year=TODAY.year - years) - timedelta(days=days)


def test_the_list_begins_with_year_9_by_the_year_really_taught_in() -> None:
    assert adult_row(replace(NINE, born=date(2013, 9, 1)), Known(), TODAY) is None
    ahead = replace(NINE, born=date(2013, 9, 1), actual_year=9, actual_year_on=TODAY)
    made = adult_row(ahead, Known(), TODAY)
    assert made is not None
    assert made.year == 9


@pytest.mark.parametrize(
    ("met", "areas", "words", "tone"),
    [
        (None, None, "no review yet", "quiet"),
        (date(2026, 7, 1), EVERY, "no review yet", "quiet"),
        (date(2026, 10, 1), EVERY, "all four", "done"),
        (date(2026, 10, 1), frozenset({"health"}), "Year 9: 1 of 4", "shout"),
        (date(2026, 10, 1), frozenset(), "Year 9: 0 of 4", "shout"),
        (date(2026, 10, 1), None, "Year 9: not recorded", "shout"),
    ],
)
def test_a_year_9_review_without_the_four_areas_shouts(
    met: date | None, areas: frozenset[str] | None, words: str, tone: str
) -> None:
    made = row(NINE.born, met=met, areas=areas)
    assert (made.areas.words, made.areas.tone) == (words, tone)
    assert made.shouts == (tone == "shout")


def test_a_later_review_is_held_to_the_areas_and_does_not_shout() -> None:
    older = NINE.born.replace(year=2011)
    assert row(older, met=date(2026, 10, 1), areas=frozenset({"health"})).areas.tone == "soon"
    assert row(older, met=date(2026, 10, 1), areas=EVERY).areas.tone == "done"
    assert row(older).areas.words == "no review from Year 9"
    # Their last review is still that of Year 9.
    assert row(older, met=date(2025, 3, 1)).shouts


def test_what_they_do_now_comes_before_what_is_planned() -> None:
    now = Route("fe", "started", date(2025, 9, 1), None, "Ash College")
    over = Route("sixth_form", "started", date(2024, 9, 1), date(2025, 8, 31))
    next_ = Route("internship", "planned", date(2027, 9, 1))
    later = Route("work", "planned", date(2028, 9, 1))
    assert now_or_next([over, later, next_, now], TODAY) == now
    assert now_or_next([over, later, next_], TODAY) == next_
    assert now_or_next([over], TODAY) is None
    made = row(at_age(18), pathways=(over, next_))
    assert made.doing == "Supported internship (from 1 Sep 2027)"


def test_destinations_are_those_of_october_after_year_11_and_after_year_14() -> None:
    born = date(2006, 5, 5)
    person = replace(NINE, born=born)
    assert settled_on(person, AFTER_11) == date(2022, 10, 1)
    assert settled_on(person, AFTER_14) == date(2025, 10, 1)
    first = Route("sixth_form", "started", date(2022, 9, 1), date(2025, 8, 31))
    second = Route("work", "started", date(2025, 9, 15))
    made = row(born, pathways=(first, second))
    assert (made.at_16, made.at_19) == ("School sixth form", "Work")
    assert row(born).at_16 == "not recorded"
    # It is told only when that day is over, and a plan is no destination.
    assert row(NINE.born, pathways=(first,)).at_16 == ""
    assert row(born, pathways=(replace(first, state="planned"),)).at_16 == "not recorded"


@pytest.mark.parametrize(
    ("born", "needed", "plan_on", "words", "tone"),
    [
        (at_age(15), None, None, "", ""),
        (at_age(16), None, None, "not asked", "quiet"),
        (at_age(17, 3), None, None, "not asked", "soon"),
        (at_age(18), None, None, "not asked", "late"),
        (at_age(17, 3), "open", None, "to be decided", "soon"),
        (at_age(20), "no", None, "not needed", "quiet"),
        (at_age(16), "yes", None, "needed, 18 in 731 days", "quiet"),
        (at_age(18) + timedelta(days=1), "yes", None, "needed, 18 in 1 day", "soon"),
        (at_age(18), "yes", None, "18, and no plan", "late"),
        (at_age(18), "yes", TODAY - timedelta(days=1), "plan 21 Nov 2026", "done"),
        (at_age(18), "yes", TODAY, "plan 22 Nov 2026, after 18", "done_late"),
    ],
)
def test_a_transition_plan_is_held_to_the_18th_birthday(
    born: date, needed: str | None, plan_on: date | None, words: str, tone: str
) -> None:
    one = None if needed is None else Transition(needed, plan_on=plan_on)
    found = row(born, transition=one).transition
    assert (found.words, found.tone) == (words, tone)


def test_who_lacks_capacity_needs_somebody_named() -> None:
    lacks = Assessed(TODAY, "Where to live", "has_not")
    assert row(at_age(16)).capacity.words == "not recorded"
    assert row(at_age(15)).capacity.words == ""
    assert row(at_age(16), capacity=replace(lacks, result="has")).capacity.tone == "ok"
    assert row(at_age(16), capacity=lacks).capacity.tone == "late"
    named = row(at_age(16), capacity=replace(lacks, representative="Mrs Okafor"))
    assert named.capacity.words == "lacks capacity: Mrs Okafor"


def test_the_line_below_says_all_of_it() -> None:
    made = row(
        NINE.born,
        met=date(2026, 10, 1),
        areas=frozenset({"health", "community"}),
        transition=Transition("yes", adult_team="Transitions", meeting_on=date(2027, 1, 5)),
    )
    assert in_full(made, TODAY) == (
        "Okafor, Grace, 13, turns 18 on 3 Mar 2031. Review of 1 Oct 2026: without employment, "
        "independent living. The handover to Transitions is on 5 Jan 2027."
    )


@given(
    born=st.dates(date(1999, 1, 1), date(2020, 12, 31)),
    today=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    met=st.none() | st.dates(date(2015, 1, 1), date(2030, 12, 31)),
    areas=st.none() | st.frozensets(st.sampled_from(sorted(ADULT_AREAS))),
)
def test_on_any_day_a_row_is_made_of_those_in_year_9_or_later_alone(
    born: date, today: date, met: date | None, areas: frozenset[str] | None
) -> None:
    person = replace(NINE, born=born)
    made = adult_row(person, Known(met, areas), today)
    assert (made is None) == (person.year_on(today) < 9)
    if made is not None:
        # It shouts just where the last review was one of Year 9 and an area is missing.
        year_9 = met is not None and person.year_on(met) == 9
        assert made.shouts == (year_9 and areas != EVERY)
