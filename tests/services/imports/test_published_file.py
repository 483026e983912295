"""The Department's published files from the disk: several at once, in whatever letters."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from caseworker_app import paths
from caseworker_app.domain.department.files_as_published import Wanted
from caseworker_app.domain.errors import Unreadable
from caseworker_app.reports.department_layout import load_layouts
from caseworker_app.services.imports.published_file import is_one, read_files
from tests.domain.department.test_as_published import timeliness

LAYOUTS = load_layouts(paths.resources()).files
WANTED = Wanted("211", frozenset({"201"}))


def saved(path: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_several_files_are_read_and_of_a_figure_in_two_the_last_counts(tmp_path: Path) -> None:
    first = saved(tmp_path / "timeliness_20_week.csv", timeliness(), "utf-8-sig")
    later = timeliness()
    later[1][12] = "53328"
    second = saved(tmp_path / "timeliness_20_week (1).csv", later, "cp1252")
    assert is_one(first)
    assert is_one(second)
    incoming = read_files([first, second], LAYOUTS, WANTED)
    assert incoming.rows_read == len(incoming.records) == 30
    england = next(one for one in incoming.records if one.values["period"] == "2019")
    assert (england.values["value"], england.place.row) == ("53328", 2)
    assert incoming.notes[-1] == "30 figures said more than once: the last one counts."
    assert incoming.notes[0] == (
        "timeliness_20_week.csv: 9 rows read as timeliness_20_week, 30 figures taken."
    )


def test_what_is_none_is_told(tmp_path: Path) -> None:
    plain = saved(tmp_path / "a.csv", [["Name", "Kind"], ["x", "y"]])
    assert not is_one(plain)
    assert not is_one(tmp_path)
    assert not is_one(tmp_path / "missing.csv")
    with pytest.raises(Unreadable, match=r"a\.csv is none of the Department's published files"):
        read_files([plain], LAYOUTS, WANTED)
    broken = tmp_path / "b.csv"
    broken.write_text('time_period,geographic_level\n"2024,National\n')
    with pytest.raises(Unreadable, match=r"b\.csv"):
        read_files([broken], LAYOUTS, WANTED)
