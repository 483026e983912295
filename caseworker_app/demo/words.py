"""The words that the invented borough is made of, from `resources/demo`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from caseworker_app import paths


@dataclass(frozen=True, slots=True)
class Words:
    """Names, notes and weights.

    Attributes:
        council: whose children they are.
        needs, need_weights: primary needs and their running totals, as `Random.choices` wants.
        settings: kind to (last year group or None, names).
    """

    council: str
    girls: list[str]
    boys: list[str]
    surnames: list[str]
    comments: list[str]
    exception_notes: list[str]
    needs: list[str]
    need_weights: list[int]
    settings: Mapping[str, tuple[int | None, list[str]]]

    def need(self, draw: Random) -> str:
        """A need, as often as it is met."""
        return draw.choices(self.needs, cum_weights=self.need_weights)[0]


def load_words() -> Words:
    """Read the word lists."""
    folder = paths.resources() / "demo"
    people = tomllib.loads((folder / "people.toml").read_text(encoding="utf-8"))
    settings = tomllib.loads((folder / "settings.toml").read_text(encoding="utf-8"))
    needs: dict[str, int] = people["needs"]
    return Words(
        council=people["council"],
        girls=people["girls"],
        boys=people["boys"],
        surnames=people["surnames"],
        comments=people["comments"],
        exception_notes=people["exception_notes"],
        needs=list(needs),
        need_weights=list(accumulate(needs.values())),
        settings={
            kind: (table.get("last_year"), table["names"]) for kind, table in settings.items()
        },
    )
