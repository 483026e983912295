"""What changed in a plan between two versions."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.declarations.thread import DescribedNeed, Outcome, Provision
from caseworker_app.domain.plan_changes import PlanChange, plan_changes, stands_in
from caseworker_app.domain.plan_thread import ANEW, Thread

FIRST, AMENDED = date(2025, 1, 10), date(2026, 3, 2)
DAYS = st.dates(date(2024, 1, 1), date(2027, 1, 1))


def given_to(key: str, what: str, since: date = FIRST, **fields: Any) -> Provision:
    return Provision(
        id=key, child_id="1", section="F", what=what, who="School", since=since, **fields
    )


def test_a_line_that_is_written_anew_is_one_change_with_what_else_differs() -> None:
    old = given_to("1", "Therapy for 30 minutes a week", until=AMENDED, cost=100_000)
    new = given_to("2", "Therapy for 45 minutes a week", since=AMENDED, cost=150_000)
    other = given_to("3", "A timetable in pictures", since=AMENDED)
    gone = Outcome(
        id="4", child_id="1", area="well", words="Sleeps", set_on=FIRST, ended_on=AMENDED,
        ended_why="Achieved",
    )  # fmt: skip
    stays = DescribedNeed(id="5", child_id="1", section="B", words="Speech")
    thread = Thread(needs=(stays,), outcomes=(gone,), provision=(old, new, other))
    assert plan_changes(thread, FIRST, AMENDED) == (
        PlanChange("E", "Ended", "Sleeps", "", "Achieved"),
        PlanChange(
            "F",
            "Rewritten",
            old.what,
            new.what,
            "Cost a year: £1,000.00, now £1,500.00",
        ),
        PlanChange("F", "Added", "", other.what),
    )
    assert plan_changes(thread, AMENDED, AMENDED) == ()


def test_an_outcome_rewritten_at_a_review_is_the_same_in_whatever_words() -> None:
    fields = {"child_id": "1", "area": "well"}
    old = Outcome(id="1", words="Sleeps", set_on=FIRST, ended_on=AMENDED, ended_why=ANEW, **fields)
    new = Outcome(id="2", words="In bed by nine", set_on=AMENDED, **fields)
    (told,) = plan_changes(Thread(outcomes=(old, new)), FIRST, AMENDED)
    assert (told.what, told.before, told.after) == ("Rewritten", "Sleeps", "In bed by nine")


@given(
    st.lists(st.tuples(DAYS, st.none() | DAYS, st.sampled_from(["one two", "one three", "four"]))),
    DAYS,
    DAYS,
)
def test_every_line_that_came_or_went_is_told_once(
    lines: list[tuple[date, date | None, str]], before: date, after: date
) -> None:
    made = [
        given_to(str(at), words, since, until=until)
        for at, (since, until, words) in enumerate(lines, 1)
    ]
    told = plan_changes(Thread(provision=tuple(made)), before, after)
    then = [one.what for one in made if stands_in(one, before) and not stands_in(one, after)]
    now = [one.what for one in made if stands_in(one, after) and not stands_in(one, before)]
    assert sorted(one.before for one in told if one.before) == sorted(then)
    assert sorted(one.after for one in told if one.after) == sorted(now)
