"""Words of a cell that go on in a second line."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from caseworker_app.ui.delegates.row import in_lines

WORDS = "Decisions to maintain, amend or cease sent within four weeks of the meeting"


@pytest.mark.parametrize("share", [0.3, 0.5, 0.6, 0.8, 1.1])
def test_no_line_is_wider_than_its_room_and_nothing_is_left_out_unsaid(
    qapp: QApplication, share: float
) -> None:
    font = qapp.font()
    metrics = QFontMetrics(font)
    whole = metrics.horizontalAdvance(WORDS)
    lines = in_lines(WORDS, font, int(whole * share))
    assert len(lines) == (1 if share > 1 else 2)
    assert all(metrics.horizontalAdvance(line) <= whole * share + 1 for line in lines)
    shown = " ".join(lines)
    assert shown == WORDS or (shown.endswith("…") and WORDS.startswith(shown[:-1].rstrip()))
    assert (shown == WORDS) == (share >= 0.6)


def test_words_take_as_many_lines_as_they_are_given(qapp: QApplication) -> None:
    font = qapp.font()
    width = QFontMetrics(font).horizontalAdvance(WORDS) // 4
    lines = in_lines(WORDS, font, width, 8)
    assert len(lines) > 3
    assert " ".join(lines) == WORDS
    assert in_lines("", font, width) == []
