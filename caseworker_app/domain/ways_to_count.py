"""The ways to count that a council may choose for a rule of its own, in a screen's words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

UNITS: Mapping[str, str] = MappingProxyType(
    {
        "weeks_after": "weeks",
        "days_after": "days",
        "wdays_after": "working days",
    }
)
"""Those of a target."""

COUNTED: Mapping[str, str] = MappingProxyType(
    {
        "weeks_after": "weeks",
        "days_after": "days",
        "days_from": "days, the first one counted",
        "months_after": "months",
        "months_from": "months, from the day itself",
        "wdays_after": "working days",
        "wdays_from": "working days, the first one counted",
        "weeks_before": "weeks before",
        "months_before": "months before",
    }
)
"""Those of a version of a rule: all that take a number."""
