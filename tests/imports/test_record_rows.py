"""What plain rows say of records: their last day, choices called None, and marks of audits."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.declarations.auditing import Mark
from caseworker_app.domain.incoming import Place
from caseworker_app.domain.incoming_records import IncomingRecords, RawRow, RawRows
from caseworker_app.imports.records import understood


def read(kind: str, head: tuple[str, ...], *rows: tuple[Any, ...]) -> IncomingRecords:
    raw = tuple(RawRow(Place("list.csv", "list", at), cells) for at, cells in enumerate(rows, 2))
    heading = RawRow(Place("list.csv", "list", 1), head)
    of = next(one for one in every_kind() if one.name == kind)
    return understood(RawRows(("list.csv",), (heading, *raw)), of)


@pytest.mark.parametrize(("first", "last"), [("From", "To"), ("Start date", "END DATE")])
def test_the_first_and_the_last_day_are_taken(first: str, last: str) -> None:
    head = ("Reference", "Postcode", "In the authority", first, last)
    came = read("address", head, ("NB1", "E1 4NS", "Yes", "1/9/2024", "31 Aug 2025"))
    assert came.notes == ()
    values = came.records[0].values
    assert (values["since"], values["until"]) == (date(2024, 9, 1), date(2025, 8, 31))


def test_none_is_a_choice_where_one_is_called_so_and_else_a_blank() -> None:
    head = ("Reference", "Outcome", "Review", "Progress", "Words")
    came = read("judgement", head, ("NB1", "Reads", "1/9/2024", "None", "none"))
    assert came.records[0].values["progress"] == "none"
    assert "words" not in came.records[0].values


AUDIT = ("Reference", "Plan version", "Audit tool", "Auditor", "Date", "Kind", "Marks")


def test_marks_come_as_a_list_writes_them() -> None:
    said = "advice: Met, care: PARTLY MET (what, and when: to be said), plain: na"
    row = ("NB1", "version 1", "Ours, edition 1", "A. Lee", "1/9/2024", "Desk", said)
    came = read("plan_audit", AUDIT, row)
    assert came.records[0].values["marks"] == (
        Mark("advice", "met"),
        Mark("care", "partly", "what, and when: to be said"),
        Mark("plain", "na"),
    )


@pytest.mark.parametrize("said", ["good", "advice: good", "advice, care: Met", "advice: Met extra"])
def test_a_cell_that_holds_no_marks_parks_its_row(said: str) -> None:
    row = ("NB1", "version 1", "Ours, edition 1", "A. Lee", "1/9/2024", "Desk", said)
    came = read("plan_audit", AUDIT, row)
    assert came.records == ()
    assert "is no marks such as" in came.parked[0].why
