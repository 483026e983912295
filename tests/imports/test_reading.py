"""Progress, cancelling, and the sentences that say what was understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from caseworker_app.domain.errors import Cancelled
from caseworker_app.imports import reading as imports
from tests.imports.made import sen2
from tests.imports.made.books import TODAY, read

HEAD = ["Ref", "Name", "DOB", "Sch", "Email"]


def _rows(count: int) -> list[list[object]]:
    return [HEAD, *([f"T{at}", f"A{'b' * (at % 9)}, B", "1/1/15", "X", "e"] for at in range(count))]


def test_progress_is_told_up_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    read(tmp_path, _rows(1200), progress=lambda *step: told.append(step))
    assert len(told) > 4
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert told[-1][:2] == (1200, 1200)


def test_a_reading_can_be_stopped(tmp_path: Path) -> None:
    def stop(done: int, total: int, words: str) -> None:
        raise Cancelled(f"stopped at {done} of {total} {words}")

    with pytest.raises(Cancelled):
        read(tmp_path, _rows(600), progress=stop)
    sen2.exports(tmp_path, sen2.ROWS)
    with pytest.raises(Cancelled):
        imports.read([tmp_path], today=TODAY, progress=stop)


def test_what_was_understood_is_said_sheet_by_sheet(tmp_path: Path) -> None:
    rows = [*_rows(2), ["T9", "Smith, Jo", None, "X", "e"]]
    got = read(tmp_path, {"One": rows, "Two": _rows(1), "Key": [["M = maintain"]]})
    assert got.notes == (
        "One: case reference from Ref, name from Name, date of birth from DOB, setting from Sch.",
        "One: nothing is taken from Email.",
        "One: 1 row parked, no date of birth.",
        "Two: laid out as One.",
        "Two: nothing is taken from Email.",
        "Key: no list of children, left out.",
        "4 rows read, 2 children in all.",
        "The files hold the latest review only; earlier ones count as not recorded.",
    )


def test_reading_the_same_file_again_says_the_same(tmp_path: Path) -> None:
    assert read(tmp_path, _rows(30)) == read(tmp_path, _rows(30))
