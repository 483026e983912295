"""Where a line of Today stands, and what it says of its day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from caseworker_app.domain.alert_row import AlertRow
from caseworker_app.domain.deadlines import State
from caseworker_app.domain.declarations.working_together import Snooze
from caseworker_app.domain.today import (
    Section,
    counted,
    is_overdue,
    pressing,
    put_off,
    section_of,
    when,
)
from tests.domain.test_folding import alert

DUE = date(2026, 11, 22)


def line(days: int, **fields: Any) -> AlertRow:
    return alert("AR-08", days)._replace(**fields)


@pytest.mark.parametrize(
    ("days", "fields", "section", "said"),
    [
        (-1, {}, Section.OVERDUE, "1 day late"),
        (-1, {"role": "decision"}, Section.UNDECIDED, "1 day late"),
        (-1, {"who": "school"}, Section.OVERDUE, "1 day late"),
        (-1, {"state": State.EXCEPTION_CLAIMED}, Section.CLAIMED, "1 day late"),
        (-1, {"rule": "OWN-AR-08"}, Section.WEEK, "1 day past target"),
        (0, {}, Section.WEEK, "today"),
        (6, {}, Section.WEEK, "6 days"),
        (7, {}, Section.MONTH, "7 days"),
        (28, {}, Section.MONTH, "28 days"),
        (29, {}, Section.LATER, "29 days"),
        (6, {"who": "school"}, Section.WAITING, "6 days"),
        (-1, {"who": "family"}, Section.RIGHTS, "1 day late"),
        (-1, {"snoozed_until": DUE}, Section.SNOOZED, "1 day late"),
        (-1, {"state": State.MET}, Section.DONE, "done"),
    ],
)
def test_a_line_stands_in_one_section(
    days: int, fields: dict[str, Any], section: Section, said: str
) -> None:
    row = line(days, **fields)
    assert (section_of(row), when(row)) == (section, said)
    assert section.words
    assert counted([row]) == {section: 1}
    assert pressing([row]) == (section in (Section.UNDECIDED, Section.OVERDUE, Section.WEEK))


def test_what_is_put_off_is_still_overdue_and_a_right_or_what_is_done_is_not() -> None:
    assert is_overdue(line(-1, snoozed_until=DUE))
    for fields in ({"who": "family"}, {"state": State.MET}, {"rule": "OWN-AR-08"}):
        assert not is_overdue(line(-1, **fields))


def test_of_two_snoozes_the_longer_counts_and_a_promise_has_its_own() -> None:
    def snooze(day: int, **fields: Any) -> Snooze:
        return Snooze(id=str(day), child_id="1", until=date(2026, 12, day), why="panel", **fields)

    date_of_law = line(-1, child_id="1", episode="e")
    promise = line(-1, child_id="1", rule="", record="promise/7")
    other = line(-1, child_id="2", episode="e")
    kept = [snooze(at, rule="AR-08", episode="e") for at in (3, 9, 5)]
    found = put_off([date_of_law, promise, other], [*kept, snooze(4, promise_id="7")])
    assert [one.snoozed_until and one.snoozed_until.day for one in found] == [9, 4, None]
    assert [one.snooze for one in found] == ["9", "4", ""]
