"""The column that names who holds a case, with who covers for them while they are away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from caseworker_app.domain.names import folded
from caseworker_app.ui.models.column import Column

_KEY = "caseworker"


def with_cover(
    columns: Sequence[Column[Any]], covered: Callable[[], Mapping[str, str]]
) -> tuple[Column[Any], ...]:
    """The columns of a list; a case covered says so beside the name, and in full when read aloud.

    Args:
        columns: of rows that have `caseworker` and `caseworker_id`.
        covered: by id of a colleague who is away what is said of their cases; see `Whose`.
    """

    def text(row: Any) -> str:  # noqa: ANN401  (a row of any list)
        name = str(row.caseworker)
        return f"{name} (covered)" if row.caseworker_id in covered() else name

    def spoken(row: Any) -> str:  # noqa: ANN401
        said = covered().get(row.caseworker_id, "")
        return f"{row.caseworker}, {said}" if said else str(row.caseworker)

    def order(row: Any) -> Any:  # noqa: ANN401
        return folded(row.caseworker)

    return tuple(
        one._replace(text=text, spoken=spoken, sort_key=order) if one.key == _KEY else one
        for one in columns
    )
