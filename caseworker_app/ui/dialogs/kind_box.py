"""The list to pick a kind of fact from, in stages."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from caseworker_app.domain.facts import KINDS
from caseworker_app.ui.theme.themes import Themes

_STAGE = Qt.ItemDataRole.UserRole + 1
_HEADING = 24
_INDENT = 14


def kind_words(kind: str) -> str:
    """A kind as a list entry, "Review meeting held"."""
    label = KINDS[kind].label
    return label[:1].upper() + label[1:]


OFTEN = (
    "review_meeting_held",
    "review_report_received",
    "review_decision_sent",
    "amendment_notice_sent",
    "amended_plan_sent",
    "advice_received",
    "plan_sent",
)
"""What a letter means first where it begins a word of several kinds."""


def kinds_by_letters(letters: str, stage: str = "") -> list[str]:
    """The kinds that a few letters may mean, likeliest first.

    "m" and "meet" are the start of a word, "mh" the first letters of two.

    Args:
        letters: as typed, without spaces.
        stage: the stage whose kinds come first.
    """
    wanted = letters.casefold()
    found = []
    for kind, spec in KINDS.items():
        words = spec.label.casefold().split()
        places = [
            at
            for at in range(len(words))
            if "".join(words[at:]).startswith(wanted)
            or "".join(word[0] for word in words[at:]).startswith(wanted)
        ]
        if wanted and places:
            often = OFTEN.index(kind) if kind in OFTEN else len(OFTEN)
            found.append(((spec.stage != stage, often, places[0], *_by_stage(kind)), kind))
    return [kind for _, kind in sorted(found)]


class KindBox(QComboBox):
    """Every kind of fact. Letters of its words find it; stages stand as headings."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(16)
        self.setStyleSheet("QComboBox { combobox-popup: 0; }")
        self._letters, self._stage = "", ""
        self._pressed = QElapsedTimer()
        stage = ""
        for kind in sorted(KINDS, key=_by_stage):
            spec = KINDS[kind]
            self.addItem(kind_words(kind), kind)
            if spec.stage != stage:
                stage = spec.stage
                self.setItemData(self.count() - 1, stage, _STAGE)
        self.setItemDelegate(_StageDelegate(themes, self))

    @property
    def kind(self) -> str:
        """The kind chosen."""
        return str(self.currentData())

    def choose(self, kind: str) -> None:
        """Choose a kind; letters then mean those of its stage first."""
        self._stage = KINDS[kind].stage if kind in KINDS else ""
        self.setCurrentIndex(max(0, self.findData(kind)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters choose; the same one again goes on to the next that it may mean."""
        text = event.text()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if plain and text.isalpha():
            self._seek(text)
        else:
            super().keyPressEvent(event)

    def _seek(self, letter: str) -> None:
        pause = QApplication.keyboardInputInterval() * 2
        if not self._pressed.isValid() or self._pressed.elapsed() > pause:
            self._letters = ""
        self._pressed.start()
        self._letters += letter
        again = len(self._letters) if set(self._letters) == {letter} else 1
        found = kinds_by_letters(letter if again > 1 else self._letters, self._stage)
        if found:
            self.setCurrentIndex(self.findData(found[(again - 1) % len(found)]))


_STAGES = list(dict.fromkeys(spec.stage for spec in KINDS.values()))


def _by_stage(kind: str) -> tuple[int, int]:
    spec = KINDS[kind]
    return _STAGES.index(spec.stage), spec.order


class _StageDelegate(QStyledItemDelegate):
    """Draws a stage's name above its first kind, so that every entry can still be chosen."""

    def __init__(self, themes: Themes, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._sizes: dict[tuple[int, int], QSize] = {}
        """By row and size of the text: a list asks for each again whenever one is chosen."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        key = index.row(), option.fontMetrics.height()
        size = self._sizes.get(key)
        if size is None:
            width = super().sizeHint(option, index).width()
            size = QSize(width, 26 + (_HEADING if index.data(_STAGE) else 0))
            self._sizes[key] = size
        return size

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        stage = index.data(_STAGE)
        if stage:
            head = option.rect.adjusted(8, 0, 0, 0)
            head.setHeight(_HEADING)
            painter.save()
            font = QFont(option.font)
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(self._themes.colour("dim"))
            painter.drawText(head, Qt.AlignmentFlag.AlignBottom, str(stage))
            painter.restore()
            option.rect = option.rect.adjusted(0, _HEADING, 0, 0)
        option.rect = option.rect.adjusted(_INDENT, 0, 0, 0)
        super().paint(painter, option, index)
