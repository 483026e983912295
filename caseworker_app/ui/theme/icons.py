"""Icons from the icon font, in the colours of the theme. The font is loaded when first asked for.

The window asks once the first page is drawn. Of QtAwesome only this one font is taken: its own
drawing would bring eleven more, and OpenGL, which take 40 MB and hold the window's thread.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QIcon,
    QIconEngine,
    QPainter,
    QPixmap,
)

from caseworker_app.ui.theme.themes import Themes

_SHARE = 0.875
"""How much of its square a letter of the font fills."""
_OFF = 0.5
"""How much of its colour the icon of an action has that cannot be done now."""
_LIT = (QIcon.Mode.Active, QIcon.Mode.Selected)


class Icons:
    """Makes icons by their name in the font."""

    def __init__(self, themes: Themes) -> None:
        self._themes = themes

    def menu(self, name: str) -> QIcon:
        """An icon for a menu or a button."""
        return self._icon(name, "dim", "accent")

    def side(self, name: str) -> QIcon:
        """An icon for the side bar."""
        return self._icon(name, "sidetext", "sideseltext")

    def _icon(self, name: str, token: str, lit: str) -> QIcon:
        colour = self._themes.colour
        return QIcon(_Letter(_letters()[name], colour(token), colour(lit)))


class _Letter(QIconEngine):
    """Draws one letter of the font, at whatever size is asked for.

    Qt would clone it for an icon that gets a picture besides; none of ours does.
    """

    def __init__(self, letter: str, colour: QColor, lit: QColor) -> None:
        super().__init__()
        self._letter = letter
        self._colour, self._lit = QColor(colour), QColor(lit)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw it into a square."""
        del state
        font = QFont(_family())
        font.setPixelSize(max(1, round(rect.height() * _SHARE)))
        painter.save()
        painter.setOpacity(_OFF if mode == QIcon.Mode.Disabled else 1.0)
        painter.setPen(self._lit if mode in _LIT else self._colour)
        painter.setFont(font)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._letter)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The same as a picture."""
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made


def _folder() -> Path:
    # Found without loading the library.
    found = find_spec("qtawesome")
    assert found is not None
    assert found.submodule_search_locations is not None
    return Path(found.submodule_search_locations[0]) / "fonts"


@cache
def _family() -> str:
    (font,) = _folder().glob("phosphor-*.ttf")
    return QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(font)))[0]


@cache
def _letters() -> dict[str, str]:
    """The letters of the font by the names of their icons."""
    (names,) = _folder().glob("phosphor-charmap-*.json")
    codes: dict[str, str] = json.loads(names.read_text("ascii"))
    return {name: chr(int(code, 16)) for name, code in codes.items()}
