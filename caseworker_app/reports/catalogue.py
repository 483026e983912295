"""Read the measure catalogue, `resources/catalogue/measures.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from caseworker_app import files
from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.measures.catalogue import Measure, Second

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
        "definition",
    }
)
_OPTIONAL = frozenset({"waits_for", "second"})
_SECOND = frozenset({"suffix", "statement", "definition"})


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
    second = row.get("second")
    if second is not None:
        _expect(f"{where}, second", second, _SECOND, frozenset())
    return Measure(
        **{key: row[key] for key in _REQUIRED},
        waits_for=row.get("waits_for", ""),
        second=Second(**second) if second is not None else None,
    )


def _expect(where: str, row: Any, required: frozenset[str], optional: frozenset[str]) -> None:  # noqa: ANN401
    if not isinstance(row, dict):
        raise Unreadable(f"{where} is not a table.")
    for key in sorted(required - row.keys()):
        raise Unreadable(f"{where} has no {key}.")
    for key in sorted(row.keys() - required - optional):
        raise Unreadable(f"{where} has the unknown key {key}.")
    for key in sorted(row.keys() - {"second"}):
        if not isinstance(row[key], str):
            raise Unreadable(f"{where}: {key} is not text.")
