"""What a document says, for tests of what goes into one."""

from __future__ import annotations

from caseworker_app.domain.paper import Paper, in_words


def told(paper: Paper | None) -> dict[str, list[str]]:
    """By the title of each part: its lines, and the rows of its table with " | " between cells."""
    assert paper is not None
    found = {}
    for part in paper.parts:
        rows = part.table.rows if part.table else ()
        found[part.title] = [*part.lines, *(" | ".join(map(in_words, row)) for row in rows)]
    return found
