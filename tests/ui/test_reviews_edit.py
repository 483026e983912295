from dataclasses import replace
from datetime import date

import pytest

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.rows import ReviewRow
from caseworker_app.services.commands import ChangeFact, RecordFact, RemoveFact
from caseworker_app.ui.screens.reviews_edit import (
    doubt_typed,
    read_day,
    read_decision,
    read_outcome,
    record_day,
    record_decision,
    record_outcome,
    removal,
)

TODAY = date(2026, 11, 22)
OPEN = ReviewRow(
    child_id="c1",
    version=4,
    reference="TH1",
    surname="Okafor",
    forename="Grace",
    nc_year=8,
    setting="Mile End Gate",
    caseworker="R. Haque",
    due=date(2026, 10, 29),
    meeting_fixed=None,
    meeting=date(2026, 10, 16),
    report=None,
    decision=None,
    outcome="",
    notice=None,
    final=None,
    state="decision 9 d late",
    tone="late",
    holder="authority",
    held_days=23,
    episode="r2",
    fact_ids=(("meeting", "f1"),),
)
FRESH = replace(OPEN, meeting=None, episode=None, fact_ids=())
OVER = replace(
    OPEN,
    decision=date(2026, 11, 6),
    outcome="maintain",
    tone="done",
    episode=None,
    fact_ids=(("meeting", "f1"), ("decision", "f2")),
)


def test_an_empty_cell_records_the_fact_in_its_review() -> None:
    command = record_day(OPEN, "report", date(2026, 10, 20), TODAY)
    assert command == RecordFact("c1", 4, "review_report_received", date(2026, 10, 20), {}, "r2")
    command = record_day(OPEN, "decision", date(2026, 11, 20), TODAY, "amend")
    amend = {"outcome": "amend"}
    assert command == RecordFact("c1", 4, "review_decision_sent", date(2026, 11, 20), amend, "r2")


def test_a_filled_cell_changes_its_fact() -> None:
    command = record_day(OPEN, "meeting", date(2026, 10, 15), TODAY)
    assert command == ChangeFact("c1", 4, "f1", date(2026, 10, 15))


def test_the_same_day_again_asks_for_nothing() -> None:
    assert record_day(OPEN, "meeting", date(2026, 10, 16), TODAY) is None


def test_a_meeting_ahead_is_one_fixed() -> None:
    day = date(2026, 12, 8)
    assert record_day(FRESH, "meeting", day, TODAY) == RecordFact(
        "c1", 4, "review_meeting_fixed", TODAY, {"meeting": day}
    )


def test_a_meeting_fixed_anew_changes_the_one_fixed() -> None:
    row = replace(FRESH, meeting_fixed=date(2026, 12, 1), fact_ids=(("meeting_fixed", "f9"),))
    command = record_day(row, "meeting", date(2026, 12, 8), TODAY)
    assert command == ChangeFact("c1", 4, "f9", TODAY, {"meeting": date(2026, 12, 8)})


def test_a_meeting_after_a_finished_review_opens_the_next() -> None:
    command = record_day(OVER, "meeting", date(2026, 11, 20), TODAY)
    assert command == RecordFact("c1", 4, "review_meeting_held", date(2026, 11, 20))


def test_a_meeting_before_the_end_of_a_finished_review_corrects_it() -> None:
    command = record_day(OVER, "meeting", date(2026, 10, 12), TODAY)
    assert command == ChangeFact("c1", 4, "f1", date(2026, 10, 12))


@pytest.mark.parametrize("column", ["report", "decision", "notice", "final"])
def test_no_other_step_stands_ahead_of_today(column: str) -> None:
    with pytest.raises(Refused, match="23 Nov 2026 is after today") as refused:
        record_day(OPEN, column, date(2026, 11, 23), TODAY)
    assert refused.value.field == column


def test_a_meeting_held_is_not_moved_ahead_of_today() -> None:
    with pytest.raises(Refused, match="was held on 16 Oct 2026"):
        record_day(OPEN, "meeting", date(2026, 12, 1), TODAY)


def test_an_outcome_goes_to_the_decision() -> None:
    assert record_outcome(OVER, "amend") == ChangeFact(
        "c1", 4, "f2", date(2026, 11, 6), {"outcome": "amend"}
    )
    assert record_outcome(OVER, "maintain") is None


def test_an_outcome_needs_a_decision() -> None:
    with pytest.raises(Refused, match="day the decision was sent before the outcome"):
        record_outcome(OPEN, "amend")


def test_clearing_a_day_removes_its_fact_with_the_reason() -> None:
    assert removal(OPEN, "meeting", "typed in the wrong row") == RemoveFact(
        "c1", 4, "f1", "typed in the wrong row"
    )


def test_a_decision_is_not_left_without_its_outcome() -> None:
    with pytest.raises(Refused, match="type another one, or empty the decision"):
        removal(OVER, "outcome", "")
    with pytest.raises(Refused, match="Type the outcome after the date") as refused:
        record_day(OPEN, "decision", date(2026, 11, 20), TODAY)
    assert refused.value.field == "outcome"
    assert record_day(OVER, "decision", date(2026, 11, 9), TODAY) == ChangeFact(
        "c1", 4, "f2", date(2026, 11, 9)
    )


@pytest.mark.parametrize(
    ("text", "day", "outcome"),
    [
        ("15/10 amend", date(2026, 10, 15), "amend"),
        ("15 Oct m", date(2026, 10, 15), "maintain"),
        ("15 oct 2025 ce", date(2025, 10, 15), "cease"),
        ("a 15/10", date(2026, 10, 15), "amend"),
        ("15/10a", date(2026, 10, 15), "amend"),
        ("15/10, maintain", date(2026, 10, 15), "maintain"),
        ("20 mar", date(2026, 3, 20), ""),
        ("20 mar m", date(2026, 3, 20), "maintain"),
        ("today a", TODAY, "amend"),
        ("15/10", date(2026, 10, 15), ""),
        ("Amend", None, "amend"),
    ],
)
def test_a_day_and_an_outcome_are_read_from_one_text(
    text: str, day: date | None, outcome: str
) -> None:
    assert read_decision(text, TODAY) == (day, outcome)


@pytest.mark.parametrize("text", ["31/02 a", "15/10 x", "15/10 a m", "x"])
def test_what_is_no_decision_is_refused_as_typed(text: str) -> None:
    with pytest.raises(Refused, match=f'^"{text}" is no'):
        read_decision(text, TODAY)


def test_a_decision_takes_its_outcome_from_either_cell() -> None:
    made = RecordFact(
        "c1", 4, "review_decision_sent", date(2026, 11, 20), {"outcome": "amend"}, "r2"
    )
    for column in ("decision", "outcome"):
        assert record_decision(OPEN, column, "20/11 a", TODAY) == made
    assert record_decision(OVER, "decision", "c", TODAY) == ChangeFact(
        "c1", 4, "f2", date(2026, 11, 6), {"outcome": "cease"}
    )


def test_a_step_typed_before_the_meeting_of_its_row_stays_in_its_review() -> None:
    row = replace(OPEN, episode=None)
    early = record_day(row, "report", date(2026, 10, 1), TODAY)
    assert isinstance(early, RecordFact)
    assert early.episode == "review 2026-10-16"
    later = record_day(row, "report", date(2026, 10, 16), TODAY)
    assert isinstance(later, RecordFact)
    assert later.episode is None


def test_a_day_out_of_order_is_asked_about_before_it_is_recorded() -> None:
    row = replace(OPEN, episode=None, plan=date(2024, 11, 14))
    question = "The meeting was on 16 October 2026. Is {} right?"
    assert doubt_typed(row, "report", date(2026, 10, 1)) == question.format("1 October 2026")
    assert doubt_typed(row, "decision", date(2025, 11, 1)) == question.format("1 November 2025")
    assert doubt_typed(row, "meeting", date(2024, 10, 1)) == (
        "The plan was sent on 14 November 2024. Is 1 October 2024 right?"
    )
    assert doubt_typed(row, "decision", date(2026, 10, 30)) == ""
    noticed = replace(row, decision=date(2026, 10, 30), notice=date(2026, 10, 30))
    assert "15 days to answer run to 13 November 2026" in doubt_typed(
        noticed, "final", date(2026, 11, 2)
    )
    assert doubt_typed(OVER, "meeting", date(2026, 11, 20)) == ""


def test_an_empty_cell_cannot_be_cleared() -> None:
    with pytest.raises(Refused, match="nothing here"):
        removal(OPEN, "report", "mistake")


@pytest.mark.parametrize(
    ("text", "code"),
    [("M", "maintain"), ("amend", "amend"), (" Ce ", "cease"), ("Maintain", "maintain")],
)
def test_outcomes_are_read_from_their_start(text: str, code: str) -> None:
    assert read_outcome(text) == code


@pytest.mark.parametrize("text", ["", "x", "maintained?"])
def test_what_is_no_outcome_is_refused_as_typed(text: str) -> None:
    with pytest.raises(Refused, match="type maintain, amend or cease"):
        read_outcome(text)


def test_a_day_without_a_year_is_the_latest_but_a_meeting_the_nearest() -> None:
    assert read_day("8/12", TODAY) == date(2025, 12, 8)
    assert read_day("8/12", TODAY, "meeting") == date(2026, 12, 8)
    assert read_day("22 Sep", TODAY, "meeting") == date(2026, 9, 22)
    assert read_day("8/12/25", TODAY, "meeting") == date(2025, 12, 8)
    assert read_day("yesterday", TODAY, "meeting") == date(2026, 11, 21)


def test_what_is_no_day_is_refused_as_typed() -> None:
    with pytest.raises(Refused, match="February has 28 days"):
        read_day("31/02", TODAY)
