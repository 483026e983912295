"""Who moves this school year and the next, and how far each of them is."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.domain.consulting import Asked, counted, told_by_facts
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.people import Setting, Transfer
from caseworker_app.domain.phase_transfer import (
    TransferRow,
    cohorts,
    moves,
    transfer_rows,
    untold_why,
    years,
)
from tests.support.clock import child, count, fact

TODAY = date(2026, 11, 28)
PLAN = fact("plan_sent", "2024-03-01")
INFANTS = Setting("Ash Infants", "infant", 2)
PRIMARY = Setting("Ash Primary", "primary", 6)
YEAR_2, YEAR_6, YEAR_11 = "2019-10-01", "2015-10-01", "2010-10-01"


def rows(
    *facts: Fact, born: str = YEAR_6, setting: Setting | None = PRIMARY, **more: object
) -> tuple[TransferRow, ...]:
    of = child(born, **more)
    held = in_order((PLAN, *facts))
    dates = moves(count(*held, of=of, setting=setting), TODAY)
    return transfer_rows(of, held, dates, TODAY, asked=told_by_facts(held), setting=setting)


def test_this_school_years_moves_and_the_next_ones_make_the_cohorts() -> None:
    assert years(TODAY) == (2027, 2028)
    assert years(date(2027, 8, 31)) == (2027, 2028)
    assert dict(cohorts(TODAY))["2028 march"] == "31 March 2028"


@pytest.mark.parametrize(
    ("born", "setting", "cohort", "where"),
    [
        (YEAR_6, PRIMARY, "2027 february", "Secondary, Year 7"),
        (YEAR_2, INFANTS, "2027 february", "Juniors, Year 3"),
        (YEAR_11, None, "2027 march", "Post-16, Year 12"),
        ("2016-10-01", PRIMARY, "2028 february", "Secondary, Year 7"),
        ("2022-12-01", None, "2027 february", "School, Reception"),
    ],
)
def test_a_child_is_in_the_cohort_that_the_year_group_and_the_setting_give(
    born: str, setting: Setting | None, cohort: str, where: str
) -> None:
    (row,) = rows(born=born, setting=setting)
    assert (row.cohort, row.next_phase) == (cohort, where)


def test_a_child_of_the_same_age_at_an_all_through_primary_does_not_move_to_juniors() -> None:
    assert rows(born=YEAR_2, setting=PRIMARY) == ()


def test_a_move_at_another_time_is_among_the_other_moves() -> None:
    (row,) = rows(
        born="2009-01-01",
        setting=Setting("A college", "post16"),
        transfer=Transfer("post16_to_post16", date(2027, 1, 8)),
    )
    assert (row.cohort, row.next_phase) == ("2027 later", "Another post-16 place")
    assert row.tone == "late"
    assert row.state == f"{-row.days} days late"


def test_a_row_says_what_is_to_be_done_next() -> None:
    sent = fact("consultation_received", "2026-10-01", setting="Mile End Gate")
    other = fact("consultation_received", "2026-10-02", setting="Wharf Lane")
    reply = fact("consultation_replied", "2026-10-12", setting="Mile end gate")
    notice = fact("amendment_notice_sent", "2026-11-01")
    assert rows()[0].step == "consult settings"
    (row,) = rows(sent, other, reply)
    assert row.step == "wait for 1 reply"
    assert row.answers == "Mile End Gate: replied, answer not recorded; Wharf Lane: no reply yet"
    assert rows(sent, reply)[0].step == "send the amendment notice"
    assert rows(sent, reply, notice)[0].step == "send the final plan"


def test_a_final_plan_settles_a_move_and_says_where_or_asks() -> None:
    unsaid = fact("amended_plan_sent", "2026-11-20")
    (row,) = rows(unsaid)
    assert (row.settled, row.named, row.tone) == (date(2026, 11, 20), "", "soon")
    assert row.step == "record the setting named"
    (row,) = rows(fact("amended_plan_sent", "2026-11-20", setting="Mile End Gate"))
    assert (row.named, row.state, row.step) == ("Mile End Gate", "named", "")
    before = fact("amended_plan_sent", "2026-08-20", setting="Mile End Gate")
    assert not rows(before)[0].is_settled


def test_what_was_asked_for_an_earlier_move_is_not_of_this_one() -> None:
    (row,) = rows(fact("consultation_received", "2026-05-01", setting="Mile End Gate"))
    assert row.asked == ()


def test_of_whom_it_cannot_be_told_is_said_with_the_reason() -> None:
    assert untold_why(None, PRIMARY) == "no date of birth is recorded"
    first = Setting("Elm First", "first", None)
    assert "Elm First" in untold_why(date(2019, 10, 1), first)
    assert not untold_why(date(2019, 10, 1), PRIMARY)


def test_a_setting_asked_again_after_its_reply_is_asked_twice() -> None:
    found = told_by_facts(
        (
            fact("consultation_received", "2026-09-01", setting="A"),
            fact("consultation_replied", "2026-09-10", setting="A"),
            fact("consultation_received", "2026-10-01", setting="A"),
        )
    )
    assert [(one.received, one.replied) for one in found] == [
        (date(2026, 9, 1), date(2026, 9, 10)),
        (date(2026, 10, 1), None),
    ]
    assert counted(found) == "1 of 2 replied"
    assert counted([Asked("A", replied=TODAY)]) == "1 of 1 replied"
