"""A law that changes on a day: each side of it counts by its own version."""

from __future__ import annotations

from caseworker_app import paths, rulebook
from caseworker_app.domain.clock import deadlines
from caseworker_app.domain.deadlines import Deadline, State
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.people import Child
from tests.support.clock import child, day, fact, only

CHANGE = day("2029-09-01")


def changed(rule: str, **instead: str) -> str:
    """A rule's file as it would read from the day of the change on."""
    text = (paths.resources() / "rules" / f"{rule}.toml").read_text(encoding="utf-8")
    text = text.replace("from = 2014-09-01", f"from = {CHANGE}")
    for before, after in instead.items():
        key = before.replace("_", "-")
        line = next(one for one in text.splitlines() if one.startswith(f"{key} = "))
        text = text.replace(line, f"{key} = {after}")
    return text


FUTURE = {
    "AR-07 from 2029": changed("AR-07", number="6", period='"within 6 weeks"'),
    "PT-02 from 2029": changed("PT-02", number="131", period='"before 1 February"'),
    "AR-06 from 2029": changed("AR-06", met_by='["review_decision_sent"]', superseded_by="[]"),
    "AGE-02 from 2029": changed("AGE-02", title='"School age ends, as changed"'),
}


def count(*facts: Fact, of: Child | None = None) -> tuple[Deadline, ...]:
    book, calendars = rulebook.load(paths.resources(), extra_rules=FUTURE)
    return deadlines(of or child(), None, facts, book, calendars)


def test_a_case_that_spans_the_change_has_the_right_version_on_each_side() -> None:
    found = count(
        fact("review_meeting_held", "2029-08-31"),
        fact("review_meeting_held", "2029-09-01"),
        fact("review_decision_sent", "2029-09-10", "review 2029-08-31", outcome="maintain"),
    )
    before, after = (one for one in found if one.rule == "AR-07")
    assert before.due == day("2029-09-28")
    assert after.due == day("2029-10-13")
    assert before.version.until == day("2029-08-31")
    assert after.version.since == CHANGE
    assert after.because == ("review meeting held 2029-09-01", "within 6 weeks: + 42 days")
    assert before.met_on == day("2029-09-10")


def test_what_meets_a_rule_may_change_too() -> None:
    facts = (
        fact("review_meeting_held", "2029-09-03", "new"),
        fact("review_decision_sent", "2029-09-10", "new", outcome="maintain"),
    )
    assert only(count(*facts), "AR-06").state(day("2030-01-01")) is State.MET


def test_a_transfer_follows_the_law_of_the_september_before_it() -> None:
    plan = fact("plan_sent", "2024-03-01")
    last_old = only(count(plan, of=child("2018-03-10")), "PT-02")
    first_new = only(count(plan, of=child("2019-03-10")), "PT-02")
    assert last_old.due == day("2029-02-14")
    assert first_new.due == day("2030-01-31")


def test_an_age_follows_the_law_of_its_own_day() -> None:
    plan = fact("plan_sent", "2024-03-01")
    titles = [
        only(count(plan, of=child(born)), "AGE-02").version.title
        for born in ("2013-03-10", "2014-03-10")
    ]
    assert titles == ["Compulsory school age ends", "School age ends, as changed"]


def test_a_rule_that_begins_later_is_not_counted_before() -> None:
    own = (
        FUTURE["AR-06 from 2029"]
        .replace('duty = "AR-06"', 'duty = "LOC-01"')
        .replace('force = "must"', 'force = "local"')
    )
    book, calendars = rulebook.load(paths.resources(), extra_rules={"own": own})
    for on, expected in (("2029-08-31", 0), ("2029-09-01", 1)):
        found = deadlines(child(), None, [fact("review_meeting_held", on)], book, calendars)
        assert sum(one.rule == "LOC-01" for one in found) == expected


def test_a_slip_before_the_law_began_is_still_counted() -> None:
    assert only(count(fact("request_received", "2004-03-01")), "NA-09").due == day("2004-07-19")


def test_a_local_target_draws_no_fact_away_from_the_law() -> None:
    own = (
        changed("AR-07")
        .replace('duty = "AR-07"', 'duty = "LOC-02"')
        .replace("from = 2029-09-01", "from = 2014-09-01")
        .replace('force = "must"', 'force = "local"')
    )
    book, calendars = rulebook.load(paths.resources(), extra_rules={"own": own})
    facts = [
        fact("review_meeting_held", "2026-02-02"),
        fact("review_decision_sent", "2026-02-20", outcome="amend"),
        fact("amendment_notice_sent", "2026-02-20"),
        fact("review_meeting_held", "2026-05-04"),
        fact("amended_plan_sent", "2026-05-20"),
    ]
    plain = [one for one in count(*facts) if one.version.duty != "AR-07"]
    with_own = deadlines(child(), None, facts, book, calendars)
    kept = [one for one in with_own if one.version.duty not in {"AR-07", "LOC-02"}]
    assert [(one.rule, one.due, one.met_on) for one in kept] == [
        (one.rule, one.due, one.met_on) for one in plain
    ]
