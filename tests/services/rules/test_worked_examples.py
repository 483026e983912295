"""The worked examples, through the clock interface as the command prints it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from caseworker_app.services.rules.clock_json import answer
from tests.services.rules.worked_examples import FROM_BIRTH, FROM_EVENTS, event
from tests.support.clock import pack

TODAY = date(2026, 11, 22)


def answered(case: dict[str, Any], today: date = TODAY) -> dict[str, Any]:
    text = json.dumps({"cases": [{"id": "example", **case}]})
    return json.loads(answer(text, today, *pack()))["cases"][0]


@pytest.mark.parametrize(
    ("events", "expected"),
    [row[1:] for row in FROM_EVENTS],
    ids=[row[0] for row in FROM_EVENTS],
)
def test_dates_that_follow_from_events(
    events: list[dict[str, str]], expected: list[tuple[str, str, str]]
) -> None:
    found = answered({"events": events})["deadlines"]
    dates = [(one["rule"], one["due"], one["target"]) for one in found]
    assert [row for row in expected if row not in dates] == []


@pytest.mark.parametrize(
    ("case", "year", "expected"),
    [row[1:] for row in FROM_BIRTH],
    ids=[row[0] for row in FROM_BIRTH],
)
def test_dates_that_follow_from_birth_and_setting(
    case: dict[str, Any], year: int | None, expected: list[tuple[str, str, str]]
) -> None:
    found = answered(case)
    dates = [(one["rule"], one["due"], one["target"]) for one in found["deadlines"]]
    assert found["nc_year"] == year
    asked = {rule for rule, _, _ in expected}
    assert [row for row in dates if row[0] in asked] == expected


def test_the_common_readings_stand_beside_the_strict_ones() -> None:
    case = {
        "born": "2016-08-31",
        "transfer": {"kind": "post16_to_post16", "on": "2027-09-01"},
        "events": [event("plan_sent", "2026-01-15"), event("review_decision_sent", "2027-01-15")],
    }
    found = {one["rule"]: one for one in answered(case, date(2027, 2, 15))["deadlines"]}
    assert (found["AR-01"]["state"], found["AR-01"]["met_on"]) == ("met_late", "2027-01-15")
    assert found["AR-01"]["common"] == {"due": "2027-01-15", "state": "met"}
    assert found["PT-02"]["state"] == "overdue"
    assert found["PT-02"]["common"] == {"due": "2027-02-15", "state": "due"}
    assert found["PT-04"]["common"] == {"due": "2027-03-31", "state": "due"}
    assert found["AR-02"]["common"] == {"due": "2028-01-15", "state": "due"}
