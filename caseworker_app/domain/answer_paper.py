"""An answer as a page to send: figures first, then the method and what to know of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseworker_app.domain.answers import (
    BY,
    HIDDEN,
    Answer,
    AnswerPart,
    figure_words,
    number_words,
)
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.measures.board import Line, Result, Table
from caseworker_app.domain.paper import Cell, Paper, PaperTable, Part

SMALL = (
    "Numbers of 1 to 4, and what would give one away, are hidden. Zero is shown. What was "
    "published before is taken into account."
)
NOTHING = "Nothing of this is recorded."
_YEAR_AT_END = re.compile(r",? \d{4}$")
_FIGURES = ("Measure", "Period", "Number", "Of", "Share", "Note")


def paper_of(answer: Answer, foot: str = "") -> Paper:
    """The page, as it may be published."""
    question = answer.question
    whom = f"{answer.council}. " if answer.council else ""
    asked = f"{day_words(answer.since)} to {day_words(answer.until)}, {BY[question.by]}"
    parts = [*_figures(answer), *_tables(answer)]
    if not parts:
        parts = [Part("Answer", (NOTHING,))]
    return Paper(
        question.words,
        f"{whom}{asked}.",
        (*parts, _method(answer)),
        foot,
        personal=False,
        wide=True,
    )


def _figures(answer: Answer) -> Iterator[Part]:
    rows: list[tuple[Cell, ...]] = [
        (one.statement, part.words, *_numbers(one), one.note)
        for ref in answer.question.measures
        for part in answer.parts
        for one in part.public.measures
        if one.ref == ref
    ]
    if rows:
        yield Part("Figures", table=PaperTable(_FIGURES, tuple(rows)))


def _numbers(one: Result) -> tuple[Cell, ...]:
    if one.numerator is None and not one.hidden:
        return (figure_words(one), None, None)
    share = one.numerator is not None and one.denominator
    return (
        number_words(one.numerator, hidden=one.hidden),
        number_words(one.denominator, hidden=one.hidden and one.shared),
        f"{one.numerator / share:.1%}" if share and one.numerator is not None else None,
    )


def _tables(answer: Answer) -> Iterator[Part]:
    """A table for each that was asked for, with a column for each part of the answer."""
    for pattern in answer.question.tables:
        found = [
            (part, table)
            for part in answer.parts
            for table in part.public.tables
            if table.key == pattern.replace("{year}", str(part.public.period.end.year))
        ]
        if found:
            yield _table(found)


def _table(found: list[tuple[AnswerPart, Table]]) -> Part:
    first = found[0][1]
    title = _YEAR_AT_END.sub("", first.title) if len(found) > 1 else first.title
    labels = {line.key: line.label for _, table in found for line in table.lines}
    rows: list[tuple[Cell, ...]] = []
    for key, label in labels.items():
        cells: list[Cell] = [label]
        for _, table in found:
            line = next((one for one in table.lines if one.key == key), None)
            if line is None:
                cells.append(None)
            elif table.kind == "partition":
                cells.append(line.count if line.count is not None else "hidden")
            else:
                cells.append(_of_hidden(line) or figure_words(line))
        rows.append(tuple(cells))
    if first.kind == "partition":
        totals = [table.total if table.total is not None else "hidden" for _, table in found]
        rows.append(("Total", *totals))
    headings = (first.heading, *(part.words for part, _ in found))
    notes = tuple(dict.fromkeys(table.definition for _, table in found if table.definition))
    return Part(title, notes, PaperTable(headings, tuple(rows)))


def _of_hidden(line: Line) -> str:
    """A count out of a number that is hidden; "" for any other line of figures."""
    alone = line.count is not None and line.of is None and not line.unit
    return f"{line.count:,} of {HIDDEN}" if alone else ""


def _method(answer: Answer) -> Part:
    """How it is counted, what to know of it, and what each figure means."""
    question, last = answer.question, answer.parts[-1].public
    rows: list[tuple[Cell, ...]] = [("Method", question.method)]
    rows += [("To be known", one) for one in question.caveats]
    rows.append(("Small numbers", SMALL))
    rows += [("As at", f"{part.words}: {day_words(part.public.as_at)}") for part in answer.parts]
    rows += [
        (f"Definition of {one.ref}", f"{one.statement}: {one.definition}") for one in last.measures
    ]
    rows += [
        (f"{table.title}, {line.label}", line.note)
        for table in last.tables
        for line in table.lines
        if line.note
    ]
    rows.append(("Counted by", f"Caseworker {last.version}"))
    return Part("Method", table=PaperTable(("What", "In words"), tuple(rows)))
