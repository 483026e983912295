"""Each row of the catalogue to a result: the figure, or the words why there is none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from caseworker_app.domain.measures.board import Result
from caseworker_app.domain.measures.by_hand import Told
from caseworker_app.domain.measures.catalogue import (
    OF_THE_PERIOD,
    Measure,
    Rating,
    read_target,
)
from caseworker_app.domain.measures.counting import Caseload, Counted
from caseworker_app.domain.measures.every_answer import EVERY_ANSWER
from caseworker_app.domain.measures.tables import by_day, each_once
from caseworker_app.domain.measures.told_results import told_result, with_part_by_hand

_NOT_TOLD = "Not recorded yet: enter it under Figures by hand."


def results(
    caseload: Caseload, catalogue: Iterable[Measure], told: Told | None = None
) -> tuple[Result, ...]:
    """A result for each measure and each figure beside it, in the catalogue's order.

    Args:
        caseload: every case, for what cases answer.
        catalogue: the measures asked for.
        told: what people told, for what cases cannot.
    """
    found: list[Result] = []
    known = Told() if told is None else told
    for measure in catalogue:
        first = _result(caseload, measure, measure.ref, measure.statement, measure.definition)
        found.append(_with_told(first, caseload, measure, known))
        for beside in measure.beside:
            ref = f"{measure.ref}-{beside.suffix}"
            found.append(_result(caseload, measure, ref, beside.statement, beside.definition))
    return tuple(found)


def _with_told(first: Result, caseload: Caseload, measure: Measure, told: Told) -> Result:
    if not measure.by_hand:
        return with_part_by_hand(first, measure, told, caseload.as_at)
    by_hand = told_result(first, measure, told, caseload.period, caseload.as_at)
    return replace(first, note=_NOT_TOLD) if by_hand is None else by_hand


def _result(
    caseload: Caseload, measure: Measure, ref: str, statement: str, definition: str
) -> Result:
    blank = Result(
        ref=ref,
        source=measure.source,
        workstream=measure.workstream,
        statement=statement,
        definition=definition,
        target=measure.target,
        due=measure.due,
        lead=measure.lead,
        counted_over=measure.counted_over,
        over=measure.over,
        direction=measure.direction,
    )
    found = EVERY_ANSWER.get(ref)
    answer = measure.waits_for if found is None else found.count(caseload.of_figure(ref))
    if isinstance(answer, str):
        return replace(blank, note=f"Not recorded yet: {answer or 'what this measure counts'}.")
    filled = _filled(blank, answer)
    so_far = measure.over == OF_THE_PERIOD and caseload.as_at < caseload.period.end
    return replace(filled, statement=f"{filled.statement}, so far") if so_far else filled


def _filled(blank: Result, answer: Counted) -> Result:
    numerator, denominator = answer.numerator, answer.denominator
    counted = (thing.reference for thing in answer.things if thing.counts)
    looked_at = (thing.reference for thing in answer.things if answer.is_share)
    note = answer.note
    if denominator == numerator == 0:
        note = f"{note} Nothing to count.".strip()
    statement = f"{blank.statement} ({answer.of})" if answer.of else blank.statement
    return replace(
        blank,
        statement=statement,
        numerator=numerator,
        denominator=denominator,
        value=_value(numerator, denominator),
        rating=_rating(blank.target, numerator, denominator) if answer.rated else Rating.NONE,
        note=note,
        things=by_day(answer.things),
        cases=each_once(filter(None, counted)),
        of_cases=each_once(filter(None, looked_at)),
    )


def _value(numerator: int, denominator: int | None) -> float | None:
    if denominator is None:
        return numerator
    return numerator / denominator if denominator else None


def _rating(target: str, numerator: int, denominator: int | None) -> Rating:
    """A per cent target rates the share, a target in numbers the count itself."""
    aim = read_target(target)
    if aim is None:
        return Rating.NONE
    if not aim.share:
        return aim.rating(numerator)
    return aim.rating(numerator / denominator) if denominator else Rating.NONE
