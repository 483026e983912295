"""The last day for each step that is still to be taken."""

from __future__ import annotations

from datetime import date
from operator import attrgetter

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.forecast import Remaining, counts, forecast, remaining
from caseworker_app.domain.people import Caseworker, Setting
from tests.support.clock import child, count, day, fact

TODAY = date(2026, 11, 22)


def case(*facts: Fact, born: str | None = None, worker: str = "Ray Bell") -> CaseFile:
    of = child(born)
    setting = Setting("Mulberry", "primary", 6)
    return CaseFile(of, setting, Caseworker(worker), facts, count(*facts, of=of, setting=setting))


def steps(found: tuple[Remaining, ...], rule: str) -> dict[str, date]:
    return {one.words: one.latest for one in found if one.deadline.rule == rule}


def test_a_review_leaves_four_weeks_for_the_decision_and_two_for_the_notice() -> None:
    found = remaining(case(fact("plan_sent", "2026-01-15")), TODAY)
    assert steps(found, "AR-01") == {
        "fix the meeting and invite": day("2026-12-03"),
        "hold the meeting": day("2026-12-17"),
        "send the decision": day("2027-01-14"),
    }
    assert not any(one.breaches for one in found)


def test_a_step_that_was_taken_is_not_in_the_forecast() -> None:
    held = (fact("plan_sent", "2026-01-15"), fact("review_meeting_held", "2026-11-20"))
    assert list(steps(remaining(case(*held), TODAY), "AR-01")) == ["send the decision"]


def test_the_review_before_is_not_taken_for_the_coming_one() -> None:
    facts = (
        fact("plan_sent", "2024-12-20"),
        fact("review_meeting_held", "2025-12-11"),
        fact("review_decision_sent", "2025-12-12", outcome="maintain"),
    )
    assert list(steps(remaining(case(*facts), TODAY), "AR-02")) == [
        "fix the meeting and invite",
        "hold the meeting",
        "send the decision",
    ]


def test_twelve_weeks_before_the_strict_day_of_a_transfer_is_the_last_for_its_meeting() -> None:
    found = remaining(case(fact("plan_sent", "2024-03-01"), born="2016-08-31"), TODAY)
    assert steps(found, "PT-02")["hold the meeting"] == TODAY
    late = [one.words for one in found if one.deadline.rule == "PT-02" and one.breaches]
    assert late == ["fix the meeting and invite"]


def test_an_assessment_needs_advice_and_a_draft_first() -> None:
    found = remaining(case(fact("request_received", "2026-10-12")), TODAY)
    assert steps(found, "NA-02") == {"send the decision": day("2026-11-23")}
    assert steps(found, "NA-09") == {
        "ask for advice": day("2027-01-03"),
        "serve the draft": day("2027-02-14"),
        "send the final plan": day("2027-03-01"),
    }


def test_a_caseload_is_counted_by_week_under_any_name() -> None:
    files = [
        case(fact("plan_sent", "2026-01-15"), worker="Ray Bell"),
        case(fact("plan_sent", "2026-01-16"), worker="Ann Dale"),
        case(fact("plan_sent", "2026-01-16"), worker="Ann Dale"),
    ]
    found = forecast(files, TODAY, weeks=2)
    assert counts(found, attrgetter("caseworker")) == (
        ("Ann Dale", day("2026-11-30"), 2),
        ("Ray Bell", day("2026-11-30"), 1),
    )
    assert counts(found, attrgetter("setting")) == (("Mulberry", day("2026-11-30"), 3),)
    everything = forecast(files, TODAY)
    assert [one.latest for one in everything] == sorted(one.latest for one in everything)


def test_a_meeting_more_than_a_year_before_the_date_still_counts_for_it() -> None:
    held = fact("review_meeting_held", "2026-01-10")
    found = remaining(case(fact("plan_sent", "2024-01-15"), held), TODAY)
    assert list(steps(found, "AR-01")) == ["send the decision"]


def test_steps_of_a_decided_review_are_none_of_the_next() -> None:
    facts = (
        fact("plan_sent", "2025-06-15"),
        fact("review_meeting_held", "2026-06-01"),
        fact("review_decision_sent", "2026-06-10", outcome="amend"),
    )
    found = remaining(case(*facts), TODAY)
    assert list(steps(found, "AR-02")) == [
        "fix the meeting and invite",
        "hold the meeting",
        "send the decision",
    ]
    assert list(steps(found, "AR-11")) == [
        "send the amendment notice",
        "send the final amended plan",
    ]
    fixed = fact("review_meeting_fixed", "2026-11-01", meeting="2027-03-01")
    found = remaining(case(*facts, fixed), TODAY)
    assert list(steps(found, "AR-02")) == ["hold the meeting", "send the decision"]


def test_each_review_has_its_own_steps() -> None:
    facts = (
        fact("plan_sent", "2024-06-15"),
        fact("review_meeting_held", "2026-09-01"),
        fact("review_meeting_held", "2026-11-02"),
        fact("amendment_notice_sent", "2026-11-05", "review 2026-09-01"),
    )
    found = remaining(case(*facts), TODAY)
    noticed = {
        one.deadline.episode: one.words
        for one in found
        if one.deadline.rule == "AR-11" and "notice" in one.words
    }
    assert noticed == {"review 2026-11-02": "send the amendment notice"}
