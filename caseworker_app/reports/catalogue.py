"""Read the measure catalogue and the planned autism path, from `resources/catalogue`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from caseworker_app import files
from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.measures.autism_path import Path as AutismPath
from caseworker_app.domain.measures.autism_path import planned_path
from caseworker_app.domain.measures.catalogue import OVER, Beside, HandPart, Measure
from caseworker_app.domain.primitives import add_months

_REQUIRED = frozenset(
    {
        "ref",
        "source",
        "workstream",
        "statement",
        "target",
        "due",
        "cycle",
        "lead",
    }
)
_WORDS = frozenset(
    {"waits_for", "baseline", "unit", "hand", "over", "numerator", "denominator", "notes"}
)
_OPTIONAL = _WORDS | {"beside", "kind", "answered_by", "share", "parts", "definition"}
_NOT_TEXT = frozenset({"beside", "share", "parts"})
_PART = frozenset({"suffix", "statement"})
_BESIDE = frozenset({"suffix", "statement", "definition"})


def load_catalogue(path: Path) -> tuple[Measure, ...]:
    """The measures in the file's order.

    Raises:
        Unreadable: the file is missing or no TOML, or a row is incomplete or stands twice; the
            sentence names the row.
    """
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        said = f"The measure catalogue {path.name} cannot be read: {error.strerror}."
        raise Unreadable(files.beyond(error) or said) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Unreadable(f"The measure catalogue {path.name} cannot be read: {error}.") from error
    rows = document.get("measure")
    if not isinstance(rows, list):
        raise Unreadable(f"The measure catalogue {path.name} has no [[measure]].")
    measures = tuple(_measure(path.name, number, row) for number, row in enumerate(rows, start=1))
    refs = [measure.ref for measure in measures]
    for ref in refs:
        if refs.count(ref) > 1:
            raise Unreadable(f"The measure catalogue {path.name} has {ref} twice.")
    return measures


def _measure(file: str, number: int, row: Any) -> Measure:  # noqa: ANN401
    where = f"The measure catalogue {file}, measure {number}"
    _expect(where, row, _REQUIRED, _OPTIONAL)
    milestone = _one_of(where, row, "kind", "measure", "milestone")
    for key in ("definition",) if milestone else ("numerator", "over"):
        if key not in row:
            raise Unreadable(f"{where} has no {key}.")
    if not milestone and row["over"] not in OVER:
        raise Unreadable(f"{where}: over is none of {', '.join(OVER)}.")
    beside = row.get("beside", [])
    for one in beside:
        _expect(f"{where}, beside", one, _BESIDE, frozenset())
    parts = row.get("parts", [])
    for part in parts:
        _expect(f"{where}, parts", part, _PART, frozenset())
    return Measure(
        **{key: row[key] for key in (*_REQUIRED, *(_WORDS & row.keys()))},
        beside=tuple(Beside(**one) for one in beside),
        milestone=milestone,
        definition=row["definition"] if milestone else _definition(row),
        by_hand=_one_of(where, row, "answered_by", "cases", "hand"),
        share=bool(row.get("share", False)),
        parts=tuple(HandPart(**part) for part in parts),
    )


def _definition(row: Mapping[str, Any]) -> str:
    """What counts, of what, and what else is to be known."""
    among = f"Of {row['denominator']}: " if "denominator" in row else ""
    return f"{among}{row['numerator']}. {row.get('notes', '')}".strip()


def _one_of(where: str, row: Mapping[str, Any], key: str, usual: str, other: str) -> bool:
    """Whether a key says the other of two words. Raises `Unreadable` at any third."""
    word = row.get(key, usual)
    if word not in (usual, other):
        raise Unreadable(f'{where}: {key} is either "{usual}" or "{other}".')
    return bool(word == other)


def _expect(where: str, row: Any, required: frozenset[str], optional: frozenset[str]) -> None:  # noqa: ANN401
    if not isinstance(row, dict):
        raise Unreadable(f"{where} is not a table.")
    for key in sorted(required - row.keys()):
        raise Unreadable(f"{where} has no {key}.")
    for key in sorted(row.keys() - required - optional):
        raise Unreadable(f"{where} has the unknown key {key}.")
    for key in sorted(row.keys() - _NOT_TEXT):
        if not isinstance(row[key], str):
            raise Unreadable(f"{where}: {key} is not text.")


def load_autism_path(path: Path) -> AutismPath:
    """The autism path as planned.

    Raises:
        Unreadable: the file is missing, no TOML, or says something that is no figure or month.
    """
    try:
        document = tomllib.loads(path.read_text("utf-8"))
        months = [
            (month, int(row["additions"]), int(row["discharged"]) + int(row["additional"]))
            for row in document["planned"]
            for month in _span(*row["months"])
        ]
        return planned_path(str(document["source"]), int(document["waiting_before"]), months)
    except OSError as error:
        said = f"The autism path {path.name} cannot be read: {error.strerror}."
        raise Unreadable(files.beyond(error) or said) from error
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(f"The autism path {path.name} cannot be read: {error}.") from error


def _span(first: str, last: str) -> Iterator[date]:
    month, end = date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-01")
    while month <= end:
        yield month
        month = add_months(month, 1)
