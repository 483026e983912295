"""Standard questions answered: each part a return that has only what was asked for."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from caseworker_app.domain.answers import Answer, AnswerPart, Question, periods_of
from caseworker_app.domain.caseload import CaseFile, Records
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.measures.answer_tables import ANSWER_TABLES
from caseworker_app.domain.measures.assessment_tables import assessment_tables
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.measures.board import BoardReturn, Line, Period, Result, Table
from caseworker_app.domain.measures.by_hand import Told
from caseworker_app.domain.measures.caseload_tables import caseload_tables
from caseworker_app.domain.measures.catalogue import Measure
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.measures.editions import Edition, is_told_by
from caseworker_app.domain.measures.further_tables import further_tables
from caseworker_app.domain.measures.hiding import protect
from caseworker_app.domain.measures.relations import OF_LIVE
from caseworker_app.domain.measures.results import results
from caseworker_app.domain.measures.review_tables import review_tables
from caseworker_app.domain.measures.transfer_tables import transfer_tables
from caseworker_app.services.ports import RulePack
from caseworker_app.services.progress import Progress
from caseworker_app.services.returns.board_return import views_of
from caseworker_app.services.returns.runs import NewRun
from caseworker_app.services.without_collector import without_collector

_OF_THE_BOARD: tuple[Callable[[Caseload], tuple[Table, ...]], ...] = (
    *(review_tables, assessment_tables, transfer_tables),
    *(caseload_tables, further_tables),
)


@dataclass(frozen=True, slots=True)
class Counting:
    """What answers are counted from.

    Attributes:
        files_on: every case with the dates that it had on a day.
        told_on: what people had told on a day.
        catalogue: every measure.
        beside: the records that belong to no child, by kind.
        today: no part is seen later than on it.
        council, made_at, version: as in `BoardReturn`.
    """

    files_on: Callable[[date], tuple[CaseFile, ...]]
    told_on: Callable[[date], Told]
    catalogue: tuple[Measure, ...]
    beside: Records
    today: date
    council: str
    made_at: datetime
    version: str


def question_named(questions: Iterable[Question], key: str) -> Question:
    """A question by its key. Raises `Refused` naming those there are."""
    every = tuple(questions)
    for one in every:
        if one.key == key.strip().lower():
            return one
    known = ", ".join(one.key for one in every)
    raise Refused(f"{key} is no standard question; there are: {known}.", "question")


def answer(
    question: Question,
    since: date,
    until: date,
    counting: Counting,
    *,
    earlier: Sequence[Edition] = (),
    keep: Callable[[Edition], None] | None = None,
    progress: Progress | None = None,
) -> Answer:
    """Answer a question.

    Args:
        question: which one.
        since: the first day asked for.
        until: the last.
        counting: what it is counted from.
        earlier: what has been published before, which this answer must not give away.
        keep: given what is to be kept of each part where the answer is published.
        progress: told how many cases have been read; may raise `Cancelled`.

    Raises:
        Refused: the period cannot be, see `periods_of`.
    """
    new: list[Edition] = []
    parts = []
    for period in periods_of(question, since, until, counting.today):
        with without_collector():
            team = part_of(question, period, counting, progress)
        public, edition = protect(team, (*earlier, *new))
        new.append(edition)
        if keep is not None and not any(is_told_by(edition, one) for one in earlier):
            keep(edition)
        parts.append(AnswerPart(team, public, question.by))
    return Answer(question, since, until, tuple(parts), counting.council)


def part_of(
    question: Question,
    period: Period,
    counting: Counting,
    progress: Progress | None,
    answered: frozenset[str] = frozenset(),
) -> BoardReturn:
    """A return of one period that has only what was asked for, with every number.

    `answered` is as in `Caseload`.
    """
    day = period.as_at(counting.today)
    views = views_of(counting.files_on(day), day, progress)
    caseload = Caseload(views, period, day, counting.beside, answered)
    asked = set(question.measures)
    measures = [one for one in counting.catalogue if asked & {one.ref, *_beside(one)}]
    told = counting.told_on(day) if measures else None
    found = {one.ref: one for one in results(caseload, measures, told)}
    keys = question.tables_of(period)
    empty: dict[str, Any] = dict.fromkeys(
        ("annual_reviews", "assessments", "transfers", "overdue_counts", "mend_counts"), ()
    )
    return BoardReturn(
        council=counting.council,
        period=period,
        as_at=day,
        made_at=counting.made_at,
        version=counting.version,
        audience=Audience.TEAM,
        # A table of all live plans tells how many there are.
        live=len(caseload.live) if set(keys) & set(OF_LIVE) else None,
        measures=tuple(replace(found[ref], target="", due="") for ref in question.measures),
        caseload=_tables(caseload, keys),
        overdue=(),
        to_mend=(),
        **empty,
    )


def _beside(measure: Measure) -> set[str]:
    return {f"{measure.ref}-{one.suffix}" for one in measure.beside}


def _tables(caseload: Caseload, keys: Sequence[str]) -> tuple[Table, ...]:
    """The tables of some keys, in their order; one that nothing is recorded for is not there."""
    found = {key: ANSWER_TABLES[key][0](caseload) for key in keys if key in ANSWER_TABLES}
    for make in _OF_THE_BOARD if set(keys) - found.keys() else ():
        found |= {one.key: one for one in make(caseload) if one.key in keys}
    return tuple(found[key] for key in keys if key in found)


def as_run(made: Answer, editions: tuple[Edition, ...], rules: RulePack, data: str) -> NewRun:
    """An answer that is about to be written, to be kept: every figure of it as it goes out."""
    parameters = {
        "question": made.question.key,
        "from": made.since.isoformat(),
        "to": made.until.isoformat(),
        "as_at": made.parts[-1].public.as_at.isoformat(),
        "edition": Audience.BOARD.value,
    }
    figures = zlib.compress(json.dumps(as_json(made), ensure_ascii=False).encode(), 9)
    return NewRun("answers", parameters, figures, rules, data, public=True, editions=editions)


def as_json(made: Answer) -> dict[str, Any]:
    """The answer as one JSON document, as it may be published: a hidden number is null."""
    return {
        "question": made.question.key,
        "words": made.question.words,
        "from": made.since.isoformat(),
        "to": made.until.isoformat(),
        "by": made.question.by,
        "published": made.published,
        "method": made.question.method,
        "caveats": list(made.question.caveats),
        "narrowed": made.narrowed,
        "parts": [
            {
                "period": part.words,
                "from": part.public.period.start.isoformat(),
                "to": part.public.period.end.isoformat(),
                "as_at": part.public.as_at.isoformat(),
                "measures": [_measure(one) for one in part.public.measures],
                "tables": {table.key: _table(table) for table in part.public.tables},
            }
            for part in made.parts
        ],
    }


def _measure(result: Result) -> dict[str, Any]:
    return {
        "ref": result.ref,
        "statement": result.statement,
        "numerator": result.numerator,
        "denominator": result.denominator,
        "value": result.value,
        "hidden": result.hidden,
        "definition": result.definition,
        "note": result.note,
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "total": table.total,
        "lines": [_line(line) for line in table.lines],
        "definition": table.definition,
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "key": line.key,
        "label": line.label,
        "count": line.count,
        "of": line.of,
        "value": line.share if line.value is None else line.value,
        "unit": line.unit,
        "hidden": line.count is None,
    }
