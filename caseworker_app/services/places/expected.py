"""What a council expected of its places, that a forecast's growth is held against."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from caseworker_app import paths
from caseworker_app.domain.place_planning.projection import Projection


@cache
def _shipped() -> tuple[dict[str, Any], ...]:
    path = paths.resources() / "places" / "expected.toml"
    return tuple(tomllib.loads(path.read_text(encoding="utf-8"))["expected"])


def beside_expected(projection: Projection) -> str:
    """The growth of a forecast beside what was expected, in sentences; "" where it has neither."""
    first, last = projection.years[0], projection.years[-1]
    said = []
    for one in _shipped():
        before, after = first.settings.get(one["kind"]), last.settings.get(one["kind"])
        if before is None or after is None or not before.p50 or last.year == first.year:
            continue
        ours = _yearly(before.p50, after.p50, last.year - first.year)
        theirs = _yearly(
            one["from"]["places"], one["to"]["places"], one["to"]["year"] - one["from"]["year"]
        )
        said.append(
            f"{one['words']}: {ours:+.1f} % a year here, where a council expected {theirs:+.1f} % "
            f"({one['from']['places']} in {one['from']['year']} to {one['to']['places']} in "
            f"{one['to']['year']})"
        )
    return f"Growth beside what was expected: {'; '.join(said)}." if said else ""


def _yearly(before: float, after: float, years: int) -> float:
    return 100 * float((after / before) ** (1 / years)) - 100
