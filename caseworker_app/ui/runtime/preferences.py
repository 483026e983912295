"""The person's own options: theme, window, columns, filters. Nothing of any child is kept here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

MY_NAME = "today/caseworker"
WINDOW = "today/window"


class Preferences:
    """Options in one small file of the person's own data folder.

    Attributes:
        folder: that folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        """An option as text."""
        value = self._file.value(key, default)
        return value if isinstance(value, str) else default

    def set_text(self, key: str, value: str) -> None:
        """Keep an option."""
        self._file.setValue(key, value)

    def state(self, key: str) -> QByteArray | None:
        """A window's or header's saved state, or None."""
        value = self._file.value(key)
        return value if isinstance(value, QByteArray) else None

    def set_state(self, key: str, value: QByteArray) -> None:
        """Keep a window's or header's state."""
        self._file.setValue(key, value)

    def save(self) -> None:
        """Write everything out."""
        self._file.sync()
