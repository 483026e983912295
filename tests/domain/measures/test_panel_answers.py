"""Panels with a parent representative, SMART plans, and twenty weeks without the backlog."""

from __future__ import annotations

from dataclasses import replace

from caseworker_app.domain.declarations.panels import Panel
from caseworker_app.domain.declarations.thread import Outcome
from tests.domain.measures.making import case, day, fact, measured

MARKS = dict.fromkeys(("specific", "measurable", "achievable", "relevant", "timed"), "yes")
PLAN = fact("plan_sent", "2025-01-10")
AIM = Outcome(child_id="1", area="well", words="Ten", set_on=day("2025-01-10"), id="3", **MARKS)


def panel(on: str, *, there: bool) -> Panel:
    return Panel(kind="send", on=day(on), parent_representative=there, id=on)


def test_panels_of_the_last_year_count_with_who_was_there() -> None:
    some = (
        panel("2026-11-19", there=True),
        panel("2026-03-05", there=False),
        panel("2025-11-22", there=True),
        panel("2026-12-03", there=True),
    )
    found = measured(beside=some)["S4.3a"]
    assert (found.numerator, found.denominator, found.cases) == (1, 2, ())
    assert "panels of the last twelve months" in measured()["S4.3a"].note


def test_a_plan_is_smart_where_each_outcome_in_force_has_all_five_marks() -> None:
    def live(reference: str, *kept: Outcome) -> object:
        return case(reference, PLAN, kept=kept)

    found = measured(
        live("all", AIM),
        live("none"),
        live("no", replace(AIM, timed="no")),
        live("nobody judged", replace(AIM, relevant="")),
        live("one of two", AIM, replace(AIM, id="4", specific="no")),
        live("ended", AIM, replace(AIM, id="4", specific="no", ended_on=day("2026-01-01"))),
    )["S2.2b"]
    assert sorted(found.cases) == ["all", "ended"]
    assert found.denominator == 6
    assert "1 live plans have no outcome recorded" in found.note
    assert "outcomes of each plan" in measured(live("none"))["S2.2b"].note


def test_twenty_weeks_are_counted_without_the_backlog() -> None:
    def asked(reference: str, request: str, plan: str = "2026-10-01") -> object:
        return case(reference, fact("request_received", request), fact("plan_sent", plan))

    files = (
        asked("backlog", "2020-09-30"),
        asked("first after", "2020-10-01"),
        asked("in time", "2026-06-01"),
    )
    found = measured(*files, backlog_on="2020-09-30")
    assert sorted(found["S2.1a"].of_cases) == ["backlog", "first after", "in time"]
    assert sorted(found["I2.1"].of_cases) == ["first after", "in time"]
    assert found["I2.1"].cases == ("in time",)
    only_old = measured(asked("backlog", "2020-09-30"), backlog_on="2020-09-30")["I2.1"]
    assert (only_old.numerator, only_old.denominator) == (0, 0)
    assert "requests for assessment" in measured(case("1", PLAN), start="2025-01-01")["I2.1"].note
