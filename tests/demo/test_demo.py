"""The invented borough: the same for the same arguments, well-formed, and plausible."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.demo import DemoBorough, invent_borough
from caseworker_app.domain.codes import NEEDS, SETTING_KINDS
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.facts import KINDS, in_order
from caseworker_app.domain.standing import LIVE, on_day, standing

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def borough() -> DemoBorough:
    return invent_borough(TODAY, children=1200)


def test_the_same_arguments_give_the_same_borough() -> None:
    assert invent_borough(TODAY, 150, 3) == invent_borough(TODAY, 150, 3)
    assert invent_borough(TODAY, 150, 3) != invent_borough(TODAY, 150, 4)


def test_a_larger_borough_holds_the_children_of_a_smaller_one(borough: DemoBorough) -> None:
    few = invent_borough(TODAY, children=300).incoming.cases
    same = [(case.reference, case.surname, case.born, case.facts) for case in few]
    more = borough.incoming.cases[:300]
    assert same == [(case.reference, case.surname, case.born, case.facts) for case in more]


@given(
    today=st.dates(date(2016, 1, 1), date(2040, 12, 31)),
    children=st.integers(1, 12),
    seed=st.integers(),
)
@settings(max_examples=60)
def test_on_any_day_every_fact_is_known_and_none_is_later(
    today: date, children: int, seed: int
) -> None:
    for case in invent_borough(today, children, seed).incoming.cases:
        assert case.born < today
        assert case.facts == in_order(case.facts)
        assert all(fact.on <= today for fact in case.facts)
        for fact in case.facts:
            allowed = {key.name for key in KINDS[fact.kind].keys}
            assert set(fact.detail) <= allowed


def test_references_and_pupil_numbers_are_well_formed_and_unique(borough: DemoBorough) -> None:
    cases = borough.incoming.cases
    assert len({case.reference for case in cases}) == len(cases)
    pupil_numbers = [case.upn for case in cases if case.upn]
    assert len(set(pupil_numbers)) == len(pupil_numbers)
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    for upn in pupil_numbers:
        total = sum(place * int(digit) for place, digit in enumerate(upn[1:], 2))
        assert upn[0] == letters[total % 23]
    for uln in {case.uln for case in cases if case.uln}:
        rest = sum(
            weight * int(digit) for weight, digit in zip(range(10, 1, -1), uln, strict=False)
        )
        assert len(uln) == 10
        assert int(uln[9]) == 10 - rest % 11


def test_caseloads_and_needs_are_those_of_a_council(borough: DemoBorough) -> None:
    loads = Counter(case.caseworker for case in borough.incoming.cases if case.caseworker)
    assert set(loads) == {caseworker.name for caseworker in borough.caseworkers}
    assert all(150 <= load <= 300 for load in loads.values())
    needs = Counter(case.need for case in borough.incoming.cases)
    assert set(needs) <= set(NEEDS)
    assert needs.most_common(2)[0][0] == "ASD"
    assert needs["ASD"] / needs.total() == pytest.approx(0.335, abs=0.05)


def test_the_stock_of_plans_grows_as_a_councils_does(borough: DemoBorough) -> None:
    stood = [standing(case.facts) for case in borough.incoming.cases]
    live = [
        sum(on_day(one, TODAY.replace(year=TODAY.year - back)) == LIVE for one in stood)
        for back in (3, 2, 1, 0)
    ]
    yearly = (live[-1] / live[0]) ** (1 / 3) - 1
    assert yearly == pytest.approx(0.09, abs=0.025), live
    assert all(0 < now / before - 1 < 0.16 for before, now in pairwise(live)), live


def test_settings_are_whole_and_every_child_attends_a_known_one(borough: DemoBorough) -> None:
    names = {setting.name for setting in borough.settings}
    assert len(names) == len(borough.settings)
    assert {setting.kind for setting in borough.settings} <= set(SETTING_KINDS)
    assert all(setting.closures for setting in borough.settings)
    attended = {case.setting for case in borough.incoming.cases} - {""}
    assert attended <= names


@pytest.mark.parametrize("children", [0, -1, 1_000_001])
def test_a_borough_of_no_or_too_many_children_is_refused(children: int) -> None:
    with pytest.raises(Refused, match=r"between 1 and 1,000,000 children"):
        invent_borough(TODAY, children)
