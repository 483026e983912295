"""Makes a screen when it is first shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING

from caseworker_app.ui.screens.base import Frame, Screen
from caseworker_app.ui.screens.specs import spec

if TYPE_CHECKING:
    from caseworker_app.ui.screens.case import CaseScreen


def make(key: str, frame: Frame) -> Screen:
    """Make a screen by its key."""
    declared = spec(key)
    module, _, name = declared.make.partition(":")
    of = getattr(import_module(f"caseworker_app.ui.screens.{module}"), name)
    made: Screen = of(frame, declared) if declared.kind else of(frame)
    made.area = declared.area
    return made


def show_child(
    case: Screen,
    child_id: str,
    trail: Sequence[str],
    why: date | None = None,
    came_from: str = "",
) -> None:
    """Let the case screen show a child, and why a deadline is the legal date given."""
    held: CaseScreen = case  # type: ignore[assignment]
    held.show_child(child_id, trail, why, came_from)
