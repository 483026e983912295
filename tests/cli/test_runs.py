"""Kept returns on the command line: listed, counted again, compared, written out, withdrawn."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import TODAY
from tests.support.command import Said, caseworker

PERIOD = ("--from", "2026-09-01", "--to", "2026-11-22")


def run(*words: object, store: Path, today: str = TODAY) -> Said:
    said = caseworker(*words, "--store", store, "--today", today)
    assert "Traceback" not in said.err
    return said


def test_a_return_is_kept_and_comes_out_again(store: Path, tmp_path: Path) -> None:
    tidy, out = tmp_path / "tidy.csv", tmp_path / "board.xlsx"
    first = run("return", "board", *PERIOD, "--out", out, "--tidy", tidy, "--json", store=store)
    assert first.code == 0, first.err
    told = run("runs", "--json", store=store).json["runs"]
    assert [one["id"] for one in told] == ["1"]
    assert told[0]["parameters"]["edition"] == "board"
    assert told[0]["public"]
    cases = run("cases", "--json", store=store).json["cases"]
    ref = next(one for one in cases if one["status"] == "live")
    tracker = tmp_path / "late.csv"
    tracker.write_text(
        f"Reference,Surname,Forename,Date of birth,Plan ceased\n{ref['reference']},"
        f"{ref['surname']},{ref['forename']},{ref['born']},20/11/2026\n"
    )
    assert run("import", tracker, store=store, today="2026-12-01").code == 0

    again = run("runs", "--again", "1", "--json", store=store, today="2027-11-22")

    assert (again.code, again.out) == (0, first.out), again.err
    assert "The same figures" in again.err
    back = tmp_path / "back.csv"
    told_of = run("runs", "--again", "1", "--out", back, store=store, today="2027-11-22")
    assert told_of.code == 0
    assert back.read_bytes() == tidy.read_bytes()
    with tidy.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["hidden"] for row in rows} == {"0", "1"}
    compared = run("runs", "--compare", "1", "now", "--json", store=store)
    changed = [one for one in compared.json["tables"] if one["ref"] == "primary_need"]
    assert ref["reference"] in json.dumps(changed)
    assert ref["reference"] in run("runs", "--compare", "1", "now", store=store).out
    gone = run("runs", "--withdraw", "1", "--why", "A slip", "--never-left", store=store)
    assert "withdrawn; it never left the house" in gone.out
    assert "A slip" in run("runs", store=store).out


def test_figures_known_on_an_evening_are_written(store: Path, tmp_path: Path) -> None:
    known = ("--known-at", "2020-01-01", "--edition", "team")
    rows = tmp_path / "rows.json"
    said = run("return", "board", *PERIOD, *known, "--tidy", rows, "--json", store=store)
    assert said.code == 0, said.err
    found = {(one["measure"], one["breakdown"]): one for one in json.loads(rows.read_text())}
    assert found["live", "total"]["value"] == 0
    assert next(one for one in said.json["measures"] if one["ref"] == "W1.4e")["denominator"] == 0
    assert run("runs", "--json", store=store).json["runs"][0]["parameters"]["known_at"]


def test_a_list_and_files_are_counted_again_compared_and_written_as_they_were(
    store: Path, tmp_path: Path
) -> None:
    listed, files = tmp_path / "list.xlsx", tmp_path / "files.xlsx"
    assert run("return", "inspection", "--out", listed, store=store).code == 0
    assert run("return", "department", "--year", "2026", "--out", files, store=store).code == 0
    cases = run("cases", "--json", store=store).json["cases"]
    one = next(one for one in cases if one["status"] == "live")
    tracker = tmp_path / "late.csv"
    tracker.write_text(
        f"Reference,Surname,Forename,Date of birth,Plan ceased\n{one['reference']},"
        f"{one['surname']},{one['forename']},{one['born']},20/11/2026\n"
    )
    assert run("import", tracker, store=store, today="2026-12-01").code == 0
    for key, children in (("1", True), ("2", False)):
        again = run("runs", "--again", key, "--json", store=store)
        assert (again.code, again.json["other"], again.json["disposed"]) == (0, [], 0)
        assert again.json["figures"]
        back = tmp_path / f"back{key}.xlsx"
        told = run("runs", "--again", key, "--out", back, store=store)
        assert f"The same figures as were kept of return {key}." in told.out
        assert back.is_file()
        compared = run("runs", "--compare", key, "now", "--json", store=store)
        assert compared.json["other"]
        of = {each.get("case") for each in compared.json["other"]}
        assert (one["reference"] in of) is children
        assert "differ." in run("runs", "--compare", key, "now", store=store).out
    refused = run("runs", "--compare", "1", "2", store=store)
    assert (refused.code, "of one kind" in refused.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--again", "7"), "There is no kept return 7."),
        (("--again", "x"), "There is no kept return x."),
        (("--compare", "1", "now"), "There is no kept return 1."),
        (("--withdraw", "1", "--why", "x"), "no longer in the store"),
        (("--again", "1", "--withdraw", "1"), "Give one of --again, --compare and --withdraw."),
        (("--out", "x.csv"), "--out goes with --again"),
        (("--why", "x"), "--why and --never-left go with --withdraw."),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    store: Path, words: tuple[str, ...], sentence: str
) -> None:
    said = run("runs", *words, store=store)
    assert said.code == 2
    assert sentence in said.err


def test_a_return_must_be_written_somewhere(store: Path) -> None:
    said = run("return", "board", *PERIOD, store=store)
    assert said.code == 2
    assert "--out" in said.err
