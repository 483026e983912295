"""The live plans by need, setting, kind of setting and year group, and their outcomes by area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from caseworker_app.domain.area import is_outside, numbers_inside
from caseworker_app.domain.codes import NEEDS, SETTING_KINDS
from caseworker_app.domain.declarations.choices import Choice
from caseworker_app.domain.declarations.growing_up import PATHWAYS, Pathway
from caseworker_app.domain.declarations.thread import (
    OUTCOME_AREAS,
    OUTCOME_LIST,
    PROGRESS,
    Judgement,
    Outcome,
)
from caseworker_app.domain.measures.board import Table
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.measures.growing_answers import aged, pathway_on
from caseworker_app.domain.measures.plan_answers import judged_last, last_meeting
from caseworker_app.domain.measures.relations import OUTCOME_TABLES
from caseworker_app.domain.measures.tables import partition
from caseworker_app.domain.names import folded
from caseworker_app.domain.own_lists import as_it_stands
from caseworker_app.domain.yeargroup import NURSERY, year_words

NOT_RECORDED = "not_recorded"
_LAST_YEAR = 14
_SIXTEEN = 16
_LATE_CODES = frozenset({"DS"})
"""Codes of newer returns, shown only where they are used."""


def caseload_tables(caseload: Caseload) -> tuple[Table, ...]:
    """One table for each way the live plans are counted."""
    return (
        _by_need(caseload),
        _by(caseload, "setting_kind", "Kind of setting", _setting_kind, SETTING_KINDS),
        _by(caseload, "year_group", "Year group", _year_group, _year_labels(caseload)),
        _by(caseload, "setting", "Setting", lambda view: view.setting, None),
        *_by_pathway(caseload.of_figure("pathway")),
        *_outside_area(caseload),
        *_outcomes(caseload.of_figure(f"{OUTCOME_TABLES}{next(iter(PROGRESS))}")),
    )


def _by_pathway(caseload: Caseload) -> Iterator[Table]:
    """Those of 16 to 25 by what they do or are to do; nothing where nobody recorded any."""
    if caseload.nobody_has(Pathway):
        return
    items = [
        (pathway_on(view) or NOT_RECORDED, view.reference)
        for view in caseload.live
        if aged(view, _SIXTEEN)
    ]
    labels = {**PATHWAYS, NOT_RECORDED: "Not recorded"}
    yield partition("pathway", "Live plans at 16 to 25 by pathway", "Pathway", labels, items)


def _outside_area(caseload: Caseload) -> Iterator[Table]:
    """Those educated outside the area by kind of setting; nothing where no area is recorded."""
    inside = numbers_inside(caseload.of(Choice))
    if not inside:
        return
    items = [
        (view.setting_kind or NOT_RECORDED, view.reference)
        for view in caseload.live
        if is_outside(view.file.setting, inside)
    ]
    labels = {**SETTING_KINDS, NOT_RECORDED: "Not recorded"}
    title = "Live plans educated outside the area by kind of setting"
    yield partition("outside_area", title, "Kind of setting", labels, items)


def _outcomes(caseload: Caseload) -> Iterator[Table]:
    """What the last review found of outcomes, by area; nothing where nobody recorded any.

    A table for each finding, so that each is a part of the measure as a whole.
    """
    if caseload.nobody_has(Judgement):
        return
    areas = as_it_stands(OUTCOME_LIST, OUTCOME_AREAS, caseload.of(Choice))
    labels = {one.code: one.words for one in areas} | {NOT_RECORDED: "Not recorded"}
    items: dict[str, list[tuple[str, str, date | None]]] = {code: [] for code in PROGRESS}
    for view in caseload.live:
        met, said = last_meeting(view), judged_last(view)
        area_of = {one.id: one.area for one in view.of(Outcome)} if said else {}
        for one in said:
            area = area_of.get(one.outcome_id, NOT_RECORDED)
            items[one.progress].append(
                (area if area in labels else NOT_RECORDED, view.reference, met)
            )
    for code, words in PROGRESS.items():
        title = f"Outcomes by area, as the last review found them: {words.lower()}"
        yield partition(f"{OUTCOME_TABLES}{code}", title, "Area", labels, items[code])


def year_label(year: int | None) -> str:
    """The year group in words: nursery, Reception, Years 1 to 14, and after."""
    if year is None:
        return ""
    if year > _LAST_YEAR:
        return f"After Year {_LAST_YEAR}"
    return f"{-year} years before Reception" if year < NURSERY else year_words(year)


def _by_need(caseload: Caseload) -> Table:
    used = {view.file.child.need for view in caseload.live}
    codes = {
        code: words for code, words in NEEDS.items() if code in used or code not in _LATE_CODES
    }
    other = {code: code for code in sorted(used - codes.keys()) if code}
    return _by(
        caseload,
        "primary_need",
        "Primary need",
        lambda view: view.file.child.need,
        {**codes, **other},
    )


def _setting_kind(view: CaseView) -> str:
    return view.setting_kind


def _year_group(view: CaseView) -> str:
    return "" if view.year_group is None else str(min(view.year_group, _LAST_YEAR + 1))


def _year_labels(caseload: Caseload) -> dict[str, str]:
    found = (view.year_group for view in caseload.live)
    years = sorted({min(year, _LAST_YEAR + 1) for year in found if year is not None})
    return {str(year): year_label(year) for year in years}


def _by(
    caseload: Caseload,
    key: str,
    heading: str,
    what: Callable[[CaseView], str],
    labels: Mapping[str, str] | None,
) -> Table:
    """The live plans by something. With no labels the values found are the lines, by size."""
    items = [(what(view) or NOT_RECORDED, view.reference) for view in caseload.live]
    found = [line for line, _ in items]
    by_size = labels is None
    if labels is None:
        sizes = Counter(found)
        largest = sorted(sizes, key=lambda line: (-sizes[line], folded(line), line))
        labels = {line: line for line in largest}
    shown = {line: words for line, words in labels.items() if line != NOT_RECORDED}
    if NOT_RECORDED in found:
        shown[NOT_RECORDED] = "Not recorded"
    title = f"Live plans by {heading.lower()}"
    made = partition(key, title, heading, shown, items)
    return replace(made, by_size=by_size)
