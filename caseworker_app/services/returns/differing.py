"""What counting a kept return again, or comparing two, found: a row a case, for a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.measures.board import Thing
from caseworker_app.domain.measures.every_figure import OneFigure, every_figure
from caseworker_app.services.returns.explaining import Explained
from caseworker_app.services.returns.other_runs import AgainOther, Changed, ComparedOther
from caseworker_app.services.returns.recounting import Again, Compared

NOTHING = "nothing of the case itself: its setting, a list or a rule"
GONE = "without a name: disposed of since, or restricted"


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One line: a figure, a case behind its difference, and one entry of its history.

    Attributes:
        id: of the line.
        figure: in words.
        case: a reference; "" for none.
        then, now: how the case stood in either, or the figure itself.
        what, at, who: what was recorded.
        child_id: of the case; "" where there is none to open.
    """

    id: str
    figure: str
    case: str = ""
    then: str = ""
    now: str = ""
    what: str = ""
    at: str = ""
    who: str = ""
    child_id: str = ""


def again_rows(found: Again | AgainOther) -> tuple[str, list[FoundRow]]:
    """Whether a kept return comes to the same, in a sentence, and the figures that do not."""
    said = same_words(found)
    if isinstance(found, AgainOther):
        return " ".join(said), _changed_rows(found.other)
    now = {one.key: one for one in every_figure(found.board)}
    rows = [
        FoundRow("", f"{one.ref} {one.words}", then=words_of(one), now=words_of(now.get(one.key)))
        for one in found.other
    ]
    return " ".join(said), rows


def _changed_rows(found: Iterable[Changed]) -> list[FoundRow]:
    return [
        FoundRow("", one.name, one.case, one.then, one.now, child_id=one.child_id) for one in found
    ]


def same_words(found: Again | AgainOther) -> list[str]:
    """Whether a kept return comes to the same, and how many are counted without a name."""
    said = []
    if found.disposed:
        children = "child is" if found.disposed == 1 else "children are"
        said.append(f"{found.disposed:,} {children} disposed of since and counted without a name.")
    if not found.other:
        said.append(f"The same figures as were kept of return {found.run.id}.")
        return said
    count = len(found.other)
    figures = "1 figure comes" if count == 1 else f"{count:,} figures come"
    said.append(f"{figures} to something else than was kept of return {found.run.id}.")
    return said


def compared_rows(
    found: Compared | ComparedOther, ids: Mapping[str, str]
) -> tuple[str, list[FoundRow]]:
    """In what two returns differ, in words, and a row for each case behind it.

    `ids` gives the id of a child by reference.
    """
    now = f"return {found.now.id}" if found.now is not None else "today"
    count = len(found.found)
    differ = "No figure differs" if not count else f"{count:,} figures differ"
    differ = "1 figure differs" if count == 1 else differ
    heading = f"Return {found.before.id} and {now}: {differ}."
    if isinstance(found, ComparedOther):
        return heading, _changed_rows(found.found)
    heading = " ".join((heading, *found.notes))
    rows: list[FoundRow] = []
    for one in found.found:
        rows += _rows(one, ids)
    return heading, rows


def _rows(one: Explained, ids: Mapping[str, str]) -> list[FoundRow]:
    difference, figure = one.difference, one.difference.figure
    name = f"{figure.ref} {figure.words}"
    was, came = words_of(difference.before), words_of(difference.now)
    rows = [FoundRow("", name, then=was, now=came)]
    for reference in references_of(one):
        then, now = standing(difference.gone, reference), standing(difference.come, reference)
        entries = one.changes.get(reference, ())
        told = [(row.what, row.at, row.who) for row in entries]
        told = told or [(NOTHING if reference else GONE, "", "")]
        for at, (what, when, who) in enumerate(told):
            shown = ("", "") if at else (then, now)
            key = ids.get(reference, "")
            rows.append(FoundRow("", "", reference, *shown, what, when, who, key))
    return rows


def references_of(one: Explained) -> list[str]:
    """The cases behind a difference; "" stands for those that are disposed of."""
    things = (*one.difference.gone, *one.difference.come)
    gone = [""] if any(not thing.reference for thing in things) else []
    return [*one.difference.references, *gone]


def standing(things: tuple[Thing, ...], reference: str) -> str:
    """How a case stands among things, "counts, 3 Sep 2026"."""
    return "; ".join(
        f"{'counts' if one.counts else 'does not count'}"
        + (f", {day_words(one.on)}" if one.on is not None else "")
        for one in things
        if one.reference == reference
    )


def words_of(figure: OneFigure | None) -> str:
    """A figure in a few words, "12 of 40"."""
    if figure is None:
        return "not there"
    if figure.numerator is None:
        return "hidden" if figure.hidden else "not recorded"
    if figure.denominator is not None:
        return f"{figure.numerator:,} of {figure.denominator:,}"
    if figure.unit and figure.value is not None:
        return f"{figure.value:g} {figure.unit} over {figure.numerator:,}"
    return f"{figure.numerator:,}"
