"""What `return explain` prints: figures that differ, case by case, with what was recorded since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from caseworker_app.cli.output import print_table, say
from caseworker_app.domain.day_words import day_words

if TYPE_CHECKING:
    from caseworker_app.domain.measures.board import Result, Thing
    from caseworker_app.services.returns.explaining import Explained

NOTHING = "nothing of the case itself: its setting, a list or a rule"


def document(found: Sequence[Explained], known_at: date) -> dict[str, Any]:
    """The differences as one JSON document."""
    return {
        "known_at": known_at.isoformat(),
        "measures": [
            {
                "ref": one.difference.now.ref,
                "before": _figures(one.difference.before),
                "now": _figures(one.difference.now),
                "gone": [_thing(thing) for thing in one.difference.gone],
                "come": [_thing(thing) for thing in one.difference.come],
                "recorded": {
                    reference: [{"at": row.at, "who": row.who, "what": row.what} for row in rows]
                    for reference, rows in one.changes.items()
                },
            }
            for one in found
        ],
    }


def show(found: Sequence[Explained], known_at: date) -> None:
    """The differences as a table a measure."""
    if not found:
        say(f"Every measure is as it was known on {day_words(known_at)}.")
    for one in found:
        before, now = one.difference.before, one.difference.now
        print_table(
            f"{now.ref} {now.statement}: {_words(before)} as known on {day_words(known_at)}, "
            f"{_words(now)} now",
            ("Case", "Then", "Now", "Recorded since", "When", "Who"),
            [row for reference in one.difference.references for row in _rows(one, reference)],
        )


def _rows(one: Explained, reference: str) -> list[tuple[str, ...]]:
    then = _standing(one.difference.gone, reference)
    now = _standing(one.difference.come, reference)
    rows = one.changes[reference]
    if not rows:
        return [(reference, then, now, NOTHING, "", "")]
    first, *rest = rows
    return [
        (reference, then, now, first.what, first.at, first.who),
        *(("", "", "", row.what, row.at, row.who) for row in rest),
    ]


def _standing(things: Sequence[Thing], reference: str) -> str:
    return "; ".join(
        f"{'counts' if one.counts else 'does not count'}"
        + (f", {day_words(one.on)}" if one.on is not None else "")
        for one in things
        if one.reference == reference
    )


def _words(result: Result) -> str:
    if result.numerator is None:
        return "not recorded"
    if result.denominator is None:
        return f"{result.numerator:,}"
    return f"{result.numerator:,} of {result.denominator:,}"


def _figures(result: Result) -> dict[str, int | None]:
    return {"numerator": result.numerator, "denominator": result.denominator}


def _thing(thing: Thing) -> dict[str, Any]:
    day = None if thing.on is None else thing.on.isoformat()
    return {"case": thing.reference, "on": day, "counts": thing.counts}
