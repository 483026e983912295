"""Trackers and SEN2 files as one incoming caseload, with everything that could not be read.

Nothing here touches the store: what `read` gives is shown first and applied afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from caseworker_app.domain.errors import Refused, Unreadable
from caseworker_app.domain.incoming import Incoming
from caseworker_app.imports import mapping as by_hand
from caseworker_app.imports.files import opening
from caseworker_app.imports.files.sheets import Sheet
from caseworker_app.imports.tracker import reader as tracker
from caseworker_app.services.ports import Progress


def read(
    paths: Sequence[Path],
    *,
    mapping: Path | None = None,
    today: date,
    progress: Progress | None = None,
) -> Incoming:
    """Read tracker workbooks, delimited trackers, or the files of one SEN2 return.

    Args:
        paths: files, or a folder of SEN2 exports.
        mapping: a TOML file that says which heading holds which field, see `mapping`.
        today: dates after it cannot have happened yet.
        progress: called every few hundred rows with (done, total, words).

    Raises:
        Unreadable: a file is not what it should be, with one plain sentence that names it.
        Refused: the mapping names what there is not.
        Cancelled: by the progress.
    """
    wanted = by_hand.read(mapping)
    sheets: list[Sheet] = []
    for path in paths:
        sheets += opening.sheets(path)
    incoming = tracker.read(sheets, wanted, today, progress)
    for name in incoming.files:
        if not any(incoming.mapping):
            raise Unreadable(
                f"{name} holds no list of children: no row of headings such as name and date of "
                "birth was found."
            )
    return incoming


__all__ = ["Refused", "read"]
