"""Who has to act: the parties to a plan, by the code that rules name them with."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WHO: Mapping[str, str] = MappingProxyType(
    {
        "authority": "Council",
        "school": "School",
        "health": "Health",
        "social_care": "Social care",
        "ep": "Educational psychologist",
        "adviser": "Adviser",
        "family": "Family",
        "panel": "Panel",
        "other": "Others",
    }
)
"""Who has to act, by the code in the rule pack, in the word a list shows."""
