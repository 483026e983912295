"""The board return: case files in, one frozen value out, and that value as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from caseworker_app.domain.caseload import CaseFile, Records, nothing
from caseworker_app.domain.department.beside import Beside
from caseworker_app.domain.measures.assessment_tables import assessment_tables
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.measures.before import as_told, past_values, period_before
from caseworker_app.domain.measures.board import (
    BoardReturn,
    CaseLists,
    MendRow,
    OverdueRow,
    Period,
    Result,
    Table,
)
from caseworker_app.domain.measures.by_hand import Told
from caseworker_app.domain.measures.case_lists import case_lists
from caseworker_app.domain.measures.case_view import CaseView, view
from caseworker_app.domain.measures.caseload_tables import caseload_tables
from caseworker_app.domain.measures.caseworker_tables import caseworker_tables
from caseworker_app.domain.measures.catalogue import Measure
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.measures.data_to_mend import mend_rows, mend_tables, mend_terms
from caseworker_app.domain.measures.editions import Edition, is_told_by
from caseworker_app.domain.measures.further_tables import further_tables
from caseworker_app.domain.measures.hiding import protect
from caseworker_app.domain.measures.overdue import overdue_rows, overdue_tables
from caseworker_app.domain.measures.results import results
from caseworker_app.domain.measures.review_tables import review_tables
from caseworker_app.domain.measures.terms import TERMS
from caseworker_app.domain.measures.transfer_tables import transfer_tables
from caseworker_app.services.progress import Progress
from caseworker_app.services.without_collector import without_collector


@dataclass(frozen=True, slots=True)
class Before:
    """The caseload as it stood at the end of the period before, and what people had told then."""

    files: tuple[CaseFile, ...]
    told: Told | None = None


def board(
    files: Iterable[CaseFile],
    period: Period,
    as_at: date,
    catalogue: Iterable[Measure],
    *,
    beside: Records | None = None,
    council: str = "",
    made_at: datetime,
    version: str = "",
    audience: Audience = Audience.BOARD,
    progress: Progress | None = None,
    told: Told | None = None,
    earlier: Sequence[Edition] = (),
    before: Before | None = None,
    commentary: Mapping[str, str] | None = None,
    others: Sequence[Beside] = (),
    answered: frozenset[str] = frozenset(),
    keep: Callable[[BoardReturn, tuple[Edition, ...]], None] | None = None,
) -> BoardReturn:
    """Count everything the board is shown.

    Args:
        files: every case, with its deadlines and the records that measures read.
        period: the days the measures look at.
        as_at: facts after this day do not count; plans are live or not on this day.
        catalogue: the measures asked for.
        beside: the records that measures read and that belong to no child, by kind.
        council: for the cover.
        made_at: for the cover.
        version: of program and rule pack, for the cover.
        audience: whose edition it is; the Board's is for publication.
        progress: told how many cases have been read; may raise `Cancelled`.
        told: what people told that no case can give.
        earlier: the returns published before, which this one must not give away.
        before: the caseload over the period before, for what stood then.
        commentary: what is said of measures, as in `BoardReturn`.
        others: what is published of others, as `BoardReturn.beside`.
        answered: as in `Caseload`.
        keep: given what is to be kept where it is published: the whole return, and what protects
            later ones of it, first of the figures of the period before that it shows.

    Returns:
        The return. The same files, dates and catalogue give the same value.
    """
    asked_for = tuple(catalogue)
    with without_collector():
        views = views_of(tuple(files), as_at, progress)
        caseload = Caseload(views, period, as_at, beside or nothing(), answered)
        overdue = overdue_rows(caseload)
        to_mend = mend_rows(caseload.views)
        whole = BoardReturn(
            council=council,
            period=period,
            as_at=as_at,
            made_at=made_at,
            version=version,
            audience=Audience.TEAM if audience.suppressed else audience,
            live=len(caseload.live),
            measures=results(caseload, asked_for, told),
            annual_reviews=review_tables(caseload),
            assessments=assessment_tables(caseload),
            transfers=transfer_tables(caseload),
            caseload=(
                *caseload_tables(caseload),
                *further_tables(caseload),
                *_of_managers(audience, caseload, overdue, to_mend),
            ),
            overdue_counts=overdue_tables(overdue),
            mend_counts=mend_tables(to_mend),
            overdue=overdue,
            to_mend=to_mend,
            terms=(*TERMS, *mend_terms()),
            lists=CaseLists() if audience.suppressed else case_lists(caseload),
            past=past_values(earlier, as_at),
            commentary=commentary or {},
            beside=tuple(others),
        )
        then = None if before is None else _then(whole, before, asked_for, beside)
    if not audience.suppressed:
        return replace(whole, before=then)
    return _protected(whole, then, earlier, keep)


def _then(
    now: BoardReturn, before: Before, catalogue: tuple[Measure, ...], beside: Records | None
) -> BoardReturn:
    """The measures of the period before, and nothing else."""
    period = period_before(now.period)
    views = tuple(view(file, period.end) for file in before.files)
    caseload = Caseload(views, period, period.end, beside or nothing())
    empty: dict[str, Any] = dict.fromkeys(
        ("annual_reviews", "assessments", "transfers", "caseload", "overdue_counts", "mend_counts"),
        (),
    )
    return replace(
        now,
        period=period,
        as_at=period.end,
        live=None,
        measures=results(caseload, catalogue, before.told),
        overdue=(),
        to_mend=(),
        terms=(),
        lists=CaseLists(),
        past=(),
        commentary={},
        **empty,
    )


def _protected(
    whole: BoardReturn,
    then: BoardReturn | None,
    earlier: Sequence[Edition],
    keep: Callable[[BoardReturn, tuple[Edition, ...]], None] | None,
) -> BoardReturn:
    """The return as it may be published, with the figures of the period before like one more."""
    new: list[Edition] = []
    if then is not None:
        then, edition = protect(then, earlier)
        if not any(is_told_by(edition, one) for one in earlier):
            new.append(edition)
        then = as_told(then)
    public, edition = protect(whole, (*earlier, *new))
    if keep is not None:
        keep(whole, (*new, edition))
    narrowed = public.narrowed + (0 if then is None else then.narrowed)
    return replace(public, before=then, narrowed=narrowed)


def _of_managers(
    audience: Audience,
    caseload: Caseload,
    overdue: tuple[OverdueRow, ...],
    to_mend: tuple[MendRow, ...],
) -> tuple[Table, ...]:
    """The tables by caseworker, which stand in the managers' edition alone."""
    if audience is not Audience.MANAGERS:
        return ()
    return caseworker_tables(caseload, overdue, to_mend)


def views_of(
    files: tuple[CaseFile, ...], as_at: date, progress: Progress | None
) -> tuple[CaseView, ...]:
    """Each case as known on a day; `progress` is told of every five hundredth."""
    found = []
    for done, file in enumerate(files):
        if progress is not None and done % 500 == 0:
            progress(done, len(files), "Counting cases")
        found.append(view(file, as_at))
    return tuple(found)


def as_json(return_: BoardReturn) -> dict[str, Any]:
    """The figures as one JSON document, the same as the workbook's.

    `value` is the numerator over the denominator, or the count itself where there is no
    denominator; `target` is as the catalogue writes it. A hidden count is null; then the value is
    null and the rating "none". A measure that is not recorded yet has null counts
    too. A figure by hand has `by_hand`, true, and its `trend`, oldest first, besides. `cases` and
    `denominator_cases` are the references behind the two counts, each once; `rows` are the things
    that were looked at, one each: the case, the day or null, and whether it is in the numerator. A
    return that hides small numbers has none of the three. `published` is what the Department has of
    England, the region, the council and its neighbours where the measure has a twin, by period; a
    figure that it does not give has a null value, and `sign` says why.
    """
    return {
        "from": return_.period.start.isoformat(),
        "to": return_.period.end.isoformat(),
        "as_at": return_.as_at.isoformat(),
        "measures": [
            {**_measure(result, return_.suppressed), **_beside(return_, result)}
            for result in return_.measures
        ],
        "tables": {table.key: _counts(table) for table in return_.tables},
    }


def _measure(result: Result, suppressed: bool) -> dict[str, Any]:
    figure: dict[str, Any] = {
        "ref": result.ref,
        "numerator": result.numerator,
        "denominator": result.denominator,
        "value": result.value,
        "target": result.target,
        "rating": result.rating.value,
        "definition": result.definition,
        "note": result.note,
        "hidden": result.hidden,
    }
    if not suppressed:
        figure["cases"] = list(result.cases)
        figure["denominator_cases"] = list(result.of_cases)
        figure["rows"] = [
            {"case": one.reference, "on": one.on and one.on.isoformat(), "counts": one.counts}
            for one in result.things
        ]
    if not result.by_hand:
        return figure
    trend = [
        {
            "from": one.since.isoformat() if one.since is not None else None,
            "on": one.on.isoformat(),
            "value": one.value,
            "source": one.source,
        }
        for one in result.trend
    ]
    return {**figure, "by_hand": True, "trend": trend}


def _beside(return_: BoardReturn, result: Result) -> dict[str, Any]:
    found = (one for one in return_.beside if one.ref == result.ref)
    published = [figure for one in found for figure in _published(one)]
    return {"published": published} if published else {}


def _published(one: Beside) -> Iterator[dict[str, Any]]:
    for area in one.areas:
        for period, figure in sorted(area.figures.items()):
            yield {
                "file": one.file,
                "period": period,
                "level": area.level,
                "area_code": area.code,
                "area": area.name,
                "own": area.own,
                "numerator": figure.numerator,
                "denominator": figure.denominator,
                "value": figure.value,
                "sign": figure.sign,
                "differs": one.differs,
            }


def _counts(table: Table) -> dict[str, Any]:
    """Line key to count, or to count, denominator and value where each line has its own."""
    if table.kind == "partition":
        return {line.key: line.count for line in table.lines}
    return {
        line.key: {
            "count": line.count,
            "of": line.of,
            "value": line.share if line.value is None else line.value,
        }
        for line in table.lines
    }
