from dataclasses import replace
from datetime import date, timedelta

import pytest

from caseworker_app import bootstrap
from caseworker_app.domain.deadlines import Deadline, State
from caseworker_app.domain.rules import RuleVersion
from caseworker_app.ui.screens.case_rows import deadline_rows

TODAY = date(2026, 11, 22)
EXPLAINING = bootstrap.explaining()
RULE = RuleVersion(
    rule="AR-07",
    since=date(2014, 9, 1),
    until=None,
    title="Decision after review",
    what="Decide within four weeks of the meeting.",
    trigger="review_meeting_held",
    primitive="weeks_after",
    number=4,
    period="within 4 weeks",
    who="authority",
    force="must",
    source="SEND Regulations 2014, reg 20(10)",
    address="https://www.legislation.gov.uk/uksi/2014/1530",
    checked_on=date(2026, 11, 22),
)


def deadline(due: date, **more: object) -> Deadline:
    return Deadline(RULE, "r1", due, due)._replace(**more)


def chip(made: Deadline) -> tuple[str, str]:
    (row,) = deadline_rows([made], TODAY, EXPLAINING)
    return row.chip, row.tone


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (date(2026, 11, 13), ("9 days late", "late")),
        (date(2026, 11, 21), ("1 day late", "late")),
        (TODAY, ("today", "soon")),
        (date(2026, 11, 29), ("7 days", "soon")),
        (date(2027, 1, 8), ("47 days", "ok")),
        (date(2027, 9, 1), ("in 9 months", "quiet")),
        (date(2030, 3, 30), ("in 3 years", "quiet")),
    ],
)
def test_an_open_deadline_says_how_long(due: date, expected: tuple[str, str]) -> None:
    assert chip(deadline(due)) == expected


def test_met_late_never_reads_as_met() -> None:
    assert chip(deadline(date(2026, 10, 1), met_on=date(2026, 10, 1))) == ("met", "done")
    assert chip(deadline(date(2026, 10, 1), met_on=date(2026, 10, 2))) == (
        "met 1 day late",
        "done_late",
    )


def test_met_on_the_common_reading_is_not_red() -> None:
    made = deadline(date(2026, 2, 14), common_due=date(2026, 2, 15), met_on=date(2026, 2, 15))
    assert chip(made) == ("met 1 day late", "soon")


def test_an_exception_excuses_and_still_says_how_late() -> None:
    made = deadline(TODAY - timedelta(days=3), exception="EXC-A", exception_on=date(2026, 8, 1))
    assert chip(made) == ("3 days late, exception", "soon")


def test_open_first_by_date_then_met_newest_first_then_replaced() -> None:
    late = deadline(date(2026, 10, 1))
    ahead = deadline(date(2027, 1, 8))
    met = deadline(date(2025, 10, 29), met_on=date(2025, 10, 1))
    older = deadline(date(2024, 10, 29), met_on=date(2024, 10, 1))
    gone = deadline(date(2026, 12, 1), superseded_on=date(2026, 11, 1))
    closed = deadline(date(2025, 3, 1), version=replace(RULE, lapses=True))
    rows = deadline_rows([gone, older, closed, ahead, met, late], TODAY, EXPLAINING)
    assert [row.deadline for row in rows] == [late, ahead, met, older, closed, gone]
    assert [row.is_open for row in rows] == [True, True, False, False, False, False]
    assert rows[-1].state is State.SUPERSEDED


def test_says_in_a_word_who_has_to_act() -> None:
    assert deadline_rows([deadline(TODAY)], TODAY, EXPLAINING)[0].who == "Council"
