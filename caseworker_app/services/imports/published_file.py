"""The Department's published files brought in as figures to lay beside the council's own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from caseworker_app.domain.department.files_as_published import (
    NEEDED,
    AsPublished,
    Unlike,
    Wanted,
    as_published,
)
from caseworker_app.domain.department.layout import Layout
from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.incoming import ParkedRow, Place
from caseworker_app.domain.incoming_records import IncomingRecord, IncomingRecords
from caseworker_app.domain.kinds import importable, kind_named
from caseworker_app.services.plain_file import contents, name_of
from caseworker_app.services.progress import Progress
from caseworker_app.services.wording import counted

KIND = "published_figure"
_LARGEST = 300_000_000
_HEAD = 8192


def is_one(path: Path) -> bool:
    """Whether a file begins as the published ones do. Never raises."""
    try:
        # A pipe or a device is no file, and would be waited for.
        with path.open("rb") if path.is_file() else io.BytesIO() as file:
            first = file.read(_HEAD).decode("utf-8-sig", "replace").splitlines()[:1]
    except OSError:
        return False
    cells = [one.strip().strip('"') for one in "".join(first).split(",")]
    return all(one in cells for one in NEEDED)


def read_files(
    paths: Sequence[Path],
    layouts: Iterable[Layout],
    wanted: Wanted,
    progress: Progress | None = None,
) -> IncomingRecords:
    """What published files hold; the notes say of each file what it came to.

    Args:
        paths: CSV files as they are downloaded; of a figure in two of them the last one counts.
        layouts: the files that are known.
        wanted: whose rows are kept.
        progress: told which file is read; may raise `Cancelled`.

    Raises:
        Unreadable: a file is none of these; the sentence names it.
    """
    known = tuple(layouts)
    names = [one.name for one in importable(kind_named(KIND))]
    records: dict[tuple[str, ...], IncomingRecord] = {}
    parked: list[ParkedRow] = []
    said: list[str] = []
    further = 0
    for done, path in enumerate(paths):
        name = name_of(path)
        if progress is not None:
            progress(done, len(paths), f"Reading {name}")
        came = _read(path, known, wanted)
        said += _told(name, came)
        parked += (ParkedRow(Place(name, "", at), why) for at, why in came.parked)
        for at, one in came.figures:
            values = {field: getattr(one, field) for field in names if getattr(one, field)}
            key = tuple(values.get(field, "") for field in names if field != "value")
            further += key in records
            records[key] = IncomingRecord(Place(name, "", at), values)
    if further:
        said.append(f"{counted(further, 'figure')} said more than once: the last one counts.")
    every = tuple(records.values())
    names_read = tuple(map(name_of, paths))
    count = len(every) + len(parked)
    return IncomingRecords(KIND, names_read, count, every, tuple(parked), tuple(said))


def _read(path: Path, layouts: Sequence[Layout], wanted: Wanted) -> AsPublished:
    name = name_of(path)
    data = contents(path, _LARGEST, "a published file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    try:
        rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        return as_published(rows, Path(name).stem, layouts, wanted)
    except csv.Error as error:
        raise Unreadable(f"{name} is not a CSV file.") from error
    except Unlike as why:
        raise Unreadable(f"{name} is none of the Department's published files: {why}.") from why


def _told(name: str, came: AsPublished) -> Iterable[str]:
    figures = counted(len(came.figures), "figure")
    yield f"{name}: {counted(came.rows, 'row')} read as {came.file}, {figures} taken."
    for note in came.notes:
        yield f"{name}: {note}"
