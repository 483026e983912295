"""Asking for a file or folder without stopping the window's event loop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from caseworker_app import protecting

BACKUPS = "Backups (*.backup);;All files (*)"


def ask_open(
    parent: QWidget, title: str, start: str, kinds: str, then: Callable[[str], None]
) -> QFileDialog:
    """Ask for a file that is there; `then` gets its path."""
    dialog = _dialog(parent, title, start, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(then)
    dialog.open()
    return dialog


def ask_several(
    parent: QWidget, title: str, kinds: str, then: Callable[[list[str]], None]
) -> QFileDialog:
    """Ask for one file or several that are there; `then` gets their paths."""
    dialog = _dialog(parent, title, "", kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(then)
    dialog.open()
    return dialog


def ask_save(
    parent: QWidget, title: str, start: str, kinds: str, then: Callable[[str], None]
) -> QFileDialog:
    """Ask where to write a file; `then` gets the path. Asks before it replaces one."""
    dialog = _dialog(parent, title, start, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(Path(start).suffix.lstrip("."))
    # A password that was meant for an earlier file of that name is none of this.
    dialog.fileSelected.connect(lambda name: protecting.protect(Path(name), ""))
    dialog.fileSelected.connect(then)
    dialog.open()
    return dialog


def ask_folder(parent: QWidget, title: str, start: str, then: Callable[[str], None]) -> QFileDialog:
    """Ask for a folder that is there; `then` gets its path."""
    dialog = _dialog(parent, title, start, "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(then)
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str, start: str, kinds: str) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(Path(start).parent), kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    # Qt's own dialog has the same names on every system, and can be heard.
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.selectFile(Path(start).name)
    return dialog
