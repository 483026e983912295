from dataclasses import replace
from datetime import date

from caseworker_app.domain.rows import ReviewRow
from caseworker_app.services.commands import ENTRIES, ChangeFact, RecordFact
from caseworker_app.ui.screens.reviews_paste import NO_OUTCOME, Bad, Cell, lay_out, take, tiled

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


def commands(cells: list[Cell]) -> list[object]:
    taken = take(cells, TODAY)
    assert taken.bad == []
    return [command for command, _ in taken.commands]


def test_the_grid_lands_from_the_first_cell_on_and_blanks_leave_what_is_there() -> None:
    cells, bad = lay_out([["1/11", ""], ["-", "m"]], PLANS, COLUMNS, lambda *_: "")
    assert cells == [Cell(PLANS[0], "report", "1/11"), Cell(PLANS[1], "decision", "m")]
    assert bad == []


def test_what_does_not_fit_is_told_apart_from_what_does() -> None:
    cells, bad = lay_out([["1/11"]] * 4, PLANS, COLUMNS, lambda *_: "")
    assert len(cells) == 3
    assert bad == [Bad(None, "report", "1/11", "No row of the table is left for it.")]
    cells, bad = lay_out([["1/11"] * 7], PLANS, COLUMNS, lambda *_: "same")
    assert [(one.column, one.why) for one in bad] == [
        ("state", "This column cannot be typed in."),
        ("", "No column of the table is left for it."),
    ]


def test_a_column_pasted_back_as_it_was_is_no_fault() -> None:
    line = ["1/11", "", "", "", "", "late"]
    cells, bad = lay_out([line], PLANS, COLUMNS, lambda *_: "late")
    assert (len(cells), bad) == (1, [])


def test_a_block_goes_into_a_selection_of_whole_times_its_size() -> None:
    assert tiled([["1/11", "2/11"]], 2, 2) == [["1/11", "2/11"]] * 2
    assert tiled([["1/11"], ["2/11"]], 4, 2) == [["1/11"] * 2, ["2/11"] * 2] * 2
    assert tiled([["1/11", "2/11"]], 3, 1) == [["1/11", "2/11"]]
    assert tiled([["1/11", "2/11"]], 0, 0) == [["1/11", "2/11"]]


def test_many_cells_make_one_command() -> None:
    taken = take([Cell(PLANS[0], "report", "1/11/26"), Cell(PLANS[1], "report", "2 Nov")], TODAY)
    command = taken.together("pasted")
    assert command is not None
    assert (command.what, command.good_alone) == (f"{ENTRIES} pasted", True)
    assert command.commands == (
        RecordFact("c0", 1, "review_report_received", date(2026, 11, 1), {}, "r0"),
        RecordFact("c1", 1, "review_report_received", date(2026, 11, 2), {}, "r1"),
    )


def test_an_outcome_beside_its_decision_goes_into_the_same_fact() -> None:
    cells = [Cell(PLANS[0], "outcome", "A"), Cell(PLANS[0], "decision", "20/11")]
    assert commands(cells) == [
        RecordFact("c0", 1, "review_decision_sent", date(2026, 11, 20), {"outcome": "amend"}, "r0"),
    ]


def test_an_outcome_for_a_decision_that_stands_changes_it() -> None:
    row = replace(PLANS[0], decision=date(2026, 11, 6), fact_ids=(("decision", "d0"),))
    assert commands([Cell(row, "outcome", "cease")]) == [
        ChangeFact("c0", 1, "d0", date(2026, 11, 6), {"outcome": "cease"})
    ]


def test_the_good_are_taken_and_the_bad_told_with_their_place() -> None:
    cells = [
        Cell(PLANS[0], "report", "1/11"),
        Cell(PLANS[0], "notice", "30/11/2026"),
        Cell(PLANS[1], "decision", "31/02"),
    ]
    taken = take(cells, TODAY)
    assert [one for _, one in taken.commands] == [(cells[0],)]
    assert [(one.row, one.column, one.text) for one in taken.bad] == [
        (PLANS[0], "notice", "30/11/2026"),
        (PLANS[1], "decision", "31/02"),
    ]
    assert "is after today" in taken.bad[0].why
    assert taken.bad[1].why == "February has 28 days, or 29 in a leap year."


def test_decisions_without_outcome_are_bad_and_others_are_not() -> None:
    cells = [Cell(row, "decision", "20/11") for row in PLANS]
    cells.append(Cell(PLANS[1], "outcome", "m"))
    taken = take(cells, TODAY)
    assert len(taken.commands) == 1
    assert [(one.row, one.why) for one in taken.bad] == [
        (PLANS[0], NO_OUTCOME),
        (PLANS[2], NO_OUTCOME),
    ]


def test_a_day_with_its_outcome_in_one_cell_is_one_fact() -> None:
    assert commands([Cell(PLANS[0], "decision", "20/11 amend")]) == [
        RecordFact("c0", 1, "review_decision_sent", date(2026, 11, 20), {"outcome": "amend"}, "r0"),
    ]


def test_what_stands_there_already_asks_for_nothing() -> None:
    row = replace(PLANS[0], report=date(2026, 11, 1), fact_ids=(("report", "x"),))
    assert take([Cell(row, "report", "1/11/2026")], TODAY).together("pasted") is None
