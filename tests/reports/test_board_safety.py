"""Whatever the words and wherever the file: no formula, nothing half written, one sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from caseworker_app.domain.errors import Cancelled, Refused, Unavailable
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.measures.board import ASKED
from caseworker_app.domain.people import Setting
from caseworker_app.reports.board_workbook import write
from tests.domain.measures.making import board, case
from tests.reports.making import PLAN, read, some

AWKWARD = ("=1+1", "+44", "@x", "-5", "#N/A", "'", "a\x00b\x0bc", "\ud800x", " spaced ")
TURNED = ("\u202e=1+1", "\u200f", "\t=1", "\n=cmd|' /C calc'!A0", "=" * 40_000, "x\u2066y\u2069")


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


@pytest.mark.parametrize("name", AWKWARD)
def test_no_text_becomes_a_formula_an_error_or_a_broken_file(name: str, target: Path) -> None:
    file = case(name, PLAN, setting=Setting(name), caseworker=name, need=name)
    write(board([file], council=name), target)
    found = set()
    for sheet in read(target):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type not in {"f", "e"}
                if cell.data_type == "s":
                    found.add(cell.value)
    clean = name.replace("\x00", "").replace("\x0b", "").replace("\ud800", "")
    assert clean in found


@pytest.mark.parametrize("text", [*AWKWARD, *TURNED])
def test_whatever_people_typed_is_text_wherever_it_stands(text: str, target: Path) -> None:
    file = case("A", PLAN, setting=Setting(text), caseworker=text)
    made = board([file], council=text, audience=Audience.MANAGERS)
    measures = tuple(
        replace(one, statement=text, lead=text, note=text, workstream=text, source=text, due=text)
        for one in made.measures
    )
    said = dict.fromkeys([*(one.ref for one in measures), ASKED], text)
    write(replace(made, measures=measures, commentary=said), target)
    book = read(target)
    clean = "".join(one for one in text if one not in "\x00\x0b\ud800")
    cut = clean if len(clean) <= 32_767 else f"{clean[:32_766]}…"
    found = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert not kinds & {"f", "e"}
    assert cut in found or not cut.strip()
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in book.sheetnames)


def test_text_too_long_for_a_cell_is_cut(target: Path) -> None:
    write(board([case("A", PLAN, setting=Setting("x" * 40_000))]), target)
    longest = max(
        len(cell.value)
        for sheet in read(target)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    )
    assert longest == 32_767


def test_an_empty_store_writes_a_workbook_that_says_so(target: Path) -> None:
    write(board([]), target)
    book = read(target)
    assert book["Overdue now"]["A5"].value == "Nothing is overdue on the as-at date."
    assert book["Data to mend"]["A5"].value == "Nothing to mend was found."


def test_a_return_replaces_the_one_before_it(target: Path) -> None:
    target.write_text("old")
    write(some(), target)
    assert read(target).sheetnames[0] == "Summary"
    assert names(target.parent) == ["board.xlsx"]


def test_progress_counts_every_row_and_ends_whole(target: Path) -> None:
    told: list[tuple[int, int]] = []
    write(some(), target, lambda done, total, _: told.append((done, total)))
    dones = [done for done, _ in told]
    assert dones == sorted(dones)
    assert told[-1][0] == told[-1][1] > 0


def test_stopping_leaves_what_was_there_and_nothing_else(target: Path) -> None:
    target.write_text("old")

    def stop(done: int, _total: int, _words: str) -> None:
        if done > 40:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        write(some(), target, stop)
    assert target.read_text() == "old"
    assert names(target.parent) == ["board.xlsx"]


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        (".", "is a folder"),
        ("no folder/board.xlsx", "There is no folder"),
        ("board.txt", "does not end in .xlsx"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused_in_one_sentence(
    place: str, sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match=sentence):
        write(some(), tmp_path / place)
    assert names(tmp_path) == []


def test_a_target_that_cannot_be_replaced_is_said_to_be_so_and_leaves_no_part(
    tmp_path: Path,
) -> None:
    target = tmp_path / "board.xlsx"
    target.mkdir()
    (target / "in the way").write_text("x")
    with pytest.raises((Refused, Unavailable)):
        write(some(), target)
    assert names(tmp_path) == ["board.xlsx"]
