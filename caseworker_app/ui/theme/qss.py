"""A theme as Qt's style sheet: one text, the same for every theme but for the colours in it."""

from __future__ import annotations

import re
from string import Template

from caseworker_app import paths
from caseworker_app.ui.theme.tokens import Theme

_SHEET = Template(
    """
QMainWindow, QDialog, QMessageBox, QWizard { background: $bg; }
QWidget#screen, QWidget#page { background: $bg; }
QToolTip { background: $panel; color: $text; border: 1px solid $edge; padding: 4px; }

QMenuBar { background: $panel; color: $text; border-bottom: 1px solid $line; padding: 2px 4px; }
QMenuBar::item { padding: 4px 9px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: $sel; color: $seltext; }
QMenu { background: $panel; color: $text; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 26px; border-radius: 4px; }
QMenu::item:selected { background: $sel; color: $seltext; }
QMenu::item:disabled { color: $dim; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QStatusBar { background: $panel; color: $dim; border-top: 1px solid $line; }
QStatusBar QLabel { color: $dim; padding: 2px 6px; }
QStatusBar::item { border: none; }

QLabel { color: $text; background: transparent; }
QLabel#title { font-size: 14pt; font-weight: 600; }
QLabel#heading { font-weight: 600; }
QLabel#section { font-size: 12pt; font-weight: 600; }
QLabel#dim, QLabel#hint { color: $dim; }
QLabel#problem { color: $red; font-weight: 600; }
QLabel#good { color: $green; }
QLabel#doubt { color: $amber; font-weight: 600; }

QPushButton, QToolButton#button {
    background: $panel; color: $text; border: 1px solid $edge; border-radius: 5px;
    padding: 5px 12px; min-height: 18px;
}
QPushButton:hover, QToolButton#button:hover { background: $hover; }
QPushButton:pressed { background: $sel; }
QPushButton:focus, QToolButton#button:focus { border: 2px solid $focus; padding: 4px 11px; }
QPushButton:disabled { color: $dim; background: $bg; border-color: $line; }
QPushButton#primary, QPushButton:default {
    background: $accent; color: $accenttext; border: 1px solid $accent;
}
/* Not every default button: its size is worked out with plain letters, and cuts bold ones. */
QPushButton#primary { font-weight: 600; }
QPushButton#primary:hover, QPushButton:default:hover { background: $accentdown; }
QPushButton#primary:focus, QPushButton:default:focus { border: 2px solid $text; }
QPushButton#primary:disabled, QPushButton:default:disabled {
    background: $bg; color: $dim; border-color: $line;
}
QPushButton#flat { border: 1px solid transparent; background: transparent; }
QPushButton#flat:focus { border: 2px solid $focus; }
QPushButton#chip {
    background: $bluebg; color: $blue; border: 1px solid transparent; border-radius: 13px;
    padding: 3px 11px;
}
QPushButton#chip:hover { border: 1px solid $blue; }
QPushButton#chip:focus { border: 2px solid $focus; padding: 2px 10px; }
QPushButton#pick {
    min-width: 18px; max-width: 18px; padding: 4px 6px; min-height: 19px;
    background-image: url("$down"); background-position: center; background-repeat: no-repeat;
}
QPushButton#pick:focus { padding: 3px 5px; }
QPushButton#link {
    border: 1px solid transparent; background: transparent; color: $accent; padding: 2px 4px;
    text-align: left;
}
QPushButton#link:focus { border: 1px solid $focus; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox, QDateEdit {
    background: $panel; color: $text; border: 1px solid $edge; border-radius: 5px;
    padding: 4px 8px; min-height: 19px;
    selection-background-color: $accent; selection-color: $accenttext;
    placeholder-text-color: $dim;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QComboBox:focus,
QDateEdit:focus { border: 2px solid $focus; padding: 3px 7px; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled { color: $dim; background: $bg; }
QLineEdit[wrong="true"], QComboBox[wrong="true"], QPlainTextEdit[wrong="true"] {
    border: 2px solid $red; padding: 3px 7px;
}
QTableView QLineEdit, QTreeView QLineEdit {
    border: 2px solid $focus; border-radius: 0; padding: 0 4px; min-height: 0;
}
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$down"); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
    background: $panel; color: $text; border: 1px solid $edge; outline: none;
    selection-background-color: $sel; selection-color: $seltext;
}

QMessageBox QPushButton { font-weight: 600; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QCheckBox, QRadioButton { color: $text; spacing: 7px; padding: 3px; background: transparent; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid $focus; border-radius: 4px; padding: 2px; }
QCheckBox::indicator, QListWidget::indicator {
    width: 14px; height: 14px; border: 1px solid $edge; border-radius: 4px; background: $panel;
}
QCheckBox::indicator:checked, QListWidget::indicator:checked {
    background: $accent; border-color: $accent; image: url("$tick");
}
QCheckBox::indicator:disabled { border-color: $line; background: $bg; }

QTableView, QTreeView, QListView, QListWidget {
    background: $panel; color: $text; border: 1px solid $line; outline: none;
    gridline-color: $line; selection-background-color: $sel; selection-color: $seltext;
    alternate-background-color: $panel;
}
QListWidget#ticks::item { padding: 3px; }
QTreeView#plan::item { padding: 4px 2px; }
QTableView#sections { background: $bg; border: none; }
QTreeView:focus, QListView:focus { border: 1px solid $focus; }
QHeaderView { background: $panel; border: none; }
QHeaderView::section {
    background: $panel; color: $dim; border: none; border-bottom: 1px solid $line;
    padding: 6px 7px; font-size: 9pt; font-weight: 600;
}
QHeaderView::down-arrow { image: url("$down"); width: 11px; height: 11px; }
QHeaderView::up-arrow { image: url("$up"); width: 11px; height: 11px; }
QHeaderView::section:hover { background: $hover; }
QTableCornerButton::section { background: $panel; border: none; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget#page { background: $bg; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QFrame#card, QWidget#card, QPushButton#card {
    background: $panel; border: 1px solid $line; border-radius: 7px;
}
QPushButton#card { min-height: 60px; padding: 0; }
QPushButton#card:hover { border: 1px solid $edge; background: $panel; }
QPushButton#card:checked { border: 2px solid $accent; background: $sel; }
QPushButton#card:focus { border: 2px solid $focus; }
QLabel#number { font-size: 16pt; font-weight: 700; }
QLabel#number[tone="late"] { color: $red; }
QLabel#number[tone="soon"] { color: $amber; }

QWidget#side { background: $side; }
QLabel#brand {
    color: $sideseltext; font-size: 11pt; font-weight: 600; padding: 13px 13px 9px 12px;
}
QPushButton#whose {
    margin: 0 10px 8px 10px; text-align: left; color: $sidetext; background: $side;
    border: 1px solid $sidetext;
}
QPushButton#whose[narrow="true"] { margin: 4px; padding: 4px 2px; min-width: 0;
    text-align: center; }
QPushButton#whose[narrow="true"]::menu-indicator { width: 0; }
QPushButton#whose:hover { background: $sidesel; }
QPushButton#whose:focus { border: 2px solid $sidefocus; }
QListWidget#places { background: $side; color: $sidetext; border: none; }
QListWidget#places:focus { border: none; }

QFrame#bar { background: $bar; border-radius: 7px; border: none; }
QFrame#bar QLabel { color: $bartext; }
QFrame#bar QPushButton {
    background: transparent; color: $barlink; border: 1px solid transparent; font-weight: 600;
    padding: 4px 8px;
}
QFrame#bar QPushButton:focus { border: 2px solid $barlink; }

QTabWidget::pane { border: none; background: $bg; }
QTabBar { background: transparent; }
QTabBar::tab {
    background: transparent; color: $dim; padding: 5px 8px; margin-right: 2px;
    border: 1px solid transparent; border-radius: 13px;
}
QTabBar::tab:hover { background: $hover; }
QTabBar::tab:selected { background: $bluebg; color: $blue; font-weight: 600; }
QTabBar::tab:focus { border: 2px solid $focus; padding: 4px 7px; }

QGroupBox {
    background: $panel; border: 1px solid $line; border-radius: 7px; margin-top: 22px;
    padding: 10px; font-weight: 600;
}
QGroupBox::title { subcontrol-origin: margin; left: 2px; top: 2px; color: $text; }
QSplitter::handle { background: $bg; }
QProgressBar {
    background: $greybg; border: 1px solid $edge; border-radius: 5px; text-align: center;
    color: $text; min-height: 16px;
}
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QTextBrowser { background: $panel; border: 1px solid $line; border-radius: 7px; padding: 8px; }
QCalendarWidget QAbstractItemView {
    background: $panel; color: $text; selection-background-color: $accent;
    selection-color: $accenttext;
}
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $panel; }
QCalendarWidget QToolButton { color: $text; background: $panel; padding: 4px 8px; }
"""
)


_POINTS = re.compile(r"font-size: (\d+)pt")
_SIGNS = ("down", "up", "tick")
"""Pictures beside the theme files, one for each theme."""


def sheet_of(theme: Theme, scale: float = 1.0) -> str:
    """The style sheet of a theme, for text so many times as large as it is written."""
    folder = paths.resources() / "themes"
    signs = {name: (folder / f"{name}-{theme.name}.svg").as_posix() for name in _SIGNS}
    sheet = _SHEET.substitute(theme.colours, **signs)
    return _POINTS.sub(lambda found: f"font-size: {float(found[1]) * scale:g}pt", sheet)
