"""SEN2 and the inspection list by commands: what is written, and that it comes back the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

from tests.cli.conftest import TODAY
from tests.support.command import Said, caseworker

DAY = ("--today", TODAY)


def _confirmed(store: Path) -> None:
    said = caseworker("return", "codes", "--store", store, "--confirm", "all", *DAY)
    assert said.code == 0, said.err


def _sen2(store: Path, out: Path, *more: object) -> Said:
    return caseworker("return", "sen2", "--store", store, "--out", out, *more, *DAY)


def test_no_file_is_written_before_the_codes_are_confirmed(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "sen2.xlsx"
    said = _sen2(store, out, "--json")
    assert said.code == 2
    assert not out.exists()
    assert said.err.startswith("No file is written before an administrator has confirmed")
    assert "direct payments (DP)" in said.err
    assert said.err.count("\n") == 1
    errors = said.json["errors"]
    assert {tuple(one) for one in errors} == {("rule", "level", "case", "field", "words")}
    assert {one["level"] for one in errors} <= {"E", "Q"}
    wrong = caseworker("return", "codes", "--store", store, "--confirm", "DP: health E", *DAY)
    assert (wrong.code, wrong.err) == (2, "Two of the direct payments (DP) have the same letter.\n")
    asked = ("--confirm", "DP: health X", "--seen-in", "guide 1.2", "--json")
    shown = caseworker("return", "codes", "--store", store, *asked, *DAY).json
    letters = {one["set"]: (one["letters"], one["state"]) for one in shown["codes"]}
    assert letters["DP"] == ("education E, health X, care S, integrated I", "confirmed")
    assert letters["WBP"][1] == "waits"
    _confirmed(store)
    assert _sen2(store, out).code == 0
    assert out.exists()
    history = caseworker("check", "--store", store, *DAY)
    assert history.code == 0, history.out


@pytest.mark.parametrize("ending", ["xml", "xlsx"])
def test_what_is_written_comes_back_the_same(store: Path, tmp_path: Path, ending: str) -> None:
    _confirmed(store)
    first, second = (tmp_path / f"{name}.{ending}" for name in ("first", "second"))
    assert _sen2(store, first).code == 0
    other = tmp_path / "other"
    came = caseworker("import", first, "--store", other, "--json", *DAY).json
    assert (came["parked"], came["problems"], came["doubts"]) == ([], [], [])
    _confirmed(other)
    assert _sen2(other, second).code == 0
    assert _data(second) == _data(first)
    # And once more on top of itself, which adds nothing.
    again = caseworker("import", second, "--store", other, "--json", *DAY).json
    assert (again["cases_created"], again["cases_updated"], again["facts_added"]) == (0, 0, 0)


def _data(path: Path) -> Any:
    if path.suffix == ".xml":
        return path.read_bytes()
    sheet = openpyxl.load_workbook(path)["Data Entry Template"]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_template_has_nine_tables_and_the_xml_says_it_is_a_draft(
    store: Path, tmp_path: Path
) -> None:
    _confirmed(store)
    book, markup = tmp_path / "sen2.xlsx", tmp_path / "sen2.xml"
    assert _sen2(store, book).code == 0
    assert "a draft" in _sen2(store, markup).out
    rows = _data(book)
    titles = [row[0] for row in rows if row[0] and not any(row[1:])]
    assert titles == [
        *("Header Record", "Person Record", "Requests Records", "Assessments Records"),
        *("Named Plan Records", "Plan Detail Records", "Active Plan Records"),
        *("Placement Detail Records", "SEN Need Records"),
    ]
    at = next(number for number, row in enumerate(rows) if row[0] == "Person Record")
    assert rows[at + 1][:6] == [
        *("Record Type", "Person ID", "LA (From Header Record)", "Surname", "Forename"),
        "Date of Birth (ccyy-mm-dd)",
    ]
    assert rows[at - 2] == rows[at - 1] == [None] * len(rows[at])
    text = markup.read_text("utf-8")
    assert "<!-- Draft" in text
    root = ElementTree.fromstring(text)
    assert root.tag == "Message"
    people = root.findall("./Persons/Person")
    persons = sum(row[0] == "Person" for row in rows)
    assert len(people) == persons > 0
    assert all(one.text for one in root.iter() if not len(one))


def test_last_years_return_is_compared_by_child_and_item(store: Path, tmp_path: Path) -> None:
    _confirmed(store)
    last = tmp_path / "last.xlsx"
    assert _sen2(store, last).code == 0
    same = caseworker("return", "sen2", "--store", store, "--last", last, *DAY)
    assert "Different from last year" not in same.out
    children = caseworker("cases", "--store", store, "--json", *DAY).json["cases"]
    live = next(one for one in children if one["status"] == "live" and one["upn"])
    moved = tmp_path / "new.csv"
    moved.write_text(f"UPN,Postcode,From\n{live['upn']},E1 4NS,1/10/2026\n", "utf-8")
    said = caseworker("import", moved, "--as", "address", "--store", store, *DAY)
    assert said.code == 0, said.err
    found = caseworker("return", "sen2", "--store", store, "--last", last, *DAY).out
    changed = found[found.index("Different from last year") :]
    assert "PostCode" in changed
    assert live["reference"] in changed
    nothing = caseworker("return", "sen2", "--store", store, "--last", moved, *DAY)
    assert (nothing.code, nothing.err) == (
        2,
        "new.csv is no SEN2 return: it names no persons.\n",
    )


def test_the_inspection_list_is_a_sheet_of_lettered_answers(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "list.xlsx"
    asked = ("--as-at", "22/11/2026", "--store", store, "--out", out, "--json", *DAY)
    said = caseworker("return", "inspection", *asked)
    assert said.code == 0, said.err
    sheet = openpyxl.load_workbook(out)["List_1"]
    head, *rows = sheet.iter_rows(values_only=True)
    assert head[:4] == ("Unique ID", "UPN", "ULN", "Date of birth")
    assert len(rows) == said.json["children"] > 0
    assert all(row[4] in ("a) Male", "b) Female") for row in rows)
    assert all(len(str(row[3])) == 10 and str(row[3])[2] == "/" for row in rows)
    assert {one["rule"] for one in said.json["errors"]} <= {"108a"}


def test_a_year_without_a_layout_is_refused(store: Path) -> None:
    said = caseworker("return", "sen2", "--year", 2022, "--store", store, *DAY)
    assert (said.code, said.err) == (
        2,
        "There is no SEN2 layout for 2022, only for 2023 to 2027.\n",
    )
