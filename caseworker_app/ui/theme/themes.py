"""The theme in use: chosen by the person, or followed from the system."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication

from caseworker_app.ui.theme import tokens
from caseworker_app.ui.theme.palette import palette_of
from caseworker_app.ui.theme.qss import sheet_of
from caseworker_app.ui.theme.tokens import Theme

_SMALLEST = 10.0
"""Points: a smaller system font is hard to read all day."""


class Themes(QObject):
    """Holds the theme in use and puts it on the application.

    Signals:
        changed: another theme is in use.
    """

    changed = Signal()

    def __init__(self, application: QApplication, choice: str = tokens.SYSTEM) -> None:
        super().__init__(application)
        self._application = application
        self.choice = choice if choice in (*tokens.NAMES, tokens.SYSTEM) else tokens.SYSTEM
        self._colours: dict[str, QColor] = {}
        self.zoomed = 100
        # The text of the system, which may be larger than usual, is where enlarging starts from.
        self._points = max(_SMALLEST, application.font().pointSizeF())
        self._set_font()
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow)
        self.theme = _loaded(self._wanted())
        self._use()

    def choose(self, choice: str) -> None:
        """Use a theme by name, or follow the system with `tokens.SYSTEM`."""
        self.choice = choice
        self._follow()

    def zoom(self, percent: int) -> None:
        """Show all text at so many per cent of the size that the system has."""
        if percent != self.zoomed:
            self.zoomed = percent
            self._set_font()
            self._use()

    def colour(self, token: str) -> QColor:
        """A colour of the theme in use, by its token."""
        colour = self._colours.get(token)
        if colour is None:
            colour = self._colours[token] = QColor(self.theme[token])
        return colour

    def _set_font(self) -> None:
        font = self._application.font()
        points = self._points * self.zoomed / 100
        if font.pointSizeF() != points:
            font.setPointSizeF(points)
            self._application.setFont(font)

    def _wanted(self) -> str:
        if self.choice != tokens.SYSTEM:
            return self.choice
        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return tokens.CONTRAST
        return tokens.DARK if hints.colorScheme() == Qt.ColorScheme.Dark else tokens.LIGHT

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted != self.theme.name:
            self.theme = _loaded(wanted)
            self._use()
            self.changed.emit()

    def _use(self) -> None:
        self._colours.clear()
        palette = palette_of(self.theme)
        sheet = sheet_of(self.theme, self._points / _SMALLEST * self.zoomed / 100)
        # Each has Qt go through every control there is, also where nothing is new.
        if self._application.palette() != palette:
            self._application.setPalette(palette)
        if self._application.styleSheet() != sheet:
            self._application.setStyleSheet(sheet)


@cache
def _loaded(name: str) -> Theme:
    return tokens.load(name)
