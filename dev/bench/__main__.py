"""How fast Caseworker is: ratios taken in one run, each against its bar.

Name figures to take only those: list, clock, start, import, board, recount,
collector, large, records.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import caseworker_app  # noqa: F401  # isort: skip  (it tells openpyxl with what to write)
import collecting
import data
import dates
import large
import lists
import records
import starting
import stores
from figures import Figure

CHILDREN = 50_000
FACTS = 600_000


def main() -> int:
    """Take the figures, print a line each, and fail when a bar is not reached."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    wanted = sys.argv[1:]
    missed = 0
    with tempfile.TemporaryDirectory() as scratch:
        parts: dict[str, Callable[[], Iterator[Figure]]] = {
            "start": lambda: iter([starting.measure(Path(scratch))]),
            "import": lambda: iter([stores.imports(Path(scratch))]),
            "board": lambda: iter([stores.board(Path(scratch))]),
            "recount": lambda: stores.recount(Path(scratch)),
            "collector": lambda: iter([collecting.measure()]),
            "large": lambda: large.measure(Path(scratch)),
            "records": lambda: records.measure(Path(scratch)),
            "clock": clock_and_list,
        }
        parts["list"] = parts["clock"]
        chosen = [parts[name] for name in wanted] or list(dict.fromkeys(parts.values()))
        for part in chosen:
            for figure in part():
                print(figure.line, flush=True)
                missed += figure.ratio >= figure.bar
    return 1 if missed else 0


def clock_and_list() -> Iterator[Figure]:
    """The clock over a big council, and then the list of its children."""
    borough = data.borough(CHILDREN)
    figure, found = dates.measure(dates.children(borough, FACTS))
    yield figure
    rows = dates.rows(borough, found)
    del found
    yield from lists.measure(rows)


if __name__ == "__main__":
    sys.exit(main())
