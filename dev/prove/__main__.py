"""The great counts, whole: what `dev.py test` tries a drawn sample of.

Every other module of this folder is a count. It has

    COUNT = 5000                                          how many are tried when nobody says
    def prove(count: int, seed: int) -> Iterable[str]     tries them; the figures, a line each

A line that begins with `WRONG` says what went wrong, with what it takes to try it again. Then, and
when a count raises, the exit code is 1.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODULES = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))
USUAL = 500
WRONG = "WRONG"


def main() -> int:
    """Run the counts that are named, or all of them."""
    parser = argparse.ArgumentParser(prog="dev.py prove", description="The great counts, whole.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MODULES))
    parser.add_argument("--count", type=int, help="how many to try, instead of the great count")
    parser.add_argument("--seed", type=int, default=7, help="what they are drawn from")
    given = parser.parse_args()
    unknown = sorted(set(given.names) - set(MODULES))
    if unknown:
        parser.error(f"there is no count {', '.join(unknown)}; there are: {', '.join(MODULES)}")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # Tests and builders are imported by their full names, the counts by their own.
    sys.path[:0] = [str(HERE.parent.parent), str(HERE)]
    worst = 0
    for name in given.names or MODULES:
        worst = max(worst, run(name, given.count, given.seed))
    return worst


def run(name: str, count: int | None, seed: int) -> int:
    """Run one count and print its lines; 1 when something went wrong."""
    began, wrong = time.monotonic(), 0
    for line in _lines(name, count, seed):
        wrong |= line.startswith(WRONG)
        print(f"{name}: {line}", flush=True)
    print(f"{name}: {time.monotonic() - began:,.0f} s", flush=True)
    return wrong


def _lines(name: str, count: int | None, seed: int) -> Iterator[str]:
    """What a count says, as soon as it says it."""
    try:
        module = importlib.import_module(name)
        yield from module.prove(count or getattr(module, "COUNT", USUAL), seed)
    except Exception:  # noqa: BLE001  (a count that breaks off is one that went wrong)
        yield from (f"{WRONG} {line}" for line in traceback.format_exc().splitlines())


if __name__ == "__main__":
    sys.exit(main())
