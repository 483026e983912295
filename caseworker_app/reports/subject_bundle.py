"""A subject access bundle as a folder: a Word page a section, a workbook, and JSON for machines.

The folder is made beside its place and put there whole; nothing of it stands anywhere else.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection
from pathlib import Path

from caseworker_app import files
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.subject_access import Bundle, as_json, papers_of, whole_paper
from caseworker_app.reports import paper_document, paper_workbook
from caseworker_app.reports.target import Progress

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]')
EVERYTHING = "Everything"
"""What the workbook and the JSON are called."""


def write(
    bundle: Bundle,
    out: Collection[str],
    made: str,
    folder: Path,
    progress: Progress | None = None,
) -> tuple[str, ...]:
    """Write a bundle with names struck out; the value is the names of its files.

    Args:
        bundle: what is written, as it is.
        out: the keys of who was struck out of it.
        made: who made it and when.
        folder: a folder that is not there yet, or is empty.
        progress: told how it comes along; may raise `Cancelled`, and nothing is left behind.

    Raises:
        Refused: there is something in the folder, or none for it to stand in.
        Unavailable: it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder} holds something already: name a new folder.", "out")
    if not folder.parent.is_dir():
        raise Refused(f"There is no folder {folder.parent}.", "out")
    beside = folder.with_name(files.part_name(folder.name))
    with files.plain_errors(folder):
        beside.mkdir(mode=0o700)
    try:
        names = _write_into(beside, bundle, out, made, progress)
        with files.plain_errors(folder):
            if folder.exists():
                folder.rmdir()
            beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return names


def _write_into(
    folder: Path,
    bundle: Bundle,
    out: Collection[str],
    made: str,
    progress: Progress | None,
) -> tuple[str, ...]:
    papers = papers_of(bundle, out, made)
    names = []
    for at, paper in enumerate(papers):
        if progress is not None:
            progress(at, len(papers), "Writing")
        title = _NOT_IN_NAMES.sub(" ", paper.title)
        names.append(f"{at:02} {title}.docx")
        paper_document.write(paper, folder / names[-1])
    names += [f"{EVERYTHING}.xlsx", f"{EVERYTHING}.json"]
    paper_workbook.write(whole_paper(bundle, out, made), folder / names[-2])
    text = json.dumps(as_json(bundle, out, made), ensure_ascii=False, indent=1) + "\n"
    with files.plain_errors(folder):
        files.write_whole(folder / names[-1], text.encode())
    return tuple(names)
