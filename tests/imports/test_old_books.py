"""Workbooks of old Excel are read, and a damaged one asks for no more memory than there is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest

from caseworker_app.domain.errors import CaseworkerError, Unreadable
from caseworker_app.imports import reading as imports
from tests.imports.made import old_books
from tests.imports.made.books import TODAY, events
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
