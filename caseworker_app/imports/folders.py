"""What a person chose, as files: a folder stands for the SEN2 exports in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from caseworker_app.domain.errors import Refused, Unreadable
from caseworker_app.services.plain_file import name_of

_EXPORT = re.compile(r"Blade-Export_(\d\d-\d\d-\d{4})_\w+\.csv", re.IGNORECASE)


def files(paths: Sequence[Path]) -> list[Path]:
    """The files to read, in the order chosen; a folder's exports by name.

    Raises:
        Unreadable: a folder cannot be read, or holds no export.
        Refused: there is nothing to read, or exports of two days are mixed.
    """
    found: list[Path] = []
    for path in paths:
        found += _exports(path) if path.is_dir() else [path]
    found = list(dict.fromkeys(found))
    if not found:
        raise Refused("No file was named to import.")
    days = sorted({match[1] for path in found if (match := _EXPORT.fullmatch(path.name))})
    if len(days) > 1:
        raise Refused(f"These are exports of {' and of '.join(days)}; import one day at a time.")
    return found


def _exports(folder: Path) -> list[Path]:
    name = name_of(folder)
    try:
        inside = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise Unreadable(f"The folder {name} may not be read.") from error
    exports = [path for path in inside if _EXPORT.fullmatch(path.name)]
    if not exports:
        # Somebody may have renamed them: then every CSV file has to be one.
        exports = [path for path in inside if path.suffix.lower() == ".csv"]
    if not exports:
        raise Unreadable(f"The folder {name} holds no SEN2 exports (Blade-Export_…csv).")
    return exports
