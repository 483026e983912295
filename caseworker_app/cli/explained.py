"""What is printed of figures that differ: case by case, with what was recorded between."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from caseworker_app.cli.output import print_table, say
from caseworker_app.domain.day_words import day_words
from caseworker_app.services.returns.differing import (
    GONE,
    NOTHING,
    references_of,
    standing,
    words_of,
)

if TYPE_CHECKING:
    from caseworker_app.domain.measures.board import Thing
    from caseworker_app.domain.measures.every_figure import OneFigure
    from caseworker_app.services.returns.explaining import Explained
    from caseworker_app.services.returns.recounting import Compared


def document(found: Sequence[Explained], known_at: date) -> dict[str, Any]:
    """The differences from what was known on an evening, as one JSON document."""
    return {
        "known_at": known_at.isoformat(),
        "measures": [_document(one) for one in found if not one.difference.figure.line],
        "tables": [_document(one) for one in found if one.difference.figure.line],
    }


def compared_document(found: Compared) -> dict[str, Any]:
    """The differences of two kept returns as one JSON document."""
    return {
        "before": found.before.id,
        "now": found.now.id if found.now is not None else None,
        "notes": list(found.notes),
        "measures": [_document(one) for one in found.found if not one.difference.figure.line],
        "tables": [_document(one) for one in found.found if one.difference.figure.line],
    }


def _document(one: Explained) -> dict[str, Any]:
    figure = one.difference.figure
    line = {"line": figure.line} if figure.line else {}
    return {
        "ref": figure.ref,
        **line,
        "before": _figures(one.difference.before),
        "now": _figures(one.difference.now),
        "gone": [_thing(thing) for thing in one.difference.gone],
        "come": [_thing(thing) for thing in one.difference.come],
        "recorded": {
            reference: [{"at": row.at, "who": row.who, "what": row.what} for row in rows]
            for reference, rows in one.changes.items()
        },
    }


def show(found: Sequence[Explained], known_at: date) -> None:
    """The differences from what was known on an evening, as a table a figure."""
    if not found:
        say(f"Every figure is as it was known on {day_words(known_at)}.")
    _tables(found, f"as known on {day_words(known_at)}", "now")


def show_compared(found: Compared) -> None:
    """The differences of two kept returns, as a table a figure."""
    for note in found.notes:
        say(note)
    now = f"in return {found.now.id}" if found.now is not None else "now"
    if not found.found:
        say(f"Every figure of return {found.before.id} is the same {now}.")
    _tables(found.found, f"in return {found.before.id}", now)


def _tables(found: Sequence[Explained], before: str, now: str) -> None:
    for one in found:
        figure = one.difference.figure
        was, came = words_of(one.difference.before), words_of(one.difference.now)
        print_table(
            f"{figure.ref} {figure.words}: {was} {before}, {came} {now}",
            ("Case", "Then", "Now", "Recorded since", "When", "Who"),
            [row for reference in references_of(one) for row in _rows(one, reference)],
        )


def _rows(one: Explained, reference: str) -> list[tuple[str, ...]]:
    then = standing(one.difference.gone, reference)
    now = standing(one.difference.come, reference)
    if not reference:
        return [(GONE, then, now, "", "", "")]
    rows = one.changes[reference]
    if not rows:
        return [(reference, then, now, NOTHING, "", "")]
    first, *rest = rows
    return [
        (reference, then, now, first.what, first.at, first.who),
        *(("", "", "", row.what, row.at, row.who) for row in rest),
    ]


def _figures(figure: OneFigure | None) -> dict[str, float | None] | None:
    if figure is None:
        return None
    return {
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "value": figure.value,
    }


def _thing(thing: Thing) -> dict[str, Any]:
    day = None if thing.on is None else thing.on.isoformat()
    return {"case": thing.reference or None, "on": day, "counts": thing.counts}
