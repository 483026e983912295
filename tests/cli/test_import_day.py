"""The day that stands in for the clock reaches the reading of a tracker too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from caseworker_app import bootstrap


def test_a_date_after_the_day_given_is_a_problem_and_before_it_is_a_fact(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", "a long enough passphrase")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ref", "Surname", "Forename", "Date of birth", "Plan issued"])
    for number in range(3):
        sheet.append([f"R{number}", "Lark", f"Ada{number}", "03/04/2012", "01/02/2030"])
    path = tmp_path / "tracker.xlsx"
    book.save(path)

    found = {}
    for day in ("2029-01-01", "2032-01-01"):
        store = tmp_path / f"{day}.store"
        arguments = ["import", str(path), "--store", str(store), "--today", day, "--json"]
        assert bootstrap.main(arguments) == 0
        found[day] = json.loads(capsys.readouterr().out)

    assert found["2029-01-01"]["facts_added"] == 0
    assert len(found["2029-01-01"]["problems"]) == 3
    assert found["2032-01-01"]["facts_added"] == 3
    assert not found["2032-01-01"]["problems"]
