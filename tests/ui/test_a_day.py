"""A caseworker's day through the real window, by keys alone, beside what a spreadsheet takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support import day as a_day
from tests.support.borough import PASSPHRASE
from tests.support.day import Day

SPREADSHEET = {
    "meeting held for one child": 18,
    "ten decisions": 30,
}
"""Keys that a spreadsheet takes on a tracker of three hundred rows: find the row, go to the column,
type the date; the date and the outcome once, and filled down."""


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", PASSPHRASE)
    path = tmp_path / "day.store"
    a_day.found(path)
    return path


def test_a_day(where: Path, qtbot: QtBot, tmp_path: Path) -> None:
    day = opened(where, tmp_path, qtbot)
    morning = day.snapshot()
    a_day.record_one_review(day)
    a_day.begin_a_note(day)
    a_day.paste_twenty(day)
    a_day.decide_ten(day)
    a_day.snooze_one(day)
    a_day.reassign_thirty(day)
    a_day.write_a_school_pack(day, tmp_path / "packs")
    evening = day.snapshot()
    a_day.undo_all(day)
    assert day.snapshot() == morning
    day.hands.press("Ctrl+Q")
    assert a_day.answer(day, "Keep it as a draft") == [
        'In Annual reviews, "cancelled" (Ashwell, Lea, Meeting) and 1 more is not recorded.'
    ]
    next_day = opened(where, tmp_path, qtbot)
    a_day.redo_all(next_day)
    assert next_day.snapshot() == evening
    next_day.close()
    compare(day.hands.took)


def opened(where: Path, tmp_path: Path, qtbot: QtBot) -> Day:
    day = Day(where, tmp_path / "options", qtbot)
    qtbot.addWidget(day.window)
    return day


def compare(took: dict[str, int]) -> None:
    """Print the keys of each act, beside the spreadsheet's."""
    for words, keys in took.items():
        sheet = SPREADSHEET.get(words)
        print(f"{words}: {keys} keys" + (f" (a spreadsheet: {sheet})" if sheet else ""))  # noqa: T201
    for words, sheet in SPREADSHEET.items():
        assert took[words] < sheet, words
