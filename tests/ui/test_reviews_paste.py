from dataclasses import replace
from datetime import date

import pytest

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.rows import ReviewRow
from caseworker_app.services.commands import ChangeFact, RecordFact
from caseworker_app.ui.screens.reviews_paste import Cell, lay_out, split_grid, together

TODAY = date(2026, 11, 22)
COLUMNS = ("report", "decision", "outcome", "notice", "final", "state")


def plan(number: int) -> ReviewRow:
    return ReviewRow(
        child_id=f"c{number}",
        version=1,
        reference=f"TH{number}",
        surname=f"Surname{number}",
        forename="Ada",
        nc_year=5,
        setting="Bow Locks School",
        caseworker="",
        due=date(2026, 12, 1),
        meeting_fixed=None,
        meeting=date(2026, 10, 16),
        report=None,
        decision=None,
        outcome="",
        notice=None,
        final=None,
        state="",
        tone="quiet",
        holder="authority",
        held_days=3,
        episode=f"r{number}",
        fact_ids=(("meeting", f"m{number}"),),
    )


PLANS = [plan(number) for number in range(3)]


def test_clipboard_text_splits_as_excel_writes_it() -> None:
    assert split_grid("1/11\tAmend\r\n2/11\t\r\n") == [["1/11", "Amend"], ["2/11", ""]]


def test_the_grid_lands_from_the_first_cell_on_and_blanks_leave_what_is_there() -> None:
    cells = lay_out([["1/11", ""], ["-", "m"]], PLANS, COLUMNS)
    assert cells == [Cell(PLANS[0], "report", "1/11"), Cell(PLANS[1], "decision", "m")]


def test_a_grid_that_does_not_fit_is_refused() -> None:
    with pytest.raises(Refused, match="4 rows were copied, but only 3"):
        lay_out([["1/11"]] * 4, PLANS, COLUMNS)
    with pytest.raises(Refused, match="More columns"):
        lay_out([["1/11"] * 7], PLANS, COLUMNS)
    with pytest.raises(Refused, match="cannot be typed in"):
        lay_out([["", "", "", "", "", "ready"]], PLANS, COLUMNS)


def test_many_cells_make_one_command() -> None:
    cells = [Cell(PLANS[0], "report", "1/11/26"), Cell(PLANS[1], "report", "2 Nov")]
    command = together(cells, TODAY, "pasted")
    assert command is not None
    assert command.what == "2 entries pasted"
    assert command.commands == (
        RecordFact("c0", 1, "review_report_received", date(2026, 11, 1), {}, "r0"),
        RecordFact("c1", 1, "review_report_received", date(2026, 11, 2), {}, "r1"),
    )


def test_an_outcome_beside_its_decision_goes_into_the_same_fact() -> None:
    cells = [Cell(PLANS[0], "outcome", "A"), Cell(PLANS[0], "decision", "20/11")]
    command = together(cells, TODAY, "pasted")
    assert command is not None
    assert command.commands == (
        RecordFact("c0", 1, "review_decision_sent", date(2026, 11, 20), {"outcome": "amend"}, "r0"),
    )


def test_an_outcome_for_a_decision_that_stands_changes_it() -> None:
    row = replace(PLANS[0], decision=date(2026, 11, 6), fact_ids=(("decision", "d0"),))
    command = together([Cell(row, "outcome", "cease")], TODAY, "pasted")
    assert command is not None
    assert command.commands == (ChangeFact("c0", 1, "d0", date(2026, 11, 6), {"outcome": "cease"}),)


def test_one_bad_text_refuses_all_and_names_its_place() -> None:
    cells = [Cell(PLANS[0], "report", "1/11"), Cell(PLANS[1], "decision", "31/02")]
    with pytest.raises(Refused) as refused:
        together(cells, TODAY, "pasted")
    assert refused.value.sentence == (
        "Surname1, Ada, Decision sent: February has 28 days, or 29 in a leap year. "
        "Nothing was changed."
    )


def test_decisions_without_outcome_are_refused_together_by_name() -> None:
    cells = [Cell(row, "decision", "20/11") for row in PLANS]
    cells.append(Cell(PLANS[1], "outcome", "m"))
    with pytest.raises(Refused) as refused:
        together(cells, TODAY, "pasted")
    assert "Surname0, Ada; Surname2, Ada." in refused.value.sentence
    assert refused.value.sentence.endswith("Nothing was changed.")
    assert refused.value.field == "outcome"


def test_a_day_with_its_outcome_in_one_cell_is_one_fact() -> None:
    command = together([Cell(PLANS[0], "decision", "20/11 amend")], TODAY, "pasted")
    assert command is not None
    assert command.commands == (
        RecordFact("c0", 1, "review_decision_sent", date(2026, 11, 20), {"outcome": "amend"}, "r0"),
    )


def test_what_stands_there_already_asks_for_nothing() -> None:
    row = replace(PLANS[0], report=date(2026, 11, 1), fact_ids=(("report", "x"),))
    assert together([Cell(row, "report", "1/11/2026")], TODAY, "pasted") is None
