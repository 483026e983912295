"""Where a file of ours is to go: refused where it cannot be one, written whole or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from caseworker_app import files, scratch
from caseworker_app.domain.errors import Refused, Unavailable
from caseworker_app.reports.sheet import Tick

Progress = Callable[[int, int, str], None]
"""Called with (done, total, a few words). It raises `Cancelled` to stop the work."""

_WORDS = "Writing the workbook"


def check(target: Path, *endings: str) -> None:
    """Refuse what no file can be written to.

    Args:
        target: the file.
        endings: what its name may end in, ".xlsx".

    Raises:
        Refused: it is a folder, stands in no folder, or has another ending.
    """
    if target.is_dir():
        raise Refused(f"{target} is a folder; give the name of a file.", "out")
    if target.suffix.lower() not in endings:
        raise Refused(f"{target.name} does not end in {' or '.join(endings)}.", "out")
    if not target.parent.is_dir():
        raise Refused(f"There is no folder {target.parent}.", "out")


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """A place beside the target to write to; it takes the target's place when all went well.

    Raises:
        Unavailable: it cannot be written; what stood there before stands there still.
    """
    try:
        with files.replacing(target) as part, scratch.temporary_files():
            yield part
    except PermissionError as error:
        raise Unavailable(
            f"{target.name} cannot be written; it may be open in another program."
        ) from error
    except OSError as error:
        raise Unavailable(files.in_words(error, target.name)) from error


def counter(total: int, progress: Progress | None) -> Tick:
    """Rows written so far, told to whoever watches."""
    done = 0

    def tick(rows: int) -> None:
        nonlocal done
        done += rows
        if progress is not None:
            progress(done, total, _WORDS)

    return tick


@contextmanager
def saved(workbook: Workbook, part: Path) -> Iterator[None]:
    """Save a workbook once its sheets are written; left half done, it holds no file open."""
    try:
        yield
        # Not by openpyxl's own saving, whose archive is left to a destructor when it fails.
        with ZipFile(part, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(workbook, archive).save()
    except BaseException:
        _discard(workbook)
        raise


def _discard(workbook: Workbook) -> None:
    """Close the files that openpyxl keeps its sheets in while it writes.

    Left to its destructors, they would tell of a full disk on standard error. They stand in a
    folder that goes with them.
    """
    for sheet in workbook.worksheets:
        writer = getattr(sheet, "_writer", None)
        for generator in (getattr(sheet, "_rows", None), getattr(writer, "xf", None)):
            if generator is not None:
                with contextlib.suppress(Exception):
                    generator.close()
