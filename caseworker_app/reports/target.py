"""Where a file of ours is to go: refused where it cannot be one, written whole or not at all.

A file that is to ask for a password is written in the private folder for temporary files, and only
what is encrypted comes to where it was to go.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from caseworker_app import files, protecting, scratch
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
        Refused: it is a folder, stands in no folder, has another ending, or shall ask for a
            password and is neither a workbook nor a Word document.
    """
    if target.is_dir():
        raise Refused(f"{target} is a folder; give the name of a file.", "out")
    if target.suffix.lower() not in endings:
        raise Refused(f"{target.name} does not end in {' or '.join(endings)}.", "out")
    if not target.parent.is_dir():
        raise Refused(f"There is no folder {target.parent}.", "out")
    _refuse_unprotected(target, asks=protecting.asks(target))


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """A place to write to; what is there takes the target's place when all went well.

    Raises:
        Refused: it is to ask for a password, and is no workbook or Word document.
        Unavailable: it cannot be written; what stood there before stands there still.
    """
    password = protecting.take(target)
    _refuse_unprotected(target, asks=bool(password))
    try:
        with files.replacing(target) as part, scratch.temporary_files() as own:
            if password:
                plain = own / "plain"
                yield plain
                _encrypt(plain, part, password)
            else:
                yield part
    except PermissionError as error:
        raise Unavailable(
            f"{target.name} cannot be written; it may be open in another program."
        ) from error
    except OSError as error:
        raise Unavailable(files.in_words(error, target.name)) from error


def _refuse_unprotected(target: Path, *, asks: bool) -> None:
    if asks and target.suffix.lower() not in protecting.ENDINGS:
        raise Refused(
            f"{target.name} cannot ask for a password: only workbooks (.xlsx) and Word documents "
            "(.docx) can.",
            "out",
        )


def _encrypt(plain: Path, part: Path, password: str) -> None:
    """Write a workbook or document anew as Excel and Word encrypt theirs (ECMA-376, AES-256)."""
    # Loaded where somebody asks for it.
    from msoffcrypto.format.ooxml import OOXMLFile

    with plain.open("rb") as read, part.open("wb") as write:
        OOXMLFile(read).encrypt(password, write)


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
