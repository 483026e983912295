"""What a document says, for tests of what goes into one."""

from __future__ import annotations

from pathlib import Path

import docx

from caseworker_app.domain.paper import Paper, in_words
from caseworker_app.reports import word_template


def told(paper: Paper | None) -> dict[str, list[str]]:
    """By the title of each part: its lines, and the rows of its table with " | " between cells."""
    assert paper is not None
    found = {}
    for part in paper.parts:
        rows = part.table.rows if part.table else ()
        found[part.title] = [*part.lines, *(" | ".join(map(in_words, row)) for row in rows)]
    return found


def word(path: Path, text: str, header: str = "") -> Path:
    """A Word document of one paragraph, with a header where one is given."""
    made = docx.Document()
    made.add_paragraph(text)
    if header:
        made.sections[0].header.paragraphs[0].text = header
    made.save(str(path))
    return path


def said_in_word(path: Path) -> str:
    """What a Word document says, a line each."""
    return word_template.words(path.read_bytes(), body=True)
