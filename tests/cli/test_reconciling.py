"""`reconcile`: an extract of the council's big system, from file to file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli.conftest import TODAY
from tests.support.command import Said, caseworker, one_sentence

HEADINGS = ("Case ref", "Surname", "Forename", "DOB", "UPN", "Primary need", "EHCP issued")


def _cases(store: Path) -> list[dict[str, Any]]:
    said = caseworker("cases", "--store", store, "--json", "--today", TODAY)
    found: list[dict[str, Any]] = said.json["cases"]
    return found


def _plan(case: dict[str, Any]) -> date | None:
    days = [event["on"] for event in case["events"] if event["kind"] == "plan_sent"]
    return date.fromisoformat(days[0]) if len(days) == 1 else None


@pytest.fixture
def changed(store: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """By reference and field, what the extract says and what the store says."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for number, case in enumerate(_cases(store)[2:]):
        plan = _plan(case)
        if number % 5 == 1 and case["need"]:
            found[case["reference"], "need"] = ("PMLD", case["need"])
        if number % 7 == 3 and plan is not None:
            earlier = date(plan.year, plan.month, 1 if plan.day > 1 else 2)
            found[case["reference"], "plan_sent"] = (earlier.isoformat(), plan.isoformat())
    return found


@pytest.fixture
def extract(store: Path, tmp_path: Path, changed: dict[tuple[str, str], tuple[str, str]]) -> Path:
    """Every child but the first two, one more, a cell and a row that cannot be read."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(HEADINGS)
    for case in _cases(store)[2:]:
        reference, plan = case["reference"], _plan(case)
        need = changed.get((reference, "need"), (case["need"],))[0]
        day = changed.get((reference, "plan_sent"))
        sheet.append(
            [
                *(reference, case["surname"], case["forename"], date.fromisoformat(case["born"])),
                *(case["upn"], need, date.fromisoformat(day[0]) if day else plan),
            ]
        )
    sheet.append(["NEW1", "Zebra", "Quill", date(2012, 2, 2), "", "ASD", "31/02/2026"])
    sheet.append(["NEW2", "Nobody", "Ann", None, "", "ASD", None])
    path = tmp_path / "extract.xlsx"
    workbook.save(path)
    return path


def _reconcile(extract: Path, store: Path, *more: object) -> Said:
    return caseworker("reconcile", extract, "--store", store, "--today", TODAY, *more)


def test_what_differs_is_what_was_changed_and_nothing_else(
    extract: Path, store: Path, changed: dict[tuple[str, str], tuple[str, str]]
) -> None:
    missing = [case["reference"] for case in _cases(store)[:2]]

    told = _reconcile(extract, store, "--json").json

    assert {
        (one["case"], one["field"]): (one["theirs"], one["ours"]) for one in told["differences"]
    } == changed
    assert (told["only_theirs"], told["only_ours"]) == (["NEW1"], sorted(missing))
    assert [(one["row"], one["value"]) for one in told["problems"]] == [
        (told["rows_read"], "31/02/2026")
    ]
    assert [one["why"] for one in told["parked"]] == ["no date of birth"]
    assert told["matched"] == told["rows_read"] - 2


def test_some_are_accepted_then_the_rest_and_undo_takes_each_back(
    extract: Path, store: Path, tmp_path: Path, changed: dict[tuple[str, str], tuple[str, str]]
) -> None:
    before = _cases(store)
    first, second, *rest = (f"{case}.{field}" for case, field in changed)

    came = _reconcile(extract, store, "--accept", f"{first},{second}", "--json").json
    assert came["accepted"] == 2
    assert sum(one["accepted"] for one in came["differences"]) == 2
    out = tmp_path / "rest.xlsx"
    said = _reconcile(extract, store, "--accept", rest[0], "--out", out)
    assert said.out.splitlines()[-2:] == [
        "1 difference accepted from extract.xlsx.",
        f"Wrote {out}.",
    ]
    sheets = load_workbook(out)
    assert sheets.sheetnames == [
        *("They say, we say", "Only there", "Only here", "Doubts", "Not read")
    ]
    shown = [row[:1] for row in sheets["They say, we say"].iter_rows(min_row=5, values_only=True)]
    assert [one[0] for one in shown] == [name.partition(".")[0] for name in rest[1:]]

    every = _reconcile(extract, store, "--accept-all", "--json").json
    assert every["accepted"] == len(rest) - 1
    assert _reconcile(extract, store, "--json").json["differences"] == []
    for _ in range(3):
        assert caseworker("undo", "--yes", "--store", store, "--today", TODAY).code == 0
    assert _cases(store) == before
    assert caseworker("check", "--store", store).code == 0


def test_a_further_row_of_a_child_that_disagrees_is_told(store: Path, tmp_path: Path) -> None:
    case = next(one for one in _cases(store) if one["need"] not in ("", "PMLD"))
    path = tmp_path / "twice.csv"
    name = f"{case['reference']},{case['surname']},{case['forename']},{case['born']}"
    lines = ("Case ref,Surname,Forename,DOB,Primary need", f"{name},{case['need']}", f"{name},PMLD")
    path.write_text("\n".join(lines), "utf-8")

    said = _reconcile(path, store)

    told = said.out[said.out.index("Rows that disagree") :]
    assert f"an earlier row of the child says {case['need']}" in " ".join(told.split())


def test_a_mapping_is_remembered_by_name(extract: Path, store: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text('"Primary need" = ""\n', encoding="utf-8")
    _reconcile(extract, store, "--mapping", mapping, "--remember", "Big system", "--json")

    again = _reconcile(extract, store, "--mapping", "big SYSTEM", "--json").json

    assert {one["field"] for one in again["differences"]} == {"plan_sent"}
    unknown = _reconcile(extract, store, "--mapping", "other")
    assert (unknown.code, one_sentence(unknown)) == (2, True)
    assert "Big system" in unknown.err


def test_what_cannot_be_is_one_sentence(extract: Path, store: Path, tmp_path: Path) -> None:
    for more in (
        ("--accept", "X1.need"),
        ("--accept", "X1.need", "--accept-all"),
        ("--remember", "Big system"),
        ("--out", tmp_path),
    ):
        said = _reconcile(extract, store, *more)
        assert (said.code, one_sentence(said)) == (2, True)
    none = _reconcile(tmp_path / "none.xlsx", store)
    assert (none.code, one_sentence(none)) == (2, True)


def test_a_sen2_return_held_against_its_own_store_differs_in_nothing(
    store: Path, tmp_path: Path
) -> None:
    day, out = ("--today", "2027-01-22"), tmp_path / "sen2.xlsx"
    for words in (("codes", "--confirm", "all", "--seen-in", "the guide"), ("sen2", "--out", out)):
        said = caseworker("return", *words, "--store", store, *day)
        assert said.code == 0, said.err

    told = caseworker("reconcile", out, "--store", store, "--json", *day).json

    assert told["matched"] == told["rows_read"] > 20
    assert (told["differences"], told["only_theirs"], told["doubts"]) == ([], [], [])
