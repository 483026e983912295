"""Read the standard questions, from `resources/catalogue/answers.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from caseworker_app import files
from caseworker_app.domain.answers import BY, Question
from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.measures.catalogue import Measure

_TEXTS = ("key", "question", "by", "method")
_LISTS = ("asked_by", "measures", "tables", "caveats")


def load_questions(path: Path, catalogue: Iterable[Measure]) -> tuple[Question, ...]:
    """The questions in the file's order.

    Raises:
        Unreadable: the file is missing or no TOML, a question is incomplete or stands twice, or
            asks for a measure that is not in the catalogue; the sentence names it.
    """
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        said = f"The questions in {path.name} cannot be read: {error.strerror}."
        raise Unreadable(files.beyond(error) or said) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Unreadable(f"The questions in {path.name} cannot be read: {error}.") from error
    refs = {ref for one in catalogue for ref in refs_of(one)}
    rows = document.get("answer")
    if not isinstance(rows, list):
        raise Unreadable(f"The questions in {path.name} have no [[answer]].")
    found: dict[str, Question] = {}
    for number, row in enumerate(rows, start=1):
        one = _question(f"{path.name}, question {number}", row, refs)
        if one.key in found:
            raise Unreadable(f"{path.name} has {one.key} twice.")
        found[one.key] = one
    return tuple(found.values())


def refs_of(measure: Measure) -> tuple[str, ...]:
    """The refs of a measure and of the figures beside it."""
    return (measure.ref, *(f"{measure.ref}-{beside.suffix}" for beside in measure.beside))


def _question(where: str, row: Any, refs: set[str]) -> Question:  # noqa: ANN401
    if not isinstance(row, dict) or row.keys() != {*_TEXTS, *_LISTS}:
        raise Unreadable(f"{where} does not have just {', '.join((*_TEXTS, *_LISTS))}.")
    for name in _TEXTS:
        if not isinstance(row[name], str) or not row[name]:
            raise Unreadable(f"{where}: {name} is not text.")
    for name in _LISTS:
        if not isinstance(row[name], list) or not all(isinstance(one, str) for one in row[name]):
            raise Unreadable(f"{where}: {name} is not a list of texts.")
    if row["by"] not in BY:
        raise Unreadable(f"{where}: by is none of {', '.join(BY)}.")
    for ref in row["measures"]:
        if ref not in refs:
            raise Unreadable(f"{where} asks for {ref}, which is no measure.")
    if not (row["measures"] or row["tables"]):
        raise Unreadable(f"{where} asks for no measure and no table.")
    return Question(
        key=row["key"],
        words=row["question"],
        asked_by=tuple(row["asked_by"]),
        by=row["by"],
        measures=tuple(row["measures"]),
        tables=tuple(row["tables"]),
        method=row["method"],
        caveats=tuple(row["caveats"]),
    )
