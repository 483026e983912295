"""Phase transfers and ages: what a plan in force brings by itself."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.domain.clock.phases import leaving_years
from caseworker_app.domain.codes import SETTING_KINDS
from caseworker_app.domain.deadlines import Deadline, State
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.people import Setting, Transfer
from caseworker_app.domain.roles import Role
from tests.support.clock import child, count, day, fact, only, pack

YEAR_6 = child("2016-03-10")
PLAN = fact("plan_sent", "2024-03-01")


def transfers(*facts: Fact, born: str, setting: Setting | None = None) -> list[tuple[str, int]]:
    found = count(*facts, of=child(born), setting=setting)
    return [(one.rule, one.due.year) for one in found if one.rule.startswith("PT")]


def test_a_plan_brings_every_transfer_after_it_however_far_ahead() -> None:
    assert transfers(PLAN, born="2022-03-10") == [("PT-01", 2026), ("PT-02", 2033), ("PT-03", 2038)]
    assert transfers(PLAN, born="2016-03-10") == [("PT-02", 2027), ("PT-03", 2032)]
    assert transfers(PLAN, born="2004-03-10") == []
    assert transfers(fact("request_received", "2024-03-01"), born="2016-03-10") == []


def test_a_date_on_or_before_the_plan_is_none_of_its_own() -> None:
    assert transfers(fact("plan_sent", "2027-02-13"), born="2016-03-10")[0] == ("PT-02", 2027)
    assert transfers(fact("plan_sent", "2027-02-14"), born="2016-03-10") == [("PT-03", 2032)]


@pytest.mark.parametrize(
    ("kind", "last_year", "expected"),
    [
        (None, None, {0: "PT-01", 7: "PT-02", 12: "PT-03"}),
        ("none", None, {0: "PT-01", 7: "PT-02", 12: "PT-03"}),
        ("early_years", -1, {0: "PT-01", 7: "PT-02", 12: "PT-03"}),
        ("infant", None, {0: "PT-01", 3: "PT-02", 7: "PT-02", 12: "PT-03"}),
        ("junior", 6, {0: "PT-01", 7: "PT-02", 12: "PT-03"}),
        ("first", 4, {0: "PT-01", 5: "PT-02", 12: "PT-03"}),
        ("first", None, {0: "PT-01", 12: "PT-03"}),
        ("middle", 8, {0: "PT-01", 9: "PT-02", 12: "PT-03"}),
        ("primary", None, {0: "PT-01", 7: "PT-02", 12: "PT-03"}),
        ("secondary", 11, {0: "PT-01", 7: "PT-02", 12: "PT-03"}),
        ("secondary", 13, {0: "PT-01", 7: "PT-02", 12: "PT-03", 14: "PT-03"}),
        ("all_through", 13, {0: "PT-01", 7: "PT-02", 12: "PT-03", 14: "PT-03"}),
        ("special", 14, {0: "PT-01", 7: "PT-02", 12: "PT-03", 15: "PT-03"}),
        ("special", 6, {0: "PT-01", 7: "PT-02", 12: "PT-03"}),
        ("post16", None, {0: "PT-01", 7: "PT-02", 12: "PT-03"}),
    ],
)
def test_transfers_follow_the_last_year_of_the_setting(
    kind: str | None, last_year: int | None, expected: dict[int, str]
) -> None:
    roles = {one.role: one.rule for one in pack()[0].versions if one.role}
    found = leaving_years(kind, last_year)
    assert {year: roles[role] for year, role in found.items()} == expected


@pytest.mark.parametrize("kind", sorted(SETTING_KINDS))
def test_every_kind_of_setting_keeps_the_move_after_year_11(kind: str) -> None:
    for last_year in (None, *range(-1, 15)):
        assert leaving_years(kind, last_year)[12] is Role.INTO_POST_16


def test_the_reason_says_when_the_type_of_the_setting_is_not_known() -> None:
    words = "the setting's type is not recorded: by year group alone"
    assert words in only(count(PLAN, of=child("2011-01-20")), "PT-03").because
    unnamed = count(PLAN, of=child("2011-01-20"), setting=Setting("Somewhere"))
    assert words in only(unnamed, "PT-03").because
    known = count(PLAN, of=child("2011-01-20"), setting=Setting("", "special"))
    assert words not in only(known, "PT-03").because


def year_6(*facts: Fact) -> Deadline:
    return only(count(PLAN, *facts, of=YEAR_6), "PT-02")


@pytest.mark.parametrize(
    ("sent", "on_15_february", "in_august"),
    [
        ("2026-08-31", State.OVERDUE, State.OVERDUE),
        ("2026-09-01", State.MET, State.MET),
        ("2027-02-14", State.MET, State.MET),
        ("2027-02-15", State.MET_LATE, State.MET_LATE),
        ("2027-08-31", State.OVERDUE, State.MET_LATE),
        ("2027-09-01", State.OVERDUE, State.OVERDUE),
    ],
)
@pytest.mark.parametrize("kind", ["plan_sent", "amended_plan_sent"])
def test_a_final_plan_in_the_year_before_meets_it(
    kind: str, sent: str, on_15_february: State, in_august: State
) -> None:
    found = year_6(fact(kind, sent))
    assert found.state(day("2027-02-15")) is on_15_february
    assert found.state(day("2027-08-31")) is in_august


def test_unmet_it_is_overdue_until_september_and_then_superseded() -> None:
    found = year_6()
    assert found.state(day("2027-02-14")) is State.DUE
    assert found.state(day("2027-02-15")) is State.OVERDUE
    assert found.common_state(day("2027-02-15")) is State.DUE
    assert found.common_state(day("2027-02-16")) is State.OVERDUE
    assert found.state(day("2027-08-31")) is State.OVERDUE
    assert found.state(day("2027-09-01")) is State.SUPERSEDED


def test_the_end_of_the_plan_supersedes_what_is_still_to_come() -> None:
    found = count(PLAN, fact("plan_ceased", "2027-03-01"), of=YEAR_6)
    assert only(found, "PT-02").superseded_on == day("2027-03-01")
    assert only(found, "PT-03").superseded_on == day("2027-03-01")
    after = count(PLAN, fact("plan_ceased", "2027-10-01"), of=YEAR_6)
    assert only(after, "PT-02").superseded_on == day("2027-09-01")


def test_a_second_plan_brings_its_own() -> None:
    facts = (PLAN, fact("plan_ceased", "2025-03-01"), fact("plan_sent", "2026-01-10"))
    found = [one for one in count(*facts, of=YEAR_6) if one.rule == "PT-02"]
    assert [one.superseded_on for one in found] == [day("2025-03-01"), day("2027-09-01")]
    assert len({one.episode for one in found}) == 2


@pytest.mark.parametrize(("actual", "year"), [(5, 2028), (7, None), (6, 2027)])
def test_transfers_follow_the_year_really_taught_in(actual: int, year: int | None) -> None:
    of = child("2016-03-10", actual_year=actual, actual_year_on=day("2026-11-22"))
    found = [one.due.year for one in count(PLAN, of=of) if one.rule == "PT-02"]
    assert found == [2026 if year is None else year]


def test_ages_follow_the_birth_date_alone() -> None:
    held_back = child("2011-03-10", actual_year=14, actual_year_on=day("2026-11-22"))
    assert only(count(PLAN, of=held_back), "AGE-02").due == day("2027-06-25")


def test_an_age_closes_and_is_never_overdue() -> None:
    found = only(count(PLAN, of=child("2011-03-10")), "AGE-02")
    assert found.state(day("2027-06-25")) is State.DUE
    assert found.state(day("2027-06-26")) is State.CLOSED
    ended = count(PLAN, fact("plan_ceased", "2028-01-01"), of=child("2011-03-10"))
    assert only(ended, "AGE-02").state(day("2028-06-01")) is State.CLOSED
    assert only(ended, "AGE-06").state(day("2028-06-01")) is State.SUPERSEDED


def test_turning_25_depends_on_the_college() -> None:
    of = child("2002-08-01")
    assert only(count(PLAN, of=of), "AGE-06").due == day("2027-08-01")
    at_college = count(PLAN, of=of, setting=Setting("", "post16"))
    assert only(at_college, "AGE-06").due == day("2028-07-31")


def test_a_recorded_move_is_dated_once() -> None:
    of = child("2016-03-10", transfer=Transfer("primary_to_secondary", day("2027-09-01")))
    assert [one.due for one in count(PLAN, of=of) if one.rule == "PT-02"] == [day("2027-02-14")]
    other = child("2016-03-10", transfer=Transfer("primary_to_middle", day("2028-09-01")))
    years = [one.due.year for one in count(PLAN, of=other) if one.rule == "PT-02"]
    assert years == [2027, 2028]


@pytest.mark.parametrize(
    ("moves", "sent", "state"),
    [
        ("2027-09-01", "2026-08-31", State.OVERDUE),
        ("2027-09-01", "2026-09-01", State.MET),
        ("2027-01-10", "2026-08-01", State.MET),
        ("2027-01-10", "2026-08-11", State.MET_LATE),
    ],
)
def test_a_move_after_16_is_met_in_the_year_before_it(moves: str, sent: str, state: State) -> None:
    of = child(transfer=Transfer("post16_to_post16", day(moves)))
    found = only(count(PLAN, fact("amended_plan_sent", sent), of=of), "PT-04")
    assert found.state(day("2027-06-01")) is state
    assert found.state(day("2027-09-01")) in {State.SUPERSEDED, State.MET, State.MET_LATE}


@pytest.mark.parametrize(
    ("moves", "sent", "met"),
    [
        ("2027-10-10", "2026-08-31", False),
        ("2027-10-10", "2026-09-01", True),
        ("2027-10-10", "2027-08-31", True),
        ("2027-10-10", "2027-09-01", True),
        ("2027-10-10", "2027-10-09", True),
        ("2027-10-10", "2027-10-10", False),
        ("2027-01-10", "2026-01-09", False),
        ("2027-01-10", "2026-01-10", True),
        ("2027-01-10", "2027-08-31", True),
        ("2027-01-10", "2027-09-01", False),
    ],
)
def test_a_move_after_16_is_met_from_the_earlier_year_to_the_later_day(
    moves: str, sent: str, met: bool
) -> None:
    of = child(transfer=Transfer("post16_to_post16", day(moves)))
    found = only(count(PLAN, fact("amended_plan_sent", sent), of=of), "PT-04")
    assert found.met_on == (day(sent) if met else None)
    assert found.superseded_on == (None if met else max(day(moves), day("2027-09-01")))


@pytest.mark.parametrize(
    ("moves", "common"),
    [("2027-08-31", None), ("2027-09-30", "2027-03-31"), ("2027-10-01", None)],
)
def test_the_code_expects_march_for_a_move_in_september_alone(
    moves: str, common: str | None
) -> None:
    of = child(transfer=Transfer("post16_to_post16", day(moves)))
    assert only(count(PLAN, of=of), "PT-04").common_due == (None if common is None else day(common))


def test_a_transferred_plan_brings_what_follows_the_day_it_was_made() -> None:
    moved = fact("plan_transferred_in", "2027-03-01", plan_made="2024-03-01")
    assert only(count(moved, of=YEAR_6), "PT-02").state(day("2027-03-02")) is State.OVERDUE
    undated = count(fact("plan_transferred_in", "2027-03-01"), of=YEAR_6)
    assert "PT-02" not in {one.rule for one in undated}


def test_a_birth_at_the_edge_of_the_calendar_breaks_nothing() -> None:
    for born in (date.min, date.max, date(9990, 1, 1)):
        count(fact("plan_sent", "0001-01-01"), of=child(born.isoformat()))
