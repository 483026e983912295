"""The Department's files as they are written: CSV in a folder, and a workbook of the same."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

from caseworker_app.domain.department.protecting import protect
from caseworker_app.domain.department.published_values import HEAD
from caseworker_app.domain.department.sheets import DepartmentReturn
from caseworker_app.domain.errors import Refused, Unreadable
from caseworker_app.reports.department_files import write
from caseworker_app.reports.department_layout import load_layouts
from tests.domain.department.making import PERIOD, borough, counted


@cache
def whole() -> DepartmentReturn:
    return replace(counted(borough(3, 40))[0], council="=Town & Hamlets", la_number="211")


def lines(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text("utf-8-sig").splitlines()))


def test_a_folder_has_a_file_for_each_with_the_published_columns(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert write(whole(), folder) == 14
    assert {one.stem for one in folder.iterdir()} == {
        "about",
        *(sheet.layout.name for sheet in whole().sheets),
    }
    head, everybody, *_ = lines(folder / "timeliness_20_week.csv")
    assert tuple(head[:12]) == HEAD
    assert head[12:14] == ["plans_issued_den", "plans_issued_den_ex"]
    named = dict(zip(head, everybody, strict=True))
    assert (named["time_period"], named["time_identifier"]) == ("2025", "Calendar year")
    assert (named["old_la_code"], named["la_name"]) == ("211", "'=Town & Hamlets")
    assert named["breakdown_topic"] == "All EHC plans issued"
    (_, caseload, *_) = lines(folder / "caseload.csv")
    assert caseload[:3] == ["202526", "Academic year", "Local authority"]
    reviews = lines(folder / "annual_reviews.csv")[0]
    assert {"review_meeting_26", "review_decision_prior25", "outcome_maintan"} <= set(reviews)


def test_the_workbook_says_what_the_files_say(tmp_path: Path) -> None:
    made, _ = protect(*counted(borough(3, 40)), PERIOD)
    write(made, tmp_path / "out")
    write(made, tmp_path / "out.xlsx")
    book = load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["About", *(sheet.layout.name for sheet in made.sheets)]
    hidden = 0
    for sheet in made.sheets:
        rows = [
            ["" if cell is None else str(cell) for cell in row]
            for row in book[sheet.layout.name].iter_rows(min_row=4, values_only=True)
        ]
        assert rows == lines(tmp_path / "out" / f"{sheet.layout.name}.csv")
        hidden += sum(row.count("c") for row in rows)
    assert hidden
    about = (tmp_path / "out" / "about.csv").read_text("utf-8-sig")
    assert "stands for each" in about
    assert "times:" not in about


def test_what_cannot_be_written_to_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    for target in (tmp_path / "file", tmp_path / "no" / "out", tmp_path / "no" / "out.xlsx"):
        with pytest.raises(Refused):
            write(whole(), target)
    assert (tmp_path / "file").read_text() == "here"


def test_a_layout_that_lacks_something_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"department\.toml"):
        load_layouts(tmp_path)
    for folder in ("catalogue", "sen2"):
        (tmp_path / folder).mkdir()
    (tmp_path / "catalogue" / "department.toml").write_text("[topic]")
    (tmp_path / "sen2" / "layout.toml").write_text("")
    (tmp_path / "sen2" / "codes.toml").write_text("")
    with pytest.raises(Unreadable, match="lacks something"):
        load_layouts(tmp_path)
