"""The list to pick a kind of fact from, in stages."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from caseworker_app.domain.facts import KINDS
from caseworker_app.ui.theme.themes import Themes

_STAGE = Qt.ItemDataRole.UserRole + 1
_HEADING = 24
_INDENT = 14


def kind_words(kind: str) -> str:
    """A kind as a list entry, "Review meeting held"."""
    label = KINDS[kind].label
    return label[:1].upper() + label[1:]


class KindBox(QComboBox):
    """Every kind of fact. Typing the start of its words finds it; stages stand as headings."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(16)
        self.setStyleSheet("QComboBox { combobox-popup: 0; }")
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
        """Choose a kind."""
        self.setCurrentIndex(max(0, self.findData(kind)))


_STAGES = list(dict.fromkeys(spec.stage for spec in KINDS.values()))


def _by_stage(kind: str) -> tuple[int, int]:
    spec = KINDS[kind]
    return _STAGES.index(spec.stage), spec.order


class _StageDelegate(QStyledItemDelegate):
    """Draws a stage's name above its first kind, so that every entry can still be chosen."""

    def __init__(self, themes: Themes, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), 26 + (_HEADING if index.data(_STAGE) else 0))

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
