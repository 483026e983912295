"""The same window and store as the tests of the screens."""

from __future__ import annotations

from tests.ui.screens.conftest import ask, borough, founded, go, window

__all__ = ["ask", "borough", "founded", "go", "window"]
