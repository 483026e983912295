"""A drawn sample of the hostile files that `dev.py prove hostile` tries all of."""

from __future__ import annotations

import resource
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.conftest import Apart
from tests.fuzz.hostile import batch, book, draws, others
from tests.fuzz.hostile.archives import with_bomb, zipped
from tests.fuzz.hostile.children import rows
from tests.fuzz.originals import PASSPHRASE, Originals
from tests.support.command import Said, caseworker, one_sentence

SEED = 20
EACH = 5
BATCHES = range(6)


@pytest.fixture(autouse=True)
def _passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", PASSPHRASE)


@pytest.mark.parametrize("of", BATCHES)
def test_hostile_files_are_read_rightly_or_refused(
    of: int, originals: Originals, tmp_path: Path, apart: Apart
) -> None:
    numbers = range(of * EACH, (of + 1) * EACH)
    assert apart(batch.some, SEED, numbers, originals, tmp_path) == []


def test_every_kind_and_every_trick_can_be_drawn(originals: Originals, tmp_path: Path) -> None:
    assert sum(share for share, _ in draws.KINDS.values()) == 100
    for kind, (_, draw) in draws.KINDS.items():
        ways = set()
        for number in range(3):
            folder = tmp_path / f"{kind}-{number}"
            folder.mkdir()
            ways.add(draw(Random(f"{kind}{number}"), originals, folder).way)
        assert ways


@pytest.mark.parametrize("flavour", book.FLAVOURS, ids=lambda one: one.__name__)
def test_a_workbook_without_a_trick_is_read_whole_in_every_flavour(
    flavour: object, tmp_path: Path
) -> None:
    draw = Random(3)
    lines = rows(draw, 5)
    assert callable(flavour)
    path = tmp_path / "tracker.xlsx"
    for number, made in enumerate((book.parts(lines), book.parts(lines, place=False))):
        path.write_bytes(zipped(flavour(draw, made)))
        line = ("import", path, "--store", tmp_path / f"new-{number}", "--json")
        told = caseworker(*line, "--today", "2026-11-22").json
        assert (told["cases_created"], told["parked"], told["problems"]) == (5, [], [])


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "XFD1"])
def test_a_far_cell_costs_nothing_and_loses_nobody(place: str, tmp_path: Path) -> None:
    lines = rows(Random(4), 3)
    row = place.lstrip("XFDA")
    far = f'<row r="{row}"><c r="{place}"><v>1</v></c></row>'
    path = tmp_path / "tracker.xlsx"
    path.write_bytes(zipped(book.parts(lines, far if row != "1" else "")))
    if row == "1":
        made = book.parts(lines)
        sheet = made["xl/worksheets/sheet1.xml"]
        made["xl/worksheets/sheet1.xml"] = sheet.replace(b"</row>", far[11:].encode(), 1)
        path.write_bytes(zipped(made))
    line = ("import", path, "--store", tmp_path / "new", "--dry-run", "--json")
    told = caseworker(*line, "--today", "2026-11-22").json
    assert told["cases_created"] == 3


def _importing(path: Path, store: Path) -> tuple[Said, int]:
    """Bring a file in; what was said, and the peak of the reading process in KiB."""
    said = caseworker("import", path, "--store", store)
    return said, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def test_a_part_of_half_a_gigabyte_is_given_up(tmp_path: Path, apart: Apart) -> None:
    path = tmp_path / "tracker.xlsx"
    made = book.parts(rows(Random(5)))
    path.write_bytes(with_bomb(made, "xl/worksheets/sheet1.xml", b"", b" ", 500))
    said, peak = apart(_importing, path, tmp_path / "new")
    assert said.code == 2
    assert one_sentence(said), said.err
    assert "tracker.xlsx" in said.err
    assert peak < 1 << 20


def test_an_ods_of_a_thousand_bytes_that_repeats_itself_for_ever(tmp_path: Path) -> None:
    for number in range(10):
        path = tmp_path / "tracker.ods"
        path.write_bytes(others.ods(Random(number)))
        line = ("import", path, "--store", tmp_path / "new", "--dry-run", "--json")
        said = caseworker(*line, "--today", "2026-11-22")
        assert said.code == 0 or one_sentence(said), (number, said.err)
