"""Files to one incoming caseload, in this process: what the reading process runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from caseworker_app.domain.errors import Refused, Unreadable
from caseworker_app.domain.incoming import Incoming
from caseworker_app.imports import folders, summary
from caseworker_app.imports import mapping as by_hand
from caseworker_app.imports.files import opening
from caseworker_app.imports.files.sheets import Sheet
from caseworker_app.imports.sen2 import tables
from caseworker_app.imports.tracker import reader as tracker
from caseworker_app.services.plain_file import name_of
from caseworker_app.services.progress import Progress


def read(
    paths: Sequence[Path],
    *,
    mapping: Path | None = None,
    today: date,
    progress: Progress | None = None,
) -> Incoming:
    """What the files say; see `caseworker_app.imports.read`, which bounds its memory and time."""
    wanted = by_hand.read(mapping)
    files = folders.files(paths)
    sheets: list[Sheet] = []
    returned: list[Sheet] = []
    for at, path in enumerate(files):
        if progress is not None:
            progress(at, len(files), f"Opening {name_of(path)}")
        found = opening.sheets(path)
        modules = [sheet for sheet in found if tables.is_sen2(sheet)]
        returned += modules
        sheets += [] if modules else found
    if sheets and returned:
        raise Refused("A tracker and a SEN2 return come in one after the other, not together.")
    if returned:
        incoming = _return(returned, [name_of(path) for path in files], progress)
        doubts = (*(doubt for sheet in returned for doubt in sheet.doubts), *incoming.doubts)
        notes = (*summary.notes(incoming, returned), *incoming.notes)
        return replace(incoming, notes=notes, doubts=doubts)
    incoming = tracker.read(sheets, wanted, today, progress)
    for path in files:
        own = [sheet for sheet in sheets if sheet.file == name_of(path)]
        names = {name for sheet in own for name in (sheet.name, f"{sheet.file}: {sheet.name}")}
        if names.isdisjoint(incoming.mapping):
            raise Unreadable(
                f"{name_of(path)} holds no list of children: no row of headings such as name and "
                "date of birth was found."
            )
    return replace(incoming, notes=summary.notes(incoming, sheets))


def _return(sheets: Sequence[Sheet], files: Sequence[str], progress: Progress | None) -> Incoming:
    modules = tables.read(sheets)
    if not modules.of("person"):
        raise Unreadable(f"{files[0]} is part of a SEN2 return, but the person module is missing.")
    from caseworker_app.imports.sen2 import cases as sen2

    return sen2.incoming(modules, files, progress)
