"""Drawn plans with faults planted: each is pointed out, and none is invented."""

from __future__ import annotations

import tomllib

from caseworker_app import paths
from caseworker_app.domain import unspecific
from tests.support.golden import tried

COUNT = 2000


def prove(count: int = COUNT, seed: int = 7) -> list[str]:
    """Draw plans, spoil them, and compare what is told with what was planted."""
    path = paths.resources() / "plans" / "unspecific.toml"
    vague = unspecific.read(tomllib.loads(path.read_text(encoding="utf-8")))
    planted, bad = tried(count, seed, vague)
    each = ", ".join(f"{code} {many}" for code, many in sorted(planted.items()))
    return [
        f"{count:,} plans, {sum(planted.values()):,} faults planted: {each}",
        *(f"WRONG {one}" for one in bad[:20]),
    ]
