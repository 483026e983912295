"""Icons: every one that is named is in the font, and shows in the colours of the theme."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caseworker_app.ui.actions.catalogue import every_action
from caseworker_app.ui.screens.specs import places
from caseworker_app.ui.theme.icons import Icons
from caseworker_app.ui.theme.themes import Themes

NAMES = sorted({one.icon for one in (*every_action(), *places()) if one.icon})


@pytest.fixture
def themes(qtbot: QtBot) -> Themes:
    held = QApplication.instance()
    assert isinstance(held, QApplication)
    return Themes(held, "light")


def _ink(icon: QIcon, mode: QIcon.Mode) -> QColor:
    """The colour of what is drawn of an icon, as strong as it gets."""
    image = icon.pixmap(32, 32, mode).toImage()
    spots = [image.pixelColor(x, y) for x in range(32) for y in range(32)]
    return max(spots, key=lambda one: one.alpha())


def test_every_icon_that_is_named_is_drawn(themes: Themes) -> None:
    icons = Icons(themes)
    for name in NAMES:
        ink = _ink(icons.menu(name), QIcon.Mode.Normal)
        assert ink.alpha() > 200, name


def test_an_icon_has_the_colours_of_the_theme_and_is_paler_where_nothing_can_be_done(
    themes: Themes,
) -> None:
    icon = Icons(themes).menu("users")
    assert _ink(icon, QIcon.Mode.Normal).name() == themes.colour("dim").name()
    assert _ink(icon, QIcon.Mode.Active).name() == themes.colour("accent").name()
    assert _ink(icon, QIcon.Mode.Disabled).alpha() < 140


def test_the_library_itself_is_not_loaded() -> None:
    code = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from caseworker_app.ui.theme.icons import Icons\n"
        "from caseworker_app.ui.theme.themes import Themes\n"
        "Icons(Themes(QApplication([]))).menu('users').pixmap(16, 16)\n"
        "print([name for name in sys.modules if name.startswith(('qtpy', 'qtawesome'))])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
