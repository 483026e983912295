"""A combo box filled anew, with what was chosen still chosen where it is still there."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox


def refill(box: QComboBox, pairs: Iterable[tuple[str, str]]) -> None:
    """Offer other (code, words), without a signal."""
    with QSignalBlocker(box):
        wanted = box.currentData()
        box.clear()
        for code, words in pairs:
            box.addItem(words, code)
        box.setCurrentIndex(max(0, box.findData(wanted)))
