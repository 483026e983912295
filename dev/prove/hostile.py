"""Hostile files through the real command: read rightly or refused, in ten seconds and 1 GiB."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.fuzz.hostile import draws, trial
from tests.fuzz.originals import PASSPHRASE, Originals, make

COUNT = 5000
BATCH = 25
EVERY = 20
"""One in so many is tried as a process of its own, its start counted in."""


def prove(count: int, seed: int) -> list[str]:
    """Draw so many and try them; the figures, and a line for each that went wrong."""
    scratch = Path(tempfile.mkdtemp(prefix="caseworker-prove-"))
    try:
        return _prove(count, seed, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _prove(count: int, seed: int, scratch: Path) -> list[str]:
    os.environ["CASEWORKER_PASSPHRASE"] = PASSPHRASE
    for name in ("HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        os.environ[name] = str(scratch / "home")
    (scratch / "whole").mkdir(parents=True)
    originals = make(scratch / "whole")
    batches = [
        (range(first, min(first + BATCH, count)), seed, originals, scratch)
        for first in range(0, count, BATCH)
    ]
    came: list[trial.Came] = []
    workers = max(1, (os.cpu_count() or 2) // 2)
    # Processes that are started anew: what they were before is not counted with them.
    with multiprocessing.get_context("spawn").Pool(workers, maxtasksperchild=1) as pool:
        for some in pool.imap_unordered(_batch, batches):
            came += some
            for one in some:
                for wrong in one.wrong:
                    print(f"  {_named(one)}: {wrong}; {one.said.err.strip()[:200]}", flush=True)
    return list(_figures(came, count, seed))


def _batch(batch: tuple[range, int, Originals, Path]) -> list[trial.Came]:
    numbers, seed, originals, scratch = batch
    return [one(number, seed, originals, scratch) for number in numbers]


def one(number: int, seed: int, originals: Originals, scratch: Path) -> trial.Came:
    """Draw one and try it."""
    folder = scratch / f"{seed}-{number}"
    folder.mkdir()
    try:
        attempt = draws.drawn(seed, number, originals, folder)
        came = trial.run(attempt, folder, originals, as_process=number % EVERY == 0)
    finally:
        for left in scratch.glob(f"{folder.name}*"):
            shutil.rmtree(left, ignore_errors=True)
    came.attempt = trial.Attempt(attempt.kind, f"{attempt.way} (number {number})", ())
    came.said = trial.Said(came.said.code, "", came.said.err[:300])
    return came


def _named(one: trial.Came) -> str:
    return f"{one.attempt.kind}, {one.attempt.way}"


def _figures(came: list[trial.Came], count: int, seed: int) -> Iterator[str]:
    wrong = [one for one in came if one.wrong]
    read = sum(1 for one in came if one.said.code == 0)
    slowest = max(came, key=lambda one: one.worked)
    largest = max(came, key=lambda one: one.memory)
    times = sorted(one.seconds for one in came)
    kinds = Counter(one.attempt.kind for one in came)
    yield (
        f"{len(came):,} hostile files, seed {seed}: {read:,} read, "
        f"{sum(1 for one in came if one.said.code == 2):,} refused in one sentence, "
        f"{len(wrong):,} wrong"
    )
    yield (
        f"median {times[len(times) // 2]:.1f} s; slowest {slowest.seconds:.1f} s, "
        f"{slowest.worked:.1f} s of the processor ({_named(slowest)}); "
        f"most memory {largest.memory >> 20} MiB ({_named(largest)})"
    )
    yield ", ".join(f"{kind} {number}" for kind, number in kinds.most_common())
    for one in wrong:
        yield f"WRONG {_named(one)}: {'; '.join(one.wrong)}: {one.said.err.strip()}"
    if len(came) != count:
        yield f"WRONG only {len(came)} of {count} were tried"
