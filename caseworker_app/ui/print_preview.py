"""The pages before they are printed: Qt's own dialog, with names, our icons, and in the screen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QComboBox, QGraphicsView, QLabel, QLineEdit, QToolBar, QWidget

from caseworker_app.ui.fitting import room_for
from caseworker_app.ui.theme.icons import plain_icon

_ICONS: Mapping[str, str] = {
    "Fit width": "arrows-out-line-horizontal",
    "Fit page": "arrows-out",
    "Zoom out": "magnifying-glass-minus",
    "Zoom in": "magnifying-glass-plus",
    "Portrait": "device-mobile",
    "Landscape": "rectangle",
    "First page": "skip-back",
    "Previous page": "caret-left",
    "Next page": "caret-right",
    "Last page": "skip-forward",
    "Show single page": "file",
    "Show facing pages": "book-open",
    "Show overview of all pages": "squares-four",
    "Page setup": "sliders",
    "Print": "printer",
}
"""Qt's own pictures are too pale on ours to be told from their ground."""

_LEAST, _SHARE = QSize(900, 600), 0.9


def preview_of(printer: QPrinter, title: str, window: QWidget) -> QPrintPreviewDialog:
    """The dialog, not yet open; it is deleted when it is closed.

    Args:
        printer: what it prints on.
        title: of the document.
        window: over which it stands.
    """
    dialog = QPrintPreviewDialog(printer, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(f"Print {title}")
    dialog.setAccessibleName(f"Print {title}")
    for bar in dialog.findChildren(QToolBar):
        _furnish(bar, dialog)
    for view in dialog.findChildren(QGraphicsView):
        view.setAccessibleName("Pages")
    wanted = (window.size() * _SHARE).expandedTo(_LEAST)
    dialog.resize(wanted.boundedTo(room_for(dialog)))
    return dialog


def _furnish(bar: QToolBar, dialog: QWidget) -> None:
    for action in bar.actions():
        if action.text() in _ICONS:
            action.setIcon(plain_icon(_ICONS[action.text()], dialog.palette()))
        held = bar.widgetForAction(action)
        if isinstance(held, QComboBox):
            label = QLabel("&Zoom")
            label.setContentsMargins(6, 0, 6, 0)
            label.setBuddy(held)
            held.setAccessibleName("Zoom")
            bar.insertWidget(action, label)
    for field in bar.findChildren(QLineEdit):
        if not isinstance(field.parentWidget(), QComboBox):
            field.setAccessibleName("Page")
