"""The commands that change a store: import, backup, restore, the demo."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName

from tests.cli.conftest import TODAY
from tests.support.command import Said, caseworker, one_sentence


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Autumn"
    sheet.append(["Case ref", "Surname", "Forename", "DOB", "Need", "EHCP issued", "AR meeting"])
    sheet.append(["X1", "O'Neill", "Ada", date(2015, 4, 2), "Autism", date(2024, 3, 4), "TBC"])
    sheet.append(["X2", "Şahin", "Noé", date(2012, 1, 9), "ADHD", "04/03/26", None])
    sheet.append(["X3", "Nobody", "Jo", None, "MLD", date(2024, 3, 4), None])
    path = tmp_path / "tracker.xlsx"
    workbook.save(path)
    return path


def bring_in(tracker: Path, store: Path, *more: str) -> Said:
    return caseworker("import", tracker, "--store", store, "--json", "--today", TODAY, *more)


def test_an_import_makes_the_store_and_says_what_it_did(
    tracker: Path, tmp_path: Path, passphrase: str
) -> None:
    said = bring_in(tracker, tmp_path / "new")
    assert (said.code, said.err) == (0, "")
    told = said.json
    assert list(told) == [
        *("files", "rows_read", "cases_created", "cases_updated", "rows_unchanged"),
        *("further_rows", "facts_added", "parked", "problems", "conflicts", "doubts"),
        *("answered", "mapping"),
    ]
    assert (told["rows_read"], told["cases_created"], told["cases_updated"]) == (3, 2, 0)
    assert told["facts_added"] == 2
    (parked,) = told["parked"]
    assert (parked["file"], parked["sheet"], parked["row"]) == ("tracker.xlsx", "Autumn", 4)
    assert parked["why"] == "no date of birth"
    assert parked["case"]
    assert (told["rows_unchanged"], told["further_rows"], told["doubts"]) == (0, 0, [])
    (problem,) = [cell for cell in told["problems"] if cell["column"] == "AR meeting"]
    assert (problem["sheet"], problem["row"], problem["value"]) == ("Autumn", 2, "TBC")
    assert told["mapping"]["Autumn"]["Case ref"] == "reference"
    cases = caseworker("cases", "--store", tmp_path / "new", "--json").json["cases"]
    first = cases[0]
    assert (first["reference"], first["surname"], first["need"]) == ("X1", "O'Neill", "ASD")


def test_importing_again_adds_nothing(tracker: Path, tmp_path: Path, passphrase: str) -> None:
    bring_in(tracker, tmp_path / "new")
    before = caseworker("cases", "--store", tmp_path / "new", "--json").out
    again = bring_in(tracker, tmp_path / "new").json
    assert (again["cases_created"], again["cases_updated"], again["facts_added"]) == (0, 0, 0)
    assert caseworker("cases", "--store", tmp_path / "new", "--json").out == before


def test_a_dry_run_says_the_same_and_changes_nothing(
    tracker: Path, store: Path, tmp_path: Path
) -> None:
    before = caseworker("cases", "--store", store, "--json").out
    dry = bring_in(tracker, store, "--dry-run").json
    assert caseworker("cases", "--store", store, "--json").out == before
    assert bring_in(tracker, store).json == dry


def test_a_dry_run_needs_no_store_and_makes_none(tracker: Path, tmp_path: Path) -> None:
    said = bring_in(tracker, tmp_path / "new", "--dry-run")
    assert (said.code, said.json["cases_created"]) == (0, 2)
    assert not (tmp_path / "new").exists()


def test_without_json_parked_rows_and_problems_are_tables(
    tracker: Path, tmp_path: Path, passphrase: str
) -> None:
    said = caseworker("import", tracker, "--store", tmp_path / "new", "--today", TODAY)
    assert said.code == 0
    assert said.out.startswith(
        "3 rows read: 2 cases created, 0 updated, 0 unchanged, 0 further rows of a case met "
        "already, 1 parked; 2 facts added."
    )
    assert "1 row parked" in said.out
    assert "TBC" in said.out


def test_an_unreadable_file_leaves_no_store_behind(tmp_path: Path, passphrase: str) -> None:
    (tmp_path / "tracker.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    said = caseworker("import", tmp_path / "tracker.xlsx", "--store", tmp_path / "new")
    assert said.code == 2
    assert one_sentence(said), said.err
    assert "tracker.xlsx" in said.err
    assert not (tmp_path / "new").exists()


def test_a_backup_brings_back_what_was_there(tracker: Path, store: Path, tmp_path: Path) -> None:
    before = caseworker("cases", "--store", store, "--json").out
    assert caseworker("backup", "--store", store, "--to", tmp_path / "kept").code == 0
    bring_in(tracker, store)
    after = caseworker("cases", "--store", store, "--json").out
    assert after != before
    files = {path.name for path in tmp_path.iterdir()}
    said = caseworker("restore", tmp_path / "kept", "--store", store)
    assert (said.code, said.err) == (0, "")
    assert caseworker("cases", "--store", store, "--json").out == before
    assert caseworker("check", "--store", store).code == 0
    replaced = {path.name for path in tmp_path.iterdir()} - files
    assert any(name in said.out for name in replaced)


def test_the_wrong_passphrase_is_refused(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", "battery staple")
    said = caseworker("cases", "--store", store)
    assert said.code == 2
    assert one_sentence(said), said.err


def test_a_demo_does_not_write_over_anything(store: Path) -> None:
    before = store.read_bytes()
    said = caseworker("demo", store, "--children", 3)
    assert said.code == 2
    assert one_sentence(said), said.err
    assert store.read_bytes() == before


def test_the_board_return_is_one_workbook_and_the_same_figures(store: Path, tmp_path: Path) -> None:
    period = ("--from", "2026-09-01", "--to", "22/11/2026", "--as-at", TODAY)
    out = tmp_path / "board.xlsx"
    line = ("return", "board", "--store", store, *period, "--out", out, "--today", TODAY)
    said = caseworker(*line, "--json", "--unsuppressed")
    assert (said.code, said.err) == (0, "")
    figures = said.json
    assert [figures[key] for key in ("from", "to", "as_at")] == ["2026-09-01", TODAY, TODAY]
    cases = caseworker("cases", "--store", store, "--json", "--today", TODAY).json["cases"]
    live = [case for case in cases if case["status"] == "live"]
    assert sum(figures["tables"]["primary_need"].values()) == len(live)
    for measure in figures["measures"]:
        assert list(measure) == [
            *("ref", "numerator", "denominator", "value", "target", "rating"),
            *("definition", "note", "hidden", "cases", "denominator_cases", "rows"),
            *(("by_hand", "trend") if "by_hand" in measure else ()),
        ]
        if measure["numerator"] is not None and "by_hand" not in measure:
            assert measure["numerator"] == sum(row["counts"] for row in measure["rows"])
    assert "Measures" in load_workbook(out, read_only=True).sheetnames
    table = caseworker(*line)
    assert table.code == 0
    assert f"Wrote {out}." in table.out


def test_a_councils_own_workbook_is_filled_in_place_of_ours(store: Path, tmp_path: Path) -> None:
    own, out = tmp_path / "ours.xlsx", tmp_path / "filled.xlsx"
    book = Workbook()
    for name, cell in (("return_as_at", "$A$1"), ("measure_W9.9z", "$A$2")):
        book.defined_names[name] = DefinedName(name, attr_text=f"Sheet!{cell}")
    book.save(own)
    line = ("return", "board", "--store", store, "--from", "2026-09-01", "--to", TODAY)
    said = caseworker(*line, "--today", TODAY, "--out", out, "--template", own)
    assert (said.code, said.err) == (0, "")
    assert "measure_W9.9z was left as it was: no figure of this return has that name." in said.out
    assert load_workbook(out)["Sheet"]["A1"].value == "22 Nov 2026"
    told = caseworker(*line, "--today", TODAY, "--out", out, "--template", own, "--json").json
    assert len(told["not_filled"]) == 1
    before = own.read_bytes()
    damaged = tmp_path / "damaged.xlsx"
    damaged.write_bytes(b"PK")
    for wrong, to in (
        (tmp_path / "none.xlsx", out),
        (tmp_path / "ours.csv", out),
        (own, own),
        (damaged, out),
    ):
        refused = caseworker(*line, "--today", TODAY, "--out", to, "--template", wrong)
        assert refused.code == 2
        assert one_sentence(refused), refused.err
    assert own.read_bytes() == before


def test_each_edition_of_the_board_return_has_what_is_meant_for_it(
    store: Path, tmp_path: Path
) -> None:
    out = tmp_path / "board.xlsx"
    line = ("return", "board", "--store", store, "--from", "2026-09-01", "--to", TODAY, "--json")
    has = {}
    for asked in ("board", "team", "managers"):
        said = caseworker(*line, "--out", out, "--today", TODAY, "--edition", asked)
        assert (said.code, said.err) == (0, "")
        cases = {"rows", "cases", "denominator_cases"} <= said.json["measures"][0].keys()
        has[asked] = (cases, "caseworker" in said.json["tables"])
    assert has == {"board": (False, False), "team": (True, False), "managers": (True, True)}
    wrong = caseworker(*line, "--out", out, "--edition", "board", "--unsuppressed")
    assert (wrong.code, wrong.err) == (2, "The Board's edition hides small numbers.\n")


def test_the_contents_name_the_council_the_store_keeps_or_the_one_given(
    store: Path, tmp_path: Path
) -> None:
    out = tmp_path / "board.xlsx"
    line = ("return", "board", "--store", store, "--from", "2026-09-01", "--to", TODAY)
    for given, named in (
        ((), "Northbridge Council"),
        (("--council", "Fen Council"), "Fen Council"),
    ):
        assert caseworker(*line, "--out", out, "--today", TODAY, *given).code == 0
        cover = load_workbook(out)["Contents"]
        assert named in {row[1].value for row in cover.iter_rows(min_row=4, max_row=6)}


@pytest.mark.parametrize(
    ("until", "today", "as_at"),
    [
        ("2026-10-31", "2026-11-22", "2026-10-31"),
        ("2026-12-31", "2026-11-22", "2026-11-22"),
        ("2026-11-22", "2026-11-22", "2026-11-22"),
    ],
)
def test_a_return_is_as_at_its_last_day_or_today_if_sooner(
    store: Path, tmp_path: Path, until: str, today: str, as_at: str
) -> None:
    period = ("--from", "2026-09-01", "--to", until)
    line = ("return", "board", "--store", store, *period, "--out", tmp_path / "board.xlsx")
    assert caseworker(*line, "--today", today, "--json").json["as_at"] == as_at


def test_a_return_that_cannot_be_written_says_where(store: Path, tmp_path: Path) -> None:
    period = ("--from", "2026-09-01", "--to", TODAY)
    for out in (tmp_path, tmp_path / "absent" / "board.xlsx"):
        said = caseworker("return", "board", "--store", store, *period, "--out", out)
        assert said.code == 2
        assert one_sentence(said), said.err
