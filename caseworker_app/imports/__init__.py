"""Trackers and SEN2 files as one incoming caseload, with everything that could not be read.

Nothing here touches the store: what `read` gives is shown first and applied afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caseworker_app.domain.incoming import Incoming
    from caseworker_app.services.progress import Progress


def read(
    paths: Sequence[Path],
    *,
    mapping: Path | None = None,
    today: date,
    progress: Progress | None = None,
) -> Incoming:
    """Read trackers (workbooks or delimited text), or the files of one SEN2 return.

    They are read in a process of its own, whose memory and time `process.limits` bounds.

    Args:
        paths: files, or a folder of SEN2 exports.
        mapping: a TOML file that says which heading holds which field, see `mapping`.
        today: dates after it cannot have happened yet.
        progress: called several times a second with (done, total, words).

    Raises:
        Unreadable: a file is not what it should be, or takes more than it may; with one plain
            sentence that names it.
        Refused: the mapping names what there is not, or the files do not go together.
        Unavailable: the reading process could not be started.
        Cancelled: by the progress.
    """
    from caseworker_app.imports.process import parent

    return parent.read(paths, mapping, today, progress)


__all__ = ["read"]
