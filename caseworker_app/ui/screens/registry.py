"""Which screens there are. Each is loaded when it is first shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from caseworker_app.ui.screens.base import Frame, Screen

if TYPE_CHECKING:
    from caseworker_app.ui.screens.case import CaseScreen

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "today": "Today",
        "cases": "Cases",
        "reviews": "Annual reviews",
        "returns": "Returns",
        "forecast": "Forecast",
        "settings": "Settings",
        "rules": "Rules",
        "case": "Case",
    }
)
"""Key to title, in the order of the side bar; `case` has no place there."""


def make(key: str, frame: Frame) -> Screen:
    """Make a screen by its key."""
    makers = {
        "today": _today,
        "cases": _cases,
        "case": _case,
        "reviews": _reviews,
        "returns": _returns,
        "forecast": _forecast,
        "settings": _settings,
        "rules": _rules,
    }
    return makers[key](frame)


def show_child(case: Screen, child_id: str, trail: Sequence[str], why: date | None = None) -> None:
    """Let the case screen show a child, and why a deadline is the legal date given."""
    held: CaseScreen = case  # type: ignore[assignment]
    held.show_child(child_id, trail, why)


def _today(frame: Frame) -> Screen:
    from caseworker_app.ui.screens.today import TodayScreen

    return TodayScreen(frame)


def _cases(frame: Frame) -> Screen:
    from caseworker_app.ui.screens.cases import CasesScreen

    return CasesScreen(frame)


def _case(frame: Frame) -> Screen:
    from caseworker_app.ui.screens.case import CaseScreen

    return CaseScreen(frame)


def _reviews(frame: Frame) -> Screen:
    from caseworker_app.ui.screens.reviews import ReviewsScreen

    return ReviewsScreen(frame)


def _returns(frame: Frame) -> Screen:
    from caseworker_app.ui.screens.returns import ReturnsScreen

    return ReturnsScreen(frame)


def _settings(frame: Frame) -> Screen:
    from caseworker_app.ui.screens.settings import SettingsScreen

    return SettingsScreen(frame)


def _rules(frame: Frame) -> Screen:
    from caseworker_app.ui.screens.rules import RulesScreen

    return RulesScreen(frame)


def _forecast(frame: Frame) -> Screen:
    from caseworker_app.ui.screens.forecast import ForecastScreen

    return ForecastScreen(frame)
