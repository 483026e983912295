"""By caseworker, for managers alone: what each holds, and what of it is late or to mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from caseworker_app.domain.measures.assessment_answers import TWENTY_WEEKS
from caseworker_app.domain.measures.board import MendRow, OverdueRow, Table
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.measures.tables import partition
from caseworker_app.domain.names import folded

GROUP = "caseworker"
_NOBODY = "not_recorded"
_NOBODY_WORDS = "Not recorded"

_Items = list[tuple[str, str, date | None]]


def caseworker_tables(
    caseload: Caseload, overdue: Iterable[OverdueRow], to_mend: Iterable[MendRow]
) -> tuple[Table, ...]:
    """One table for each thing counted, all with the same lines: largest caseload first."""
    live: _Items = [(view.caseworker, view.reference, None) for view in caseload.live]
    counted: list[tuple[str, str, _Items]] = [
        ("caseworker", "Live plans", live),
        ("caseworker_reviews_late", "Reviews overdue", list(_late_reviews(caseload))),
        ("caseworker_undecided", "Meetings with no decision", _undecided(caseload)),
        ("caseworker_assessments", "Assessments open", _open(caseload, past=False)),
        ("caseworker_past_20_weeks", "Of these past 20 weeks", _open(caseload, past=True)),
        (
            "caseworker_overdue",
            "Duties overdue",
            [(row.caseworker, row.reference, row.due) for row in overdue],
        ),
        (
            "caseworker_to_mend",
            "Things to mend",
            [(row.caseworker, row.reference, row.on) for row in to_mend],
        ),
    ]
    sizes = Counter(name for name, _, _ in live)
    everybody = {name for _, _, items in counted for name, _, _ in items if name}
    ordered = sorted(everybody, key=lambda name: (-sizes[name], folded(name), name))
    labels = {name: name for name in ordered}
    if any(not name for _, _, items in counted for name, _, _ in items):
        labels[_NOBODY] = _NOBODY_WORDS
    return tuple(
        replace(
            partition(
                key,
                f"{words} by caseworker",
                "Caseworker",
                labels,
                [(name or _NOBODY, reference, on) for name, reference, on in items],
                group=GROUP,
            ),
            managers=True,
        )
        for key, words, items in counted
    )


def _late_reviews(caseload: Caseload) -> Iterable[tuple[str, str, date | None]]:
    for view in caseload.live:
        deadline = view.next_review()
        if deadline is not None and deadline.due < caseload.as_at:
            yield view.caseworker, view.reference, deadline.due


def _undecided(caseload: Caseload) -> _Items:
    return [
        (view.caseworker, view.reference, review.meeting)
        for view in caseload.live
        for review in view.reviews
        if review.undecided and review.meeting is not None
    ]


def _open(caseload: Caseload, *, past: bool) -> _Items:
    def counts(view: CaseView, request: date) -> bool:
        return not past or view.as_at - request > TWENTY_WEEKS

    return [
        (view.caseworker, view.reference, one.request)
        for view in caseload.views
        for one in view.assessments
        if one.request is not None and not one.ended and counts(view, one.request)
    ]
