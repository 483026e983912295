"""`return department`: the files of the Department's shape, in a folder or a workbook."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.cli.conftest import TODAY
from tests.domain.department.test_as_published import timeliness
from tests.services.imports.test_published_file import saved
from tests.support.command import caseworker, one_sentence


def test_the_files_are_written_and_told(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "files"
    said = caseworker(
        *("return", "department", "--store", store, "--year", 2026, "--out", out),
        *("--today", TODAY, "--json"),
    )
    assert (said.code, said.err) == (0, "")
    told = said.json
    assert (told["year"], told["survey_day"], told["as_at"]) == (2026, "2027-01-21", TODAY)
    assert told["suppressed"]
    assert {f"{name}.csv" for name in told["files"]} | {"about.csv"} == {
        one.name for one in out.iterdir()
    }
    book = tmp_path / "files.xlsx"
    whole = caseworker(
        *("return", "department", "--store", store, "--year", 2026, "--out", book),
        *("--today", TODAY, "--unsuppressed"),
    )
    assert (whole.code, whole.err) == (0, "")
    assert whole.out.splitlines()[-1] == f"Wrote 13 files of 2026 to {book}."
    assert book.exists()


def test_a_year_without_a_survey_day_is_refused_until_it_is_given(
    store: Path, tmp_path: Path
) -> None:
    ask = ("return", "department", "--store", store, "--year", 2031, "--out", tmp_path / "a.xlsx")
    said = caseworker(*ask)
    assert said.code == 2
    assert one_sentence(said)
    assert not (tmp_path / "a.xlsx").exists()
    assert caseworker(*ask, "--survey-day", "15/1/2032", "--today", TODAY).code == 0


def test_published_files_come_in_as_they_are_and_stand_beside_the_board_return(
    store: Path, tmp_path: Path
) -> None:
    details = tmp_path / "council.csv"
    details.write_text("LA number,Neighbours\n211,201\n")
    assert caseworker("import", details, "--as", "council_details", "--store", store).code == 0
    published = saved(tmp_path / "timeliness_20_week.csv", timeliness())
    ask = ("import", published, "--as", "published_figure", "--store", store, "--json")
    came = caseworker(*ask).json
    assert (came["made"], came["parked"]) == (30, [])
    assert caseworker(*ask).json["unchanged"] == 30
    both = caseworker(*ask[:2], details, *ask[2:])
    assert both.err.startswith("council.csv is none of the Department's published files")
    made = caseworker(
        *("return", "board", "--store", store, "--from", "1/1/2026", "--to", "22/11/2026"),
        *("--today", TODAY, "--out", tmp_path / "board.xlsx", "--json"),
    ).json
    found = {one["ref"]: one["published"] for one in made["measures"] if "published" in one}
    first = found["S2.1a"][0]
    assert (first["area"], first["period"], first["numerator"]) == ("England", "2019", 31313)
    assert "W1.4e" not in found
    book = load_workbook(tmp_path / "board.xlsx")
    cells = [cell for row in book["Beside others"].iter_rows(values_only=True) for cell in row]
    assert {"England", "London", "Tower Hamlets", "not available"} <= set(cells)
    assert any(isinstance(one, float) and round(one, 3) == 0.587 for one in cells)
