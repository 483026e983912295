"""Help: the user guide, the list of keys, and what this is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QMessageBox,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import paths
from caseworker_app.ui.actions.catalogue import HERE, every_action
from caseworker_app.ui.fitting import FittingDialog
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.specs import ScreenSpec
from caseworker_app.ui.widgets.table import RowsTable

_IN_LISTS = (
    ("Open the row", "Enter"),
    ("From the search field to the list", "Down"),
    ("Empty the search field", "Esc"),
    ("Open the calendar of a date", "Alt+Down"),
)


def show_keys(window: QWidget) -> None:
    """Every action with its keys, in one table."""
    frame: Frame = window  # type: ignore[assignment]
    columns: tuple[Column[tuple[str, str, str]], ...] = (
        Column("what", "What", lambda row: row[0], width=250, style="strong"),
        Column("keys", "Keys", lambda row: row[1], width=120),
        Column("where", "Where", lambda row: row[2], width=130, style="dim", stretch=True),
    )
    model: RowsModel[tuple[str, str, str]] = RowsModel(
        columns, lambda row: row[0] + row[2], " ".join
    )
    model.set_rows(
        [
            (
                spec.text.replace("&", "").rstrip("…"),
                ", ".join(
                    QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
                    for keys in (spec.keys, spec.also)
                    if keys
                )
                or spec.hint,
                spec.menu.replace("&", "").replace("/", ", "),
            )
            for spec in every_action()
            if spec.asks is None or spec.asks.area == HERE or frame.may(*spec.asks.wanted)
        ]
        + [(what, keys, "In lists") for what, keys in _IN_LISTS]
    )
    dialog = _dialog(window, "Keyboard shortcuts")
    table = RowsTable(model, frame.theme, "Keyboard shortcuts", parent=dialog)
    model.setParent(table)
    _fill(dialog, table)
    dialog.resize(620, 560)
    table.go_first()
    dialog.open()


SECTIONS = {
    "today": "Today",
    "cases": "Cases",
    "case": "A case",
    "costs": "Costs",
    "dashboard": "The dashboard",
    "reviews": "Annual reviews",
    "assessments": "Assessments",
    "transfers": "Phase transfer",
    "adulthood": "Adulthood",
    "families": "Families",
    "disputes": "Families",
    "school_records": "School records",
    "returns": "Returns",
    "answers": "Answers",
    "reconcile": "Held against another system",
    "forecast": "Forecast and rules",
    "rules": "Forecast and rules",
    "figures": "What the Board was promised",
    "quality": "Quality",
    "places": "Places",
    "improvement": "What the Board was promised",
    "letter_templates": "Letters",
    "panels": "Panels",
    "autism": "What the Board was promised",
    "retention": "Keeping and forgetting",
}
"""The heading of the guide that tells of a screen."""

_BY_GROUP = {
    "work": "Lists",
    "set up": "Lists",
    "oversight": "Lists",
    "returns": "Returns",
    "improvement": "What the Board was promised",
}


def section_of(screen: ScreenSpec) -> str:
    """The heading of the guide that tells of a screen; a list of records stands under *Lists*."""
    return SECTIONS.get(screen.key) or _BY_GROUP.get(screen.group, "Lists")


def guide_text() -> str:
    """The guide."""
    return (paths.resources() / "guide.md").read_text("utf-8")


def headings() -> tuple[str, ...]:
    """The headings of the guide's sections, in order."""
    return tuple(line[3:] for line in guide_text().splitlines() if line.startswith("## "))


def show_guide(window: QWidget, section: str = "") -> None:
    """The user guide that travels with the application, open at a section or at its beginning."""
    dialog = _dialog(window, "User guide")
    text = QTextBrowser()
    text.setAccessibleName("User guide")
    text.setMarkdown(guide_text())
    _fill(dialog, text)
    dialog.resize(860, 620)
    dialog.open()
    text.setFocus()
    go_to_section(text, section)


def go_to_section(text: QTextBrowser, section: str) -> None:
    """Bring a section to the top, with the keyboard at its heading."""
    block = text.document().begin()
    while section and block.isValid():
        if block.blockFormat().headingLevel() and block.text() == section:
            text.setTextCursor(QTextCursor(block))
            top = text.document().documentLayout().blockBoundingRect(block).top()
            text.verticalScrollBar().setValue(int(top))
            return
        block = block.next()


def show_about(window: QWidget, version: str) -> None:
    """Name and version."""
    box = QMessageBox(window)
    box.setWindowTitle("About Caseworker")
    box.setText(f"Caseworker {version}")
    box.setInformativeText(
        "Statutory dates for children's EHC plans. Everything stays in your own encrypted store;"
        " nothing is sent anywhere."
    )
    box.open()


def _dialog(window: QWidget, title: str) -> QDialog:
    dialog = FittingDialog(window)
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def _fill(dialog: QDialog, content: QWidget) -> None:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.addWidget(content, 1)
    column.addWidget(buttons)
