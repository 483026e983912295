"""The highlight report of a workstream: one page for the Board, every two months."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations.promised import STATUSES, Progress
from caseworker_app.domain.improvement.standing import Standing, Stream, noted, refs_of
from caseworker_app.domain.paper import Cell, Paper, PaperTable, Part

PERIOD = timedelta(days=61)
"""Two months back."""

_MOST_ROWS, _MOST_NOTES, _LONGEST = 12, 5, 150
"""So much fits on a page; what is left out is told."""

_RAG = {"red": "Red", "amber": "Amber", "green": "Green", "": "Not known"}
_PRESSING = {"red": 0, "amber": 1, "": 2, "green": 3}


def highlight_report(
    stream: Stream, notes: Iterable[Progress], plan: str, today: date, foot: str
) -> Paper:
    """The page of one workstream.

    Args:
        stream: with how what it holds stands.
        notes: all progress; what is of this workstream in the last two months is told.
        plan: the name of the plan.
        today: the last day of the two months.
        foot: who made it and when.
    """
    since = today - PERIOD
    of = stream.workstream
    leads = ", ".join(one for one in (of.lead, of.health_lead) if one)
    about = f"{plan}. {day_words(since)} to {day_words(today)}. Leads: {leads or 'none named'}."
    return Paper(
        f"Highlight report: {of.name}",
        about,
        (
            Part(
                "Where it stands",
                (of.weakness, _tally(stream)) if of.weakness else (_tally(stream),),
            ),
            _measures(stream.rows),
            _progress(stream.rows, notes, since, today),
            _owed(stream.rows),
        ),
        foot,
        personal=False,
        wide=False,
    )


def _tally(stream: Stream) -> str:
    said = ", ".join(
        f"{stream.tally[rag]} {_RAG[rag].lower()}"
        for rag in ("green", "amber", "red", "")
        if stream.tally[rag]
    )
    return (
        f"{len(stream.rows)} success measures: {said or 'none'}. {stream.done} done, "
        f"{stream.overdue} overdue."
    )


def _measures(rows: Sequence[Standing]) -> Part:
    """The measures that press most; how many more there are is told."""
    pressing = sorted(
        rows, key=lambda row: (_PRESSING[row.rag], row.is_done, row.measure.due, row.measure.ref)
    )
    shown = pressing[:_MOST_ROWS]
    cells: list[tuple[Cell, ...]] = [
        (
            row.measure.ref,
            _short(row.measure.words),
            row.measure.due,
            row.target,
            row.figure,
            f"{_RAG[row.rag]}: {row.words.lower()}" if row.rag else row.words,
        )
        for row in shown
    ]
    left = len(pressing) - len(shown)
    more = (f"{left} more, none of which presses harder.",) if left else ()
    headings = ("Ref", "Success measure", "Due", "Target", "Now", "Stands")
    table = PaperTable(headings, tuple(cells), 1, "No success measure yet.")
    return Part("Success measures", more, table)


def _progress(
    rows: Sequence[Standing], notes: Iterable[Progress], since: date, today: date
) -> Part:
    """What leads said in the two months, the newest first."""
    refs = refs_of(rows)
    found = [one for one in notes if noted(one) in refs and since < one.on <= today]
    found.sort(key=lambda one: (one.on, one.id), reverse=True)
    lines = [
        f"{refs[noted(one)]}, {day_words(one.on)}, {one.by}: "
        f"{STATUSES[one.status].lower()}. {_short(one.words)}"
        + (f" Next: {_short(one.next_steps)}" if one.next_steps else "")
        for one in found[:_MOST_NOTES]
    ]
    left = len(found) - len(lines)
    if left:
        lines.append(f"{left} more notes.")
    return Part("Progress", tuple(lines) or ("Nothing was reported in these two months.",))


def _owed(rows: Sequence[Standing]) -> Part:
    """Who owes what is overdue."""
    owed: dict[str, list[str]] = {}
    for row in rows:
        if row.days_over:
            owed.setdefault(row.owes or "nobody named", []).append(row.measure.ref)
    lines = tuple(f"{who}: {', '.join(refs)}" for who, refs in sorted(owed.items()))
    return Part("Overdue, and who owes it", lines or ("Nothing is overdue.",))


def _short(words: str) -> str:
    """Words that leave room for others on the page."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
