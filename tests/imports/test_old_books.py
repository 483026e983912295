"""Workbooks of old Excel are read, and a damaged one asks for no more memory than there is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest

from caseworker_app.domain.errors import CaseworkerError, Unreadable
from caseworker_app.imports import reading as imports
from caseworker_app.imports.files import opening
from caseworker_app.imports.files.sheets import Shown
from tests.imports.made import old_books
from tests.imports.made.books import TODAY, events
from tests.imports.made.flavours import Error, Month, Value
from tests.support import mutations

ROWS = [["Ref", "Name", "DOB", "AR held"], ["T1", "Fry, Zo\u00eb", "1/2/2015", 46_115]]


def test_an_old_workbook_is_read(tmp_path: Path) -> None:
    path = tmp_path / "tracker.xls"
    path.write_bytes(old_books.book(ROWS))
    case = imports.read([path], today=TODAY).cases[0]
    assert (case.reference, case.forename, case.born) == ("T1", "Zo\u00eb", date(2015, 2, 1))
    assert events(case) == [("review_meeting_held", "2026-04-03", "")]


@pytest.mark.parametrize("column", [256, 16_384, 65_535])
def test_a_cell_where_none_can_stand_is_damage(column: int, tmp_path: Path) -> None:
    path = tmp_path / "tracker.xls"
    path.write_bytes(old_books.book(ROWS, column_of_last=column))
    with pytest.raises(Unreadable) as refused:
        imports.read([path], today=TODAY)
    assert refused.value.sentence.startswith("tracker.xls ")


TOLD: list[list[Value]] = [
    ["Ref", "Name", "DOB", "AR held"],
    ["T1", "Fry, Zo\u00eb", date(2015, 2, 1), Month(date(2026, 4, 3))],
    ["T2", "Gee, Al", date(2014, 3, 2), Error("#N/A")],
    ["T3", "Hay, Bo", date(2013, 4, 3), 7],
]


@pytest.mark.parametrize("from_1904", [False, True])
def test_an_old_workbook_tells_errors_formats_and_what_is_hidden(
    from_1904: bool, tmp_path: Path
) -> None:
    path = tmp_path / "tracker.xls"
    path.write_bytes(
        old_books.book(
            TOLD,
            hidden=frozenset({1, 3}),
            struck=frozenset({2}),
            from_1904=from_1904,
            formula=True,
        )
    )
    sheet = opening.sheets(path)[0]
    assert [row[2] for row in sheet.rows[1:4]] == [row[2] for row in TOLD[1:]]
    assert sheet.rows[1][3] == date(2026, 4, 3)
    assert sheet.rows[2][3] == Shown("#N/A", "an Excel error")
    assert sheet.month_only == {(1, 3)}
    assert (sheet.hidden_rows, sheet.struck_rows) == ({1, 3}, {2})
    assert sheet.days_from_1904 == from_1904
    assert ["never calculated" in one.why for one in sheet.doubts] == [False, True]


def _refusal(path: Path) -> str:
    """The sentence that a file is refused with, or "" when it is read."""
    try:
        imports.read([path], today=TODAY)
    except CaseworkerError as error:
        return error.sentence
    return ""


@pytest.mark.parametrize("seed", range(4))
def test_broken_old_workbooks_end_in_one_sentence_and_no_noise(
    seed: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    draw, path, refused = Random(seed), tmp_path / "tracker.xls", 0
    whole = old_books.book(ROWS)
    for _ in range(60):
        _, data = mutations.broken(draw, whole)
        path.write_bytes(data)
        sentence = _refusal(path)
        assert "\n" not in sentence
        refused += bool(sentence)
    assert refused > 10
    assert capfd.readouterr().err == ""
