"""A team of 12 at work on PostgreSQL for so many minutes, then 40 at once: nothing is lost."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from _team_at_work import (
    RUSH,
    TWELVE,
    AtWork,
    council,
    figures,
    mended,
    with_twin,
    works,
    wrong,
)

from caseworker_app import bootstrap
from tests.support.postgres import server

COUNT = 30
"""Minutes."""
CHILDREN = 1000
PAUSE = 5.0
"""Seconds between two things that somebody does, on average."""
CLIENTS = 40
_MOST = 40


def prove(count: int = COUNT, seed: int = 7) -> Iterator[str]:
    """Let them work, and hold the database to what each of them was told.

    Args:
        count: for how many minutes the twelve work; the forty work for one.
        seed: of the children and of what is done.

    Returns:
        Figures, times beside the same statements by plain SQL, and what is wrong.
    """
    with server(in_earnest=True) as running, tempfile.TemporaryDirectory() as own:
        url, folder = running.database(), Path(own)
        bootstrap.demo(url, children=CHILDREN, seed=seed)
        roles = (*TWELVE, *(("caseworker", "senior") * CLIENTS)[: CLIENTS - len(TWELVE)])
        made = council(running, url, roles)
        with_twin(made)
        for what, many, pause, acts, minutes in (
            ("12 people", len(TWELVE), PAUSE, (), count),
            ("40 clients", CLIENTS, 0.0, RUSH, 1),
        ):
            made.begin()
            AtWork(folder, works(made, folder, many, pause, seed + many, acts)).run(minutes * 60)
            yield f"{what}, {minutes} minutes, {CHILDREN:,} children"
            yield from figures(made, what)
            for one in islice((*wrong(made), *mended(made)), _MOST):
                yield f"WRONG {what}: {one}"
