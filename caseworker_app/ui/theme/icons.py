"""Icons from the icon font, in the colours of the theme. The font is loaded when first asked for.

Loading it takes as long as drawing the first page, so the window asks only after that.
"""

from __future__ import annotations

from PySide6.QtGui import QIcon

from caseworker_app.ui.theme.themes import Themes


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

    def _icon(self, name: str, token: str, active: str) -> QIcon:
        import qtawesome

        colours = self._themes.theme
        return qtawesome.icon(f"ph.{name}", color=colours[token], color_active=colours[active])
