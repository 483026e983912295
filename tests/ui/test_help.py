"""F1: every screen and dialog has a section of the guide that exists."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import pytest
from PySide6.QtWidgets import QDialog

import caseworker_app.ui.dialogs
import caseworker_app.ui.screens
import caseworker_app.ui.stores
from caseworker_app.ui.help import headings, section_of
from caseworker_app.ui.palette import Palette
from caseworker_app.ui.screens.specs import ScreenSpec, screens

PLACES = (caseworker_app.ui.dialogs, caseworker_app.ui.screens, caseworker_app.ui.stores)


def dialogs() -> set[type[QDialog]]:
    """Every dialog of ours."""
    found: set[type[QDialog]] = {Palette}
    for package in PLACES:
        for one in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{one.name}")
            for _, made in inspect.getmembers(module, inspect.isclass):
                if issubclass(made, QDialog) and made.__module__.startswith("caseworker_app"):
                    found.add(made)
    return found


@pytest.mark.parametrize("screen", screens(), ids=lambda screen: screen.key)
def test_every_screen_has_its_section(screen: ScreenSpec) -> None:
    assert section_of(screen) in headings()


def test_a_dialog_opens_the_guide_at_a_section_that_is_there() -> None:
    sections = {getattr(made, "guide", "") for made in dialogs()} - {""}
    assert sections
    assert sections <= set(headings())
