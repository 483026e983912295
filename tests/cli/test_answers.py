"""`return answers`: the list of questions, a draft, and the page that is sent."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.cli.conftest import TODAY
from tests.support.command import Said, caseworker, one_sentence

DAYS = ("--from", "1/1/2025", "--to", "31/12/2026")


def _answers(store: Path, *more: object) -> Said:
    return caseworker("return", "answers", *more, "--store", store, "--today", TODAY)


def test_the_questions_are_listed_with_their_method(store: Path) -> None:
    told = _answers(store, "--json").json["questions"]
    keys = [one["question"] for one in told]
    assert {"phase-transfers", "twenty-weeks", "appeals", "costs"} <= set(keys)
    assert all(one["words"] and one["method"] for one in told)
    shown = _answers(store)
    assert all(key in shown.out for key in keys)


def test_a_draft_is_told_and_a_page_is_written(store: Path, tmp_path: Path) -> None:
    draft = _answers(store, "twenty-weeks", *DAYS, "--json").json
    assert [part["period"] for part in draft["parts"]] == ["2025", "2026, so far"]
    assert draft["published"] is False
    assert [one["ref"] for one in draft["parts"][0]["measures"]] == [
        *("S2.1a", "S2.1a-without-exceptions", "S2.1a-all")
    ]
    assert "A draft" in _answers(store, "twenty-weeks", *DAYS).out
    target = tmp_path / "answer.xlsx"
    said = _answers(store, "twenty-weeks", *DAYS, "--out", target, "--json")
    assert said.json["published"] is True
    assert said.json["parts"] == draft["parts"]
    rows = list(load_workbook(target)["Figures"].iter_rows(min_row=5, values_only=True))
    assert len(rows) == 6
    word = _answers(store, "twenty-weeks", *DAYS, "--out", tmp_path / "answer.docx")
    assert (word.code, word.err) == (0, "")
    assert (tmp_path / "answer.docx").stat().st_size > 1000


def test_what_cannot_be_is_one_sentence(store: Path, tmp_path: Path) -> None:
    for arguments in (
        ("nothing", *DAYS),
        ("appeals",),
        ("appeals", "--from", "1/1/2026", "--to", "1/1/2025"),
        ("appeals", *DAYS, "--out", tmp_path),
        ("appeals", *DAYS, "--out", tmp_path / "page.pdf"),
    ):
        said = _answers(store, *arguments)
        assert (said.code, one_sentence(said)) == (2, True), arguments
