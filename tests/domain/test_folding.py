"""One line a step: which dates stand behind which."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.alert_row import AlertRow
from caseworker_app.domain.deadlines import State
from caseworker_app.domain.folding import fold
from tests.support.clock import pack

DAY = date(2026, 11, 22)
ROLES = {one.rule: one.role for one in pack()[0].versions}


def alert(rule: str, days: int, child: str = "a", episode: str = "review 1") -> AlertRow:
    due = DAY + timedelta(days)
    state = State.OVERDUE if days < 0 else State.DUE
    who = "school" if rule == "AR-06" else "authority"
    return AlertRow(
        child, child, "Lark", "Ada", "", "", rule, episode, rule.lower(), due, due, None, state,
        days, who, "", role=ROLES[rule],
    )  # fmt: skip


def test_a_late_decision_stands_for_the_year_and_the_twelve_weeks() -> None:
    year = alert("AR-02", -60, episode="plan")
    decision, longstop = alert("AR-07", -30), alert("AR-11", -2)

    (line,) = fold([year, decision, longstop])

    assert line == decision._replace(also=(("ar-02", year.due), ("ar-11", longstop.due)))


def test_a_late_year_does_not_hide_behind_a_decision_still_in_time() -> None:
    year, decision = alert("AR-02", -60, episode="plan"), alert("AR-07", 9)
    (line,) = fold([year, decision])
    assert line == year._replace(also=(("ar-07", decision.due),))


def test_the_year_alone_and_a_report_that_is_late_keep_their_own_lines() -> None:
    rows = (alert("AR-02", 20, episode="plan"), alert("AR-06", -3), alert("NA-09", 5))
    assert fold(rows) == (rows[1], rows[2], rows[0])


def test_an_amended_plan_waits_on_one_line_with_the_refusal_to_amend() -> None:
    final, stays, longstop = alert("AR-09", 10), alert("AR-10", 10), alert("AR-11", 4)
    (line,) = fold([longstop, final, stays])
    assert (line.rule, [what for what, _ in line.also]) == ("AR-11", ["ar-09", "ar-10"])


def test_two_reviews_open_at_once_are_two_lines_and_the_year_goes_with_the_later() -> None:
    rows = [
        alert("AR-07", -90, episode="review 1"),
        alert("AR-02", -40, episode="plan"),
        alert("AR-07", -9, episode="review 2"),
    ]
    first, second = fold(rows)
    assert (first.rule, first.also) == ("AR-07", ())
    assert (second.rule, second.also) == ("AR-07", (("ar-02", rows[1].due),))


rows = st.builds(
    alert,
    st.sampled_from(["AR-01", "AR-02", "AR-06", "AR-07", "AR-09", "AR-10", "AR-11", "NA-02"]),
    st.integers(-400, 400),
    st.sampled_from("abc"),
    st.sampled_from(["1", "2"]),
)


@given(st.lists(rows, unique_by=lambda row: (row.child_id, row.rule, row.episode)))
def test_no_date_is_lost_and_nothing_late_hides_behind_what_is_not(alerts: list[AlertRow]) -> None:
    lines = fold(alerts)
    dates = [(line.child_id, line.due) for line in lines]
    dates += [(line.child_id, day) for line in lines for _, day in line.also]
    assert sorted(dates) == sorted((row.child_id, row.due) for row in alerts)
    assert all(line.days < 0 or line.due <= day for line in lines for _, day in line.also)
    assert all(line._replace(also=()) in alerts for line in lines)
    assert [line.due for line in lines] == sorted(line.due for line in lines)
