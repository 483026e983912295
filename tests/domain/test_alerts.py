"""How loud a deadline is, by the council's thresholds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app import paths, rulebook
from caseworker_app.domain.alerts import Threshold, Thresholds, alert, birthday_alert
from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.levels import Level
from caseworker_app.rulebook.alerts_file import read_thresholds
from tests.support.clock import child, count, day, fact, only

THRESHOLDS = rulebook.load_thresholds(rulebook.shipped(paths.resources()))


def loudness(rule: str, today: str, *facts: Fact) -> Level:
    found = only(count(*facts, of=child("2016-08-31")), rule)
    return alert(found, day(today), THRESHOLDS, facts).level


@pytest.mark.parametrize(
    ("today", "level"),
    [
        ("2026-03-29", Level.QUIET),
        ("2026-03-30", Level.AMBER),
        ("2026-04-06", Level.RED),
        ("2026-04-11", Level.ESCALATE),
        ("2026-06-01", Level.ESCALATE),
    ],
)
def test_the_six_weeks_grow_loud_by_day(today: str, level: Level) -> None:
    assert loudness("NA-02", today, fact("request_received", "2026-03-02")) is level


@pytest.mark.parametrize(
    ("today", "extra", "level"),
    [
        ("2026-11-14", [], Level.QUIET),
        ("2026-11-15", [], Level.AMBER),
        ("2026-12-03", [], Level.RED),
        ("2026-12-03", ["fixed"], Level.AMBER),
        ("2026-12-17", ["fixed"], Level.ESCALATE),
        ("2026-12-17", ["fixed", "held"], Level.AMBER),
    ],
)
def test_the_next_review_is_quieter_for_a_meeting(
    today: str, extra: list[str], level: Level
) -> None:
    facts = [fact("plan_sent", "2026-01-15")]
    if "fixed" in extra:
        facts.append(fact("review_meeting_fixed", "2026-11-20", meeting="2026-12-10"))
    if "held" in extra:
        facts.append(fact("review_meeting_held", "2026-12-10"))
    assert loudness("AR-01", today, *facts) is level


def test_what_is_met_or_lapsed_is_quiet() -> None:
    facts = (fact("request_received", "2026-03-02"), fact("plan_sent", "2026-06-01"))
    assert loudness("NA-09", "2026-12-01", *facts) is Level.QUIET
    assert loudness("MED-01", "2026-12-01", *facts) is Level.QUIET


def test_what_is_late_is_red_with_no_thresholds_at_all() -> None:
    found = only(count(fact("request_received", "2026-03-02")), "NA-05")
    assert alert(found, day("2026-06-22"), Thresholds()).level is Level.QUIET
    assert alert(found, day("2026-06-23"), Thresholds()).level is Level.RED


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_a_deadline_never_grows_quieter_by_itself(start: date, days: int) -> None:
    facts = (Fact("review_meeting_held", start), Fact("plan_sent", start))
    for one in count(*facts):
        if not one.version.lapses:
            earlier = alert(one, start + timedelta(days=days), THRESHOLDS, facts)
            later = alert(one, start + timedelta(days=days + 7), THRESHOLDS, facts)
            assert later.level >= earlier.level


def test_birthdays_come_in_three_steps() -> None:
    born = day("2010-09-15")
    levels = [
        birthday_alert(born, day(today), THRESHOLDS).level
        for today in ("2026-03-14", "2026-03-15", "2026-06-15", "2026-08-15", "2026-09-16")
    ]
    assert levels == [Level.QUIET, Level.AMBER, Level.RED, Level.ESCALATE, Level.QUIET]


def test_thresholds_may_count_past_the_date() -> None:
    late = Threshold(frozenset({"NA-03"}), Level.ESCALATE, "late", days=-1)
    assert late.starts(day("2026-08-31")) == day("2026-09-01")


@pytest.mark.parametrize(
    "text",
    [
        "colour = 1",
        '[[alert]]\nrules = ["NA-02"]\nlevel = "pink"\ndays = 1\nwords = "x"',
        '[[alert]]\nrules = ["NA-02"]\nlevel = "red"\nwords = "x"',
        '[[alert]]\nrules = ["NA-02"]\nlevel = "red"\ndays = 1\nmonths = 1\nwords = "x"',
        '[[alert]]\nrules = ["NA-02"]\nlevel = "red"\ndays = 1\nwords = "x"\nunless = ["tea"]',
        '[[birthday]]\nages = ["16"]\nlevel = "red"\nmonths = 1',
        '[[birthday]]\nages = [16]\nlevel = "red"',
    ],
)
def test_a_file_of_thresholds_is_read_strictly(text: str) -> None:
    with pytest.raises(Unreadable, match=r"own\.toml"):
        read_thresholds(text, "own.toml")
