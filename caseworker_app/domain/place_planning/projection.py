"""What a forecast of plans comes to: each January with its bands, as text too, and beside others.

A band of 80 % is from `p10` to `p90`: of all simulations, a tenth lies below it and a tenth above.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from caseworker_app.domain.errors import Refused

QUANTILES = {"p2_5": 0.025, "p10": 0.1, "p50": 0.5, "p90": 0.9, "p97_5": 0.975}


@dataclass(frozen=True, slots=True)
class Band:
    """One figure of one January, over all simulations."""

    mean: float
    p2_5: float
    p10: float
    p50: float
    p90: float
    p97_5: float

    def holds(self, truth: float) -> bool:
        """Whether a figure lies in the band of 80 %."""
        return self.p10 <= truth <= self.p90

    @property
    def document(self) -> dict[str, float]:
        """For JSON."""
        return {"mean": self.mean, **{name: getattr(self, name) for name in QUANTILES}}

    @property
    def words(self) -> str:
        """The middle and the band of 80 %: "548 (510 to 590)"."""
        if self.p10 == self.p90:
            return f"{self.p50:,.0f}"
        return f"{self.p50:,.0f} ({self.p10:,.0f} to {self.p90:,.0f})"


Bands = Mapping[str, Band]


@dataclass(frozen=True, slots=True)
class January:
    """The plans of one January: in all, and by setting, need and year group as text."""

    year: int
    total: Band
    settings: Bands
    needs: Bands
    years_taught: Bands
    cost: Band | None = None

    @property
    def document(self) -> dict[str, Any]:
        """For JSON."""
        by = {
            name: {key: one.document for key, one in getattr(self, name).items()}
            for name in ("settings", "needs", "years_taught")
        }
        cost = {} if self.cost is None else self.cost.document
        return {"year": self.year, "total": self.total.document, **by, "cost": cost}


@dataclass(frozen=True, slots=True)
class Projection:
    """A forecast: the January it starts from, and those ahead.

    Attributes:
        notes: where the rates come from and what was done with them, a sentence each.
    """

    years: Sequence[January]
    notes: Sequence[str] = field(default=())

    @property
    def document(self) -> dict[str, Any]:
        """For JSON."""
        return {"years": [one.document for one in self.years], "notes": list(self.notes)}

    @property
    def text(self) -> str:
        """As a scenario keeps it."""
        return json.dumps(self.document, separators=(",", ":"))


def read_projection(text: str) -> Projection:
    """A forecast as a scenario keeps it. Raises `Refused` where the text is none."""
    try:
        found: Any = json.loads(text)
        return Projection(tuple(_january(one) for one in found["years"]), tuple(found["notes"]))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Refused("The result of this scenario cannot be read.", "result") from error


def _january(one: Mapping[str, Any]) -> January:
    by = {
        name: {key: Band(**each) for key, each in one[name].items()}
        for name in ("settings", "needs", "years_taught")
    }
    cost = Band(**one["cost"]) if one["cost"] else None
    return January(one["year"], Band(**one["total"]), cost=cost, **by)
