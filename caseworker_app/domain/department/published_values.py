"""What published files are made of: the columns before their figures, levels of area, and signs."""

from __future__ import annotations

import re
from collections.abc import Mapping

NATIONAL, REGIONAL, LOCAL = "National", "Regional", "Local authority"
"""The levels of area."""

HEAD = (
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "new_la_code",
    "old_la_code",
    "la_name",
    "breakdown_topic",
    "breakdown",
)
"""The columns before the figures, as every published file has them."""

SIGNS: Mapping[str, str] = {
    "c": "hidden",
    "x": "not available",
    "z": "not applicable",
    "low": "nearly nought",
    "k": "rounds to nought",
    "u": "not reliable",
    ":": "not available",
    "..": "not available",
    "~": "nearly nought",
    "n/a": "not applicable",
    "yes": "yes",
    "no": "no",
    "recruiting": "recruiting",
    "not returned": "not returned",
}
"""What stands in place of a number, in small letters, and what it means."""

_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,9})?|-?\d{1,3}(,\d{3})+|-?\d(\.\d+)?[eE]\+0?\d")


def is_value(cell: str) -> bool:
    """Whether a cell is a number, or a sign that stands for one."""
    text = cell.strip()
    return bool(_NUMBER.fullmatch(text)) or text.casefold() in SIGNS


def number_of(value: str) -> float | None:
    """The number that a value is, or None for a sign."""
    text = value.strip()
    return float(text.replace(",", "")) if _NUMBER.fullmatch(text) else None
