"""Import and board return: on stores of their own, against openpyxl alone."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

from data import TODAY, tracker, with_plans
from data import borough as demo_borough
from figures import Figure, side_by_side, timed, worked
from openpyxl import Workbook, load_workbook

from caseworker_app import bootstrap
from caseworker_app.demo.filling import fill
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.services.session import Session
from caseworker_app.services.without_collector import without_collector

ROWS = 5000
TIMES = 5


def new_session(where: Path) -> Session:
    """A session on a new store."""
    os.environ["CASEWORKER_PASSPHRASE"] = secrets.token_hex(8)
    return bootstrap.open_session(str(where), today=TODAY, create=True)


def imports(folder: Path) -> Figure:
    """Read a tracker, count every deadline, write and audit; against only reading the file."""
    path = folder / "tracker.xlsx"
    tracker(path, ROWS)
    numbers = count()

    def ours() -> float:
        session = new_session(folder / f"import-{next(numbers)}")
        try:
            return timed(lambda: session.apply_import(bootstrap.read_files([path])))
        finally:
            session.close()

    def theirs() -> float:
        return timed(lambda: read_with_openpyxl(path))

    mine, other = side_by_side(TIMES, ours, theirs)
    against = f"reading the file with openpyxl ({other:.2f} s)"
    return Figure(f"import of {ROWS:,} tracker rows", mine, against, mine / other, 3)


def read_with_openpyxl(path: Path) -> int:
    """Read every cell of a workbook; how many there are."""
    workbook = load_workbook(path, read_only=True)
    cells = sum(len(row) for sheet in workbook for row in sheet.iter_rows(values_only=True))
    workbook.close()
    return cells


def board(folder: Path) -> Figure:
    """Count and write the board return; against writing the same cells with openpyxl."""
    session = new_session(folder / "board")
    fill(session, with_plans(ROWS))
    target, again = folder / "board.xlsx", folder / "again.xlsx"
    since = date(2026, 9, 1)

    def ours() -> float:
        return worked(
            lambda: bootstrap.board(session, since, TODAY, target=target, edition=Audience.TEAM)
        )

    ours()
    cells = all_cells(target)
    mine, other = side_by_side(TIMES, ours, lambda: worked(lambda: write_plainly(cells, again)))
    session.close()
    total = sum(len(row) for rows in cells.values() for row in rows)
    against = f"writing its {total:,} cells with openpyxl ({other:.2f} s)"
    return Figure(f"board return of {ROWS:,} plans", mine, against, mine / other, 2)


def recount(folder: Path) -> Iterator[Figure]:
    """Count a store's dates anew, against the clock alone; and how large the store is."""
    session = new_session(folder / "recount")
    fill(session, demo_borough(ROWS))
    files = session.caseload()

    def clock() -> float:
        started = time.process_time()
        with without_collector():
            for file in files:
                bootstrap.PACK.deadlines(file.child, file.setting, file.facts)
        return time.process_time() - started

    def ours() -> float:
        started = time.process_time()
        session.recompute()
        return time.process_time() - started

    clock()
    mine, other = side_by_side(3, ours, clock)
    session.close()
    against = f"the clock alone ({other:.2f} s)"
    # It took 4.2 times the clock while each deadline was packed with its explanation.
    yield Figure(
        f"recount of {ROWS:,} children through the store", mine, against, mine / other, 2.1
    )
    size = (folder / "recount").stat().st_size / 1e6
    what = f"store of {ROWS:,} children"
    yield Figure(what, size, "28 MB", size / 28, 1, shown=f"{size:.1f} MB")


Cells = dict[str, list[tuple[object, ...]]]


def all_cells(path: Path) -> Cells:
    """Every cell of a workbook, by sheet."""
    workbook = load_workbook(path, read_only=True)
    cells: Cells = {
        sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in workbook
    }
    workbook.close()
    return cells


def write_plainly(cells: Cells, path: Path) -> None:
    """Write cells with nothing but openpyxl's write-only mode."""
    workbook = Workbook(write_only=True)
    for title, rows in cells.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
