"""Each check finds the fault planted for it, once, and none finds any in a clean borough."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caseworker_app.domain.sen2 import checks
from caseworker_app.domain.sen2.checking import Hit
from caseworker_app.domain.sen2.frame import Council
from caseworker_app.domain.sen2.rows import Return
from tests.support.sen2_borough import BESIDE, PLANTS, SETTINGS, drawn, frame, returned


def _found(return_: Return) -> list[Hit]:
    return list(checks.found(return_, frame()))


@pytest.mark.parametrize("seed", range(3))
def test_a_clean_borough_has_nothing_to_find(seed: int) -> None:
    return_ = returned(drawn(seed, 6))
    assert len(return_.persons) == 54
    assert _found(return_) == []


@pytest.mark.parametrize("rule", PLANTS)
def test_a_planted_fault_is_found_once_and_nothing_else(rule: str) -> None:
    return_ = returned(drawn(len(rule) * 7 + int(rule[1:])))
    reference = PLANTS[rule](return_)
    hits = _found(return_)
    (own,) = [hit for hit in hits if hit.rule == rule]
    assert own.case.reference == reference
    assert own.words.endswith((".", "”."))
    assert {hit.rule for hit in hits} - {rule} == BESIDE.get(rule, frozenset())


def test_every_check_is_tried() -> None:
    elsewhere = {"D03", "X01", "X02"}
    assert {one.rule for one in checks.CHECKS} | {"X01"} == set(PLANTS) | elsewhere
    assert set(checks.TITLES) == set(checks.LEVELS) == set(PLANTS) | elsewhere


def test_a_school_that_had_closed_is_asked_about() -> None:
    closed = {
        key: replace(one, closed=date(2025, 8, 31)) if key == "1" else one
        for key, one in SETTINGS.items()
    }
    of = frame(settings=closed)
    return_ = returned(drawn(1), of)
    person = next(one for one in return_.persons if one.case.reference == "legacy-0")
    for row in person.row.every():
        if row.text("URN"):
            row.values["URN"] = "100001"
            row.values["EntryDate"] = "2026-09-01"
    others = [one for one in return_.persons if one is not person]
    for other in others:
        for row in other.row.every():
            if row.text("URN"):
                row.values["URN"] = "100002"
    hits = [hit for hit in checks.found(return_, of) if hit.rule == "D03"]
    assert {hit.case.reference for hit in hits} == {"legacy-0"}
    assert hits[0].words == "Mill Primary had closed by then."


def test_fewer_children_than_places_are_asked_about() -> None:
    files = drawn(2)
    return_ = returned(files)
    here = sum(row.text("URN") == "100003" for _, row in return_.rows("placementdetail"))
    for places, expected in ((here, []), (here + 1, ["X02"])):
        of = frame(places={("3", "special"): places})
        assert [hit.rule for hit in checks.found(return_, of)] == expected


def test_a_plan_of_last_year_that_is_gone_is_asked_about() -> None:
    before = returned(drawn(3))
    lost = next(one for one in before.persons if one.case.reference == "legacy-1")
    now = returned([one for one in drawn(3) if one.child.reference != "legacy-1"])
    (hit,) = checks.found(now, frame(), [one.row for one in before.persons])
    assert (hit.rule, hit.case.name) == ("X01", lost.case.name)


def test_the_council_itself_is_looked_at() -> None:
    of = frame(council=Council())
    rules = [hit.rule for hit in checks.found(returned(drawn(1, 1), of), of)]
    assert rules == ["H01", "H02", "H02", "H02"]
