"""`return department`: the files of the Department's shape, in a folder or a workbook."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import TODAY
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
