"""A return as tidy rows: each figure of it once, and nothing of what is hidden."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.domain.measures.board import BoardReturn, Period
from caseworker_app.domain.measures.hiding import protect
from caseworker_app.domain.measures.tidy import COLUMNS, Place, rows_of, time_of
from caseworker_app.services.returns.board_return import as_json
from tests.domain.measures.making import board, case, fact


def some(how_many: int = 12) -> BoardReturn:
    return board(
        [
            case(
                f"C{number:02}",
                fact("plan_sent", "2024-03-01"),
                fact("review_meeting_held", f"2026-09-{10 + number}"),
                need="SLCN" if number % 5 == 0 else "ASD",
            )
            for number in range(how_many)
        ]
    )


def test_every_figure_of_the_json_is_a_row() -> None:
    whole = some()
    rows = {(row["measure"], row["breakdown"]): row for row in rows_of(whole, Place("211", "T H"))}
    told = as_json(whole)
    assert len(rows) == len(rows_of(whole, Place()))
    for one in told["measures"]:
        row = rows[one["ref"], "total"]
        assert [row[name] for name in ("numerator", "denominator", "value")] == [
            one[name] for name in ("numerator", "denominator", "value")
        ]
    lines = 0
    for key, table in told["tables"].items():
        for line, count in table.items():
            lines += 1
            row = rows[key, line]
            if isinstance(count, dict):
                assert (row["numerator"], row["denominator"]) == (count["count"], count["of"])
                assert row["value"] == count["value"] or count["of"] is None
            else:
                assert row["numerator"] == count
    totals = sum(table.kind == "partition" for table in whole.tables)
    assert len(rows) == 1 + len(told["measures"]) + lines + totals
    assert all(tuple(row) == COLUMNS and row["hidden"] == 0 for row in rows.values())
    first = rows["live", "total"]
    assert (first["old_la_code"], first["la_name"], first["value"]) == ("211", "T H", 12)
    assert (first["period_from"], first["as_at"]) == (date(2026, 9, 1), date(2026, 11, 22))


def test_a_hidden_number_is_empty_and_said_to_be_hidden() -> None:
    public, _ = protect(some())
    rows = {(row["measure"], row["breakdown"]): row for row in rows_of(public, Place())}
    few = rows["primary_need", "SLCN"]
    assert (few["numerator"], few["value"], few["hidden"]) == (None, None, 1)
    hidden = [row for row in rows.values() if row["hidden"]]
    assert all(row["numerator"] is None or row["denominator"] is None for row in hidden)
    assert rows["primary_need", "total"]["numerator"] == 12


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2026-01-01", "2026-12-31", ("2026", "Calendar year")),
        ("2025-09-01", "2026-08-31", ("202526", "Academic year")),
        ("2026-04-01", "2027-03-31", ("202627", "Financial year")),
        ("2026-09-01", "2026-12-31", ("202627", "Autumn term")),
        ("2027-01-01", "2027-03-31", ("202627", "Spring term")),
        ("2027-04-01", "2027-08-31", ("202627", "Summer term")),
        ("2099-09-01", "2100-03-31", ("209900", "Autumn and spring term")),
        ("2028-02-01", "2028-02-29", ("2028", "February")),
        ("2026-02-01", "2027-01-31", ("2027", "Reporting year")),
        ("2026-09-01", "2026-11-22", ("2026", "Reporting year")),
        ("2025-09-01", "2026-12-31", ("2026", "Reporting year")),
    ],
)
def test_a_period_is_named_as_open_data_names_it(
    start: str, end: str, told: tuple[str, str]
) -> None:
    assert time_of(Period(date.fromisoformat(start), date.fromisoformat(end))) == told
