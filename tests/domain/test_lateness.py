"""One truth of how late: the tracker, the case page and Today say the same of the same child."""

from __future__ import annotations

import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app import paths, rulebook
from caseworker_app.domain.alert_row import AlertRow
from caseworker_app.domain.clock import deadlines
from caseworker_app.domain.deadlines import State
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.folding import fold
from caseworker_app.domain.lateness import days_words, distance, when_words
from caseworker_app.domain.people import Child
from caseworker_app.domain.tracker import ROLES_SHOWN, review_row

TODAY = date(2026, 11, 22)
CHILD = Child("TH-1", "Okafor", "Grace", date(2014, 3, 3), id="7", version=3)
RULES, CALENDARS = rulebook.load(paths.resources())


def test_the_words() -> None:
    assert [when_words(days) for days in (-1200, -1, 0, 1, 9)] == [
        "1,200 days late", "1 day late", "today", "1 day", "9 days",
    ]  # fmt: skip
    assert (days_words(1), distance(999), distance(1000)) == ("1 day", "999 d", "2 y")


STEPS = ("review_meeting_held", "review_report_received", "review_decision_sent",
         "amendment_notice_sent")  # fmt: skip


@st.composite
def courses(draw: st.DrawFn) -> tuple[Fact, ...]:
    """A plan and as much of its review as was done by today, each step after any time."""
    day = TODAY - timedelta(draw(st.integers(300, 700)))
    facts = [Fact("plan_sent", day)]
    day += timedelta(draw(st.integers(200, 420)))
    for step in STEPS[: draw(st.integers(0, len(STEPS)))]:
        detail = {"outcome": "amend"} if step == "review_decision_sent" else {}
        if day <= TODAY:
            facts.append(Fact(step, day, detail, id=str(len(facts))))
        day += timedelta(draw(st.integers(0, 80)))
    return tuple(facts)


@given(courses())
def test_the_tracker_is_late_by_a_line_of_today(facts: tuple[Fact, ...]) -> None:
    counted = deadlines(CHILD, None, facts, RULES, CALENDARS)
    late = re.fullmatch(r"\w+ (\d+) d late", review_row(CHILD, facts, counted, TODAY).state)
    lines = fold(
        AlertRow(
            CHILD.id, "", "", "", "", "", one.rule, one.episode, one.version.title, one.due,
            one.target, None, one.state(TODAY), (one.due - TODAY).days, one.who, "",
            role=one.version.role,
        )
        for one in counted
        if one.version.role in ROLES_SHOWN
        and one.state(TODAY) in (State.DUE, State.OVERDUE, State.EXCEPTION_CLAIMED)
    )  # fmt: skip
    if late is not None:
        assert TODAY - timedelta(int(late[1])) in {line.due for line in lines}
    else:
        assert not [line for line in lines if line.days < 0]
