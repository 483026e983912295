"""The reading process seen from outside."""

from __future__ import annotations

import os
import select
from pathlib import Path

from caseworker_app.imports.process import ARGUMENT

PATIENCE = 60


def children(parent: int) -> list[int]:
    """The reading processes that a process has started and not yet ended."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            line = (folder / "cmdline").read_bytes()
            status = (folder / "stat").read_text()
        except OSError:
            continue
        if ARGUMENT.encode() in line and int(status.rpartition(")")[2].split()[1]) == parent:
            found.append(int(folder.name))
    return found


def ends(process: int) -> bool:
    """Wait until a process that is not our own child has ended; whether it did."""
    try:
        watched = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watched], [], [], PATIENCE)[0])
    finally:
        os.close(watched)


def slow_tracker(path: Path) -> Path:
    """A tracker that takes some seconds to read, with progress."""
    head = "Case ref,Surname,Forename,DOB,EHCP issued,AR meeting\n"
    rows = (
        f"A{n},Osei{n},Ama{n},{n % 28 + 1:02}/0{n % 9 + 1}/2014,01/02/2022,0{n % 9 + 1}/03/2026\n"
        for n in range(60_000)
    )
    path.write_text(head + "".join(rows))
    return path
